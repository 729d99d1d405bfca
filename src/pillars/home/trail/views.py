"""Who did what to whom, when; and every version of one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pillars.foundation.permissions import Permission
from pillars.foundation.trail import (
    Change,
    Rows,
    TrailFilter,
    TrailLine,
    history_models,
    history_of,
    trail,
    trail_kinds,
)
from pillars.foundation.viewing import log_viewing
from pillars.home.trail.forms import TrailFilterForm
from pillars.home.trail.shape import Shown, people_in, shown
from pillars.home.trail.subjects import (
    RECORDS,
    VIEWING,
    Subject,
    opened_records,
    rows_belonging_to,
    subjects_of,
)
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.organisations.queries import names_of, staff_of

PAGE = 50
SHOWN_DAYS = 30
FIRST = datetime(2000, 1, 1, tzinfo=timezone.get_default_timezone())
# Kinds whose history is a pupil's record: opening it is written down like any other opening.
_RECORDS = {kind: word for word, kind in RECORDS.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the trail as the page prints it."""

    at: datetime
    who: str
    what: str
    touched: str
    url: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a row as the history page prints it."""

    at: datetime
    who: str
    what: str
    lines: list[Shown]


@school_page(Permission.VIEW_TRAIL)
def trail_page(request: SchoolRequest) -> HttpResponse:
    """The school's trail, newest first; by person, kind and days."""
    today = timezone.localdate()
    people = {row.person_id: row.name for row in staff_of(request.school, on=today)}
    form = TrailFilterForm(
        request.GET or None,
        people=sorted(people.items(), key=lambda each: each[1]),
        kinds=trail_kinds(),
    )
    wanted = form.cleaned_data if form.is_valid() else {}
    kind = wanted.get("kind")
    number = _page_number(request)
    lines = trail(
        TrailFilter(
            school_id=request.school.pk,
            since=_midnight(wanted.get("since") or today - timedelta(days=SHOWN_DAYS)),
            until=_midnight((wanted.get("until") or today) + timedelta(days=1)),
            person_id=wanted.get("person"),
            kinds=(kind,) if kind else (),
        ),
        limit=PAGE + 1,
        offset=PAGE * (number - 1),
    )
    query = {key: value for key, value in request.GET.items() if key != "page" and value}
    context = {
        "school": request.school,
        "form": form,
        "lines": _lines(request, lines[:PAGE]),
        "days": SHOWN_DAYS,
        "filtered": bool(query),
        "newer": f"?{urlencode(query | {'page': str(number - 1)})}" if number > 1 else "",
        "older": f"?{urlencode(query | {'page': str(number + 1)})}" if len(lines) > PAGE else "",
    }
    return render(request, "home/trail/trail.html", context, status=200)


def _page_number(request: SchoolRequest) -> int:
    told = request.GET.get("page", "1")
    return max(1, min(int(told), 10_000)) if told.isascii() and told.isdigit() else 1


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(request: SchoolRequest, lines: list[TrailLine]) -> list[Line]:
    names = names_of(line.person_id for line in lines)
    named = _named(request, lines)
    opened = opened_records(lines, school_id=request.school.pk)

    def _subject(line: TrailLine, row: Rows) -> str:
        if row.model == VIEWING:
            key = opened.get((line.at, line.person_id, row.subjects[0]))
            return named.get(key, "") if key else ""
        return named.get((row.model, row.subjects[0]), "") if row.count == 1 else ""

    return [
        Line(
            at=line.at,
            who=_who(line.person_id, names),
            what=line.sentence,
            touched=", ".join(_touched(row, _subject(line, row)) for row in line.rows),
            url=(
                reverse("home:trail_act", kwargs={"urn": request.school.urn, "act_id": line.act_id})
                if line.act_id
                else ""
            ),
        )
        for line in lines
    ]


def _named(request: SchoolRequest, lines: list[TrailLine]) -> dict[Subject, str]:
    """Names of what the lines touched, for those who may see pupils."""
    if not request.scope.can(Permission.VIEW_PUPILS, school=request.school.pk):
        return {}
    return subjects_of(lines, school_id=request.school.pk)


def _touched(row: Rows, name: str = "") -> str:
    told = f"{row.kind} {row.act}" if row.count == 1 else f"{row.count:,} × {row.kind} {row.act}"
    return f"{told}: {name}" if name else told


def _who(person_id: int | None, names: dict[int, str]) -> str:
    if person_id is None:
        return "Three Pillars itself"
    return names.get(person_id, f"Person {person_id}")


@school_page(Permission.VIEW_TRAIL)
def act(request: SchoolRequest, act_id: UUID) -> HttpResponse:
    """What one act touched, each row leading to its history."""
    found = trail(
        TrailFilter(
            school_id=request.school.pk,
            since=FIRST,
            until=timezone.now() + timedelta(days=1),
            act_id=act_id,
        ),
        limit=1,
    )
    if not found:
        raise Http404
    (line,) = found
    named = _named(request, [line])
    rows = [_rows(request, row, named) for row in line.rows]
    context = {
        "school": request.school,
        "line": line,
        "who": _who(line.person_id, names_of([line.person_id])),
        "rows": rows,
    }
    return render(request, "home/trail/act.html", context)


def _rows(request: SchoolRequest, row: Rows, named: dict[Subject, str]) -> dict[str, Any]:
    """One kind of row that an act touched, each row named and led to its history."""
    own = {"urn": request.school.urn, "kind": row.model}
    return {
        "title": _touched(row),
        "kind": row.kind,
        "more": max(0, row.count - len(row.subjects)),
        "subjects": [
            {
                "name": named.get((row.model, subject), f"number {subject}"),
                "url": reverse("home:history", kwargs={**own, "subject_id": subject}),
            }
            for subject in row.subjects
        ],
    }


@school_page(Permission.VIEW_TRAIL)
def history(request: SchoolRequest, kind: str, subject_id: int) -> HttpResponse:
    """Every version of one row of this school and of what belongs to it, newest first."""
    kind = RECORDS.get(kind, kind)
    events: Any = history_models().get(kind)
    if events is None or subject_id >= 2**63:
        raise Http404
    if not events.objects.filter(pgh_obj_id=subject_id, school_id=request.school.pk).exists():
        raise Http404
    if kind in _RECORDS:
        log_viewing(
            school_id=request.school.pk,
            person_id=request.user.pk,
            subject_kind=_RECORDS[kind],
            subject_id=subject_id,
            page="history",
        )
    belonging = rows_belonging_to(kind, subject_id, school_id=request.school.pk)
    shown_here = [(kind, subject_id), *(each for each in belonging if each[0] not in _RECORDS)]
    changes = [(of, change) for of in shown_here for change in _changes(of)]
    names = names_of(people_in(change for _, change in changes))
    versions = [_version(of, change, names) for of, change in changes]
    context = {
        "school": request.school,
        "kind": str(apps.get_model(kind)._meta.verbose_name),
        "versions": sorted(versions, key=lambda version: version.at, reverse=True),
        "records": [
            {
                "name": f"{apps.get_model(of)._meta.verbose_name} {pk}",
                "url": reverse(
                    "home:history",
                    kwargs={"urn": request.school.urn, "kind": of, "subject_id": pk},
                ),
            }
            for of, pk in belonging
            if of in _RECORDS
        ],
    }
    return render(request, "home/trail/history.html", context)


def _changes(of: Subject) -> list[Change]:
    return history_of(apps.get_model(of[0]), of[1])


def _version(of: Subject, change: Change, names: dict[int, str]) -> Version:
    model = apps.get_model(of[0])
    words = {
        (field.attname, value): str(label)
        for field in model._meta.concrete_fields
        for value, label in field.flatchoices
    }
    service = f" ({change.service.replace('_', ' ')})" if change.service else ""
    return Version(
        at=change.at,
        who=_who(change.person_id, names),
        what=f"{str(model._meta.verbose_name).capitalize()} {change.act}{service}",
        lines=shown(change.differences, names, words),
    )
