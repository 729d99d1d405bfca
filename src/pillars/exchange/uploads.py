"""Looks at a file before anything opens it: what it really is, and whether it is safe to open.

A file's name is only a claim. Its first bytes say what it is; its size, and for a zip the size
that it would swell to, say whether it may be opened. Every upload passes here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

MEGABYTE = 1024 * 1024


class UploadKind(StrEnum):
    """What a file really is, told from its content."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    TEXT = "txt"
    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    XML = "xml"
    CALENDAR = "ics"
    ZIP = "zip"
    PNG = "png"
    JPEG = "jpg"


_TITLES = {
    UploadKind.DOCX: "Word (.docx)",
    UploadKind.ODT: "OpenDocument text (.odt)",
    UploadKind.PDF: "PDF (.pdf)",
    UploadKind.TEXT: "plain text (.txt)",
    UploadKind.CSV: "CSV (.csv)",
    UploadKind.XLSX: "Excel (.xlsx)",
    UploadKind.XLS: "old Excel (.xls)",
    UploadKind.ODS: "OpenDocument spreadsheet (.ods)",
    UploadKind.XML: "XML (.xml)",
    UploadKind.CALENDAR: "calendar (.ics)",
    UploadKind.ZIP: "zip (.zip)",
    UploadKind.PNG: "PNG picture (.png)",
    UploadKind.JPEG: "JPEG picture (.jpg)",
}
_EXTENSIONS = {kind.value: kind for kind in UploadKind} | {
    "jpeg": UploadKind.JPEG,
    "tsv": UploadKind.CSV,
    "text": UploadKind.TEXT,
    "ical": UploadKind.CALENDAR,
}
_WORDS = frozenset({UploadKind.TEXT, UploadKind.CSV, UploadKind.XML, UploadKind.CALENDAR})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE_PARTS = {
    "word/document.xml": UploadKind.DOCX,
    "xl/workbook.xml": UploadKind.XLSX,
    "xl/workbook.bin": UploadKind.XLSX,
}
_OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.text": UploadKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": UploadKind.ODS,
}


class UploadRefused(ValueError):  # noqa: N818 (what is told to a person)
    """A file that will not be taken; `reason` says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How far a zip may swell. A school's own files come nowhere near these."""

    entries: int = 5_000
    entry_bytes: int = 64 * MEGABYTE
    total_bytes: int = 768 * MEGABYTE
    ratio: int = 250
    ratio_from_bytes: int = MEGABYTE


def inspect_upload(
    source: bytes | BinaryIO,
    name: str,
    allowed: Collection[UploadKind],
    *,
    most_bytes: int = 20 * MEGABYTE,
) -> UploadKind:
    """The kind of an uploaded file, or UploadRefused with a sentence for the person.

    `source` is the bytes, or an open binary file, which is left at its start. The kind comes
    from the content; the name only tells apart the kinds that are all plain words.
    """
    data = _whole(source, most_bytes)
    if len(data) > most_bytes:
        raise UploadRefused(
            f"{name} is over {most_bytes // MEGABYTE} MB. Send a smaller file, or several."
        )
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise UploadRefused(f"{name} is empty. Check the file and send it again.")
    claimed = _EXTENSIONS.get(_extension(name))
    kind = _kind_of(data, name, claimed)
    if kind not in allowed:
        raise UploadRefused(f"{name} is {_TITLES[kind]}. Send {_either(allowed)}.")
    if claimed is not None and claimed is not kind and not {claimed, kind} <= _WORDS:
        raise UploadRefused(
            f"{name} says it is {_TITLES[claimed]} but holds {_TITLES[kind]}. "
            "Save it again under its right name."
        )
    return kind


def open_zip_safely(
    source: bytes | BinaryIO, name: str, limits: ZipLimits | None = None
) -> zipfile.ZipFile:
    """An opened zip whose entries are few, small and honest about their size.

    Nothing is unpacked to disk. Read entries with `read_entry`, which holds the same limits
    against a zip that lies about its sizes.
    """
    bounds = limits or ZipLimits()
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        archive = zipfile.ZipFile(stream)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UploadRefused(f"{name} is a broken zip. Make it again and send it again.") from None
    if len(entries) > bounds.entries:
        raise UploadRefused(
            f"{name} holds {len(entries):,} files. Send {bounds.entries:,} at most at a time."
        )
    if sum(entry.file_size for entry in entries) > bounds.total_bytes:
        raise UploadRefused(_swells(name, bounds.total_bytes))
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise UploadRefused(f"{name} has a password. Make it again without one.")
        if entry.file_size > bounds.entry_bytes or _swollen(entry, bounds):
            raise UploadRefused(_swells(name, bounds.entry_bytes))
    return archive


def read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str, limits: ZipLimits | None = None
) -> bytes:
    """The bytes of one entry, never more than the limit whatever the zip claims."""
    most = (limits or ZipLimits()).entry_bytes
    label = entry if isinstance(entry, str) else entry.filename
    try:
        with archive.open(entry) as stream:
            data = stream.read(most + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise UploadRefused(f"{label} is damaged inside its zip. Make the zip again.") from None
    except Exception as error:  # zlib.error and lzma.LZMAError share no base class
        if type(error).__module__ not in {"zlib", "_lzma", "lzma"}:
            raise
        raise UploadRefused(f"{label} is damaged inside its zip. Make the zip again.") from None
    if len(data) > most:
        raise UploadRefused(_swells(label, most))
    return data


def files_in_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Each file in a zip with a safe relative name: no folders, no system litter, no climbing out.

    A zip inside the zip is given like any other file and is never opened here.
    """
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        pieces = [
            piece
            for piece in PurePosixPath(entry.filename.replace("\\", "/")).parts
            if piece not in {"/", "..", "."} and not piece.endswith(":")
        ]
        if not pieces or is_litter(pieces):
            continue
        yield "/".join(pieces), entry


def is_litter(pieces: Collection[str]) -> bool:
    """Whether a path is what a computer leaves behind: lock files, thumbnails, resource forks."""
    return any(
        piece.startswith((".", "~$")) or piece in {"__MACOSX", "Thumbs.db", "desktop.ini"}
        for piece in pieces
    )


def is_old_office(data: bytes) -> bool:
    """Whether these are the bytes of an Office file from before 2007, or of one with a password."""
    return data.startswith(_OLE)


def has_office_password(data: bytes) -> bool:
    """Whether an OLE file is a modern Office file locked with a password."""
    return is_old_office(data) and "EncryptedPackage".encode("utf-16-le") in data


def _kind_of(data: bytes, name: str, claimed: UploadKind | None) -> UploadKind:
    if data.startswith(b"PK"):
        return _kind_of_zip(data, name)
    if is_old_office(data):
        return _kind_of_ole(data, name)
    if b"%PDF-" in data[:1024]:
        return UploadKind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return UploadKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return UploadKind.JPEG
    return _kind_of_words(data, name, claimed)


def _kind_of_zip(data: bytes, name: str) -> UploadKind:
    with open_zip_safely(data, name) as archive:
        names = set(archive.namelist())
        for part, kind in _OFFICE_PARTS.items():
            if part in names:
                return kind
        if "mimetype" in names:
            return _OPEN_TYPES.get(read_entry(archive, "mimetype").strip(), UploadKind.ZIP)
    return UploadKind.ZIP


def _kind_of_ole(data: bytes, name: str) -> UploadKind:
    if has_office_password(data):
        raise UploadRefused(f"{name} has a password. Save a copy without one and send that.")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return UploadKind.XLS
    raise UploadRefused(
        f"{name} is an old Word file (.doc). Open it in Word, save it as .docx and send that."
    )


def _kind_of_words(data: bytes, name: str, claimed: UploadKind | None) -> UploadKind:
    head = data[:4096]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in head and not wide:
        raise UploadRefused(f"{name} is not a kind of file we know. Check that it opens for you.")
    start = head.decode("utf-16" if wide else "latin-1", errors="ignore").lstrip("ï»¿\ufeff \t\r\n")
    if start.startswith(("<?xml", "<CTfile")):
        return UploadKind.XML
    if start.upper().startswith("BEGIN:VCALENDAR"):
        return UploadKind.CALENDAR
    return claimed if claimed in {UploadKind.CSV, UploadKind.TEXT} else UploadKind.TEXT


def _whole(source: bytes | BinaryIO, most_bytes: int) -> bytes:
    if isinstance(source, bytes):
        return source
    source.seek(0)
    data = source.read(most_bytes + 1)
    source.seek(0)
    return data


def _swollen(entry: zipfile.ZipInfo, limits: ZipLimits) -> bool:
    if entry.file_size < limits.ratio_from_bytes:
        return False
    return entry.file_size > limits.ratio * max(entry.compress_size, 1)


def _swells(name: str, most_bytes: int) -> str:
    return (
        f"{name} would swell to over {most_bytes // MEGABYTE} MB, or hides how big it is. "
        "It was not opened. Send the files without a zip, or fewer at a time."
    )


def _extension(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")


def _either(allowed: Collection[UploadKind]) -> str:
    titles = [_TITLES[kind] for kind in UploadKind if kind in allowed]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} or {titles[-1]}"
