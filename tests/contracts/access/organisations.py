"""Who may open the pages about schools, trusts, people and calendars."""

from __future__ import annotations

import zlib
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone
from tests.conftest import make_person, make_school, make_trust
from tests.contracts.access.row import Door, Row

from pillars.foundation.models import SchoolClosure, SchoolTerm, StoredFile
from pillars.foundation.permissions import Permission, Role
from pillars.people.organisations.models import (
    DirectoryFile,
    Invitation,
    JoinRequest,
    Membership,
    School,
    Trust,
)

_SEE, _MANAGE = Permission.VIEW_STAFF, Permission.MANAGE_STAFF
_SCHOOL, _TRUST = Permission.MANAGE_SCHOOL, Permission.MANAGE_TRUST
_CALENDAR = b"What,Name,First day,Last day\nTerm,Autumn 1,01/09/2026,16/10/2026\n"
_GIAS = b"URN,EstablishmentName\n999801,Somewhere (invented)\n"


def _place(owner: School | Trust) -> dict[str, Any]:
    return {"school": owner} if isinstance(owner, School) else {"trust": owner}


def _invitation(owner: School | Trust) -> dict[str, Any]:
    made = Invitation.objects.create(
        email="new@example.org", name="New (invented)", role=Role.AUDITOR,
        access_ends_on=timezone.localdate(), secret_hash=uuid4().hex, made_by=make_person(),
        expires_at=timezone.now() + timedelta(days=3), **_place(owner),
    )  # fmt: skip
    return {"invitation_id": made.pk}


def _membership(owner: School | Trust) -> dict[str, Any]:
    where: dict[str, Any] = _place(owner)
    person = make_person(Role.AUDITOR, **where)
    return {"membership_id": Membership.objects.get(person=person).pk}


def _request(owner: School | Trust) -> dict[str, Any]:
    is_school = isinstance(owner, School)
    asked = JoinRequest.objects.create(
        school=owner if is_school else make_school("Asks (invented)"),
        trust=make_trust("Asked (invented)") if is_school else owner,
        from_school=not is_school,
        made_by=make_person(),
    )
    return {"request_id": asked.pk}


def _listed(owner: Trust) -> dict[str, Any]:
    return {"school_id": make_school("Listed (invented)", trust=owner, joined_on=None).pk}


def _term(owner: School) -> dict[str, Any]:
    first = date(2020, 1, 1) + timedelta(days=SchoolTerm.objects.count() * 40)
    row = SchoolTerm.objects.create(
        school=owner, name="Spring", first_day=first, last_day=first + timedelta(days=30)
    )
    return {"term_id": row.pk}


def _closure(owner: School) -> dict[str, Any]:
    day = date(2021, 1, 1) + timedelta(days=SchoolClosure.objects.count())
    return {"closure_id": SchoolClosure.objects.create(school=owner, day=day, kind="inset").pk}


def _calendar_file(owner: School) -> dict[str, Any]:
    stored = StoredFile.holding(
        school_id=owner.pk, name="c.csv", content_type="text/calendar", content=_CALENDAR,
        by_id=None,
    )  # fmt: skip
    stored.save()
    return {"file_id": stored.pk}


def _directory_file(_owner: Any) -> dict[str, Any]:
    file = DirectoryFile.objects.create(
        name="gias.csv", content=zlib.compress(_GIAS), added_by=make_person()
    )
    return {"file_id": file.pk}


ROWS = {
    "organisations:join": Row(Door.PUBLIC),
    "organisations:accept": Row(Door.PUBLIC, make=lambda _: {"code": "s0-none"}, ok={404}),
    "organisations:me": Row(Door.SIGNED_IN),
    "organisations:roles": Row(Door.SIGNED_IN),
    "organisations:staff": Row(_SEE),
    "organisations:invite": Row(_MANAGE),
    "organisations:invitation": Row(_MANAGE, make=_invitation),
    "organisations:withdraw": Row(_MANAGE, make=_invitation, method="post", ok={302}),
    "organisations:membership": Row(_MANAGE, make=_membership),
    "organisations:end_membership": Row(_MANAGE, make=_membership, method="post", ok={302}),
    "organisations:trust_staff": Row(_SEE),
    "organisations:trust_invite": Row(_MANAGE),
    "organisations:trust_invitation": Row(_MANAGE, make=_invitation),
    "organisations:trust_withdraw": Row(_MANAGE, make=_invitation, method="post", ok={302}),
    "organisations:trust_membership": Row(_MANAGE, make=_membership),
    "organisations:trust_end_membership": Row(_MANAGE, make=_membership, method="post", ok={302}),
    "organisations:trust": Row(_TRUST),
    "organisations:ask_school": Row(
        _TRUST, method="post", data=lambda _: {"urn": "999999"}, ok={422}
    ),
    "organisations:start_school": Row(_TRUST, make=_listed, method="post", ok={302}),
    "organisations:trust_answer": Row(
        _TRUST, make=_request, method="post", data=lambda _: {"answer": "no"}, ok={302}
    ),
    "organisations:trust_settings": Row(_TRUST, method="post", ok={302}),
    "organisations:school_trust": Row(_SCHOOL),
    "organisations:school_answer": Row(
        _SCHOOL, make=_request, method="post", data=lambda _: {"answer": "no"}, ok={302}
    ),
    "organisations:calendar": Row(Door.OWN_SCHOOL),
    "organisations:calendar_export": Row(Door.OWN_SCHOOL),
    "organisations:term_new": Row(_SCHOOL),
    "organisations:term": Row(_SCHOOL, make=_term),
    "organisations:term_removed": Row(_SCHOOL, make=_term, method="post", ok={302}),
    "organisations:closure_new": Row(_SCHOOL),
    "organisations:closure_removed": Row(_SCHOOL, make=_closure, method="post", ok={302}),
    "organisations:bank_holidays": Row(_SCHOOL, method="post", ok={302}),
    "organisations:calendar_upload": Row(_SCHOOL),
    "organisations:calendar_file": Row(_SCHOOL, make=_calendar_file),
    "organisations:directory": Row(Door.OPERATOR),
    "organisations:directory_upload": Row(Door.OPERATOR),
    "organisations:directory_file": Row(Door.OPERATOR, make=_directory_file),
    "organisations:open_door": Row(
        Door.OPERATOR, make=lambda owner: {"kind": "school", "place_id": owner.pk}
    ),
}
