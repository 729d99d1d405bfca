"""What reviews say: the report of one, its files by what they have or lack, the school's last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from pillars.consistency.paperwork.checks import Finding, Severity
from pillars.consistency.paperwork.models import (
    Document,
    DocumentState,
    Review,
    ReviewedFile,
)
from pillars.consistency.paperwork.review.layouts import Layout
from pillars.consistency.paperwork.review.pupils import Likely, Named, named
from pillars.consistency.paperwork.review.report import (
    FieldFound,
    ReviewedDocument,
    ReviewReport,
    UnreadableFile,
)
from pillars.consistency.paperwork.review.run import summarise
from pillars.consistency.paperwork.review.single import Unmatched
from pillars.people.register.models import Pupil

_HEAVY = ("answers", "proposed")


def reviews_of(school_id: int) -> Sequence[Review]:
    """The school's reviews, newest first, with how many of their files became documents."""
    return list(
        Review.objects.filter(school_id=school_id)
        .select_related("version__standard", "made_by")
        .annotate(turned=Count("files", filter=Q(files__document__isnull=False)))
        .order_by("-made_at", "-pk")
    )


def review_report(review: Review) -> ReviewReport:
    """The whole report of a review that is ready, made from its files. One query."""
    definition = review.version.parsed
    files = list(
        ReviewedFile.objects.filter(school_id=review.school_id, review=review).defer(*_HEAVY)
    )
    keys = [field.key for field in definition.fields]
    documents = [_document(one, keys) for one in files if one.layout is not None]
    unreadable = [UnreadableFile(one.name, one.reason) for one in files if one.layout is None]
    held: dict[int, list[str]] = {}
    for document in documents:
        held.setdefault(document.layout, []).append(document.file)
    layouts = [
        Layout(one["number"], one["name"], tuple(held[one["number"]]))
        for one in review.layouts
        if one["number"] in held
    ]
    return summarise(definition, review.on, documents, layouts, unreadable)


def _document(one: ReviewedFile, keys: Sequence[str]) -> ReviewedDocument:
    return ReviewedDocument(
        file=one.name,
        layout=one.layout or 0,
        fields={key: FieldFound(key in one.fields, one.fields.get(key, "")) for key in keys},
        findings=findings_of(one),
        unmatched=tuple(Unmatched(word["label"], word["text"]) for word in one.unmatched),
        answers={},
        missing=tuple(one.missing),
        score=one.score,
    )


def findings_of(file: ReviewedFile) -> tuple[Finding, ...]:
    """What the checks said about a file when it was read."""
    return tuple(
        Finding(
            check=one["check"],
            field=one["field"],
            severity=Severity(one["severity"]),
            message=one["message"],
            advice=one["advice"],
            example=one["example"],
        )
        for one in file.findings
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which of a review's files to show, and the sentence that says so."""

    title: str
    files: tuple[str, ...]


def files_by(report: ReviewReport, by: str, which: str) -> Chosen | None:
    """The files behind one number of the report; None when there is no such number.

    `by` is "all", "complete", "overdue", "unreadable", "best", "weakest", "layout", "without",
    "with", "failing" or "help"; `which` is the field, check or number it asks about.
    """
    plain = {
        "all": Chosen("All files that could be read", tuple(d.file for d in report.documents)),
        "complete": Chosen("Files that have all that is required", report.complete),
        "best": Chosen("Your best files", tuple(one.file for one in report.best)),
        "weakest": Chosen("Where to start", tuple(one.file for one in report.weakest)),
        "overdue": Chosen("Files past their review date, or without one", report.overdue),
        "unreadable": Chosen(
            "Files that could not be read", tuple(one.file for one in report.unreadable)
        ),
    }
    if by in plain:
        return plain[by]
    return _by_field(report, by, which) or _by_other(report, by, which)


def _by_field(report: ReviewReport, by: str, which: str) -> Chosen | None:
    count = next((one for one in report.fields if one.key == which), None)
    if count is None or by not in {"with", "without"}:
        return None
    if by == "without":
        return Chosen(f"Files without “{count.title}”", count.missing)
    lacking = set(count.missing)
    having = tuple(one.file for one in report.documents if one.file not in lacking)
    return Chosen(f"Files with “{count.title}”", having)


def _by_other(report: ReviewReport, by: str, which: str) -> Chosen | None:
    if by == "failing":
        check = next((one for one in report.checks if one.check == which), None)
        return Chosen(f"Files to mend: {check.title}", check.failing) if check else None
    if by == "layout":
        layout = next((one for one in report.layouts if str(one.number) == which), None)
        return Chosen(f"Files in the format “{layout.name}”", layout.files) if layout else None
    if by == "help" and which.isdecimal() and 0 < int(which) <= len(report.five_things):
        thing = report.five_things[int(which) - 1]
        return Chosen(thing.sentence, thing.files)
    return None


def files_of(review: Review) -> Sequence[ReviewedFile]:
    """Every file of a review with its pupil and document."""
    return list(
        ReviewedFile.objects.filter(school_id=review.school_id, review=review)
        .select_related("pupil", "document", "stored")
        .defer("stored__content", "unmatched", "answers")
    )


def named_pupils(school_id: int) -> list[Named]:
    """Every pupil on roll, in the ways the name may be written."""
    rows = Pupil.objects.of_school(school_id).on_roll()
    return [
        named(*row)
        for row in rows.values_list("pk", "forename", "surname", "known_as", "class_group")
    ]


def proposals_of(file: ReviewedFile) -> list[Likely]:
    """The pupils a file may be about, likeliest first."""
    return [Likely(one["pupil"], one["likeness"]) for one in file.proposed]


def pupils_by_id(school_id: int, keys: set[int]) -> Mapping[int, Pupil]:
    """Those of these pupils who are in the school."""
    return Pupil.objects.of_school(school_id).in_bulk(keys)


def search_pupils(school_id: int, words: str) -> Sequence[Pupil]:
    """Pupils on roll whose names hold all of these words; at most twenty."""
    rows = Pupil.objects.of_school(school_id).on_roll()
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(forename__icontains=word) | Q(surname__icontains=word) | Q(known_as__icontains=word)
        )
    return list(rows[:20])


def pupils_with_draft(school_id: int, keys: set[int], standard_key: str) -> set[int]:
    """Those of these pupils who have a draft of the standard already."""
    rows = Document.objects.of_school(school_id).filter(
        pupil_id__in=keys, standard_key=standard_key, state=DocumentState.DRAFT
    )
    return set(rows.values_list("pupil_id", flat=True))
