"""What may be done with a document, and the sentence when it may not.

Services and buttons ask the same check, so a disabled button says truthfully why.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pillars.consistency.paperwork.models import Document, DocumentQuerySet, DocumentState
from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope
from pillars.foundation.services import Refused
from pillars.people.register.models import Pupil


def check_can_make(
    *, pupil: Pupil, standard_key: str, scope: Scope, has_draft: bool | None = None
) -> None:
    """A document can be made for a pupil on roll who has no draft of that standard yet.

    `has_draft` is told by callers that have looked it up for many pupils at once.
    """
    _check_permission(
        Permission.WRITE_DOCUMENTS, pupil.school_id, scope, "make passports and plans"
    )
    if pupil.left_on is not None:
        raise Refused("This pupil has left the school, so nothing new can be made for them.")
    if has_draft is None:
        has_draft = Document.objects.filter(
            school_id=pupil.school_id,
            pupil=pupil,
            standard_key=standard_key,
            state=DocumentState.DRAFT,
        ).exists()
    if has_draft:
        raise Refused("This pupil has a draft already. Open it and go on from there.")


def check_can_write(*, document: Document, scope: Scope) -> None:
    """Only a draft can be written in; an agreed document is reopened first."""
    _check_permission(
        Permission.WRITE_DOCUMENTS, document.school_id, scope, "write passports and plans"
    )
    if document.is_agreed:
        raise Refused("This document is agreed. Reopen it to change it, or renew it.")
    if document.is_archived:
        raise Refused("This document is archived. Take it up again to change it.")


def check_can_agree(*, document: Document, scope: Scope, today: date) -> None:
    """A draft can be agreed when it passes every required check."""
    _check_permission(Permission.AGREE_DOCUMENTS, document.school_id, scope, "agree documents")
    _check_transition(document, DocumentState.AGREED)
    reasons = failing_messages(document, today=today)
    if reasons:
        raise Refused(until_put_right(reasons))


def check_can_review(*, document: Document, scope: Scope) -> None:
    """An agreed document can be reviewed: looked at again and found still right."""
    _check_permission(Permission.AGREE_DOCUMENTS, document.school_id, scope, "review documents")
    if not document.is_agreed:
        raise Refused("Only an agreed document can be reviewed.")


def check_can_reopen(*, document: Document, scope: Scope) -> None:
    """An agreed document can be changed again, unless a newer draft has been begun."""
    _check_permission(Permission.AGREE_DOCUMENTS, document.school_id, scope, "reopen documents")
    if document.is_draft:
        raise Refused("This document is a draft already.")
    if _sisters(document).filter(state=DocumentState.DRAFT).exists():
        raise Refused("A newer draft has been begun for this pupil. Go on from that one.")


def check_can_renew(*, document: Document, scope: Scope) -> None:
    """An agreed document can be renewed once: its answers carried into a new draft."""
    _check_permission(Permission.WRITE_DOCUMENTS, document.school_id, scope, "renew documents")
    if document.is_draft:
        raise Refused("This document is a draft. Agree it first, then renew it when it is due.")
    if document.pupil.left_on is not None:
        raise Refused("This pupil has left the school, so the document cannot be renewed.")
    if _sisters(document).filter(state=DocumentState.DRAFT).exists():
        raise Refused("A new draft has been begun for this pupil. Go on from that one.")


def check_can_archive(*, document: Document, scope: Scope) -> None:
    """Any document in use can be put away; it can be taken up again."""
    _check_permission(Permission.AGREE_DOCUMENTS, document.school_id, scope, "archive documents")
    if document.is_archived:
        raise Refused("This document is archived already.")


def check_can_bring_up(*, document: Document, newest: int | None, scope: Scope) -> None:
    """A document in use can be brought up when a newer version of its standard is in force."""
    _check_permission(Permission.WRITE_DOCUMENTS, document.school_id, scope, "change documents")
    if document.is_archived:
        raise Refused("This document is archived. Take it up again first.")
    if newest is None:
        raise Refused("The standard of this document is no longer in use in this school.")
    if document.version_id == newest:
        raise Refused("This document is on the newest version already.")


def reason_against(check: Callable[[], None]) -> str:
    """The sentence a check gives, or nothing when it allows: what a disabled button says."""
    try:
        check()
    except Refused as refusal:
        return str(refusal)
    return ""


def failing_messages(document: Document, *, today: date) -> list[str]:
    """What must be put right before a document can be agreed, in the order it is shown."""
    messages = [
        str(finding["message"]) for finding in document.findings if finding["severity"] == "must"
    ]
    # The findings may be of an earlier day; a date goes by without anybody writing.
    told = any(f["check"] == "in_date" and f["severity"] == "must" for f in document.findings)
    if document.date_required and document.is_past_review(on=today) and not told:
        messages.append("The review date has gone by")
    return messages


def until_put_right(reasons: list[str]) -> str:
    """One sentence from what is failing: the first reason, and how many more there are."""
    first = reasons[0].rstrip(".")
    if len(reasons) == 1:
        return f"You can agree it when this is put right: {first}."
    return f"You can agree it when {len(reasons)} things are put right. First: {first}."


def _sisters(document: Document) -> DocumentQuerySet:
    return Document.objects.filter(
        school_id=document.school_id,
        pupil_id=document.pupil_id,
        standard_key=document.standard_key,
    ).exclude(pk=document.pk)


def _check_permission(permission: Permission, school_id: int, scope: Scope, doing: str) -> None:
    if not scope.can(permission, school=school_id):
        raise Refused(f"Your role does not let you {doing} here. Ask your SENCo if you need it.")


def _check_transition(document: Document, state: DocumentState) -> None:
    if not document.can_become(state):
        raise Refused(f"This document is {document.get_state_display().lower()} already.")
