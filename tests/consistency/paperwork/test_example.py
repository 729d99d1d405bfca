"""A standard filled in with its own examples."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from tests.consistency.paperwork.definitions import definitions, make_definition, make_field

from pillars.consistency.paperwork.answers import problem_with
from pillars.consistency.paperwork.definition import CheckSetting, Column, Definition, FieldType
from pillars.consistency.paperwork.example import example_answers

TODAY = date(2026, 11, 9)
T = FieldType
COLUMNS = (
    Column("what", "What"),
    Column("next", "Next", T.CHOICE, ("Go on", "Stop")),
    Column("by", "By", T.DATE),
)


def test_each_type_is_filled_in() -> None:
    definition = make_definition(
        make_field("text", example="Maps."),
        make_field("bare"),
        make_field("points", T.LIST, example="One\nTwo"),
        make_field("choice", T.CHOICE),
        make_field("many", T.MANY_CHOICE),
        make_field("day", T.DATE),
        make_field("stars", T.RATING),
        make_field("table", T.TABLE, columns=COLUMNS, example="Maps · Stop · in May"),
        make_field("loose", T.TABLE, columns=COLUMNS, example="Only prose"),
        make_field("none", T.TABLE, columns=COLUMNS),
    )
    assert example_answers(definition, today=TODAY) == {
        "text": "Maps.",
        "points": ["One", "Two"],
        "choice": "Often",
        "many": ["Often", "Seldom"],
        "day": "2027-05-09",
        "table": [{"what": "Maps", "next": "Stop", "by": "2027-05-09"}],
        "loose": [{"what": "Only prose", "next": "Go on", "by": "2027-05-09"}],
    }


def test_dates_keep_within_what_the_standard_allows() -> None:
    definition = make_definition(
        make_field("day", T.DATE), checks=(CheckSetting("in_date", ("day",), {"months": 4}),)
    )
    assert example_answers(definition, today=TODAY) == {"day": "2027-03-09"}


@given(definitions())
def test_examples_of_any_standard_are_answers_to_it(definition: Definition) -> None:
    answers = example_answers(definition, today=TODAY)
    for key, answer in answers.items():
        assert problem_with(definition.field(key), answer) == ""
