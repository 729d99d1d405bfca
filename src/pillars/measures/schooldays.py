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
    first: np.datetime64
    last: np.datetime64


class Calendar:
    """Which days are school days: weekdays inside a term that are no closure.

    terms: (first day, last day) pairs, both included. closures: single days. Raises ValueError
    where a term ends before it begins or there is no term.
    """

    def __init__(self, terms: Iterable[tuple[date, date]], closures: Iterable[date]) -> None:
        spans = sorted(terms)
        if not spans:
            raise ValueError("A calendar needs at least one term.")
        for first, last in spans:
            if last < first:
                raise ValueError(f"The term from {first} ends before it begins.")
        self._span: _Span | None = _Span(np.datetime64(spans[0][0]), np.datetime64(spans[-1][1]))
        closed = {np.datetime64(day) for day in closures} | set(_gaps(spans))
        self._numpy = np.busdaycalendar(holidays=sorted(closed))

    @classmethod
    def from_closures(cls, closures: Iterable[date]) -> Calendar:
        """Every weekday is a school day but for these closures."""
        calendar = cls.__new__(cls)
        calendar._span = None  # noqa: SLF001  (its own kind)
        holidays = sorted({np.datetime64(day) for day in closures})
        calendar._numpy = np.busdaycalendar(holidays=holidays)  # noqa: SLF001  (its own kind)
        return calendar

    @property
    def numpy(self) -> np.busdaycalendar:
        return self._numpy

    def is_open(self, day: date) -> bool:
        """Whether pupils are in school that day."""
        at = np.datetime64(day)
        return self._knows(at) and bool(np.is_busday(at, busdaycal=self._numpy))

    def check_knows(self, days: Days) -> None:
        """Raises ValueError where a day lies outside the terms that were entered."""
        if self._span is None or not days.size:
            return
        if days.min() < self._span.first or days.max() > self._span.last:
            raise ValueError(
                f"The calendar runs from {self._span.first} to {self._span.last}."
                " Enter the terms around it first."
            )

    def _knows(self, at: np.datetime64) -> bool:
        return self._span is None or bool(self._span.first <= at <= self._span.last)


def _gaps(spans: Sequence[tuple[date, date]]) -> Iterable[np.datetime64]:
    """The days between terms, which are closed."""
    open_until = spans[0][1]
    for first, last in spans[1:]:
        day = open_until + timedelta(days=1)
        while day < first:
            yield np.datetime64(day)
            day += timedelta(days=1)
        open_until = max(open_until, last)


def add_school_days(day: date, n: int, calendar: Calendar) -> date:
    """The school day `n` school days after a day.

    A closed start rolls forward to the next open day first; then n days are counted. Raises
    ValueError for n below zero or where the terms entered do not reach so far.
    """
    if n < 0:
        raise ValueError("Count school days forwards: n cannot be below zero.")
    found = np.busday_offset(np.datetime64(day), n, roll="forward", busdaycal=calendar.numpy)
    calendar.check_knows(np.array([found]))
    return found.astype(date)  # type: ignore[no-any-return]


def add_school_days_to_all(days: Days, n: int | npt.NDArray[np.int64], calendar: Calendar) -> Days:
    """`add_school_days` for an array of days ("datetime64[D]") at once."""
    if np.any(np.asarray(n) < 0):
        raise ValueError("Count school days forwards: n cannot be below zero.")
    found: Days = np.busday_offset(days, n, roll="forward", busdaycal=calendar.numpy)
    calendar.check_knows(found)
    return found


def school_days_between(first: date, last: date, calendar: Calendar) -> int:
    """School days after `first` up to and including `last`; below zero where last is earlier.

    A step done on its deadline is 0 days late. Days outside the terms entered are not counted.
    """
    if last < first:
        return -school_days_between(last, first, calendar)
    start, stop = first + timedelta(days=1), last + timedelta(days=1)
    if calendar._span is not None:  # noqa: SLF001  (same module)
        start = max(start, calendar._span.first.astype(date))  # noqa: SLF001
        stop = min(stop, calendar._span.last.astype(date) + timedelta(days=1))  # noqa: SLF001
    if stop <= start:
        return 0
    return int(np.busday_count(np.datetime64(start), np.datetime64(stop), busdaycal=calendar.numpy))


def add_weeks(day: date, n: int) -> date:
    """The same weekday n calendar weeks on: six weeks from a Tuesday ends on a Tuesday."""
    return day + timedelta(weeks=n)


def days_beginning_with(day: date, n: int) -> date:
    """The last of n calendar days of which the given day is the first.

    "15 days beginning with the day" of 1 November ends on 15 November. Raises ValueError for n
    below one.
    """
    if n < 1:
        raise ValueError("A period beginning with a day has at least one day.")
    return day + timedelta(days=n - 1)
