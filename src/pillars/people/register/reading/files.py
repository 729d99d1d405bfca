"""Reads a register from whatever file a school hands over: CSV, XLSX, XLS, ODS or CTF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pillars.exchange.tables import MOST_ROWS, Table, TableError, read_table
from pillars.exchange.xml import XmlError
from pillars.people.register.columns import count_recognised
from pillars.people.register.reading.ctf import read_ctf
from pillars.people.register.reading.records import RegisterReading
from pillars.people.register.reading.table import read_register


class RegisterUnreadable(ValueError):  # noqa: N818 (it is said of the file, not of the program)
    """A file that is no register at all; the message says why and what to do."""


class ReadFile(NamedTuple):
    """What a file said, and the table it was read from (none for a CTF)."""

    reading: RegisterReading
    table: Table | None


def read_register_file(
    source: Path | bytes,
    name: str = "",
    mapping: Mapping[str, str] | None = None,
    *,
    today: date,
    most_rows: int = MOST_ROWS,
) -> ReadFile:
    """The pupils in a file. Raises RegisterUnreadable with a sentence; nothing else."""
    name = name or (source.name if isinstance(source, Path) else "The file")
    try:
        data = read_start(source)
        if looks_like_xml(data):
            whole = source.read_bytes() if isinstance(source, Path) else source
            return ReadFile(read_ctf(whole, name, today=today), None)
        table = read_table(source, name, recognise=count_recognised, most_rows=most_rows)
    except (TableError, XmlError) as error:
        raise RegisterUnreadable(error.reason) from None
    except OSError as error:
        raise RegisterUnreadable(
            f"{name} could not be opened ({error.strerror or 'unknown reason'}). Check its name."
        ) from None
    return ReadFile(read_register(table, mapping, today=today), table)


def read_start(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source[:400]
    with source.open("rb") as file:
        return file.read(400)


def looks_like_xml(start: bytes) -> bool:
    plain = start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    is_page = plain.startswith((b"<html", b"<!doctype html", b"<table"))
    return plain.startswith(b"<") and not is_page
