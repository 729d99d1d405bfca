"""What counts as written, and how it becomes an answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.consistency.paperwork.definition import Column, Field, FieldType
from pillars.consistency.paperwork.review.values import (
    answer_of,
    asks,
    day_in,
    is_placeholder,
    points_of,
    written,
)


def field(kind: FieldType, **more: object) -> Field:
    return Field("x", "X", kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "–", "N/A", "n/a.", "TBC", "None", "…………", "______", "Not applicable", "***",
     "Click or tap here to enter text.", "Click here to enter a date.", "Choose an item.",
     "[Insert name]", "<name>", "(What do people like about you?)", "Type name here",
     "What are you good at?", "How can the pupil help themselves?", "dd/mm/yyyy"],
)  # fmt: skip
def test_placeholders_are_not_words(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["No shouting.", "I like being asked: what now?", "Nan", "None of this works at lunch.",
     "What time is it? I ask this a lot.", "(with Mrs Invented)", "Tea", "0", "X-ray"],
)  # fmt: skip
def test_words_are_not_placeholders(text: str) -> None:
    assert not is_placeholder(text)


def test_ticked_choices_stay_and_empty_boxes_go() -> None:
    lines = ["☒ Extra time ☐ Reader ☐ Scribe", "☐ Laptop", "☑ Rest breaks"]
    assert written(lines, field(FieldType.LIST)) == ["Extra time", "Rest breaks"]


def test_the_standards_own_guidance_left_standing_is_nobodys_answer() -> None:
    own = field(FieldType.LONG_TEXT, guidance="Ask me and my family, use our words.")
    assert written(["Ask me and my family, use our words.", "I sing."], own) == ["I sing."]
    assert written(["I sing."], own, frozenset({"I sing."})) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/03/2027", date(2027, 3, 12)),
        ("12.3.27", date(2027, 3, 12)),
        ("2027-03-12", date(2027, 3, 12)),
        ("12th March 2027", date(2027, 3, 12)),
        ("12th of March 2027", date(2027, 3, 12)),
        ("Friday 12 March 2027", date(2027, 3, 12)),
        ("March 12, 2027", date(2027, 3, 12)),
        ("March 2027", date(2027, 3, 1)),
        ("Sept 2027", date(2027, 9, 1)),
        ("written 1/9/26, review 12/3/27", date(2027, 3, 12)),
        ("31/02/2027", None),
        ("soon", None),
        ("12 people 2027", None),
    ],
)
def test_days_in_the_forms_people_write(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_lists_come_apart_at_lines_semicolons_and_bullets() -> None:
    assert points_of("Show me; wait\nThen ask • smile") == ["Show me", "wait", "Then ask", "smile"]


def test_names_in_a_row_are_a_list_and_a_sentence_is_not() -> None:
    assert points_of("Invented, his nan and Mr Lee") == ["Invented", "his nan", "Mr Lee"]
    assert points_of("Show me first, then wait until I look up.") == [
        "Show me first, then wait until I look up."
    ]


@given(st.lists(st.from_regex(r"[A-Z][a-z]{2,12}( [a-z]{2,9}){0,3}", fullmatch=True), min_size=1))
def test_points_joined_by_lines_come_back(points: list[str]) -> None:
    assert points_of("\n".join(points)) == points
    assert points_of("; ".join(points)) == points


def test_each_type_of_field_takes_its_own_kind_of_answer() -> None:
    choices = {"choices": ("Universal", "Targeted")}
    assert answer_of(field(FieldType.LONG_TEXT), "I sing.", ()) == "I sing."
    assert answer_of(field(FieldType.DATE), "review 12/3/27", ()) == "2027-03-12"
    assert answer_of(field(FieldType.DATE), "soon", ()) is None
    assert answer_of(field(FieldType.RATING), "about 3 of 5", ()) == 3
    assert answer_of(field(FieldType.RATING), "good", ()) is None
    assert answer_of(field(FieldType.YES_NO), "Yes, always", ()) is True
    assert answer_of(field(FieldType.YES_NO), "No.", ()) is False
    assert answer_of(field(FieldType.YES_NO), "maybe", ()) is None
    assert answer_of(field(FieldType.CHOICE, **choices), "targetted", ()) == "Targeted"
    assert answer_of(field(FieldType.CHOICE, **choices), "other", ()) is None
    assert answer_of(field(FieldType.MANY_CHOICE, **choices), "Universal; Targeted; x", ()) == [
        "Universal",
        "Targeted",
    ]


def test_a_table_is_taken_by_its_headings_or_line_by_line() -> None:
    table = field(FieldType.TABLE, columns=(Column("what", "What"), Column("often", "How often")))
    rows = [["Provision", "How often?", "What"], ["x", "Daily", "Reading"], ["", "", ""]]
    assert answer_of(table, "any", [rows]) == [{"what": "Reading", "often": "Daily"}]
    assert answer_of(table, "Reading\nMaths", [[["alone"]]]) == [
        {"what": "Reading", "often": ""},
        {"what": "Maths", "often": ""},
    ]
    assert answer_of(field(FieldType.TABLE), "Reading", ()) == []


def test_prompts_ask() -> None:
    assert asks("List three things that help")
    assert asks("Really?")
    assert not asks("I sing while I work.")
