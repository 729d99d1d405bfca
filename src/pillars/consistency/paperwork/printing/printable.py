"""What is needed to put one document on paper, gathered before anything is typeset."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pillars.consistency.paperwork.definition import Definition


class Layout(StrEnum):
    """How a document is laid out on paper; a school offers all three."""

    STANDARD = "standard"
    LARGE_PRINT = "large-print"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Printable:
    """One pupil's document, as it will be read by someone who has never met the pupil.

    `answers` are by field key, in the shapes of the standard's field types. `version` is the
    number of the standard's version. `agreed_on` is empty for a draft, which then says so.
    """

    definition: Definition
    answers: Mapping[str, Any]
    school: str
    pupil: str
    forename: str
    version: int
    year: str = ""
    class_group: str = ""
    status: str = ""
    agreed_on: date | None = None
    review_on: date | None = None

    @property
    def about(self) -> str:
        """Who the pupil is, in one line under the name."""
        parts = (self.pupil, self.year, self.class_group, self.status)
        return " · ".join(part for part in parts if part)

    @property
    def footer(self) -> str:
        """Whose document this is and how far it can be trusted today."""
        agreed = f"agreed {day(self.agreed_on)}" if self.agreed_on else "draft, not agreed"
        parts = [self.school, f"{self.definition.title}, version {self.version}", agreed]
        if self.review_on:
            parts.append(f"review by {day(self.review_on)}")
        return " · ".join(parts)


def day(when: date) -> str:
    """A date as people in England write it: 9 November 2026."""
    return f"{when.day} {when:%B %Y}"
