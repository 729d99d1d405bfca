"""Deadlines, against published business-day counts, the law's own counting, and day by day."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.schooldays import (
    Calendar,
    add_school_days,
    add_school_days_to_all,
    add_weeks,
    days_beginning_with,
    school_days_between,
)

AUTUMN_1 = (date(2026, 9, 2), date(2026, 10, 23))
AUTUMN_2 = (date(2026, 11, 2), date(2026, 12, 18))
SPRING = (date(2027, 1, 4), date(2027, 2, 12))
INSET = date(2026, 11, 27)
YEAR = Calendar([AUTUMN_1, AUTUMN_2, SPRING], [INSET])
BANK_HOLIDAYS = Path("/work/shared/data/govuk_bank_holidays_source.json")

days_of_year = st.dates(AUTUMN_1[0], SPRING[1])
counts = st.integers(0, 30)


def counted_by_hand(day: date, n: int, calendar: Calendar) -> date:
    """One day after another, as a person would with a wall calendar."""
    while not calendar.is_open(day):
        day += timedelta(days=1)
    while n:
        day += timedelta(days=1)
        n -= calendar.is_open(day)
    return day


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        # NumPy reference, "busday_offset": the first business day of 2011-10 is the 3rd.
        (date(2011, 10, 1), 0, date(2011, 10, 3)),
        # NumPy reference: `np.busday_offset('2011-03-20', 0, roll='forward')` is 2011-03-21.
        (date(2011, 3, 20), 0, date(2011, 3, 21)),
        # NumPy reference: '2011-06-23' + 1 is 06-24, + 2 is 06-27.
        (date(2011, 6, 23), 1, date(2011, 6, 24)),
        (date(2011, 6, 23), 2, date(2011, 6, 27)),
        # pandas user guide, "Custom business days": one after Friday 2014-01-17 with Martin Luther
        # King's day (Monday the 20th) closed is Tuesday the 21st.
        (date(2014, 1, 17), 1, date(2014, 1, 21)),
    ],
)
def test_deadline_is_what_others_print(day: date, n: int, expected: date) -> None:
    assert add_school_days(day, n, Calendar.from_closures([date(2014, 1, 20)])) == expected


def test_count_between_is_what_numpy_prints() -> None:
    # NumPy reference, "busday_count": 2011-01 to 2011-02 holds 21 weekdays; 2011 holds 260.
    calendar = Calendar.from_closures([])
    assert school_days_between(date(2010, 12, 31), date(2011, 1, 31), calendar) == 21
    assert school_days_between(date(2010, 12, 31), date(2011, 12, 31), calendar) == 260


def test_deadline_skips_weekend_and_inset_day() -> None:
    assert add_school_days(date(2026, 11, 26), 1, YEAR) == date(2026, 11, 30)


def test_deadline_skips_half_term_and_christmas() -> None:
    assert add_school_days(date(2026, 10, 23), 1, YEAR) == date(2026, 11, 2)
    assert add_school_days(date(2026, 12, 18), 2, YEAR) == date(2027, 1, 5)


def test_start_in_half_term_rolls_forward_before_counting() -> None:
    assert add_school_days(date(2026, 10, 27), 0, YEAR) == date(2026, 11, 2)
    assert add_school_days(date(2026, 10, 27), 1, YEAR) == date(2026, 11, 3)


def test_terms_that_overlap_or_come_in_any_order_change_nothing() -> None:
    inside = (date(2026, 9, 7), date(2026, 9, 11))
    other = Calendar([SPRING, AUTUMN_2, inside, AUTUMN_1], [INSET, INSET])
    day = AUTUMN_1[0]
    while day <= SPRING[1]:
        assert other.is_open(day) == YEAR.is_open(day)
        day += timedelta(days=1)


def test_day_outside_every_term_is_not_open() -> None:
    assert not YEAR.is_open(date(2026, 9, 1))
    assert not YEAR.is_open(date(2027, 2, 15))


@pytest.mark.parametrize(
    ("day", "n"), [(date(2026, 8, 3), 1), (date(2027, 2, 12), 1), (date(2027, 2, 13), 0)]
)
def test_deadline_past_the_terms_entered_is_refused(day: date, n: int) -> None:
    with pytest.raises(ValueError, match="Enter the terms around it first"):
        add_school_days(day, n, YEAR)


def test_deadline_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be below zero"):
        add_school_days(date(2026, 11, 26), -1, YEAR)
    with pytest.raises(ValueError, match="cannot be below zero"):
        add_school_days_to_all(np.array(["2026-11-26"], "M8[D]"), np.array([-1]), YEAR)


def test_missing_day_among_many_is_refused() -> None:
    with pytest.raises(ValueError, match="is missing"):
        add_school_days_to_all(np.array(["2026-11-26", "NaT"], "M8[D]"), 1, YEAR)


def test_no_days_at_all_give_none() -> None:
    assert add_school_days_to_all(np.array([], "M8[D]"), 1, YEAR).size == 0


def test_calendar_without_a_term_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one term"):
        Calendar([], [])


def test_term_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Calendar([(date(2026, 9, 2), date(2026, 9, 1))], [])


def test_lateness_is_nothing_on_the_deadline_and_negative_before() -> None:
    assert school_days_between(date(2026, 11, 26), date(2026, 11, 26), YEAR) == 0
    assert school_days_between(date(2026, 11, 26), date(2026, 11, 30), YEAR) == 1
    assert school_days_between(date(2026, 11, 30), date(2026, 11, 26), YEAR) == -1


def test_lateness_outside_the_terms_entered_is_refused() -> None:
    with pytest.raises(ValueError, match="Enter the terms"):
        school_days_between(date(2026, 11, 26), date(2027, 3, 1), YEAR)


def test_six_weeks_from_a_tuesday_end_on_a_tuesday() -> None:
    assert add_weeks(date(2026, 9, 1), 6) == date(2026, 10, 13)
    assert add_weeks(date(2026, 9, 1), 20) == date(2027, 1, 19)


def test_fifteen_days_beginning_with_the_first_end_on_the_fifteenth() -> None:
    assert days_beginning_with(date(2026, 11, 1), 15) == date(2026, 11, 15)
    assert days_beginning_with(date(2026, 11, 1), 1) == date(2026, 11, 1)


def test_period_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        days_beginning_with(date(2026, 11, 1), 0)


@given(days_of_year, counts)
def test_deadline_is_the_one_counted_by_hand_and_never_closed(day: date, n: int) -> None:
    calendar = Calendar([AUTUMN_1, AUTUMN_2, SPRING, (date(2027, 2, 22), date(2027, 7, 23))], [])
    found = add_school_days(day, n, calendar)
    assert calendar.is_open(found)
    assert found == counted_by_hand(day, n, calendar)


@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=60), days_of_year, counts)
def test_deadline_without_terms_never_falls_on_a_closed_day(
    closures: set[date], day: date, n: int
) -> None:
    calendar = Calendar.from_closures(closures)
    found = add_school_days(day, n, calendar)
    assert calendar.is_open(found)
    assert found not in closures
    assert found.weekday() < 5


@given(days_of_year, counts)
def test_open_day_plus_n_is_n_days_late(day: date, n: int) -> None:
    calendar = Calendar.from_closures([INSET])
    if calendar.is_open(day):
        assert school_days_between(day, add_school_days(day, n, calendar), calendar) == n


@given(days_of_year, days_of_year)
def test_lateness_turned_round_changes_its_sign(first: date, last: date) -> None:
    forth, back = school_days_between(first, last, YEAR), school_days_between(last, first, YEAR)
    assert forth == -back


@given(st.lists(st.tuples(days_of_year, counts), max_size=20))
def test_many_deadlines_at_once_are_the_single_ones(cases: list[tuple[date, int]]) -> None:
    calendar = Calendar.from_closures([INSET])
    starts = np.array([day for day, _ in cases], dtype="datetime64[D]")
    found = add_school_days_to_all(starts, np.array([n for _, n in cases], np.int64), calendar)
    assert list(found.astype(date)) == [add_school_days(day, n, calendar) for day, n in cases]


@pytest.mark.skipif(not BANK_HOLIDAYS.exists(), reason=f"{BANK_HOLIDAYS} is not here")
def test_deadline_never_falls_on_a_bank_holiday_of_england() -> None:
    divisions = json.loads(BANK_HOLIDAYS.read_text())["divisions"]
    years = divisions["common.nations.england-and-wales_slug"]
    closed = {
        datetime.strptime(row["date"], "%d/%m/%Y").date()  # noqa: DTZ007 (a day has no zone)
        for year, rows in years.items()
        if year.isdigit()
        for row in rows
    }
    calendar = Calendar.from_closures(closed)
    assert add_school_days(date(2025, 4, 17), 1, calendar) == date(2025, 4, 22)
    starts = np.arange("2019-01-01", "2028-01-01", dtype="datetime64[D]")
    found = add_school_days_to_all(starts, 5, calendar).astype(date)
    assert not closed & set(found)
