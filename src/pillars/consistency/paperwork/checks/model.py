"""What a check is and what it says. Pure: a document's answers in, findings out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pillars.consistency.paperwork.definition import CheckSetting, Definition, Field, FieldType

Answers = Mapping[str, Any]


class Severity(StrEnum):
    """must: it stands in the way of agreeing. should: worth mending. good: worth saying."""

    MUST = "must"
    SHOULD = "should"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check says: what is the matter, what to do, and what good looks like."""

    check: str
    field: str | None
    severity: Severity
    message: str
    advice: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A document as a check meets it, with how its standard wants the check."""

    definition: Definition
    answers: Answers
    setting: CheckSetting
    today: date
    forename: str

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields this check looks at, in the standard’s order; all if none are named."""
        named = self.setting.fields
        return tuple(f for f in self.definition.fields if not named or f.key in named)

    @property
    def field(self) -> Field | None:
        """The one field of a check that looks at one."""
        return next(iter(self.fields), None) if self.setting.fields else None

    def number(self, name: str, default: float) -> float:
        """A number among the settings."""
        value = self.setting.settings.get(name, default)
        return float(value) if isinstance(value, int | float) else default

    def problem(self, field: Field | None, message: str, advice: str, example: str = "") -> Finding:
        """Something to mend: it must be mended where the standard requires the check."""
        severity = Severity.MUST if self.setting.required else Severity.SHOULD
        return Finding(
            self.setting.check,
            field.key if field else None,
            severity,
            message,
            advice,
            example or (field.example if field else ""),
        )

    def good(self, field: Field | None, message: str, advice: str = "") -> Finding:
        return Finding(
            self.setting.check, field.key if field else None, Severity.GOOD, message, advice
        )

    def text(self, field: Field) -> str:
        return text_of(field, self.answers.get(field.key))

    def points(self, field: Field) -> list[str]:
        return points_of(field, self.answers.get(field.key))


@dataclass(frozen=True, slots=True)
class Check:
    """A named check: what it is called, what it looks for, and the numbers it can be given.

    settings: name → (default, what it means), for the editor. of_one: it looks at one field.
    keys: the fields, by key, that it cannot do without.
    """

    key: str
    title: str
    about: str
    run: Callable[[Case], Iterable[Finding]]
    settings: Mapping[str, tuple[float, str]]
    of_one: bool = False
    keys: tuple[str, ...] = ()


def text_of(field: Field, value: Any) -> str:
    """An answer as plain text: lists one point a line, tables one row a line."""
    if value is None:
        return ""
    if field.type is FieldType.TABLE and isinstance(value, list):
        rows = [row for row in value if isinstance(row, Mapping)]
        return "\n".join(
            " · ".join(str(cell).strip() for cell in row.values() if str(cell or "").strip())
            for row in rows
        ).strip()
    if isinstance(value, list | tuple):
        return "\n".join(str(point).strip() for point in value if str(point).strip())
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value).strip()


def points_of(field: Field, value: Any) -> list[str]:
    """An answer's points: a list's items, a text's lines."""
    return [line.strip() for line in text_of(field, value).splitlines() if line.strip()]


def rows_of(value: Any) -> list[Mapping[str, str]]:
    """The rows of a table answer that hold anything."""
    if not isinstance(value, list):
        return []
    return [
        row
        for row in value
        if isinstance(row, Mapping) and any(str(cell or "").strip() for cell in row.values())
    ]


_TO_COME = re.compile(
    r"(?:tb[cda]|to be (?:confirmed|decided|completed|added|agreed|arranged)|to follow|x{2,}"
    r"|[\s.?…_–—-]*)[.!]?",
    re.IGNORECASE,
)


def is_answered(text: str) -> bool:
    """Whether a text says anything: “TBC”, “…” and “?” only hold the place."""
    return not _TO_COME.fullmatch(text.strip())


def is_empty(field: Field, value: Any) -> bool:
    """Whether nothing was answered. A plain "no" or a rating of 0 is an answer."""
    if field.type in (FieldType.YES_NO, FieldType.RATING):
        return value is None or value == ""
    return not text_of(field, value)
