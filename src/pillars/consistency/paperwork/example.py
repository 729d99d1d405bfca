"""A standard filled in with its own examples, to see what a document on it will look like. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from pillars.consistency.paperwork.definition import Column, Definition, Field, FieldType

A_HALF_YEAR = 6
_WRITTEN = frozenset({FieldType.SHORT_TEXT, FieldType.LONG_TEXT, FieldType.PERSON})


def example_answers(definition: Definition, *, today: date) -> dict[str, Any]:
    """Answers made of “what good looks like”, by field key; what has no example is left out."""
    months = A_HALF_YEAR
    in_date = definition.setting("in_date")
    if in_date is not None:
        months = min(months, int(in_date.settings.get("months", A_HALF_YEAR)))
    later = (today + relativedelta(months=months)).isoformat()
    found = {field.key: _example(field, later) for field in definition.fields}
    return {key: answer for key, answer in found.items() if answer not in ("", [], None)}


def _example(field: Field, later: str) -> Any:
    if field.type is FieldType.TABLE:
        return _rows(field, later)
    if field.type is FieldType.DATE:
        return later
    if field.type is FieldType.CHOICE:
        return field.choices[0]
    if field.type is FieldType.MANY_CHOICE:
        return list(field.choices[:2])
    if field.type is FieldType.LIST:
        return [line.strip() for line in field.example.splitlines() if line.strip()]
    return field.example if field.type in _WRITTEN else None


def _rows(field: Field, later: str) -> list[dict[str, str]]:
    """One row. An example with as many parts as the table has columns (“a · b”) fills them."""
    parts = [part.strip() for part in field.example.split("·")]
    if len(parts) != len(field.columns):
        parts = [field.example.strip(), *[""] * (len(field.columns) - 1)]
    if not any(parts):
        return []
    return [{c.key: _cell(c, part, later) for c, part in zip(field.columns, parts, strict=True)}]


def _cell(column: Column, part: str, later: str) -> str:
    if column.type is FieldType.DATE:
        return later
    if column.type is FieldType.CHOICE:
        return part if part in column.choices else column.choices[0]
    return part
