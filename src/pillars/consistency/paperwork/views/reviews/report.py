"""The report of a review: on the page, as a spreadsheet, and on paper for the team."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pillars.consistency.paperwork.models import Review
from pillars.consistency.paperwork.queries.reviews import review_report
from pillars.consistency.paperwork.review.report import ReviewReport
from pillars.consistency.paperwork.review.writing import (
    figures,
    heading,
    letter,
    printed,
    workbook,
)
from pillars.consistency.paperwork.views.reviews.shared import address, frame, review_or_404
from pillars.foundation.permissions import Permission
from pillars.people.organisations.access import SchoolRequest, school_page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@school_page(Permission.REVIEW_PAPERWORK)
@require_GET
def review(request: SchoolRequest, review_id: int) -> HttpResponse:
    """How far the reading has come; once it is done, what the files say."""
    made = review_or_404(request, review_id)
    if not made.is_ready:
        context = _frame(request, "Reading the files", made)
        return render(request, "paperwork/reviews/reading.html", context)
    report = review_report(made)
    context = _frame(request, heading(report), made) | _report(request, made, report)
    return render(request, "paperwork/reviews/report.html", context)


def _frame(request: SchoolRequest, title: str, made: Review) -> dict[str, Any]:
    back = {"title": "Reviews", "url": address("reviews", request)}
    return frame(request, title, made) | {"back": back}


def _report(request: SchoolRequest, made: Review, report: ReviewReport) -> dict[str, Any]:
    def opens(by: str, which: object = "") -> str:
        query = urlencode({"by": by} | ({"which": which} if which != "" else {}))
        return f"{address('review_files', request, review_id=made.pk)}?{query}"

    keys = ["all", "complete", "overdue", "unreadable"]
    return {
        "report": report,
        "lede": _lede(made),
        "figures": [
            {"value": number, "label": words, "note": more, "url": url}
            for (number, words, more), url in zip(
                figures(report), ["#formats", *(opens(key) for key in keys[1:])], strict=True
            )
        ],
        "bars": [
            {
                "label": count.title,
                "n": count.present,
                "of": count.of,
                "url": opens("without" if count.missing else "with", count.key),
            }
            for count in report.required_fields
        ],
        "checks": [
            {
                "label": count.title,
                "n": count.passed,
                "of": count.of,
                "url": opens("failing", count.check) if count.failing else "",
            }
            for count in report.checks
        ],
        "formats": [
            [
                {"text": f"{letter(one.number)} · {one.name}", "url": opens("layout", one.number)},
                one.where or "–",
                len(one.files),
                len(one.complete),
            ]
            for one in report.layouts
        ],
        "things": [
            {"text": thing.sentence, "url": opens("help", place)}
            for place, thing in enumerate(report.five_things, start=1)
        ],
        "quotes": [one.quote for one in report.best if one.quote],
        "best_url": opens("best"),
        "weakest": report.weakest,
        "weakest_url": opens("weakest"),
        "all_url": opens("all"),
        "sheet_url": address("review_spreadsheet", request, review_id=made.pk),
        "pdf_url": address("review_pdf", request, review_id=made.pk),
        "pupils_url": address("review_pupils", request, review_id=made.pk),
        "can_turn": request.scope.can(Permission.WRITE_DOCUMENTS, school=request.school.pk),
    }


def _lede(made: Review) -> str:
    when = timezone.localtime(made.made_at)
    standard = made.version.standard.title
    return (
        f"Read on {when:%-d %B %Y at %H:%M} against {standard}, version {made.version.number}. "
        "Nothing left this system."
    )


@school_page(Permission.REVIEW_PAPERWORK)
@require_GET
def review_spreadsheet(request: SchoolRequest, review_id: int) -> HttpResponse:
    """The report as a spreadsheet, a row for each file."""
    made = review_or_404(request, review_id)
    if not made.is_ready:
        return redirect(address("review", request, review_id=made.pk))
    return _download(workbook(review_report(made)), _XLSX, f"review-{made.on}.xlsx")


@school_page(Permission.REVIEW_PAPERWORK)
@require_GET
def review_pdf(request: SchoolRequest, review_id: int) -> HttpResponse:
    """The report for the team as a PDF."""
    made = review_or_404(request, review_id)
    if not made.is_ready:
        return redirect(address("review", request, review_id=made.pk))
    return _download(printed(review_report(made)), "application/pdf", f"review-{made.on}.pdf")


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
