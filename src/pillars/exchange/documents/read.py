"""Opens one file and reads it, or says in a sentence why it cannot be read."""

from __future__ import annotations

from pathlib import Path

from pillars.exchange.documents.docx import read_docx
from pillars.exchange.documents.model import Reading, Unreadable
from pillars.exchange.documents.odt import read_odt
from pillars.exchange.documents.pdf import read_pdf
from pillars.exchange.documents.plain import read_plain
from pillars.exchange.uploads import (
    MEGABYTE,
    UploadKind,
    UploadRefused,
    has_office_password,
    inspect_upload,
    is_old_office,
)

READABLE = frozenset({UploadKind.DOCX, UploadKind.ODT, UploadKind.PDF, UploadKind.TEXT})
MOST_BYTES = 20 * MEGABYTE
_READERS = {
    UploadKind.DOCX: read_docx,
    UploadKind.ODT: read_odt,
    UploadKind.PDF: read_pdf,
    UploadKind.TEXT: read_plain,
}
_SENTENCES = {
    "empty": "It is empty. Check the file and send it again.",
    "locked": "It has a password. Save a copy without one and send that.",
    "old": "It is an old Word file (.doc). Open it in Word, save it as .docx and send that.",
    "spreadsheet": "It is a spreadsheet, not a document. Copy its words into a Word file.",
    "picture": "It is a picture. Type its words into a Word file, or scan it with text.",
    "zip": "It is a zip inside a zip, which is not opened. Send its files themselves.",
    "other": "It is not a kind that can be read. Send .docx, .odt, .pdf with text, or .txt.",
    "large": f"It is over {MOST_BYTES // MEGABYTE} MB. Make its pictures smaller, then save it.",
    "no words": "It holds no words. If it is a picture of a page, scan it with text.",
}
_OFFERED = {
    UploadKind.XLSX: "spreadsheet",
    UploadKind.XLS: "spreadsheet",
    UploadKind.ODS: "spreadsheet",
    UploadKind.PNG: "picture",
    UploadKind.JPEG: "picture",
    UploadKind.ZIP: "zip",
}
_KNOWN_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".odt", ".pdf", ".txt", ".text", ".md", ""})


def read_document(source: Path | bytes, name: str = "") -> Reading:
    """What one file says: its words, and what makes its labels stand out.

    `source` is the file's path or its bytes, `name` what the person calls it. Raises Unreadable
    with a sentence that says why and what to do; any other file can still be read.
    """
    data = _bytes_of(source)
    name = name or (source.name if isinstance(source, Path) else "the file")
    kind = kind_of_document(data, name)
    reading = _READERS[kind](data, name)
    if not any(character.isalnum() for character in reading.text):
        raise Unreadable(_SENTENCES["no words"])
    return reading


def _bytes_of(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        if len(source) > MOST_BYTES:
            raise Unreadable(_SENTENCES["large"])
        return source
    try:
        if source.stat().st_size > MOST_BYTES:
            raise Unreadable(_SENTENCES["large"])
        return source.read_bytes()
    except OSError as error:
        why = (error.strerror or "unknown reason").lower()
        raise Unreadable(f"It could not be opened ({why}). Check that you may read it.") from None


def kind_of_document(data: bytes, name: str) -> UploadKind:
    """What kind of document these bytes are, or Unreadable when they are none that can be read.

    Quick: nothing is unpacked. A file that passes may still turn out to be damaged or a scan.
    """
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise Unreadable(_SENTENCES["empty"])
    suffix = Path(name).suffix.lower()
    if is_old_office(data):
        _refuse_old(data)
    if data.startswith(b"PK") and suffix in {".docx", ".docm", ".dotx"}:
        return UploadKind.DOCX  # a damaged one gets Word's sentence, not a zip's
    if data.startswith(b"PK") and suffix == ".odt":
        return UploadKind.ODT
    try:
        kind = inspect_upload(data, Path(name).stem, frozenset(UploadKind), most_bytes=MOST_BYTES)
    except UploadRefused as refused:
        if "not a kind of file" in refused.reason:
            raise Unreadable(_SENTENCES["other"]) from None
        raise Unreadable(refused.reason) from None
    return _checked(kind, suffix)


def _refuse_old(data: bytes) -> None:
    if has_office_password(data):
        raise Unreadable(_SENTENCES["locked"])
    sheet = "Workbook".encode("utf-16-le") in data
    raise Unreadable(_SENTENCES["spreadsheet" if sheet else "old"])


def _checked(kind: UploadKind, suffix: str) -> UploadKind:
    """A kind that can be read and is what its name claims, else a sentence."""
    if kind in _OFFERED:
        raise Unreadable(_SENTENCES[_OFFERED[kind]])
    if kind not in READABLE or suffix not in _KNOWN_SUFFIXES | {".doc", ".rtf"}:
        raise Unreadable(_SENTENCES["other"])
    wanted = {".pdf": UploadKind.PDF, ".odt": UploadKind.ODT}.get(suffix, UploadKind.DOCX)
    plain = suffix in {".txt", ".text", ".md", ""}
    if kind is UploadKind.TEXT and not plain:
        raise Unreadable(
            f"Its name ends in {suffix} but it is not such a file, or it is damaged. "
            "Open it, save a new copy and send that."
        )
    if kind is not UploadKind.TEXT and not plain and kind is not wanted:
        raise Unreadable(
            f"Its name ends in {suffix} but it holds {kind.value}. Save it under its right name."
        )
    return kind
