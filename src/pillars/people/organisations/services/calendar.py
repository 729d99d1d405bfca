"""The school's calendar: terms and the days within them without pupils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from pillars.foundation.models import ClosureKind, SchoolClosure, SchoolTerm, StoredFile, TermKind
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.bank_holidays import bank_holidays_between
from pillars.people.organisations.calendar_files import (
    LONGEST_TERM_DAYS,
    CalendarProblem,
    CalendarReading,
    ClosureEntry,
    TermEntry,
)
from pillars.people.organisations.models import Person, School
from pillars.people.organisations.rules import check_can_manage_school


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What a calendar file would do, or has done."""

    new: tuple[TermEntry | ClosureEntry, ...]
    changed: tuple[TermEntry | ClosureEntry, ...]
    unchanged: int
    problems: tuple[CalendarProblem, ...]


def _take_turn(school: School) -> None:
    """Changes of one school's calendar wait for each other, so that each sees the last."""
    School.objects.select_for_update().get(pk=school.pk)


@service
def save_term(
    *,
    school: School,
    name: str,
    kind: TermKind,
    first_day: date,
    last_day: date,
    term: SchoolTerm | None = None,
    by: Person | None,
) -> SchoolTerm:
    """Add a term, or change the one given. Terms of a school do not overlap."""
    check_can_manage_school(current_scope(), school)
    _take_turn(school)
    if last_day < first_day:
        raise Refused("The last day is before the first. Swap the two dates.")
    if (last_day - first_day).days > LONGEST_TERM_DAYS:
        raise Refused("This is longer than a term can be. Add each term or half term by itself.")
    others = SchoolTerm.objects.filter(school=school).exclude(pk=term.pk if term else 0)
    other = others.filter(first_day__lte=last_day, last_day__gte=first_day).first()
    if other is not None:
        raise Refused(
            f"These days overlap {other.name} ({other.first_day:%-d %B %Y} to "
            f"{other.last_day:%-d %B %Y}). Change one of them."
        )
    row = term or SchoolTerm(school=school)
    row.name, row.kind, row.first_day, row.last_day = name.strip(), kind, first_day, last_day
    row.save()
    return row


@service
def remove_term(*, term: SchoolTerm, by: Person) -> None:
    check_can_manage_school(current_scope(), term.school)
    term.delete()


@service
def save_closure(
    *,
    school: School,
    day: date,
    kind: ClosureKind,
    name: str,
    by: Person | None,
) -> SchoolClosure:
    """Add a day without pupils; a day already there takes the new kind and name."""
    check_can_manage_school(current_scope(), school)
    row, _ = SchoolClosure.objects.update_or_create(
        school=school, day=day, defaults={"kind": kind, "name": name.strip()}
    )
    return row


@service
def remove_closure(*, closure: SchoolClosure, by: Person) -> None:
    check_can_manage_school(current_scope(), closure.school)
    closure.delete()


@service
def add_bank_holidays(*, school: School, by: Person | None) -> int:
    """Mark the bank holidays that fall within the school's terms. Returns how many are new."""
    check_can_manage_school(current_scope(), school)
    _take_turn(school)
    terms = list(SchoolTerm.objects.filter(school=school))
    if not terms:
        raise Refused("Add the terms first. Then the bank holidays within them can be marked.")
    days = [d for t in terms for d in bank_holidays_between(t.first_day, t.last_day)]
    made = [
        SchoolClosure(school=school, day=day, kind=ClosureKind.BANK_HOLIDAY, name=name)
        for day, name in days
    ]
    known = set(SchoolClosure.objects.filter(school=school).values_list("day", flat=True))
    new = [closure for closure in made if closure.day not in known]
    SchoolClosure.objects.bulk_create(new)
    return len(new)


@service
def store_calendar_file(*, school: School, name: str, content: bytes, by: Person) -> StoredFile:
    """Keep a calendar file between seeing what it would do and doing it."""
    check_can_manage_school(current_scope(), school)
    stored = StoredFile.holding(
        school_id=school.pk,
        name=name,
        content_type="text/calendar",
        content=content,
        by_id=by.pk,
    )
    stored.save()
    return stored


def preview_calendar(school: School, reading: CalendarReading) -> CalendarChange:
    """What bringing this file in would do. Writes nothing."""
    return _Plan(school, reading).change()


@service
def apply_calendar(
    *,
    school: School,
    reading: CalendarReading,
    by: Person | None,
) -> CalendarChange:
    """Bring in what the file holds, all in one go. What is not in the file stays."""
    check_can_manage_school(current_scope(), school)
    _take_turn(school)
    plan = _Plan(school, reading)
    plan.write()
    return plan.change()


class _Plan:
    """The file beside what the school has."""

    def __init__(self, school: School, reading: CalendarReading) -> None:
        self.school = school
        self.problems = list(reading.problems)
        self.new: list[TermEntry | ClosureEntry] = []
        self.changed: list[TermEntry | ClosureEntry] = []
        self.unchanged = 0
        self.rows: list[SchoolTerm | SchoolClosure] = []
        for term in reading.terms:
            self._take_term(term)
        closures = {c.day: c for c in SchoolClosure.objects.filter(school=school)}
        for entry in reading.closures:
            row = closures.get(entry.day)
            same = row is not None and (row.kind, row.name) == (entry.kind, entry.name)
            is_new = row is None
            row = row or SchoolClosure(school=school, day=entry.day)
            row.kind, row.name = entry.kind, entry.name
            self._sort(entry, row, same=same, is_new=is_new)

    def _take_term(self, entry: TermEntry) -> None:
        overlapping = list(
            SchoolTerm.objects.filter(
                Q(school=self.school), first_day__lte=entry.last_day, last_day__gte=entry.first_day
            )
        )
        if len(overlapping) > 1:
            names = " and ".join(term.name for term in overlapping)
            reason = f"“{entry.name}” covers {names}. Remove those first, or mend the file."
            self.problems.append(CalendarProblem(entry.row, reason))
            return
        row = overlapping[0] if overlapping else SchoolTerm(school=self.school)
        wanted = (entry.name, entry.kind, entry.first_day, entry.last_day)
        same = wanted == (row.name, row.kind, row.first_day, row.last_day)
        row.name, row.kind, row.first_day, row.last_day = wanted
        self._sort(entry, row, same=same, is_new=not overlapping)

    def _sort(
        self,
        entry: TermEntry | ClosureEntry,
        row: SchoolTerm | SchoolClosure,
        *,
        same: bool,
        is_new: bool,
    ) -> None:
        if same:
            self.unchanged += 1
            return
        (self.new if is_new else self.changed).append(entry)
        self.rows.append(row)

    def write(self) -> None:
        for row in self.rows:
            row.save()

    def change(self) -> CalendarChange:
        return CalendarChange(
            tuple(self.new), tuple(self.changed), self.unchanged, tuple(sorted(self.problems))
        )
