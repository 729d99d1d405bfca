"""Deadlines in school days and calendar days. A calendar is built once; then each costs little."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class _Span:
    """The days a calendar knows, both included."""

    first: np.datetime64
    last: np.datetime64


class Calendar:
    """Which days are school days: weekdays inside a term that are no closure.

    terms: (first day, last day) pairs, both included, in any order; they may overlap. closures:
    single days (INSET, bank holidays, snow), in any order; a repeated one counts once. Raises
    ValueError where a term ends before it begins or there is no term.
    """

    def __init__(self, terms: Iterable[tuple[date, date]], closures: Iterable[date]) -> None:
        spans = sorted(terms)
        if not spans:
            raise ValueError("A calendar needs at least one term.")
        for first, last in spans:
            if last < first:
                raise ValueError(f"The term from {first} ends before it begins, on {last}.")
        last_day = max(last for _, last in spans)
        self._span: _Span | None = _Span(np.datetime64(spans[0][0]), np.datetime64(last_day))
        self._numpy = _busdays({*closures, *_gaps(spans)})

    @classmethod
    def from_closures(cls, closures: Iterable[date]) -> Calendar:
        """Every weekday is a school day but for these closures: where no term was entered."""
        calendar = cls([(date.min, date.max)], [])
        calendar._span = None
        calendar._numpy = _busdays(set(closures))
        return calendar

    @property
    def numpy(self) -> np.busdaycalendar:
        """The same days for NumPy's own business-day functions. It knows no end of term."""
        return self._numpy

    def is_open(self, day: date) -> bool:
        """Whether pupils are in school that day. False outside the terms that were entered."""
        at = np.datetime64(day)
        within = self._span is None or bool(self._span.first <= at <= self._span.last)
        return within and bool(np.is_busday(at, busdaycal=self._numpy))

    def check_knows(self, days: Days) -> None:
        """Raises ValueError where a day lies outside the terms that were entered."""
        if self._span is None or not days.size:
            return
        if days.min() < self._span.first or days.max() > self._span.last:
            raise ValueError(
                f"The calendar runs from {self._span.first} to {self._span.last}."
                " Enter the terms around it first."
            )


def _busdays(closed: set[date]) -> np.busdaycalendar:
    return np.busdaycalendar(holidays=[np.datetime64(day) for day in sorted(closed)])


def _gaps(spans: Sequence[tuple[date, date]]) -> Iterable[date]:
    """The days between terms, which are closed."""
    open_until = spans[0][1]
    for first, last in spans[1:]:
        for n in range(1, (first - open_until).days):
            yield open_until + timedelta(days=n)
        open_until = max(open_until, last)


def add_school_days(day: date, n: int, calendar: Calendar) -> date:
    """The deadline `n` school days after a day.

    A closed start (a weekend, a holiday) rolls forward to the next open day first; then n days are
    counted, so that a letter that comes on a Saturday counts from Monday. n 0 gives the day itself
    or the next open one.

    Raises ValueError for n below zero, or where the terms entered do not hold both the day and the
    deadline: a deadline past the last term cannot be known. Source: NumPy's business days.
    """
    if n < 0:
        raise ValueError("Count school days forwards: n cannot be below zero.")
    start = np.datetime64(day)
    found = np.busday_offset(start, n, roll="forward", busdaycal=calendar.numpy)
    calendar.check_knows(np.array([start, found]))
    return found.astype(date)  # type: ignore[no-any-return]


def add_school_days_to_all(days: Days, n: int | npt.NDArray[np.int64], calendar: Calendar) -> Days:
    """`add_school_days` for an array of days ("datetime64[D]") at once, n one number or one a day.

    Raises ValueError as `add_school_days` does, and where a day is missing (NaT).
    """
    if np.any(np.asarray(n) < 0):
        raise ValueError("Count school days forwards: n cannot be below zero.")
    if np.isnat(days).any():
        raise ValueError("One of the days is missing.")
    found: Days = np.busday_offset(days, n, roll="forward", busdaycal=calendar.numpy)
    calendar.check_knows(days)
    calendar.check_knows(found)
    return found


def school_days_between(first: date, last: date, calendar: Calendar) -> int:
    """How many school days late: those after `first` up to and including `last`.

    first: the deadline. last: the day it was done. A step done on its deadline is 0 days late; one
    done earlier comes out below zero. Raises ValueError where the terms entered do not hold both.
    """
    calendar.check_knows(np.array([first, last], dtype="datetime64[D]"))
    if last < first:
        return -school_days_between(last, first, calendar)
    start, stop = np.datetime64(first) + 1, np.datetime64(last) + 1
    return int(np.busday_count(start, stop, busdaycal=calendar.numpy))


def add_weeks(day: date, n: int) -> date:
    """The same weekday n calendar weeks on: six weeks from a Tuesday ends on a Tuesday."""
    return day + timedelta(weeks=n)


def days_beginning_with(day: date, n: int) -> date:
    """The last of n calendar days of which the given day is the first.

    "15 days beginning with the day" on which papers came, on 1 November, ends on 15 November: that
    day counts. Raises ValueError for n below one. Source: the wording of the SEND Regulations 2014.
    """
    if n < 1:
        raise ValueError("A period beginning with a day has at least one day.")
    return day + timedelta(days=n - 1)
