"""Reads schools and trusts from files of Get Information About Schools (GIAS).

The full download (140 columns), the academies by trust, and extracts that others have cut down
and renamed all give the same thing: schools, the trusts they belong to, and every row accounted
for. Sponsors stand beside trusts in some files; a sponsor is not a trust. Pure: no database.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pillars.exchange.tables import MOST_ROWS, Table, TableError, read_table

HEADINGS = {
    "urn": ("urn", "establishmenturn", "schoolurn"),
    "name": ("establishmentname", "schoolname", "name", "estabname"),
    "la_code": ("lacode", "la", "localauthoritycode"),
    "la_name": ("laname", "localauthority", "localauthorityname"),
    "establishment_number": ("establishmentnumber", "estab", "estabnumber"),
    "kind": ("typeofestablishmentname", "schooltype", "typeofestablishment", "type"),
    "phase": ("phaseofeducationname", "phase", "phaseofeducation"),
    "status": ("establishmentstatusname", "establishmentstatus", "schoolstatus"),
    "postcode": ("postcode",),
    "pupil_count": ("numberofpupils", "pupilcount", "pupils"),
    "trust_uid": ("trustscode", "trustcode", "linkeduid", "groupuid", "trustuid"),
    "trust_name": ("trustsname", "trustname", "groupname"),
    "trust_kind": ("grouptype", "trustschoolflagname", "trusttype"),
    "trust_status": ("groupstatus",),
    "joined": ("joineddate",),
    "companies_house": ("companieshousenumber",),
}
ALIASES = {alias: field for field, aliases in HEADINGS.items() for alias in aliases}
URN = re.compile(r"[1-9]\d{5}")
GROUP_UID = re.compile(r"(?:TR)?\d{1,7}", re.IGNORECASE)
SUPPRESSED = {"z", "x", "c", "supp", "na", "n/a", "-"}
# Of two groups a school is listed under, the one it belongs to.
PREFERENCE = ("multi-academy trust", "single-academy trust")
SPONSOR = "sponsor"


class GiasProblem(NamedTuple):
    """A row that could not be taken, or something odd in one that was."""

    row: int
    reason: str


class TrustListing(NamedTuple):
    """A trust as GIAS lists it. `uid` is the GIAS group UID or the trust code."""

    uid: str
    name: str
    kind: str = ""
    companies_house: str = ""


class SchoolListing(NamedTuple):
    """A school as GIAS lists it. `trust_uid` is "" for a school in no trust."""

    row: int
    urn: int
    name: str
    la_code: str
    la_name: str
    establishment_number: str
    kind: str
    phase: str
    status: str
    postcode: str
    pupil_count: int | None
    trust_uid: str


@dataclass(frozen=True, slots=True)
class GiasReading:
    """What the file held. Every row is one of: a school, a repeat of one, closed, a problem.

    `repeats` are further rows of a school already met (a sponsor beside its trust); `sponsors`
    says how many rows of the file name a sponsor. `rows` is the sum of the four.
    """

    rows: int
    schools: tuple[SchoolListing, ...]
    trusts: tuple[TrustListing, ...]
    repeats: int
    closed: int
    sponsors: int
    problems: tuple[GiasProblem, ...]
    warnings: tuple[GiasProblem, ...]


class GiasUnreadable(ValueError):  # noqa: N818 (it is said of the file, not of the program)
    """A file that holds no schools; the message says why and what to do."""


class Link(NamedTuple):
    """That a row puts a school under a group."""

    row: int
    uid: str
    kind: str
    joined: str


def read_gias(source: Path | bytes, name: str = "", *, most_rows: int = MOST_ROWS) -> GiasReading:
    """The schools and trusts in a GIAS file. Raises GiasUnreadable with a sentence."""
    name = name or (source.name if isinstance(source, Path) else "The file")
    try:
        table = read_table(source, name, recognise=count_known, most_rows=most_rows)
    except TableError as error:
        raise GiasUnreadable(error.reason) from None
    except OSError as error:
        raise GiasUnreadable(
            f"{name} could not be opened ({error.strerror or 'unknown reason'}). Check its name."
        ) from None
    fields = fields_of(table.headings)
    missing = [title for field, title in (("urn", "URN"), ("name", "school name"))
               if field not in fields]  # fmt: skip
    if missing:
        raise GiasUnreadable(
            f"{table.name} has no column for the {' or the '.join(missing)}. "
            "Choose a file of establishments downloaded from GIAS."
        )
    return Reader(table, fields).read()


def plain(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c.isalnum())


def count_known(cells: Sequence[str]) -> int:
    return len({plain(cell) for cell in cells} & ALIASES.keys())


def fields_of(headings: Sequence[str]) -> dict[str, int]:
    """Where each field stands; of two headings for one field, the fuller name wins."""
    places = {plain(heading): place for place, heading in reversed(list(enumerate(headings)))}
    return {
        field: next(places[alias] for alias in aliases if alias in places)
        for field, aliases in HEADINGS.items()
        if any(alias in places for alias in aliases)
    }


class Reader:
    """One reading of one file."""

    def __init__(self, table: Table, fields: dict[str, int]) -> None:
        self.table, self.fields = table, fields
        self.schools: dict[int, SchoolListing] = {}
        self.trusts: dict[str, TrustListing] = {}
        self.links: dict[int, list[Link]] = defaultdict(list)
        self.repeats = self.closed = self.sponsors = 0
        self.problems: list[GiasProblem] = []
        self.warnings = [GiasProblem(note.row, note.message) for note in table.notes]

    def read(self) -> GiasReading:
        for row in self.table.rows:
            self.take(row.number, row.cells)
        schools = tuple(
            school._replace(trust_uid=self.trust_of(school)) for school in self.schools.values()
        )
        return GiasReading(
            rows=len(self.table.rows),
            schools=schools,
            trusts=tuple(self.trusts.values()),
            repeats=self.repeats,
            closed=self.closed,
            sponsors=self.sponsors,
            problems=tuple(self.problems),
            warnings=tuple(sorted(self.warnings)),
        )

    def text(self, cells: Sequence[str], field: str) -> str:
        place = self.fields.get(field)
        return " ".join(cells[place].split()) if place is not None else ""

    def take(self, row: int, cells: Sequence[str]) -> None:
        urn, name = whole(self.text(cells, "urn")), self.text(cells, "name")
        if not URN.fullmatch(urn):
            self.problems.append(
                GiasProblem(row, f"The URN “{urn[:20]}” is not six digits. Check the row in GIAS.")
            )
        elif not name:
            self.problems.append(GiasProblem(row, "The school has no name. Check the row in GIAS."))
        elif self.text(cells, "status").casefold() == "closed":
            self.closed += 1
        else:
            self.take_school(row, int(urn), name, cells)
            self.take_group(row, int(urn), cells)

    def take_school(self, row: int, urn: int, name: str, cells: Sequence[str]) -> None:
        if urn in self.schools:
            self.repeats += 1
            first = self.schools[urn]
            if first.name.casefold() != name.casefold():
                self.warnings.append(
                    GiasProblem(row, f"Row {first.row} gives this URN another name; that was kept.")
                )
            return
        self.schools[urn] = SchoolListing(
            row=row,
            urn=urn,
            name=name[:200],
            la_code=whole(self.text(cells, "la_code"))[:3],
            la_name=self.text(cells, "la_name")[:80],
            establishment_number=whole(self.text(cells, "establishment_number"))[:4],
            kind=self.text(cells, "kind")[:80],
            phase=self.text(cells, "phase")[:40],
            status=self.text(cells, "status")[:40],
            postcode=self.text(cells, "postcode")[:10],
            pupil_count=count_of(self.text(cells, "pupil_count")),
            trust_uid="",
        )

    def take_group(self, row: int, urn: int, cells: Sequence[str]) -> None:
        kind = self.text(cells, "trust_kind")
        if SPONSOR in kind.casefold():
            self.sponsors += 1
            return
        uid, name = whole(self.text(cells, "trust_uid")), self.text(cells, "trust_name")
        if self.text(cells, "trust_status").casefold() == "closed" or not (uid or name):
            return
        if not GROUP_UID.fullmatch(uid) or not name:
            self.warnings.append(
                GiasProblem(row, "The trust has no name or no number, so the school has no trust.")
            )
            return
        if kind.casefold() in {"not applicable", "unknown"}:
            kind = ""
        self.trusts.setdefault(
            uid,
            TrustListing(uid, name[:200], kind[:60], self.text(cells, "companies_house")[:12]),
        )
        self.links[urn].append(Link(row, uid, kind, self.text(cells, "joined")))

    def trust_of(self, school: SchoolListing) -> str:
        """The trust a school belongs to: an academy trust before others, then the last joined."""
        links = self.links.get(school.urn, [])
        if not links:
            return ""
        chosen = max(links, key=lambda link: (precedence(link.kind), joined_on(link), -link.row))
        others = {link.uid for link in links} - {chosen.uid}
        if others:
            self.warnings.append(
                GiasProblem(
                    school.row,
                    f"The school is listed under {len(others) + 1} groups; "
                    f"{self.trusts[chosen.uid].name} was taken as its trust.",
                )
            )
        return chosen.uid


def precedence(kind: str) -> int:
    """Academy trusts run a school; an umbrella trust only joins some together."""
    word = kind.casefold().replace("multi academy", "multi-academy")
    for place, name in enumerate(reversed(PREFERENCE), start=1):
        if name in word:
            return place
    return 0


def joined_on(link: Link) -> date:
    match = re.fullmatch(r"(\d\d)[-/](\d\d)[-/](\d{4})", link.joined)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.min
    except ValueError:
        return date.min


def whole(text: str) -> str:
    """A code without the ".0" that a spreadsheet or a data frame has hung on it."""
    return text[:-2] if re.fullmatch(r"\d+\.0", text) else text


def count_of(text: str) -> int | None:
    """A number of pupils; None where it is not given or suppressed."""
    if not text or text.casefold() in SUPPRESSED:
        return None
    try:
        return max(0, int(float(text.replace(",", ""))))
    except (ValueError, OverflowError):
        return None
