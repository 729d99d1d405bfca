"""The register, and a pupil's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from pillars.foundation.permissions import Permission
from pillars.foundation.viewing import log_viewing
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.register.codes import NEED_TYPES, SEX_TITLES, YEAR_TITLES, Provision
from pillars.people.register.columns import COLUMNS, FLAGS
from pillars.people.register.extensions import Cell, Lacking, extensions
from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod
from pillars.people.register.queries import (
    PupilFilter,
    PupilRow,
    RegisterCounts,
    need_history,
    pupil_rows,
    register_counts,
    status_history,
)

A_PAGE = 100
EVERYONE = "all"
STATUS_FILTER = [("", "All pupils"), ("KE", "On the SEN register"), ("K", "SEN support"),
                 ("E", "EHC plan"), ("N", "No SEN support")]  # fmt: skip
STATUS_TONES = {"K": "consistency", "E": "quality", "N": "plain"}
SORT_TITLES = {"name": "Name", "year": "Year", "class": "Class", "status": "Status"}


@school_page(Permission.VIEW_PUPILS)
def pupils(request: SchoolRequest) -> HttpResponse:
    """Everybody on roll, filtered, sorted, searched; several selected for what others offer."""
    school_id = request.school.pk
    lacking = extensions.lacking.allowed(request.scope, school_id)
    chosen = chosen_filter(request.GET, lacking)
    lack = next((each for each in lacking if each.key == chosen.lacking), None)
    found = pupil_rows(school_id, chosen, only=sorted(lack.pupils(school_id)) if lack else None)
    counts = register_counts(school_id)
    size = max(len(found), 1) if request.GET.get("show") == EVERYONE else A_PAGE
    page = Paginator(found, size).get_page(request.GET.get("page"))
    asked = {k: str(v) for k, v in request.GET.items() if k not in {"page", "sort"} and v}
    context = {
        "page_title": "Pupils",
        "room": "pupils",
        "counts": counts,
        "lede": said(counts),
        "found": len(found),
        "page": page,
        "head": table_head(request, chosen, asked),
        "rows": table_rows(request, list(page.object_list)),
        "fields": filter_fields(counts, chosen, lacking),
        "search": {"name": "q", "label": "Name or UPN", "value": chosen.search},
        "kept": {"sort": chosen.sort} if chosen.sort != "name" else {},
        "query": urlencode({**asked, **({"sort": chosen.sort} if chosen.sort != "name" else {})}),
        "filtered": bool(asked),
        "actions": [
            {
                "title": action.title,
                "url": reverse(action.url_name, kwargs={"urn": request.school.urn}),
                "reason": action.why_not(request.scope, school_id),
                "key": action.key,
            }
            for action in extensions.actions.allowed(request.scope, school_id)
        ],
        "may_import": request.scope.can(Permission.IMPORT_REGISTER, school=school_id),
    }
    return render(request, "register/pupils.html", context)


def chosen_filter(asked: Mapping[str, str], lacking: Sequence[Lacking]) -> PupilFilter:
    """What the address asks for; what makes no sense is as if it were not there."""
    sort, status, lack = (asked.get(name, "") for name in ("sort", "status", "lacking"))
    return PupilFilter(
        year=asked.get("year", ""),
        class_group=asked.get("class", ""),
        status=status if status in dict(STATUS_FILTER) else "",
        need=need if (need := asked.get("need", "")) in NEED_TYPES else "",
        lacking=lack if lack in {each.key for each in lacking} else "",
        search=asked.get("q", "").replace("\x00", "").strip(),
        left=asked.get("left") == "1",
        sort=sort if sort in SORT_TITLES else "name",
    )


def said(counts: RegisterCounts) -> str:
    if not counts.pupils:
        return ""
    support, plans = counts.statuses["K"], counts.statuses["E"]
    return (
        f"{counts.pupils:,} on roll. {support + plans:,} on the SEN register: "
        f"{support:,} SEN support, {plans:,} EHC plan{'' if plans == 1 else 's'}."
    )


def filter_fields(
    counts: RegisterCounts, chosen: PupilFilter, lacking: Sequence[Lacking]
) -> list[dict[str, Any]]:
    fields = [
        ("year", "Year", [("", "All"), *((y, YEAR_TITLES[y]) for y in counts.years)], chosen.year),
        ("class", "Class", [("", "All"), *((c, c) for c in counts.classes)], chosen.class_group),
        ("status", "SEN status", STATUS_FILTER, chosen.status),
        ("need", "Need", [("", "Any"), *((c, NEED_TYPES[c].title) for c in counts.needs)],
         chosen.need),
        ("lacking", "What is missing", [("", "Anything"), *((e.key, e.title) for e in lacking)],
         chosen.lacking),
        ("left", "Roll", [("", "On roll"), ("1", "Left")], "1" if chosen.left else ""),
    ]  # fmt: skip
    return [
        {"name": name, "label": label, "choices": choices, "value": value}
        for name, label, choices, value in fields
    ]


def table_head(request: SchoolRequest, chosen: PupilFilter, asked: Mapping[str, str]) -> list[Any]:
    head: list[Any] = [
        {
            "text": title,
            "url": f"?{urlencode({**asked, 'sort': key})}",
            "sort": "ascending" if key == chosen.sort else "",
        }
        for key, title in SORT_TITLES.items()
    ]
    return [*head, "Needs", *(c.title for c in allowed_columns(request))]


def allowed_columns(request: SchoolRequest) -> list[Any]:
    return extensions.columns.allowed(request.scope, request.school.pk)


def table_rows(request: SchoolRequest, rows: Sequence[PupilRow]) -> list[dict[str, Any]]:
    keys = [row.pk for row in rows]
    added = [column.cells(request.school.pk, keys) for column in allowed_columns(request)]
    address = reverse("register:pupil", kwargs={"urn": request.school.urn, "pupil_id": 0})
    return [
        {
            "id": row.pk,
            "label": f"{row.first_name} {row.surname}",
            "cells": [
                {
                    "text": f"{row.surname}, {row.first_name}",
                    "url": address.replace("/0/", f"/{row.pk}/"),
                },
                YEAR_TITLES.get(row.year_group, "–"),
                row.class_group or "–",
                status_cell(row.status),
                ", ".join(row.needs) or "–",
                *(extension_cell(cells.get(row.pk)) for cells in added),
            ],
        }
        for row in rows
    ]


def status_cell(status: str) -> Any:
    if status == "N":
        return "–"
    return {"text": Provision(status).label, "tone": STATUS_TONES[status]}


def extension_cell(cell: Cell | None) -> Any:
    if cell is None:
        return "–"
    return {"text": cell.text, "tone": cell.tone, "url": cell.url}


@school_page(Permission.VIEW_PUPILS)
def pupil(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """Who a pupil is, their status and needs over time, and what other rooms know of them."""
    found = get_object_or_404(Pupil.objects.of_school(request.school.pk), pk=pupil_id)
    log_viewing(
        school_id=request.school.pk,
        person_id=request.user.pk,
        subject_kind="pupil",
        subject_id=found.pk,
        page="register:pupil",
    )
    statuses = list(status_history(found))
    needs = list(need_history(found))
    may_edit = request.scope.can(Permission.EDIT_PUPILS, school=request.school.pk)
    here = {"urn": request.school.urn, "pupil_id": found.pk}
    context = {
        "page_title": "Pupil",
        "room": "pupils",
        "back": {"title": "Pupils", "url": reverse("register:pupils", args=[request.school.urn])},
        "pupil": found,
        "here": here,
        "may_edit": may_edit,
        "tags": heading_tags(found, statuses),
        "details": details(found),
        "statuses": [status_row(period) for period in statuses],
        "needs": [need_row(period, here, may_edit=may_edit) for period in in_order(needs)],
        "panels": shown_panels(request, found),
        "trail_url": history_address(request, found),
    }
    return render(request, "register/pupil.html", context)


def heading_tags(pupil: Pupil, statuses: Sequence[StatusPeriod]) -> list[dict[str, str]]:
    now = next((period.status for period in statuses if period.is_current), "N")
    tags = [{"text": Provision(now).label, "tone": STATUS_TONES[now]}]
    if pupil.left_on is not None:
        tags.append({"text": f"Left on {pupil.left_on:%-d %B %Y}", "tone": "watch"})
    return tags


def details(pupil: Pupil) -> list[dict[str, Any]]:
    born = f"{pupil.date_of_birth:%-d %B %Y}" if pupil.date_of_birth else None
    rows = [
        ("Forename", pupil.forename),
        ("Surname", pupil.surname),
        ("Known as", pupil.known_as),
        ("UPN", pupil.upn),
        ("Date of birth", born),
        ("Year group", pupil.year_title),
        ("Class", pupil.class_group),
        ("Sex", SEX_TITLES.get(pupil.sex)),
    ]
    flags = [COLUMNS[name].title for name in FLAGS if getattr(pupil, name)]
    rows.append(("Also recorded", ", ".join(flags)))
    return [{"key": key, "value": value} for key, value in rows if value or key != "Known as"]


def status_row(period: StatusPeriod) -> list[Any]:
    return [status_cell(period.status), *span(period)]


def need_row(period: NeedPeriod, here: Mapping[str, int], *, may_edit: bool) -> list[Any]:
    cells: list[Any] = [period.label, period.rank if period.is_current else "–", *span(period)]
    if may_edit:
        address = reverse("register:end_need", kwargs={**here, "need_id": period.pk})
        ended = {"text": "End", "url": address, "hidden": period.label}
        cells.append(ended if period.is_current else "")
    return cells


def span(period: StatusPeriod | NeedPeriod) -> list[str]:
    start = f"{period.start_on:%-d %B %Y}" if period.start_on else "not recorded"
    return [start, "now" if period.end_on is None else f"{period.end_on:%-d %B %Y}"]


def in_order(needs: Sequence[NeedPeriod]) -> list[NeedPeriod]:
    """Those there are now by rank, then those that ended, the latest first."""
    ended = [need for need in needs if need.end_on is not None]
    return [
        *(need for need in needs if need.is_current),
        *sorted(ended, key=lambda need: (need.end_on, need.pk), reverse=True),
    ]


def shown_panels(request: SchoolRequest, pupil: Pupil) -> list[dict[str, Any]]:
    allowed = extensions.panels.allowed(request.scope, request.school.pk)
    shown = []
    for panel in sorted(allowed, key=lambda each: each.order):
        given = panel.context(request, pupil)
        if given is not None:
            shown.append({"title": panel.title, "template": panel.template, "given": given})
    return shown


def history_address(request: SchoolRequest, pupil: Pupil) -> str:
    if not request.scope.can(Permission.VIEW_TRAIL, school=request.school.pk):
        return ""
    return reverse("home:history", args=[request.school.urn, "pupil", pupil.pk])
