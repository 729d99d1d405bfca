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
