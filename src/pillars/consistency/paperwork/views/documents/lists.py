"""The school's documents in a list, what is done with many of them, and making new ones."""

from __future__ import annotations

import contextlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pillars.consistency.paperwork.models import Document, DocumentQuerySet
from pillars.consistency.paperwork.queries.documents import (
    ATTENTION,
    STATES,
    DocumentFilter,
    classes_and_years,
    document_counts,
    documents_of,
    live_documents_of,
    pupils_to_make_for,
)
from pillars.consistency.paperwork.queries.standards import versions_in_force
from pillars.consistency.paperwork.services.documents import bring_up_documents, create_documents
from pillars.consistency.paperwork.views.documents.printing import files_of
from pillars.consistency.paperwork.views.documents.shared import ROOM, address
from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.register.codes import PROVISION_TITLES, YEAR_TITLES, Provision

PAGE = 50
MOST_CHOSEN = 2000


@school_page(Permission.VIEW_DOCUMENTS)
@require_GET
def documents(request: SchoolRequest) -> HttpResponse:
    """The school's documents, with what wants attention at the head."""
    today = timezone.localdate()
    versions = versions_in_force(request.school)
    newest = [version.pk for version in versions.values()]
    chosen = _chosen(request)
    found = documents_of(request.school.pk, chosen, newest, on=today)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    classes, years = classes_and_years(request.school.pk)
    context = {
        "page_title": "Paperwork",
        "room": ROOM,
        "counts": document_counts(request.school.pk, newest, on=today),
        "rows": [_row(request, one, newest, today) for one in page],
        "page": page,
        "query": query.urlencode(),
        "chosen": chosen,
        "fields": _filter_fields(chosen, versions, classes, years),
        "can_write": request.scope.can(Permission.WRITE_DOCUMENTS, school=request.school.pk),
        "links": _links(request),
    }
    return render(request, "paperwork/documents/list.html", context)


@school_page(Permission.VIEW_DOCUMENTS)
@require_POST
def documents_chosen(request: SchoolRequest) -> HttpResponseBase:
    """Print the documents that were ticked, or bring them up to the newest version."""
    keys = _keys(request.POST.getlist("document"))
    found: DocumentQuerySet = Document.objects.of_school(request.school.pk).filter(pk__in=keys)
    if "pupil" in request.POST:
        # From the register: those of the pupils who were ticked.
        pupils = _keys(request.POST.getlist("pupil"))
        found = live_documents_of(pupils).filter(school_id=request.school.pk)
    if request.POST.get("action") == "bring_up_all":
        versions = versions_in_force(request.school).values()
        found = Document.objects.of_school(request.school.pk).live()
        found = found.behind([version.pk for version in versions])
    if not found.exists():
        messages.error(request, "There is no document among those. Tick at least one.")
        return redirect(address("documents", request))
    if request.POST.get("action", "").startswith("bring_up"):
        _bring_up(request, list(found))
        return redirect(address("documents", request))
    ordered = found.order_by("pupil__surname", "pupil__forename", "pupil_id", "pk")
    return files_of(request, ordered)


def _bring_up(request: SchoolRequest, chosen: list[Document]) -> None:
    result = bring_up_documents(
        documents=chosen, newest=versions_in_force(request.school), by=request.user
    )
    if result.moved:
        text = f"Brought up {_some(len(result.moved), 'document')}."
        if result.reopened:
            text += f" {_some(len(result.reopened), 'is a draft', 'are drafts')} again to look at."
        messages.success(request, text)
    reasons = sorted({reason for _, reason in result.refused})
    if reasons:
        text = f"{_some(len(result.refused), 'document')} not brought up. "
        messages.warning(request, text + " ".join(reasons))


@school_page(Permission.WRITE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def make_documents(request: SchoolRequest) -> HttpResponse:
    """Make drafts for one pupil or many: pick the standard and the pupils."""
    versions = versions_in_force(request.school)
    given = request.POST if request.method == "POST" else request.GET
    standard = given.get("standard", "")
    if standard not in versions:
        standard = next(iter(versions), "")
    ticked = _keys(given.getlist("pupil"))
    pupils = pupils_to_make_for(request.school.pk, standard, only=ticked)
    if request.method == "POST" and "make" in request.POST:
        chosen = [pupil for pupil in pupils if pupil.pk in set(ticked)]
        if chosen and standard:
            return _made(request, chosen, versions[standard])
        messages.error(request, "Tick at least one pupil first.")
    context = {
        "page_title": "Make documents",
        "room": ROOM,
        "standards": [(key, version.standard.title) for key, version in versions.items()],
        "standard": standard,
        "title": versions[standard].standard.title if standard else "",
        "pupils": pupils,
        "rows": [_pupil_row(pupil, set(ticked)) for pupil in pupils],
        "ticked": bool(ticked),
    }
    return render(request, "paperwork/documents/make.html", context)


def _made(request: SchoolRequest, pupils: list[Any], version: Any) -> HttpResponse:
    try:
        made, refused = create_documents(pupils=pupils, version=version, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(address("make_documents", request))
    if made:
        messages.success(request, f"Made {_some(len(made), 'draft')}.")
    for reason in sorted({reason for _, reason in refused}):
        number = sum(1 for _, given in refused if given == reason)
        messages.warning(request, f"{_some(number, 'pupil')} left out. {reason}")
    if len(made) == 1 and not refused:
        return redirect(address("write_document", request, document_id=made[0].pk))
    url = address("documents", request)
    return redirect(f"{url}?standard={version.standard.key}&state=draft")


def _links(request: SchoolRequest) -> list[tuple[str, str]]:
    """The other pages of this room that this person may open."""
    pages = [
        (Permission.REVIEW_PAPERWORK, "Review the files you already have", "reviews"),
        (Permission.VIEW_STANDARDS, "Standards", "standards"),
    ]
    links = []
    for permission, text, name in pages:
        if request.scope.can(permission, school=request.school.pk):
            with contextlib.suppress(NoReverseMatch):
                links.append((text, address(name, request)))
    return links


def _pupil_row(pupil: Any, ticked: set[int]) -> dict[str, Any]:
    return {
        "id": pupil.pk,
        "label": pupil.full_name,
        "ticked": pupil.pk in ticked,
        "cells": [
            pupil.list_name,
            pupil.year_title,
            pupil.class_group,
            PROVISION_TITLES[Provision(pupil.status_now)],
        ],
    }


def _row(request: SchoolRequest, one: Document, newest: list[int], today: Any) -> dict[str, Any]:
    url = address("document", request, document_id=one.pk)
    state = {"draft": "plain", "agreed": "good", "archived": "plain"}[one.state]
    notes = []
    if one.failing_required:
        notes.append(f"{_some(one.failing_required, 'thing')} to put right")
    if one.is_past_review(on=today):
        notes.append("Past review")
    if not one.is_archived and one.version_id not in newest:
        notes.append("Behind the standard")
    review = f"{one.review_on:%-d %b %Y}" if one.review_on else "No date"
    where = " · ".join(filter(None, [one.pupil.year_title, one.pupil.class_group]))
    return {
        "id": one.pk,
        "label": f"{one.version.standard.title} of {one.pupil.full_name}",
        "cells": [
            {"text": one.pupil.list_name, "url": url, "hidden": one.version.standard.title},
            where,
            f"{one.version.standard.title}, version {one.version.number}",
            {"text": one.get_state_display(), "tone": state},
            review,
            {"text": notes[0] if notes else "Nothing to do", "lines": notes[1:]},
        ],
    }


def _chosen(request: SchoolRequest) -> DocumentFilter:
    given = request.GET
    return DocumentFilter(
        standard=given.get("standard", ""),
        state=given.get("state") or "live",
        year=given.get("year", ""),
        class_group=given.get("class", ""),
        attention=given.get("attention", ""),
        search=given.get("search", "").strip()[:80],
    )


def _filter_fields(
    chosen: DocumentFilter, versions: dict[str, Any], classes: list[str], years: list[str]
) -> list[dict[str, Any]]:
    standards = [(key, version.standard.title) for key, version in versions.items()]
    return [
        _field("standard", "Standard", [("", "All"), *standards], chosen.standard),
        _field("state", "State", list(STATES.items()), chosen.state),
        _field(
            "year", "Year", [("", "All"), *((y, YEAR_TITLES.get(y, y)) for y in years)], chosen.year
        ),
        _field("class", "Class", [("", "All"), *((c, c) for c in classes)], chosen.class_group),
        _field("attention", "Needs attention", [("", "Any"), *ATTENTION.items()], chosen.attention),
    ]


def _field(name: str, label: str, choices: list[tuple[str, str]], value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "choices": choices, "value": value}


def _keys(given: list[str]) -> list[int]:
    return [int(key) for key in given[:MOST_CHOSEN] if key.isdecimal()]


def _some(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
