"""What rows of standards are called in lists and logs."""

from __future__ import annotations

from tests.conftest import World
from tests.consistency.paperwork.standards.places import make_draft, make_standard, shipped

from pillars.consistency.paperwork.models import RequiredStandard


def test_rows_name_themselves(world: World) -> None:
    standard = make_standard(trust=world.trust)
    assert str(standard) == "Pupil Passport"
    assert str(standard.versions.get()) == f"{standard.pk} version 1"
    assert str(make_draft(standard)) == f"draft of {standard.pk}"
    assert str(RequiredStandard(key="support-plan")) == "support-plan"


def test_only_a_standard_of_nobody_is_shipped(world: World) -> None:
    assert shipped().is_shipped
    assert not make_standard(trust=world.trust).is_shipped
    assert not make_standard(school=world.school).is_shipped
