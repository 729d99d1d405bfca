"""Puts the rows of one pupil together, and finds rows that say the same twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pillars.people.register.codes import PROVISION_TITLES, Provision
from pillars.people.register.reading.records import Identity, Need, PupilRecord, name_key

NO_UPN = "There is no UPN, so this pupil is known by name and date of birth. Add one in your MIS."


class Line(NamedTuple):
    """One line of a register after cleaning."""

    row: int
    place: int
    identity: Identity
    status: str
    status_start: str
    needs: tuple[Need, ...]
    rank: str


class Pupil:
    """A pupil while the lines about them are being gathered."""

    __slots__ = ("first", "needs", "warnings")

    def __init__(self, line: Line) -> None:
        self.first = line
        self.needs: list[tuple[int, Need]] = []
        self.warnings: list[tuple[int, str]] = []
        self.add_needs(line)

    def add_needs(self, line: Line) -> None:
        if not line.needs:
            return
        rank = int(line.rank) if line.rank else 0
        for place, need in enumerate(line.needs):
            self.needs.append((rank + place if rank else 1000 + len(self.needs), need))

    def ordered_needs(self) -> tuple[Need, ...]:
        if len(self.needs) > 1:
            self.needs.sort(key=lambda ranked: ranked[0])
        return tuple(need for _, need in self.needs)


class Merger:
    """Gathers lines into pupils: by UPN, else by name and date of birth."""

    def __init__(self, *, has_needs: bool, has_upns: bool) -> None:
        self.has_needs = has_needs
        self.has_upns = has_upns
        self.pupils: list[Pupil] = []
        self.by_upn: dict[str, Pupil] = {}
        self.by_name: dict[tuple[str, str, str], Pupil] = {}
        self.noted: list[tuple[int, str]] = []

    def add(self, line: Line) -> str:
        """Takes a line; gives the reason it cannot be taken, or ""."""
        key = name_key(line.identity)
        upn = line.identity.upn
        if upn:
            if (known := self.by_upn.get(upn)) is not None:
                return self.join(known, line, key)
            twin = self.by_name.get(key)
            if twin is not None and not twin.first.identity.upn:
                reason = self.join(twin, line, key)
                if not reason:
                    twin.first = twin.first._replace(identity=line.identity)
                    self.by_upn[upn] = twin
                return reason
            if twin is not None and key[2]:
                self.noted.append(
                    (
                        line.row,
                        f"Row {twin.first.row} has the same name and date of birth under "
                        "another UPN. Check that they are two pupils.",
                    )
                )
        elif (known := self.by_name.get(key)) is not None:
            return self.join(known, line, key)
        pupil = Pupil(line)
        self.pupils.append(pupil)
        if upn:
            self.by_upn[upn] = pupil
        elif self.has_upns:
            self.noted.append((line.row, NO_UPN))
        self.by_name.setdefault(key, pupil)
        return ""

    def join(self, pupil: Pupil, line: Line, key: tuple[str, str, str]) -> str:
        first = pupil.first
        if name_key(first.identity) != key:
            return (
                f"Row {first.row} has the same UPN for a pupil with another name or date of "
                "birth. Correct one of them in your MIS."
            )
        have = {need.code for _, need in pupil.needs}
        fresh = tuple(need for need in line.needs if need.code not in have)
        if not fresh:
            return f"This row repeats row {first.row}, so it was left out."
        pupil.add_needs(line._replace(needs=fresh))
        if line.status != first.status:
            pupil.warnings.append(
                (
                    line.row,
                    f"Row {first.row} gives this pupil another SEN status; that one was kept.",
                )
            )
        return ""

    def records(self) -> tuple[PupilRecord, ...]:
        return tuple(self.record(pupil) for pupil in self.pupils)

    def record(self, pupil: Pupil) -> PupilRecord:
        first = pupil.first
        needs = pupil.ordered_needs()
        if self.has_needs and (needs or first.status in {"K", "E"}):
            needs = self.checked_needs(pupil, needs)
        return PupilRecord(first.row, first.identity, first.status, first.status_start, needs)

    def checked_needs(self, pupil: Pupil, needs: tuple[Need, ...]) -> tuple[Need, ...]:
        """A status and needs that do not go together: warned about, never silently mended."""
        row, status = pupil.first.row, pupil.first.status
        if status in {"K", "E"} and not needs:
            title = PROVISION_TITLES[Provision(status)]
            self.noted.append(
                (row, f"The status is {status} ({title}) but no type of need is given. Add one.")
            )
        elif status == "N" and needs:
            self.noted.append(
                (row, "A type of need is given but the status is N, so the need was left out.")
            )
            return ()
        elif status == "E" and any(need.code == "NSA" for need in needs):
            self.noted.append(
                (row, "NSA is for SEN support only, and this pupil has an EHC plan. Check it.")
            )
        return needs

    def warnings(self) -> Iterator[tuple[int, str]]:
        yield from self.noted
        for pupil in self.pupils:
            yield from pupil.warnings
