"""Writing the next version of a standard: one small step at a time, each saved at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from pillars.consistency.paperwork import editing
from pillars.consistency.paperwork.checks import CHECKS
from pillars.consistency.paperwork.definition import (
    Definition,
    Field,
    FieldType,
    Section,
)
from pillars.consistency.paperwork.differences import definition_differences
from pillars.consistency.paperwork.forms.standards import (
    AboutForm,
    CheckForm,
    FieldForm,
    NewSectionForm,
    RevisedForm,
    SectionForm,
)
from pillars.consistency.paperwork.models.standards import Standard, StandardDraft
from pillars.consistency.paperwork.queries.standards import versions_of
from pillars.consistency.paperwork.services.standards import start_draft
from pillars.consistency.paperwork.views.standards.shared import (
    ROOM,
    Seat,
    back,
    draft_or_404,
    reason_against_edit,
    revision_sent,
    save_step,
    to_draft,
)
from pillars.foundation.services import Refused
from pillars.people.organisations.access import PersonRequest

Step = Callable[[Definition], Definition]


@require_POST
def start(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """Begin the next version, or go on with it."""
    standard = get_object_or_404(Standard, pk=standard_id, **seat.owner)
    try:
        start_draft(standard=standard, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(seat.url("standard", standard_id=standard.pk))
    return to_draft(seat, standard.pk)


def draft(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """The whole draft: its sections, fields and checks, each with what can be done to it."""
    found = draft_or_404(seat, standard_id)
    definition = found.parsed
    used = {setting.check: setting for setting in definition.checks}
    context = {
        "page_title": definition.title,
        "room": ROOM,
        "seat": seat,
        "back": back("Standards", seat.url("standards")),
        "draft": found,
        "definition": definition,
        "checks": [(check, used.get(check.key)) for check in CHECKS.values()],
        "differences": differences_of(found),
        "reason": reason_against_edit(request, found.standard),
        "at": partial(seat.url, standard_id=standard_id),
    }
    return render(request, "paperwork/standards/draft.html", context)


def differences_of(found: StandardDraft) -> list[str] | None:
    """What the draft changes, in words; None where nothing has been published before."""
    versions = versions_of(found.standard)
    return definition_differences(versions[0].parsed, found.parsed) if versions else None


ARRANGED: dict[str, tuple[Callable[[Definition, str], Definition], str]] = {
    "field-up": (lambda d, key: editing.moved_field(d, key, -1), "field"),
    "field-down": (lambda d, key: editing.moved_field(d, key, 1), "field"),
    "field-require": (lambda d, key: editing.with_required(d, key, required=True), "field"),
    "field-free": (lambda d, key: editing.with_required(d, key, required=False), "field"),
    "field-remove": (editing.without_field, ""),
    "section-up": (lambda d, key: editing.moved_section(d, key, -1), "section"),
    "section-down": (lambda d, key: editing.moved_section(d, key, 1), "section"),
    "section-remove": (editing.without_section, ""),
}
"""What the buttons of the draft do, and the part the browser goes back to."""


@require_POST
def arrange(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """One button of the draft: move, require or remove a part."""
    found = draft_or_404(seat, standard_id)
    act, _, key = request.POST.get("do", "").partition(":")
    if act not in ARRANGED:
        raise Http404
    step, part = ARRANGED[act]
    try:
        save_step(request, found, revision_sent(request), lambda d: step(d, key))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return to_draft(seat, standard_id)
    return to_draft(seat, standard_id, f"{part}-{key}" if part else "")


def about(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """Title and description."""
    found = draft_or_404(seat, standard_id)
    definition = found.parsed
    initial = {"title": definition.title, "description": definition.description}
    form = AboutForm(
        request.POST or None, initial=initial | {"revision": found.revision}, label_suffix=""
    )

    def step(now: Definition) -> Definition:
        told = form.cleaned_data
        return editing.retitled(now, told["title"], told["description"])

    return _form_page(request, seat, found, form, step, title="Title and description")


def new_section(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """A further section, with its first field."""
    found = draft_or_404(seat, standard_id)
    form = NewSectionForm(
        request.POST or None, initial={"revision": found.revision}, label_suffix=""
    )

    def step(now: Definition) -> Definition:
        told = form.cleaned_data
        first = Field(
            editing.key_for(told["first"], [f.key for f in now.fields]),
            told["first"],
            FieldType.LONG_TEXT,
        )
        key = editing.key_for(told["title"], [s.key for s in now.sections])
        return editing.with_section(now, Section(key, told["title"], (first,)))

    return _form_page(request, seat, found, form, step, title="New section")


def section(request: PersonRequest, seat: Seat, standard_id: int, section_key: str) -> HttpResponse:
    """Rename a section."""
    found = draft_or_404(seat, standard_id)
    named = next((s for s in found.parsed.sections if s.key == section_key), None)
    if named is None:
        raise Http404
    initial = {"title": named.title, "revision": found.revision}
    form = SectionForm(request.POST or None, initial=initial, label_suffix="")
    return _form_page(
        request,
        seat,
        found,
        form,
        lambda now: editing.renamed_section(now, section_key, form.cleaned_data["title"]),
        title="Rename the section",
        part=f"section-{section_key}",
    )


def new_field(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """A further field."""
    found = draft_or_404(seat, standard_id)
    definition = found.parsed
    section = request.GET.get("section", "")
    form = FieldForm(
        request.POST or None,
        definition=definition,
        section=section if section in {s.key for s in definition.sections} else "",
        revision=found.revision,
    )

    def step(now: Definition) -> Definition:
        return editing.with_field(now, form.cleaned_data["section"], form.to_field())

    return _form_page(
        request,
        seat,
        found,
        form,
        step,
        title="New field",
        template="paperwork/standards/field.html",
    )


def field(request: PersonRequest, seat: Seat, standard_id: int, field_key: str) -> HttpResponse:
    """Everything about one field."""
    found = draft_or_404(seat, standard_id)
    definition = found.parsed
    if not definition.has(field_key):
        raise Http404
    form = FieldForm(
        request.POST or None,
        definition=definition,
        field=definition.field(field_key),
        revision=found.revision,
    )

    def step(now: Definition) -> Definition:
        return editing.with_changed_field(now, form.to_field(), form.cleaned_data["section"])

    return _form_page(
        request,
        seat,
        found,
        form,
        step,
        title=definition.field(field_key).title,
        part=f"field-{field_key}",
        template="paperwork/standards/field.html",
    )


def check(request: PersonRequest, seat: Seat, standard_id: int, check_key: str) -> HttpResponse:
    """Whether and how one check is made."""
    found = draft_or_404(seat, standard_id)
    named = CHECKS.get(check_key)
    if named is None:
        raise Http404
    form = CheckForm(
        request.POST or None, check=named, definition=found.parsed, revision=found.revision
    )

    def step(now: Definition) -> Definition:
        setting = form.to_setting()
        if setting is None:
            return editing.without_check(now, named.key)
        return editing.with_check(now, setting)

    return _form_page(
        request, seat, found, form, step, title=named.title, lede=named.about, part="checks"
    )


def _form_page(
    request: PersonRequest,
    seat: Seat,
    found: StandardDraft,
    form: RevisedForm,
    step: Step,
    *,
    title: str,
    lede: str = "",
    part: str = "",
    template: str = "ui/layouts/form.html",
) -> HttpResponse:
    """A form about one part of the draft: shown, or saved as the next step."""
    if request.method == "POST" and form.is_valid():
        try:
            save_step(request, found, form.cleaned_data["revision"], step)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            form.renew(found.revision)
        else:
            return to_draft(seat, found.standard_id, part)
    context: dict[str, Any] = {
        "page_title": title,
        "room": ROOM,
        "back": back("The draft", seat.url("standard_draft", standard_id=found.standard_id)),
        "form": form,
        "lede": lede,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)
