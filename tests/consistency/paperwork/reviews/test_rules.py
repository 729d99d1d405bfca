"""When reviewed files can become documents."""

from __future__ import annotations

import pytest
from tests.conftest import World, scope_for

from pillars.consistency.paperwork.models import Review, ReviewState
from pillars.consistency.paperwork.rules.reviews import check_can_turn
from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused


@pytest.mark.parametrize(
    ("state", "says"),
    [(ReviewState.READING, "still being read"), (ReviewState.READY, "Tick at least one file")],
)
def test_files_become_documents_when_all_are_read_and_one_is_ticked(
    world: World, state: ReviewState, says: str
) -> None:
    review = Review(school=world.school, state=state)
    with scope_for(world[Role.SENCO]) as scope, pytest.raises(Refused, match=says):
        check_can_turn(review=review, choices={}, scope=scope)
