"""All checks of a standard together: order, steadiness, speed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.consistency.paperwork.checks.cases import TODAY
from tests.consistency.paperwork.definitions import make_definition, make_field

from pillars.consistency.paperwork.checks import CHECKS, Severity, run_checks
from pillars.consistency.paperwork.checks.model import points_of, rows_of, text_of
from pillars.consistency.paperwork.definition import CheckSetting, FieldType
from pillars.consistency.paperwork.example import example_answers
from pillars.consistency.paperwork.shipped import SHIPPED

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def test_what_must_be_mended_comes_first_and_what_is_good_last() -> None:
    passport = SHIPPED["pupil-passport"]
    answers = {"strategies": ["Regular breaks"], "about_me": "I like maps."}
    order = [f.severity for f in run_checks(passport, answers, today=TODAY)]
    assert order == sorted(order, key=list(Severity).index)
    assert set(order) == set(Severity)


def test_a_check_nobody_knows_is_passed_over() -> None:
    definition = make_definition(make_field("a"), checks=(CheckSetting("of_the_future"),))
    assert run_checks(definition, {"a": "Words"}, today=TODAY) == []


def test_a_setting_that_is_no_number_falls_back() -> None:
    day = make_field("review_date", FieldType.DATE)
    setting = CheckSetting("in_date", ("review_date",), {"months": "many"})
    found = run_checks(
        make_definition(day, checks=(setting,)), {"review_date": "2027-10-01"}, today=TODAY
    )
    assert [f.severity for f in found] == [Severity.GOOD]


@pytest.mark.parametrize("key", CHECKS)
def test_every_check_says_what_it_does(key: str) -> None:
    check = CHECKS[key]
    assert check.key == key
    assert check.title[0].isupper()
    assert check.about.endswith(".")
    assert not (check.of_one and check.keys)


@pytest.mark.parametrize("key", SHIPPED)
@settings(deadline=None)
@given(
    answers=st.dictionaries(
        st.sampled_from([f.key for s in SHIPPED.values() for f in s.fields]), ODD
    )
)
def test_checks_never_break_and_say_the_same_again(key: str, answers: dict[str, Any]) -> None:
    once = run_checks(SHIPPED[key], answers, today=TODAY, forename="Theo")
    assert once == run_checks(SHIPPED[key], answers, today=TODAY, forename="Theo")
    for finding in once:
        assert finding.message
        assert finding.severity is Severity.GOOD or finding.advice


def test_five_hundred_documents_are_checked_in_two_seconds() -> None:
    plan, passport = SHIPPED["support-plan"], SHIPPED["pupil-passport"]
    pairs = [(each, example_answers(each, today=TODAY)) for each in (plan, passport)]
    run_checks(plan, pairs[0][1], today=TODAY)
    began = time.process_time()
    for number in range(250):
        for definition, answers in pairs:
            varied = {k: f"{v} {number}" if isinstance(v, str) else v for k, v in answers.items()}
            run_checks(definition, varied, today=TODAY, forename="Theo")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (FieldType.LONG_TEXT, None, ""),
        (FieldType.LONG_TEXT, "  Words ", "Words"),
        (FieldType.LIST, ["One", " ", "Two "], "One\nTwo"),
        (FieldType.TABLE, [{"what": "Maths", "who": " "}, "odd", {"what": None}], "Maths"),
        (FieldType.YES_NO, True, "Yes"),
        (FieldType.YES_NO, False, "No"),
        (FieldType.RATING, 2, "2"),
    ],
)
def test_text_of_an_answer(kind: FieldType, value: Any, text: str) -> None:
    field = make_field("a", kind)
    assert text_of(field, value) == text
    assert points_of(field, value) == text.splitlines()


def test_rows_that_hold_nothing_are_not_rows() -> None:
    assert rows_of("text") == []
    assert rows_of([{"what": ""}, {"what": "Maths"}, 3]) == [{"what": "Maths"}]
