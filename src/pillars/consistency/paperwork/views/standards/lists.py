"""Which standards hold, what one says, its versions, and which documents are required."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pillars.consistency.paperwork.checks import CHECKS
from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.differences import definition_differences
from pillars.consistency.paperwork.forms.standards import RequiredForm, StandardForm
from pillars.consistency.paperwork.models.standards import Standard, StandardVersion
from pillars.consistency.paperwork.queries.standards import (
    required_at,
    standards_of,
    versions_of,
)
from pillars.consistency.paperwork.services.standards import (
    begin_standard,
    require_standards,
    take_up_standard,
)
from pillars.consistency.paperwork.views.standards.shared import (
    ROOM,
    Seat,
    attempt,
    back,
    reason_against_edit,
    reason_against_own,
    seen_or_404,
    to_draft,
)
from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import PersonRequest

STATUS_WORDS = {
    "KE": "Every pupil with SEN support or an EHC plan",
    "K": "Every pupil with SEN support",
    "E": "Every pupil with an EHC plan",
    "": "Nobody has to have one",
}


def standards(request: PersonRequest, seat: Seat) -> HttpResponse:
    """The standards that hold here, and what could take their place."""
    found = standards_of(**seat.owner)
    holding = in_force(found)
    required = required_at(**seat.owner)
    reason = reason_against_own(request, seat)
    others = [
        one
        for one in found
        if one not in holding.values() and (seat.owns(one) or one.newest)  # type: ignore[attr-defined]
    ]
    context = {
        "page_title": "Standards",
        "room": ROOM,
        "seat": seat,
        "holding": [_row(seat, one, required) for one in holding.values()],
        "others": [_row(seat, one, required) for one in others],
        "reason": reason,
        "back": _to_paperwork(request, seat),
    }
    return render(request, "paperwork/standards/list.html", context)


def _to_paperwork(request: PersonRequest, seat: Seat) -> dict[str, str] | None:
    school = seat.school
    if school is None or not request.scope.can(Permission.VIEW_DOCUMENTS, school=school.pk):
        return None
    return back("Paperwork", seat.url("documents"))


def in_force(found: Iterable[Standard]) -> dict[str, Standard]:
    """By key, the standard that holds: one's own before the trust's, the trust's before shipped."""

    def nearness(one: Standard) -> int:
        return 2 if one.school_id is not None else 1 if one.trust_id is not None else 0

    published = [one for one in found if one.newest]  # type: ignore[attr-defined]
    return {one.key: one for one in sorted(published, key=nearness)}


def _row(seat: Seat, one: Standard, required: dict[str, str]) -> dict[str, Any]:
    newest = getattr(one, "newest", None)
    return {
        "title": one.title,
        "url": seat.url("standard", standard_id=one.pk),
        "whose": whose(one),
        "version": f"Version {newest}" if newest else "Not published yet",
        "required": STATUS_WORDS[required.get(one.key, "")],
        "draft": seat.owns(one) and hasattr(one, "draft"),
        "draft_url": seat.url("standard_draft", standard_id=one.pk),
    }


def whose(standard: Standard) -> str:
    """Who publishes a standard, in words."""
    if standard.school is not None:
        return standard.school.name
    return standard.trust.name if standard.trust is not None else "Comes with Three Pillars"


def standard(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """What one standard asks for, in its newest version or the one asked for."""
    found = seen_or_404(seat, standard_id)
    versions = versions_of(found)
    own = seat.owns(found)
    if not versions:
        return to_draft(seat, found.pk)
    shown = _asked_for(request, versions)
    reason = reason_against_edit(request, found) if own else reason_against_own(request, seat)
    context = {
        "page_title": found.title,
        "room": ROOM,
        "seat": seat,
        "back": back("Standards", seat.url("standards")),
        "standard": found,
        "whose": whose(found),
        "version": shown,
        "versions": versions,
        "definition": shown.parsed,
        "checks": checks_in_words(shown.parsed),
        "own": own,
        "has_draft": own and hasattr(found, "draft"),
        "taken_up": not own and _has_own(seat, found.key),
        "reason": reason,
    }
    return render(request, "paperwork/standards/standard.html", context)


def _asked_for(request: PersonRequest, versions: list[StandardVersion]) -> StandardVersion:
    asked = request.GET.get("version", "")
    if not asked:
        return versions[0]
    for version in versions:
        if str(version.number) == asked:
            return version
    raise Http404


def _has_own(seat: Seat, key: str) -> bool:
    return Standard.objects.filter(key=key, **seat.owner).exists()


def checks_in_words(definition: Definition) -> list[dict[str, Any]]:
    """Each check of a standard: what it is called, looks for, looks at, and its limits."""
    told = []
    for setting in definition.checks:
        check = CHECKS.get(setting.check)
        if check is None:
            continue
        limits = [
            f"{about}: {setting.settings.get(name, default)}"
            for name, (default, about) in check.settings.items()
        ]
        told.append(
            {
                "key": check.key,
                "title": check.title,
                "about": check.about,
                "required": setting.required,
                "fields": [definition.field(key).title for key in setting.fields],
                "limits": limits,
            }
        )
    return told


def standard_versions(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """Every version with what it changed, and the differences between any two."""
    found = seen_or_404(seat, standard_id)
    versions = versions_of(found)
    if not versions:
        raise Http404
    numbers = {str(v.number): v for v in versions}
    newer = numbers.get(request.GET.get("newer", ""), versions[0])
    older = numbers.get(request.GET.get("older", ""), versions[min(1, len(versions) - 1)])
    context = {
        "page_title": "Versions",
        "room": ROOM,
        "seat": seat,
        "back": back(found.title, seat.url("standard", standard_id=found.pk)),
        "standard": found,
        "versions": versions,
        "choices": [(str(v.number), f"Version {v.number}") for v in versions],
        "older": older,
        "newer": newer,
        "differences": definition_differences(older.parsed, newer.parsed),
    }
    return render(request, "paperwork/standards/versions.html", context)


@require_POST
def take_up(request: PersonRequest, seat: Seat, standard_id: int) -> HttpResponse:
    """Make a standard this place's own, to change it."""
    found = seen_or_404(seat, standard_id)
    own = attempt(
        request,
        lambda: take_up_standard(shipped=found, by=request.user, **seat.owner),
        "It is yours now. Change what you want, then publish the next version.",
    )
    return redirect(seat.url("standard", standard_id=own.pk if own else found.pk))


def new_standard(request: PersonRequest, seat: Seat) -> HttpResponse:
    """Begin a standard from nothing."""
    form = StandardForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            draft = begin_standard(
                title=form.cleaned_data["title"],
                description=form.cleaned_data["description"],
                by=request.user,
                **seat.owner,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return to_draft(seat, draft.standard_id)
    context = {
        "page_title": "New standard",
        "room": ROOM,
        "back": back("Standards", seat.url("standards")),
        "form": form,
        "submit_text": "Begin",
        "lede": "Nothing holds before you publish it.",
    }
    status = 422 if form.is_bound else 200
    return render(request, "ui/layouts/form.html", context, status=status)


def required(request: PersonRequest, seat: Seat) -> HttpResponse:
    """Which documents every pupil needs: what “paperwork in place” is counted against."""
    holding = in_force(standards_of(**seat.owner))
    form = RequiredForm(
        request.POST if request.method == "POST" else None,
        standards={key: one.title for key, one in holding.items()},
        required=required_at(**seat.owner),
    )
    if request.method == "POST" and form.is_valid():
        try:
            require_standards(statuses=form.statuses(), by=request.user, **seat.owner)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved which documents are required.")
            return redirect(seat.url("standards"))
    context = {
        "page_title": "Required documents",
        "room": ROOM,
        "back": back("Standards", seat.url("standards")),
        "form": form,
        "lede": "“Paperwork in place” is counted against this.",
    }
    status = 422 if form.is_bound else 200
    return render(request, "ui/layouts/form.html", context, status=status)
