from __future__ import annotations

from datetime import date

import pytest
from tests.conftest import World

from pillars.foundation.calendar import calendar_of, week_of_term
from pillars.foundation.models import ClosureKind, SchoolClosure, SchoolTerm, TermKind
from pillars.measures.schooldays import add_school_days
from pillars.people.organisations.models import School

pytestmark = pytest.mark.django_db


def _term(school: School, kind: TermKind, first: date, last: date) -> None:
    SchoolTerm.objects.create(
        school=school, name=kind.label, kind=kind, first_day=first, last_day=last
    )


@pytest.fixture
def school(world: World) -> School:
    _term(world.school, TermKind.AUTUMN_1, date(2026, 9, 2), date(2026, 10, 23))
    _term(world.school, TermKind.AUTUMN_2, date(2026, 11, 2), date(2026, 12, 18))
    SchoolClosure.objects.create(
        school=world.school, day=date(2026, 11, 27), kind=ClosureKind.INSET
    )
    return world.school


def test_deadline_in_school_days_skips_weekend_and_inset_day(school: School) -> None:
    assert add_school_days(date(2026, 11, 26), 1, calendar_of(school.pk)) == date(2026, 11, 30)


def test_deadline_skips_half_term(school: School) -> None:
    assert add_school_days(date(2026, 10, 23), 1, calendar_of(school.pk)) == date(2026, 11, 2)


def test_school_without_terms_counts_weekdays(world: World) -> None:
    calendar = calendar_of(world.sister.pk)
    assert add_school_days(date(2026, 8, 7), 1, calendar) == date(2026, 8, 10)


def test_week_of_term_runs_through_both_halves(school: School) -> None:
    found = week_of_term(school.pk, date(2026, 11, 24))
    assert found is not None
    assert (found.week, found.weeks, found.term) == (12, 15, "autumn term")


def test_week_of_term_in_the_holidays_is_none(school: School) -> None:
    assert week_of_term(school.pk, date(2026, 10, 28)) is None


def test_week_of_term_does_not_count_last_year(school: School) -> None:
    _term(school, TermKind.AUTUMN_2, date(2025, 11, 3), date(2025, 12, 19))
    found = week_of_term(school.pk, date(2026, 9, 2))
    assert found is not None
    assert (found.week, found.weeks) == (1, 15)


def test_stretch_of_days_of_no_season_stands_alone(school: School) -> None:
    _term(school, TermKind.OTHER, date(2027, 7, 26), date(2027, 7, 30))
    found = week_of_term(school.pk, date(2027, 7, 28))
    assert found is not None
    assert (found.week, found.weeks, found.term) == (1, 1, "Another stretch of days")
