"""What the checks of its standard say about a document."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from pillars.consistency.paperwork.checks import Finding, Severity, run_checks
from pillars.consistency.paperwork.definition import Definition, FieldType
from pillars.consistency.paperwork.models import Document

IN_DATE = "in_date"
KEPT = ["findings", "failing_required", "date_required", "review_on", "checked_on"]


def check_document(document: Document, *, today: date) -> list[Finding]:
    """Run every check and set what a document keeps of them, without saving.

    That the review date goes by is left to `Document.review_on`, so that it is true on any day.
    """
    definition = document.version.parsed
    findings = run_checks(
        definition, document.answers, today=today, forename=document.pupil.first_name
    )
    setting = definition.setting(IN_DATE)
    document.review_on = review_day(definition, document.answers)
    document.date_required = setting is not None and setting.required
    gone = document.review_on is None or document.review_on < today
    document.failing_required = sum(
        1
        for finding in findings
        if finding.severity is Severity.MUST and not (finding.check == IN_DATE and gone)
    )
    document.findings = [asdict(finding) for finding in findings]
    document.checked_on = today
    return findings


def findings_today(document: Document, *, today: date) -> list[dict[str, Any]]:
    """What the checks say, as of today: those stored, run again when they are of another day."""
    if document.checked_on != today:
        check_document(document, today=today)
    order = {"must": 0, "should": 1, "good": 2}
    return sorted(document.findings, key=lambda finding: order[finding["severity"]])


def review_key(definition: Definition) -> str | None:
    """The key of the date that says when a document is reviewed."""
    setting = definition.setting(IN_DATE)
    named = setting.fields if setting is not None else ()
    for key in (*named, "review_date"):
        if definition.has(key) and definition.field(key).type is FieldType.DATE:
            return key
    return None


def review_day(definition: Definition, answers: dict[str, Any]) -> date | None:
    """When a document is to be reviewed, or nothing where it does not say a day."""
    key = review_key(definition)
    try:
        return date.fromisoformat(answers[key]) if key else None
    except (KeyError, TypeError, ValueError):
        return None
