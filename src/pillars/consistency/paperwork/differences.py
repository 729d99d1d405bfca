"""What changed between two definitions or two documents, in plain words; and carrying answers over.

Pure, no Django.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pillars.consistency.paperwork.answers import as_text, converted
from pillars.consistency.paperwork.checks import CHECKS
from pillars.consistency.paperwork.checks.wording import shortened
from pillars.consistency.paperwork.definition import CheckSetting, Definition, Field

_TOKEN = re.compile(r"\s+|[^\s]+")


def definition_differences(old: Definition, new: Definition) -> list[str]:
    """What a reader of the old version needs to know of the new one: one sentence a change."""
    said = [*_headings(old, new), *_fields_gone(old, new)]
    for field in new.fields:
        if old.has(field.key):
            said.extend(_field_changes(old.field(field.key), field))
        else:
            needed = "required" if field.required else "not required"
            said.append(f"New field: “{field.title}”, {needed}.")
    return [*said, *_moves(old, new), *_check_changes(old, new)]


def _headings(old: Definition, new: Definition) -> Iterable[str]:
    if old.title != new.title:
        yield f"It is now called “{new.title}” instead of “{old.title}”."
    if old.description != new.description:
        yield from _reworded("Its description", old.description, new.description)
    before = {s.key: s for s in old.sections}
    for section in new.sections:
        if section.key not in before:
            yield f"New section: “{section.title}”."
        elif before[section.key].title != section.title:
            yield f"The section “{before[section.key].title}” is now called “{section.title}”."
    kept = {s.key for s in new.sections}
    for section in old.sections:
        if section.key not in kept:
            yield f"The section “{section.title}” is gone."


def _fields_gone(old: Definition, new: Definition) -> Iterable[str]:
    for field in old.fields:
        if not new.has(field.key):
            yield f"“{field.title}” is gone."


def _field_changes(old: Field, new: Field) -> Iterable[str]:
    if old.title != new.title:
        yield f"“{old.title}” is now called “{new.title}”."
    if old.required != new.required:
        yield (
            f"“{new.title}” is now required."
            if new.required
            else (f"“{new.title}” is no longer required.")
        )
    if old.type != new.type:
        was, now = old.type.label.lower(), new.type.label.lower()
        yield f"“{new.title}” is now {now} instead of {was}."
    yield from _reworded(f"What to write in “{new.title}”", old.guidance, new.guidance)
    yield from _reworded(f"What good looks like in “{new.title}”", old.example, new.example)
    yield from _options(new.title, "choice", old.choices, new.choices)
    yield from _options(
        new.title, "column", [c.title for c in old.columns], [c.title for c in new.columns]
    )
    if old.aliases != new.aliases:
        yield f"Other names for “{new.title}” have changed."


def _reworded(what: str, old: str, new: str) -> Iterable[str]:
    if old == new:
        return
    if not old or not new:
        yield f"{what} is now “{shortened(new)}”." if new else f"{what} is no longer said."
    else:
        yield f"{what} changed from “{shortened(old)}” to “{shortened(new)}”."


def _options(title: str, what: str, old: Iterable[str], new: Iterable[str]) -> Iterable[str]:
    before, after = list(old), list(new)
    for added in (each for each in after if each not in before):
        yield f"“{title}” has a new {what}: “{added}”."
    for gone in (each for each in before if each not in after):
        yield f"“{title}” no longer has the {what} “{gone}”."


def _moves(old: Definition, new: Definition) -> Iterable[str]:
    was, now = _places(old), _places(new)
    shared_before = [key for key in was if key in now]
    shared_after = [key for key in now if key in was]
    kept = _longest_in_order(shared_before, shared_after)
    for key in shared_after:
        title = new.field(key).title
        if was[key] != now[key]:
            section = next(s for s in new.sections if s.key == now[key])
            yield f"“{title}” has moved to the section “{section.title}”."
        elif key not in kept:
            place = shared_after.index(key)
            after = new.field(shared_after[place - 1]).title if place else ""
            yield f"“{title}” now comes {f'after “{after}”' if after else 'first'}."


def _places(definition: Definition) -> dict[str, str]:
    return {f.key: s.key for s in definition.sections for f in s.fields}


def _longest_in_order(old: list[str], new: list[str]) -> set[str]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return {key for block in matcher.get_matching_blocks() for key in old[block.a :][: block.size]}


def _check_changes(old: Definition, new: Definition) -> Iterable[str]:
    def called(key: str) -> str:
        return CHECKS[key].title if key in CHECKS else key

    for check in new.checks:
        before = old.setting(check.check)
        name = called(check.check)
        if before is None:
            yield f"New check: “{name}”."
            continue
        if before.required != check.required:
            yield (
                f"“{name}” must now pass before a document can be agreed."
                if check.required
                else f"“{name}” no longer stands in the way of agreeing."
            )
        if before.fields != check.fields:
            yield f"“{name}” now looks at other fields."
        if dict(before.settings) != dict(check.settings):
            yield f"“{name}” has other limits. {_limits(check)}."
    for gone in (c for c in old.checks if new.setting(c.check) is None):
        yield f"The check “{called(gone.check)}” is no longer made."


def _limits(setting: CheckSetting) -> str:
    named = CHECKS[setting.check].settings if setting.check in CHECKS else {}
    words = {name: about for name, (_, about) in named.items()}
    order = [*words, *(name for name in setting.settings if name not in words)]
    return "; ".join(
        f"{words.get(name, name)}: {setting.settings[name]}"
        for name in order
        if name in setting.settings
    )


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text and what became of it: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """One field in two documents. segments: word by word."""

    field: Field
    before: str
    after: str
    segments: tuple[Segment, ...]

    @property
    def differs(self) -> bool:
        return self.before != self.after


def answer_differences(
    definition: Definition, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[AnswerDifference]:
    """Every field of a standard in two sets of answers, in the order of the page."""
    found = []
    for field in definition.fields:
        old, new = (as_text(field, answers.get(field.key)) for answers in (before, after))
        found.append(AnswerDifference(field, old, new, tuple(text_differences(old, new))))
    return found


def text_differences(before: str, after: str) -> list[Segment]:
    """Two texts word by word. The "same" and "added" segments read as `after`, the "same" and
    "removed" ones as `before`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    segments: list[Segment] = []
    matcher = difflib.SequenceMatcher(str.isspace, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            segments.append(Segment("same", "".join(old[a:b])))
            continue
        if b > a:
            segments.append(Segment("removed", "".join(old[a:b])))
        if d > c:
            segments.append(Segment("added", "".join(new[c:d])))
    return segments


@dataclass(frozen=True, slots=True)
class Carried:
    """Answers brought to another version. left_over: those that found no place, by old key."""

    answers: dict[str, Any]
    left_over: dict[str, Any]


def carry_over(answers: Mapping[str, Any], old: Definition, new: Definition) -> Carried:
    """Bring answers up to a new version: same key and a type that can hold it keeps its place.

    Nothing is lost: what has no place is in `left_over`.
    """
    kept: dict[str, Any] = {}
    left: dict[str, Any] = {}
    for key, value in answers.items():
        if not new.has(key) or not old.has(key):
            if value not in ("", None, [], {}):
                left[key] = value
            continue
        fits, carried = converted(value, old.field(key), new.field(key))
        if not fits:
            left[key] = value
        elif carried is not None:
            kept[key] = carried
    return Carried(kept, left)
