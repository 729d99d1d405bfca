"""What each person may reach, from the memberships in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.conftest import World, make_person, make_school

from pillars.foundation.permissions import ROLES, Permission, Role
from pillars.people.organisations.models import Membership, Person, School
from pillars.people.organisations.queries import scope_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_role_in_a_school_gives_its_permissions_there_and_nowhere_else(world: World) -> None:
    scope = scope_of(world[Role.TEACHER], on=timezone.localdate())
    assert scope.schools == {world.school.pk: ROLES[Role.TEACHER].permissions}
    assert scope.led_trusts == {}
    assert scope.trusts == {world.trust.pk}


def test_trust_lead_reaches_every_joined_school_of_the_trust(world: World) -> None:
    make_school("Not joined (invented)", trust=world.trust, joined_on=None)
    scope = scope_of(world[Role.TRUST_LEAD], on=timezone.localdate())
    assert set(scope.schools) == {world.school.pk, world.sister.pk}
    assert scope.can(Permission.COMPARE_SCHOOLS, trust=world.trust.pk)
    assert scope.trusts == {world.trust.pk}


def test_two_roles_in_one_school_add_up(world: World) -> None:
    teacher = world[Role.TEACHER]
    Membership.objects.create(
        person=teacher, role=Role.SENCO, school=world.school, starts_on=TODAY - timedelta(days=9)
    )
    scope = scope_of(teacher, on=TODAY)
    assert scope.can(Permission.VIEW_TRAIL, school=world.school.pk)


@pytest.mark.parametrize(
    ("starts", "ends", "inside"), [(0, 0, True), (1, 9, False), (-9, -1, False)]
)
def test_membership_counts_from_its_first_to_its_last_day(
    world: World, starts: int, ends: int, inside: bool
) -> None:
    person = Person.objects.create(email="a@example.org", name="A (invented)")
    Membership.objects.create(
        person=person,
        role=Role.TEACHER,
        school=world.school,
        starts_on=TODAY + timedelta(days=starts),
        ends_on=TODAY + timedelta(days=ends),
    )
    assert bool(scope_of(person, on=TODAY).schools) is inside


def test_school_without_a_trust_shares_nothing(world: World) -> None:
    lone = make_school("Lone (invented)")
    assert scope_of(make_person(Role.SENCO, school=lone), on=TODAY).trusts == frozenset()


def test_person_who_left_reaches_nothing(world: World) -> None:
    person = make_person(Role.SENCO, school=world.school, is_active=False, is_operator=True)
    scope = scope_of(person, on=TODAY)
    assert (scope.schools, scope.operator) == ({}, False)


def test_scope_costs_two_queries_at_most(
    world: World, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        scope_of(world[Role.TRUST_LEAD], on=TODAY)


def test_schools_of_the_directory_have_a_readable_name(world: World) -> None:
    assert str(School.objects.get(pk=world.school.pk)) == "Oakfield Primary (invented)"
