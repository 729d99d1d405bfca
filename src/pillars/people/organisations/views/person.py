"""A person's own page: name, roles, password, two-step verification."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from pillars.foundation.permissions import Role
from pillars.people.organisations.access import PersonRequest
from pillars.people.organisations.forms import NameForm
from pillars.people.organisations.queries import roles_of
from pillars.people.organisations.services import rename_person
from pillars.people.organisations.views.attempts import attempt_form


def me(request: PersonRequest) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        saved = attempt_form(
            form, lambda: rename_person(person=request.user, name=name, by=request.user)
        )
        if saved is not None:
            messages.success(request, "Your name is saved.")
            return redirect("organisations:me")
    context = {
        "form": form,
        "person": request.user,
        "memberships": [
            (Role(row.role).label, row.school or row.trust, row) for row in roles_of(request.user)
        ],
        "has_totp": get_adapter().is_mfa_enabled(request.user, [Authenticator.Type.TOTP]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "organisations/me.html", context, status=status)
