"""Who may open the trail and the histories in it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.conftest import make_person
from tests.contracts.access.row import Row

from pillars.foundation.models import SchoolClosure
from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope, entered
from pillars.foundation.trail import TrailFilter, trail
from pillars.people.organisations.models import School
from pillars.people.organisations.services import save_closure


def _closure(school: School) -> SchoolClosure:
    with entered(Scope.of_system(schools=[school.pk])):
        return save_closure(
            school=school, day=timezone.localdate(), kind="inset", name="", by=make_person()
        )


def _history(school: School) -> dict[str, Any]:
    return {"kind": "foundation.schoolclosure", "subject_id": _closure(school).pk}


def _act(school: School) -> dict[str, Any]:
    _closure(school)
    now = timezone.now()
    since, until = now.replace(year=2000), now.replace(year=2100)
    lines = trail(TrailFilter(school_id=school.pk, since=since, until=until))
    return {"act_id": next(line.act_id for line in lines if line.service == "save_closure")}


ROWS = {
    "home:trail": Row(Permission.VIEW_TRAIL),
    "home:trail_act": Row(Permission.VIEW_TRAIL, make=_act),
    "home:history": Row(Permission.VIEW_TRAIL, make=_history),
}
