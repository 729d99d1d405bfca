"""Which pupil each file is about, looked at by a person; then the files become documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pillars.consistency.paperwork.models import Review, ReviewedFile
from pillars.consistency.paperwork.queries.reviews import (
    files_of,
    proposals_of,
    pupils_by_id,
    pupils_with_draft,
)
from pillars.consistency.paperwork.review.pupils import is_sure
from pillars.consistency.paperwork.services.reviews import match_file, turn_into_documents
from pillars.consistency.paperwork.views.reviews.shared import (
    address,
    file_or_404,
    frame,
    review_or_404,
    to_report,
)
from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.register.models import Pupil

NOBODY = ""
_DRAFTED = {"text": "Has a draft already", "tone": "watch"}


@school_page(Permission.REVIEW_PAPERWORK)
@require_http_methods(["GET", "POST"])
def review_pupils(request: SchoolRequest, review_id: int) -> HttpResponse:
    """Every file that can become a document, with the pupil it seems to be about."""
    made = review_or_404(request, review_id)
    if not made.is_ready:
        return to_report(request, made)
    problem = ""
    if request.method == "POST":
        try:
            documents = turn_into_documents(review=made, choices=_choices(request), by=request.user)
        except Refused as refusal:
            problem = str(refusal)
        else:
            count = len(documents)
            draft = "draft" if count == 1 else "drafts"
            messages.success(request, f"Made {count} {draft}. Read each one, then agree it.")
            url = address("documents", request)
            return redirect(f"{url}?state=draft&standard={made.version.standard.key}")
    rows = _rows(request, made)
    context = frame(request, "Which pupil is each file about?", made) | {
        "problem": problem,
        "rows": [row for row in rows if not row["document_url"]],
        "turned": [row for row in rows if row["document_url"]],
        "can_turn": request.scope.can(Permission.WRITE_DOCUMENTS, school=request.school.pk),
    }
    return render(request, "paperwork/reviews/pupils.html", context, status=422 if problem else 200)


def _choices(request: SchoolRequest) -> dict[int, int]:
    """Ticked files with the pupil chosen beside each; 0 where nobody was chosen."""
    found: dict[int, int] = {}
    for value in request.POST.getlist("file"):
        if value.isdecimal():
            pupil = request.POST.get(f"pupil-{value}", NOBODY)
            found[int(value)] = int(pupil) if pupil.isdecimal() else 0
    return found


def _rows(request: SchoolRequest, made: Review) -> list[dict[str, Any]]:
    files = [one for one in files_of(made) if one.is_readable]
    proposals = {one.pk: proposals_of(one) for one in files}
    wanted = {like.key for found in proposals.values() for like in found}
    wanted |= {one.pupil_id for one in files if one.pupil_id is not None}
    wanted |= {pupil for pupil in _choices(request).values() if pupil}
    pupils = pupils_by_id(request.school.pk, wanted)
    drafted = pupils_with_draft(request.school.pk, wanted, made.version.standard.key)
    return [_row(request, made, one, pupils, drafted) for one in files]


def _row(
    request: SchoolRequest,
    made: Review,
    file: ReviewedFile,
    pupils: Mapping[int, Pupil],
    drafted: set[int],
) -> dict[str, Any]:
    found = proposals_of(file)
    chosen, ticked = _chosen(request, file, drafted, sure=is_sure(found))
    keys = dict.fromkeys([*([chosen] if chosen else []), *(one.key for one in found)])
    return {
        "id": file.pk,
        "name": file.name,
        "url": address("review_file", request, review_id=made.pk, file_id=file.pk),
        "said": file.fields.get("pupil_name", ""),
        "where": file.fields.get("class_group", ""),
        "choices": [(key, _called(pupils[key])) for key in keys if key in pupils],
        "chosen": chosen,
        "ticked": ticked,
        "state": _DRAFTED if chosen in drafted else _state(file, sure=is_sure(found)),
        "document_url": (
            address("document", request, document_id=file.document_id) if file.document_id else ""
        ),
    }


def _chosen(
    request: SchoolRequest, file: ReviewedFile, drafted: set[int], *, sure: bool
) -> tuple[int | None, bool]:
    """The pupil and the tick to show: what was sent, when something was; else what is known."""
    if request.method == "POST":
        pupil = request.POST.get(f"pupil-{file.pk}", NOBODY)
        ticked = str(file.pk) in request.POST.getlist("file")
        return (int(pupil) if pupil.isdecimal() else None), ticked
    free = file.pupil_id is not None and file.pupil_id not in drafted
    return file.pupil_id, free and (sure or file.looked_at)


def _state(file: ReviewedFile, *, sure: bool) -> dict[str, str]:
    if file.looked_at:
        return {"text": "You chose" if file.pupil_id else "Nobody here", "tone": "plain"}
    if sure:
        return {"text": "Same name", "tone": "good"}
    if file.proposed:
        return {"text": "Look at this one", "tone": "watch"}
    return {"text": "No pupil found", "tone": "poor"}


def _called(pupil: Pupil) -> str:
    where = " · ".join(filter(None, [pupil.year_title, pupil.class_group]))
    return f"{pupil.full_name} ({where})" if where else pupil.full_name


@school_page(Permission.REVIEW_PAPERWORK)
@require_POST
def match_review_file(request: SchoolRequest, review_id: int, file_id: int) -> HttpResponse:
    """Say which pupil one file is about, or that it is nobody here."""
    made = review_or_404(request, review_id)
    file = file_or_404(request, made, file_id)
    value = request.POST.get("pupil", NOBODY)
    pupil = None
    if value.isdecimal():
        pupil = pupils_by_id(request.school.pk, {int(value)}).get(int(value))
        if pupil is None:
            messages.error(request, "That pupil is not on the register here. Choose another.")
            return redirect(address("review_file", request, review_id=made.pk, file_id=file.pk))
    try:
        match_file(file=file, pupil=pupil, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Saved." if pupil else "Saved: this file is about nobody here.")
    return redirect(address("review_pupils", request, review_id=made.pk))
