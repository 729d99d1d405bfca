"""A school's own calendar: which days are school days, and where in the term a day falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pillars.foundation.models import SchoolClosure, SchoolTerm, TermKind
from pillars.measures.schooldays import Calendar

SEASONS = {
    TermKind.AUTUMN_1: "autumn term",
    TermKind.AUTUMN_2: "autumn term",
    TermKind.SPRING_1: "spring term",
    TermKind.SPRING_2: "spring term",
    TermKind.SUMMER_1: "summer term",
    TermKind.SUMMER_2: "summer term",
}


@dataclass(frozen=True, slots=True)
class TermWeek:
    """The week a day falls in: 'week 11 of 13 in the autumn term'. Counted from 1, in weeks that
    hold at least one day of the term."""

    week: int
    weeks: int
    term: str


def calendar_of(school_id: int) -> Calendar:
    """The school's days for deadlines. Without terms entered, every weekday that is no closure."""
    closures = list(SchoolClosure.objects.filter(school_id=school_id).values_list("day", flat=True))
    terms = list(
        SchoolTerm.objects.filter(school_id=school_id).values_list("first_day", "last_day")
    )
    return Calendar(terms, closures) if terms else Calendar.from_closures(closures)


def week_of_term(school_id: int, day: date) -> TermWeek | None:
    """Where in its term a day falls; None in holidays or where no term was entered."""
    terms = list(SchoolTerm.objects.filter(school_id=school_id))
    here = next((t for t in terms if t.first_day <= day <= t.last_day), None)
    if here is None:
        return None
    season = SEASONS.get(TermKind(here.kind))
    parts = [t for t in terms if season and _same_season(t, here)] or [here]
    mondays = sorted({m for part in parts for m in _mondays(part.first_day, part.last_day)})
    return TermWeek(
        week=mondays.index(_monday(day)) + 1, weeks=len(mondays), term=season or here.name
    )


def _same_season(term: SchoolTerm, other: SchoolTerm) -> bool:
    same_name = SEASONS.get(TermKind(term.kind)) == SEASONS[TermKind(other.kind)]
    # Last year's autumn has the same name; it is not the same term.
    return same_name and abs((term.first_day - other.first_day).days) < 150


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _mondays(first: date, last: date) -> list[date]:
    start = _monday(first)
    return [start + timedelta(weeks=n) for n in range((_monday(last) - start).days // 7 + 1)]
