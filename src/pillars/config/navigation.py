"""What the frame of every page needs: the rooms a person may enter, where and who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope
from pillars.people.organisations.models import School, Trust


@dataclass(frozen=True, slots=True)
class Room:
    key: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Place:
    """A school or a trust a person can go to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Navigation:
    rooms: tuple[Room, ...] = ()
    where: Place | None = None
    places: tuple[Place, ...] = ()
    person: Place | None = None


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: `navigation` and `scope`."""
    scope: Scope | None = getattr(request, "scope", None)
    if scope is None or not request.user.is_authenticated:
        return {"navigation": Navigation(), "scope": scope}
    school = getattr(request, "school", None)
    trust = getattr(request, "trust", None)
    if school is None and trust is None and len(scope.schools) == 1 and not scope.led_trusts:
        school = School.objects.filter(pk__in=scope.schools).first()
    return {
        "scope": scope,
        "navigation": Navigation(
            rooms=tuple(_rooms(scope, school, trust)),
            where=_where(school, trust),
            places=tuple(_places(scope)),
            person=Place(str(request.user), reverse("organisations:me")),
        ),
    }


def _rooms(scope: Scope, school: School | None, trust: Trust | None) -> list[Room]:
    if school is not None:
        return _rooms_of_school(scope, school)
    if trust is not None:
        return _rooms_of_trust(scope, trust)
    return [Room("home", "Home", reverse("home:home"))]


def _rooms_of_school(scope: Scope, school: School) -> list[Room]:
    urn = {"urn": school.urn}
    rooms = [
        (None, "home", "Home", "home:school"),
        (Permission.VIEW_PUPILS, "pupils", "Pupils", "register:pupils"),
        (Permission.VIEW_DOCUMENTS, "paperwork", "Paperwork", "paperwork:documents"),
        (Permission.VIEW_INDICATORS, "consistency", "Consistency", "indicators:school"),
        (Permission.VIEW_STAFF, "staff", "Staff", "organisations:staff"),
        (Permission.VIEW_TRAIL, "trail", "Trail", "home:trail"),
    ]
    return [
        Room(key, title, reverse(name, kwargs=urn))
        for permission, key, title, name in rooms
        if permission is None or scope.can(permission, school=school.pk)
    ]


def _rooms_of_trust(scope: Scope, trust: Trust) -> list[Room]:
    at = {"trust_id": trust.pk}
    rooms = [
        (None, "home", "Home", "home:trust"),
        (Permission.COMPARE_SCHOOLS, "consistency", "Consistency", "indicators:trust"),
        (Permission.EDIT_STANDARDS, "paperwork", "Standards", "paperwork:trust_standards"),
        (Permission.MANAGE_TRUST, "schools", "Schools", "organisations:trust"),
    ]
    return [
        Room(key, title, reverse(name, kwargs=at))
        for permission, key, title, name in rooms
        if permission is None or scope.can(permission, trust=trust.pk)
    ]


def _where(school: School | None, trust: Trust | None) -> Place | None:
    if school is not None:
        return Place(school.name, reverse("home:school", kwargs={"urn": school.urn}))
    if trust is not None:
        return Place(trust.name, reverse("home:trust", kwargs={"trust_id": trust.pk}))
    return None


def _places(scope: Scope) -> list[Place]:
    trusts = Trust.objects.filter(pk__in=scope.led_trusts).order_by("name")
    schools = School.objects.filter(pk__in=scope.schools).order_by("name")
    return [Place(t.name, reverse("home:trust", kwargs={"trust_id": t.pk})) for t in trusts] + [
        Place(s.name, reverse("home:school", kwargs={"urn": s.urn})) for s in schools
    ]
