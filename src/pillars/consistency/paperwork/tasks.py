"""Work in the background: reading the files of a review, checking documents each night."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from procrastinate.contrib.django import app

from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.models import Document, Review, ReviewedFile
from pillars.consistency.paperwork.review.report import ReviewReport
from pillars.consistency.paperwork.review.run import Reading, report_on
from pillars.consistency.paperwork.services.documents import recheck_documents
from pillars.consistency.paperwork.services.reviews import (
    finish_review,
    note_progress,
    stop_review,
)
from pillars.foundation.scope import Scope, entered
from pillars.foundation.services import SYSTEM
from pillars.people.organisations.models import School

_BATCH = 10
log = logging.getLogger(__name__)


@app.task(queue="reviews", pass_context=False)
def read_files(*, school_id: int, trust_id: int | None, review_id: int) -> None:
    """Reads a review's files a few at a time, so that the page can say how far it has come.

    Each batch is a transaction of its own: a worker that stops loses ten files' work, and the
    review can be started again. It runs for the school, whoever is signed in.
    """
    try:
        with _in_school(school_id, trust_id):
            review = Review.objects.select_related("version").get(pk=review_id)
            definition = review.version.parsed
            keys = list(
                ReviewedFile.objects.filter(review=review, stored__isnull=False)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
        report = _read(school_id, trust_id, review, definition, keys)
        with _in_school(school_id, trust_id):
            finish_review(review=review, report=report, by=SYSTEM)
    except Exception:
        log.exception("Review %s could not be finished", review_id)
        with _in_school(school_id, trust_id):
            for stopped in Review.objects.filter(pk=review_id):
                stop_review(review=stopped, by=SYSTEM)
        raise


@app.periodic(cron="0 4 * * *")
@app.task(queue="nightly", queueing_lock="recheck_all_documents", pass_context=False)
def recheck_all_documents(timestamp: int) -> None:
    """Before the nightly count: what the checks say of documents in use, as of the new day."""
    with transaction.atomic():
        schools = list(School.objects.filter(joined_on__isnull=False).values_list("pk", "trust_id"))
    for school_id, trust_id in schools:
        with _in_school(school_id, trust_id):
            documents = Document.objects.of_school(school_id).live()
            recheck_documents(
                documents=documents.select_related("pupil").prefetch_related("version"), by=SYSTEM
            )


def _read(
    school_id: int, trust_id: int | None, review: Review, definition: Definition, keys: list[int]
) -> ReviewReport:
    reading = Reading(definition, review.on)
    for start in range(0, len(keys), _BATCH):
        with _in_school(school_id, trust_id):
            rows = ReviewedFile.objects.filter(pk__in=keys[start : start + _BATCH])
            for file in rows.select_related("stored"):
                if file.stored is not None:
                    reading.add(file.name, bytes(file.stored.content))
            note_progress(review=review, done=min(start + _BATCH, len(keys)), by=SYSTEM)
    return report_on(definition, review.on, reading.outcomes)


@contextmanager
def _in_school(school_id: int, trust_id: int | None) -> Iterator[None]:
    trusts = [trust_id] if trust_id is not None else []
    with transaction.atomic(), entered(Scope.of_system(schools=[school_id], trusts=trusts)):
        yield
