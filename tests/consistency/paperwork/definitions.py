"""Definitions to try things on, and a hypothesis strategy that makes any definition."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from pillars.consistency.paperwork.definition import (
    IN_COLUMNS,
    WITH_CHOICES,
    CheckSetting,
    Column,
    Definition,
    Field,
    FieldType,
    Section,
)


def make_field(key: str, kind: FieldType = FieldType.LONG_TEXT, **changes: Any) -> Field:
    """A field that holds together, whatever its type."""
    made = Field(key, changes.pop("title", key.replace("_", " ").capitalize()), kind)
    if kind in WITH_CHOICES:
        made = replace(made, choices=("Often", "Seldom", "Never"))
    if kind is FieldType.TABLE:
        made = replace(made, columns=(Column("what", "What"), Column("who", "Who")))
    return replace(made, **changes)


def make_definition(*fields: Field, checks: tuple[CheckSetting, ...] = ()) -> Definition:
    """A standard of one section."""
    return Definition("trial", "Trial", "For tests.", (Section("one", "One", fields),), checks)


def two_sections() -> Definition:
    """Sections “one” (a, b) and “two” (c, d), with a check of each kind."""
    return Definition(
        "trial",
        "Trial",
        "For tests.",
        (
            Section("one", "One", (make_field("a"), make_field("b"))),
            Section("two", "Two", (make_field("c"), make_field("d"))),
        ),
        (
            CheckSetting("complete"),
            CheckSetting("vague_wording", ("a", "c"), required=False),
            CheckSetting("parent_view_dated", ("d",)),
        ),
    )


_KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_WORDS = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
_CHOICES = st.lists(_WORDS, min_size=2, max_size=4, unique=True).map(tuple)


@st.composite
def _columns(draw: st.DrawFn) -> tuple[Column, ...]:
    made = []
    for key in draw(st.lists(_KEYS, min_size=1, max_size=3, unique=True)):
        kind = draw(st.sampled_from(sorted(IN_COLUMNS)))
        choices = draw(_CHOICES) if kind is FieldType.CHOICE else ()
        made.append(Column(key, draw(_WORDS), kind, choices))
    return tuple(made)


@st.composite
def fields(draw: st.DrawFn, key: str = "field") -> Field:
    """Any field that holds together."""
    kind = draw(st.sampled_from(list(FieldType)))
    return Field(
        key,
        draw(_WORDS),
        kind,
        guidance=draw(st.text(max_size=20)).strip(),
        example=draw(st.text(max_size=20)).strip(),
        required=draw(st.booleans()),
        choices=draw(_CHOICES) if kind in WITH_CHOICES else (),
        columns=draw(_columns()) if kind is FieldType.TABLE else (),
        aliases=tuple(draw(st.lists(_WORDS, max_size=2))),
    )


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Any definition that holds together."""
    keys = draw(st.lists(_KEYS, min_size=2, max_size=5, unique=True))
    made = [draw(fields(key)) for key in keys]
    cut = draw(st.integers(1, len(keys) - 1))
    looked_at = draw(st.lists(st.sampled_from(keys), max_size=3, unique=True))
    return Definition(
        "trial",
        draw(_WORDS),
        draw(st.text(max_size=20)).strip(),
        (Section("one", draw(_WORDS), tuple(made[:cut])), Section("two", "Two", tuple(made[cut:]))),
        (
            CheckSetting(
                draw(st.sampled_from(["complete", "vague_wording", "plain_english"])),
                tuple(looked_at),
                draw(st.dictionaries(_KEYS, st.integers(0, 20), max_size=2)),
                draw(st.booleans()),
            ),
        ),
    )
