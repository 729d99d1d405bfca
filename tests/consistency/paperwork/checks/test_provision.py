"""Specific, quantified, not vague; and one thing leading to the next."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.consistency.paperwork.checks.cases import TODAY, praise, problems, said
from tests.consistency.paperwork.definitions import make_definition, make_field

from pillars.consistency.paperwork.checks import Finding, run_checks
from pillars.consistency.paperwork.definition import CheckSetting, Column, FieldType

LIST = make_field("strategies", FieldType.LIST, example="Give me the instruction in two parts.")
TEXT = make_field("needs")
PROVISION = make_field(
    "provision",
    FieldType.TABLE,
    columns=tuple(
        Column(key, key)
        for key in ("what", "outcome", "who", "where", "how_often", "how_long", "group_size")
    ),
)


@pytest.mark.parametrize(
    "point",
    [
        "My teacher gives me one step at a time in every lesson.",
        "Show me the now-and-next card before a change.",
        "Adults tell me two minutes before we stop.",
        "Mrs Day walks me round the field after lunch.",
        "Staff check I have understood at the start of each task.",
        "Please don’t call on me during assembly.",
    ],
)
def test_strategy_that_says_who_what_and_when_is_specific(point: str) -> None:
    assert praise(said("strategies_specific", LIST, [point])) == [
        "Every strategy says who, what and when"
    ]


@pytest.mark.parametrize(
    ("point", "gap"),
    [
        ("Movement breaks after lunch every day", "who does it"),
        ("Give me a now-and-next card", "when"),
        ("Visual timetable on the wall", "who does it or when"),
        ("Quiet space", "who does it, when or what exactly"),
    ],
)
def test_strategy_that_leaves_something_open_says_what(point: str, gap: str) -> None:
    (found,) = said("strategies_specific", LIST, [point])
    assert found.message == f"“{point}” does not say {gap}"
    assert found.advice == "Say who does what, and when."
    assert found.example == "Give me the instruction in two parts."


def test_no_strategies_are_left_to_complete() -> None:
    assert said("strategies_specific", LIST, []) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Regular movement breaks.", "regular"),
        ("Theo is regularly checked.", "regularly"),
        ("Access to a laptop.", "access to"),
        ("Opportunities for rest.", "opportunities for"),
        ("An opportunity to rest.", "opportunity to"),
        ("He would benefit from time.", "would benefit from"),
        ("Support as appropriate.", "as appropriate"),
        ("A reader is recommended.", "is recommended"),
        ("A high level of help.", "a high level of"),
        ("Sit at the front where possible.", "where possible"),
        ("Breaks as required.", "as required"),
        ("Breaks as and when needed.", "as and when needed"),
        ("Support when needed.", "support when needed"),
    ],
)
def test_vague_wording_is_quoted_with_its_sentence(text: str, phrase: str) -> None:
    (found,) = said("vague_wording", TEXT, f"All is well. {text}")
    assert found.message == f"“{text.rstrip('.')}” is vague"
    assert found.advice == f"Instead of “{phrase}”, say who, what and when."


@pytest.mark.parametrize(
    "text", ["Irregular verbs are hard.", "I need help at once.", "Accessing the hall is easy."]
)
def test_wording_that_only_looks_vague_passes(text: str) -> None:
    assert praise(said("vague_wording", TEXT, text)) == ["No vague wording"]


def test_a_sentence_is_told_once_however_vague() -> None:
    assert len(said("vague_wording", TEXT, "Regular access to breaks as required.")) == 1


def test_vague_wording_says_nothing_of_nothing() -> None:
    assert said("vague_wording", TEXT, "") == []


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_vague_wording_is_found_wherever_it_stands(around: str) -> None:
    text = f"{around}\nThere is regular help.\n{around}"
    assert "“There is regular help” is vague" in problems(said("vague_wording", TEXT, text))


FULL = {
    "what": "Listening games",
    "who": "Mrs Day",
    "how_often": "3 times a week",
    "how_long": "20 minutes",
    "group_size": "4",
}


def test_provision_with_everything_said_is_quantified() -> None:
    assert praise(said("provision_quantified", PROVISION, [FULL])) == [
        "Provision says who, how often, how long and with how many"
    ]


@pytest.mark.parametrize(
    ("gone", "words"),
    [
        (["who"], "who leads"),
        (["how_long"], "how long"),
        (["how_often", "group_size"], "how often or the group size"),
        (["who", "how_often", "how_long"], "who leads, how often or how long"),
    ],
)
def test_provision_says_what_is_left_open(gone: list[str], words: str) -> None:
    row = {key: value for key, value in FULL.items() if key not in gone}
    assert problems(said("provision_quantified", PROVISION, [row])) == [
        f"“Listening games” does not say {words}"
    ]


def test_provision_to_be_confirmed_is_still_open() -> None:
    row = FULL | {"who": "TBC"}
    assert problems(said("provision_quantified", PROVISION, [row])) == [
        "“Listening games” does not say who leads"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Mrs Day leads listening games twice a week for 20 minutes with 4 pupils.",
        "Daily: TA reads with him 1:1, 15 min",
        "Miss Ali, phonics in a group of three, 5 x 10 mins each week",
    ],
)
def test_provision_in_a_sentence_is_read(line: str) -> None:
    assert problems(said("provision_quantified", LIST, [line])) == []


def test_provision_in_another_column_counts() -> None:
    row = {"what": "Mrs Day, 1:1, twice weekly, half an hour: reading"}
    assert problems(said("provision_quantified", PROVISION, [row])) == []


def test_provision_row_without_a_title_is_quoted_whole() -> None:
    (found,) = said("provision_quantified", PROVISION, [{"who": "Mrs Day"}])
    assert found.message.startswith("“Mrs Day” does not say how often")


def test_no_provision_is_left_to_complete() -> None:
    assert said("provision_quantified", PROVISION, []) == []


THREAD = make_definition(
    make_field("needs", FieldType.LIST),
    make_field(
        "outcomes",
        FieldType.TABLE,
        columns=(Column("outcome", "Outcome"), Column("need", "Need")),
    ),
    PROVISION,
    make_field("review_date", FieldType.DATE),
    checks=(CheckSetting("golden_thread", ("needs", "outcomes", "provision", "review_date")),),
)
NEED = "Loses the thread after two spoken steps"
OUTCOME = "Carries out three spoken steps in 4 of 5 lessons"
WHOLE: dict[str, Any] = {
    "needs": [NEED],
    "outcomes": [{"outcome": OUTCOME, "need": "Loses the thread"}],
    "provision": [FULL | {"outcome": "Outcome 1"}],
    "review_date": "2027-03-26",
}


def thread(**changes: Any) -> list[Finding]:
    return run_checks(THREAD, WHOLE | changes, today=TODAY)


def test_thread_that_holds_is_praised() -> None:
    assert praise(thread()) == ["Needs, outcomes, provision and review hang together"]


@pytest.mark.parametrize("named", ["1", "Outcome 1", "1 and 2", "all", "All outcomes", "3 steps"])
def test_provision_names_its_outcome_in_many_ways(named: str) -> None:
    served = {"outcome": named if named != "3 steps" else "spoken steps"}
    assert problems(thread(provision=[FULL | served])) == []


@pytest.mark.parametrize("need", ["1", "Need 1", "", "losing the thread"])
def test_outcome_names_its_need_in_many_ways(need: str) -> None:
    assert problems(thread(outcomes=[{"outcome": OUTCOME, "need": need}])) == []


def test_need_without_an_outcome_is_found() -> None:
    assert problems(thread(needs=[NEED, "Afraid of dogs on the way home"])) == [
        "No outcome answers “Afraid of dogs on the way home”"
    ]


def test_outcome_without_provision_and_provision_without_outcome_are_found() -> None:
    assert problems(thread(provision=[FULL | {"outcome": "Outcome 2"}])) == [
        f"Nothing is provided for outcome 1: “{OUTCOME}”",
        "“Listening games” serves no outcome",
    ]


def test_provision_that_names_nothing_serves_nothing() -> None:
    assert "“Listening games” serves no outcome" in problems(thread(provision=[FULL]))


def test_thread_without_a_review_has_no_end() -> None:
    assert problems(thread(review_date="")) == ["The thread has no end: no review date"]


def test_thread_of_nothing_is_left_to_complete() -> None:
    assert thread(needs=[], outcomes=[], provision=[], review_date="") == []


def test_needs_without_outcomes_yet_are_left_to_complete() -> None:
    assert problems(thread(outcomes=[], provision=[])) == []


def test_misspelt_words_still_lead_on() -> None:
    outcomes = [{"outcome": "Feels safe", "need": "Afrayed off noisey dogs"}]
    found = thread(needs=["Afraid of noisy dogs"], outcomes=outcomes)
    assert not any(each.startswith("No outcome answers") for each in problems(found))


@pytest.mark.parametrize(
    ("need", "outcome"),
    [
        ("Finds reading hard and slow", "To write three sentences without help"),
        ("Gets upset when the timetable changes", "Spells ten words from the list"),
        ("Holding a pencil", "Tells an adult when the noise is too much"),
    ],
)
def test_different_things_are_not_taken_for_one(need: str, outcome: str) -> None:
    found = thread(needs=[need], outcomes=[{"outcome": outcome, "need": ""}])
    assert f"No outcome answers “{need}”" in problems(found)


def test_thread_is_quiet_where_the_standard_has_no_such_fields() -> None:
    definition = make_definition(TEXT, checks=(CheckSetting("golden_thread", ("needs",)),))
    assert run_checks(definition, {"needs": "Words"}, today=TODAY) == []


def test_thread_without_a_review_field_ends_where_it_ends() -> None:
    setting = CheckSetting("golden_thread", ("needs", "outcomes", "provision"))
    definition = make_definition(*THREAD.fields, checks=(setting,))
    assert problems(run_checks(definition, WHOLE | {"review_date": ""}, today=TODAY)) == []


@pytest.mark.parametrize("check", ["strategies_specific", "provision_quantified"])
def test_check_of_one_field_is_quiet_where_none_is_named(check: str) -> None:
    definition = make_definition(TEXT, checks=(CheckSetting(check),))
    assert run_checks(definition, {"needs": "Words"}, today=TODAY) == []
