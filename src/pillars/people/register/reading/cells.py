"""Turns the columns of a table into clean values, and collects what was odd, row by row.

Works a column at a time and cleans each different text once: a register of 50,000 rows holds
fifteen year groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from pillars.exchange.tables import Table
from pillars.people.register.codes import Code
from pillars.people.register.columns import COLUMNS, FLAGS, NEEDS, Column, Setting
from pillars.people.register.dates import writes_month_first

Messages = dict[int, list[str]]

MONTH_FIRST = (
    "The dates in “{heading}” are written month first (09/25/2014), so they were all read that way."
)


class Cells:
    """The clean values of a table by field, and problems and warnings by line (0 is the first)."""

    def __init__(self, table: Table, columns: Mapping[str, str], today: date) -> None:
        self.size = len(table.rows)
        self.values: dict[str, list[str]] = {}
        self.problems: Messages = defaultdict(list)
        self.warnings: Messages = defaultdict(list)
        self.notes: list[str] = []
        for place, heading in enumerate(table.headings):
            name = columns[heading]
            if name:
                texts = [row.cells[place] for row in table.rows]
                self.add(COLUMNS[name], heading, texts, today)
        self.fill_blanks()

    def of(self, name: str) -> list[str]:
        """The values of a field, one per line; blanks if the file has no such column."""
        found = self.values.get(name)
        return found if found is not None else [""] * self.size

    def add(self, column: Column, heading: str, texts: Sequence[str], today: date) -> None:
        different = set(texts)
        month_first = column.is_date and writes_month_first(different)
        if month_first:
            self.notes.append(MONTH_FIRST.format(heading=heading))
        setting = Setting(today=today, month_first=month_first)
        clean: dict[str, Code] = {text: column.clean(text, setting) for text in different}
        self.values[column.field] = [clean[text].value for text in texts]
        odd = {text for text, code in clean.items() if code.problem or code.warning}
        if not odd:
            return
        for line, text in enumerate(texts):
            if text in odd:
                code = clean[text]
                if code.problem:
                    self.problems[line].append(code.problem)
                if code.warning:
                    self.warnings[line].append(code.warning)

    def fill_blanks(self) -> None:
        """In a column that is used at all, a blank status means none and a blank flag means no."""
        for name, meaning in (("sen_status", "N"), *((flag, "0") for flag in FLAGS)):
            column = self.values.get(name)
            if column and any(column):
                warned = self.warnings if name in FLAGS else {}
                self.values[name] = [
                    value or ("" if line in warned else meaning)
                    for line, value in enumerate(column)
                ]

    def need_fields(self) -> list[str]:
        return [name for name in NEEDS if name in self.values]
