"""What a field of each type may hold: how it is kept, read, compared and moved to another type.

The types share one protocol, so that a form, a file, a printed page and a comparison all mean the
same by an answer. Pure, no Django.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pillars.consistency.paperwork.checks.model import is_empty, text_of
from pillars.consistency.paperwork.definition import Field, FieldType

__all__ = ["as_text", "converted", "is_empty", "problem_with"]

RATINGS = range(4)


@dataclass(frozen=True, slots=True)
class Kind:
    """How one type of field keeps its answers.

    problem: a sentence for a value it cannot hold, else "". from_text: the value for a text that
    was written elsewhere, or None where the text cannot be one.
    """

    problem: Callable[[Field, Any], str]
    from_text: Callable[[Field, str], Any]


def as_text(field: Field, value: Any) -> str:
    """An answer as people read it: dates in words, lists one point a line."""
    if field.type is FieldType.DATE and isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return value
        return f"{day.day} {day:%B %Y}"
    return text_of(field, value)


def problem_with(field: Field, value: Any) -> str:
    """Why this cannot be the answer to a field, in a sentence; "" where it can be."""
    if is_empty(field, value):
        return ""
    return KINDS[field.type].problem(field, value)


def converted(value: Any, old: Field, new: Field) -> tuple[bool, Any]:
    """An answer moved to a field of another version: whether it fits, and as what.

    Nothing stays nothing: None where the two types write an empty answer differently.
    """
    if is_empty(old, value):
        return True, value if old.type is new.type else None
    if not problem_with(new, value):
        return True, value
    if old.type is FieldType.TABLE or new.type is FieldType.TABLE:
        return False, value
    moved = KINDS[new.type].from_text(new, text_of(old, value))
    if moved is None or problem_with(new, moved):
        return False, value
    return True, moved


def _text_problem(field: Field, value: Any) -> str:
    return "" if isinstance(value, str) else f"“{field.title}” holds text."


def _list_problem(field: Field, value: Any) -> str:
    fine = isinstance(value, list) and all(isinstance(point, str) for point in value)
    return "" if fine else f"“{field.title}” is a list of points."


def _table_problem(field: Field, value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return f"“{field.title}” is a table."
    known = {column.key for column in field.columns}
    extra = {str(key) for row in value for key, cell in row.items() if cell} - known
    return f"“{field.title}” has no column “{min(extra)}”." if extra else ""


def _choice_problem(field: Field, value: Any) -> str:
    return "" if value in field.choices else f"“{value}” is not a choice of “{field.title}”."


def _many_problem(field: Field, value: Any) -> str:
    if not isinstance(value, list):
        return f"“{field.title}” takes any of its choices."
    wrong = [each for each in value if each not in field.choices]
    return f"“{wrong[0]}” is not a choice of “{field.title}”." if wrong else ""


def _date_problem(field: Field, value: Any) -> str:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return f"“{value}” is not a date. Write “{field.title}” like 26 March 2027."
    return ""


def _rating_problem(field: Field, value: Any) -> str:
    fine = isinstance(value, int) and not isinstance(value, bool) and value in RATINGS
    return "" if fine else f"“{field.title}” is a rating from 0 to 3."


def _yes_no_problem(field: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else f"“{field.title}” is yes or no."


def _lines(_field: Field, text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _one_choice(field: Field, text: str) -> str | None:
    return next((c for c in field.choices if c.lower() == text.strip().lower()), None)


def _many_choices(field: Field, text: str) -> list[str] | None:
    found = [_one_choice(field, line) for line in text.splitlines() if line.strip()]
    return [each for each in found if each is not None] if all(found) else None


def _iso(_field: Field, text: str) -> str | None:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None


def _one_line(_field: Field, text: str) -> str | None:
    return text if "\n" not in text.strip() else None


def _rating(_field: Field, text: str) -> int | None:
    return int(text) if text.strip() in {str(n) for n in RATINGS} else None


def _yes_no(_field: Field, text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text.strip().lower())


KINDS: Mapping[FieldType, Kind] = {
    FieldType.SHORT_TEXT: Kind(_text_problem, _one_line),
    FieldType.LONG_TEXT: Kind(_text_problem, lambda _f, text: text),
    FieldType.LIST: Kind(_list_problem, _lines),
    FieldType.TABLE: Kind(_table_problem, lambda _f, _text: None),
    FieldType.CHOICE: Kind(_choice_problem, _one_choice),
    FieldType.MANY_CHOICE: Kind(_many_problem, _many_choices),
    FieldType.DATE: Kind(_date_problem, _iso),
    FieldType.PERSON: Kind(_text_problem, _one_line),
    FieldType.RATING: Kind(_rating_problem, _rating),
    FieldType.YES_NO: Kind(_yes_no_problem, _yes_no),
}
