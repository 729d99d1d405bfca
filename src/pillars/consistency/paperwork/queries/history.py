"""How a document came to say what it says: its versions, read from the rows the database kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.apps import apps

from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.differences import AnswerDifference, answer_differences
from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.people.organisations.models import Person

# Saving as one types writes many rows; a sitting is shown as one.
SITTING = timedelta(minutes=30)
_WORDS = {
    "create_document": "Made",
    "create_documents": "Made",
    "save_draft": "Written",
    "settle_clash": "Written after two people wrote at once",
    "agree_document": "Agreed",
    "review_document": "Reviewed",
    "reopen_document": "Reopened",
    "renew_document": "Made to renew an earlier one",
    "archive_document": "Archived",
    "bring_up_documents": "Brought up to a newer version of the standard",
}


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """One sitting of writing, or one step of a document, with what it changed."""

    what: str
    person: str
    at: datetime
    changes: tuple[AnswerDifference, ...]


def versions_of_document(document: Document) -> list[DocumentVersion]:
    """Everything that was done to a document, the newest first. Three queries."""
    rows = list(
        apps.get_model("paperwork", "DocumentEvent")
        .objects.filter(pgh_obj_id=document.pk, school_id=document.school_id)
        .order_by("pgh_id")
        .values("pgh_created_at", "pgh_context", "answers", "version_id")
    )
    known = {person for person in map(_person, rows) if person is not None}
    people = dict(Person.objects.filter(pk__in=known).values_list("pk", "name"))
    versions = StandardVersion.objects.in_bulk({row["version_id"] for row in rows})
    definitions = {pk: version.parsed for pk, version in versions.items()}
    shown = [
        _version(before, after, people, definitions) for before, after in pairwise(_sittings(rows))
    ]
    return shown[::-1]


def _sittings(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Nothing, then the last row of each sitting."""
    yield {"answers": {}}
    for row, following in pairwise([*rows, None]):
        if row is not None and (following is None or not _same_sitting(row, following)):
            yield row


def _same_sitting(row: dict[str, Any], following: dict[str, Any]) -> bool:
    same = _service(row) == _service(following) and _person(row) == _person(following)
    return bool(same and following["pgh_created_at"] - row["pgh_created_at"] < SITTING)


def _version(
    before: dict[str, Any],
    after: dict[str, Any],
    people: dict[int, str],
    definitions: dict[int, Definition],
) -> DocumentVersion:
    service = _service(after)
    person = _person(after)
    return DocumentVersion(
        what=_WORDS.get(service, service.replace("_", " ").capitalize() or "Changed"),
        person=people.get(person, "Somebody") if person is not None else "The system",
        at=after["pgh_created_at"],
        changes=tuple(
            difference
            for difference in answer_differences(
                definitions[after["version_id"]], before["answers"], after["answers"]
            )
            if difference.differs
        ),
    )


def _service(row: dict[str, Any]) -> str:
    return str((row["pgh_context"] or {}).get("service") or "")


def _person(row: dict[str, Any]) -> int | None:
    found: int | None = (row["pgh_context"] or {}).get("person")
    return found
