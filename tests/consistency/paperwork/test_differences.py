"""What changed, in plain words; word by word; and nothing lost between versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.consistency.paperwork.definitions import (
    definitions,
    make_definition,
    make_field,
    two_sections,
)

from pillars.consistency.paperwork import editing
from pillars.consistency.paperwork.answers import problem_with
from pillars.consistency.paperwork.checks.model import is_empty
from pillars.consistency.paperwork.definition import (
    CheckSetting,
    Column,
    Definition,
    Field,
    FieldType,
    Section,
)
from pillars.consistency.paperwork.differences import (
    Segment,
    answer_differences,
    carry_over,
    definition_differences,
    text_differences,
)

OLD = two_sections()


def changed(**parts: Any) -> Definition:
    """OLD, with its field “a” changed."""
    return editing.with_changed_field(OLD, replace(OLD.field("a"), **parts), "one")


def retyped(kind: FieldType) -> Definition:
    return editing.with_changed_field(OLD, make_field("a", kind), "one")


@pytest.mark.parametrize(
    ("new", "sentences"),
    [
        (OLD, []),
        (
            editing.retitled(OLD, "Plan", "For tests."),
            ["It is now called “Plan” instead of “Trial”."],
        ),
        (
            editing.retitled(OLD, "Trial", "For use."),
            ["Its description changed from “For tests.” to “For use.”."],
        ),
        (
            editing.renamed_section(OLD, "one", "First"),
            ["The section “One” is now called “First”."],
        ),
        (
            editing.with_section(OLD, Section("three", "Three", (make_field("e"),))),
            ["New section: “Three”.", "New field: “E”, required."],
        ),
        (
            editing.with_field(OLD, "two", make_field("e", required=False)),
            ["New field: “E”, not required."],
        ),
        (editing.without_field(OLD, "b"), ["“B” is gone."]),
        (changed(title="Alpha"), ["“A” is now called “Alpha”."]),
        (changed(required=False), ["“A” is no longer required."]),
        (
            retyped(FieldType.LIST),
            ["“A” is now a list, one point a line instead of several lines of text."],
        ),
        (changed(guidance="Be brief."), ["What to write in “A” is now “Be brief.”."]),
        (changed(example="Maps."), ["What good looks like in “A” is now “Maps.”."]),
        (changed(aliases=("Alpha",)), ["Other names for “A” have changed."]),
        (
            editing.moved_field(OLD, "b", 1),
            ["“B” has moved to the section “Two”."],
        ),
        (
            editing.with_check(OLD, CheckSetting("in_date", ("a",))),
            ["New check: “In date”."],
        ),
        (
            editing.without_check(OLD, "parent_view_dated"),
            ["The check “Parents’ view has a date” is no longer made."],
        ),
        (
            editing.with_check(OLD, CheckSetting("complete", required=False)),
            ["“Complete” no longer stands in the way of agreeing."],
        ),
        (
            editing.with_check(OLD, CheckSetting("vague_wording", ("a", "c"))),
            ["“No vague wording” must now pass before a document can be agreed."],
        ),
        (
            editing.with_check(OLD, CheckSetting("parent_view_dated", ("a",))),
            ["“Parents’ view has a date” now looks at other fields."],
        ),
    ],
)
def test_each_change_is_told_in_words(new: Definition, sentences: list[str]) -> None:
    assert definition_differences(OLD, new) == sentences


def test_section_that_goes_takes_its_fields() -> None:
    told = definition_differences(OLD, editing.without_section(OLD, "two"))
    assert told[:3] == ["The section “Two” is gone.", "“C” is gone.", "“D” is gone."]


def test_what_became_required_is_told() -> None:
    assert definition_differences(changed(required=False), OLD) == ["“A” is now required."]


def test_reworded_guidance_is_told_from_and_to() -> None:
    new = changed(guidance="Be brief.")
    newer = editing.with_changed_field(new, replace(new.field("a"), guidance="Be kind."), "one")
    assert definition_differences(new, newer) == [
        "What to write in “A” changed from “Be brief.” to “Be kind.”."
    ]
    assert definition_differences(newer, OLD) == ["What to write in “A” is no longer said."]


def test_order_is_told_by_what_a_field_comes_after() -> None:
    assert definition_differences(OLD, editing.moved_field(OLD, "b", -1)) in (
        ["“B” now comes first."],
        ["“A” now comes after “B”."],
    )


def test_moved_first_is_told() -> None:
    three = make_definition(make_field("a"), make_field("b"), make_field("c"))
    up = editing.moved_field(editing.moved_field(three, "c", -1), "c", -1)
    assert definition_differences(three, up) == ["“C” now comes first."]
    assert definition_differences(up, three) == ["“C” now comes after “B”."]


def test_choices_and_columns_are_told_one_by_one() -> None:
    choice = make_definition(make_field("a", FieldType.CHOICE))
    fewer = make_definition(make_field("a", FieldType.CHOICE, choices=("Often", "Daily")))
    assert definition_differences(choice, fewer) == [
        "“A” has a new choice: “Daily”.",
        "“A” no longer has the choice “Seldom”.",
        "“A” no longer has the choice “Never”.",
    ]
    table = make_definition(make_field("a", FieldType.TABLE))
    wider = make_definition(
        make_field(
            "a",
            FieldType.TABLE,
            columns=(Column("what", "What"), Column("who", "Who"), Column("w", "Where")),
        )
    )
    assert definition_differences(table, wider) == ["“A” has a new column: “Where”."]


def test_limits_of_a_check_are_told_in_its_own_words() -> None:
    base = make_definition(
        make_field("a"), checks=(CheckSetting("strategies_count", ("a",), {"least": 3, "most": 7}),)
    )
    new = editing.with_check(base, CheckSetting("strategies_count", ("a",), {"most": 5}))
    assert definition_differences(base, new) == [
        "“Not too few, not too many strategies” has other limits. At most this many: 5."
    ]


def test_a_check_nobody_knows_is_told_by_its_key() -> None:
    base = make_definition(make_field("a"))
    new = make_definition(make_field("a"), checks=(CheckSetting("later", (), {"n": 1}),))
    newer = make_definition(make_field("a"), checks=(CheckSetting("later", (), {"n": 2}),))
    assert definition_differences(base, new) == ["New check: “later”."]
    assert definition_differences(new, newer) == ["“later” has other limits. n: 2."]


@given(definitions())
def test_a_definition_does_not_differ_from_itself(definition: Definition) -> None:
    assert definition_differences(definition, definition) == []


@given(st.text(), st.text())
def test_segments_read_as_before_and_as_after(before: str, after: str) -> None:
    segments = text_differences(before, after)
    assert "".join(s.text for s in segments if s.kind != "added") == before
    assert "".join(s.text for s in segments if s.kind != "removed") == after


def test_differences_are_word_by_word() -> None:
    assert text_differences("I like red maps", "I like maps now") == [
        Segment("same", "I like "),
        Segment("removed", "red "),
        Segment("same", "maps"),
        Segment("added", " now"),
    ]


def test_answers_are_compared_field_by_field() -> None:
    definition = make_definition(make_field("a"), make_field("d", FieldType.DATE))
    first, second = answer_differences(
        definition, {"a": "Maps", "d": "2027-03-26"}, {"a": "Maps", "d": "2027-03-27"}
    )
    assert not first.differs
    assert second.differs
    assert (second.before, second.after) == ("26 March 2027", "27 March 2027")


def test_answers_keep_their_place_and_what_has_none_is_listed() -> None:
    old = make_definition(make_field("a"), make_field("b"), make_field("c"), make_field("e"))
    new = make_definition(
        make_field("a"), make_field("b", FieldType.LIST), make_field("e", FieldType.DATE)
    )
    carried = carry_over(
        {"a": "Maps", "b": "One\nTwo", "c": "Trains", "e": "soon", "stray": "Kept", "nil": ""},
        old,
        new,
    )
    assert carried.answers == {"a": "Maps", "b": ["One", "Two"]}
    assert carried.left_over == {"c": "Trains", "e": "soon", "stray": "Kept"}


def _answer(field: Field, draw: st.DrawFn) -> Any:
    answers: dict[FieldType, st.SearchStrategy[Any]] = {
        FieldType.LIST: st.lists(st.text(max_size=8), max_size=3),
        FieldType.TABLE: st.just([{c.key: "x" for c in field.columns}]),
        FieldType.CHOICE: st.sampled_from(field.choices or ("",)),
        FieldType.MANY_CHOICE: st.lists(st.sampled_from(field.choices or ("",)), max_size=2),
        FieldType.DATE: st.dates().map(lambda day: day.isoformat()),
        FieldType.RATING: st.integers(0, 3),
        FieldType.YES_NO: st.booleans(),
    }
    return draw(answers.get(field.type, st.text(max_size=12)))


@st.composite
def _two_versions(draw: st.DrawFn) -> tuple[dict[str, Any], Definition, Definition]:
    old, new = draw(definitions()), draw(definitions())
    return {f.key: _answer(f, draw) for f in old.fields}, old, new


@settings(max_examples=60, deadline=None)
@given(_two_versions())
def test_nothing_written_is_lost_between_versions(
    case: tuple[dict[str, Any], Definition, Definition],
) -> None:
    answers, old, new = case
    carried = carry_over(answers, old, new)
    for key, value in answers.items():
        if not is_empty(old.field(key), value):
            assert (key in carried.answers) != (key in carried.left_over)
    for key, value in carried.answers.items():
        assert problem_with(new.field(key), value) == ""
    for key, value in carried.left_over.items():
        assert value == answers[key]
