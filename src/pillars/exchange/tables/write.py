"""Writes spreadsheets that are safe to open: no cell can ever start a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import xlsxwriter

from pillars.exchange.tables.model import Sheet

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FORBIDDEN_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_CELL = 32_767


class Formats(NamedTuple):
    quoted: Any
    date: Any


def write_workbook(target: Path | BinaryIO, sheets: Sequence[Sheet]) -> None:
    """An XLSX with one tab per sheet: headings bold and kept in view, columns wide enough.

    Text that begins like a formula is kept as text, and marked so that Excel keeps it so even
    after someone edits the cell.
    """
    book = xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
            "default_date_format": "dd/mm/yyyy",
        },
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats = Formats(
        quoted=book.add_format({"quote_prefix": True}),
        date=book.add_format({"num_format": "dd/mm/yyyy"}),
    )
    for number, sheet in enumerate(sheets, start=1):
        title = sheet.title.translate(FORBIDDEN_IN_TITLES).strip(" '")[:31]
        page = book.add_worksheet(title or f"Sheet {number}")
        for column, heading in enumerate(sheet.headings):
            page.write_string(0, column, heading, bold)
        for row, values in enumerate(sheet.rows, start=1):
            for column, value in enumerate(values):
                write_cell(page, row, column, value, formats)
        page.freeze_panes(1, 0)
        for column, width in enumerate(column_widths(sheet)):
            page.set_column(column, column, width)
        if sheet.headings:
            page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.headings) - 1)
    book.close()


def write_cell(page: Any, row: int, column: int, value: object, formats: Formats) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, column, "Yes" if value else "No")
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    elif isinstance(value, dt.date):
        plain = value.date() if isinstance(value, dt.datetime) else value
        page.write_datetime(row, column, plain, formats.date)
    else:
        text = str(value)[:LONGEST_CELL]
        quoted = formats.quoted if text.startswith(STARTS_FORMULA) else None
        page.write_string(row, column, text, quoted)


def column_widths(sheet: Sheet) -> list[int]:
    widths = [len(heading) for heading in sheet.headings]
    for values in sheet.rows[:200]:
        for column, value in enumerate(values[: len(widths)]):
            widths[column] = max(widths[column], len(str(value)))
    return [min(60, width + 2) for width in widths]


def write_csv(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """The same as CSV that Excel opens with its accents right (UTF-8 with a mark)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(heading) for heading in headings])
    writer.writerows([[guarded(value) for value in values] for values in rows])
    return text.getvalue().encode("utf-8-sig")


def guarded(value: object) -> str:
    """A CSV cell has no type, so an apostrophe keeps Excel from reading it as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    text = str(value)
    return "'" + text if text.startswith(STARTS_FORMULA) else text
