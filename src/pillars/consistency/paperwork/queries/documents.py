"""Reads of documents: lists, one with all its parts, and what goes on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, Prefetch, Q

from pillars.consistency.paperwork.models import Document, DocumentQuerySet, DocumentState
from pillars.consistency.paperwork.models.documents import failing_on
from pillars.consistency.paperwork.printing import Printable
from pillars.consistency.paperwork.printing.blocks import Block, block_of, is_blank
from pillars.people.register.codes import NEED_TYPES, YEARS
from pillars.people.register.models import NeedPeriod, Pupil
from pillars.people.register.queries import natural

# What a list of documents does not need and should not read.
HEAVY = ("answers", "left_over", "findings", "version__definition")


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What a person asked the list to show. Empty: do not filter by it.

    `attention` is one of ATTENTION; `state` "live" means drafts and agreed ones.
    """

    standard: str = ""
    state: str = "live"
    year: str = ""
    class_group: str = ""
    attention: str = ""
    search: str = ""


ATTENTION = {
    "failing": "Not complete",
    "past_review": "Past review",
    "behind": "Behind the standard",
    "unreviewed": "Review in the next 30 days",
    "ready": "Ready to agree",
}
STATES = {"live": "Drafts and agreed", **dict(DocumentState.choices), "all": "All"}


class DocumentCounts(NamedTuple):
    """How many live documents a school has, and how many of them want attention."""

    live: int
    agreed: int
    drafts: int
    failing: int
    past_review: int
    behind: int


def documents_of(
    school_id: int, chosen: DocumentFilter, newest: Iterable[int], *, on: date
) -> DocumentQuerySet:
    """A school's documents that fit a filter, by pupil's name. `newest`: versions in force."""
    found: DocumentQuerySet = Document.objects.of_school(school_id).select_related(
        "pupil", "version__standard", "owner"
    )
    if chosen.state == "live":
        found = found.live()
    elif chosen.state in DocumentState.values:
        found = found.filter(state=chosen.state)
    for name, value in (
        ("standard_key", chosen.standard),
        ("pupil__year_group", chosen.year),
        ("pupil__class_group", chosen.class_group),
    ):
        if value:
            found = found.filter(**{name: value})
    for word in chosen.search.split()[:5]:
        found = found.filter(
            Q(pupil__surname__icontains=word)
            | Q(pupil__forename__icontains=word)
            | Q(pupil__known_as__icontains=word)
        )
    found = _wanting(found, chosen.attention, newest, on)
    return found.defer(*HEAVY).order_by(
        "pupil__surname", "pupil__forename", "pupil_id", "standard_key", "-pk"
    )


def _wanting(
    found: DocumentQuerySet, attention: str, newest: Iterable[int], on: date
) -> DocumentQuerySet:
    if attention == "failing":
        return found.failing(on=on)
    if attention == "past_review":
        return found.past_review(on=on)
    if attention == "behind":
        return found.behind(newest)
    if attention == "ready":
        return found.ready(on=on)
    if attention == "unreviewed":
        return found.due_by(on=on, days=30)
    return found


def document_counts(school_id: int, newest: Iterable[int], *, on: date) -> DocumentCounts:
    """The figures at the head of the list, in one query."""
    told = (
        Document.objects.of_school(school_id)
        .live()
        .aggregate(
            live=Count("pk"),
            agreed=Count("pk", filter=Q(state=DocumentState.AGREED)),
            drafts=Count("pk", filter=Q(state=DocumentState.DRAFT)),
            failing=Count("pk", filter=failing_on(on)),
            past_review=Count("pk", filter=Q(review_on__lt=on)),
            behind=Count("pk", filter=~Q(version_id__in=list(newest))),
        )
    )
    return DocumentCounts(**told)


def whole_document(school_id: int, pk: int) -> Document | None:
    """One document with everything its page shows, in two queries; None outside the school."""
    return (
        Document.objects.of_school(school_id)
        .select_related(
            "pupil", "version__standard", "owner", "agreed_by", "saved_by", "renewed_from", "school"
        )
        .prefetch_related("contributions")
        .filter(pk=pk)
        .first()
    )


def answers_at(document: Document, revision: int) -> dict[str, Any]:
    """The answers a document held at one of its revisions; none when that is not known."""
    events = apps.get_model("paperwork", "DocumentEvent").objects
    found = (
        events.filter(pgh_obj_id=document.pk, revision=revision)
        .order_by("-pgh_id")
        .values_list("answers", flat=True)
        .first()
    )
    return dict(found or {})


def printables(documents: DocumentQuerySet) -> list[Printable]:
    """Documents gathered for paper, in the order of the query. Three queries, however many."""
    needs = NeedPeriod.objects.filter(end_on__isnull=True).order_by("rank", "pk")
    pupils = Pupil.objects.with_status().prefetch_related(
        Prefetch("need_periods", queryset=needs, to_attr="needs_now")
    )
    chosen = (
        documents.select_related(None)
        .select_related("school")
        .defer(None)
        .defer("findings")
        # Prefetched, so that a version is read and parsed once, not once a document.
        .prefetch_related(Prefetch("pupil", queryset=pupils), "version__standard")
    )
    return [printable_of(document) for document in chosen]


def printable_of(document: Document) -> Printable:
    """One document ready for paper; its pupil comes with `status_now` and `needs_now`."""
    pupil = document.pupil
    return Printable(
        definition=document.version.parsed,
        answers=document.answers,
        school=document.school.name,
        pupil=pupil.full_name,
        forename=pupil.first_name,
        version=document.version.number,
        year=pupil.year_title,
        class_group=pupil.class_group,
        status=_status(pupil),
        agreed_on=document.agreed_on if not document.is_draft else None,
        review_on=document.review_on,
    )


def _status(pupil: Any) -> str:
    titles = {"K": "SEN support", "E": "EHC plan"}
    status = titles.get(pupil.status_now, "")
    needs = [NEED_TYPES[need.code].title for need in pupil.needs_now[:1]]
    if not status:
        return ""
    return f"{status}: {needs[0][0].lower()}{needs[0][1:]}" if needs else status


def classes_and_years(school_id: int) -> tuple[list[str], list[str]]:
    """The classes and year groups that pupils on roll are in."""
    rows = (
        Pupil.objects.of_school(school_id)
        .on_roll()
        .order_by()
        .values_list("class_group", "year_group")
        .distinct()
    )
    pairs = list(rows)
    classes = sorted({class_group for class_group, _ in pairs if class_group}, key=natural)
    present = {year for _, year in pairs}
    return classes, [year for year in YEARS if year in present]


def live_documents_of(pupils: Sequence[int]) -> DocumentQuerySet:
    """The documents in use of these pupils, for panels and lists of other rooms."""
    return (
        Document.objects.filter(pupil__in=pupils)
        .live()
        .select_related("version__standard")
        .defer(*HEAVY)
    )


class ReadPart(NamedTuple):
    """A section as it is read: its title, and each field's title with its answer."""

    title: str
    fields: list[tuple[str, Block]]


def document_parts(document: Document) -> list[ReadPart]:
    """What a document says, section by section; optional fields that are empty are left out."""
    parts = []
    for section in document.version.parsed.sections:
        fields = [
            (field.title, block_of(field, document.answers.get(field.key)))
            for field in section.fields
            if field.required or not is_blank(document.answers.get(field.key))
        ]
        if fields:
            parts.append(ReadPart(section.title, fields))
    return parts


def pupils_to_make_for(school_id: int, standard_key: str, only: Sequence[int] = ()) -> list[Pupil]:
    """Pupils on the SEN register without a live document of a standard; or `only` those given.

    Each carries `status_now`. By year, class and name, as a school would go through them.
    """
    pupils = Pupil.objects.of_school(school_id)
    if only:
        found = pupils.on_roll().filter(pk__in=list(only))
    else:
        have = Document.objects.of_school(school_id).live().filter(standard_key=standard_key)
        found = pupils.on_register().exclude(pk__in=have.values("pupil_id"))
    places = {year: place for place, year in enumerate(YEARS)}
    return sorted(
        found.order_by("surname", "forename", "pk").with_status(),
        key=lambda pupil: (places.get(pupil.year_group, -1), natural(pupil.class_group)),
    )
