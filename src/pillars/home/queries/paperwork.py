"""Due things of the paperwork: reviews by date, drafts, clashes, documents behind a standard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Min, Q
from django.urls import reverse

from pillars.consistency.paperwork.models import (
    Clash,
    Document,
    DocumentState,
    Review,
    ReviewState,
)
from pillars.consistency.paperwork.models.documents import failing_on
from pillars.consistency.paperwork.queries.documents import HEAVY
from pillars.consistency.paperwork.queries.standards import versions_in_force
from pillars.foundation.permissions import Permission
from pillars.home.queries.due import SHOWN, Due, Looking
from pillars.people.organisations.models import School
from pillars.people.register.codes import YEAR_TITLES
from pillars.ui.environment import count

AHEAD = timedelta(days=30)


class Reviews(NamedTuple):
    """Agreed documents of one standard and year group to be reviewed by the same time."""

    key: str
    title: str
    year: str
    late: bool
    number: int
    first: date


def reviews_due(looking: Looking) -> list[Due]:
    """Reviews that are late or fall in the next 30 days, one line for each standard. One query."""
    school = looking.school
    if not looking.scope.can(Permission.AGREE_DOCUMENTS, school=school.pk):
        return []
    soon = Document.objects.of_school(school.pk).live()
    rows = (
        soon.filter(state=DocumentState.AGREED, review_on__lte=looking.day + AHEAD)
        .order_by()
        .values_list(
            "standard_key",
            "version__standard__title",
            "pupil__year_group",
            ExpressionWrapper(Q(review_on__lt=looking.day), output_field=BooleanField()),
        )
        .annotate(number=Count("pk"), first=Min("review_on"))
    )
    groups: dict[tuple[str, bool], list[Reviews]] = defaultdict(list)
    for row in rows:
        found = Reviews(*row)
        groups[found.key, found.late].append(found)
    return [_review(school, parts) for parts in groups.values()]


def _review(school: School, parts: Sequence[Reviews]) -> Due:
    whole = sum(part.number for part in parts)
    most = max(parts, key=lambda part: part.number)
    what = count(whole, most.title)
    attention = "past_review" if most.late else "unreviewed"
    return Due(
        title=f"{what} past review" if most.late else f"Review {what}",
        url=_documents(
            school, attention=attention, standard=most.key, state=DocumentState.AGREED.value
        ),
        action="Open",
        on=min(part.first for part in parts),
        detail=_mostly(most, whole),
    )


def _mostly(most: Reviews, whole: int) -> str:
    """Where most of them are, when that is worth knowing."""
    year = YEAR_TITLES.get(most.year, most.year)
    if not year:
        return ""
    if most.number == whole:
        return year if whole == 1 else f"All in {year}"
    return f"{most.number} of them in {year}" if most.number > 1 else ""


def drafts_due(looking: Looking) -> list[Due]:
    """Drafts that pass every required check and wait to be agreed, and those behind. One or two
    lines from one query."""
    school = looking.school
    if not looking.scope.can(Permission.AGREE_DOCUMENTS, school=school.pk):
        return []
    newest = [version.pk for version in versions_in_force(school).values()]
    told = (
        Document.objects.of_school(school.pk)
        .live()
        .aggregate(
            ready=Count("pk", filter=Q(state=DocumentState.DRAFT) & ~failing_on(looking.day)),
            behind=Count("pk", filter=~Q(version_id__in=newest)),
        )
    )
    lines = []
    if told["ready"]:
        lines.append(
            Due(
                title=f"Agree {count(told['ready'], 'draft')}",
                url=_documents(school, attention="ready"),
                action="Open",
                detail="Every required check passes",
            )
        )
    if told["behind"]:
        lines.append(
            Due(
                title=f"Bring {count(told['behind'], 'document')} up to the newest version",
                url=_documents(school, attention="behind"),
                action="Open",
                detail="Their standard was published again since",
            )
        )
    return lines


def reviewed_files_due(looking: Looking) -> list[Due]:
    """Files of the newest review that were read and have not become documents. One query."""
    school = looking.school
    if not looking.scope.can(Permission.REVIEW_PAPERWORK, school=school.pk):
        return []
    newest = (
        Review.objects.filter(school=school, state=ReviewState.READY)
        .annotate(
            left=Count("files", filter=Q(files__layout__isnull=False, files__document__isnull=True))
        )
        .order_by("-made_at", "-pk")
        .values_list("pk", "left")
        .first()
    )
    if newest is None or not newest[1]:
        return []
    key, left = newest
    return [
        Due(
            title=f"Turn {count(left, 'reviewed file')} into documents",
            url=reverse("paperwork:review", kwargs={"urn": school.urn, "review_id": key}),
            action="Open",
            detail="Say who each is about; what they hold is carried over",
        )
    ]


def own_documents_due(looking: Looking) -> list[Due]:
    """What the person began or owns: drafts to finish, reviews that are near. One query."""
    school, person = looking.school, looking.person
    can = looking.scope.can
    if not can(Permission.WRITE_DOCUMENTS, school=school.pk):
        return []
    mine = Q(owner=person) | Q(state=DocumentState.DRAFT, saved_by=person)
    wanting = Q(state=DocumentState.DRAFT) | Q(review_on__lte=looking.day + AHEAD)
    rows = (
        Document.objects.of_school(school.pk)
        .live()
        .filter(mine, wanting)
        .select_related("pupil", "version__standard")
        .defer(*HEAVY)
        .order_by(F("review_on").asc(nulls_last=True), "pk")
    )
    return [_own(school, document) for document in rows[:SHOWN]]


def _own(school: School, document: Document) -> Due:
    title = document.version.standard.title
    pupil = document.pupil
    where = ", ".join(part for part in (pupil.year_title, pupil.class_group) if part)
    page = "write_document" if document.is_draft else "document"
    return Due(
        title=f"{pupil.full_name}: {title}",
        url=reverse(f"paperwork:{page}", kwargs={"urn": school.urn, "document_id": document.pk}),
        action="Go on" if document.is_draft else "Review",
        on=document.review_on if document.is_agreed else None,
        detail=f"Draft to finish. {where}" if document.is_draft else f"Review. {where}",
    )


def clashes_due(looking: Looking) -> list[Due]:
    """Documents that the person and somebody else changed at the same time."""
    school = looking.school
    if not looking.scope.can(Permission.WRITE_DOCUMENTS, school=school.pk):
        return []
    waiting = Clash.objects.filter(
        school=school, person=looking.person, settled_at=None
    ).select_related("document__version__standard")
    return [
        Due(
            title=f"Choose between two versions of a {row.document.version.standard.title}",
            url=reverse(
                "paperwork:settle_clash",
                kwargs={"urn": school.urn, "document_id": row.document_id},
            ),
            action="Choose",
            on=looking.day,
            detail="You and a colleague changed it at the same time; nothing is lost",
        )
        for row in waiting.defer("base", "answers", "document__answers", "document__findings")
    ]


def _documents(school: School, **chosen: str) -> str:
    address = reverse("paperwork:documents", kwargs={"urn": school.urn})
    return f"{address}?{urlencode(chosen)}"
