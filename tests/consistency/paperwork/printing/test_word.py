"""Documents in Word: real headings, and nothing typed becomes an instruction."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from pillars.consistency.paperwork.printing import Layout, Printable, write_word

Make = Callable[..., Printable]


def opened(made: bytes) -> WordDocument:
    return Document(io.BytesIO(made))


@pytest.mark.parametrize("layout", list(Layout))
def test_word_passport_has_real_headings_and_lists(passport: Make, layout: Layout) -> None:
    document = opened(write_word(passport(), layout=layout))
    styled = {(one.style.name, one.text) for one in document.paragraphs if one.style}
    assert ("Heading 1", "Theo") in styled
    assert ("Heading 3", "How best to support me") in styled
    assert ("List Bullet", "After lunch Mrs Day walks me round the field for five minutes.") in (
        styled
    )
    assert not any("{" in one.text for one in document.paragraphs)
    assert "agreed 9 November 2026" in document.sections[0].footer.paragraphs[0].text


def test_word_says_its_language_title_and_school(passport: Make) -> None:
    document = opened(write_word(passport()))
    assert document.core_properties.title == "Pupil Passport"
    assert document.core_properties.author == "Oakfield Primary (invented)"
    languages = document.styles.element.findall(f".//{qn('w:lang')}")
    assert {one.get(qn("w:val")) for one in languages} == {"en-GB"}


def test_word_large_print_is_sixteen_point(passport: Make) -> None:
    size = opened(write_word(passport(), layout=Layout.LARGE_PRINT)).styles["Normal"].font.size
    assert size.pt == 16


def test_word_plan_table_has_a_header_row(plan: Make) -> None:
    document = opened(write_word(plan()))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Outcome", "By when"],
        ["Theo asks for the next step in three lessons a week", "26 March 2027"],
    ]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    width = table._tbl.tblPr.find(qn("w:tblW"))
    assert (width.get(qn("w:type")), width.get(qn("w:w"))) == ("pct", "5000")


def test_word_typed_marks_and_markup_stay_text(passport: Make) -> None:
    typed = "{{ 7 * 7 }} {% for x in y %} <w:p> & \x07\x00 {# note #} =HYPERLINK(1)"
    made = write_word(passport(needs=typed))
    shown = "{{ 7 * 7 }} {% for x in y %} <w:p> &  {# note #} =HYPERLINK(1)"
    assert shown in [one.text for one in opened(made).paragraphs]
    assert b"fldChar" not in zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml")


def test_word_draft_says_what_is_empty(passport: Make) -> None:
    texts = [one.text for one in opened(write_word(passport(avoid=[], my_part=""))).paragraphs]
    assert texts[texts.index("What to avoid") + 1] == "Not filled in yet."
    assert "How I will help myself" not in texts
