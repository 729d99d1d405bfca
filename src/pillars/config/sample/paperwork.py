"""The sample's passports: read from examples/passports by the review, and turned into documents.

One school keeps its files for the tutorial. In the others the SENDCo has gone on from there: two
drafts in three have been filled in, and what passes the checks is agreed.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from pillars.config.sample.described import described, example
from pillars.consistency.paperwork.models import Document
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
    answers = _additions(document.answers, document.pk, senco)
    saved = save_draft(
        document=document, answers=answers, revision=document.revision, by=senco
    ).document
    try:
        with transaction.atomic():
            agree_document(document=saved, by=senco)
    except Refused:
        return  # it stays a draft, and says what is in the way


def _additions(answers: Mapping[str, Any], turn: int, senco: Person) -> dict[str, Any]:
    """What the SENDCo wrote where the old file had nothing. Invented, like everything here."""
    today = timezone.localdate()
    wanted: dict[str, Any] = {key: texts[turn % len(texts)] for key, texts in WRITTEN_SINCE.items()}
    asked = today - timedelta(days=10 + turn % 30)
    wanted["parent_view"] = f"{wanted['parent_view']} (At parents’ evening, {asked:%-d %B %Y}.)"
    wanted["owner"] = senco.name
    missing = {key: value for key, value in wanted.items() if not answers.get(key)}
    due = answers.get("review_date")
    if not due or date.fromisoformat(due) <= today:
        missing["review_date"] = (today + timedelta(days=60 + 7 * (turn % 30))).isoformat()
    return missing


WRITTEN_SINCE: dict[str, tuple[Any, ...]] = {
    "about_me": (
        "I am kind to younger children. My friends say I am funny.",
        "I am good at fixing things. I never give up on a puzzle.",
    ),
    "important_to_me": (
        "My dog, my nan, and knowing what happens next.",
        "Football on Fridays. Sitting with my friend at lunch.",
        "Time to draw. I like people to ask before they touch my things.",
    ),
    "avoid": (
        "Please do not make me read aloud without asking me first.",
        "Please do not shout across the room. It makes my tummy hurt.",
        "Do not change my seat without telling me. I find crowds in the corridor hard.",
    ),
    "access_arrangements": (
        "None needed this year.",
        "I use a reading pen in every test. I work in the small room with Mrs Okoro.",
        "I have 25 per cent extra time in every test.",
    ),
    "parent_view": (
        "We see a happier child in the mornings.",
        "Homework is still a struggle after tea. Ten minutes is enough.",
        "The card for a break works at home as well.",
    ),
    "contributors": (
        ["The pupil", "Parent", "Class teacher"],
        ["The pupil", "Parent", "Teaching assistant", "SENDCo"],
    ),
}
