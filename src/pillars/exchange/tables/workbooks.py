"""Reads XLSX, XLS and ODS workbooks through calamine: saved values only, formulas never run."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import python_calamine as calamine

from pillars.exchange.tables.model import Note, TableError

# What zipfile and zlib raise on bytes that are not what they claim to be.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    LookupError,
    OSError,
    EOFError,
    RuntimeError,
)
MOST_UNPACKED = 600 * 1024 * 1024
MOST_RATIO = 200
BLOCK = 1024 * 1024
MOST_CELLS = 20_000_000
FORMULA_CELL = re.compile(
    rb'<c r="[A-Z]+(\d+)"[^>]*>\s*<f\b(?:[^>]*/>|.*?</f>)(.*?)</c>', re.DOTALL
)
FAR_ADDRESS = re.compile(rb"""\br\s*=\s*["'](?:[A-Z]{3}\d|[A-Z]{1,2}\d{5,})""")
CELL_ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'][^>]*[^/]>""")
REPEATED_VALUE = re.compile(
    rb'<table:table-cell[^>]*office:value-type[^>]*number-columns-repeated="\d{4,}'
    rb'|<table:table-cell[^>]*number-columns-repeated="\d{4,}"[^>]*office:value-type'
    rb'|<table:table-row[^>]*number-rows-repeated="\d{5,}"[^>]*>\s*<table:table-cell[^>]*value-type'
)
SAVED_VALUE = re.compile(rb"<v>[^<]+</v>|<is>")
NO_VALUE = (
    "A formula on this row has no saved value, so its cell was read as empty. "
    "Open the file in Excel, save it, and try again."
)


class Grid(NamedTuple):
    """A sheet as bare lines of trimmed text; line 0 is the sheet's first row."""

    sheet: str
    lines: list[list[str]]
    notes: Sequence[Note]


def read_workbook_grids(file: io.BytesIO, name: str, most_rows: int) -> list[Grid]:
    """Every visible sheet that holds anything. Raises TableError with a sentence."""
    zipped = file.getvalue()[:2] == b"PK"
    formulas = inspect_zip(file, name) if zipped else {}
    file.seek(0)
    try:
        with calamine.load_workbook(file) as book:
            return list(grids_of(book, name, most_rows, formulas))
    except TableError:
        raise
    except calamine.PasswordError:
        raise locked(name) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower() or is_encrypted_package(file):
            raise locked(name) from None
        raise TableError(
            f"{name} is not a spreadsheet that can be opened. "
            "Open it in Excel, save it as XLSX or CSV, and try again."
        ) from None


def grids_of(
    book: calamine.CalamineWorkbook, name: str, most_rows: int, formulas: dict[int, list[Note]]
) -> Iterator[Grid]:
    found = False
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(index)
        # A stray mark far down makes a sheet look tall, so the filled rows are counted later.
        if sheet.total_height > most_rows * 12:
            raise TableError(
                f"The sheet “{meta.name}” of {name} has {sheet.total_height:,} rows; "
                f"the most is {most_rows:,}. Export one school or one year group at a time."
            )
        if meta.visible != calamine.SheetVisibleEnum.Visible:
            continue
        lines = [
            [cell_text(cell) for cell in cells] for cells in sheet.to_python(skip_empty_area=False)
        ]
        if any(any(line) for line in lines):
            found = True
            yield Grid(meta.name, lines, formulas.get(index, ()))
    if not found:
        raise TableError(f"{name} is empty. Export it again and check that it has rows.")


def cell_text(value: object) -> str:
    """A cell as a person would read it aloud."""
    if isinstance(value, str):
        # A zero can be written into a cell (_x0000_), and can be kept in no database.
        return value.replace("\x00", "").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def inspect_zip(file: io.BytesIO, name: str) -> dict[int, list[Note]]:
    """Refuses a zip bomb, and finds formulas saved without a value, sheet by sheet (XLSX)."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.namelist()
            refuse_other_zips(members, name)
            refuse_bomb(archive, file, name)
            if "content.xml" in members and REPEATED_VALUE.search(archive.read("content.xml")):
                raise bomb(name)
            return {
                number - 1: inspect_sheet(archive.read(member), name)
                for number, member in numbered_sheets(members)
            }
    except TableError:
        raise
    except DAMAGED:
        raise TableError(
            f"{name} is damaged and cannot be opened. Export or save it again, then try again."
        ) from None


def refuse_other_zips(members: Sequence[str], name: str) -> None:
    if "word/document.xml" in members:
        raise TableError(f"{name} is a Word document, not a spreadsheet. Export it as CSV or XLSX.")
    if not any(m in {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} for m in members):
        raise TableError(
            f"{name} is a zip file, not a spreadsheet. Unzip it and choose the file inside."
        )


def refuse_bomb(archive: zipfile.ZipFile, file: io.BytesIO, name: str) -> None:
    """Unpacks block by block and stops as soon as the contents are out of all proportion.

    The sizes a zip declares are not believed: zipfile checks them while it reads.
    """
    allowed = min(MOST_UNPACKED, max(50 * BLOCK, file.getbuffer().nbytes * MOST_RATIO))
    unpacked = 0
    for member in archive.infolist():
        if unpacked + member.file_size > allowed:
            raise bomb(name)
        with archive.open(member) as stream:
            while block := stream.read(BLOCK):
                unpacked += len(block)
                if unpacked > allowed:
                    raise bomb(name)


def bomb(name: str) -> TableError:
    return TableError(
        f"{name} unpacks to far more than a register would hold, so it was not opened. "
        "Export the register again from your MIS."
    )


def numbered_sheets(members: Sequence[str]) -> Iterator[tuple[int, str]]:
    for member in members:
        if match := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", member):
            yield int(match[1]), member


def inspect_sheet(sheet: bytes, name: str) -> list[Note]:
    """Refuses a sheet whose one far corner would make the reader reserve gigabytes."""
    if FAR_ADDRESS.search(sheet):
        cells = [(column_number(m[1]), int(m[2])) for m in CELL_ADDRESS.finditer(sheet)]
        if cells and max(c for c, _ in cells) * max(r for _, r in cells) > MOST_CELLS:
            raise bomb(name)
    return valueless_formulas(sheet)


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def valueless_formulas(sheet: bytes) -> list[Note]:
    if b"<f" not in sheet:
        return []
    rows = {int(m[1]) for m in FORMULA_CELL.finditer(sheet) if not SAVED_VALUE.search(m[2])}
    return [Note(row, NO_VALUE) for row in sorted(rows)]


def is_encrypted_package(file: io.BytesIO) -> bool:
    """An XLSX under a password is an old-style container with this stream in it."""
    return "EncryptedPackage".encode("utf-16-le") in file.getvalue()


def locked(name: str) -> TableError:
    return TableError(
        f"{name} is protected by a password. Save a copy without the password and try again."
    )
