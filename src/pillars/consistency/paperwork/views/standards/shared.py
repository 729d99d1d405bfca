"""What the pages of standards have in common. Each stands in a school and over a trust."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from pillars.consistency.paperwork.definition import Definition, DefinitionError
from pillars.consistency.paperwork.models.standards import Standard, StandardDraft
from pillars.consistency.paperwork.queries.standards import standards_of
from pillars.consistency.paperwork.rules.standards import check_can_edit, check_can_take_up
from pillars.consistency.paperwork.services.standards import save_standard_draft
from pillars.foundation.permissions import Permission
from pillars.foundation.services import Refused
from pillars.people.organisations.access import (
    PersonRequest,
    SchoolRequest,
    TrustRequest,
    school_page,
    trust_page,
)
from pillars.people.organisations.models import School, Trust

ROOM = "paperwork"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody looks at standards: in one school, or over one trust."""

    school: School | None = None
    trust: Trust | None = None

    @property
    def owner(self) -> dict[str, Any]:
        """The columns that say whose a row is."""
        return {"school": self.school, "trust": self.trust}

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of a page of standards here."""
        if self.school is not None:
            return reverse(f"paperwork:{name}", kwargs={"urn": self.school.urn, **kwargs})
        assert self.trust is not None
        return reverse(f"paperwork:trust_{name}", kwargs={"trust_id": self.trust.pk, **kwargs})

    def owns(self, standard: Standard) -> bool:
        """Whether the standard is this school's or this trust's own."""
        if self.school is not None:
            return standard.school_id == self.school.pk
        return self.trust is not None and standard.trust_id == self.trust.pk


View = Callable[..., HttpResponse]


def both(route: str, view: View, name: str, permission: Permission) -> list[URLPattern]:
    """One page at two addresses: `name` in a school, `trust_name` over a trust.

    The view is called with the request, the seat and the rest of the address.
    """

    @school_page(permission)
    def in_school(request: SchoolRequest, **kwargs: Any) -> HttpResponse:
        return view(request, Seat(school=request.school), **kwargs)

    @trust_page(permission)
    def over_trust(request: TrustRequest, **kwargs: Any) -> HttpResponse:
        return view(request, Seat(trust=request.trust), **kwargs)

    return [
        path(f"schools/<int:urn>/standards/{route}", in_school, name=name),
        path(f"trusts/<int:trust_id>/standards/{route}", over_trust, name=f"trust_{name}"),
    ]


def seen_or_404(seat: Seat, standard_id: int) -> Standard:
    """A standard that can be read here: its own, its trust's, or a shipped one."""
    for standard in standards_of(**seat.owner):
        if standard.pk == standard_id:
            return standard
    raise Http404


def draft_or_404(seat: Seat, standard_id: int) -> StandardDraft:
    """The draft of a standard of this place."""
    found = (
        StandardDraft.objects.filter(standard_id=standard_id, **seat.owner)
        .select_related("standard", "standard__school__trust", "standard__trust", "saved_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


def reason_against_own(request: PersonRequest, seat: Seat) -> str:
    """Why this person cannot have standards of this place's own; "" where they can."""
    try:
        check_can_take_up(scope=request.scope, **seat.owner)
    except Refused as refusal:
        return str(refusal)
    return ""


def reason_against_edit(request: PersonRequest, standard: Standard) -> str:
    """Why this person cannot write the next version; "" where they can."""
    try:
        check_can_edit(standard, scope=request.scope)
    except Refused as refusal:
        return str(refusal)
    return ""


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> Any:
    """Do something from a button and say so; when it is refused, say why instead."""
    try:
        result = act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, done)
    return result


def save_step(
    request: PersonRequest,
    draft: StandardDraft,
    revision: int,
    step: Callable[[Definition], Definition],
) -> StandardDraft:
    """Take one step of editing. Raises Refused where it leads to nothing that holds together."""
    try:
        changed = step(draft.parsed)
    except KeyError:
        raise Refused(
            "Somebody has removed that part. Look at the standard as it is now."
        ) from None
    except DefinitionError as problem:
        raise Refused(str(problem)) from None
    return save_standard_draft(draft=draft, definition=changed, revision=revision, by=request.user)


def to_draft(seat: Seat, standard_id: int, part: str = "") -> HttpResponse:
    """Back to the draft, at the part that was changed."""
    anchor = f"#{part}" if part else ""
    return redirect(seat.url("standard_draft", standard_id=standard_id) + anchor)


def back(title: str, url: str) -> dict[str, str]:
    return {"title": title, "url": url}


def revision_sent(request: HttpRequest) -> int:
    """The revision a button was pressed on; 404 where the page was tampered with."""
    try:
        return int(request.POST.get("revision", ""))
    except ValueError:
        raise Http404 from None
