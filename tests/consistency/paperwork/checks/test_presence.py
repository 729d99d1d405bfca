"""Complete, in date, dated, neither too few nor too many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.consistency.paperwork.checks.cases import TODAY, praise, problems, said
from tests.consistency.paperwork.definitions import definitions, make_definition, make_field

from pillars.consistency.paperwork.checks import Severity, run_checks
from pillars.consistency.paperwork.checks.model import is_empty
from pillars.consistency.paperwork.definition import CheckSetting, Definition, FieldType

TEXT = make_field("avoid", title="What to avoid", guidance="Write it.", example="No shouting.")
LIST = make_field("strategies", FieldType.LIST)
DAY = make_field("review_date", FieldType.DATE)
VIEW = make_field("parent_view", title="What my parents say")
TABLE = make_field("outcomes", FieldType.TABLE)


@pytest.mark.parametrize("answer", [None, "", "  \n ", []])
def test_complete_names_an_empty_field_and_shows_a_good_one(answer: Any) -> None:
    (found,) = said("complete", TEXT, answer, required=True)
    assert found.message == "“What to avoid” is empty"
    assert (found.advice, found.example) == ("Write it.", "No shouting.")
    assert (found.severity, found.field) == (Severity.MUST, "avoid")


@pytest.mark.parametrize("answer", ["TBC", "tbc.", "to be confirmed", "…", "?", "-", "xxx", "TBA"])
def test_complete_is_not_fooled_by_what_only_holds_the_place(answer: str) -> None:
    assert problems(said("complete", TEXT, answer)) == [f"“What to avoid” only says “{answer}”"]


@pytest.mark.parametrize("answer", ["None", "No", "X", "TBC after the review", "N/A"])
def test_complete_takes_a_short_answer_for_an_answer(answer: str) -> None:
    assert praise(said("complete", TEXT, answer)) == ["Everything required is filled in"]


def test_complete_advises_even_without_guidance() -> None:
    (found,) = said("complete", make_field("a"), "")
    assert found.advice == "Fill it in."


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (FieldType.YES_NO, False),
        (FieldType.RATING, 0),
        (FieldType.LIST, ["One"]),
        (FieldType.TABLE, [{"what": "Maths", "who": ""}]),
        (FieldType.MANY_CHOICE, ["Often"]),
    ],
)
def test_complete_knows_an_answer_of_every_type(kind: FieldType, answer: Any) -> None:
    assert problems(said("complete", make_field("a", kind), answer)) == []


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (FieldType.YES_NO, None),
        (FieldType.RATING, ""),
        (FieldType.LIST, ["", " "]),
        (FieldType.TABLE, [{"what": "", "who": None}]),
        (FieldType.TABLE, []),
    ],
)
def test_complete_knows_an_empty_answer_of_every_type(kind: FieldType, answer: Any) -> None:
    assert problems(said("complete", make_field("a", kind), answer)) == ["“A” is empty"]


def test_complete_passes_over_a_field_that_may_be_left_out() -> None:
    assert problems(said("complete", make_field("a", required=False), "")) == []


@given(definitions())
def test_complete_fails_exactly_for_the_required_fields_that_are_empty(
    definition: Definition,
) -> None:
    asked = Definition(
        definition.key, definition.title, "", definition.sections, (CheckSetting("complete"),)
    )
    found = run_checks(asked, {}, today=TODAY)
    missing = [f.key for f in definition.required if is_empty(f, None)]
    assert [f.field for f in found if f.severity is Severity.MUST] == missing


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "There is no review date"),
        ("next summer", "“next summer” is not a date we can read"),
        ("2026-11-08", "The review date went by 1 day ago"),
        ("2026-11-02", "The review date went by 7 days ago"),
        ("2027-11-10", "The review date is more than 12 months away"),
    ],
)
def test_in_date_says_what_is_wrong_with_the_date(answer: str | None, message: str) -> None:
    (found,) = said("in_date", DAY, answer)
    assert found.message == message
    assert found.advice


@pytest.mark.parametrize("answer", ["2026-11-09", "2027-11-09"])
def test_in_date_takes_today_and_the_last_day(answer: str) -> None:
    assert praise(said("in_date", DAY, answer)) == ["In date"]


def test_in_date_follows_the_months_of_the_standard() -> None:
    assert problems(said("in_date", DAY, "2027-04-01", months=4)) == [
        "The review date is more than 4 months away"
    ]


@given(st.integers(-400, 800))
def test_in_date_passes_on_exactly_the_days_of_the_coming_year(days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert (not problems(said("in_date", DAY, day.isoformat()))) == (0 <= days <= 365)


@pytest.mark.parametrize(
    "text",
    [
        "“He is happier.” Mum, 6 November 2026",
        "Said on 06/11/2026 at the gate.",
        "6.11.26: mornings are calmer.",
        "2026-11-06 by phone",
        "At parents’ evening, October 2026, mum said he sleeps better.",
        "On the 3rd of March dad wrote to us.",
    ],
)
def test_parent_view_with_a_date_is_dated(text: str) -> None:
    assert praise(said("parent_view_dated", VIEW, text)) == ["The parents’ view has its date"]


@pytest.mark.parametrize("text", ["He may be happier in Year 4.", "Mum says mornings are hard."])
def test_parent_view_without_a_date_is_found(text: str) -> None:
    assert problems(said("parent_view_dated", VIEW, text)) == ["“What my parents say” has no date"]


def test_parent_view_that_is_empty_is_left_to_complete() -> None:
    assert said("parent_view_dated", VIEW, "") == []


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (1, "Only one strategy: 3 to 7 help most"),
        (2, "Only 2 strategies: 3 to 7 help most"),
        (8, "8 strategies: nobody remembers more than 7"),
    ],
)
def test_strategies_too_few_or_too_many_are_counted(count: int, message: str) -> None:
    assert problems(said("strategies_count", LIST, ["Give me time."] * count)) == [message]


@pytest.mark.parametrize("count", [3, 7])
def test_strategies_within_the_limits_are_praised(count: int) -> None:
    found = said("strategies_count", LIST, ["Give me time."] * count)
    assert praise(found) == [f"{count} strategies"]


def test_strategies_none_are_left_to_complete() -> None:
    assert said("strategies_count", LIST, []) == []


def test_strategies_of_a_text_are_its_lines() -> None:
    assert problems(said("strategies_count", make_field("s"), "One\n\nTwo\nThree\n")) == []


def test_outcomes_are_counted_by_rows() -> None:
    rows = [{"what": f"Reads {n} words", "who": ""} for n in range(5)]
    assert problems(said("outcomes_count", TABLE, [*rows, {"what": "", "who": " "}])) == [
        "There are 5 outcomes: at most 4 can be worked on at once"
    ]
    assert praise(said("outcomes_count", TABLE, rows[:4])) == ["4 outcomes"]
    assert praise(said("outcomes_count", LIST, ["Reads 90 words a minute"])) == ["1 outcome"]
    assert said("outcomes_count", TABLE, []) == []


@pytest.mark.parametrize(
    "check", ["in_date", "parent_view_dated", "strategies_count", "outcomes_count"]
)
def test_check_of_one_field_is_quiet_where_none_is_named(check: str) -> None:
    definition = make_definition(TEXT, checks=(CheckSetting(check),))
    assert run_checks(definition, {"avoid": "Words"}, today=TODAY) == []
