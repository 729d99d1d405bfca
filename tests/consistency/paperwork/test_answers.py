"""What each type of field may hold, how it reads, and moving an answer to another type."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.consistency.paperwork.definitions import fields, make_field

from pillars.consistency.paperwork.answers import KINDS, as_text, converted, problem_with
from pillars.consistency.paperwork.definition import Column, Field, FieldType

T = FieldType


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (T.DATE, "2027-03-26", "26 March 2027"),
        (T.DATE, "in spring", "in spring"),
        (T.DATE, None, ""),
        (T.LIST, ["One", "Two"], "One\nTwo"),
        (T.YES_NO, False, "No"),
        (T.LONG_TEXT, " Words ", "Words"),
    ],
)
def test_answer_reads_as_people_write_it(kind: FieldType, value: Any, text: str) -> None:
    assert as_text(make_field("a", kind), value) == text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (T.SHORT_TEXT, "Words"),
        (T.LONG_TEXT, "Words\nand more"),
        (T.PERSON, "Mr Lee"),
        (T.LIST, ["One", "Two"]),
        (T.TABLE, [{"what": "Maths"}, {"what": "", "gone": ""}]),
        (T.CHOICE, "Often"),
        (T.MANY_CHOICE, ["Often", "Never"]),
        (T.DATE, "2027-03-26"),
        (T.RATING, 0),
        (T.YES_NO, False),
    ],
)
def test_answer_of_its_type_is_taken(kind: FieldType, value: Any) -> None:
    assert problem_with(make_field("a", kind), value) == ""


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (T.SHORT_TEXT, ["Words"], "“A” holds text."),
        (T.PERSON, 3, "“A” holds text."),
        (T.LIST, "One", "“A” is a list of points."),
        (T.LIST, ["One", 2], "“A” is a list of points."),
        (T.TABLE, "Maths", "“A” is a table."),
        (T.TABLE, [{"what": "Maths"}, "odd"], "“A” is a table."),
        (T.TABLE, [{"what": "Maths", "gone": "x"}], "“A” has no column “gone”."),
        (T.CHOICE, "Always", "“Always” is not a choice of “A”."),
        (T.MANY_CHOICE, "Often", "“A” takes any of its choices."),
        (T.MANY_CHOICE, ["Often", "Always"], "“Always” is not a choice of “A”."),
        (T.DATE, "in spring", "“in spring” is not a date. Write “A” like 26 March 2027."),
        (T.DATE, 3, "“3” is not a date. Write “A” like 26 March 2027."),
        (T.RATING, 4, "“A” is a rating from 0 to 3."),
        (T.RATING, True, "“A” is a rating from 0 to 3."),
        (T.YES_NO, "yes", "“A” is yes or no."),
    ],
)
def test_answer_of_another_shape_is_refused_in_a_sentence(
    kind: FieldType, value: Any, sentence: str
) -> None:
    assert problem_with(make_field("a", kind), value) == sentence


@pytest.mark.parametrize("kind", list(FieldType))
def test_nothing_is_no_problem_for_any_type(kind: FieldType) -> None:
    assert problem_with(make_field("a", kind), None) == ""


def test_every_type_has_its_kind() -> None:
    assert set(KINDS) == set(FieldType)


MOVES: list[tuple[FieldType, Any, FieldType, bool, Any]] = [
    (T.SHORT_TEXT, "Words", T.LONG_TEXT, True, "Words"),
    (T.LONG_TEXT, "One\n\nTwo", T.LIST, True, ["One", "Two"]),
    (T.LIST, ["One", "Two"], T.LONG_TEXT, True, "One\nTwo"),
    (T.LIST, ["One"], T.PERSON, True, "One"),
    (T.LIST, ["One", "Two"], T.PERSON, False, ["One", "Two"]),
    (T.SHORT_TEXT, "often", T.CHOICE, True, "Often"),
    (T.SHORT_TEXT, "always", T.CHOICE, False, "always"),
    (T.CHOICE, "Often", T.MANY_CHOICE, True, ["Often"]),
    (T.LIST, ["Often", "Always"], T.MANY_CHOICE, False, ["Often", "Always"]),
    (T.SHORT_TEXT, "2027-03-26", T.DATE, True, "2027-03-26"),
    (T.SHORT_TEXT, "in spring", T.DATE, False, "in spring"),
    (T.SHORT_TEXT, "2", T.RATING, True, 2),
    (T.SHORT_TEXT, "nine", T.RATING, False, "nine"),
    (T.RATING, 2, T.SHORT_TEXT, True, "2"),
    (T.YES_NO, True, T.SHORT_TEXT, True, "Yes"),
    (T.SHORT_TEXT, "no", T.YES_NO, True, False),
    (T.SHORT_TEXT, "perhaps", T.YES_NO, False, "perhaps"),
    (T.TABLE, [{"what": "Maths"}], T.LONG_TEXT, False, [{"what": "Maths"}]),
    (T.LONG_TEXT, "Maths", T.TABLE, False, "Maths"),
]


@pytest.mark.parametrize(("old", "value", "new", "fits", "moved"), MOVES)
def test_answer_moves_to_another_type_or_stays_behind(
    old: FieldType, value: Any, new: FieldType, fits: bool, moved: Any
) -> None:
    assert converted(value, make_field("a", old), make_field("a", new)) == (fits, moved)


def test_table_that_lost_a_column_stays_behind() -> None:
    old = make_field("a", T.TABLE)
    new = make_field("a", T.TABLE, columns=(Column("what", "What"),))
    assert converted([{"what": "Maths", "who": "Mr Lee"}], old, new)[0] is False
    assert converted([{"what": "Maths", "who": ""}], old, new)[0] is True


@given(fields(), fields(), st.text() | st.lists(st.text()) | st.integers() | st.booleans())
def test_what_moved_is_an_answer_there_and_what_did_not_is_untouched(
    old: Field, new: Field, value: Any
) -> None:
    if problem_with(old, value):
        return
    fits, moved = converted(value, old, new)
    if fits:
        assert problem_with(new, moved) == ""
    else:
        assert moved == value


def test_a_table_has_no_text_it_could_be_read_from() -> None:
    assert KINDS[T.TABLE].from_text(make_field("a", T.TABLE), "Maths") is None
