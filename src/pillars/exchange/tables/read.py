"""Reads a spreadsheet, whatever program saved it.

The kind of a file is told by its content, because schools rename files. Nothing in a file is
ever run: a formula gives the value that was saved with it, or nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from pillars.exchange.tables.model import Note, Row, Table, TableError
from pillars.exchange.tables.shape import find_headings, name_columns
from pillars.exchange.tables.text import read_text_grid
from pillars.exchange.tables.workbooks import Grid, read_workbook_grids

MOST_ROWS = 100_000
MOST_BYTES = 60 * 1024 * 1024

EXTRA_CELLS = (
    "This row has more cells than there are headings. The extra text was left out; "
    "look for a stray comma or an unnamed column."
)

Recognise = Callable[[Sequence[str]], int]

NOT_TABLES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich text document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a compressed file"),
)


def read_table(
    source: Path | bytes,
    name: str = "",
    *,
    recognise: Recognise | None = None,
    most_rows: int = MOST_ROWS,
) -> Table:
    """The table a school meant when it handed over this file.

    `recognise` scores a line of headings (how many of them are known); with it, the sheet and
    the heading row are those that are best known, so title lines and cover sheets are passed
    over. Raises TableError with a sentence when there is no table to be had.
    """
    name = name or (source.name if isinstance(source, Path) else "The file")
    data = read_bytes(source, name)
    grids = read_grids(data, name, most_rows)
    return shape_best(grids, name, recognise, most_rows)


def read_bytes(source: Path | bytes, name: str) -> bytes:
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > MOST_BYTES:
        raise TableError(
            f"{name} is {size // (1024 * 1024)} MB; the most is {MOST_BYTES // (1024 * 1024)} MB. "
            "Export fewer columns, or one year group at a time."
        )
    data = source.read_bytes() if isinstance(source, Path) else source
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableError(f"{name} is empty. Export it again and check that it has rows.")
    return data


def read_grids(data: bytes, name: str, most_rows: int) -> list[Grid]:
    for start, what in NOT_TABLES:
        if data.startswith(start):
            raise TableError(
                f"{name} is {what}, not a spreadsheet. Export it as CSV or XLSX and try again."
            )
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return read_workbook_grids(io.BytesIO(data), name, most_rows)
    return [read_text_grid(data, name, most_rows)]


def shape_best(grids: list[Grid], name: str, recognise: Recognise | None, most_rows: int) -> Table:
    found = [(find_headings(grid.lines, recognise), grid) for grid in grids]
    candidates = [(place, grid) for place, grid in found if place is not None]
    if not candidates:
        raise TableError(
            f"No row of headings was found in {name}. "
            "The first row should name each column, for example UPN, Surname, Forename."
        )
    place, grid = max(candidates, key=lambda pair: pair[0].score)
    table = shape(grid, place.line, name)
    if not table.rows:
        raise TableError(
            f"{name} has headings but no rows under them. Export it again and check the filter."
        )
    if len(table.rows) > most_rows:
        raise too_many(name, len(table.rows), most_rows)
    return table


def shape(grid: Grid, heading_index: int, name: str) -> Table:
    headings = name_columns(grid.lines[heading_index])
    width = len(headings)
    rows: list[Row] = []
    notes = [note for note in grid.notes if note.row > heading_index + 1]
    for number, cells in enumerate(grid.lines[heading_index + 1 :], start=heading_index + 2):
        if not any(cells):
            continue
        if any(cells[width:]):
            notes.append(Note(number, EXTRA_CELLS))
        rows.append(Row(number, fitted(cells, width)))
    return Table(
        headings=headings,
        rows=tuple(rows),
        name=name,
        sheet=grid.sheet,
        heading_row=heading_index + 1,
        notes=tuple(sorted(notes)),
    )


def fitted(cells: list[str], width: int) -> list[str]:
    return cells if len(cells) == width else [*cells[:width], *[""] * (width - len(cells))]


def too_many(name: str, rows: int, most: int) -> TableError:
    return TableError(
        f"{name} has {rows:,} rows; the most is {most:,}. "
        "Export one school or one year group at a time."
    )
