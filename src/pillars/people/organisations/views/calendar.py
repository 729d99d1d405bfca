"""The school's calendar: seen by all who work there, changed by those who manage the school."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from pillars.exchange.uploads import UploadKind, UploadRefused, inspect_upload
from pillars.foundation.models import ClosureKind, SchoolClosure, SchoolTerm, StoredFile, TermKind
from pillars.foundation.permissions import Permission
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.organisations.calendar_files import (
    CalendarReading,
    CalendarUnreadable,
    read_calendar,
    write_calendar,
)
from pillars.people.organisations.forms import CalendarFileForm, ClosureForm, TermForm
from pillars.people.organisations.services import (
    add_bank_holidays,
    apply_calendar,
    preview_calendar,
    remove_closure,
    remove_term,
    save_closure,
    save_term,
    store_calendar_file,
)
from pillars.people.organisations.views.attempts import attempt, attempt_form
from pillars.people.organisations.views.seats import tabs

LARGEST_FILE = 2 * 1024 * 1024
KINDS = {
    UploadKind.CALENDAR,
    UploadKind.CSV,
    UploadKind.TEXT,
    UploadKind.XLSX,
    UploadKind.XLS,
    UploadKind.ODS,
}


def _calendar(request: Any) -> HttpResponse:
    return redirect("organisations:calendar", urn=request.school.urn)


@school_page(None)
def calendar(request: SchoolRequest) -> HttpResponse:
    """Terms with the days in them without pupils."""
    context = {
        "school": request.school,
        "tabs": tabs(request, "calendar"),
        "terms": SchoolTerm.objects.filter(school=request.school),
        "closures": SchoolClosure.objects.filter(school=request.school),
        "manages": request.scope.can(Permission.MANAGE_SCHOOL, school=request.school.pk),
    }
    return render(request, "organisations/calendar.html", context)


@school_page(Permission.MANAGE_SCHOOL)
def term(request: SchoolRequest, term_id: int | None = None) -> HttpResponse:
    """Add a term, or change one."""
    row = None
    if term_id is not None:
        row = get_object_or_404(SchoolTerm, pk=term_id, school=request.school)
    initial = (
        {"name": row.name, "kind": row.kind, "first_day": row.first_day, "last_day": row.last_day}
        if row
        else {}
    )
    form = TermForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        saved = attempt_form(
            form,
            lambda: save_term(
                school=request.school,
                name=told["name"],
                kind=TermKind(told["kind"]),
                first_day=told["first_day"],
                last_day=told["last_day"],
                term=row,
                by=request.user,
            ),
        )
        if saved is not None:
            return _calendar(request)
    context = {"form": form, "school": request.school, "term": row}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/term.html", context, status=status)


@school_page(Permission.MANAGE_SCHOOL)
@require_POST
def term_removed(request: SchoolRequest, term_id: int) -> HttpResponse:
    row = get_object_or_404(SchoolTerm, pk=term_id, school=request.school)
    attempt(request, lambda: remove_term(term=row, by=request.user), done=f"{row.name} is removed.")
    return _calendar(request)


@school_page(Permission.MANAGE_SCHOOL)
def closure(request: SchoolRequest) -> HttpResponse:
    """Add a day without pupils."""
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        saved = attempt_form(
            form,
            lambda: save_closure(
                school=request.school,
                day=told["day"],
                kind=ClosureKind(told["kind"]),
                name=told["name"],
                by=request.user,
            ),
        )
        if saved is not None:
            return _calendar(request)
    context = {"form": form, "school": request.school}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/closure.html", context, status=status)


@school_page(Permission.MANAGE_SCHOOL)
@require_POST
def closure_removed(request: SchoolRequest, closure_id: int) -> HttpResponse:
    row = get_object_or_404(SchoolClosure, pk=closure_id, school=request.school)
    attempt(
        request,
        lambda: remove_closure(closure=row, by=request.user),
        done=f"{row.day:%-d %B %Y} is a school day again.",
    )
    return _calendar(request)


@school_page(Permission.MANAGE_SCHOOL)
@require_POST
def bank_holidays(request: SchoolRequest) -> HttpResponse:
    """Mark the bank holidays within the terms."""
    attempt(
        request,
        lambda: add_bank_holidays(school=request.school, by=request.user),
        done="The bank holidays within your terms are marked.",
    )
    return _calendar(request)


@school_page(Permission.MANAGE_SCHOOL)
def calendar_upload(request: SchoolRequest) -> HttpResponse:
    """Choose a calendar file; what it would do is shown next."""
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        stored = _stored(request, form, upload)
        if stored is not None:
            return redirect(
                "organisations:calendar_file", urn=request.school.urn, file_id=stored.pk
            )
    context = {"form": form, "school": request.school}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/calendar_upload.html", context, status=status)


def _stored(
    request: SchoolRequest, form: CalendarFileForm, upload: UploadedFile[bytes]
) -> StoredFile | None:
    name, content = str(upload.name), upload.read()
    try:
        inspect_upload(content, name, KINDS, most_bytes=LARGEST_FILE)
        read_calendar(content, name)
    except (UploadRefused, CalendarUnreadable) as problem:
        form.add_error("file", str(problem))
        return None
    return store_calendar_file(school=request.school, name=name, content=content, by=request.user)


@school_page(Permission.MANAGE_SCHOOL)
def calendar_file(request: SchoolRequest, file_id: int) -> HttpResponse:
    """What the file would do; pressing the button does it, all in one go."""
    stored = get_object_or_404(
        StoredFile, pk=file_id, school=request.school, content_type="text/calendar"
    )
    reading = _reading_of(stored)
    if request.method == "POST":
        change = apply_calendar(school=request.school, reading=reading, by=request.user)
        count = len(change.new) + len(change.changed)
        messages.success(request, f"The calendar has {count} new or changed entries.")
        return _calendar(request)
    context = {
        "school": request.school,
        "name": stored.name,
        "change": preview_calendar(request.school, reading),
    }
    return render(request, "organisations/calendar_file.html", context)


def _reading_of(stored: StoredFile) -> CalendarReading:
    return read_calendar(bytes(stored.content), stored.name)


@school_page(None)
def calendar_export(request: SchoolRequest) -> HttpResponse:
    """The calendar as an iCalendar file, for phones and other systems."""
    body = write_calendar(
        [
            (t.name, t.first_day, t.last_day)
            for t in SchoolTerm.objects.filter(school=request.school)
        ],
        [
            (c.name or c.get_kind_display(), c.day)
            for c in SchoolClosure.objects.filter(school=request.school)
        ],
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="school-calendar.ics"'
    return response
