"""What a review says: the files, the formats they share, what is missing, what would help most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pillars.consistency.paperwork.checks import Finding
from pillars.consistency.paperwork.review.single import Unmatched


@dataclass(frozen=True, slots=True)
class FieldFound:
    """Whether a file holds a field, and its words."""

    present: bool
    text: str


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """One file that could be read. `layout` is the number of its format in the review."""

    file: str
    layout: int
    fields: Mapping[str, FieldFound]
    findings: tuple[Finding, ...]
    unmatched: tuple[Unmatched, ...]
    answers: Mapping[str, Any]
    missing: tuple[str, ...]
    score: int

    @property
    def has_all_required(self) -> bool:
        """Whether every required field holds words."""
        return not self.missing

    def text(self, key: str) -> str:
        """The words of a field, or nothing."""
        found = self.fields.get(key)
        return found.text if found else ""


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """One file that could not be read, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class LayoutInUse:
    """One format in use. `where` says for which year groups, when the files say."""

    number: int
    name: str
    where: str
    files: tuple[str, ...]
    complete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldCount:
    """How many files hold a field, and which do not."""

    key: str
    title: str
    required: bool
    present: int
    of: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckCount:
    """How many files pass a check, and which do not."""

    check: str
    title: str
    passed: int
    of: int
    failing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A file worth looking at: why, and a line from it."""

    file: str
    why: str
    quote: str


@dataclass(frozen=True, slots=True)
class Help:
    """One thing that would help, and the files that would gain from it."""

    sentence: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """A review of a school's files against one standard, as on one day."""

    standard: str
    title: str
    today: date
    documents: tuple[ReviewedDocument, ...]
    layouts: tuple[LayoutInUse, ...]
    unreadable: tuple[UnreadableFile, ...]
    fields: tuple[FieldCount, ...]
    checks: tuple[CheckCount, ...]
    best: tuple[Example, ...]
    weakest: tuple[Example, ...]
    five_things: tuple[Help, ...]
    overdue: tuple[str, ...]
    """The files whose review date is past, or that have none."""

    @property
    def complete(self) -> tuple[str, ...]:
        """The files that hold everything required."""
        return tuple(document.file for document in self.documents if document.has_all_required)

    @property
    def required_fields(self) -> tuple[FieldCount, ...]:
        """The counts for the fields that the standard requires, the fullest first."""
        wanted = (count for count in self.fields if count.required)
        return tuple(sorted(wanted, key=lambda count: -count.present))

    def document(self, file: str) -> ReviewedDocument | None:
        """The reviewed file of that name."""
        return next((one for one in self.documents if one.file == file), None)
