"""Who works in a school or over a trust, and what each role may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from pillars.foundation.permissions import ROLES, Permission, Role
from pillars.people.organisations.models import Invitation, Membership, Person, School, Trust


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One role of one person as the staff page lists it. `through_trust`: it comes from a role
    over the trust, so the trust changes it."""

    membership_id: int
    person_id: int
    name: str
    email: str
    role: Role
    starts_on: date
    ends_on: date | None
    through_trust: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role in the table of roles. `may` runs in step with all permissions."""

    title: str
    description: str
    may: tuple[bool, ...]


def staff_of(place: School | Trust, *, on: date) -> list[StaffRow]:
    """Everybody with a role there on a day, by name. In a school, its trust's people too."""
    here = Q(school=place) if isinstance(place, School) else Q(trust=place)
    if isinstance(place, School) and place.trust_id is not None:
        here |= Q(trust_id=place.trust_id)
    rows = Membership.objects.current(on=on).filter(here).select_related("person")
    return [
        StaffRow(
            membership_id=row.pk,
            person_id=row.person_id,
            name=row.person.name,
            email=row.person.email,
            role=Role(row.role),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            through_trust=isinstance(place, School) and row.trust_id is not None,
        )
        for row in rows.order_by("person__name", "role")
    ]


def open_invitations(place: School | Trust) -> QuerySet[Invitation]:
    """Invitations there that nobody has taken up or withdrawn, the newest first."""
    here = Q(school=place) if isinstance(place, School) else Q(trust=place)
    return Invitation.objects.filter(here, accepted_at=None, withdrawn_at=None)


def roles_of(person: Person) -> list[Membership]:
    """A person's roles today, those over trusts first."""
    rows = Membership.objects.current(on=timezone.localdate()).filter(person=person)
    return list(rows.select_related("school", "trust").order_by("school__name", "role"))


def roles_table() -> tuple[tuple[Permission, ...], list[RoleRow]]:
    """Every permission, and every role with what it may do, in the order of the definitions."""
    permissions = tuple(Permission)
    return permissions, [
        RoleRow(
            definition.title,
            definition.description,
            tuple(permission in definition.permissions for permission in permissions),
        )
        for definition in ROLES.values()
    ]


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Names of people by id."""
    wanted = {pk for pk in person_ids if pk is not None}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


def place_of_code(code: str) -> tuple[School | Trust, str] | None:
    """The school or trust that the front of an invitation's code names, and the secret behind it.

    A code reads `s12-abcd-…` for school 12 and `t3-abcd-…` for trust 3.
    """
    front, _, secret = code.strip().casefold().partition("-")
    if front[:1] not in {"s", "t"} or not front[1:].isascii() or not front[1:].isdigit():
        return None
    number = int(front[1:])
    if number >= 2**63:
        return None
    directory = School.objects if front[0] == "s" else Trust.objects
    place: School | Trust | None = directory.filter(pk=number).first()
    return None if place is None else (place, secret)
