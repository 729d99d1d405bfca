"""Any spreadsheet a school hands over is read, or refused with a sentence."""

import contextlib
import csv
import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pillars.exchange.tables import Table, TableError, read_table

LINES = [
    ["UPN", "Surname", "Forename", "Year"],
    ["A1", "Ólafsdóttir (invented)", "Zoë", "7"],
    ["B2", "Nguyễn", "Siân", "8"],
]
PLAIN = [["UPN", "Surname", "Forename"], ["A1", "Ní Bhriain", "Zoë"], ["B2", "Brontë", "Siân"]]


def as_text(lines: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return out.getvalue()


def workbook(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for title, lines in sheets.items():
        page = book.add_worksheet(title)
        for r, line in enumerate(lines):
            for c, value in enumerate(line):
                if isinstance(value, date):
                    page.write_datetime(r, c, value, day)
                elif value is not None:
                    page.write(r, c, value)
    book.close()
    return out.getvalue()


def cells(table: Table) -> list[list[str]]:
    return [list(row.cells) for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_any_unicode_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    table = read_table(as_text(LINES, delimiter).encode(encoding), "register.csv")
    assert list(table.headings) == LINES[0]
    assert cells(table) == LINES[1:]
    assert [row.number for row in table.rows] == [2, 3]


def test_csv_in_windows_encoding() -> None:
    table = read_table(as_text(PLAIN).encode("cp1252"), "register.csv")
    assert cells(table) == PLAIN[1:]


def test_names_with_a_comma_do_not_pass_for_a_delimiter() -> None:
    text = "UPN;Name;Year\nA1;Lovelace, Ada;7\nB2;Turing, Alan;8\n"
    assert cells(read_table(text.encode(), "r.csv")) == [
        ["A1", "Lovelace, Ada", "7"],
        ["B2", "Turing, Alan", "8"],
    ]


def test_quoted_newlines_and_blank_lines_keep_the_spreadsheets_row_numbers() -> None:
    text = 'UPN,Note\nA1,"two\nlines"\n\n,\nB2,one\n'
    table = read_table(text.encode(), "r.csv")
    assert [(row.number, row.cells[0]) for row in table.rows] == [(2, "A1"), (5, "B2")]
    assert table.rows[0].cells[1] == "two\nlines"


def test_ragged_rows_are_filled_and_extra_text_is_reported() -> None:
    table = read_table(b"UPN,Surname,Year\nA1,Lovelace\nB2,Turing,8,stray,\n", "r.csv")
    assert cells(table) == [["A1", "Lovelace", ""], ["B2", "Turing", "8"]]
    assert [note.row for note in table.notes] == [3]
    assert "more cells than there are headings" in table.notes[0].message


def test_excels_declared_separator_is_used_and_counted_as_a_row() -> None:
    table = read_table(b"sep=;\r\nUPN;Name\r\nA1;Lovelace, Ada\r\n", "r.csv")
    assert table.rows[0].number == 3
    assert table.rows[0].cells == ["A1", "Lovelace, Ada"]


def test_title_rows_above_the_headings_are_passed_over() -> None:
    lines: list[list[object]] = [
        ["Larkrise School (invented)"],
        ["Exported 3 September 2026"],
        [],
        ["UPN", "Surname", "Date of birth", "Year"],
        ["A1", "Lovelace", date(2014, 12, 10), 7],
    ]
    table = read_table(workbook(Register=lines), "r.xlsx")
    assert table.heading_row == 4
    assert table.headings == ("UPN", "Surname", "Date of birth", "Year")
    assert table.rows == ((5, ["A1", "Lovelace", "2014-12-10", "7"]),)


def test_the_sheet_that_is_best_recognised_is_read() -> None:
    known = {"UPN", "Surname", "DOB"}
    data = workbook(
        Cover=[
            ["Prepared by", "For", "Status", "Version"],
            ["office", "governors", "draft", "one"],
        ],
        Pupils=[["UPN", "Surname", "DOB"], ["A1", "Lovelace", date(2014, 12, 10)]],
    )
    table = read_table(data, "r.xlsx", recognise=lambda line: sum(cell in known for cell in line))
    assert table.sheet == "Pupils"


def test_blank_and_repeated_headings_get_names_of_their_own() -> None:
    table = read_table(b"UPN,Name,,Name\nA1,Ada,x,Lovelace\n", "r.csv")
    assert table.headings == ("UPN", "Name", "Column C", "Name (2)")


def test_formulas_give_their_saved_value_and_are_never_run() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    for column, heading in enumerate(["UPN", "Surname", "Year"]):
        page.write(0, column, heading)
    page.write_row(1, 0, ["A1", "Lovelace"])
    page.write_formula(1, 2, "=3+4", None, 9)  # the saved value, which is not the sum
    page.write_row(2, 0, ["B2", "Turing"])
    page.write_formula(2, 2, '=WEBSERVICE("http://example.org")', None, "")
    book.close()
    table = read_table(out.getvalue(), "r.xlsx")
    assert [row.cells[2] for row in table.rows] == ["9", ""]
    assert [note.row for note in table.notes] == [3]
    assert "no saved value" in table.notes[0].message


def test_times_and_truth_values_read_as_a_person_would_say_them() -> None:
    seen = datetime(2026, 9, 1, 10, 30)  # noqa: DTZ001 (a spreadsheet knows no zone)
    data = workbook(R=[["UPN", "Seen", "EAL"], ["A1", seen, True]])
    assert cells(read_table(data, "r.xlsx")) == [["A1", "2026-09-01 10:30:00", "TRUE"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"%PDF-1.7 rest", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<html><table><tr><td>UPN</td></tr></table></html>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not a spreadsheet that can be opened"),
        (b"PK\x03\x04 broken from here on", "damaged"),
        (bytes(range(256)) * 20, "not text"),
        (b"UPN,Surname\n" * 400 + b"A1,Wr\x00en\n", "not text"),
        (b"UPN,Surname\n", "no rows under them"),
        (b"1,2,3\n4,5,6\n", "No row of headings"),
        (b'UPN,Note\nA1,"' + b"never\nclosed\n" * 300, "never closed"),
        ("UPN,Näme\n".encode("utf-16")[:-1], "could not be read"),
    ],
)
def test_what_is_not_a_table_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_table(data, "pupils.csv")


def test_a_password_is_named_as_the_reason() -> None:
    stream = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    stream += "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    with pytest.raises(TableError, match="protected by a password"):
        read_table(stream, "pupils.xlsx")


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(
                name.replace("_DASH_", "-").replace("__", "/").replace("_DOT_", "."), content
            )
    return out.getvalue()


def test_a_word_document_and_a_plain_zip_are_told_apart() -> None:
    with pytest.raises(TableError, match="Word document"):
        read_table(zipped(word__document_DOT_xml=b"<w/>"), "pupils.xlsx")
    with pytest.raises(TableError, match="zip file"):
        read_table(zipped(pupils_DOT_csv=b"UPN"), "pupils.zip")


def test_a_zip_bomb_is_not_opened() -> None:
    data = zipped(xl__workbook_DOT_xml=b"<w/>", xl__worksheets__sheet1_DOT_xml=b"\0" * 60_000_000)
    assert len(data) < 100_000
    with pytest.raises(TableError, match="far more than a register"):
        read_table(data, "pupils.xlsx")


def test_one_cell_in_the_far_corner_does_not_reserve_gigabytes() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["UPN", "Surname"])
    page.write(1_048_575, 16_383, "here")
    book.close()
    with pytest.raises(TableError, match="far more than a register"):
        read_table(out.getvalue(), "pupils.xlsx")


def test_two_hundred_thousand_rows_are_refused_with_the_limit() -> None:
    data = b"UPN,Surname,Forename\n" + b"A1,Lovelace,Ada\n" * 200_000
    with pytest.raises(TableError, match=r"200,000 rows; the most is 100,000"):
        read_table(data, "pupils.csv")
    assert len(read_table(data, "pupils.csv", most_rows=200_000).rows) == 200_000


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Pupils">
<table:table-row>{head}</table:table-row><table:table-row>{row}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods_cell(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods(more: str = "") -> bytes:
    head = "".join(ods_cell(text) for text in ("UPN", "Surname", "Born"))
    born = '<table:table-cell office:value-type="date" office:date-value="2014-09-03"/>'
    row = ods_cell("A1") + ods_cell("Lovelace", more) + born
    return zipped(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        content_DOT_xml=ODS.format(head=head, row=row).encode(),
        META_DASH_INF__manifest_DOT_xml=b"<m/>",
    )


def test_an_open_document_spreadsheet_is_read() -> None:
    table = read_table(ods(), "r.ods")
    assert table.headings == ("UPN", "Surname", "Born")
    assert cells(table) == [["A1", "Lovelace", "2014-09-03"]]


def test_a_cell_repeated_without_end_is_not_opened() -> None:
    repeated = ods(' table:number-columns-repeated="16384"')
    with pytest.raises(TableError, match="far more than a register"):
        read_table(repeated, "r.ods")


def test_hidden_sheets_stay_hidden_and_an_empty_workbook_is_said() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("Shown")
    hidden = book.add_worksheet("Hidden")
    hidden.write_row(0, 0, ["UPN", "Surname"])
    hidden.hide()
    book.close()
    with pytest.raises(TableError, match="is empty"):
        read_table(out.getvalue(), "r.xlsx")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pillars.exchange.tables.read.MOST_BYTES", 10)
    with pytest.raises(TableError, match="the most is 0 MB"):
        read_table(b"UPN,Surname\nA1,Wren\n", "r.csv")


def test_the_byte_no_windows_letter_has_is_read_another_way() -> None:
    text = "UPN,Surname,Forename\nA1,Wałęsa,Łucja\nB2,Dvořák,Šárka\nC3,Čapek,Žofie\n"
    data = text.encode("cp1250")
    assert b"\x9d" not in data
    table = read_table(data + b"D4,\x8d\x8d,Eve\n", "r.csv")
    assert [row.cells[0] for row in table.rows] == ["A1", "B2", "C3", "D4"]


def test_a_separator_declared_as_a_tab_is_used() -> None:
    table = read_table(b"sep=\t\nUPN\tName\nA1\tLovelace, Ada\n", "r.csv")
    assert list(table.rows[0].cells) == ["A1", "Lovelace, Ada"]


def test_a_cell_longer_than_any_is_a_sentence() -> None:
    data = b'UPN,Note\nA1,"' + b"x" * 140_000 + b'"\n'
    with pytest.raises(TableError, match="could not be split into cells"):
        read_table(data, "r.csv")


def test_bytes_that_alternate_like_no_encoding_are_refused() -> None:
    with pytest.raises(TableError, match="not text"):
        read_table(b"a\x00\x00b" * 50, "r.csv")


@pytest.mark.parametrize("cut", [(30, 10), (60, 200), (-300, 40), (-60, 20), (-30, 8)])
def test_a_workbook_with_bytes_missing_is_refused_with_a_sentence(cut: tuple[int, int]) -> None:
    whole = bytearray(workbook(R=[["UPN", "Surname"], *([f"A{n}", "Wren"] for n in range(50))]))
    start, length = cut
    del whole[start : start + length]
    with pytest.raises(TableError, match=r"damaged|cannot|not a spreadsheet"):
        read_table(bytes(whole), "r.xlsx")


# Made once: a workbook holds the second it was made in, and its length changes with that.
SMALL = workbook(R=[["UPN", "Surname"], ["A1", "Wren"]])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(TableError):
        read_table(bytes(whole), "r.xlsx")
