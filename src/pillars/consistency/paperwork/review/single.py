"""Reviews one file: what it holds of the standard, what it says besides, what the checks find."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pillars.consistency.paperwork.checks import Finding, run_checks
from pillars.consistency.paperwork.definition import Definition, Field, FieldType
from pillars.consistency.paperwork.review.entries import Entry, Gathered
from pillars.consistency.paperwork.review.extract import gather
from pillars.consistency.paperwork.review.labels import LabelMatcher
from pillars.consistency.paperwork.review.layouts import Fingerprint, fingerprint, wordings_of
from pillars.consistency.paperwork.review.values import answer_of, asks, is_placeholder, written
from pillars.exchange.documents import Reading

NAME_FIELD = "pupil_name"
_ONE_VALUE = frozenset(
    {FieldType.SHORT_TEXT, FieldType.PERSON, FieldType.DATE, FieldType.RATING, FieldType.YES_NO}
)
_NAME = r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3}?)"
_KIND = (
    r"(?:pupil|learner|student|communication|learning|one[- ]page|support|send?|my)?\s*"
    r"(?:passport|profile|plan|portrait|snapshot)"
)
_NAMED_IN = (
    re.compile(rf"^(?i:my )?(?i:{_KIND})\s*(?i:for|of|[:–—-])\s*{_NAME}$"),
    re.compile(rf"^{_NAME}(?:['’]s|['’])?\s*[:–—-]?\s*(?i:{_KIND})$"),
    re.compile(rf"(?i:belongs to):?\s+{_NAME}[.!]?$"),
    re.compile(rf"^(?i:all about|this is|my name is)\s+{_NAME}(?:[.,!]|$| and\b)"),
)
_TITLE_WORDS = (
    "pupil student learner child learning support personal individual communication one my the "
    "our sen send school class year me education all about primary"
)
_AFTER = re.compile(r"\s*[(\[].*$")
_NO_NAME = frozenset(_TITLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Words in a file that no field of the standard takes; `label` may be empty."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one file holds, before it is compared with the others."""

    file: str
    lines: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, Any]
    findings: tuple[Finding, ...]
    unmatched: tuple[Unmatched, ...]
    fingerprint: Fingerprint
    wordings: Mapping[str, str]
    prompts: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, tuple[tuple[tuple[str, ...], ...], ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The pupil's name as the file gives it, or nothing."""
        return next(iter(self.lines.get(NAME_FIELD, ())), "")


class Reviewer:
    """Reviews files against one standard on one day."""

    def __init__(self, definition: Definition, today: date) -> None:
        self.definition = definition
        self.today = today
        self._matcher = LabelMatcher(definition)

    def review(self, reading: Reading, file: str) -> Found:
        """What the file holds of the standard. The same file always gives the same."""
        gathered = gather(reading, self._matcher)
        name = self._name_in(gathered, reading)
        names = name_words(name)
        if names and _says_name(gathered, names):
            gathered = gather(reading, self._matcher, names)
        lines, tables = self._lines(gathered)
        if name and not lines.get(NAME_FIELD) and self._takes_name():
            lines[NAME_FIELD] = (name,)
        prompts = {key: tuple(line for line in found if asks(line)) for key, found in lines.items()}
        answers = self.answers(lines, tables)
        return Found(
            file,
            lines,
            answers,
            self.findings(answers, name),
            _unmatched(gathered),
            fingerprint(gathered, names),
            wordings_of(gathered, names),
            {key: found for key, found in prompts.items() if found},
            tables,
        )

    def answers(
        self,
        lines: Mapping[str, tuple[str, ...]],
        tables: Mapping[str, tuple[tuple[tuple[str, ...], ...], ...]],
    ) -> dict[str, Any]:
        """The lines as answers of each field's type; what cannot be one is left out."""
        found = {}
        for wanted in self.definition.fields:
            text = "\n".join(lines.get(wanted.key, ()))
            answer = answer_of(wanted, text, tables.get(wanted.key, ())) if text else None
            if answer not in (None, "", []):
                found[wanted.key] = answer
        return found

    def findings(self, answers: Mapping[str, Any], name: str) -> tuple[Finding, ...]:
        """What the standard's checks say about these answers."""
        return tuple(
            run_checks(self.definition, answers, today=self.today, forename=forename_in(name))
        )

    def _takes_name(self) -> bool:
        return any(wanted.key == NAME_FIELD for wanted in self.definition.fields)

    def _name_in(self, gathered: Gathered, reading: Reading) -> str:
        for entry in gathered.entries:
            if NAME_FIELD in entry.fields and entry.text and not is_placeholder(entry.text):
                return entry.lines[0]
        titles = [
            f"{entry.label}: {entry.lines[0]}" if len(entry.lines) == 1 else entry.label
            for entry in gathered.entries
            if entry.match is None
        ]
        for title in [*titles, *gathered.loose, reading.title]:
            found = name_in_title(title)
            if found:
                return found
        return ""

    def _lines(
        self, gathered: Gathered
    ) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[tuple[tuple[str, ...], ...], ...]]]:
        by_field: dict[str, list[Entry]] = {}
        for entry in gathered.entries:
            for key in entry.fields:
                by_field.setdefault(key, []).append(entry)
        lines: dict[str, tuple[str, ...]] = {}
        tables: dict[str, tuple[tuple[tuple[str, ...], ...], ...]] = {}
        for wanted in self.definition.fields:
            entries = by_field.get(wanted.key, [])
            found = _merged(wanted, entries)
            if found:
                lines[wanted.key] = tuple(found)
            rows = tuple(tuple(map(tuple, entry.table)) for entry in entries if entry.table)
            if rows:
                tables[wanted.key] = rows
        return lines, tables


def _merged(wanted: Field, entries: list[Entry]) -> list[str]:
    """The lines of all the labels that feed a field; a field of one value takes the surest."""
    texts = [(entry, written(entry.lines, wanted)) for entry in entries]
    texts = [(entry, lines) for entry, lines in texts if lines]
    if wanted.type in _ONE_VALUE and len(texts) > 1:
        texts = [max(texts, key=lambda pair: pair[0].match.score if pair[0].match else 0)]
    found: list[str] = []
    for _, lines in texts:
        if not (set(lines) <= set(found)):
            found.extend(lines)
    return found


def _unmatched(gathered: Gathered) -> tuple[Unmatched, ...]:
    found = [
        Unmatched(entry.label, entry.text)
        for entry in gathered.entries
        if entry.match is None and entry.text
    ]
    loose = "\n".join(line for line in gathered.loose if not is_placeholder(line))
    if loose:
        found.append(Unmatched("", loose))
    return tuple(found)


def _says_name(gathered: Gathered, names: frozenset[str]) -> bool:
    return any(names & set(re.findall(r"[^\W\d_]+", entry.label.lower()))
               for entry in gathered.entries)  # fmt: skip


def name_in_title(title: str) -> str:
    """The name in "Theo's Pupil Passport" or "Pupil Passport: Theo Martin", or nothing."""
    for pattern in _NAMED_IN:
        found = pattern.search(_AFTER.sub("", title).strip())
        if found:
            name = re.sub(r"['’]s?$", "", found["name"])
            if not {word.lower() for word in name.split()} & _NO_NAME:
                return name
    return ""


def name_words(name: str) -> frozenset[str]:
    """The words of a pupil's name, small, as labels may hold them ("How to help Theo")."""
    return frozenset(word for word in re.findall(r"[^\W\d_]+", name.lower()) if len(word) > 2)


def forename_in(name: str) -> str:
    """The first name in "Theo Martin" or "Martin, Theo"."""
    given = name.split(",", 1)[1] if "," in name else name
    return next(iter(given.split()), "")
