"""What the pages of reviews have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from pillars.consistency.paperwork.models import Review, ReviewedFile
from pillars.people.organisations.access import SchoolRequest

ROOM = "paperwork"


def review_or_404(request: SchoolRequest, review_id: int) -> Review:
    """The review, if it is this school's."""
    rows = Review.objects.filter(school=request.school)
    return get_object_or_404(rows.select_related("version__standard", "made_by"), pk=review_id)


def file_or_404(request: SchoolRequest, review: Review, file_id: int) -> ReviewedFile:
    """A file of the review, if it is this school's."""
    rows = ReviewedFile.objects.filter(school=request.school, review=review)
    rows = rows.select_related("pupil", "document", "stored").defer("stored__content")
    return get_object_or_404(rows, pk=file_id)


def address(name: str, request: SchoolRequest, **kwargs: Any) -> str:
    """The address of a page of this school's reviews."""
    return reverse(f"paperwork:{name}", kwargs={"urn": request.school.urn, **kwargs})


def to_report(request: SchoolRequest, review: Review) -> HttpResponse:
    """Send the browser to the review's report."""
    return redirect(address("review", request, review_id=review.pk))


def frame(request: SchoolRequest, title: str, review: Review | None = None) -> dict[str, Any]:
    """The page's title, its room, and the way back."""
    if review is None:
        back = {"title": "Paperwork", "url": address("documents", request)}
    else:
        back = {"title": "Report", "url": address("review", request, review_id=review.pk)}
    return {"page_title": title, "room": ROOM, "back": back, "review": review}
