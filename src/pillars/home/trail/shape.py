"""History as people read it: names for ids, words for values, answers field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pillars.foundation.trail import Change, Difference

LONGEST = 600
_SHORT = {"eal", "upn", "url"}
_OF_NO_INTEREST = {"id", "school_id", "trust_id", "pupil_id", "document_id", "revision"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One field before and after, in words. "" where there was nothing."""

    title: str
    before: str
    after: str


def people_in(changes: Iterable[Change]) -> set[int]:
    """Every person a history speaks of: who did it, and whom its fields name."""
    found: set[int] = set()
    for change in changes:
        if change.person_id is not None:
            found.add(change.person_id)
        for difference in change.differences:
            if is_person(difference.field):
                found |= {v for v in (difference.before, difference.after) if isinstance(v, int)}
    return found


def is_person(field: str) -> bool:
    return field == "person_id" or field.endswith("_by_id") or field == "owner_id"


def shown(
    differences: Iterable[Difference],
    names: Mapping[int, str],
    words: Mapping[tuple[str, Any], str] | None = None,
) -> list[Shown]:
    """Differences in words. A field that holds answers comes apart into its questions.

    names: people by id. words: what a field calls a stored value, such as ("kind", "inset").
    """
    known = words or {}
    lines: list[Shown] = []
    for difference in differences:
        if difference.field in _OF_NO_INTEREST:
            continue
        if isinstance(difference.before, dict) or isinstance(difference.after, dict):
            lines += _answers(difference)
        else:
            lines.append(
                Shown(
                    _title(difference.title),
                    _value(difference.field, difference.before, names, known),
                    _value(difference.field, difference.after, names, known),
                )
            )
    return [line for line in lines if line.before or line.after]


def _answers(difference: Difference) -> list[Shown]:
    before, after = difference.before or {}, difference.after or {}
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return [Shown(_title(difference.title), in_words(before), in_words(after))]
    return [
        Shown(_title(str(key)), in_words(before.get(key)), in_words(after.get(key)))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    ]


def _title(text: str) -> str:
    words = text.replace("_", " ").strip()
    if words in _SHORT:
        return words.upper()
    return words[:1].upper() + words[1:]


def _value(
    field: str, value: Any, names: Mapping[int, str], words: Mapping[tuple[str, Any], str]
) -> str:
    if isinstance(value, str | int) and (field, value) in words:
        return words[field, value]
    if is_person(field) and isinstance(value, int):
        return names.get(value, f"person {value}")
    return in_words(value)


def in_words(value: Any) -> str:
    """A stored value as text, at most a screenful."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):  # a datetime is one too
        return f"{value:%-d %B %Y, %H:%M}" if isinstance(value, datetime) else f"{value:%-d %B %Y}"
    if isinstance(value, dict):
        return "; ".join(f"{_title(str(key))}: {in_words(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(in_words(each) for each in value)
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
