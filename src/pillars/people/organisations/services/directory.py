"""Bringing the directory of schools and trusts in line with a GIAS file, in one transaction."""

from __future__ import annotations

import zlib
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.gias import GiasProblem, GiasReading, SchoolListing
from pillars.people.organisations.models import DirectoryFile, Person, School, Trust
from pillars.people.organisations.rules import check_can_change_directory

_TRUST_FIELDS = ("name", "kind", "companies_house")
_SCHOOL_FIELDS = (
    "name", "la_code", "la_name", "establishment_number", "kind", "phase", "status", "postcode",
    "pupil_count",
)  # fmt: skip
_BATCH = 2_000
_TURN = 0x5C400175  # names the lock in PostgreSQL; any number that nothing else uses


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of the directory are new, changed and unchanged."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class DirectoryChange:
    """What a GIAS file would do, or has done. `rows` of the file are all accounted for:
    schools.new + schools.changed + schools.unchanged + repeats + closed + len(problems)."""

    rows: int
    schools: Counts
    trusts: Counts
    repeats: int
    closed: int
    sponsors: int
    problems: tuple[GiasProblem, ...]
    warnings: tuple[GiasProblem, ...]


def preview_establishments(reading: GiasReading) -> DirectoryChange:
    """What bringing this file in would do. Writes nothing."""
    return _Plan(reading).change()


@service
def import_establishments(*, reading: GiasReading, by: Person | None) -> DirectoryChange:
    """Add and update schools and trusts. A school that has joined keeps its trust.

    GIAS does not decide who reads a school's records: when it names another trust for a school
    that works here, that comes back as a warning and people move the school.
    """
    check_can_change_directory(current_scope())
    _take_turn()
    plan = _Plan(reading)
    plan.write()
    return plan.change()


def _take_turn() -> None:
    """One list of schools at a time: two would add the same school twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_TURN])
        row = cursor.fetchone()
    if row != (True,):
        raise Refused("Another list of schools is being brought in now. Try again in a minute.")


@service
def store_directory_file(*, name: str, content: bytes, by: Person) -> DirectoryFile:
    """Keep a GIAS file between seeing what it would do and doing it."""
    check_can_change_directory(current_scope())
    return DirectoryFile.objects.create(
        name=name[-255:], content=zlib.compress(content), added_by=by
    )


@service
def apply_directory_file(
    *, file: DirectoryFile, reading: GiasReading, by: Person
) -> DirectoryChange:
    """Bring in a kept file, and write beside it what it did."""
    check_can_change_directory(current_scope())
    if DirectoryFile.objects.select_for_update().get(pk=file.pk).applied_at is not None:
        raise Refused("This file has been brought in already. Choose it again to see it anew.")
    change = import_establishments(reading=reading, by=by)
    file.applied_at = timezone.now()
    file.counts = {"schools": asdict(change.schools), "trusts": asdict(change.trusts)}
    file.save(update_fields=["applied_at", "counts"])
    return change


class _Plan:
    """The file beside the directory: one query for trusts, one for schools."""

    def __init__(self, reading: GiasReading) -> None:
        self.reading = reading
        self.warnings: list[GiasProblem] = []
        self._plan_trusts()
        self._plan_schools()

    def _plan_trusts(self) -> None:
        uids = [listing.uid for listing in self.reading.trusts]
        self.trusts = {trust.uid: trust for trust in Trust.objects.filter(uid__in=uids)}
        self.new_trusts: list[Trust] = []
        self.changed_trusts: list[Trust] = []
        for listing in self.reading.trusts:
            trust = self.trusts.get(listing.uid)
            if trust is None:
                trust = Trust(uid=listing.uid)
                self.trusts[listing.uid] = trust
                self.new_trusts.append(trust)
            elif _differs(trust, listing, _TRUST_FIELDS):
                self.changed_trusts.append(trust)
            _copy(trust, listing, _TRUST_FIELDS)

    def _plan_schools(self) -> None:
        urns = [listing.urn for listing in self.reading.schools]
        found = School.objects.select_related("trust").filter(urn__in=urns)
        known = {school.urn: school for school in found}
        self.new_schools: list[School] = []
        self.changed_schools: list[School] = []
        for listing in self.reading.schools:
            school = known.get(listing.urn)
            if school is None:
                school = School(urn=listing.urn, trust=self.trusts.get(listing.trust_uid))
                _copy(school, listing, _SCHOOL_FIELDS)
                self.new_schools.append(school)
                continue
            moved = self._moved(school, listing)
            if _differs(school, listing, _SCHOOL_FIELDS) or moved:
                self.changed_schools.append(school)
            _copy(school, listing, _SCHOOL_FIELDS)

    def _moved(self, school: School, listing: SchoolListing) -> bool:
        """Whether the school changes trust; for one that has joined, a warning instead."""
        now = school.trust.uid if school.trust else ""
        if not listing.trust_uid or now == listing.trust_uid:
            return False
        if school.joined_on is not None:
            name = self.trusts[listing.trust_uid].name
            self.warnings.append(
                GiasProblem(
                    listing.row,
                    f"GIAS lists {school.name} under {name}. "
                    "It works here, so its trust was left as it is.",
                )
            )
            return False
        school.trust = self.trusts[listing.trust_uid]
        return True

    def write(self) -> None:
        Trust.objects.bulk_create(self.new_trusts, batch_size=_BATCH)
        Trust.objects.bulk_update(self.changed_trusts, list(_TRUST_FIELDS), batch_size=_BATCH)
        for school in (*self.new_schools, *self.changed_schools):
            school.trust = school.trust  # takes the key its trust has just been given
        School.objects.bulk_create(self.new_schools, batch_size=_BATCH)
        School.objects.bulk_update(
            self.changed_schools, [*_SCHOOL_FIELDS, "trust"], batch_size=_BATCH
        )

    def change(self) -> DirectoryChange:
        reading = self.reading
        return DirectoryChange(
            rows=reading.rows,
            schools=_counts(reading.schools, self.new_schools, self.changed_schools),
            trusts=_counts(reading.trusts, self.new_trusts, self.changed_trusts),
            repeats=reading.repeats,
            closed=reading.closed,
            sponsors=reading.sponsors,
            problems=reading.problems,
            warnings=tuple(sorted((*reading.warnings, *self.warnings))),
        )


def _counts(every: Any, new: list[Any], changed: list[Any]) -> Counts:
    return Counts(len(new), len(changed), len(every) - len(new) - len(changed))


def _differs(row: School | Trust, listing: Any, fields: tuple[str, ...]) -> bool:
    """Whether the file says something else. A field the file leaves blank says nothing."""
    return any(getattr(listing, field) not in {"", None, getattr(row, field)} for field in fields)


def _copy(row: School | Trust, listing: Any, fields: tuple[str, ...]) -> None:
    for field in fields:
        value = getattr(listing, field)
        if value not in {"", None}:
            setattr(row, field, value)
