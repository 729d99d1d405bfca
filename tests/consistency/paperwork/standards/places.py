"""Standards of a school, of a trust, and those that were shipped."""

from __future__ import annotations

from typing import Any

from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.editing import retitled
from pillars.consistency.paperwork.models import Standard, StandardDraft, StandardVersion
from pillars.consistency.paperwork.shipped import SHIPPED
from pillars.people.organisations.models import School, Trust

PASSPORT = SHIPPED["pupil-passport"]


def shipped(key: str = "pupil-passport") -> Standard:
    """The shipped standard of a key; migrations have put it there."""
    return Standard.objects.get(key=key, school=None, trust=None)


def make_standard(
    *,
    school: School | None = None,
    trust: Trust | None = None,
    definition: Definition = PASSPORT,
    versions: int = 1,
) -> Standard:
    """A standard of a school's or trust's own, with so many versions: “Title 2” is version 2."""
    where: dict[str, Any] = {"school": school, "trust": trust}
    standard = Standard.objects.create(key=definition.key, title=definition.title, **where)
    for number in range(1, versions + 1):
        named = definition if number == 1 else retitled(definition, f"Title {number}", "")
        StandardVersion.objects.create(
            standard=standard, number=number, definition=named.to_json(), **where
        )
    return standard


def make_draft(standard: Standard, definition: Definition | None = None) -> StandardDraft:
    """A draft that gives the standard another title, or the one given."""
    next_one = definition or retitled(PASSPORT, "One-page profile", "For whoever meets me next.")
    return StandardDraft.objects.create(
        standard=standard,
        school=standard.school,
        trust=standard.trust,
        definition=next_one.to_json(),
    )


def allow(trust: Trust) -> None:
    """Let the schools of a trust publish standards of their own."""
    trust.schools_may_publish = True
    trust.save()
