"""Reads about who works where."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from pillars.foundation.permissions import ROLES, Permission, Role
from pillars.foundation.scope import Scope
from pillars.people.organisations.models import Membership, Person, School


def scope_of_request(request: HttpRequest) -> Scope:
    """The scope of whoever is signed in, from the memberships in force today."""
    assert isinstance(request.user, Person)
    return scope_of(request.user, on=timezone.localdate())


def scope_of(person: Person, *, on: date) -> Scope:
    """What a person may reach on a day.

    A role in a school gives its permissions there. A role over a trust gives them in every
    school that has joined from that trust, and over the trust's own rows. Staff of a school read
    what its trust shares.
    """
    schools: dict[int, set[Permission]] = defaultdict(set)
    led: dict[int, set[Permission]] = defaultdict(set)
    trusts: set[int] = set()
    memberships = Membership.objects.filter(person=person, person__is_active=True)
    for membership in memberships.current(on=on).select_related("school"):
        held = ROLES[Role(membership.role)].permissions
        if membership.school is not None:
            schools[membership.school.pk] |= held
            if membership.school.trust_id is not None:
                trusts.add(membership.school.trust_id)
        else:
            assert membership.trust_id is not None  # a constraint of the table
            led[membership.trust_id] |= held
    if led:
        rows = School.objects.filter(trust_id__in=led, joined_on__isnull=False)
        for school_id, trust_id in rows.values_list("pk", "trust_id"):
            schools[school_id] |= led[trust_id]
    return Scope(
        person_id=person.pk,
        schools={pk: frozenset(held) for pk, held in schools.items()},
        led_trusts={pk: frozenset(held) for pk, held in led.items()},
        trusts=frozenset(trusts | led.keys()),
        operator=person.is_operator and person.is_active,
    )
