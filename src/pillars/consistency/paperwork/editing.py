"""Changing a definition, one step at a time. Pure: each step gives back the next definition.

Raises DefinitionError with a sentence where a step would leave something that does not hold
together, such as a section without fields.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from pillars.consistency.paperwork.definition import (
    CheckSetting,
    Definition,
    DefinitionError,
    Field,
    Section,
)

LONGEST_KEY = 50
T = TypeVar("T")


def key_for(title: str, taken: Iterable[str], *, joint: str = "_") -> str:
    """A key made of a title that no other has: “What helps me” → "what_helps_me"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", joint, plain).strip(joint)[:LONGEST_KEY].rstrip(joint)
    if not key or not key[0].isalpha():
        key = f"field{joint}{key}".rstrip(joint)
    others, number, made = set(taken), 2, key
    while made in others:
        made, number = f"{key}{joint}{number}", number + 1
    return made


def retitled(definition: Definition, title: str, description: str) -> Definition:
    """The same, called and described otherwise."""
    return replace(definition, title=title, description=description)


def section_of(definition: Definition, field_key: str) -> Section:
    """The section a field stands in. Raises KeyError where there is no such field."""
    definition.field(field_key)
    return next(s for s in definition.sections if any(f.key == field_key for f in s.fields))


def section_named(definition: Definition, key: str) -> Section:
    """The section of that key. Raises KeyError where there is none."""
    for section in definition.sections:
        if section.key == key:
            return section
    raise KeyError(key)


def with_section(definition: Definition, section: Section) -> Definition:
    """A further section, at the end."""
    return replace(definition, sections=(*definition.sections, section))


def renamed_section(definition: Definition, key: str, title: str) -> Definition:
    section_named(definition, key)
    sections = tuple(replace(s, title=title) if s.key == key else s for s in definition.sections)
    return replace(definition, sections=sections)


def without_section(definition: Definition, key: str) -> Definition:
    """Leave a section out, with its fields; checks no longer look at them."""
    gone = section_named(definition, key)
    if len(definition.sections) == 1:
        raise DefinitionError("A standard needs at least one section. Add another one first.")
    return replace(
        definition,
        sections=tuple(s for s in definition.sections if s.key != key),
        checks=_without(definition.checks, {f.key for f in gone.fields}),
    )


def moved_section(definition: Definition, key: str, step: int) -> Definition:
    """A section one place up (-1) or down (1); where it is at the end already, nothing moves."""
    sections = list(definition.sections)
    at = sections.index(section_named(definition, key))
    return replace(definition, sections=tuple(_swapped(sections, at, at + step)))


def with_field(definition: Definition, section_key: str, field: Field) -> Definition:
    """A further field, at the end of a section."""
    section = section_named(definition, section_key)
    return _with_fields(definition, section, (*section.fields, field))


def with_changed_field(definition: Definition, field: Field, section_key: str) -> Definition:
    """A field as it is now, in that section. In another section than before, it comes last."""
    before = section_of(definition, field.key)
    if before.key == section_key:
        same = tuple(field if f.key == field.key else f for f in before.fields)
        return _with_fields(definition, before, same)
    checks = definition.checks
    bare = without_field(definition, field.key)
    return replace(with_field(bare, section_key, field), checks=checks)


def without_field(definition: Definition, key: str) -> Definition:
    """Leave a field out; checks no longer look at it."""
    section = section_of(definition, key)
    if len(section.fields) == 1:
        raise DefinitionError(
            f"“{section.fields[0].title}” is the only field of “{section.title}”."
            " Add another field there first, or remove the section."
        )
    bare = replace(definition, checks=_without(definition.checks, {key}))
    return _with_fields(bare, section, tuple(f for f in section.fields if f.key != key))


def moved_field(definition: Definition, key: str, step: int) -> Definition:
    """A field one place up (-1) or down (1). From the edge of a section it goes to the next."""
    section = section_of(definition, key)
    fields = list(section.fields)
    at = next(n for n, f in enumerate(fields) if f.key == key)
    if 0 <= at + step < len(fields):
        return _with_fields(definition, section, tuple(_swapped(fields, at, at + step)))
    place = definition.sections.index(section) + step
    if not 0 <= place < len(definition.sections):
        return definition
    field, target, checks = fields[at], definition.sections[place], definition.checks
    bare = without_field(definition, key)
    new = (*target.fields, field) if step < 0 else (field, *target.fields)
    return replace(_with_fields(bare, target, new), checks=checks)


def with_required(definition: Definition, key: str, *, required: bool) -> Definition:
    """The same, with a field required or not."""
    field = replace(definition.field(key), required=required)
    return with_changed_field(definition, field, section_of(definition, key).key)


def with_check(definition: Definition, setting: CheckSetting) -> Definition:
    """The same, with a check as it is set now: in its old place, or last when it is new."""
    if definition.setting(setting.check) is None:
        return replace(definition, checks=(*definition.checks, setting))
    checks = tuple(setting if c.check == setting.check else c for c in definition.checks)
    return replace(definition, checks=checks)


def without_check(definition: Definition, check: str) -> Definition:
    return replace(definition, checks=tuple(c for c in definition.checks if c.check != check))


def numbers(settings: Mapping[str, float]) -> dict[str, float | int]:
    """Settings as they are kept: whole numbers without a point."""
    return {k: int(v) if float(v).is_integer() else float(v) for k, v in settings.items()}


def _without(checks: tuple[CheckSetting, ...], gone: set[str]) -> tuple[CheckSetting, ...]:
    """A check that looked at nothing else goes too: with no fields named it would look at all."""
    kept = []
    for check in checks:
        fields = tuple(key for key in check.fields if key not in gone)
        if fields or not check.fields:
            kept.append(replace(check, fields=fields))
    return tuple(kept)


def _with_fields(definition: Definition, section: Section, fields: tuple[Field, ...]) -> Definition:
    changed = replace(section, fields=fields)
    sections = tuple(changed if s.key == section.key else s for s in definition.sections)
    return replace(definition, sections=sections)


def _swapped(items: list[T], one: int, other: int) -> list[T]:
    if 0 <= other < len(items):
        items[one], items[other] = items[other], items[one]
    return items
