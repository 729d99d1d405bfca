"""Files that cannot be read each say why; text and OpenDocument files are read as they look."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pillars.exchange.documents import Box, Place, Table, Unreadable, read_document
from pillars.exchange.documents.plain import decode

EXAMPLES = Path(__file__).parents[3] / "examples" / "passports"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def zipped(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.docx", b"", "It is empty"),
        ("blank.txt", b" \r\n\t ", "It is empty"),
        ("marks.txt", b"-- !! --", "holds no words"),
        ("old.doc", OLE + bytes(600), "old Word file"),
        ("locked.docx", OLE + bytes(60) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("table.xls", OLE + bytes(60) + "Workbook".encode("utf-16-le"), "spreadsheet"),
        ("half.docx", b"PK\x03\x04 cut off", "damaged"),
        ("half.odt", b"PK\x03\x04 cut off", "damaged"),
        ("other.docx", zipped({"hello.txt": "hi"}), "damaged"),
        ("bad.docx", zipped({"word/document.xml": "<w:document"}), "damaged"),
        ("bad.odt", zipped({"content.xml": "<a/>"}), "damaged"),
        ("inner.zip", zipped({"a.txt": "hi"}), "zip inside a zip"),
        ("sheet.xlsx", zipped({"xl/workbook.xml": "<a/>"}), "spreadsheet"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("broken.pdf", b"%PDF-1.7 nothing more", "damaged"),
        ("wrong.pdf", b"Name: Invented Child", "ends in .pdf"),
        ("wrong.docx", b"Name: Invented Child", "ends in .docx"),
        ("page.html", b"<html><body>Name</body></html>", "not a kind"),
        ("data.xml", b"<?xml version='1.0'?><a/>", "not a kind"),
        ("program.bin", b"\x00\x01\x02\x03" * 30, "not a kind"),
        ("word.pdf", zipped({"word/document.xml": "<a/>"}), "right name"),
    ],
)
def test_unreadable_files_say_why_and_what_to_do(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_document(data, name)
    assert reason in caught.value.reason
    assert caught.value.reason.endswith(".")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as stream:
        stream.truncate(21 * 1024 * 1024)
    with pytest.raises(Unreadable, match="over 20 MB"):
        read_document(big)
    with pytest.raises(Unreadable, match="over 20 MB"):
        read_document(bytes(21 * 1024 * 1024), "big.txt")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="could not be opened"):
        read_document(tmp_path / "gone.txt")


def test_a_word_bomb_is_not_opened() -> None:
    data = zipped({"word/document.xml": b"0" * (49 * 1024 * 1024)})
    with pytest.raises(Unreadable, match="swell"):
        read_document(data, "bomb.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_schools_have(encoding: str) -> None:
    assert decode("Zoë’s café".encode(encoding)) == "Zoë’s café"


def test_bytes_that_are_no_cp1252_find_an_encoding_or_a_sentence() -> None:
    assert isinstance(decode("Łódź, Ożarów i Kraków, Zażółć".encode("cp1250")), str)


def test_text_headings_are_capitals_underlines_and_marks() -> None:
    text = (
        "PUPIL PROFILE\n=============\nMy strengths\n------------\n* I sing\n1. I count\n"
        "## Triggers\n**Name:** Invented\nLIKES AND DISLIKES\nReading at home\n"
    )
    (part,) = read_document(text.encode(), "a.txt").parts
    seen = [(line.text, bool(line.heading), line.item, line.lead) for line in part.blocks]
    assert seen == [
        ("PUPIL PROFILE", True, False, ""),
        ("My strengths", True, False, ""),
        ("I sing", False, True, ""),
        ("I count", False, True, ""),
        ("Triggers", True, False, ""),
        ("Name: Invented", False, False, "Name:"),
        ("LIKES AND DISLIKES", True, False, ""),
        ("Reading at home", False, False, ""),
    ]


OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = " ".join(
    f'xmlns:{short}="{OPEN}{long}"'
    for short, long in (
        ("office", "office:1.0"),
        ("text", "text:1.0"),
        ("table", "table:1.0"),
        ("style", "style:1.0"),
        ("draw", "drawing:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
    )
)


def test_opendocument_tables_frames_lists_bold_and_headers() -> None:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>"
        "<style:style style:name='B'><style:text-properties fo:font-weight='bold'/></style:style>"
        "</office:automatic-styles><office:body><office:text>"
        "<text:p><text:span text:style-name='B'>Name:</text:span> Invented<text:s/>Child</text:p>"
        "<table:table><table:table-row>"
        "<table:table-cell table:number-columns-spanned='2'><text:p>Wide</text:p>"
        "</table:table-cell><table:covered-table-cell/></table:table-row>"
        "<table:table-row><table:table-cell><text:p>Left</text:p></table:table-cell>"
        "<table:table-cell><text:list><text:list-item><text:p>one</text:p></text:list-item>"
        "</text:list></table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame>"
        "</text:p></office:text></office:body></office:document-content>"
    )
    styles = (
        f"<office:document-styles {NAMES}><office:master-styles><style:master-page>"
        "<style:header><text:p>Class: 4B</text:p></style:header>"
        "<style:footer><text:p>Review: May</text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": styles,
        }
    )
    header, body, footer = read_document(data, "a.odt").parts
    assert (header.place, header.blocks[0].text) == (Place.HEADER, "Class: 4B")
    assert (footer.place, footer.blocks[0].text) == (Place.FOOTER, "Review: May")
    line, table, box = body.blocks
    assert (line.text, line.lead) == ("Name: Invented Child", "Name:")
    assert isinstance(table, Table)
    assert table.rows[0][0].columns == 2
    assert table.rows[1][1].blocks[0].item
    assert isinstance(box, Box)
    assert box.blocks[0].text == "In a box"


def test_the_examples_that_cannot_be_read_each_say_why() -> None:
    reasons = {}
    for name in ("Locked passport.pdf", "Scanned passport.pdf", "Old passport 2009.doc"):
        with pytest.raises(Unreadable) as caught:
            read_document(EXAMPLES / name)
        reasons[name] = caught.value.reason.split(".")[0]
    assert reasons == {
        "Locked passport.pdf": "It has a password",
        "Scanned passport.pdf": "It is a scan: a picture of a page, without text",
        "Old passport 2009.doc": "It is an old Word file (",
    }
