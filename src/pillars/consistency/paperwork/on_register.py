"""What paperwork adds to the register and to a pupil's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pillars.consistency.paperwork.indicators import pupils_not_in_place
from pillars.consistency.paperwork.models import Document, DocumentState
from pillars.consistency.paperwork.queries.documents import HEAVY, live_documents_of
from pillars.consistency.paperwork.queries.standards import versions_in_force
from pillars.foundation.permissions import Permission
from pillars.people.register.extensions import (
    Action,
    Cell,
    Lacking,
    Panel,
    RegisterColumn,
    extensions,
)
from pillars.people.register.models import Pupil

_TONES = {DocumentState.DRAFT: "watch", DocumentState.AGREED: "good"}


def lacking_paperwork(school_id: int) -> set[int]:
    """Pupils without an agreed, current document of each standard they need."""
    return pupils_not_in_place(school_id, timezone.localdate())


def paperwork_cells(school_id: int, pupil_ids: Sequence[int]) -> Mapping[int, Cell]:
    """How each pupil's paperwork stands, in a word or two. One query."""
    today = timezone.localdate()
    by_pupil: dict[int, list[Document]] = defaultdict(list)
    for document in live_documents_of(pupil_ids).filter(school_id=school_id):
        by_pupil[document.pupil_id].append(document)
    return {pupil: _cell(documents, today) for pupil, documents in by_pupil.items()}


def _cell(documents: list[Document], today: Any) -> Cell:
    if any(one.is_past_review(on=today) for one in documents):
        return Cell("Past review", "poor")
    states = {DocumentState(one.state) for one in documents}
    state = DocumentState.AGREED if DocumentState.AGREED in states else DocumentState.DRAFT
    return Cell(str(state.label), _TONES[state])


def documents_panel(request: HttpRequest, pupil: Pupil) -> Mapping[str, Any]:
    """A pupil's documents, with those that were archived, on their page."""
    school = request.school  # type: ignore[attr-defined]
    today = timezone.localdate()
    documents = list(
        Document.objects.of_school(pupil.school_id)
        .filter(pupil=pupil)
        .select_related("version__standard")
        .defer(*HEAVY)
        .order_by("standard_key", "-pk")
    )
    have = {one.standard_key for one in documents if one.state == DocumentState.DRAFT}
    can_write = request.scope.can(  # type: ignore[attr-defined]
        Permission.WRITE_DOCUMENTS, school=pupil.school_id
    )
    make = reverse("paperwork:make_documents", kwargs={"urn": school.urn})
    return {
        "rows": [_row(one, school.urn, today) for one in documents],
        "make": [
            (version.standard.title, f"{make}?standard={key}&pupil={pupil.pk}")
            for key, version in versions_in_force(school).items()
            if can_write and key not in have and pupil.left_on is None
        ],
    }


def _row(one: Document, urn: int, today: Any) -> list[Any]:
    url = reverse("paperwork:document", kwargs={"urn": urn, "document_id": one.pk})
    state = DocumentState(one.state)
    review = f"{one.review_on:%-d %B %Y}" if one.review_on else "No date"
    late = one.is_past_review(on=today) and not one.is_archived
    return [
        {"text": f"{one.version.standard.title}, version {one.version.number}", "url": url},
        {"text": str(state.label), "tone": _TONES.get(state, "plain")},
        {"text": review, "lines": ["Past review"] if late else []},
    ]


def extend_register() -> None:
    """Tell the register what paperwork adds. Called once, when the room is ready."""
    extensions.add_lacking(
        Lacking("paperwork", "Paperwork in place", Permission.VIEW_DOCUMENTS, lacking_paperwork)
    )
    extensions.add_column(
        RegisterColumn("paperwork", "Paperwork", Permission.VIEW_DOCUMENTS, paperwork_cells)
    )
    extensions.add_action(
        Action(
            "make_documents",
            "Make documents",
            Permission.WRITE_DOCUMENTS,
            "paperwork:make_documents",
        )
    )
    extensions.add_action(
        Action(
            "print_documents",
            "Print documents",
            Permission.VIEW_DOCUMENTS,
            "paperwork:documents_chosen",
        )
    )
    extensions.add_panel(
        Panel(
            "documents",
            "Documents",
            Permission.VIEW_DOCUMENTS,
            "paperwork/documents/_panel.html",
            documents_panel,
            order=10,
        )
    )
