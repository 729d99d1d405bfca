"""What a standard document is: sections, typed fields, guidance and checks. Pure, no Django.

A definition is data a school edits, typed in code. It is immutable: a change makes the next one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
STANDARD_KEY = re.compile(r"[a-z][a-z0-9-]{0,59}")


class DefinitionError(ValueError):
    """A definition does not hold together. The message is a sentence a person can act on."""


class FieldType(StrEnum):
    """The fixed set of things a field can hold."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    LIST = "list"
    TABLE = "table"
    CHOICE = "choice"
    MANY_CHOICE = "many_choice"
    DATE = "date"
    PERSON = "person"
    RATING = "rating"
    YES_NO = "yes_no"

    @property
    def label(self) -> str:
        """How people call it."""
        return _TYPE_LABELS[self]


_TYPE_LABELS = {
    FieldType.SHORT_TEXT: "One line of text",
    FieldType.LONG_TEXT: "Several lines of text",
    FieldType.LIST: "A list, one point a line",
    FieldType.TABLE: "A table",
    FieldType.CHOICE: "One of several choices",
    FieldType.MANY_CHOICE: "Any of several choices",
    FieldType.DATE: "A date",
    FieldType.PERSON: "A person",
    FieldType.RATING: "A rating from 0 to 3",
    FieldType.YES_NO: "Yes or no",
}
WITH_CHOICES = frozenset({FieldType.CHOICE, FieldType.MANY_CHOICE})
IN_COLUMNS = frozenset(
    {FieldType.SHORT_TEXT, FieldType.LONG_TEXT, FieldType.CHOICE, FieldType.DATE, FieldType.PERSON}
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table field."""

    key: str
    title: str
    type: FieldType = FieldType.SHORT_TEXT
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a document says.

    guidance: what to write. example: what good looks like. aliases: what schools call it in the
    files they already have.
    """

    key: str
    title: str
    type: FieldType
    guidance: str = ""
    example: str = ""
    required: bool = True
    choices: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    aliases: tuple[str, ...] = ()

    def column(self, key: str) -> Column | None:
        return next((c for c in self.columns if c.key == key), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together under one heading."""

    key: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class CheckSetting:
    """A named check as this standard wants it.

    fields: which fields it looks at (empty: those the check finds by itself). required: a document
    cannot be agreed while it fails.
    """

    check: str
    fields: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    required: bool = True


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole standard. Raises DefinitionError when made of parts that do not hold together."""

    key: str
    title: str
    description: str
    sections: tuple[Section, ...]
    checks: tuple[CheckSetting, ...] = ()

    def __post_init__(self) -> None:
        _check_definition(self)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in the order of the page."""
        return tuple(f for section in self.sections for f in section.fields)

    @property
    def required(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.required)

    def field(self, key: str) -> Field:
        """The field of that key. Raises KeyError where there is none."""
        for found in self.fields:
            if found.key == key:
                return found
        raise KeyError(key)

    def has(self, key: str) -> bool:
        return any(f.key == key for f in self.fields)

    def setting(self, check: str) -> CheckSetting | None:
        """How this standard wants a check; None where it does not use it."""
        return next((c for c in self.checks if c.check == check), None)

    def to_json(self) -> dict[str, Any]:
        """Plain data that `from_json` reads back to an equal definition."""
        return {
            "key": self.key,
            "title": self.title,
            "description": self.description,
            "sections": [
                {
                    "key": s.key,
                    "title": s.title,
                    "fields": [_field_to_json(f) for f in s.fields],
                }
                for s in self.sections
            ],
            "checks": [
                {
                    "check": c.check,
                    "fields": list(c.fields),
                    "settings": dict(c.settings),
                    "required": c.required,
                }
                for c in self.checks
            ],
        }

    @classmethod
    def from_json(cls, data: Any) -> Definition:
        """Read what `to_json` wrote. Raises DefinitionError with a sentence."""
        whole = _mapping(data, "A standard")
        return cls(
            key=_text(whole, "key", "the standard"),
            title=_text(whole, "title", "the standard"),
            description=_text(whole, "description", "the standard", empty=True),
            sections=tuple(_section(s) for s in _list(whole, "sections")),
            checks=tuple(_check(c) for c in _list(whole, "checks")),
        )


def _field_to_json(given: Field) -> dict[str, Any]:
    data = {f.name: getattr(given, f.name) for f in fields(given)}
    data["type"] = given.type.value
    data["choices"] = list(given.choices)
    data["aliases"] = list(given.aliases)
    data["columns"] = [
        {"key": c.key, "title": c.title, "type": c.type.value, "choices": list(c.choices)}
        for c in given.columns
    ]
    return data


def _section(data: Any) -> Section:
    given = _mapping(data, "A section")
    return Section(
        key=_text(given, "key", "a section"),
        title=_text(given, "title", "a section"),
        fields=tuple(_field(f) for f in _list(given, "fields")),
    )


def _field(data: Any) -> Field:
    given = _mapping(data, "A field")
    return Field(
        key=_text(given, "key", "a field"),
        title=_text(given, "title", "a field"),
        type=_type(given),
        guidance=_text(given, "guidance", "a field", empty=True),
        example=_text(given, "example", "a field", empty=True),
        required=_flag(given),
        choices=_texts(given, "choices"),
        columns=tuple(_column(c) for c in _list(given, "columns")),
        aliases=_texts(given, "aliases"),
    )


def _column(data: Any) -> Column:
    given = _mapping(data, "A column")
    return Column(
        key=_text(given, "key", "a column"),
        title=_text(given, "title", "a column"),
        type=_type(given),
        choices=_texts(given, "choices"),
    )


def _check(data: Any) -> CheckSetting:
    given = _mapping(data, "A check")
    settings = _mapping(given.get("settings", {}), "What a check is set to")
    return CheckSetting(
        check=_text(given, "check", "a check"),
        fields=_texts(given, "fields"),
        settings=MappingProxyType(dict(settings)),
        required=_flag(given),
    )


def _mapping(data: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise DefinitionError(f"{what} has to be a set of named values.")
    return data


def _text(data: Mapping[str, Any], name: str, what: str, *, empty: bool = False) -> str:
    value = data.get(name, "")
    if not isinstance(value, str) or not (value.strip() or empty):
        raise DefinitionError(f"The {name} of {what} is missing.")
    return value.strip()


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = _list(data, name)
    if not all(isinstance(value, str) for value in values):
        raise DefinitionError(f"The {name} have to be words.")
    return tuple(value.strip() for value in values if value.strip())


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    values = data.get(name, [])
    if not isinstance(values, list | tuple):
        raise DefinitionError(f"The {name} have to be a list.")
    return list(values)


def _flag(data: Mapping[str, Any]) -> bool:
    value = data.get("required", True)
    if not isinstance(value, bool):
        raise DefinitionError("“Required” is either yes or no.")
    return value


def _type(data: Mapping[str, Any]) -> FieldType:
    value = data.get("type", FieldType.SHORT_TEXT.value)
    try:
        return FieldType(value)
    except ValueError:
        raise DefinitionError(f"There is no type of field called “{value}”.") from None


def _check_definition(given: Definition) -> None:
    if not STANDARD_KEY.fullmatch(given.key):
        raise DefinitionError("The key of a standard has small letters, digits and hyphens.")
    if not given.sections:
        raise DefinitionError("A standard needs at least one section.")
    _check_keys([s.key for s in given.sections], "section")
    for section in given.sections:
        if not section.fields:
            raise DefinitionError(f"The section “{section.title}” has no fields.")
    _check_keys([f.key for f in given.fields], "field")
    for each in given.fields:
        _check_field(each)
    for setting in given.checks:
        for key in setting.fields:
            if not given.has(key):
                raise DefinitionError(
                    f"The check “{setting.check}” looks at “{key}”, which is not a field."
                )
    names = [c.check for c in given.checks]
    if len(set(names)) < len(names):
        raise DefinitionError("Each check can be used once in a standard.")


def _check_keys(keys: list[str], what: str) -> None:
    for key in keys:
        if not KEY.fullmatch(key):
            raise DefinitionError(
                f"“{key}” cannot be the key of a {what}: use small letters, digits and “_”."
            )
        if keys.count(key) > 1:
            raise DefinitionError(f"Two {what}s have the key “{key}”.")


def _check_field(given: Field) -> None:
    if given.type in WITH_CHOICES and len(given.choices) < 2:
        raise DefinitionError(f"“{given.title}” needs at least two choices.")
    if given.type not in WITH_CHOICES and given.choices:
        raise DefinitionError(f"“{given.title}” cannot have choices.")
    if (given.type is FieldType.TABLE) != bool(given.columns):
        raise DefinitionError(f"“{given.title}” needs columns only if it is a table.")
    _check_keys([c.key for c in given.columns], "column")
    for column in given.columns:
        if column.type not in IN_COLUMNS:
            raise DefinitionError(f"The column “{column.title}” cannot be of that type.")
        if (column.type is FieldType.CHOICE) != bool(column.choices):
            raise DefinitionError(f"The column “{column.title}” needs choices.")
