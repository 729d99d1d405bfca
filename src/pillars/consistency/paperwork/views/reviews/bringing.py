"""Bringing files in to be reviewed, and the reviews there have been."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pillars.consistency.paperwork.forms.reviews import BringFilesForm
from pillars.consistency.paperwork.models import Review
from pillars.consistency.paperwork.queries.reviews import reviews_of
from pillars.consistency.paperwork.queries.standards import versions_in_force
from pillars.consistency.paperwork.services.reviews import read_again, start_review
from pillars.consistency.paperwork.tasks import read_files
from pillars.consistency.paperwork.views.reviews.shared import (
    address,
    frame,
    review_or_404,
    to_report,
)
from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import SchoolRequest, school_page

_TONES = {"waiting": "plain", "reading": "plain", "ready": "good", "failed": "poor"}


@school_page(Permission.REVIEW_PAPERWORK)
@require_http_methods(["GET", "POST"])
def reviews(request: SchoolRequest) -> HttpResponse:
    """Choose the files; below it, the reviews there have been."""
    versions = versions_in_force(request.school)
    form = BringFilesForm(versions, request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = BringFilesForm(versions, request.POST, request.FILES)
        started = _started(request, form)
        if started is not None:
            return started
    context = frame(request, "Review the files you already have") | {
        "form": form,
        "rows": [_row(request, one) for one in reviews_of(request.school.pk)],
    }
    return render(
        request, "paperwork/reviews/bring.html", context, status=422 if form.is_bound else 200
    )


def _started(request: SchoolRequest, form: BringFilesForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        review = start_review(
            school=request.school,
            version=form.version,
            files=form.cleaned_data["uploads"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error("uploads", str(refusal))
        return None
    _read_in_background(request, review)
    return to_report(request, review)


def _read_in_background(request: SchoolRequest, review: Review) -> None:
    read_files.defer(
        school_id=request.school.pk, trust_id=request.school.trust_id, review_id=review.pk
    )


@school_page(Permission.REVIEW_PAPERWORK)
@require_POST
def read_review_again(request: SchoolRequest, review_id: int) -> HttpResponse:
    """Start a review that stopped once more."""
    review = review_or_404(request, review_id)
    try:
        read_again(review=review, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        _read_in_background(request, review)
    return redirect(address("review", request, review_id=review.pk))


def _row(request: SchoolRequest, one: Any) -> list[Any]:
    day = timezone.localtime(one.made_at)
    url = address("review", request, review_id=one.pk)
    return [
        {"text": f"{day:%-d %B %Y, %H:%M}", "url": url},
        one.version.standard.title,
        one.of,
        len(one.layouts) if one.is_ready else "–",
        one.turned,
        {"text": one.get_state_display(), "tone": _TONES[one.state]},
    ]
