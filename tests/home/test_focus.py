from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.conftest import World, scope_for
from tests.home.test_people import make_pupil

from pillars.foundation.permissions import Permission, Role
from pillars.home.queries.due import Looking
from pillars.home.queries.focus import Focus, years_to_focus_on
from pillars.people.register.extensions import Extensions, Lacking


@pytest.fixture
def lack(monkeypatch: pytest.MonkeyPatch) -> Callable[[set[int]], None]:
    """Say which pupils lack an invented thing, and that nothing else can be lacking."""

    def told(pupils: set[int]) -> None:
        alone = Extensions()
        alone.add_lacking(Lacking("hat", "A hat", Permission.VIEW_DOCUMENTS, lambda _: pupils))
        monkeypatch.setattr("pillars.home.queries.focus.extensions", alone)

    return told


def focus(world: World, role: Role = Role.SENCO) -> list[Focus]:
    with scope_for(world[role]) as scope:
        return years_to_focus_on(Looking(world.school, world[role], scope, timezone.localdate()))


def test_the_years_that_lack_most_come_first_and_at_most_three(
    world: World, lack: Callable[[set[int]], None]
) -> None:
    years = ["5", "5", "5", "R", "1", "2", "1"]
    pupils = [make_pupil(world.school, year_group=year) for year in years]
    lack({pupil.pk for pupil in pupils} - {pupils[0].pk})
    found = focus(world)
    assert [each.title for each in found] == ["Year 1: a hat", "Year 5: a hat", "Reception: a hat"]
    assert found[1].why == "Missing for 2 of 3 on the register."
    assert "year=5&status=KE&lacking=hat" in found[1].url


def test_pupils_off_the_register_or_without_a_year_are_no_focus(
    world: World, lack: Callable[[set[int]], None]
) -> None:
    off = make_pupil(world.school, "", year_group="5")
    nameless_year = make_pupil(world.school, year_group="")
    lack({off.pk, nameless_year.pk})
    assert focus(world) == []


def test_what_a_person_may_not_see_is_no_focus(
    world: World, lack: Callable[[set[int]], None]
) -> None:
    lack({make_pupil(world.school, year_group="5").pk})
    assert focus(world, Role.GOVERNOR) == []
