"""Writing in a draft, also when two people write in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from pillars.consistency.paperwork.answers import problem_with
from pillars.consistency.paperwork.models import Clash, Document
from pillars.consistency.paperwork.queries.checking import KEPT, check_document
from pillars.consistency.paperwork.queries.documents import answers_at
from pillars.consistency.paperwork.rules.documents import check_can_write
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Person

WRITTEN = ["answers", "revision", "saved_at", "saved_by", *KEPT]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of words that were sent: in the document, or kept aside because of a clash."""

    document: Document
    clash: Clash | None = None


@service
def save_draft(
    *, document: Document, answers: Mapping[str, Any], revision: int, by: Person
) -> Saved:
    """Write answers into a draft, run its checks, and count the revision up.

    `revision` is the one the writer began from. When somebody else has saved since, nothing of
    theirs is overwritten: what this person wrote is kept aside until they choose.
    """
    locked = lock_document(document)
    check_can_write(document=locked, scope=current_scope())
    definition = locked.version.parsed
    sent = {key: value for key, value in answers.items() if definition.has(key)}
    for key, value in sent.items():
        problem = problem_with(definition.field(key), value)
        if problem:
            raise Refused(problem)
    if revision != locked.revision:
        if _same(locked.answers, sent):
            return Saved(locked)
        return Saved(locked, _keep_aside(locked, sent, revision, by))
    if not _same(locked.answers, sent):
        write(locked, locked.answers | sent, by)
    return Saved(locked)


@service
def settle_clash(*, clash: Clash, chosen: Mapping[str, Any], revision: int, by: Person) -> Document:
    """Write what a person chose after a clash, and let the words kept aside rest.

    `chosen` holds the answers of the fields that differed. Raises Refused when the document has
    changed yet again since the choice was shown.
    """
    document = lock_document(clash.document)
    check_can_write(document=document, scope=current_scope())
    if revision != document.revision:
        raise Refused("Somebody changed this document again. Look at both versions once more.")
    write(document, document.answers | dict(chosen), by)
    clash.settled_at = timezone.now()
    clash.save(update_fields=["settled_at"])
    return document


def write(document: Document, answers: dict[str, Any], by: Person) -> None:
    """Set answers, check them and save as the next revision. For services of this app."""
    document.answers = answers
    document.revision += 1
    document.saved_at = timezone.now()
    document.saved_by = by
    check_document(document, today=timezone.localdate())
    document.save(update_fields=WRITTEN)


def lock_document(document: Document) -> Document:
    """The row as it is now, which nobody else can change until the transaction ends."""
    return (
        Document.objects.select_for_update(of=("self",))
        .select_related("pupil", "version__standard", "saved_by")
        .get(pk=document.pk, school_id=document.school_id)
    )


def _same(have: Mapping[str, Any], sent: Mapping[str, Any]) -> bool:
    return all(have.get(key) == value for key, value in sent.items())


def _keep_aside(document: Document, sent: dict[str, Any], revision: int, by: Person) -> Clash:
    clash, made = Clash.objects.get_or_create(
        document=document,
        person=by,
        settled_at=None,
        defaults={
            "school_id": document.school_id,
            "revision": revision,
            "base": answers_at(document, revision),
            "answers": sent,
        },
    )
    if not made:
        clash.answers = clash.answers | sent
        clash.save(update_fields=["answers"])
    return clash
