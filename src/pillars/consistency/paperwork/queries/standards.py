"""Which standards there are, and which of them holds where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Max, Q

from pillars.consistency.paperwork.models.documents import Document
from pillars.consistency.paperwork.models.standards import (
    RequiredStandard,
    Standard,
    StandardVersion,
)
from pillars.people.organisations.models import School, Trust

DEFAULT_REQUIRED = {"pupil-passport": "KE"}


def versions_in_force(school: School) -> dict[str, StandardVersion]:
    """The newest version of each standard that holds in a school, by the standard's key.

    The school's own comes before its trust's, its trust's before the one shipped. One query.
    """
    return versions_in_force_in([school])[school.pk]


def versions_in_force_in(schools: Sequence[School]) -> dict[int, dict[str, StandardVersion]]:
    """`versions_in_force` of many schools at once: school id → key → version. One query."""
    owned = Q(school__in=[s.pk for s in schools])
    owned |= Q(trust__in={s.trust_id for s in schools if s.trust_id is not None})
    owned |= Q(school__isnull=True, trust__isnull=True)
    newest = list(_newest(owned))
    return {
        school.pk: {
            version.standard.key: version
            for version in sorted(newest, key=_nearness)
            if _holds(version.standard, school)
        }
        for school in schools
    }


def _newest(owned: Q) -> Iterable[StandardVersion]:
    return (
        StandardVersion.objects.filter(owned)
        .select_related("standard")
        .order_by("standard_id", "-number")
        .distinct("standard_id")
    )


def _nearness(version: StandardVersion) -> int:
    """Shipped first, the trust's over it, the school's own last and so on top."""
    if version.standard.school_id is not None:
        return 2
    return 1 if version.standard.trust_id is not None else 0


def _holds(standard: Standard, school: School) -> bool:
    if standard.school_id is not None:
        return standard.school_id == school.pk
    return standard.trust_id is None or standard.trust_id == school.trust_id


def required_standards(school: School) -> dict[str, str]:
    """Which standards every pupil of a status needs here: key → statuses, such as "KE"."""
    return required_standards_in([school])[school.pk]


def required_standards_in(schools: Sequence[School]) -> dict[int, dict[str, str]]:
    """`required_standards` of many schools: the school's own list, else its trust's, else the
    Pupil Passport for every pupil at K or E. One query."""
    rows = RequiredStandard.objects.filter(
        Q(school__in=[s.pk for s in schools])
        | Q(trust__in={s.trust_id for s in schools if s.trust_id is not None})
    )
    of_school: dict[int, dict[str, str]] = {}
    of_trust: dict[int, dict[str, str]] = {}
    for row in rows:
        if row.school_id is not None:
            of_school.setdefault(row.school_id, {})[row.key] = row.statuses
        else:
            of_trust.setdefault(row.trust_id or 0, {})[row.key] = row.statuses
    return {
        s.pk: _needed(of_school.get(s.pk) or of_trust.get(s.trust_id or 0) or DEFAULT_REQUIRED)
        for s in schools
    }


def _needed(said: Mapping[str, str]) -> dict[str, str]:
    # A row with no statuses says that nobody has to have one; no row at all says nothing.
    return {key: statuses for key, statuses in said.items() if statuses}


def required_at(*, school: School | None = None, trust: Trust | None = None) -> dict[str, str]:
    """Which documents are required in a school, or in the schools of a trust that say nothing."""
    if school is not None:
        return required_standards(school)
    rows = RequiredStandard.objects.filter(trust=trust, school=None)
    return _needed(dict(rows.values_list("key", "statuses")) or DEFAULT_REQUIRED)


def standards_of(*, school: School | None = None, trust: Trust | None = None) -> list[Standard]:
    """The standards one can see from a school or a trust, with their newest number."""
    seen = Q(school__isnull=True, trust__isnull=True)
    if school is not None:
        seen |= Q(school=school)
        trust = school.trust
    if trust is not None:
        seen |= Q(trust=trust)
    found = Standard.objects.filter(seen).annotate(newest=Max("versions__number"))
    return list(found.select_related("draft", "school", "trust").order_by("title", "pk"))


def documents_behind_next(standard: Standard) -> int:
    """How many documents in use will be behind once the next version of a standard is published.

    Those written on any standard of that key, in the schools where this one holds.
    """
    found = Document.objects.filter(standard_key=standard.key).live()
    if standard.school_id is not None:
        return found.filter(school=standard.school_id).count()
    with_own = StandardVersion.objects.filter(standard__key=standard.key, school__isnull=False)
    return (
        found.filter(school__trust=standard.trust_id)
        .exclude(school__in=with_own.values("school"))
        .count()
    )


def versions_of(standard: Standard) -> list[StandardVersion]:
    """Every published version, newest first."""
    return list(standard.versions.select_related("published_by").order_by("-number"))


def versions_by_number(standard: Standard) -> Mapping[int, StandardVersion]:
    return {version.number: version for version in versions_of(standard)}
