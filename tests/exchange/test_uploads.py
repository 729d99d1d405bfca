"""Uploads are known by their content, and a zip that would swell is never opened."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from pillars.exchange.uploads import (
    UploadKind,
    UploadRefused,
    ZipLimits,
    files_in_zip,
    inspect_upload,
    open_zip_safely,
    read_entry,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ALL = frozenset(UploadKind)


def zipped(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", zipped({"word/document.xml": "x"}), UploadKind.DOCX),
        ("a.xlsx", zipped({"xl/workbook.xml": "x"}), UploadKind.XLSX),
        (
            "a.odt",
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
            UploadKind.ODT,
        ),
        (
            "a.ods",
            zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            UploadKind.ODS,
        ),
        ("a.zip", zipped({"mimetype": "something else"}), UploadKind.ZIP),
        ("a.zip", zipped({"a.txt": "x"}), UploadKind.ZIP),
        ("a.pdf", b"%PDF-1.7\n", UploadKind.PDF),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), UploadKind.XLS),
        ("a.png", b"\x89PNG\r\n\x1a\n", UploadKind.PNG),
        ("a.jpeg", b"\xff\xd8\xff\xe0", UploadKind.JPEG),
        ("a.csv", b"UPN,Name\n", UploadKind.CSV),
        ("a.txt", b"UPN,Name\n", UploadKind.TEXT),
        ("a", "Zoë".encode("utf-16"), UploadKind.TEXT),
        ("a.xml", b"\xef\xbb\xbf<?xml version='1.0'?><a/>", UploadKind.XML),
        ("a.ics", b"BEGIN:VCALENDAR\r\n", UploadKind.CALENDAR),
    ],
)
def test_kind_comes_from_the_content(name: str, data: bytes, kind: UploadKind) -> None:
    assert inspect_upload(data, name, ALL) is kind


@pytest.mark.parametrize(
    ("name", "data", "allowed", "sentence"),
    [
        ("a.pdf", b"", ALL, "is empty"),
        ("a.pdf", b"%PDF-1.7", {UploadKind.CSV}, "a.pdf is PDF (.pdf). Send CSV (.csv)."),
        (
            "a.pdf",
            b"%PDF-1.7",
            {UploadKind.CSV, UploadKind.XLSX, UploadKind.XML},
            "Send CSV (.csv), Excel (.xlsx) or XML (.xml).",
        ),
        ("a.csv", b"%PDF-1.7", ALL, "says it is CSV (.csv) but holds PDF"),
        ("a.bin", b"\x00\x01\x02", ALL, "not a kind of file we know"),
        ("a.doc", OLE + bytes(99), ALL, "old Word file"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), ALL, "has a password"),
        ("a.zip", b"PK broken", ALL, "broken zip"),
    ],
)
def test_a_refused_file_says_why(
    name: str, data: bytes, allowed: frozenset[UploadKind], sentence: str
) -> None:
    with pytest.raises(UploadRefused) as caught:
        inspect_upload(data, name, allowed)
    assert sentence in caught.value.reason


def test_a_file_over_its_limit_is_refused_without_reading_it_all() -> None:
    stream = io.BytesIO(b"a" * (3 * 1024 * 1024))
    with pytest.raises(UploadRefused, match="over 1 MB"):
        inspect_upload(stream, "a.csv", ALL, most_bytes=1024 * 1024)
    assert stream.tell() == 0


def test_a_zip_that_swells_is_refused() -> None:
    with pytest.raises(UploadRefused, match="would swell"):
        open_zip_safely(zipped({"a.txt": b"0" * 5_000_000}), "bomb.zip")


def test_a_zip_of_too_much_or_too_many_is_refused() -> None:
    limits = ZipLimits(entries=2, entry_bytes=100, total_bytes=150)
    with pytest.raises(UploadRefused, match="holds 3 files"):
        open_zip_safely(zipped({"a": "1", "b": "1", "c": "1"}), "many.zip", limits)
    with pytest.raises(UploadRefused, match="swell"):
        open_zip_safely(zipped({"a": "1" * 99, "b": "1" * 99}), "much.zip", limits)
    with pytest.raises(UploadRefused, match="swell"):
        open_zip_safely(zipped({"a": "1" * 101}), "much.zip", limits)


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(zipped({"a.txt": "hello"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UploadRefused, match="password"):
        open_zip_safely(bytes(data), "locked.zip")


def test_a_zip_that_lies_about_its_size_is_not_believed() -> None:
    data = bytearray(zipped({"a.txt": b"0" * 900}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    with (
        open_zip_safely(bytes(data), "liar.zip") as archive,
        pytest.raises(UploadRefused, match="damaged"),
    ):
        read_entry(archive, "a.txt")


def test_damaged_entries_are_refused() -> None:
    data = bytearray(zipped({"a.txt": bytes(range(256)) * 20}))
    for place in range(45, 65):
        data[place] ^= 0xFF
    with (
        open_zip_safely(bytes(data), "cut.zip") as archive,
        pytest.raises(UploadRefused, match="damaged"),
    ):
        read_entry(archive, "a.txt")
    assert issubclass(zlib.error, Exception)


def test_names_in_a_zip_stay_inside_and_litter_is_left_out() -> None:
    data = zipped(
        {
            "../../etc/passwd": "x",
            "/root/a.docx": "x",
            "C:\\Users\\b.docx": "x",
            "class 4/c.docx": "x",
            "__MACOSX/._c.docx": "x",
            "class 4/~$c.docx": "x",
            "class 4/Thumbs.db": "x",
            "class 4/": "",
        }
    )
    with open_zip_safely(data, "names.zip") as archive:
        names = [name for name, _ in files_in_zip(archive)]
    assert names == ["etc/passwd", "root/a.docx", "Users/b.docx", "class 4/c.docx"]
