"""Two people wrote at once: what each of them has, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pillars.consistency.paperwork.answers import as_text
from pillars.consistency.paperwork.definition import Field, FieldType
from pillars.consistency.paperwork.models import Clash, Document
from pillars.consistency.paperwork.printing.blocks import is_blank
from pillars.people.organisations.models import Person

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True, slots=True)
class Compared:
    """A field that differs. `answers` by choice: mine, theirs and, where they can be joined, both.

    `suggested`: the choice that keeps a change only one of them made; both, where both changed it.
    """

    field: Field
    mine: str
    theirs: str
    answers: dict[str, Any]
    suggested: str


def open_clash(document: Document, person: Person) -> Clash | None:
    """What this person wrote in this document and has not been able to save, if anything."""
    return Clash.objects.filter(document=document, person=person, settled_at=None).first()


def compared(document: Document, clash: Clash) -> list[Compared]:
    """The fields in which a person's kept words differ from what the document says now."""
    found = []
    for field in document.version.parsed.fields:
        if field.key not in clash.answers:
            continue
        mine, theirs = clash.answers[field.key], document.answers.get(field.key)
        if mine == theirs or (is_blank(mine) and is_blank(theirs)):
            continue
        answers = {MINE: mine, THEIRS: theirs}
        joined = _joined(field, theirs, mine)
        if joined is not None:
            answers[BOTH] = joined
        suggested = _suggested(clash.base.get(field.key), mine, theirs, answers)
        found.append(
            Compared(field, as_text(field, mine), as_text(field, theirs), answers, suggested)
        )
    return found


def _suggested(base: Any, mine: Any, theirs: Any, answers: dict[str, Any]) -> str:
    if mine == base or (is_blank(mine) and is_blank(base)):
        return THEIRS
    if theirs == base or (is_blank(theirs) and is_blank(base)):
        return MINE
    return BOTH if BOTH in answers else MINE


def _joined(field: Field, first: Any, second: Any) -> Any:
    if is_blank(first) or is_blank(second):
        return None
    if field.type is FieldType.LONG_TEXT:
        return f"{first}\n{second}"
    lists = isinstance(first, list) and isinstance(second, list)
    if lists and field.type in {FieldType.LIST, FieldType.TABLE, FieldType.MANY_CHOICE}:
        return [*first, *(item for item in second if item not in first)]
    return None
