"""PDF files: columns, tables, headings and wrapped lines come out as a reader sees them."""

from __future__ import annotations

import typst

from pillars.exchange.documents import Line, Table, lines_of, read_document

PAGE = '#set page(paper: "a4", margin: 20mm)\n#set text(size: 10.5pt)\n'


def pdf(source: str) -> bytes:
    made: bytes = typst.compile((PAGE + source).encode(), format="pdf", ignore_system_fonts=True)
    return made


def blocks(source: str) -> tuple[object, ...]:
    return read_document(pdf(source), "invented.pdf").parts[0].blocks


def test_headings_items_and_wrapped_lines() -> None:
    found = blocks(
        "= Learning profile\n== My strengths\n"
        + "I know a lot about sharks and I will tell you all of it. " * 4
        + "\n== Support\n- Show me first.\n- Then wait, "
        + "and wait a little longer than you think you need to " * 3
        + "for me.\n"
    )
    assert [bool(line.heading) for line in found] == [True, True, False, True, False, False]
    assert found[2].text.count("sharks") == 4
    assert [line.item for line in found[4:]] == [True, True]
    assert found[5].text.endswith("for me.")


def test_a_table_with_labels_at_the_left_keeps_rows() -> None:
    (table,) = blocks(
        "#table(columns: (40mm, 1fr), [*Name*], [Invented Child], [*My strengths*], ["
        + "I build dens that last. " * 12
        + "], [*Triggers*], [Noise.])"
    )
    assert isinstance(table, Table)
    rows = [[" ".join(line.text for line in lines_of(cell.blocks)) for cell in row]
            for row in table.rows]  # fmt: skip
    assert [row[0] for row in rows] == ["Name", "My strengths", "Triggers"]
    assert rows[1][1].count("dens") == 12
    assert rows[2][1] == "Noise."


def test_a_line_drawn_between_columns_parts_them_however_near_they_stand() -> None:
    (table,) = blocks(
        "#table(columns: (1fr, 1fr), inset: 2pt, [*Strengths*], [*Triggers*], ["
        + "I build dens that last all summer. " * 6
        + "], ["
        + "Noise in the hall, and long waits. " * 6
        + "])"
    )
    heads = [" ".join(line.text for line in lines_of(cell.blocks)) for cell in table.rows[0]]
    assert heads == ["Strengths", "Triggers"]
    texts = [" ".join(line.text for line in lines_of(cell.blocks)) for cell in table.rows[1]]
    assert [texts[0].count("dens"), texts[1].count("Noise")] == [6, 6]
    assert "Noise" not in texts[0]


def test_labels_at_the_left_without_any_lines_drawn() -> None:
    (table,) = blocks(
        "#grid(columns: (40mm, 1fr), row-gutter: 8mm, [*Name*], [Invented Child], "
        "[*What I find hard*], [" + "Words move about. " * 14 + "], [*Review*], [May 2027])"
    )
    heads = [" ".join(line.text for line in lines_of(row[0].blocks)) for row in table.rows]
    assert heads == ["Name", "What I find hard", "Review"]


def test_two_columns_are_read_one_after_the_other() -> None:
    found = blocks(
        "= Snapshot\n#columns(2, gutter: 10mm)[== Strengths\n"
        + "I build dens that last all summer long and more. " * 12
        + "\n#colbreak()\n== Triggers\n"
        + "Noise in the hall is hard for me to bear at lunch. " * 7
        + "]"
    )
    assert isinstance(found[0], Line)
    (table,) = found[1:]
    ((left, right),) = table.rows
    assert next(line.text for line in lines_of(left.blocks)) == "Strengths"
    assert " ".join(line.text for line in lines_of(left.blocks)).count("dens") == 12
    assert " ".join(line.text for line in lines_of(right.blocks)).count("Noise") == 7


def test_page_numbers_are_no_text() -> None:
    found = blocks("#set page(footer: [Page 1 of 1])\nName: Invented Child")
    assert [line.text for line in found] == ["Name: Invented Child"]


def form_pdf() -> bytes:
    """A page that says "Name:" and a form field over it, filled in with its own drawing."""
    page = b"BT /F 12 Tf 72 700 Td (Name:) Tj ET"
    typed = b"BT /F 12 Tf 2 5 Td (Invented Child) Tj ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    fonts = b"/Resources << /Font << /F 5 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        + fonts
        + b" /Annots [6 0 R] >>",
        b"<< /Length %d >>\nstream\n" % len(page) + page + b"\nendstream",
        font,
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Invented Child) /F 4 "
        b"/Rect [110 694 300 714] /P 3 0 R /AP << /N 7 0 R >> >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 190 20] "
        + fonts
        + b" /Length %d >>\nstream\n" % len(typed)
        + typed
        + b"\nendstream",
    ]
    made = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    made += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return made + b"startxref\n%d\n%%%%EOF\n" % start


def test_what_was_typed_into_a_form_is_read() -> None:
    reading = read_document(form_pdf(), "form.pdf")
    assert reading.text.split() == ["Name:", "Invented", "Child"]
