"""Writes a review down: as JSON for other programs, as a spreadsheet, as a printed report."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from pillars.consistency.paperwork.checks import Severity
from pillars.consistency.paperwork.review.report import ReviewedDocument, ReviewReport
from pillars.exchange.tables import Sheet, write_workbook
from pillars.exchange.typeset import typeset

TEMPLATE = Path(__file__).with_name("report.typ")


def as_json(report: ReviewReport) -> dict[str, Any]:
    """The review as plain data, documents sorted by file. The shape is promised to users."""
    return {
        "standard": report.standard,
        "documents": [_document(one) for one in report.documents],
        "layouts": len(report.layouts),
        "unreadable": [{"file": one.file, "reason": one.reason} for one in report.unreadable],
        "summary": {
            count.key: {"present": count.present, "of": count.of}
            for count in report.fields
            if count.required
        },
    }


def _document(one: ReviewedDocument) -> dict[str, Any]:
    return {
        "file": one.file,
        "layout": one.layout,
        "fields": {
            key: {"present": found.present, "text": found.text} for key, found in one.fields.items()
        },
        "findings": [
            {
                "check": finding.check,
                "field": finding.field,
                "severity": str(finding.severity),
                "message": finding.message,
            }
            for finding in one.findings
        ],
        "unmatched": [{"label": word.label, "text": word.text} for word in one.unmatched],
    }


def json_text(report: ReviewReport) -> str:
    """The same as text, letters as they are."""
    return json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n"


def workbook(report: ReviewReport) -> bytes:
    """The review as a spreadsheet: a summary, a row for each file, each finding, each format."""
    buffer = io.BytesIO()
    write_workbook(
        buffer,
        [
            _summary_sheet(report),
            _files_sheet(report),
            _findings_sheet(report),
            _formats_sheet(report),
            _unmatched_sheet(report),
            _unreadable_sheet(report),
        ],
    )
    return buffer.getvalue()


def _summary_sheet(report: ReviewReport) -> Sheet:
    rows: list[Sequence[object]] = [
        ["Files read", len(report.documents), ""],
        ["Files that could not be read", len(report.unreadable), ""],
        ["Different formats in use", len(report.layouts), ""],
        ["Have all that is required", len(report.complete), len(report.documents)],
    ]
    rows += [[f"Have “{count.title}”", count.present, count.of] for count in report.fields]
    rows += [[f"Pass “{count.title}”", count.passed, count.of] for count in report.checks]
    rows += [[f"Would help: {one.sentence}", len(one.files), ""] for one in report.five_things]
    return Sheet("Summary", ["What", "Files", "Of"], rows)


def _files_sheet(report: ReviewReport) -> Sheet:
    titles = [count.title for count in report.fields]
    keys = [count.key for count in report.fields]
    rows = [
        [
            one.file,
            one.layout,
            one.has_all_required,
            sum(1 for finding in one.findings if finding.severity != Severity.GOOD),
            *(one.text(key) for key in keys),
        ]
        for one in report.documents
    ]
    return Sheet("Files", ["File", "Format", "All required", "To mend", *titles], rows)


def _findings_sheet(report: ReviewReport) -> Sheet:
    titles = {count.key: count.title for count in report.fields}
    severities = {Severity.MUST: "Must", Severity.SHOULD: "Should", Severity.GOOD: "Good"}
    rows = [
        [
            one.file,
            severities[finding.severity],
            titles.get(finding.field or "", ""),
            finding.message,
            finding.advice,
        ]
        for one in report.documents
        for finding in one.findings
    ]
    return Sheet("Findings", ["File", "How much it matters", "Field", "Finding", "Advice"], rows)


def _formats_sheet(report: ReviewReport) -> Sheet:
    rows = [
        [one.number, one.name, one.where, len(one.files), len(one.complete), "\n".join(one.files)]
        for one in report.layouts
    ]
    headings = ["Format", "What it looks like", "Where", "Files", "Complete", "Which files"]
    return Sheet("Formats", headings, rows)


def _unmatched_sheet(report: ReviewReport) -> Sheet:
    rows = [[one.file, word.label, word.text] for one in report.documents for word in one.unmatched]
    return Sheet("Not in the standard", ["File", "Label", "Text"], rows)


def _unreadable_sheet(report: ReviewReport) -> Sheet:
    rows = [[one.file, one.reason] for one in report.unreadable]
    return Sheet("Could not be read", ["File", "Why"], rows)


def printed(report: ReviewReport) -> bytes:
    """The report for the team as a PDF, tagged so that a screen reader can read it.

    It names files, which schools often name after pupils: it is for the team, not the wall.
    """
    made_at = datetime.combine(report.today, time(12), UTC)
    return typeset(TEMPLATE, _for_print(report), made_at=made_at)


def _for_print(report: ReviewReport) -> dict[str, Any]:
    of = len(report.documents)
    return {
        "title": heading(report),
        "standard": report.title,
        "day": f"{report.today.day} {report.today:%B %Y}",
        "figures": [
            {"number": str(number), "words": words, "more": more}
            for number, words, more in figures(report)
        ],
        "fields": [
            {"title": count.title, "present": count.present, "of": count.of}
            for count in report.required_fields
        ],
        "checks": [
            {"title": count.title, "passed": count.passed, "of": count.of}
            for count in report.checks
        ],
        "layouts": [
            {
                "name": f"{letter(one.number)} · {one.name}",
                "where": one.where,
                "files": len(one.files),
                "complete": len(one.complete),
            }
            for one in report.layouts
        ],
        "things": [one.sentence for one in report.five_things],
        "best": [{"file": one.file, "why": one.why, "quote": one.quote} for one in report.best],
        "weakest": [{"file": one.file, "why": one.why, "quote": ""} for one in report.weakest],
        "unreadable": [{"file": one.file, "reason": one.reason} for one in report.unreadable],
        "of": of,
    }


def heading(report: ReviewReport) -> str:
    """ "What 47 passports say", in the standard's own word."""
    word = report.title.split()[-1].lower() if report.title else "document"
    count = len(report.documents)
    return f"What {count} {word if count == 1 else word + 's'} {'says' if count == 1 else 'say'}"


def figures(report: ReviewReport) -> list[tuple[int, str, str]]:
    """The four numbers that open the report: how many, of what, and what it is measured against."""
    of = len(report.documents)
    one = len(report.layouts) == 1
    return [
        (
            len(report.layouts),
            f"{'format' if one else 'different formats'} in use",
            "the goal is one",
        ),
        (len(report.complete), "have all that is required", f"of {of}"),
        (len(report.overdue), "past their review date", "or have none"),
        (len(report.unreadable), "could not be read", ""),
    ]


def letter(number: int) -> str:
    """A format's letter: A, B … Z, AA."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
