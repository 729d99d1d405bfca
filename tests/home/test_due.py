from __future__ import annotations

from datetime import date, timedelta

import pytest

from pillars.home.queries.due import Due, as_list, when_words

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-6, "6 days late"),
        (-1, "1 day late"),
        (0, "Today"),
        (1, "Tomorrow"),
        (2, "Wed 25 Nov"),
        (400, "28 Dec 2027"),
    ],
)
def test_when_is_said_as_people_say_it(days: int, said: str) -> None:
    assert when_words(TODAY + timedelta(days=days), TODAY) == said


def test_something_without_a_day_is_for_when_there_is_time() -> None:
    assert when_words(None, TODAY) == "When you can"


def test_only_what_is_past_its_day_is_late() -> None:
    items = [Due("A", "/a/", "Open", on=TODAY - timedelta(days=1)), Due("B", "/b/", "Open")]
    items.append(Due("C", "/c/", "Open", on=TODAY))
    assert [line["late"] for line in as_list(items, TODAY)] == [True, False, False]
