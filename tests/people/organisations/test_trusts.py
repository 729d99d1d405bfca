"""Schools begin, join a trust by asking and answering, and move between trusts."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.conftest import World, make_person, make_school, make_trust, scope_for

from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused
from pillars.people.organisations.models import JoinRequest
from pillars.people.organisations.queries import scope_of
from pillars.people.organisations.services import (
    answer_join_request,
    ask_to_join,
    set_publishing,
    start_school,
)

pytestmark = pytest.mark.django_db


def test_school_asks_and_the_trust_lead_says_yes(world: World) -> None:
    lone = make_school("Lone (invented)")
    senco = make_person(Role.SENCO, school=lone)
    with scope_for(senco):
        asked = ask_to_join(school=lone, trust=world.trust, from_school=True, by=senco)
        with pytest.raises(Refused, match="can answer this request"):
            answer_join_request(request=asked, accept=True, by=senco)
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        answer_join_request(request=JoinRequest.objects.get(), accept=True, by=lead)
    lone.refresh_from_db()
    assert lone.trust == world.trust
    assert lone.pk in scope_of(lead, on=timezone.localdate()).schools


def test_trust_asks_and_the_school_says_no(world: World) -> None:
    lone = make_school("Lone (invented)")
    head = make_person(Role.HEADTEACHER, school=lone)
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        asked = ask_to_join(school=lone, trust=world.trust, from_school=False, by=lead)
    with scope_for(head):
        answer_join_request(request=asked, accept=False, by=head)
    lone.refresh_from_db()
    assert lone.trust is None
    asked.refresh_from_db()
    assert asked.accepted is False
    with scope_for(head), pytest.raises(Refused, match="answered already"):
        answer_join_request(request=asked, accept=True, by=head)


def test_school_that_moves_leaves_the_old_trusts_lead_outside(world: World) -> None:
    senco, lead = world[Role.SENCO], world[Role.TRUST_LEAD]
    far_lead = make_person(Role.TRUST_LEAD, trust=world.other_trust)
    with scope_for(senco):
        asked = ask_to_join(
            school=world.school, trust=world.other_trust, from_school=True, by=senco
        )
    with scope_for(far_lead):
        answer_join_request(request=asked, accept=True, by=far_lead)
    today = timezone.localdate()
    assert world.school.pk in scope_of(far_lead, on=today).schools
    assert world.school.pk not in scope_of(lead, on=today).schools


def test_asking_twice_is_refused(world: World) -> None:
    lone = make_school("Lone (invented)")
    senco = make_person(Role.SENCO, school=lone)
    with scope_for(senco):
        ask_to_join(school=lone, trust=world.trust, from_school=True, by=senco)
        with pytest.raises(Refused, match="waits for an answer"):
            ask_to_join(school=lone, trust=world.trust, from_school=True, by=senco)


def test_asking_is_refused_where_nobody_can_answer(world: World) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco), pytest.raises(Refused, match="already in"):
        ask_to_join(school=world.school, trust=world.trust, from_school=True, by=senco)
    sleeping = make_trust("Sleeping (invented)", joined_on=None)
    with scope_for(senco), pytest.raises(Refused, match="nobody can answer"):
        ask_to_join(school=world.school, trust=sleeping, from_school=True, by=senco)
    unborn = make_school("Unborn (invented)", joined_on=None)
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead), pytest.raises(Refused, match="cannot be asked"):
        ask_to_join(school=unborn, trust=world.trust, from_school=False, by=lead)
    teacher = world[Role.TEACHER]
    with scope_for(teacher), pytest.raises(Refused, match="does not let you"):
        ask_to_join(school=world.school, trust=world.other_trust, from_school=True, by=teacher)


def test_trust_lead_starts_a_school_gias_lists_in_the_trust(world: World) -> None:
    listed = make_school("Listed (invented)", trust=world.trust, joined_on=None)
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        start_school(school=listed, by=lead)
        with pytest.raises(Refused, match="already here"):
            start_school(school=listed, by=lead)
    listed.refresh_from_db()
    assert listed.joined_on == timezone.localdate()
    elsewhere = make_school("Elsewhere (invented)", trust=world.other_trust, joined_on=None)
    with scope_for(lead), pytest.raises(Refused, match="lead of its trust"):
        start_school(school=elsewhere, by=lead)


def test_publishing_is_set_by_the_trust_lead_alone(world: World) -> None:
    lead, senco = world[Role.TRUST_LEAD], world[Role.SENCO]
    with scope_for(lead):
        set_publishing(trust=world.trust, schools_may_publish=True, by=lead)
    world.trust.refresh_from_db()
    assert world.trust.schools_may_publish
    with scope_for(senco), pytest.raises(Refused, match="Only a trust lead"):
        set_publishing(trust=world.trust, schools_may_publish=False, by=senco)
