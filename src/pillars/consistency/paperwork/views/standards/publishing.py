"""Seeing a draft filled in, publishing it, or leaving it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pillars.consistency.paperwork.checks import run_checks
from pillars.consistency.paperwork.example import example_answers
from pillars.consistency.paperwork.forms.documents import DocumentForm
from pillars.consistency.paperwork.queries.standards import documents_behind_next, versions_of
from pillars.consistency.paperwork.rules.standards import reason_against_publishing
from pillars.consistency.paperwork.services.standards import discard_draft, publish_standard
from pillars.consistency.paperwork.views.standards.drafting import differences_of
from pillars.consistency.paperwork.views.standards.shared import (
    ROOM,
    Seat,
    attempt,
    back,
    draft_or_404,
    revision_sent,
)
from pillars.foundation.services import Refused
from pillars.people.organisations.access import PersonRequest


def preview(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """The draft as the form people will write in, filled in with its own examples."""
    found = draft_or_404(seat, standard_id)
    definition, today = found.parsed, timezone.localdate()
    answers = example_answers(definition, today=today)
    form = DocumentForm(definition=definition, answers=answers, revision=0)
    context = {
        "page_title": "Preview",
        "room": ROOM,
        "back": back("The draft", seat.url("standard_draft", standard_id=standard_id)),
        "definition": definition,
        "sections": [(section, form.parts(section)) for section in definition.sections],
        "said": run_checks(definition, answers, today=today),
    }
    return render(request, "paperwork/standards/preview.html", context)


def publish(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """What the next version changes, in plain words; then publish it."""
    found = draft_or_404(seat, standard_id)
    if request.method == "POST":
        try:
            version = publish_standard(
                draft=found, revision=revision_sent(request), by=request.user
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Version {version.number} is published.")
            return redirect(seat.url("standard", standard_id=standard_id))
    versions = versions_of(found.standard)
    context = {
        "page_title": "Publish",
        "room": ROOM,
        "seat": seat,
        "back": back("The draft", seat.url("standard_draft", standard_id=standard_id)),
        "draft": found,
        "number": versions[0].number + 1 if versions else 1,
        "differences": differences_of(found),
        "documents": documents_behind_next(found.standard),
        "reason": reason_against_publishing(
            found, versions[0].parsed if versions else None, scope=request.scope
        ),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "paperwork/standards/publish.html", context, status=status)


@require_POST
def discard(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """Leave the draft: the standard stays as it was last published."""
    found = draft_or_404(seat, standard_id)
    attempt(
        request,
        lambda: discard_draft(draft=found, by=request.user),
        "The draft is gone. Nothing that was published has changed.",
    )
    return redirect(seat.url("standards"))
