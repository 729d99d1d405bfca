"""Bringing documents up to the version of their standard that is in force now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from pillars.consistency.paperwork.differences import carry_over
from pillars.consistency.paperwork.models import Document, DocumentState, StandardVersion
from pillars.consistency.paperwork.queries.checking import check_document
from pillars.consistency.paperwork.rules.documents import check_can_bring_up, failing_messages
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Person

CHANGED = [
    "version",
    "answers",
    "left_over",
    "revision",
    "state",
    "agreed_on",
    "agreed_by",
    "saved_at",
    "saved_by",
    "findings",
    "failing_required",
    "date_required",
    "review_on",
    "checked_on",
]


@dataclass(slots=True)
class BroughtUp:
    """What became of documents that were to be brought up.

    moved: now on the newest version. reopened: those among them that were agreed and are drafts
    again, because the new version asks for more or an answer lost its place. refused: with why.
    """

    moved: list[Document] = field(default_factory=list)
    reopened: list[Document] = field(default_factory=list)
    refused: list[tuple[Document, str]] = field(default_factory=list)


@service
def bring_up_documents(
    *, documents: Sequence[Document], newest: Mapping[str, StandardVersion], by: Person
) -> BroughtUp:
    """Move documents of one school to the newest version of their standard, in one go.

    `newest` is by the standard's key. Answers keep their place; what has none is kept beside the
    document. An agreed document stays agreed when nothing lost its place and every required check
    still passes; otherwise it is a draft again, unless its pupil has a draft already.
    """
    result = BroughtUp()
    locked = (
        Document.objects.select_for_update(of=("self",))
        .filter(pk__in=[one.pk for one in documents])
        .select_related("pupil")
        .prefetch_related("version__standard")
        .order_by("pk")
    )
    drafted = _drafted(documents)
    for document in locked:
        version = newest.get(document.standard_key)
        try:
            check_can_bring_up(
                document=document,
                newest=version.pk if version else None,
                scope=current_scope(),
            )
            assert version is not None
            _bring_up(document, version, by, result, drafted)
        except Refused as refusal:
            result.refused.append((document, str(refusal)))
    Document.objects.bulk_update(result.moved, CHANGED, batch_size=200)
    return result


def _bring_up(
    document: Document,
    version: StandardVersion,
    by: Person,
    result: BroughtUp,
    drafted: set[tuple[int, str]],
) -> None:
    today = timezone.localdate()
    definition = version.parsed
    carried = carry_over(document.answers, document.version.parsed, definition)
    document.version = version
    document.answers = dict(carried.answers)
    document.left_over = document.left_over | dict(carried.left_over)
    document.revision += 1
    document.saved_at, document.saved_by = timezone.now(), by
    check_document(document, today=today)
    if document.is_agreed and (carried.left_over or failing_messages(document, today=today)):
        if (document.pupil_id, document.standard_key) in drafted:
            raise Refused("It needs a look, and its pupil has a newer draft. Agree that one.")
        document.state = DocumentState.DRAFT
        document.agreed_on = document.agreed_by = None
        result.reopened.append(document)
    result.moved.append(document)


def _drafted(documents: Sequence[Document]) -> set[tuple[int, str]]:
    drafts = Document.objects.filter(
        pupil__in={one.pupil_id for one in documents}, state=DocumentState.DRAFT
    )
    return set(drafts.values_list("pupil_id", "standard_key"))
