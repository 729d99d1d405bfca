"""What a spreadsheet is once it has been read: headings, numbered rows, and what was odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class TableError(ValueError):
    """A file that cannot be read as a table; the message says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Row(NamedTuple):
    """One row, numbered as the spreadsheet shows it (the first row of the sheet is 1)."""

    number: int
    cells: Sequence[str]


class Note(NamedTuple):
    """Something odd that did not stop the reading, and the row it was on."""

    row: int
    message: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a school sees it: one heading per column, one Row per filled line.

    Every cell is text with its ends trimmed. Dates are written `YYYY-MM-DD`, whole numbers
    without a decimal point, so that a year group is "7" and never "7.0". Headings are unique
    and never blank. Every row has as many cells as there are headings.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str = ""
    sheet: str = ""
    heading_row: int = 1
    notes: tuple[Note, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be written: a title for its tab, headings, and rows of values."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
