"""Taking up an invitation: the door for somebody who is not signed in yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from pillars.foundation.permissions import ROLES, Role
from pillars.foundation.scope import Scope, entered
from pillars.foundation.services import Refused
from pillars.people.organisations.forms import AcceptForm, CodeForm
from pillars.people.organisations.models import Invitation, Person, School, Trust
from pillars.people.organisations.queries import place_of_code
from pillars.people.organisations.rules import check_can_accept
from pillars.people.organisations.services import (
    accept_invitation,
    create_person,
    find_invitation,
)
from pillars.people.organisations.views.attempts import attempt_form

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_UNKNOWN = (
    "No invitation has this code. Check each letter, or ask the person who invited you for a "
    "new link."
)


@login_not_required
@never_cache
def join(request: Any) -> HttpResponse:
    """For a printed invitation: type its code."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("organisations:accept", code=form.cleaned_data["code"])
    status = 422 if form.is_bound else 200
    return render(request, "organisations/join.html", {"form": form}, status=status)


@login_not_required
@never_cache
def accept(request: Any, code: str) -> HttpResponse:
    """What is offered and by whom; choosing a password takes it up."""
    found = place_of_code(code)
    if found is None:
        return _refuse(request, _UNKNOWN, status=404)
    place, secret = found
    # The code is the key: it opens this one place, for this one invitation.
    with entered(_inside(place)):
        invitation = find_invitation(place=place, code=secret)
        if invitation is None:
            return _refuse(request, _UNKNOWN, status=404)
        return _offer(request, invitation, place)


def _inside(place: School | Trust) -> Scope:
    if isinstance(place, School):
        return Scope.of_system(schools=[place.pk])
    return Scope.of_system(trusts=[place.pk])


def _offer(request: Any, invitation: Invitation, place: School | Trust) -> HttpResponse:
    signed_in = request.user if request.user.is_authenticated else None
    try:
        check_can_accept(
            invitation,
            email=signed_in.email if signed_in else invitation.email,
            now_is_past=invitation.expires_at <= timezone.now(),
        )
    except Refused as no:
        return _refuse(request, str(no), status=410)
    known = Person.objects.filter(email__iexact=invitation.email).exists()
    form = AcceptForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and (signed_in or not known):
        done = _take_up(request, invitation, signed_in, form)
        if done is not None:
            return done
    role = ROLES[Role(invitation.role)]
    context = {
        "invitation": invitation,
        "place": place,
        "role": role,
        "form": form,
        "signed_in": signed_in,
        "must_sign_in": known and signed_in is None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/accept.html", context, status=status)


def _take_up(
    request: Any, invitation: Invitation, signed_in: Person | None, form: AcceptForm
) -> HttpResponse | None:
    """The role taken up and the person signed in, or None with the reason on the form."""
    if signed_in is not None:
        person: Person | None = signed_in
    elif not form.is_valid():
        return None
    else:
        wanted = form.cleaned_data
        person = attempt_form(
            form,
            lambda: create_person(
                email=invitation.email, name=wanted["name"], password=wanted["password"], by=None
            ),
        )
    if person is None:
        return None
    try:
        accept_invitation(invitation=invitation, by=person)
    except Refused as no:  # somebody was quicker with the same link
        return _refuse(request, str(no), status=410)
    if signed_in is None:
        login(request, person, backend=_BACKEND)
    place = invitation.school or invitation.trust
    messages.success(request, f"You have joined {place}.")
    return redirect("home:home")


def _refuse(request: Any, sentence: str, *, status: int) -> HttpResponse:
    return render(request, "organisations/join_refused.html", {"why": sentence}, status=status)
