"""How a school stands, indicator by indicator, and how the schools of a trust compare."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pillars.foundation.indicators import (
    Case,
    Indicator,
    Pillar,
    registered_indicator,
    registered_indicators,
)
from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import (
    SchoolRequest,
    TrustRequest,
    school_page,
    trust_page,
)
from pillars.progress.indicators import presenters
from pillars.progress.indicators.forms import TargetForm
from pillars.progress.indicators.queries import Standing, comparison, standings
from pillars.progress.indicators.services import set_target

ROOM = {"room": "consistency"}
SHOWN = 200  # cases on one page; the sentence above says how many there are


@school_page(Permission.VIEW_INDICATORS)
def school(request: SchoolRequest) -> HttpResponse:
    """Every indicator of consistency, each a link to what counts against it."""
    found = standings(request.school, day=timezone.localdate(), pillar=Pillar.CONSISTENCY)
    may_see = request.scope.can(Permission.VIEW_PUPILS, school=request.school.pk)
    return render(
        request,
        "indicators/school.html",
        ROOM
        | {
            "page_title": "Consistency",
            "school": request.school,
            "cards": [
                presenters.card(each, request.school.urn, names_hidden=not may_see)
                for each in found
            ],
            "lede": presenters.on_target(found),
        },
    )


@school_page(Permission.VIEW_INDICATORS)
def indicator(request: SchoolRequest, key: str) -> HttpResponse:
    """One indicator: its number, definition, history and what counts against it."""
    found = _standing(request, key)
    today = timezone.localdate()
    may_see = request.scope.can(Permission.VIEW_PUPILS, school=request.school.pk)
    may_set = request.scope.can(Permission.MANAGE_SCHOOL, school=request.school.pk)
    cases = found.indicator.against(request.school.pk, today)
    card = presenters.card(found, request.school.urn, names_hidden=not may_see)
    return render(
        request,
        "indicators/indicator.html",
        ROOM
        | {
            "page_title": found.indicator.title,
            "back": _back(request),
            "standing": found,
            "card": card,
            "chart": None if card["is_hidden"] else presenters.history_chart(found),
            "cases": presenters.case_rows(_visible(cases, may_see=may_see)[:SHOWN]),
            "case_count": len(cases),
            "shown": SHOWN,
            "may_see": may_see,
            "set_url": reverse("indicators:target", kwargs={"urn": request.school.urn, "key": key})
            if may_set
            else "",
        },
    )


def _visible(cases: Sequence[Case], *, may_see: bool) -> list[Case]:
    """Names only for those who may see pupils; the number stays the same for everybody."""
    return [case for case in cases if may_see or not case.names_pupil]


@school_page(Permission.MANAGE_SCHOOL)
def target(request: SchoolRequest, key: str) -> HttpResponse:
    """Say what an indicator should reach in this school."""
    found = _standing(request, key).indicator
    form = TargetForm(request.POST or None, indicator=found)
    if request.method == "POST" and form.is_valid():
        try:
            set_target(
                key=key,
                target=form.cleaned_data["target"],
                school_id=request.school.pk,
                by=request.user,
            )
        except Refused as refusal:
            form.add_error("target", str(refusal))
        else:
            messages.success(request, f"The target of “{found.title}” is set.")
            return redirect("indicators:indicator", urn=request.school.urn, key=key)
    return render(
        request,
        "indicators/target.html",
        ROOM
        | {
            "page_title": f"Target: {found.title}",
            "lede": found.definition,
            "form": form,
            "submit_text": "Set the target",
            "back": {
                "title": found.title,
                "url": reverse(
                    "indicators:indicator", kwargs={"urn": request.school.urn, "key": key}
                ),
            },
        },
        status=422 if form.is_bound else 200,
    )


@trust_page(Permission.COMPARE_SCHOOLS)
def trust(request: TrustRequest) -> HttpResponse:
    """Every indicator over the trust, with the schools that differ by more than chance."""
    today = timezone.localdate()
    found = [
        comparison(request.trust, each, day=today)
        for each in registered_indicators(Pillar.CONSISTENCY)
    ]
    return render(
        request,
        "indicators/trust.html",
        ROOM
        | {
            "page_title": "Consistency across the trust",
            "trust": request.trust,
            "rows": [presenters.trust_row(each, request.trust.pk) for each in found],
        },
    )


@trust_page(Permission.COMPARE_SCHOOLS)
def compare(request: TrustRequest, key: str) -> HttpResponse:
    """Every school of the trust on one definition, each number with its interval."""
    wanted = _known(key)
    found = comparison(request.trust, wanted, day=timezone.localdate())
    return render(
        request,
        "indicators/compare.html",
        ROOM
        | {
            "page_title": f"{wanted.title}, by school",
            "back": {
                "title": "Consistency across the trust",
                "url": reverse("indicators:trust", kwargs={"trust_id": request.trust.pk}),
            },
            "comparison": found,
            "lede": presenters.compared(found),
            "chart": presenters.funnel(found),
            "rows": presenters.compare_rows(found),
            "whole": found.whole,
        },
    )


def _known(key: str) -> Indicator:
    found = registered_indicator(key)
    if found is None:
        raise Http404
    return found


def _standing(request: SchoolRequest, key: str) -> Standing:
    _known(key)
    (found,) = standings(request.school, day=timezone.localdate(), weeks=52, key=key)
    return found


def _back(request: SchoolRequest) -> dict[str, str]:
    return {
        "title": "Consistency",
        "url": reverse("indicators:school", kwargs={"urn": request.school.urn}),
    }
