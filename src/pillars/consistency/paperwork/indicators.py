"""How paperwork is measured: in place, complete, and in how many formats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count as CountOf
from django.urls import reverse

from pillars.consistency.paperwork.models import Document, Review, ReviewState
from pillars.consistency.paperwork.models.documents import failing_on
from pillars.consistency.paperwork.queries.standards import (
    required_standards_in,
    versions_in_force_in,
)
from pillars.consistency.paperwork.rules.documents import failing_messages
from pillars.foundation.indicators import (
    Better,
    Case,
    Count,
    Indicator,
    Pillar,
    Unit,
    register_indicator,
)
from pillars.people.organisations.models import School

# Each pupil on the SEN register beside each standard a pupil of that status needs, with the
# document that stands for it: the agreed one where there is one, else the draft.
_NEEDED = """
    WITH required AS (
        SELECT * FROM unnest(%(schools)s::bigint[], %(keys)s::text[], %(statuses)s::text[],
            %(versions)s::bigint[]) AS r(school_id, key, statuses, version_id)
    ), needed AS (
        SELECT p.school_id, p.id AS pupil_id, r.key, r.version_id AS newest,
            d.id AS document_id, d.state, d.version_id, d.review_on,
            coalesce(d.state = 'agreed' AND d.version_id = r.version_id
                AND (d.review_on IS NULL OR d.review_on >= %(day)s), false) AS placed
        FROM register_pupil p
        JOIN register_statusperiod s ON s.pupil_id = p.id AND s.end_on IS NULL
        JOIN required r ON r.school_id = p.school_id AND strpos(r.statuses, s.status) > 0
        LEFT JOIN LATERAL (
            SELECT id, state, version_id, review_on FROM paperwork_document
            WHERE pupil_id = p.id AND school_id = p.school_id AND standard_key = r.key
                AND state IN ('agreed', 'draft')
            ORDER BY state = 'agreed' DESC, id DESC LIMIT 1
        ) d ON true
        WHERE p.school_id = ANY(%(schools)s) AND p.left_on IS NULL
    )
"""
_PLACED = """
    SELECT school_id, count(*) FILTER (WHERE placed), count(*)
    FROM (SELECT school_id, pupil_id, bool_and(placed) AS placed
        FROM needed GROUP BY school_id, pupil_id) pupils
    GROUP BY school_id
"""
_MISSING = """
    SELECT n.pupil_id, p.surname, coalesce(nullif(p.known_as, ''), p.forename), n.key, n.newest,
        n.document_id, n.state, n.version_id, n.review_on
    FROM needed n JOIN register_pupil p ON p.id = n.pupil_id
    WHERE NOT n.placed ORDER BY p.surname, p.forename, p.id, n.key
"""


class Missing(NamedTuple):
    """A standard a pupil needs and does not have in place, with the document nearest to it."""

    pupil_id: int
    surname: str
    first_name: str
    key: str
    newest: int | None
    document_id: int | None
    state: str | None
    version_id: int | None
    review_on: date | None


def count_in_place(school_ids: Sequence[int], day: date) -> dict[int, Count]:
    """Pupils with everything in place, of those who need it, by school. Four queries."""
    counts = dict.fromkeys(school_ids, Count(0, 0))
    with connection.cursor() as cursor:
        cursor.execute(_NEEDED + _PLACED, _parameters(_schools(school_ids), day))
        for school_id, placed, needed in cursor.fetchall():
            counts[school_id] = Count(placed, needed)
    return counts


def missing_in_place(school: School, day: date) -> list[Missing]:
    """What is not in place in a school, pupil by pupil."""
    with connection.cursor() as cursor:
        cursor.execute(_NEEDED + _MISSING, _parameters([school], day))
        return [Missing(*row) for row in cursor.fetchall()]


def pupils_not_in_place(school_id: int, day: date) -> set[int]:
    """The pupils who lack a standard they need, for the register's filter."""
    return {one.pupil_id for one in missing_in_place(_school(school_id), day)}


def against_in_place(school_id: int, day: date) -> list[Case]:
    """Each missing document with why, opening on the document or on making it."""
    school = _school(school_id)
    titles = _titles(school)
    return [
        Case(
            title=f"{one.surname}, {one.first_name}",
            reason=_why_missing(one, titles.get(one.key, one.key), day),
            url=_where(school, one),
        )
        for one in missing_in_place(school, day)
    ]


def _why_missing(one: Missing, title: str, day: date) -> str:
    if one.document_id is None:
        return f"No {title}"
    if one.state == "draft":
        return f"{title} is a draft"
    if one.version_id != one.newest:
        return f"{title} is behind the standard"
    if one.review_on is not None and one.review_on < day:
        return f"{title} was due for review on {one.review_on:%-d %B %Y}"
    return f"{title} is not in place"


def _where(school: School, one: Missing) -> str:
    if one.document_id is None:
        made = reverse("paperwork:make_documents", kwargs={"urn": school.urn})
        return f"{made}?standard={one.key}&pupil={one.pupil_id}"
    return reverse("paperwork:document", kwargs={"urn": school.urn, "document_id": one.document_id})


def count_complete(school_ids: Sequence[int], day: date) -> dict[int, Count]:
    """Documents in use or being written that pass every required check, by school. One query."""
    counts = dict.fromkeys(school_ids, Count(0, 0))
    rows = (
        Document.objects.filter(school__in=school_ids)
        .live()
        .order_by()
        .values("school_id")
        .annotate(all=CountOf("pk"), failing=CountOf("pk", filter=failing_on(day)))
    )
    for row in rows:
        counts[row["school_id"]] = Count(row["all"] - row["failing"], row["all"])
    return counts


def against_complete(school_id: int, day: date) -> list[Case]:
    """Each document that fails a required check, with what is to be put right first."""
    school = _school(school_id)
    failing = (
        Document.objects.of_school(school_id)
        .live()
        .failing(on=day)
        .select_related("pupil", "version__standard")
        .defer("answers", "left_over", "version__definition")
        .order_by("pupil__surname", "pupil__forename", "pk")
    )
    return [
        Case(
            title=f"{one.pupil.list_name}: {one.version.standard.title}",
            reason=_why_failing(one, day),
            url=reverse("paperwork:document", kwargs={"urn": school.urn, "document_id": one.pk}),
        )
        for one in failing
    ]


def _why_failing(document: Document, day: date) -> str:
    messages = failing_messages(document, today=day) or ["It was checked on an earlier version"]
    more = len(messages) - 1
    return messages[0] + (f", and {more} more" if more else "")


_FORMATS = """
    WITH last AS (
        SELECT DISTINCT ON (r.school_id) r.id, r.school_id, s.key
        FROM paperwork_review r
        JOIN paperwork_standardversion v ON v.id = r.version_id
        JOIN paperwork_standard s ON s.id = v.standard_id
        WHERE r.school_id = ANY(%(schools)s) AND r.state = 'ready'
        ORDER BY r.school_id, r.made_at DESC, r.id DESC
    ), files AS (
        SELECT l.school_id, count(DISTINCT f.layout) AS layouts, count(*) AS number
        FROM last l JOIN paperwork_reviewedfile f ON f.review_id = l.id
        WHERE f.layout IS NOT NULL AND f.document_id IS NULL GROUP BY l.school_id
    ), documents AS (
        SELECT d.school_id, count(*) AS number
        FROM paperwork_document d
        JOIN register_pupil p ON p.id = d.pupil_id AND p.left_on IS NULL
        LEFT JOIN last l ON l.school_id = d.school_id
        WHERE d.school_id = ANY(%(schools)s) AND d.state IN ('draft', 'agreed')
            AND d.standard_key = coalesce(l.key, %(usual)s)
        GROUP BY d.school_id
    )
    SELECT asked.id, coalesce(f.layouts, 0) + (d.number IS NOT NULL)::int,
        coalesce(f.number, 0) + coalesce(d.number, 0)
    FROM unnest(%(schools)s::bigint[]) AS asked(id)
    LEFT JOIN files f ON f.school_id = asked.id
    LEFT JOIN documents d ON d.school_id = asked.id
"""
_USUAL = "pupil-passport"


def count_formats(school_ids: Sequence[int], _day: date) -> dict[int, Count]:
    """Different layouts in use, among how many files and documents, by school. One query.

    Documents on the standard share one layout. Files of the last review that have not become
    documents keep the layouts the review found. Without a review, the Pupil Passport is meant.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORMATS, {"schools": list(school_ids), "usual": _USUAL})
        return {pk: Count(layouts, among) for pk, layouts, among in cursor.fetchall()}


def against_formats(school_id: int, _day: date) -> list[Case]:
    """Each file of the last review that is not on the standard yet, by its layout."""
    school = _school(school_id)
    last = Review.objects.filter(school=school, state=ReviewState.READY).first()
    if last is None:
        return []
    files = last.files.filter(layout__isnull=False, document__isnull=True)
    return [
        Case(
            title=file.name.rpartition("/")[2],
            reason=f"Layout {file.layout}, not on the standard yet",
            url=reverse(
                "paperwork:review_file",
                kwargs={"urn": school.urn, "review_id": last.pk, "file_id": file.pk},
            ),
        )
        for file in files.order_by("layout", "name").only("name", "layout")
    ]


IN_PLACE = Indicator(
    key="paperwork-in-place",
    title="Paperwork in place",
    pillar=Pillar.CONSISTENCY,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    definition=(
        "Pupils on the SEN register who have an agreed document of each standard they need. "
        "It is on the current version and its review date has not gone by."
    ),
    target=1.0,
    counts=count_in_place,
    against=against_in_place,
)
COMPLETE = Indicator(
    key="paperwork-complete",
    title="Paperwork complete",
    pillar=Pillar.CONSISTENCY,
    unit=Unit.SHARE,
    better=Better.HIGHER,
    definition="Documents, drafts among them, that pass every required check of their standard.",
    target=0.95,
    counts=count_complete,
    against=against_complete,
)


FORMATS = Indicator(
    key="formats-in-use",
    title="Formats in use",
    pillar=Pillar.CONSISTENCY,
    unit=Unit.NUMBER,
    better=Better.LOWER,
    definition=(
        "Different layouts among the files of the last review and the documents on the standard. "
        "One is the goal."
    ),
    target=1.0,
    counts=count_formats,
    against=against_formats,
)


def register_indicators() -> None:
    """Make the room's indicators known to the pages above."""
    for indicator in (IN_PLACE, COMPLETE, FORMATS):
        register_indicator(indicator)


def _schools(school_ids: Sequence[int]) -> list[School]:
    return list(School.objects.filter(pk__in=school_ids).order_by("pk"))


def _school(school_id: int) -> School:
    return School.objects.get(pk=school_id)


def _titles(school: School) -> dict[str, str]:
    versions = versions_in_force_in([school])[school.pk]
    return {key: version.standard.title for key, version in versions.items()}


def _parameters(schools: Sequence[School], day: date) -> dict[str, Any]:
    required = required_standards_in(schools)
    versions = versions_in_force_in(schools)
    rows = [
        (school.pk, key, statuses, versions[school.pk][key].pk)
        for school in schools
        for key, statuses in required[school.pk].items()
        if key in versions[school.pk]
    ]
    return {
        "schools": [row[0] for row in rows],
        "keys": [row[1] for row in rows],
        "statuses": [row[2] for row in rows],
        "versions": [row[3] for row in rows],
        "day": day,
    }
