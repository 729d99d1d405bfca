"""The trust's schools and settings, and a school's place in a trust."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from pillars.foundation.permissions import Permission
from pillars.people.organisations.access import (
    SchoolRequest,
    TrustRequest,
    school_page,
    trust_page,
)
from pillars.people.organisations.forms import AskSchoolForm, AskTrustForm, TrustSettingsForm
from pillars.people.organisations.models import JoinRequest, School
from pillars.people.organisations.queries import join_requests_of, schools_of_trust
from pillars.people.organisations.services import (
    answer_join_request,
    ask_to_join,
    set_publishing,
    start_school,
)
from pillars.people.organisations.views.attempts import attempt, attempt_form
from pillars.people.organisations.views.seats import tabs


@trust_page(Permission.MANAGE_TRUST)
def trust(request: TrustRequest) -> HttpResponse:
    """The schools of the trust, who has asked to join, and the trust's settings."""
    return _trust_page(request, AskSchoolForm())


def _trust_page(request: Any, ask: AskSchoolForm) -> HttpResponse:
    requests = join_requests_of(request.trust)
    settings = TrustSettingsForm(initial={"schools_may_publish": request.trust.schools_may_publish})
    context = {
        "trust": request.trust,
        "tabs": tabs(request, "schools"),
        "schools": schools_of_trust(request.trust),
        "to_answer": [each for each in requests if each.from_school],
        "waiting": [each for each in requests if not each.from_school],
        "settings": settings,
        "ask": ask,
    }
    status = 422 if ask.is_bound else 200
    return render(request, "organisations/trust.html", context, status=status)


@trust_page(Permission.MANAGE_TRUST)
@require_POST
def trust_settings(request: TrustRequest) -> HttpResponse:
    form = TrustSettingsForm(request.POST)
    form.is_valid()
    attempt(
        request,
        lambda: set_publishing(
            trust=request.trust,
            schools_may_publish=form.cleaned_data["schools_may_publish"],
            by=request.user,
        ),
        done="The trust’s settings are saved.",
    )
    return redirect("organisations:trust", trust_id=request.trust.pk)


@trust_page(Permission.MANAGE_TRUST)
@require_POST
def start(request: TrustRequest, school_id: int) -> HttpResponse:
    """A school that GIAS lists in the trust begins to work here."""
    school = get_object_or_404(School, pk=school_id, trust=request.trust)
    attempt(
        request,
        lambda: start_school(school=school, by=request.user),
        done=f"{school.name} works here now. Invite its headteacher or SENCo next.",
    )
    return redirect("organisations:trust", trust_id=request.trust.pk)


@trust_page(Permission.MANAGE_TRUST)
@require_POST
def ask_school(request: TrustRequest) -> HttpResponse:
    """Ask a school outside the trust to join it."""
    form = AskSchoolForm(request.POST)
    if form.is_valid():
        asked = attempt_form(
            form,
            lambda: ask_to_join(
                school=form.cleaned_data["urn"],
                trust=request.trust,
                from_school=False,
                by=request.user,
            ),
        )
        if asked is not None:
            return redirect("organisations:trust", trust_id=request.trust.pk)
    return _trust_page(request, form)


@trust_page(Permission.MANAGE_TRUST)
@require_POST
def trust_answer(request: TrustRequest, request_id: int) -> HttpResponse:
    asked = get_object_or_404(
        JoinRequest.objects.select_related("school", "trust"), pk=request_id, trust=request.trust
    )
    _answer(request, asked, name=asked.school.name)
    return redirect("organisations:trust", trust_id=request.trust.pk)


@school_page(Permission.MANAGE_SCHOOL)
def school_trust(request: SchoolRequest) -> HttpResponse:
    """Which trust the school is in, and asking to join another."""
    form = AskTrustForm(request.POST or None, school=request.school)
    if request.method == "POST" and form.is_valid():
        asked = attempt_form(
            form,
            lambda: ask_to_join(
                school=request.school,
                trust=form.cleaned_data["trust"],
                from_school=True,
                by=request.user,
            ),
        )
        if asked is not None:
            return redirect("organisations:school_trust", urn=request.school.urn)
    requests = join_requests_of(request.school)
    context = {
        "school": request.school,
        "tabs": tabs(request, "trust"),
        "to_answer": [each for each in requests if not each.from_school],
        "waiting": [each for each in requests if each.from_school],
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "organisations/school_trust.html", context, status=status)


@school_page(Permission.MANAGE_SCHOOL)
@require_POST
def school_answer(request: SchoolRequest, request_id: int) -> HttpResponse:
    asked = get_object_or_404(
        JoinRequest.objects.select_related("school", "trust"), pk=request_id, school=request.school
    )
    _answer(request, asked, name=asked.trust.name)
    return redirect("organisations:school_trust", urn=request.school.urn)


def _answer(request: Any, asked: JoinRequest, *, name: str) -> None:
    accept = request.POST.get("answer") == "yes"
    attempt(
        request,
        lambda: answer_join_request(request=asked, accept=accept, by=request.user),
        done=f"You said yes to {name}." if accept else f"You said no to {name}.",
    )
