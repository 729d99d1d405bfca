"""Making documents: for one pupil, or for many at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from pillars.consistency.paperwork.answers import problem_with
from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.consistency.paperwork.queries.checking import check_document
from pillars.consistency.paperwork.rules.documents import check_can_make
from pillars.foundation.models import StoredFile
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Person
from pillars.people.register.models import Pupil

ONE_DRAFT = "Somebody began a draft for this pupil just now. Open it and go on from there."


@contextmanager
def refused_when_taken(sentence: str) -> Iterator[None]:
    """Two people at the same moment: the second is told so, and the database keeps its rule."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        raise Refused(sentence) from problem


@service
def create_document(
    *,
    pupil: Pupil,
    version: StandardVersion,
    by: Person,
    answers: Mapping[str, Any] | None = None,
    source: StoredFile | None = None,
) -> Document:
    """A draft for one pupil, its name and class filled in from the register.

    `answers` (by field key, as the standard stores them) come from a file that was read;
    `source` is that file. Raises Refused when the pupil has a draft of that standard already.
    """
    check_can_make(pupil=pupil, standard_key=version.standard.key, scope=current_scope())
    document = _draft(pupil, version, by, answers or {}, source)
    with refused_when_taken(ONE_DRAFT):
        document.save()
    return document


@service
def create_documents(
    *, pupils: Sequence[Pupil], version: StandardVersion, by: Person
) -> tuple[list[Document], list[tuple[Pupil, str]]]:
    """Drafts for many pupils at once, and those it could not be done for, each with the reason.

    The pupils are of one school. Takes the same few queries for one as for a whole school.
    """
    made: list[Document] = []
    refused: list[tuple[Pupil, str]] = []
    key = version.standard.key
    drafted = set(
        Document.objects.filter(pupil__in=pupils, standard_key=key, state="draft").values_list(
            "pupil_id", flat=True
        )
    )
    for pupil in pupils:
        try:
            check_can_make(
                pupil=pupil,
                standard_key=key,
                scope=current_scope(),
                has_draft=pupil.pk in drafted,
            )
        except Refused as refusal:
            refused.append((pupil, str(refusal)))
        else:
            made.append(_draft(pupil, version, by, {}, None))
    with refused_when_taken("Somebody made one of these just now. Look at the list again."):
        Document.objects.bulk_create(made, batch_size=500)
    return made, refused


def _draft(
    pupil: Pupil,
    version: StandardVersion,
    by: Person,
    answers: Mapping[str, Any],
    source: StoredFile | None,
) -> Document:
    definition = version.parsed
    known = {
        key: value
        for key, value in answers.items()
        if definition.has(key) and not problem_with(definition.field(key), value)
    }
    left = {key: value for key, value in answers.items() if key not in known}
    document = Document(
        school_id=pupil.school_id,
        pupil=pupil,
        version=version,
        standard_key=version.standard.key,
        answers=told_by_register(definition, pupil, by) | known,
        left_over=left,
        owner=by,
        source=source,
        made_by=by,
        saved_by=by,
    )
    check_document(document, today=timezone.localdate())
    return document


def told_by_register(definition: Definition, pupil: Pupil, owner: Person | None) -> dict[str, str]:
    """What the register already knows, so that nobody types it again."""
    told = {"pupil_name": pupil.full_name, "class_group": pupil.class_group}
    if owner is not None:
        told["owner"] = owner.name
    return {key: value for key, value in told.items() if value and definition.has(key)}
