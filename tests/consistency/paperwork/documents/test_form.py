"""A draft as boxes to write in: every type of field there and back."""

from __future__ import annotations

from typing import Any

import pytest

from pillars.consistency.paperwork.answers import problem_with
from pillars.consistency.paperwork.definition import (
    Column,
    Definition,
    Field,
    FieldType,
    Section,
)
from pillars.consistency.paperwork.forms.documents import DocumentForm

COLUMNS = (
    Column("what", "What", FieldType.LONG_TEXT),
    Column("by", "By when", FieldType.DATE),
    Column("next", "Next", FieldType.CHOICE, ("Go on", "Stop")),
    Column("who", "Who"),
)
EVERYTHING = Definition(
    key="everything",
    title="Everything",
    description="",
    sections=(
        Section(
            "all",
            "All",
            (
                Field("short", "Short", FieldType.SHORT_TEXT),
                Field("long", "Long", FieldType.LONG_TEXT, example="Like this."),
                Field("points", "Points", FieldType.LIST),
                Field("one", "One", FieldType.CHOICE, choices=("Red", "Blue")),
                Field("many", "Many", FieldType.MANY_CHOICE, choices=("A", "B", "C")),
                Field("day", "Day", FieldType.DATE),
                Field("person", "Person", FieldType.PERSON),
                Field("stars", "Stars", FieldType.RATING),
                Field("yes", "Yes", FieldType.YES_NO),
                Field("rows", "Rows", FieldType.TABLE, columns=COLUMNS),
            ),
        ),
    ),
)
ANSWERS: dict[str, Any] = {
    "short": "One line",
    "long": "Two\nlines",
    "points": ["First", "Second"],
    "one": "Blue",
    "many": ["A", "C"],
    "day": "2027-03-26",
    "person": "Aisha Khan (invented)",
    "stars": 0,
    "yes": False,
    "rows": [{"what": "Read", "by": "2027-01-09", "next": "Stop", "who": "Mr Lee"}],
}


def form(data: dict[str, Any] | None = None, answers: dict[str, Any] | None = None) -> DocumentForm:
    return DocumentForm(
        data, definition=EVERYTHING, answers=ANSWERS if answers is None else answers, revision=4
    )


def sent_by_browser(shown: DocumentForm) -> dict[str, Any]:
    """What a browser posts when nothing is touched: each box's value as it is drawn."""
    data: dict[str, Any] = {}
    for bound in shown:
        value = bound.value()
        if value is not None:
            data[bound.html_name] = value
    return data


def test_form_untouched_gives_back_the_same_answers() -> None:
    again = form(sent_by_browser(form()))
    assert again.is_valid(), again.errors
    assert again.answers() == ANSWERS
    for field in EVERYTHING.fields:
        assert problem_with(field, again.answers()[field.key]) == ""


def test_form_of_an_empty_document_gives_nothing_wrong() -> None:
    again = form(sent_by_browser(form(answers={})), answers={})
    assert again.is_valid()
    for field in EVERYTHING.fields:
        assert problem_with(field, again.answers().get(field.key)) == ""


def test_form_that_is_sent_in_part_leaves_the_rest_alone() -> None:
    again = form({"revision": "4", "short": "New"})
    assert again.is_valid()
    text = {key for key, value in again.answers().items() if isinstance(value, str)}
    assert text == {"short"}
    assert "rows" not in again.answers()


def test_form_keeps_a_choice_the_standard_no_longer_has() -> None:
    answers = ANSWERS | {"one": "Green", "many": ["A", "Z"]}
    again = form(sent_by_browser(form(answers=answers)), answers)
    assert again.is_valid(), again.errors
    assert again.answers()["one"] == "Green"
    assert again.answers()["many"] == ["A", "Z"]


def test_form_shows_an_answer_that_is_no_date_as_it_was_written() -> None:
    shown = form(answers=ANSWERS | {"day": "next term"})
    assert shown["day"].value() == "next term"
    again = form(sent_by_browser(shown), ANSWERS)
    assert not again.is_valid()
    assert "day" not in again.answers()
    assert again.problems() == ["Day: Enter a date, such as 9 November 2026."]


@pytest.mark.parametrize(("rows", "shown"), [(0, 2), (1, 2), (5, 6), (60, 50)])
def test_form_always_has_an_empty_row_up_to_the_most(rows: int, shown: int) -> None:
    answers = {"rows": [{"what": f"Row {number}"} for number in range(rows)]}
    (section,) = EVERYTHING.sections
    table = form(answers=answers).parts(section)[-1]
    assert len(table.rows) == shown
    assert table.shows_example
    assert table.bound is None


def test_form_says_where_writing_goes_on_from() -> None:
    again = form({"revision": "4", "day": "soon"})
    assert not again.is_valid()
    again.say_revision(9)
    assert again["revision"].value() == "9"
    assert again["day"].value() == "soon"
