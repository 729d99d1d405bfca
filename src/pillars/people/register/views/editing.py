"""Changes to one pupil: details, status, needs."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import SchoolRequest, school_page
from pillars.people.register.forms import EndNeedForm, NeedForm, PupilForm, StatusForm
from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod
from pillars.people.register.services import add_need, change_pupil, change_status, end_need


@school_page(Permission.EDIT_PUPILS)
def change_pupil_page(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """Correct a pupil's details."""
    pupil = pupil_here(request, pupil_id)
    form = PupilForm(pupil, sent(request))
    return answer(
        request, pupil, form, "Change a pupil’s details",
        lambda: change_pupil(pupil=pupil, fields=form.changed_values(), by=request.user),
        lede="The next import from the MIS may change these details again. Correct them there too.",
    )  # fmt: skip


@school_page(Permission.EDIT_PUPILS)
def change_status_page(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """Put a pupil at SEN support, an EHC plan or neither, from a day on."""
    pupil = pupil_here(request, pupil_id)
    now = StatusPeriod.objects.filter(pupil=pupil, end_on__isnull=True).first()
    form = StatusForm(
        sent(request),
        initial={"status": now.status if now else "N", "on": timezone.localdate()},
    )
    return answer(
        request, pupil, form, "Change the SEN status",
        lambda: change_status(
            pupil=pupil, status=form.cleaned_data["status"], on=form.cleaned_data["on"],
            by=request.user,
        ),
        lede="The status before it ends on the same day. Its history is kept.",
    )  # fmt: skip


@school_page(Permission.EDIT_PUPILS)
def add_need_page(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """Add a type of need after those the pupil has."""
    pupil = pupil_here(request, pupil_id)
    form = NeedForm(sent(request))
    return answer(
        request, pupil, form, "Add a type of need",
        lambda: add_need(
            pupil=pupil, code=form.cleaned_data["code"], on=form.cleaned_data["on"],
            by=request.user,
        ),
        submit_text="Add the need",
    )  # fmt: skip


@school_page(Permission.EDIT_PUPILS)
def end_need_page(request: SchoolRequest, pupil_id: int, need_id: int) -> HttpResponse:
    """Say on which day a need ended."""
    pupil = pupil_here(request, pupil_id)
    need = get_object_or_404(
        NeedPeriod.objects.filter(school=request.school, pupil=pupil), pk=need_id
    )
    form = EndNeedForm(sent(request), initial={"on": timezone.localdate()})
    return answer(
        request, pupil, form, "End a type of need",
        lambda: end_need(need=need, on=form.cleaned_data["on"], by=request.user),
        lede=f"{need.label}. It stays in the pupil’s history.", submit_text="End the need",
    )  # fmt: skip


def sent(request: SchoolRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def pupil_here(request: SchoolRequest, pupil_id: int) -> Pupil:
    found: Pupil = get_object_or_404(Pupil.objects.of_school(request.school.pk), pk=pupil_id)
    return found


def answer(
    request: SchoolRequest,
    pupil: Pupil,
    form: forms.Form,
    title: str,
    write: Callable[[], object],
    *,
    lede: str = "",
    submit_text: str = "Save",
) -> HttpResponse:
    """The form; or, once it is sent and nothing stands against it, back to the pupil's page."""
    address = reverse("register:pupil", args=[request.school.urn, pupil.pk])
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect(address)
    context = {
        "page_title": title,
        "room": "pupils",
        "back": {"title": "Pupil", "url": address},
        "form": form,
        "lede": lede,
        "submit_text": submit_text,
        "pupil": pupil,
    }
    status = 422 if form.is_bound else 200
    return render(request, "register/change.html", context, status=status)
