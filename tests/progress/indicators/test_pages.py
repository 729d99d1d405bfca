"""Numbers for everybody who may see them; few of them only for those who know the pupils."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import make_pupil, shipped_version

from pillars.foundation.permissions import Role


@pytest.fixture
def few(world: World) -> None:
    """Three pupils who need a passport and have none."""
    shipped_version("pupil-passport")
    for _ in range(3):
        make_pupil(world.school, surname="Hiddenname")


def page(world: World, sign_in: Any, role: Role, name: str = "school", **kwargs: str) -> str:
    address = reverse(f"indicators:{name}", kwargs={"urn": world.school.urn, **kwargs})
    answer = sign_in(world[role]).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_who_knows_the_pupils_sees_few_as_few(world: World, sign_in: Any, few: None) -> None:
    assert "0 of 3" in page(world, sign_in, Role.SENCO)
    one = page(world, sign_in, Role.SENCO, "indicator", key="paperwork-in-place")
    assert "Hiddenname" in one
    assert "3 cases" in one


def test_few_are_kept_from_who_may_not_see_pupils(world: World, sign_in: Any, few: None) -> None:
    whole = page(world, sign_in, Role.GOVERNOR)
    assert "0 of 3" not in whole
    assert "Too few to show" in whole
    one = page(world, sign_in, Role.GOVERNOR, "indicator", key="paperwork-in-place")
    assert "Fewer than 5 are counted" in one
    assert "3 cases" not in one
    assert "Hiddenname" not in one


def test_enough_are_told_to_everybody_without_names(world: World, sign_in: Any, few: None) -> None:
    for _ in range(3):
        make_pupil(world.school)
    one = page(world, sign_in, Role.GOVERNOR, "indicator", key="paperwork-in-place")
    assert "6 cases. Your role sees the number, not the pupils." in one
    assert "Hiddenname" not in one
