from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pillars.ui.environment import count, day, day_short, moment, percent

THE_DAY = date(2026, 11, 9)


def test_days_are_written_as_people_write_them() -> None:
    assert day(THE_DAY) == "9 November 2026"
    assert day_short(THE_DAY) == "Mon 9 Nov"
    assert day(None) == "no date"
    assert day_short(None) == "–"


def test_a_moment_is_told_in_the_schools_own_time() -> None:
    # Half past eleven at night in UTC is the next day in English summer time.
    assert moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026, 00:30"
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 pupils"), (1, "1 pupil"), (3, "3 pupils"), (1204, "1,204 pupils")]
)
def test_count(number: int, said: str) -> None:
    assert count(number, "pupil") == said


def test_count_with_a_plural_of_its_own() -> None:
    assert count(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "–"),
        (0.0, "0\u00a0%"),
        (1.0, "100\u00a0%"),
        (0.774, "77\u00a0%"),
        # Nearly all is not all, and hardly any is not none.
        (0.9999, "99\u00a0%"),
        (0.0001, "1\u00a0%"),
    ],
)
def test_percent(share: float | None, said: str) -> None:
    assert percent(share) == said
