"""What the pages of documents have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pillars.consistency.paperwork.models import Document
from pillars.consistency.paperwork.queries.documents import whole_document
from pillars.consistency.paperwork.queries.standards import versions_in_force
from pillars.consistency.paperwork.rules import documents as rules
from pillars.consistency.paperwork.services.documents import agree_document
from pillars.foundation.services import Refused
from pillars.foundation.viewing import log_viewing
from pillars.people.organisations.access import SchoolRequest

ROOM = "paperwork"


def document_or_404(request: SchoolRequest, document_id: int) -> Document:
    """The document, if it is this school's."""
    document = whole_document(request.school.pk, document_id)
    if document is None:
        raise Http404
    return document


def log_document(request: SchoolRequest, document: Document, page: str) -> None:
    """Write down that this person opened this pupil's document."""
    log_viewing(
        school_id=request.school.pk,
        person_id=request.user.pk,
        subject_kind="document",
        subject_id=document.pk,
        page=page,
    )


def address(name: str, request: SchoolRequest, **kwargs: Any) -> str:
    """The address of a page of this school's paperwork."""
    return reverse(f"paperwork:{name}", kwargs={"urn": request.school.urn, **kwargs})


def back_to_document(request: SchoolRequest, document: Document) -> HttpResponse:
    """Send the browser to the document's page."""
    return redirect(address("document", request, document_id=document.pk))


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> Any:
    """Do something and say so; when it is refused, say why instead. Gives back what came of it."""
    try:
        result = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, done)
    return result


def reasons(request: SchoolRequest, document: Document) -> dict[str, str]:
    """For each thing that can be done with a document, why it cannot be done now, or nothing."""
    scope, today = request.scope, timezone.localdate()
    newest = versions_in_force(request.school).get(document.standard_key)
    checks = {
        "write": partial(rules.check_can_write, document=document, scope=scope),
        "agree": partial(rules.check_can_agree, document=document, scope=scope, today=today),
        "review": partial(rules.check_can_review, document=document, scope=scope),
        "reopen": partial(rules.check_can_reopen, document=document, scope=scope),
        "renew": partial(rules.check_can_renew, document=document, scope=scope),
        "archive": partial(rules.check_can_archive, document=document, scope=scope),
        "bring_up": partial(
            rules.check_can_bring_up,
            document=document,
            newest=newest.pk if newest else None,
            scope=scope,
        ),
    }
    return {name: rules.reason_against(check) for name, check in checks.items()}


def agree(request: SchoolRequest, document: Document) -> HttpResponse:
    """Agree a document; when it cannot be agreed, say why and go back to writing."""
    done = "Agreed. Print it for everybody who teaches this pupil."
    if attempt(request, partial(agree_document, document=document, by=request.user), done):
        return back_to_document(request, document)
    return redirect(address("write_document", request, document_id=document.pk))
