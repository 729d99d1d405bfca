"""The operator's pages: the list of schools and trusts, and who is let in first."""

from __future__ import annotations

import zlib
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pillars.exchange.uploads import UploadKind, UploadRefused, inspect_upload
from pillars.foundation.permissions import Role
from pillars.people.organisations.access import PersonRequest, operator_page
from pillars.people.organisations.forms import (
    DirectoryFileForm,
    DirectorySearchForm,
    FirstPersonForm,
)
from pillars.people.organisations.gias import GiasUnreadable, read_gias
from pillars.people.organisations.models import DirectoryFile, School, Trust
from pillars.people.organisations.queries import search_directory
from pillars.people.organisations.services import (
    apply_directory_file,
    invite_first_person,
    mail_invitation,
    preview_establishments,
    store_directory_file,
)
from pillars.people.organisations.views.attempts import attempt, attempt_form
from pillars.people.organisations.views.links import link_to, qr_of

LARGEST_FILE = 100 * 1024 * 1024
KINDS = {UploadKind.CSV, UploadKind.TEXT, UploadKind.XLSX, UploadKind.XLS, UploadKind.ODS}
SHOWN = 100
FIRST_ROLES = (Role.HEADTEACHER, Role.SENCO)


@operator_page
def directory(request: PersonRequest) -> HttpResponse:
    """Find a school or trust and open its door; bring in a file of GIAS."""
    form = DirectorySearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    schools, trusts = search_directory(words)
    context = {
        "form": form,
        "words": words,
        "schools": schools,
        "trusts": trusts,
        "count_schools": School.objects.count(),
        "count_trusts": Trust.objects.count(),
        "files": DirectoryFile.objects.defer("content").select_related("added_by")[:10],
    }
    return render(request, "organisations/directory.html", context)


@operator_page
def directory_upload(request: PersonRequest) -> HttpResponse:
    """Choose a GIAS file; what it would do is shown next."""
    form = DirectoryFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            inspect_upload(content, upload.name, KINDS, most_bytes=LARGEST_FILE)
            read_gias(content, upload.name)
        except (UploadRefused, GiasUnreadable) as problem:
            form.add_error("file", str(problem))
        else:
            kept = store_directory_file(name=upload.name, content=content, by=request.user)
            return redirect("organisations:directory_file", file_id=kept.pk)
    status = 422 if form.is_bound else 200
    return render(request, "organisations/directory_upload.html", {"form": form}, status=status)


@operator_page
def directory_file(request: PersonRequest, file_id: int) -> HttpResponse:
    """What a file would do, with counts that add up; the button does it in one transaction."""
    file = get_object_or_404(DirectoryFile, pk=file_id)
    reading = read_gias(zlib.decompress(bytes(file.content)), file.name)
    if request.method == "POST":
        attempt(
            request,
            lambda: apply_directory_file(file=file, reading=reading, by=request.user),
            done=f"{file.name} is brought in.",
        )
        return redirect("organisations:directory_file", file_id=file.pk)
    change = preview_establishments(reading)
    context = {
        "file": file,
        "change": change,
        "problems": change.problems[:SHOWN],
        "warnings": change.warnings[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "organisations/directory_file.html", context)


@operator_page
def open_door(request: PersonRequest, kind: str, place_id: int) -> HttpResponse:
    """Let a school or trust begin: invite the first person who can manage it."""
    place = _place(kind, place_id)
    roles = FIRST_ROLES if isinstance(place, School) else (Role.TRUST_LEAD,)
    form = FirstPersonForm(request.POST or None, roles=roles)
    context: dict[str, Any] = {"form": form, "place": place}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = attempt_form(
            form,
            lambda: invite_first_person(
                place=place,
                email=told["email"],
                name=told["name"],
                role=Role(told["role"]),
                by=request.user,
            ),
        )
        if made is not None:
            invitation, code = made
            link = link_to(request, invitation, code)
            if told["send_mail"]:
                mail_invitation(invitation=invitation, link=link)
            context |= {"invitation": invitation, "link": link, "qr": qr_of(link),
                        "code": link.rstrip("/").rsplit("/", 1)[-1]}  # fmt: skip
            return render(request, "organisations/door_open.html", context)
    status = 422 if form.is_bound else 200
    return render(request, "organisations/open_door.html", context, status=status)


def _place(kind: str, place_id: int) -> School | Trust:
    if kind == "school":
        return get_object_or_404(School, pk=place_id)
    if kind == "trust":
        return get_object_or_404(Trust, pk=place_id)
    raise Http404
