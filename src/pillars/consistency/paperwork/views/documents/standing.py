"""Reading a document, and what becomes of it: agreed, reviewed, reopened, renewed, archived."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pillars.consistency.paperwork.differences import answer_differences
from pillars.consistency.paperwork.forms.documents import ContributionForm, ReviewForm
from pillars.consistency.paperwork.models import Contribution
from pillars.consistency.paperwork.queries.checking import findings_today
from pillars.consistency.paperwork.queries.documents import document_parts
from pillars.consistency.paperwork.queries.history import versions_of_document
from pillars.consistency.paperwork.queries.standards import versions_in_force
from pillars.consistency.paperwork.services import documents as services
from pillars.consistency.paperwork.views.documents.shared import (
    ROOM,
    address,
    agree,
    attempt,
    back_to_document,
    document_or_404,
    log_document,
    reasons,
)
from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import SchoolRequest, school_page


@school_page(Permission.VIEW_DOCUMENTS)
@require_GET
def document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """A document to read: what it says, how it stands and what can be done next."""
    shown = document_or_404(request, document_id)
    log_document(request, shown, "document")
    newest = versions_in_force(request.school).get(shown.standard_key)
    context: dict[str, Any] = {
        "page_title": shown.version.standard.title,
        "room": ROOM,
        "document": shown,
        "parts": document_parts(shown),
        "findings": findings_today(shown, today=timezone.localdate()),
        "reasons": reasons(request, shown),
        "past_review": shown.is_past_review(on=timezone.localdate()),
        "newest": newest,
        "behind": newest is not None and newest.pk != shown.version_id,
    }
    return render(request, "paperwork/documents/document.html", context)


@school_page(Permission.AGREE_DOCUMENTS)
@require_POST
def agree_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Agree a draft."""
    return agree(request, document_or_404(request, document_id))


@school_page(Permission.AGREE_DOCUMENTS)
@require_POST
def reopen_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Make an agreed or archived document a draft again."""
    shown = document_or_404(request, document_id)
    act = partial(services.reopen_document, document=shown, by=request.user)
    if attempt(request, act, "It is a draft again. Change what is needed, then agree it."):
        return redirect(address("write_document", request, document_id=shown.pk))
    return back_to_document(request, shown)


@school_page(Permission.AGREE_DOCUMENTS)
@require_POST
def archive_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Put a document away."""
    shown = document_or_404(request, document_id)
    act = partial(services.archive_document, document=shown, by=request.user)
    attempt(request, act, "Archived. It is kept and can be taken up again.")
    return back_to_document(request, shown)


@school_page(Permission.WRITE_DOCUMENTS)
@require_POST
def renew_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Begin the next document from the answers of this one."""
    shown = document_or_404(request, document_id)
    version = versions_in_force(request.school).get(shown.standard_key, shown.version)
    act = partial(services.renew_document, document=shown, version=version, by=request.user)
    done = "A new draft holds the last answers. Change what is different and set the review date."
    renewed = attempt(request, act, done)
    if renewed is None:
        return back_to_document(request, shown)
    return redirect(address("write_document", request, document_id=renewed.pk))


@school_page(Permission.WRITE_DOCUMENTS)
@require_POST
def bring_up_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Bring one document up to the newest version of its standard."""
    shown = document_or_404(request, document_id)
    result = services.bring_up_documents(
        documents=[shown], newest=versions_in_force(request.school), by=request.user
    )
    if result.refused:
        messages.error(request, result.refused[0][1])
    elif result.reopened:
        messages.warning(
            request, "Brought up. The new version asks for more, so it is a draft again."
        )
    else:
        messages.success(request, "Brought up to the newest version.")
    return back_to_document(request, shown)


@school_page(Permission.AGREE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def review_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """A review found the document still right: set the next review date."""
    shown = document_or_404(request, document_id)
    reason = reasons(request, shown)["review"]
    if reason:
        messages.error(request, reason)
        return back_to_document(request, shown)
    form = ReviewForm(request.POST or None, label_suffix="")
    if form.is_valid():
        try:
            services.review_document(
                document=shown, review_on=form.cleaned_data["review_on"], by=request.user
            )
        except Refused as refusal:
            form.add_error("review_on", str(refusal))
        else:
            messages.success(request, "Reviewed. The next review date is set.")
            return back_to_document(request, shown)
    context = {
        "page_title": "Review",
        "room": ROOM,
        "document": shown,
        "form": form,
        "submit_text": "It is still right",
    }
    return render(
        request,
        "paperwork/documents/review.html",
        context,
        status=422 if form.is_bound else 200,
    )


@school_page(Permission.WRITE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def contributors(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Who had a part in a document, and when."""
    shown = document_or_404(request, document_id)
    reason = reasons(request, shown)["write"]
    form = ContributionForm(request.POST or None, label_suffix="", initial={"on": _today()})
    if form.is_valid():
        try:
            services.add_contribution(document=shown, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Added.")
            return redirect(address("contributors", request, document_id=shown.pk))
    context = {
        "page_title": "Who took part",
        "room": ROOM,
        "document": shown,
        "form": form,
        "reason": reason,
    }
    return render(
        request,
        "paperwork/documents/contributors.html",
        context,
        status=422 if form.is_bound else 200,
    )


@school_page(Permission.WRITE_DOCUMENTS)
@require_POST
def remove_contribution(
    request: SchoolRequest, document_id: int, contribution_id: int
) -> HttpResponse:
    """Take back a contribution written down by mistake."""
    shown = document_or_404(request, document_id)
    found = Contribution.objects.filter(
        document=shown, school=request.school, pk=contribution_id
    ).first()
    if found is None:
        raise Http404
    act = partial(services.remove_contribution, contribution=found, by=request.user)
    attempt(request, act, "Removed.")
    return redirect(address("contributors", request, document_id=shown.pk))


@school_page(Permission.VIEW_DOCUMENTS)
@require_GET
def document_history(request: SchoolRequest, document_id: int) -> HttpResponse:
    """Every version of a document: who changed what, and when."""
    shown = document_or_404(request, document_id)
    log_document(request, shown, "history")
    context = {
        "page_title": "History",
        "room": ROOM,
        "document": shown,
        "versions": versions_of_document(shown),
    }
    return render(request, "paperwork/documents/history.html", context)


@school_page(Permission.VIEW_DOCUMENTS)
@require_GET
def compare_document(request: SchoolRequest, document_id: int) -> HttpResponse:
    """A document beside the one it renews."""
    shown = document_or_404(request, document_id)
    earlier = shown.renewed_from
    if earlier is None:
        raise Http404
    log_document(request, shown, "compare")
    context = {
        "page_title": "Compare with last time",
        "room": ROOM,
        "document": shown,
        "earlier": earlier,
        "rows": [
            {
                "title": one.field.title,
                "left": one.before,
                "right": one.after,
                "differs": one.differs,
            }
            for one in answer_differences(shown.version.parsed, earlier.answers, shown.answers)
        ],
    }
    return render(request, "paperwork/documents/compare.html", context)


def _today() -> Any:
    return timezone.localdate()
