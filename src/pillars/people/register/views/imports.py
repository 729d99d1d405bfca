"""Bringing in a register: the file, what it would do, its columns, its rows, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.register.columns import COLUMNS
from pillars.people.register.forms import ColumnsForm, RegisterFileForm
from pillars.people.register.models import RegisterImport
from pillars.people.register.previews import Preview, preview_of
from pillars.people.register.services import (
    apply_register_import,
    preview_register_import,
    remember_columns,
    set_aside_register_import,
)
from pillars.people.register.views.import_frame import address, frame, import_here, where

SHOWN = 20


@school_page(Permission.IMPORT_REGISTER)
def imports(request: SchoolRequest) -> HttpResponse:
    """Choose a file; below, the files brought in before."""
    posted = request.method == "POST"
    form = RegisterFileForm(request.POST, request.FILES) if posted else RegisterFileForm()
    if posted and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = preview_register_import(
                school=request.school, name=upload.name, content=upload.read(), by=request.user
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(address("import", request, made))
    before = (
        RegisterImport.objects.filter(school=request.school)
        .select_related("made_by", "file")
        .defer("file__content", "problems")[:20]
    )
    context = {
        "page_title": "Bring in the register",
        "room": "pupils",
        "back": {"title": "Pupils", "url": reverse("register:pupils", args=[request.school.urn])},
        "form": form,
        "submit_text": "Show what it would do",
        "lede": "Nothing changes until you have seen what the file would do and say so.",
        "before": [past_row(request, each) for each in before],
    }
    status = 422 if form.is_bound else 200
    return render(request, "register/imports.html", context, status=status)


def past_row(request: SchoolRequest, made: RegisterImport) -> list[Any]:
    tone = {"applied": "good", "previewed": "watch"}.get(made.state, "plain")
    done = f"{made.counts.get('new', 0):,} new, {made.counts.get('changed', 0):,} changed"
    return [
        {"text": made.file.name, "url": address("import", request, made)},
        f"{timezone.localtime(made.made_at):%-d %B %Y, %H:%M}",
        str(made.made_by or "The command line"),
        {"text": made.get_state_display(), "tone": tone},
        done,
    ]


@school_page(Permission.IMPORT_REGISTER)
def import_page(request: SchoolRequest, import_id: int) -> HttpResponse:
    """What a file would do, in figures that open onto its rows; then apply it."""
    made = import_here(request, import_id)
    if made.state != RegisterImport.State.PREVIEWED:
        return show_past(request, made)
    preview = preview_of(made, today=timezone.localdate())
    form = columns_form(preview)
    return show_preview(request, made, preview, form)


def show_past(request: SchoolRequest, made: RegisterImport) -> HttpResponse:
    applied = made.state == RegisterImport.State.APPLIED
    counts = made.counts
    context = {
        **frame(request, "The register was brought in" if applied else "The file was set aside"),
        "made": made,
        "applied": applied,
        "figures": [
            {"value": f"{counts.get(key, 0):,}", "label": label}
            for key, label in (
                ("new", "new pupils"),
                ("changed", "changed"),
                ("unchanged", "unchanged"),
                ("left", "marked as having left"),
            )
        ],
        "problems": [[row, reason] for row, reason in made.problems],
        "here": where(request, made),
    }
    return render(request, "register/import_done.html", context)


def show_preview(
    request: SchoolRequest,
    made: RegisterImport,
    preview: Preview,
    form: ColumnsForm | None,
    *,
    refusal: str = "",
) -> HttpResponse:
    counts = preview.counts
    labels = (
        ("new", "new pupils", ""),
        ("changed", "changed", ""),
        ("unchanged", "unchanged", ""),
        ("left", "not in the file", "on the register now"),
        ("problems", "cannot be taken", "with a reason each"),
        ("warnings", "to look at", "taken as they are"),
    )
    context = {
        **frame(request, "What this file would do"),
        "made": made,
        "here": where(request, made),
        "preview": preview,
        "counts": counts,
        "refusal": refusal,
        "figures": [
            {
                "value": f"{counts[key]:,}",
                "label": label,
                "note": note,
                "url": address("import_rows", request, made, kind=key) if counts[key] else "",
            }
            for key, label, note in labels
        ],
        "form": form,
        "problems": [[issue.row, issue.reason] for issue in preview.problems[:SHOWN]],
        "fingerprint": preview.fingerprint(),
        "unused": [h for h, field in preview.reading.columns.items() if not field],
        "recognised": [
            [heading, COLUMNS[field].title]
            for heading, field in preview.reading.columns.items()
            if field
        ],
        "reason": " ".join(preview.reading.blockers) or nothing_to_do(preview),
    }
    bad = bool(refusal or (form is not None and form.is_bound and form.errors))
    return render(request, "register/import.html", context, status=422 if bad else 200)


def nothing_to_do(preview: Preview) -> str:
    if preview.plan.is_empty and not preview.plan.left:
        return "The register says all of this already, so there is nothing to apply."
    return ""


def columns_form(preview: Preview, data: Any = None) -> ColumnsForm | None:
    """What each heading means, with examples from the file. None for a CTF, which has none."""
    table = preview.table
    if table is None:
        return None
    samples = {}
    for place, heading in enumerate(table.headings):
        entries = dict.fromkeys(row.cells[place][:30] for row in table.rows[:40])
        samples[heading] = [entry for entry in entries if entry][:3]
    return ColumnsForm(preview.reading.columns, samples, data)


@school_page(Permission.IMPORT_REGISTER)
@require_POST
def import_columns(request: SchoolRequest, import_id: int) -> HttpResponse:
    """Use the columns as a person corrected them, now and the next time."""
    made = import_here(request, import_id)
    preview = preview_of(made, today=timezone.localdate())
    form = columns_form(preview, request.POST)
    if form is None or not form.is_valid():
        return show_preview(request, made, preview, form)
    try:
        remember_columns(register_import=made, mapping=form.mapping(), by=request.user)
    except Refused as refusal:
        return show_preview(request, made, preview, form, refusal=str(refusal))
    messages.success(request, "The columns were changed, and will be remembered for next time.")
    return redirect(address("import", request, made))


@school_page(Permission.IMPORT_REGISTER)
@require_POST
def import_apply(request: SchoolRequest, import_id: int) -> HttpResponse:
    """Do what was shown."""
    made = import_here(request, import_id)
    left = [int(key) for key in request.POST.getlist("left") if key.isdecimal()]
    try:
        if request.POST.get("all_left"):
            left = list(preview_of(made, today=timezone.localdate()).plan.left)
        apply_register_import(
            register_import=made,
            by=request.user,
            left=left,
            as_shown=request.POST.get("fingerprint", ""),
        )
    except Refused as refusal:
        made.refresh_from_db()
        if made.state != RegisterImport.State.PREVIEWED:
            messages.info(request, str(refusal))
            return redirect(address("import", request, made))
        preview = preview_of(made, today=timezone.localdate())
        return show_preview(request, made, preview, columns_form(preview), refusal=str(refusal))
    messages.success(request, "The register was brought in.")
    return redirect(address("import", request, made))


@school_page(Permission.IMPORT_REGISTER)
@require_POST
def import_set_aside(request: SchoolRequest, import_id: int) -> HttpResponse:
    """Put the file away without applying it."""
    made = import_here(request, import_id)
    try:
        set_aside_register_import(register_import=made, by=request.user)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "The file was set aside. Nothing on the register changed.")
    return redirect("register:imports", urn=request.school.urn)
