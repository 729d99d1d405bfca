"""How a document stands: agreed, reviewed, reopened, renewed, archived."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from pillars.consistency.paperwork.checks import Severity, run_checks
from pillars.consistency.paperwork.differences import carry_over
from pillars.consistency.paperwork.models import (
    Contribution,
    Document,
    DocumentState,
    StandardVersion,
)
from pillars.consistency.paperwork.queries.checking import (
    IN_DATE,
    check_document,
    review_key,
)
from pillars.consistency.paperwork.rules.documents import (
    check_can_agree,
    check_can_archive,
    check_can_renew,
    check_can_reopen,
    check_can_review,
    check_can_write,
)
from pillars.consistency.paperwork.services.documents.making import (
    ONE_DRAFT,
    refused_when_taken,
    told_by_register,
)
from pillars.consistency.paperwork.services.documents.writing import lock_document, write
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Person


@service
def agree_document(*, document: Document, by: Person) -> Document:
    """A draft becomes the agreed document; the one it follows is archived.

    The checks are run on what is stored now, not on what a page showed earlier.
    """
    today = timezone.localdate()
    document = lock_document(document)
    check_document(document, today=today)
    check_can_agree(document=document, scope=current_scope(), today=today)
    for earlier in Document.objects.filter(
        school_id=document.school_id,
        pupil_id=document.pupil_id,
        standard_key=document.standard_key,
        state=DocumentState.AGREED,
    ):
        _move(earlier, DocumentState.ARCHIVED)
    document.agreed_on = document.reviewed_on = today
    document.agreed_by = by
    document.state = DocumentState.AGREED
    document.save()
    return document


@service
def review_document(*, document: Document, review_on: date, by: Person) -> Document:
    """An agreed document was looked at again and is still right; `review_on` is the next time.

    Raises Refused with the check's own sentence when that day is not one the standard allows.
    """
    document = lock_document(document)
    check_can_review(document=document, scope=current_scope())
    definition = document.version.parsed
    key = review_key(definition)
    today = timezone.localdate()
    if review_on <= today:
        raise Refused("The next review date has to be after today.")
    if key is None:
        document.review_on = review_on
    else:
        answers = document.answers | {key: review_on.isoformat()}
        for finding in run_checks(definition, answers, today=today):
            if finding.check == IN_DATE and finding.severity is Severity.MUST:
                raise Refused(f"{finding.message.rstrip('.')}. {finding.advice}")
        write(document, answers, by)
    document.reviewed_on = today
    document.save(update_fields=["reviewed_on", "review_on"])
    return document


@service
def reopen_document(*, document: Document, by: Person) -> Document:
    """An agreed or archived document is a draft again, to be changed."""
    document = lock_document(document)
    check_can_reopen(document=document, scope=current_scope())
    document.agreed_on = document.agreed_by = None
    check_document(document, today=timezone.localdate())
    document.state = DocumentState.DRAFT
    with refused_when_taken(ONE_DRAFT):
        document.save()
    return document


@service
def renew_document(*, document: Document, version: StandardVersion, by: Person) -> Document:
    """A new draft with the last answers carried forward onto `version`; only its review date is
    to be set anew. The document it renews stays in use until the draft is agreed.
    """
    document = lock_document(document)
    check_can_renew(document=document, scope=current_scope())
    definition = version.parsed
    carried = carry_over(document.answers, document.version.parsed, definition)
    answers = carried.answers | told_by_register(definition, document.pupil, None)
    answers.pop(review_key(definition) or "", None)
    renewal = Document(
        school_id=document.school_id,
        pupil=document.pupil,
        version=version,
        standard_key=document.standard_key,
        answers=answers,
        left_over=document.left_over | dict(carried.left_over),
        owner=document.owner or by,
        renewed_from=document,
        made_by=by,
        saved_by=by,
    )
    check_document(renewal, today=timezone.localdate())
    with refused_when_taken(ONE_DRAFT):
        renewal.save()
    return renewal


@service
def archive_document(*, document: Document, by: Person) -> Document:
    """Put a document away. It is kept, and can be taken up again."""
    document = lock_document(document)
    check_can_archive(document=document, scope=current_scope())
    _move(document, DocumentState.ARCHIVED)
    return document


@service
def add_contribution(
    *, document: Document, name: str, relation: str, on: date, by: Person
) -> Contribution:
    """Write down that somebody had a part in a document on a day. Saying it twice is once."""
    check_can_write(document=document, scope=current_scope())
    if on > timezone.localdate():
        raise Refused("That day is in the future. Give the day they took part.")
    contribution, _ = Contribution.objects.get_or_create(
        school_id=document.school_id,
        document=document,
        name=name.strip(),
        relation=relation,
        on=on,
    )
    return contribution


@service
def remove_contribution(*, contribution: Contribution, by: Person) -> None:
    """Take back a contribution that was written down by mistake."""
    check_can_write(document=contribution.document, scope=current_scope())
    contribution.delete()


def _move(document: Document, state: DocumentState) -> None:
    document.state = state
    document.save(update_fields=["state"])
