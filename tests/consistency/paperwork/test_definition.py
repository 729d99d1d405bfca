"""Definitions: what holds together, what does not and why, and that nothing is lost in JSON."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from tests.consistency.paperwork.definitions import (
    definitions,
    make_definition,
    make_field,
    two_sections,
)

from pillars.consistency.paperwork.definition import (
    CheckSetting,
    Column,
    Definition,
    DefinitionError,
    Field,
    FieldType,
    Section,
)


@given(definitions())
def test_definition_comes_back_from_json_as_it_was(definition: Definition) -> None:
    assert Definition.from_json(json.loads(json.dumps(definition.to_json()))) == definition


def test_definition_cannot_be_changed() -> None:
    definition = two_sections()
    with pytest.raises(FrozenInstanceError):
        definition.title = "Other"  # type: ignore[misc]
    read = Definition.from_json(definition.to_json() | {"checks": [{"check": "complete"}]})
    with pytest.raises(TypeError):
        read.checks[0].settings["months"] = 1  # type: ignore[index]


def test_fields_are_found_by_key() -> None:
    definition = two_sections()
    assert [f.key for f in definition.fields] == ["a", "b", "c", "d"]
    assert definition.field("c").title == "C"
    assert definition.has("d")
    assert not definition.has("e")
    with pytest.raises(KeyError):
        definition.field("e")


def test_required_fields_are_those_marked_so() -> None:
    definition = make_definition(make_field("a"), make_field("b", required=False))
    assert [f.key for f in definition.required] == ["a"]


def test_setting_is_none_for_a_check_not_made() -> None:
    definition = two_sections()
    assert definition.setting("in_date") is None
    found = definition.setting("vague_wording")
    assert found is not None
    assert found.fields == ("a", "c")


def test_column_is_found_by_key() -> None:
    table = make_field("t", FieldType.TABLE)
    assert table.column("who") == Column("who", "Who")
    assert table.column("where") is None


@pytest.mark.parametrize("kind", list(FieldType))
def test_every_type_has_words(kind: FieldType) -> None:
    assert kind.label[0].isupper()


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"key": "Not A Key"}, "The key of a standard has small letters, digits and hyphens."),
    ({"key": ""}, "The key of the standard is missing."),
    ({"title": " "}, "The title of the standard is missing."),
    ({"sections": []}, "A standard needs at least one section."),
    ({"sections": "one"}, "The sections have to be a list."),
    ({"sections": ["one"]}, "A section has to be a set of named values."),
    ({"checks": [{"check": ""}]}, "The check of a check is missing."),
    (
        {"checks": [{"check": "complete", "fields": ["gone"]}]},
        "The check “complete” looks at “gone”, which is not a field.",
    ),
    (
        {"checks": [{"check": "complete"}, {"check": "complete"}]},
        "Each check can be used once in a standard.",
    ),
    (
        {"checks": [{"check": "complete", "settings": 3}]},
        "What a check is set to has to be a set of named values.",
    ),
    ({"checks": [{"check": "complete", "fields": [1]}]}, "The fields have to be words."),
    (
        {"checks": [{"check": "complete", "required": "yes"}]},
        "“Required” is either yes or no.",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_definition_that_does_not_hold_together_says_why(
    change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DefinitionError) as told:
        Definition.from_json(two_sections().to_json() | change)
    assert str(told.value) == sentence


def test_definition_of_something_else_is_refused() -> None:
    with pytest.raises(DefinitionError, match="A standard has to be a set of named values"):
        Definition.from_json(["not", "a", "standard"])


FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"type": "colour"}, "There is no type of field called “colour”."),
    ({"key": "2nd"}, "“2nd” cannot be the key of a field: use small letters, digits and “_”."),
    ({"type": "choice"}, "“A” needs at least two choices."),
    ({"type": "many_choice", "choices": ["One"]}, "“A” needs at least two choices."),
    ({"choices": ["One", "Two"]}, "“A” cannot have choices."),
    ({"type": "table"}, "“A” needs columns only if it is a table."),
    (
        {"columns": [{"key": "what", "title": "What"}]},
        "“A” needs columns only if it is a table.",
    ),
    (
        {"type": "table", "columns": [{"key": "what", "title": "What", "type": "rating"}]},
        "The column “What” cannot be of that type.",
    ),
    (
        {"type": "table", "columns": [{"key": "what", "title": "What", "type": "choice"}]},
        "The column “What” needs choices.",
    ),
    (
        {"type": "table", "columns": [{"key": "w", "title": "W"}, {"key": "w", "title": "X"}]},
        "Two columns have the key “w”.",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), FIELDS)
def test_field_that_does_not_hold_together_says_why(change: dict[str, Any], sentence: str) -> None:
    whole = make_definition(make_field("a")).to_json()
    whole["sections"][0]["fields"][0] |= change
    with pytest.raises(DefinitionError) as told:
        Definition.from_json(whole)
    assert str(told.value) == sentence


def test_two_fields_of_one_key_are_refused_across_sections() -> None:
    sections = (
        Section("one", "One", (make_field("a"),)),
        Section("two", "Two", (make_field("a"),)),
    )
    with pytest.raises(DefinitionError, match="Two fields have the key “a”"):
        Definition("trial", "Trial", "", sections)


def test_section_without_fields_is_refused() -> None:
    with pytest.raises(DefinitionError, match="The section “One” has no fields"):
        make_definition()


def test_what_is_left_out_of_json_takes_its_usual_value() -> None:
    read = Definition.from_json(
        {
            "key": "small",
            "title": "Small",
            "sections": [
                {"key": "s", "title": "S", "fields": [{"key": "f", "title": "F"}]},
            ],
        }
    )
    assert read.fields == (Field("f", "F", FieldType.SHORT_TEXT),)
    assert read.checks == ()
    assert read.description == ""


def test_one_changed_field_makes_another_definition() -> None:
    definition = make_definition(make_field("a"), checks=(CheckSetting("complete"),))
    other = replace(definition, title="Other")
    assert other != definition
    assert other.fields == definition.fields
