"""The files of a review: those behind a number, and one with all that was found in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from pillars.consistency.paperwork.checks import Severity
from pillars.consistency.paperwork.models import Review, ReviewedFile
from pillars.consistency.paperwork.queries.reviews import (
    files_by,
    files_of,
    findings_of,
    proposals_of,
    pupils_by_id,
    review_report,
    search_pupils,
)
from pillars.consistency.paperwork.review.writing import letter
from pillars.consistency.paperwork.views.reviews.shared import (
    address,
    file_or_404,
    frame,
    review_or_404,
    to_report,
)
from pillars.foundation.models import StoredFile
from pillars.foundation.permissions import Permission
from pillars.foundation.viewing import log_viewing
from pillars.people.organisations.access import SchoolRequest, school_page


@school_page(Permission.REVIEW_PAPERWORK)
@require_GET
def review_files(request: SchoolRequest, review_id: int) -> HttpResponse:
    """The files that one number of the report counts."""
    made = review_or_404(request, review_id)
    if not made.is_ready:
        return to_report(request, made)
    report = review_report(made)
    chosen = files_by(report, request.GET.get("by", "all"), request.GET.get("which", ""))
    if chosen is None:
        raise Http404
    wanted = set(chosen.files)
    place = {file: number for number, file in enumerate(chosen.files)}
    files = [one for one in files_of(made) if one.name in wanted]
    files.sort(key=lambda one: place[one.name])
    context = frame(request, chosen.title, made) | {
        "rows": [_row(request, made, one) for one in files],
        "unreadable": bool(files) and not any(one.is_readable for one in files),
    }
    return render(request, "paperwork/reviews/files.html", context)


def _row(request: SchoolRequest, made: Review, one: ReviewedFile) -> list[Any]:
    url = address("review_file", request, review_id=made.pk, file_id=one.pk)
    name = {"text": one.name, "url": url}
    if not one.is_readable:
        return [name, one.reason]
    to_mend = sum(1 for finding in one.findings if finding["severity"] != Severity.GOOD)
    missing = len(one.missing)
    return [
        name,
        letter(one.layout or 0),
        {"text": "Nothing missing", "tone": "good"} if not missing else f"{missing} missing",
        to_mend,
        _became(request, one),
    ]


def _became(request: SchoolRequest, one: ReviewedFile) -> Any:
    if one.document_id is None:
        return "–"
    url = address("document", request, document_id=one.document_id)
    return {"text": "Document", "url": url, "hidden": f"made from {one.name}"}


@school_page(Permission.REVIEW_PAPERWORK)
@require_GET
def review_file(request: SchoolRequest, review_id: int, file_id: int) -> HttpResponse:
    """One file: the fields with their words, the findings, what no field takes, and its pupil."""
    made = review_or_404(request, review_id)
    if not made.is_ready:
        return to_report(request, made)
    file = file_or_404(request, made, file_id)
    log_viewing(
        school_id=request.school.pk,
        person_id=request.user.pk,
        subject_kind="pupil" if file.pupil_id else "reviewed file",
        subject_id=file.pupil_id or file.pk,
        page="reviewed file",
    )
    definition = made.version.parsed
    context = frame(request, "A reviewed file", made) | {
        "file": file,
        "fields": [
            {
                "title": field.title,
                "text": file.fields.get(field.key, ""),
                "required": field.required,
            }
            for field in definition.fields
        ],
        "findings": findings_of(file),
        "original_url": address("review_original", request, review_id=made.pk, file_id=file.pk),
        "match_url": address("match_review_file", request, review_id=made.pk, file_id=file.pk),
        "pupils_url": address("review_pupils", request, review_id=made.pk),
        **_pupils(request, file),
    }
    return render(request, "paperwork/reviews/file.html", context)


def _pupils(request: SchoolRequest, file: ReviewedFile) -> dict[str, Any]:
    """Who the file may be about: the likeliest, and those a search finds."""
    search = request.GET.get("name", "").strip()[:80]
    keys = [one.key for one in proposals_of(file)]
    known = pupils_by_id(request.school.pk, set(keys))
    found = search_pupils(request.school.pk, search) if search else []
    likely = [known[key] for key in keys if key in known]
    return {
        "search": search,
        "likely": [_choice(pupil) for pupil in likely],
        "found": [_choice(pupil) for pupil in found],
    }


def _choice(pupil: Any) -> dict[str, Any]:
    where = " · ".join(filter(None, [pupil.year_title, pupil.class_group]))
    return {"id": pupil.pk, "name": pupil.full_name, "where": where}


@school_page(Permission.REVIEW_PAPERWORK)
@require_GET
def review_original(request: SchoolRequest, review_id: int, file_id: int) -> HttpResponse:
    """The file as it came."""
    made = review_or_404(request, review_id)
    file = file_or_404(request, made, file_id)
    if file.stored_id is None:
        raise Http404
    stored = StoredFile.objects.get(school=request.school, pk=file.stored_id)
    log_viewing(
        school_id=request.school.pk,
        person_id=request.user.pk,
        subject_kind="pupil" if file.pupil_id else "reviewed file",
        subject_id=file.pupil_id or file.pk,
        page="original of a reviewed file",
    )
    # Always a download, never shown in the browser: it is somebody else's file.
    response = HttpResponse(bytes(stored.content), content_type="application/octet-stream")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=stored.name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
