"""The first page: what needs doing, for the person who looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pillars.foundation.calendar import week_of_term
from pillars.foundation.permissions import Permission
from pillars.home.queries.due import SHOWN, Due, Looking, Source, as_list, gathered
from pillars.home.queries.focus import FOCUS, years_to_focus_on
from pillars.home.queries.paperwork import (
    clashes_due,
    drafts_due,
    own_documents_due,
    reviewed_files_due,
    reviews_due,
)
from pillars.home.queries.people import (
    classes_of,
    joining_due,
    joining_due_of_trust,
    register_due,
    register_heads,
)
from pillars.home.queries.standing import off_target, pillar_cards
from pillars.home.queries.trusts import trust_standing
from pillars.people.organisations.access import (
    PersonRequest,
    SchoolRequest,
    TrustRequest,
    school_page,
    trust_page,
)
from pillars.people.organisations.models import School, Trust
from pillars.progress.indicators.queries import Standing, standings

# Leading a school and working with pupils are different days: who leads sees the whole school
# first, who works with pupils sees their own work first.
LEADING: tuple[Source, ...] = (
    clashes_due,
    reviews_due,
    drafts_due,
    reviewed_files_due,
    register_due,
    joining_due,
)
OWN: tuple[Source, ...] = (clashes_due, own_documents_due)


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can start from the first page."""

    title: str
    url: str


def home(request: HttpRequest) -> HttpResponse:
    """Straight to the one place a person works in; otherwise the places to choose from."""
    person_request = cast("PersonRequest", request)
    scope = person_request.scope
    if len(scope.led_trusts) == 1:
        return redirect("home:trust", trust_id=next(iter(scope.led_trusts)))
    schools = list(School.objects.filter(pk__in=scope.schools))
    if len(schools) == 1 and not scope.led_trusts:
        return redirect("home:school", urn=schools[0].urn)
    trusts = Trust.objects.filter(pk__in=scope.led_trusts)
    places = [Action(t.name, reverse("home:trust", args=[t.pk])) for t in trusts]
    places += [Action(s.name, reverse("home:school", args=[s.urn])) for s in schools]
    context = {"page_title": "Home", "room": "home", "places": places}
    return render(request, "home/places.html", context)


@school_page(None)
def school_home(request: SchoolRequest) -> HttpResponse:
    """One school today: what is due, how it stands, where to look first."""
    school, day = request.school, timezone.localdate()

    def can(permission: Permission) -> bool:
        return request.scope.can(permission, school=school.pk)

    leads, sees_names = can(Permission.AGREE_DOCUMENTS), can(Permission.VIEW_PUPILS)
    head = register_heads([school.pk])[school.pk]
    looking = Looking(school, request.user, request.scope, day)
    due = gathered(looking, LEADING if leads else OWN)
    shown = standings(school, day=day) if can(Permission.VIEW_INDICATORS) and head.pupils else []
    context = {
        "page_title": "Home",
        "room": "home",
        "title": f"{day:%A %-d %B}",
        "lede": lede(school, day, head.sentence(names_hidden=not sees_names)),
        "is_empty": not head.pupils,
        "can_import": can(Permission.IMPORT_REGISTER),
        "leads": leads,
        "has_work": can(Permission.WRITE_DOCUMENTS),
        "due": as_list(due[:SHOWN], day),
        "due_beyond": len(due) - SHOWN,
        "pillars": pillar_cards(school, shown, names_hidden=not sees_names),
        **(where_to_focus(looking, shown) if leads else {}),
        "classes": classes_of(school.pk) if sees_names and not leads else [],
        "sees_names": sees_names,
        "actions": actions(request),
    }
    return render(request, "home/school.html", context)


def lede(school: School, day: date, register: str) -> str:
    """'Week 11 of 13 in the autumn term. 62 pupils on the register: …'"""
    week = week_of_term(school.pk, day)
    if week is None:
        return register
    return f"Week {week.week} of {week.weeks} in the {week.term}. {register}"


def where_to_focus(looking: Looking, shown: Sequence[Standing]) -> dict[str, Any]:
    """The year groups that lack most; where none does, the indicators off their target."""
    years = years_to_focus_on(looking)
    if years:
        return {"focus": years, "focus_order": "Most pupils first."}
    short = off_target(looking.school, shown)[:FOCUS]
    return {"focus": short, "focus_order": "Furthest from its target first."}


def trust_actions(request: TrustRequest) -> list[Action]:
    """Where somebody who leads the trust goes on from here, the main one first."""
    kwargs = {"trust_id": request.trust.pk}
    offered = (
        (Permission.COMPARE_SCHOOLS, "Compare the schools", "indicators:trust"),
        (Permission.EDIT_STANDARDS, "The trust’s standards", "paperwork:trust_standards"),
        (Permission.MANAGE_TRUST, "Schools of the trust", "organisations:trust"),
    )
    return [
        Action(title, reverse(name, kwargs=kwargs))
        for permission, title, name in offered
        if request.scope.can(permission, trust=request.trust.pk)
    ]


def actions(request: SchoolRequest) -> list[Action]:
    """What the person may start here."""
    kwargs = {"urn": request.school.urn}
    offered = (
        (Permission.WRITE_DOCUMENTS, "Make passports or plans", "paperwork:make_documents"),
        (Permission.REVIEW_PAPERWORK, "Review the files you have", "paperwork:reviews"),
        (Permission.IMPORT_REGISTER, "Bring in the register", "register:imports"),
        (Permission.MANAGE_STAFF, "Invite a colleague", "organisations:invite"),
    )
    return [
        Action(title, reverse(name, kwargs=kwargs))
        for permission, title, name in offered
        if request.scope.can(permission, school=request.school.pk)
    ]


@trust_page(Permission.VIEW_INDICATORS)
def trust_home(request: TrustRequest) -> HttpResponse:
    """A trust today: who waits for an answer, and how each of its schools stands."""
    trust, day = request.trust, timezone.localdate()
    standing = trust_standing(trust, day=day)
    due: list[Due] = []
    if request.scope.can(Permission.MANAGE_TRUST, trust=trust.pk):
        due = joining_due_of_trust(trust)
    context: dict[str, Any] = {
        "page_title": "Home",
        "room": "home",
        "title": f"{day:%A %-d %B}",
        "lede": standing.sentence,
        "standing": standing,
        "due": as_list(due, day),
        "can_manage": request.scope.can(Permission.MANAGE_TRUST, trust=trust.pk),
        "actions": trust_actions(request),
    }
    return render(request, "home/trust.html", context)
