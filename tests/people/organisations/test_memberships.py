"""Roles given, changed and ended; somebody must always be able to manage staff."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.conftest import World, make_person, scope_for

from pillars.foundation.permissions import Permission, Role
from pillars.foundation.services import Refused
from pillars.people.organisations.models import Membership, Person
from pillars.people.organisations.queries import scope_of
from pillars.people.organisations.services import (
    change_role,
    end_membership,
    give_role,
    rename_person,
)

pytestmark = pytest.mark.django_db


def _membership(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def test_ended_membership_bites_at_once(world: World) -> None:
    teacher, senco = world[Role.TEACHER], world[Role.SENCO]
    with scope_for(senco):
        end_membership(membership=_membership(teacher), by=senco)
    assert scope_of(teacher, on=timezone.localdate()).schools == {}


def test_changed_role_changes_what_the_person_may_do(world: World) -> None:
    teacher, senco = world[Role.TEACHER], world[Role.SENCO]
    with scope_for(senco):
        change_role(membership=_membership(teacher), role=Role.SENCO, ends_on=None, by=senco)
    assert scope_of(teacher, on=timezone.localdate()).can(
        Permission.MANAGE_STAFF, school=world.school.pk
    )


def test_last_person_who_manages_staff_cannot_leave_or_step_down(world: World) -> None:
    lone = world.stranger
    assert lone is not None
    membership = _membership(lone)
    with scope_for(lone):
        with pytest.raises(Refused, match="last person who can manage staff"):
            end_membership(membership=membership, by=lone)
        with pytest.raises(Refused, match="last person who can manage staff"):
            change_role(membership=membership, role=Role.TEACHER, ends_on=None, by=lone)
    make_person(Role.TRUST_LEAD, trust=world.other_trust)
    with scope_for(lone):
        end_membership(membership=membership, by=lone)
    assert scope_of(lone, on=timezone.localdate()).schools == {}


def test_last_trust_lead_cannot_leave(world: World) -> None:
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead), pytest.raises(Refused, match="last person"):
        end_membership(membership=_membership(lead), by=lead)


def test_teacher_cannot_end_or_change_a_membership(world: World) -> None:
    teacher = world[Role.TEACHER]
    for person in (world[Role.GOVERNOR], teacher):
        with scope_for(teacher), pytest.raises(Refused, match="Only a headteacher"):
            end_membership(membership=_membership(person), by=teacher)
        with scope_for(teacher), pytest.raises(Refused, match="Only a headteacher"):
            change_role(membership=_membership(person), role=Role.SENCO, ends_on=None, by=teacher)


def test_senco_of_another_school_cannot_end_a_membership(world: World) -> None:
    membership = _membership(world[Role.TEACHER])
    assert world.stranger is not None
    with scope_for(world.stranger), pytest.raises(Refused, match="Only a headteacher"):
        end_membership(membership=membership, by=world.stranger)


def test_same_role_twice_is_refused_with_a_sentence(world: World) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        with pytest.raises(Refused, match="already has this role"):
            give_role(person=world[Role.TEACHER], role=Role.TEACHER, place=world.school, by=senco)
        give_role(person=world[Role.TEACHER], role=Role.GOVERNOR, place=world.school, by=senco)
    assert Membership.objects.filter(person=world[Role.TEACHER]).count() == 2


def test_role_over_a_trust_is_given_by_its_lead(world: World) -> None:
    lead = world[Role.TRUST_LEAD]
    ends = timezone.localdate() + timedelta(days=10)
    with scope_for(lead):
        given = give_role(
            person=world[Role.TEACHER], role=Role.AUDITOR, place=world.trust, ends_on=ends, by=lead
        )
    assert given.trust_id == world.trust.pk
    assert given.ends_on == ends


def test_people_rename_themselves_and_nobody_else(world: World) -> None:
    teacher, senco = world[Role.TEACHER], world[Role.SENCO]
    with scope_for(teacher):
        assert rename_person(person=teacher, name="  Jo Bright ", by=teacher).name == "Jo Bright"
        with pytest.raises(Refused, match="Give a name"):
            rename_person(person=teacher, name=" ", by=teacher)
    with scope_for(senco), pytest.raises(Refused, match="their own name"):
        rename_person(person=teacher, name="Else", by=senco)
