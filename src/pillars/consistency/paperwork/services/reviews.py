"""Every write to reviews: bringing files in, reading them, matching them, turning them."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from pillars.consistency.paperwork.models import (
    Document,
    Review,
    ReviewedFile,
    ReviewState,
    StandardVersion,
)
from pillars.consistency.paperwork.queries.reviews import named_pupils, pupils_by_id
from pillars.consistency.paperwork.review.pupils import Named, is_sure, likely_pupils
from pillars.consistency.paperwork.review.report import ReviewedDocument, ReviewReport
from pillars.consistency.paperwork.review.single import NAME_FIELD
from pillars.consistency.paperwork.rules.reviews import (
    check_can_match,
    check_can_read_again,
    check_can_review_files,
    check_can_turn,
    check_one_file_a_pupil,
)
from pillars.consistency.paperwork.services.documents import create_document
from pillars.foundation.models import StoredFile
from pillars.foundation.scope import current_scope
from pillars.foundation.services import HasKey, Refused, service
from pillars.people.organisations.models import Person, School
from pillars.people.register.models import Pupil

_CLASS_FIELD = "class_group"
# The register knows these better than a file does.
_FROM_REGISTER = frozenset({NAME_FIELD, _CLASS_FIELD})
_BATCH = 200
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Brought:
    """One file somebody brought in: its bytes, or the reason why it was not kept."""

    name: str
    data: bytes | None
    reason: str = ""


@service
def start_review(
    *, school: School, version: StandardVersion, files: Sequence[Brought], by: Person
) -> Review:
    """Keeps the files as they came, to be read in the background.

    Files that cannot be read are named with their reason and not kept. Raises Refused when
    nothing was brought in, or too much.
    """
    check_can_review_files(school_id=school.pk, files=len(files), scope=current_scope())
    review = Review.objects.create(
        school=school, version=version, made_by=by, of=sum(1 for one in files if one.data)
    )
    for start in range(0, len(files), _BATCH):
        some = files[start : start + _BATCH]
        stored = {one.name: _stored(school.pk, one, by) for one in some if one.data is not None}
        StoredFile.objects.bulk_create(stored.values())
        ReviewedFile.objects.bulk_create(
            ReviewedFile(
                school=school,
                review=review,
                name=one.name,
                stored=stored.get(one.name),
                reason=one.reason[:300],
            )
            for one in some
        )
    return review


def _stored(school_id: int, one: Brought, by: Person) -> StoredFile:
    kind = mimetypes.guess_type(one.name)[0] or "application/octet-stream"
    name = one.name.rsplit("/", 1)[-1]
    return StoredFile.holding(
        school_id=school_id, name=name, content_type=kind, content=one.data or b"", by_id=by.pk
    )


@service
def note_progress(*, review: Review, done: int, by: HasKey | None) -> None:
    """Says how many files have been read."""
    review.state = ReviewState.READING
    review.done = done
    review.moved_at = timezone.now()
    review.save(update_fields=["state", "done", "moved_at"])


@service
def finish_review(*, review: Review, report: ReviewReport, by: HasKey | None) -> Review:
    """Keeps what was found in each file, and proposes the pupil each is about."""
    documents = {document.file: document for document in report.documents}
    reasons = {one.file: one.reason for one in report.unreadable}
    pupils = named_pupils(review.school_id)
    changed = []
    for file in ReviewedFile.objects.filter(review=review, document__isnull=True):
        document = documents.get(file.name)
        if document is not None:
            _keep(file, document, pupils)
            changed.append(file)
        elif file.name in reasons:
            file.reason = reasons[file.name][:300]
            changed.append(file)
    ReviewedFile.objects.bulk_update(changed, _KEPT, batch_size=_BATCH)
    review.layouts = [{"number": one.number, "name": one.name} for one in report.layouts]
    review.state = ReviewState.READY
    review.done = review.of
    review.moved_at = timezone.now()
    review.save(update_fields=["layouts", "state", "done", "moved_at"])
    return review


_KEPT = [
    "reason",
    "layout",
    "score",
    "fields",
    "findings",
    "unmatched",
    "answers",
    "missing",
    "proposed",
    "pupil",
]


def _keep(file: ReviewedFile, document: ReviewedDocument, pupils: Sequence[Named]) -> None:
    file.reason = ""
    file.layout = document.layout
    file.score = document.score
    file.fields = {key: one.text for key, one in document.fields.items() if one.present}
    file.findings = [
        {
            "check": one.check,
            "field": one.field,
            "severity": str(one.severity),
            "message": one.message,
            "advice": one.advice,
            "example": one.example,
        }
        for one in document.findings
    ]
    file.unmatched = [{"label": one.label, "text": one.text} for one in document.unmatched]
    file.answers = dict(document.answers)
    file.missing = list(document.missing)
    found = likely_pupils(file.name, document.text(NAME_FIELD), pupils, document.text(_CLASS_FIELD))
    file.proposed = [{"pupil": one.key, "likeness": one.likeness} for one in found]
    if not file.looked_at:
        file.pupil_id = found[0].key if is_sure(found) else None


@service
def stop_review(*, review: Review, by: HasKey | None) -> Review:
    """Marks a review that could not be finished, so that it can be started again."""
    review.state = ReviewState.FAILED
    review.moved_at = timezone.now()
    review.save(update_fields=["state", "moved_at"])
    return review


@service
def read_again(*, review: Review, by: Person) -> Review:
    """Starts a review that stopped once more; its files are still here."""
    check_can_read_again(review=review, scope=current_scope())
    review.state = ReviewState.WAITING
    review.done = 0
    review.moved_at = timezone.now()
    review.save(update_fields=["state", "done", "moved_at"])
    return review


@service
def match_file(*, file: ReviewedFile, pupil: Pupil | None, by: Person) -> ReviewedFile:
    """Says which pupil a file is about, or that it is about nobody here."""
    check_can_match(file=file, scope=current_scope())
    if pupil is not None and pupil.school_id != file.school_id:
        raise Refused("That pupil is not in this school. Choose one who is.")
    file.pupil = pupil
    file.looked_at = True
    file.save(update_fields=["pupil", "looked_at"])
    return file


@service
def turn_into_documents(
    *, review: Review, choices: Mapping[int, int], by: Person
) -> list[Document]:
    """Makes a draft on the standard from each chosen file, all of them or none.

    `choices` runs file id → pupil id, as a person left them after looking. The original stays
    with the document. Raises Refused with the file's name when one cannot be turned.
    """
    check_can_turn(review=review, choices=choices, scope=current_scope())
    files = list(
        ReviewedFile.objects.select_for_update(of=("self",))
        .filter(school_id=review.school_id, review=review, pk__in=choices)
        .select_related("stored")
        .defer("stored__content")
    )
    check_one_file_a_pupil(files=files, choices=choices)
    pupils = pupils_by_id(review.school_id, set(choices.values()))
    made: list[Document] = []
    problems: list[str] = []
    for file in files:
        try:
            made.append(_turn(file, pupils.get(choices[file.pk]), review.version, by))
        except Refused as refusal:
            problems.append(f"“{file.name}”: {refusal}")
    if problems:
        raise Refused(_told(problems))
    ReviewedFile.objects.bulk_update(files, ["pupil", "looked_at", "document"])
    return made


def _told(problems: Sequence[str]) -> str:
    """The first few problems, and how many more there are."""
    more = len(problems) - _MOST_TOLD
    return " ".join(problems[:_MOST_TOLD]) + (f" And {more} more files." if more > 0 else "")


def _turn(
    file: ReviewedFile, pupil: Pupil | None, version: StandardVersion, by: Person
) -> Document:
    check_can_match(file=file, scope=current_scope())
    if pupil is None:
        raise Refused("Choose the pupil it is about, or leave it unticked.")
    answers: dict[str, Any] = {
        key: value for key, value in file.answers.items() if key not in _FROM_REGISTER
    }
    answers |= _beside(file)
    document = create_document(
        pupil=pupil, version=version, answers=answers, source=file.stored, by=by
    )
    file.pupil, file.looked_at, file.document = pupil, True, document
    return document


def _beside(file: ReviewedFile) -> dict[str, str]:
    """Words no field takes go along as answers without a place, so that nothing is lost."""
    found: dict[str, str] = {}
    for word in file.unmatched:
        label = word["label"] or "Other words in the file"
        found[label] = f"{found[label]}\n{word['text']}" if label in found else word["text"]
    return found
