from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from tests.conftest import World, scope_for

from pillars.foundation.permissions import Role
from pillars.home.queries.due import Looking, Source
from pillars.home.queries.people import (
    RegisterHead,
    classes_of,
    joining_due,
    register_due,
    register_heads,
)
from pillars.people.organisations.models import School
from pillars.people.register.models import Pupil, StatusPeriod


def make_pupil(school: School, status: str = "K", **fields: Any) -> Pupil:
    """An invented pupil at SEN support, with an EHC plan, or (status "") with neither."""
    pupil = Pupil.objects.create(
        **{"school": school, "surname": "Invented", "forename": "Robin", "class_group": "5 Elm"}
        | fields
    )
    if status:
        StatusPeriod.objects.create(school=school, pupil=pupil, status=status)
    return pupil


def test_register_heads_count_each_school_for_itself(world: World) -> None:
    for status in ("K", "K", "E", ""):
        make_pupil(world.school, status)
    make_pupil(world.school, "K", left_on="2026-10-01")
    make_pupil(world.sister, "E")
    with scope_for(world[Role.TRUST_LEAD]):
        heads = register_heads([world.school.pk, world.sister.pk])
    assert heads[world.school.pk] == RegisterHead(pupils=4, support=2, plans=1)
    assert heads[world.sister.pk] == RegisterHead(pupils=1, support=0, plans=1)


def test_register_heads_leave_out_a_status_that_ended(world: World) -> None:
    pupil = make_pupil(world.school, "K")
    StatusPeriod.objects.filter(pupil=pupil).update(end_on="2026-10-01")
    StatusPeriod.objects.create(school=world.school, pupil=pupil, status="E")
    assert register_heads([world.school.pk])[world.school.pk] == RegisterHead(1, 0, 1)


@pytest.mark.parametrize(
    ("support", "plans", "hidden", "said"),
    [
        (51, 11, False, "62 pupils on the register: 51 SEN support, 11 EHC plans."),
        (1, 1, False, "2 pupils on the register: 1 SEN support, 1 EHC plan."),
        (51, 11, True, "62 pupils on the register: 51 SEN support, 11 EHC plans."),
        # A part below five would point at children, and so would the other part beside a total.
        (51, 2, True, "53 pupils on the register."),
        (3, 0, True, "Fewer than 5 pupils on the register."),
        (0, 0, True, "0 pupils on the register."),
    ],
)
def test_register_sentence(support: int, plans: int, hidden: bool, said: str) -> None:
    assert RegisterHead(100, support, plans).sentence(names_hidden=hidden) == said


def test_classes_are_in_the_order_people_count_them(world: World) -> None:
    for name in ("10A", "2A", "2A", ""):
        make_pupil(world.school, class_group=name)
    make_pupil(world.school, "", class_group="1A")
    with scope_for(world[Role.TEACHER]):
        found = classes_of(world.school.pk)
    assert [(each.name, each.on_register) for each in found] == [("2A", 2), ("10A", 1)]


@pytest.mark.parametrize("source", [register_due, joining_due])
def test_nothing_of_the_school_is_due_for_who_may_not_do_it(world: World, source: Source) -> None:
    assistant = world[Role.TEACHING_ASSISTANT]
    with scope_for(assistant) as scope:
        assert source(Looking(world.school, assistant, scope, timezone.localdate())) == []
