"""Reads a register from a table: one row per pupil, or one per need."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pillars.exchange.tables import Table
from pillars.people.register.codes import read_need
from pillars.people.register.columns import resolve_headings
from pillars.people.register.reading.cells import Cells
from pillars.people.register.reading.merge import Line, Merger
from pillars.people.register.reading.people import (
    is_about_nobody,
    missing_from,
    people_of,
    split_names,
)
from pillars.people.register.reading.records import Identity, Issue, Need, RegisterReading

NO_NAMES = (
    "No column holds the pupils’ names. Choose the columns that are the surname and the forename."
)
NO_KEY = (
    "No column holds the UPN or the date of birth, so pupils cannot be told apart. "
    "Choose one, or export again with it."
)
NO_STATUS = "No column holds the SEN status (N, K or E), so no status will change."


def read_register(
    table: Table, mapping: Mapping[str, str] | None = None, *, today: date
) -> RegisterReading:
    """The pupils a table names, with every row accounted for.

    `mapping` is what a person decided about headings ({heading: field, or "" to ignore}); the
    rest are recognised. Nothing is raised: a row that cannot be taken becomes a problem.
    """
    columns = resolve_headings(table.headings, mapping)
    fields = frozenset(columns.values()) - {""}
    if "name" in fields:
        fields |= {"surname", "forename"}
    blockers = find_blockers(fields)
    if blockers:
        return RegisterReading(columns, fields, len(table.rows), blockers=blockers)
    return Reader(table, columns, fields, today).read()


def find_blockers(fields: frozenset[str]) -> tuple[str, ...]:
    found = []
    if not {"surname", "forename"} <= fields:
        found.append(NO_NAMES)
    if not fields & {"upn", "date_of_birth"}:
        found.append(NO_KEY)
    return tuple(found)


class Reader:
    """One reading of one table."""

    def __init__(
        self, table: Table, columns: dict[str, str], fields: frozenset[str], today: date
    ) -> None:
        self.table, self.columns, self.fields = table, columns, fields
        self.cells = Cells(table, columns, today)
        self.problems: list[Issue] = []
        self.warnings: list[Issue] = [Issue(note.row, note.message) for note in table.notes]
        self.refused: list[Identity] = []

    def read(self) -> RegisterReading:
        split_names(self.cells)
        has_needs = "need" in self.fields or any(f.startswith("need_") for f in self.fields)
        merger = Merger(has_needs=has_needs, has_upns="upn" in self.fields)
        self.note_file()
        for line in self.lines():
            self.take(merger, line)
        records = merger.records()
        warned = [Issue(row, reason) for row, reason in merger.warnings()]
        return RegisterReading(
            columns=self.columns,
            fields=self.fields,
            rows=len(self.table.rows),
            records=records,
            problems=tuple(sorted(self.problems)),
            warnings=tuple(sorted(self.warnings + warned)),
            refused_upns=frozenset(p.upn for p in self.refused if p.upn),
            refused_names=frozenset(
                (p.surname.casefold(), p.forename.casefold()) for p in self.refused
            ),
        )

    def note_file(self) -> None:
        row = self.table.heading_row
        self.warnings += [Issue(row, note) for note in self.cells.notes]
        if "sen_status" not in self.fields:
            self.warnings.append(Issue(row, NO_STATUS))

    def lines(self) -> list[Line]:
        cells = self.cells
        return [
            Line(row.number, index, *values)
            for index, (row, *values) in enumerate(
                zip(
                    self.table.rows,
                    people_of(cells),
                    cells.of("sen_status"),
                    cells.of("sen_start"),
                    self.needs(),
                    cells.of("need_rank"),
                    strict=True,
                )
            )
        ]

    def needs(self) -> list[tuple[Need, ...]]:
        """The needs of each line, in the order of their columns."""
        found: list[tuple[Need, ...]] = [()] * self.cells.size
        starts = self.cells.of("need_start")
        known: dict[str, tuple[tuple[str, ...], str]] = {}
        for name in self.cells.need_fields():
            for line, text in enumerate(self.cells.of(name)):
                if not text:
                    continue
                if text not in known:
                    known[text] = read_need(text)
                codes, warning = known[text]
                if warning:
                    self.cells.warnings[line].append(warning)
                have = {need.code for need in found[line]}
                found[line] += tuple(Need(c, starts[line]) for c in codes if c not in have)
        return found

    def take(self, merger: Merger, line: Line) -> None:
        """Gives a line to the merger, unless something stands against it."""
        person = line.identity
        reasons = self.cells.problems.get(line.place)
        if (
            not reasons
            and person.surname
            and person.forename
            and (person.upn or person.date_of_birth)
        ):
            reason = merger.add(line)
            reasons = [reason] if reason else None
        else:
            nobody = is_about_nobody(self.table.rows[line.place], self.table.headings, person)
            if nobody:
                self.warnings.append(Issue(line.row, nobody))
                return
            missing = missing_from(person)
            reasons = [*(reasons or []), *([missing] if missing and not reasons else [])]
        if reasons:
            self.problems.append(Issue(line.row, " ".join(reasons)))
            self.refused.append(person)
        elif warnings := self.cells.warnings.get(line.place):
            self.warnings += [Issue(line.row, warning) for warning in warnings]
