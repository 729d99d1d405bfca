"""Reads of the register: who is on it, what they need, and what is the same as a file says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, QuerySet

from pillars.people.register.codes import NEED_TYPES, YEARS
from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod
from pillars.people.register.plan import CurrentPupil
from pillars.people.register.reading import Identity

# One look into an index for each pupil. A join with a grouped table is no quicker, and is very slow
# until PostgreSQL has gathered statistics, which is just after a register was brought in.
NEEDS = """(
    SELECT string_agg(n.code, ',' ORDER BY n.rank, n.id) FROM register_needperiod n
    WHERE n.pupil_id = p.id AND n.end_on IS NULL
)"""
CURRENT = """
    SELECT p.id, p.left_on IS NULL, coalesce(s.status, 'N'), coalesce({needs}, ''),
        p.upn, p.surname, p.forename, p.known_as, coalesce(p.date_of_birth::text, ''),
        p.year_group, p.class_group, p.sex, {flags}
    FROM register_pupil p
    LEFT JOIN register_statusperiod s ON s.pupil_id = p.id AND s.end_on IS NULL
    WHERE p.school_id = %(school)s
"""
FLAG_FIELDS = Identity._fields[8:]


def current_pupils(school_id: int) -> dict[int, CurrentPupil]:
    """Every pupil the school has had, as an import compares them, by key."""
    flags = ", ".join(
        f"CASE p.{name} WHEN true THEN '1' WHEN false THEN '0' ELSE '' END" for name in FLAG_FIELDS
    )
    with connection.cursor() as cursor:
        cursor.execute(CURRENT.format(flags=flags, needs=NEEDS), {"school": school_id})
        return {
            key: CurrentPupil(
                Identity(*identity), status, tuple(codes.split(",")) if codes else (), on_roll
            )
            for key, on_roll, status, codes, *identity in cursor.fetchall()
        }


def upns_elsewhere(school_id: int, upns: Sequence[str]) -> list[str]:
    """Those of the UPNs that a pupil on roll in another school has; nothing more is told."""
    if not upns:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_upns_elsewhere(%s, %s)", [list(upns), school_id])
        return [upn for (upn,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class PupilFilter:
    """What a person asked the register to show. "" and False mean: do not filter by it.

    `status` is N, K, E, or "KE" for everybody with SEN. `lacking` is the key of something a
    pupil can lack (see `extensions`).
    """

    year: str = ""
    class_group: str = ""
    status: str = ""
    need: str = ""
    lacking: str = ""
    search: str = ""
    left: bool = False
    sort: str = "name"


class PupilRow(NamedTuple):
    """A pupil as a line of the register."""

    pk: int
    upn: str
    surname: str
    first_name: str
    year_group: str
    class_group: str
    status: str
    needs: tuple[str, ...]


SORTS = {
    "name": "p.surname, coalesce(nullif(p.known_as, ''), p.forename), p.id",
    "year": "{year}, p.class_group, p.surname, p.forename, p.id",
    "class": "p.class_group, p.surname, p.forename, p.id",
    "status": "CASE coalesce(s.status, 'N') WHEN 'E' THEN 0 WHEN 'K' THEN 1 ELSE 2 END,"
    " p.surname, p.forename, p.id",
}
YEAR_ORDER = "array_position(ARRAY[{}], p.year_group::text)".format(
    ", ".join(f"'{year}'" for year in YEARS)
)
ROWS = """
    SELECT p.id, p.upn, p.surname, coalesce(nullif(p.known_as, ''), p.forename), p.year_group,
        p.class_group, coalesce(s.status, 'N'), coalesce({needs}, '')
    FROM register_pupil p
    LEFT JOIN register_statusperiod s ON s.pupil_id = p.id AND s.end_on IS NULL
    WHERE {where}
    ORDER BY {order}
"""


def pupil_rows(
    school_id: int, chosen: PupilFilter, *, only: Sequence[int] | None = None
) -> list[PupilRow]:
    """The lines of a school's register that fit a filter, in its order. One query.

    `only` narrows it to pupils by key, for what other rooms know about them.
    """
    where, values = conditions(school_id, chosen)
    if only is not None:
        where.append("p.id = ANY(%(only)s)")
        values["only"] = list(only)
    order = SORTS.get(chosen.sort, SORTS["name"]).format(year=YEAR_ORDER)
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(needs=NEEDS, where=" AND ".join(where), order=order), values)
        return [
            PupilRow._make((*rest, tuple(codes.split(",")) if codes else ()))
            for *rest, codes in cursor.fetchall()
        ]


def conditions(school_id: int, chosen: PupilFilter) -> tuple[list[str], dict[str, Any]]:
    where = ["p.school_id = %(school)s", f"p.left_on IS {'NOT ' if chosen.left else ''}NULL"]
    values: dict[str, Any] = {"school": school_id}
    for column, value in (("year_group", chosen.year), ("class_group", chosen.class_group)):
        if value:
            where.append(f"p.{column} = %({column})s")
            values[column] = value
    if chosen.status:
        where.append("coalesce(s.status, 'N') = ANY(%(status)s)")
        values["status"] = list(chosen.status)
    if chosen.need:
        where.append(
            "EXISTS (SELECT 1 FROM register_needperiod n WHERE n.pupil_id = p.id"
            " AND n.end_on IS NULL AND n.code = %(need)s)"
        )
        values["need"] = chosen.need
    for place, word in enumerate(chosen.search.split()[:5]):
        where.append(
            f"(p.surname ILIKE %(word{place})s OR p.forename ILIKE %(word{place})s"
            f" OR p.known_as ILIKE %(word{place})s OR p.upn ILIKE %(word{place})s)"
        )
        plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        values[f"word{place}"] = f"%{plain}%"
    return where, values


class RegisterCounts(NamedTuple):
    """How many pupils are on roll, by status; and the years, classes and needs there are."""

    statuses: dict[str, int]
    years: list[str]
    classes: list[str]
    needs: list[str]

    @property
    def pupils(self) -> int:
        return sum(self.statuses.values())


COUNTS = """
    SELECT coalesce(s.status, 'N'), p.year_group, p.class_group, count(*)
    FROM register_pupil p
    LEFT JOIN register_statusperiod s ON s.pupil_id = p.id AND s.end_on IS NULL
    WHERE p.school_id = %s AND p.left_on IS NULL GROUP BY 1, 2, 3
"""


def register_counts(school_id: int) -> RegisterCounts:
    """What a register holds, for its filters and its head. Two queries."""
    statuses: dict[str, int] = defaultdict(int, {"K": 0, "E": 0, "N": 0})
    years, classes = set(), set()
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [school_id])
        for status, year, class_group, number in cursor.fetchall():
            statuses[status] += number
            years.add(year)
            classes.add(class_group)
    codes = set(
        NeedPeriod.objects.filter(
            school_id=school_id, end_on__isnull=True, pupil__left_on__isnull=True
        )
        .order_by()
        .values_list("code", flat=True)
        .distinct()
    )
    return RegisterCounts(
        dict(statuses),
        [year for year in YEARS if year in years],
        sorted(classes - {""}, key=natural),
        [code for code in NEED_TYPES if code in codes],
    )


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts 7A before 10A."""
    parts: list[tuple[int, int, str]] = []
    number = ""
    for character in text:
        if character.isdecimal():
            number += character
            continue
        if number:
            parts.append((0, int(number), ""))
            number = ""
        parts.append((1, 0, character.casefold()))
    return (*parts, (0, int(number), "")) if number else tuple(parts)


def status_history(pupil: Pupil) -> QuerySet[StatusPeriod]:
    """A pupil's statuses: the one there is now, then those before it, the latest first."""
    rows = StatusPeriod.objects.filter(pupil=pupil, school_id=pupil.school_id)
    return rows.order_by(
        F("end_on").desc(nulls_first=True), F("start_on").desc(nulls_last=True), "-pk"
    )


def need_history(pupil: Pupil) -> QuerySet[NeedPeriod]:
    """A pupil's needs: those there are now by rank, then those that ended."""
    return NeedPeriod.objects.filter(pupil=pupil, school_id=pupil.school_id)
