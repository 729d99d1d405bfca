"""Changing a definition one step at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.consistency.paperwork.definitions import (
    definitions,
    make_definition,
    make_field,
    two_sections,
)

from pillars.consistency.paperwork import editing
from pillars.consistency.paperwork.definition import (
    KEY,
    STANDARD_KEY,
    CheckSetting,
    Definition,
    DefinitionError,
    Section,
)

D = two_sections()


def keys(definition: Definition) -> list[list[str]]:
    return [[f.key for f in s.fields] for s in definition.sections]


@pytest.mark.parametrize(
    ("title", "taken", "key"),
    [
        ("What helps me", [], "what_helps_me"),
        ("Café – où?", [], "cafe_ou"),
        ("What helps me", ["what_helps_me"], "what_helps_me_2"),
        ("A", ["a", "a_2"], "a_3"),
        ("3 things", [], "field_3_things"),
        ("好", [], "field"),
    ],
)
def test_key_is_made_of_the_title(title: str, taken: list[str], key: str) -> None:
    assert editing.key_for(title, taken) == key


@given(st.text(), st.lists(st.text(max_size=5)))
def test_any_title_gives_a_key_that_holds(title: str, taken: list[str]) -> None:
    key = editing.key_for(title, taken)
    assert KEY.fullmatch(key)
    assert key not in taken
    assert STANDARD_KEY.fullmatch(editing.key_for(title, taken, joint="-"))


def test_sections_are_added_renamed_and_moved() -> None:
    three = editing.with_section(D, Section("three", "Three", (make_field("e"),)))
    assert keys(three) == [["a", "b"], ["c", "d"], ["e"]]
    up = editing.moved_section(three, "three", -1)
    assert keys(up) == [["a", "b"], ["e"], ["c", "d"]]
    assert editing.moved_section(up, "one", -1) == up
    assert editing.renamed_section(D, "two", "Second").sections[1].title == "Second"
    assert editing.retitled(D, "Plan", "New.").title == "Plan"


def test_section_goes_with_its_fields_and_the_checks_that_looked_only_at_them() -> None:
    left = editing.without_section(D, "two")
    assert keys(left) == [["a", "b"]]
    assert [(c.check, c.fields) for c in left.checks] == [
        ("complete", ()),
        ("vague_wording", ("a",)),
    ]


def test_the_last_section_stays() -> None:
    with pytest.raises(DefinitionError, match="at least one section"):
        editing.without_section(make_definition(make_field("a")), "one")


def test_fields_are_added_changed_and_required() -> None:
    more = editing.with_field(D, "one", make_field("e"))
    assert keys(more)[0] == ["a", "b", "e"]
    free = editing.with_required(more, "e", required=False)
    assert not free.field("e").required
    same = editing.with_changed_field(D, replace(D.field("a"), title="Alpha"), "one")
    assert (keys(same), same.field("a").title) == (keys(D), "Alpha")


def test_field_changed_into_another_section_comes_last_and_keeps_its_checks() -> None:
    moved = editing.with_changed_field(D, D.field("a"), "two")
    assert keys(moved) == [["b"], ["c", "d", "a"]]
    assert moved.checks == D.checks


def test_field_that_goes_is_looked_at_no_more() -> None:
    left = editing.without_field(D, "d")
    assert keys(left) == [["a", "b"], ["c"]]
    assert left.setting("parent_view_dated") is None
    with pytest.raises(DefinitionError, match="“C” is the only field of “Two”"):
        editing.without_field(left, "c")


def test_field_moves_within_and_across_sections() -> None:
    assert keys(editing.moved_field(D, "b", -1)) == [["b", "a"], ["c", "d"]]
    assert keys(editing.moved_field(D, "c", -1)) == [["a", "b", "c"], ["d"]]
    assert keys(editing.moved_field(D, "b", 1)) == [["a"], ["b", "c", "d"]]
    assert editing.moved_field(D, "a", -1) == D
    assert editing.moved_field(D, "d", 1) == D
    assert editing.moved_field(D, "b", 1).checks == D.checks


def test_only_field_of_a_section_does_not_leave_it() -> None:
    alone = editing.without_field(D, "d")
    with pytest.raises(DefinitionError, match="only field"):
        editing.moved_field(alone, "c", -1)


def test_checks_are_set_and_left_out() -> None:
    more = editing.with_check(D, CheckSetting("in_date", ("a",)))
    assert [c.check for c in more.checks][-1] == "in_date"
    other = editing.with_check(more, CheckSetting("complete", required=False))
    assert [c.check for c in other.checks] == [c.check for c in more.checks]
    assert not other.checks[0].required
    assert editing.without_check(more, "in_date") == D


def test_numbers_are_kept_whole_where_they_are() -> None:
    assert repr(editing.numbers({"a": 3.0, "b": 0.5})) == "{'a': 3, 'b': 0.5}"


@pytest.mark.parametrize(
    "step",
    [
        lambda d: editing.renamed_section(d, "gone", "X"),
        lambda d: editing.moved_section(d, "gone", 1),
        lambda d: editing.with_field(d, "gone", make_field("e")),
        lambda d: editing.without_field(d, "gone"),
        lambda d: editing.section_of(d, "gone"),
    ],
)
def test_part_that_is_not_there_is_a_key_error(step) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KeyError):
        step(D)


@given(definitions(), st.data())
def test_moving_keeps_every_field_once(definition: Definition, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([f.key for f in definition.fields]))
    try:
        moved = editing.moved_field(definition, key, data.draw(st.sampled_from([-1, 1])))
    except DefinitionError:
        return
    assert sorted(f.key for f in moved.fields) == sorted(f.key for f in definition.fields)
    assert moved.checks == definition.checks
