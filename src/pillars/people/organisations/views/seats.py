"""One set of pages for the staff of a school and the staff of a trust."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from pillars.foundation.permissions import Permission, Role
from pillars.people.organisations.models import School, Trust
from pillars.people.organisations.rules import can_in, roles_in


@dataclass(frozen=True, slots=True)
class Seat:
    """The school or trust a page is about, and the addresses of its pages."""

    place: School | Trust

    @property
    def roles(self) -> tuple[Role, ...]:
        return roles_in(self.place)

    @property
    def is_school(self) -> bool:
        return isinstance(self.place, School)

    def url(self, name: str, **kwargs: int) -> str:
        """The address of a staff page here; trusts have the same pages under their own names."""
        if isinstance(self.place, School):
            return reverse(f"organisations:{name}", kwargs={"urn": self.place.urn, **kwargs})
        own = {"trust_id": self.place.pk, **kwargs}
        return reverse(f"organisations:trust_{name}", kwargs=own)

    def filter(self) -> dict[str, Any]:
        """The condition that keeps rows to this place."""
        return {"school": self.place} if self.is_school else {"trust": self.place}


def seat_of(request: HttpRequest) -> Seat:
    """The seat of a request behind `school_page` or `trust_page`."""
    return Seat(getattr(request, "school", None) or request.trust)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Tab:
    title: str
    url: str
    current: bool


def tabs(request: Any, current: str) -> list[Tab]:
    """The pages about the school or trust itself that this person may open."""
    seat = seat_of(request)
    names: list[tuple[str, str, str, Permission | None]]
    if isinstance(seat.place, School):
        own = {"urn": seat.place.urn}
        names = [
            ("staff", "Staff", "organisations:staff", Permission.VIEW_STAFF),
            ("calendar", "Calendar", "organisations:calendar", None),
            ("trust", "Trust", "organisations:school_trust", Permission.MANAGE_SCHOOL),
        ]
    else:
        own = {"trust_id": seat.place.pk}
        names = [
            ("schools", "Schools", "organisations:trust", Permission.MANAGE_TRUST),
            ("staff", "Trust staff", "organisations:trust_staff", Permission.VIEW_STAFF),
        ]
    return [
        Tab(title, reverse(name, kwargs=own), key == current)
        for key, title, name, permission in names
        if permission is None or can_in(request.scope, permission, seat.place)
    ]
