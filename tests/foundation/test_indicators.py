from __future__ import annotations

from dataclasses import replace

import pytest

from pillars.foundation.indicators import Better, Count, Indicator, Pillar, Unit

SHARE = Indicator(
    key="x",
    title="X",
    pillar=Pillar.CONSISTENCY,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    definition="What X is.",
    target=0.9,
    counts=lambda schools, day: {},
    against=lambda school, day: [],
)


@pytest.mark.parametrize(
    ("count", "expected"), [(Count(9, 10), True), (Count(8, 10), False), (Count(0, 0), None)]
)
def test_share_is_on_target_when_it_reaches_it(count: Count, expected: bool | None) -> None:
    assert SHARE.is_on_target(count) is expected


def test_number_that_should_be_low_is_on_target_at_it() -> None:
    formats = replace(SHARE, unit=Unit.NUMBER, better=Better.LOWER, target=1)
    assert formats.is_on_target(Count(1, 40)) is True
    assert formats.is_on_target(Count(9, 40)) is False
    assert formats.is_on_target(Count(0, 0)) is None


def test_share_of_nothing_is_unknown() -> None:
    assert Count(0, 0).share is None
    assert Count(1, 4).share == 0.25
