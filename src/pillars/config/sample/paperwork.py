"""The sample's passports: read from examples/passports by the review, and turned into documents.

One school keeps its files for the tutorial. In the others the SENDCo has gone on from there: two
drafts in three have been filled in, and what passes the checks is agreed.
"""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from pillars.config.sample.described import described, example
from pillars.config.sample.written import additions, whole
from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.consistency.paperwork.queries.standards import versions_in_force
from pillars.consistency.paperwork.review.report import ReviewedDocument
from pillars.consistency.paperwork.review.run import review
from pillars.consistency.paperwork.services.documents import (
    agree_document,
    create_document,
    save_draft,
)
from pillars.consistency.paperwork.shipped import SHIPPED
from pillars.foundation.models import StoredFile
from pillars.foundation.permissions import Role
from pillars.foundation.scope import Scope, entered
from pillars.foundation.services import Refused
from pillars.people.organisations.models import Person, School
from pillars.people.register.models import Pupil

STANDARD = "pupil-passport"
FILLED_IN = 3  # of so many drafts, all but one
WRITTEN_ANEW = {999002: 0.3, 999003: 0.75}  # URN → share of pupils who had no file
CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}


def load(say: Callable[[str], None]) -> None:
    """Drafts from the files that can be read, some of them filled in and agreed."""
    folder = example("passports")
    say("  passports from examples/passports, in whatever layout they are")
    read = review([folder], SHIPPED[STANDARD], today=timezone.localdate()).documents
    for told in described()["schools"]:
        if told["in_trust"]:
            school = School.objects.get(urn=told["urn"])
            with transaction.atomic(), entered(Scope.of_system(schools=[school.pk])):
                _bring_in(school, read, folder)


def _bring_in(school: School, read: tuple[ReviewedDocument, ...], folder: Path) -> None:
    if Document.objects.filter(school=school).exists():
        return
    version = versions_in_force(school)[STANDARD]
    senco = Person.objects.get(memberships__school=school, memberships__role=Role.SENCO.value)
    pupils = {
        f"{pupil.forename} {pupil.surname}".casefold(): pupil
        for pupil in Pupil.objects.filter(school=school, left_on=None)
    }
    for found in read:
        pupil = pupils.get(str(found.answers.get("pupil_name", "")).casefold())
        if pupil is None:
            continue
        source = _kept(folder / found.file, school, senco)
        document = create_document(
            pupil=pupil, version=version, answers=found.answers, source=source, by=senco
        )
        if document.pk % FILLED_IN:
            _go_on(document, senco)
    _write_more(school, version, senco)


def _kept(file: Path, school: School, by: Person) -> StoredFile:
    stored = StoredFile.holding(
        school_id=school.pk,
        name=file.name,
        content_type=CONTENT_TYPES[file.suffix],
        content=file.read_bytes(),
        by_id=by.pk,
    )
    stored.save()
    return stored


def _go_on(document: Document, senco: Person) -> None:
    """Fill in what the old file lacked, and agree the passport if the checks let it."""
    answers = additions(document.answers, document.pk, senco.name, timezone.localdate())
    saved = save_draft(document=document, answers=answers, revision=document.revision, by=senco)
    _agree(saved.document, senco)


def _agree(document: Document, senco: Person) -> None:
    try:
        with transaction.atomic():
            agree_document(document=document, by=senco)
    except Refused:
        return  # it stays a draft, and says what is in the way


def _write_more(school: School, version: StandardVersion, senco: Person) -> None:
    """Passports the school wrote on the standard from the start, for some of those without one."""
    share = WRITTEN_ANEW.get(school.urn, 0.0)
    without = Pupil.objects.of_school(school.pk).on_register().filter(documents__isnull=True)
    for turn, pupil in enumerate(without.order_by("upn", "pk")):
        if turn * share % 1 >= share:
            continue
        answers = whole(turn, senco.name, timezone.localdate())
        document = create_document(pupil=pupil, version=version, answers=answers, by=senco)
        _agree(document, senco)
