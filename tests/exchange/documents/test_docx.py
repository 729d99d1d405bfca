"""Word files: what a person sees in each kind of layout is what is read."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from pillars.exchange.documents import Box, Line, Place, Table, Unreadable, read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def word(body: str, **parts: str) -> bytes:
    """A bare Word file with this body; `parts` are further files by path (dots for slashes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        for path, text in parts.items():
            archive.writestr(path.replace("__", "/").replace("_DOT_", "."), text)
    return buffer.getvalue()


def p(text: str, bold: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:r>{weight}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def body_of(data: bytes) -> tuple[object, ...]:
    reading = read_document(data, "invented.docx")
    return next(part.blocks for part in reading.parts if part.place is Place.BODY)


def made(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_headings_bold_and_bullets_are_told_apart() -> None:
    document = Document()
    document.add_heading("Pupil Passport", level=0)
    document.add_heading("My strengths", level=2)
    document.add_paragraph("I draw dragons.", style="List Bullet")
    paragraph = document.add_paragraph()
    paragraph.add_run("Name:").bold = True
    paragraph.add_run(" Invented Child")
    title, heading, bullet, name = body_of(made(document))
    assert (title.text, title.heading) == ("Pupil Passport", 1)
    assert (heading.text, heading.heading) == ("My strengths", 2)
    assert (bullet.text, bullet.item, bullet.heading) == ("I draw dragons.", True, 0)
    assert (name.text, name.lead) == ("Name: Invented Child", "Name:")


def test_merged_cells_keep_their_place_on_the_grid() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "All about me"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Strengths"
    table.cell(1, 1).text = "Kind"
    table.cell(2, 2).text = "Fast"
    (read,) = (block for block in body_of(made(document)) if isinstance(block, Table))
    wide = read.rows[0][0]
    tall = read.rows[1][0]
    assert (wide.column, wide.columns) == (0, 3)
    assert (tall.column, tall.rows) == (0, 2)
    assert [cell.column for cell in read.rows[2]] == [1, 2]


@pytest.mark.parametrize(
    "drawing",
    [
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        "<w:txbxContent>{p}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{p}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent>",
        "<w:pict><v:shape><v:textbox><w:txbxContent>{p}</w:txbxContent></v:textbox></v:shape>"
        "</w:pict>",
        "<w:drawing><wps:wsp><wps:txbx><w:txbxContent>{p}</w:txbxContent></wps:txbx></wps:wsp>"
        "</w:drawing>",
    ],
)
def test_a_text_box_is_read_once_however_word_wrote_it(drawing: str) -> None:
    inside = p("My superpowers", bold=True) + p("Invented: I never give up.")
    blocks = body_of(word(f"<w:p><w:r>{drawing.format(p=inside)}</w:r></w:p>"))
    assert [type(block) for block in blocks] == [Box]
    assert [line.text for line in blocks[0].blocks] == [
        "My superpowers",
        "Invented: I never give up.",
    ]


def test_content_controls_give_their_name_and_an_unfilled_one_gives_no_words() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:alias w:val='{name}'/>{prompt}</w:sdtPr>"
        "<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )
    filled = control.format(name="My strengths", prompt="", inside=p("I am brave."))
    empty = control.format(
        name="Triggers", prompt="<w:showingPlcHdr/>", inside=p("Click or tap here to enter text.")
    )
    blocks = body_of(word(filled + empty + p("End")))
    assert blocks == (Line("I am brave.", control="My strengths"), Line("End"))


def test_controls_around_table_cells_and_rows_are_opened() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = (
        "<w:tr>"
        + cell.format(p("Name"))
        + "<w:sdt><w:sdtPr><w:tag w:val='who'/></w:sdtPr><w:sdtContent>"
        + cell.format(p("Invented Child"))
        + "</w:sdtContent></w:sdt></w:tr>"
    )
    wrapped = f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
    (table,) = body_of(word(f"<w:tbl>{wrapped}</w:tbl>"))
    assert [cell.blocks[0].text for cell in table.rows[0]] == ["Name", "Invented Child"]
    assert table.rows[0][1].blocks[0].control == "who"


def test_ticks_deleted_words_and_hidden_words() -> None:
    runs = (
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r><w:r><w:t> Extra time</w:t></w:r>"
        "</w:p><w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t>"
        "</w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/>"
        "</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:t>Reader</w:t></w:r></w:p>"
    )
    assert [block.text for block in body_of(word(runs))] == ["☒ Extra time", "new", "☐ Reader"]


def test_a_line_break_starts_a_line_and_its_bold_start_is_its_own() -> None:
    run = (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Strengths</w:t><w:br/></w:r>"
        "<w:r><w:t>I sing.</w:t></w:r></w:p>"
    )
    assert body_of(word(run)) == (Line("Strengths", "Strengths"), Line("I sing."))


def test_headers_and_footers_count_once() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Target="header1.xml"/><Relationship Id="b" Target="header2.xml"/>'
        '<Relationship Id="c" Target="footer1.xml"/></Relationships>'
    )
    section = (
        "<w:sectPr><w:headerReference w:type='first' r:id='a'/><w:headerReference r:id='b'/>"
        "<w:footerReference r:id='c'/></w:sectPr>"
    )
    head = f"<w:hdr {NAMES}>{p('Name: Invented Child')}</w:hdr>"
    foot = f"<w:ftr {NAMES}>{p('Review: 1 May 2027')}</w:ftr>"
    data = word(
        p("Strengths") + section,
        word___rels__document_DOT_xml_DOT_rels=relations,
        word__header1_DOT_xml=head,
        word__header2_DOT_xml=head,
        word__footer1_DOT_xml=foot,
    )
    reading = read_document(data, "invented.docx")
    assert [(part.place, part.blocks[0].text) for part in reading.parts] == [
        (Place.HEADER, "Name: Invented Child"),
        (Place.BODY, "Strengths"),
        (Place.FOOTER, "Review: 1 May 2027"),
    ]


def test_tables_nested_without_end_are_refused() -> None:
    nested = p("deep")
    for _ in range(60):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    with pytest.raises(Unreadable, match="nested too deeply"):
        read_document(word(nested), "deep.docx")


def test_a_document_with_entities_is_not_opened() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY e "swell">]><w:document {NAMES}><w:body><w:p><w:r><w:t>&e;'
            "</w:t></w:r></w:p></w:body></w:document>",
        )
    with pytest.raises(Unreadable, match="damaged"):
        read_document(data.getvalue(), "entities.docx")
