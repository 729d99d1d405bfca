"""A small world every test may use: two trusts, schools in them, and a person for each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import settings

from pillars.foundation.permissions import Role
from pillars.foundation.scope import Scope, entered
from pillars.people.organisations.models import Membership, Person, School, Trust
from pillars.people.organisations.queries import scope_of

# A busy machine is slow; that is no fault of what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_numbers = count(1)


def make_trust(name: str = "Otterwater Trust (invented)", **fields: object) -> Trust:
    number = next(_numbers)
    return Trust.objects.create(
        **{"uid": f"T{number}", "name": name, "joined_on": date(2026, 9, 1)} | fields
    )


def make_school(name: str = "Oakfield Primary (invented)", **fields: object) -> School:
    number = next(_numbers)
    return School.objects.create(
        **{"urn": 900_000 + number, "name": name, "joined_on": date(2026, 9, 1)} | fields
    )


def make_person(
    role: Role | None = None,
    *,
    school: School | None = None,
    trust: Trust | None = None,
    name: str = "",
    **fields: object,
) -> Person:
    """Somebody invented, with one role in a school or over a trust."""
    number = next(_numbers)
    name = name or f"{role.label if role else 'Somebody'} {number} (invented)"
    person = Person.objects.create(email=f"person{number}@example.org", name=name, **fields)
    if role is not None:
        ends = timezone.localdate() + timedelta(days=30) if role is Role.AUDITOR else None
        Membership.objects.create(
            person=person,
            role=role,
            school=school,
            trust=trust,
            starts_on=date(2026, 9, 1),
            ends_on=ends,
        )
    return person


@dataclass
class World:
    """Oakfield and Meadow share a trust; Hillside belongs to another trust; nobody shares all."""

    trust: Trust
    other_trust: Trust
    school: School
    sister: School
    other_school: School
    people: dict[Role, Person] = field(default_factory=dict)
    stranger: Person | None = None

    def __getitem__(self, role: Role) -> Person:
        return self.people[role]


@pytest.fixture
def world(db: None) -> World:
    trust = make_trust()
    other_trust = make_trust("Far Hills Trust (invented)")
    made = World(
        trust=trust,
        other_trust=other_trust,
        school=make_school(trust=trust),
        sister=make_school("Meadow Academy (invented)", trust=trust),
        other_school=make_school("Hillside School (invented)", trust=other_trust),
    )
    for role in Role:
        if role is Role.TRUST_LEAD:
            made.people[role] = make_person(role, trust=trust)
        else:
            made.people[role] = make_person(role, school=made.school)
    made.stranger = make_person(Role.SENCO, school=made.other_school)
    return made


@pytest.fixture
def senco(world: World) -> Person:
    return world[Role.SENCO]


@pytest.fixture
def as_senco(world: World) -> Iterator[Scope]:
    """Inside the SENCo's scope, as the web role: what services and queries meet in a request."""
    with scope_for(world[Role.SENCO]) as scope:
        yield scope


class scope_for:  # noqa: N801  (reads as a verb at the call: `with scope_for(person):`)
    """`with scope_for(person):` runs as the web role with that person's scope of today."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def __enter__(self) -> Scope:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self._entered = entered(scope_of(self.person, on=timezone.localdate()))
        return self._entered.__enter__()

    def __exit__(self, *error: object) -> None:
        self._entered.__exit__(*error)  # type: ignore[arg-type]
        self._atomic.__exit__(*error)  # type: ignore[arg-type]


@pytest.fixture
def sign_in(client: Client):  # type: ignore[no-untyped-def]
    """`sign_in(person)` gives a browserless client signed in as that person."""

    def signed_in(person: Person) -> Client:
        fresh = Client()
        fresh.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return fresh

    return signed_in
