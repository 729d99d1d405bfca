"""Dates are read day before month, in any form schools use."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.people.register.dates import read_date, writes_month_first

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    ["03/09/2014", "3/9/14", "03-09-2014", "3.9.2014", "2014-09-03", "2014-09-03T00:00:00",
     "03/09/2014 00:00:00", "3 September 2014", "3rd Sept 2014", "03-Sep-2014", "03-Sep-14",
     "Wednesday, 3 September 2014", "September 3, 2014", "41885"],
)  # fmt: skip
def test_read_date_in_any_usual_form(text: str) -> None:
    assert read_date(text, today=TODAY) == date(2014, 9, 3)


@pytest.mark.parametrize("text", ["", "soon", "31/02/2014", "3/Foo/2014", "2014", "13/13/2013"])
def test_read_date_of_what_is_no_date(text: str) -> None:
    assert read_date(text, today=TODAY) is None


def test_two_digit_years_lie_in_the_last_century_or_this() -> None:
    assert read_date("1/1/36", today=TODAY) == date(2036, 1, 1)
    assert read_date("1/1/37", today=TODAY) == date(1937, 1, 1)


def test_a_column_is_month_first_only_if_nothing_else_fits() -> None:
    assert writes_month_first(["09/25/2014", "01/02/2014"])
    assert not writes_month_first(["09/25/2014", "25/09/2014"])
    assert not writes_month_first(["01/02/2014"])
    assert read_date("09/25/2014", today=TODAY, month_first=True) == date(2014, 9, 25)


@given(st.dates(date(1990, 1, 1), TODAY))
def test_every_day_reads_back_in_every_form(day: date) -> None:
    for form in ("%d/%m/%Y", "%d-%m-%y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%Y"):
        assert read_date(day.strftime(form), today=TODAY) == day
