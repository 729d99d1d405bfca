"""What a register file would do to the register a school has, pupil by pupil.

Pure: given the pupils on the register and those of the file, it says who is new, who changed and
how, who is as before, and who is no longer in the file. Running a file twice plans nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pillars.people.register.codes import NEED_TYPES, PROVISION_TITLES, YEAR_TITLES, Provision
from pillars.people.register.columns import COLUMNS
from pillars.people.register.reading.records import (
    Identity,
    Issue,
    Need,
    PupilRecord,
    RegisterReading,
    name_key,
)


class CurrentPupil(NamedTuple):
    """A pupil as the school has them: who they are, their status and their needs by rank.

    `on_roll` is false for one who has left; in a file again, they are back.
    """

    identity: Identity
    status: str = "N"
    needs: tuple[str, ...] = ()
    on_roll: bool = True


class Difference(NamedTuple):
    """One thing that would change, from what to what, as codes ("" where nothing is known)."""

    field: str
    before: str
    after: str


class Change(NamedTuple):
    """What would happen to one pupil. `pupil` is None for one who is new.

    `status` is None where it stays as it is, and `needs` likewise.
    """

    row: int
    pupil: int | None
    identity: Identity
    status: str | None
    status_start: str
    needs: tuple[Need, ...] | None
    record: PupilRecord
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The whole of it. `left` are keys of pupils the file does not mention.

    Whether those pupils have left is for a person to say: a file may hold one year group.
    """

    new: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[tuple[int, int], ...]
    left: tuple[int, ...]
    problems: tuple[Issue, ...]
    warnings: tuple[Issue, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed)


def plan_import(current: Mapping[int, CurrentPupil], reading: RegisterReading) -> ImportPlan:
    """What applying the reading would do. A blank cell never wipes out what is known.

    A file that cannot be read as a register does nothing: nobody has left because of it.
    """
    if reading.blockers:
        return ImportPlan((), (), (), (), (), ())
    return Planner(current, reading).plan()


class Planner:
    """Matches records to pupils: by UPN, else by name and date of birth."""

    def __init__(self, current: Mapping[int, CurrentPupil], reading: RegisterReading) -> None:
        self.current, self.reading = current, reading
        self.by_upn: dict[str, int] = {}
        self.by_name: dict[tuple[str, str, str], list[int]] = {}
        for key, pupil in current.items():
            if pupil.identity.upn:
                self.by_upn[pupil.identity.upn] = key
            self.by_name.setdefault(name_key(pupil.identity), []).append(key)
        self.has_needs = any(field.startswith("need") for field in reading.fields)
        self.met: dict[int, int] = {}
        self.new: list[Change] = []
        self.changed: list[Change] = []
        self.unchanged: list[tuple[int, int]] = []
        self.problems: list[Issue] = []
        self.warnings: list[Issue] = []

    def plan(self) -> ImportPlan:
        for record in self.reading.records:
            self.place(record)
        return ImportPlan(
            new=tuple(self.new),
            changed=tuple(self.changed),
            unchanged=tuple(self.unchanged),
            left=tuple(
                key
                for key, pupil in self.current.items()
                if pupil.on_roll and key not in self.met and not self.refused(key)
            ),
            problems=tuple(self.problems),
            warnings=tuple(self.warnings),
        )

    def place(self, record: PupilRecord) -> None:
        key = self.match(record)
        if key is None:
            self.new.append(self.as_new(record))
            return
        if key < 0:
            self.problems.append(
                Issue(
                    record.row,
                    "Two pupils on the register have this name and date of birth. "
                    "Add the UPN in your MIS so that they can be told apart.",
                )
            )
            return
        if key in self.met:
            self.problems.append(
                Issue(
                    record.row,
                    f"Row {self.met[key]} is the same pupil on the register. Keep one of the rows.",
                )
            )
            return
        self.met[key] = record.row
        change = self.compare(record, key)
        if change.differences:
            self.changed.append(change)
        else:
            self.unchanged.append((record.row, key))

    def match(self, record: PupilRecord) -> int | None:
        """The pupil a record is about, None if new, -1 if it could be either of two."""
        upn = record.identity.upn
        if upn and upn in self.by_upn:
            return self.by_upn[upn]
        named = self.by_name.get(name_key(record.identity), [])
        if upn:
            # A pupil who had no UPN, or a temporary one, and has now been given another.
            named = [key for key in named if is_provisional(self.current[key].identity.upn)]
        if len(named) > 1:
            for key in named:
                self.met.setdefault(key, record.row)
            return -1
        return named[0] if named and record.identity.date_of_birth else None

    def as_new(self, record: PupilRecord) -> Change:
        return Change(
            row=record.row,
            pupil=None,
            identity=record.identity,
            status=record.status or "N",
            status_start=record.status_start,
            needs=record.needs,
            record=record,
        )

    def compare(self, record: PupilRecord, key: int) -> Change:
        before = self.current[key]
        person = before.identity
        if record.identity != person:
            person = Identity(
                *(new or old for new, old in zip(record.identity, person, strict=True))
            )
        status = record.status if record.status and record.status != before.status else None
        needs = self.needs_to_set(record, before, status)
        same = person == before.identity and status is None and needs is None
        if same and before.on_roll:
            return Change(record.row, key, person, None, "", None, record)
        if record.identity.upn and before.identity.upn and not is_provisional(before.identity.upn):
            self.warn_if_someone_else(record, before)
        return Change(
            row=record.row,
            pupil=key,
            identity=person,
            status=status,
            status_start=record.status_start if status else "",
            needs=needs,
            record=record,
            differences=tuple(differences(before, person, status, needs)),
        )

    def needs_to_set(
        self, record: PupilRecord, before: CurrentPupil, status: str | None
    ) -> tuple[Need, ...] | None:
        """The needs to put in place of those there, or None to leave them."""
        after = status or before.status
        if not self.has_needs and not (status == "N" and before.needs):
            return None
        if not record.needs and after != "N":
            return None
        codes = tuple(need.code for need in record.needs)
        return record.needs if codes != before.needs else None

    def warn_if_someone_else(self, record: PupilRecord, before: CurrentPupil) -> None:
        new, old = record.identity, before.identity
        born_differs = new.date_of_birth and old.date_of_birth != new.date_of_birth
        if born_differs and new.surname.casefold() != old.surname.casefold():
            self.warnings.append(
                Issue(
                    record.row,
                    "The pupil with this UPN has another surname and date of birth on the "
                    "register. Check that it is the same pupil.",
                )
            )

    def refused(self, key: int) -> bool:
        """A pupil whose row is a problem is in the file, and so has not left it."""
        person = self.current[key].identity
        if person.upn and person.upn in self.reading.refused_upns:
            return True
        return (person.surname.casefold(), person.forename.casefold()) in self.reading.refused_names


def is_provisional(upn: str) -> bool:
    return not upn or upn[-1].isalpha()


def differences(
    before: CurrentPupil, identity: Identity, status: str | None, needs: tuple[Need, ...] | None
) -> list[Difference]:
    found = [
        Difference(field, old, new)
        for field, old, new in zip(Identity._fields, before.identity, identity, strict=True)
        if old != new
    ]
    if status is not None:
        found.append(Difference("sen_status", before.status, status))
    if not before.on_roll:
        found.append(Difference("on_roll", "0", "1"))
    if needs is not None:
        codes = ", ".join(need.code for need in needs)
        found.append(Difference("need", ", ".join(before.needs), codes))
    return found


def in_words(difference: Difference) -> str:
    """A difference as a person would say it: "Year group: Year 7 to Year 8"."""
    if difference.field == "on_roll":
        return "Back on the register after leaving"
    title = COLUMNS[difference.field].title
    before, after = (
        value_in_words(difference.field, value) for value in (difference.before, difference.after)
    )
    return f"{title}: {before} to {after}"


def value_in_words(field: str, value: str) -> str:
    if not value:
        return "none" if field == "need" else "not known"
    if COLUMNS[field].kind == "flag":
        return "yes" if value == "1" else "no"
    return SAID.get(field, str)(value)


def say_date(value: str) -> str:
    year, month, day = value.split("-")
    return f"{day}/{month}/{year}"


def say_needs(value: str) -> str:
    return ", ".join(NEED_TYPES[c].title if c in NEED_TYPES else c for c in value.split(", "))


SAID: dict[str, Callable[[str], str]] = {
    "sen_status": lambda value: PROVISION_TITLES[Provision(value)],
    "year_group": lambda value: YEAR_TITLES.get(value, value),
    "date_of_birth": say_date,
    "need": say_needs,
}
