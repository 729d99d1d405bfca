"""What we export opens safely: no cell starts a formula, in any format."""

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.exchange.tables import Sheet, read_table, write_csv, write_workbook
from pillars.exchange.tables.write import STARTS_FORMULA

NASTY = ["=1+1", "+44 7700", "-Ada", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org")']


def written(*sheets: Sheet) -> bytes:
    out = io.BytesIO()
    write_workbook(out, sheets)
    return out.getvalue()


def test_a_workbook_reads_back_as_it_was_written() -> None:
    sheet = Sheet(
        "Rows: left out?",
        ["Row", "Reason", "Born", "New"],
        [[4, "No UPN.", date(2014, 2, 1), True]],
    )
    table = read_table(written(sheet), "out.xlsx")
    assert table.sheet == "Rows  left out"
    assert table.headings == ("Row", "Reason", "Born", "New")
    assert list(table.rows[0].cells) == ["4", "No UPN.", "2014-02-01", "Yes"]


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    data = written(Sheet("Rows", ["UPN", "Note"], [["A1", text]]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
        styles = archive.read("xl/styles.xml")
    assert b"<f" not in page
    assert b'quotePrefix="1"' in styles
    assert read_table(data, "out.xlsx").rows[0].cells[1] == text.strip()


@given(st.text(max_size=20))
def test_no_cell_of_a_csv_starts_a_formula(text: str) -> None:
    data = write_csv(["Note"], [[text]]).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(data, newline="")))[1]
    assert not (cells and cells[0].startswith(STARTS_FORMULA))


def test_numbers_stay_numbers_in_a_csv() -> None:
    assert b"-5,0.5,Yes,01/02/2014" in write_csv(
        ["a", "b", "c", "d"], [[-5, 0.5, True, date(2014, 2, 1)]]
    )
