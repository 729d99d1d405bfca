"""The rows behind the figures of an import, and those that could not be taken as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pillars.exchange.tables import Sheet, write_workbook
from pillars.foundation.permissions import Permission
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.register.codes import PROVISION_TITLES, YEAR_TITLES, Provision
from pillars.people.register.models import Pupil, RegisterImport
from pillars.people.register.plan import in_words
from pillars.people.register.previews import Preview, preview_of
from pillars.people.register.views.import_frame import address, frame, import_here, where

A_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROW = {"text": "Row", "numeric": True}
Shape = Callable[[SchoolRequest, Preview], Sequence[Any]]
KINDS = {
    "new": ("New pupils", "These pupils would be added to the register."),
    "changed": ("Changed pupils", "What would change for pupils already on the register."),
    "unchanged": ("Unchanged pupils", "The file says the same as the register."),
    "left": ("Pupils not in the file", "On the register, and not mentioned by the file."),
    "problems": ("Rows that cannot be taken", "Each row with the reason. The rest can go on."),
    "warnings": ("Rows to look at", "These rows are taken. Each says what to check."),
}


def new_rows(_: SchoolRequest, preview: Preview) -> Sequence[Any]:
    return [
        [
            f"{c.identity.surname}, {c.identity.forename}",
            c.row,
            YEAR_TITLES.get(c.identity.year_group, "–"),
            c.identity.class_group or "–",
            PROVISION_TITLES[Provision(c.status or "N")],
            ", ".join(need.code for need in c.needs or ()) or "–",
        ]
        for c in preview.plan.new
    ]


def changed_rows(_: SchoolRequest, preview: Preview) -> Sequence[Any]:
    return [
        [
            f"{c.identity.surname}, {c.identity.forename}",
            c.row,
            {"text": "", "lines": [in_words(each) for each in c.differences]},
        ]
        for c in preview.plan.changed
    ]


def unchanged_rows(request: SchoolRequest, preview: Preview) -> Sequence[Any]:
    names = names_of(request, [key for _, key in preview.plan.unchanged])
    return [[names.get(key, "–"), row] for row, key in preview.plan.unchanged]


def left_rows(request: SchoolRequest, preview: Preview) -> Sequence[Any]:
    names = names_of(request, preview.plan.left)
    found = sorted(preview.plan.left, key=lambda key: names.get(key, ""))
    return [
        {"id": key, "label": names.get(key, ""), "cells": [names.get(key, "–")]} for key in found
    ]


def issue_rows(_: SchoolRequest, preview: Preview) -> Sequence[Any]:
    return [[issue.row, issue.reason] for issue in preview.problems]


def warning_rows(_: SchoolRequest, preview: Preview) -> Sequence[Any]:
    return [[issue.row or "–", issue.reason] for issue in preview.warnings]


def names_of(request: SchoolRequest, keys: Sequence[int]) -> dict[int, str]:
    rows = Pupil.objects.of_school(request.school.pk).filter(pk__in=keys)
    return {pupil.pk: pupil.list_name for pupil in rows}


SHAPES: dict[str, tuple[Shape, list[Any]]] = {
    "new": (new_rows, ["Name", ROW, "Year", "Class", "SEN status", "Needs"]),
    "changed": (changed_rows, ["Name", ROW, "What would change"]),
    "unchanged": (unchanged_rows, ["Name", ROW]),
    "left": (left_rows, ["Name"]),
    "problems": (issue_rows, ["Row", "Reason"]),
    "warnings": (warning_rows, ["Row", "What to check"]),
}


@school_page(Permission.IMPORT_REGISTER)
def import_rows(request: SchoolRequest, import_id: int, kind: str) -> HttpResponse:
    """The rows behind a figure."""
    made = import_here(request, import_id)
    if kind not in KINDS or made.state != RegisterImport.State.PREVIEWED:
        raise Http404
    preview = preview_of(made, today=timezone.localdate())
    shape, head = SHAPES[kind]
    lines = shape(request, preview)
    selecting = kind == "left"
    page = Paginator(lines, max(len(lines), 1) if selecting else A_PAGE).get_page(
        request.GET.get("page")
    )
    title, lede = KINDS[kind]
    context = {
        **frame(request, title),
        "back": {"title": "What this file would do", "url": address("import", request, made)},
        "lede": lede,
        "made": made,
        "here": where(request, made),
        "head": head,
        "rows": page.object_list,
        "page": page,
        "kind": kind,
        "selecting": selecting,
        "fingerprint": preview.fingerprint(),
        "reason": " ".join(preview.reading.blockers),
    }
    return render(request, "register/import_rows.html", context)


@school_page(Permission.IMPORT_REGISTER)
def import_problems(request: SchoolRequest, import_id: int) -> HttpResponse:
    """The rows that could not be taken, as they were, with a reason each, as a spreadsheet."""
    made = import_here(request, import_id)
    today = timezone.localdate()
    preview = preview_of(made, today=today)
    issues: Sequence[tuple[int, str]] = (
        [(row, reason) for row, reason in made.problems]
        if made.state == RegisterImport.State.APPLIED
        else preview.problems
    )
    table = preview.table
    headings = table.headings if table else ()
    cells = {row.number: row.cells for row in table.rows} if table else {}
    sheet = Sheet(
        "Rows not taken",
        ("Row", "Reason", *headings),
        [(row, reason, *cells.get(row, ())) for row, reason in issues],
    )
    file = io.BytesIO()
    write_workbook(file, [sheet])
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="rows-not-taken.xlsx"'
    return response
