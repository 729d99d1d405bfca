"""One passport in every layout a school has thought of: the same words under the same fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from docx import Document

from pillars.consistency.paperwork.review.single import Found

Review = Callable[[object], Found]
WORDS = {
    "Name": "Invented Child",
    "Strengths": "I draw dragons.\nI never give up.",
    "What I find difficult": "Noise in the hall.",
    "It would help me if you": "Tell me first.\nShow me the card.",
    "Review date": "1 May 2027",
}
FOUND = {
    "pupil_name": ("Invented Child",),
    "about_me": ("I draw dragons.", "I never give up."),
    "needs": ("Noise in the hall.",),
    "strategies": ("Tell me first.", "Show me the card."),
    "review_date": ("1 May 2027",),
}


def fill(cell: Any, text: str, bold: bool = False) -> None:
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold or None


def headings(document: Any) -> None:
    document.add_heading("Pupil Passport", 1)
    for label, text in WORDS.items():
        document.add_heading(label, 2)
        for line in text.split("\n"):
            document.add_paragraph(line)


def bold_labels(document: Any) -> None:
    for label, text in WORDS.items():
        document.add_paragraph().add_run(label).bold = True
        for line in text.split("\n"):
            document.add_paragraph(line, style="List Bullet")


def bold_then_text(document: Any) -> None:
    for label, text in WORDS.items():
        first, *rest = text.split("\n")
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(first)
        for line in rest:
            document.add_paragraph(line)


def inline(document: Any) -> None:
    for label, text in WORDS.items():
        paragraph = document.add_paragraph(f"{label}: ")
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(line)


def table(document: Any, rows: Sequence[Sequence[str]], bold: bool) -> None:
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            fill(cell, text, bold and text in WORDS)


def label_left(document: Any) -> None:
    table(document, list(WORDS.items()), bold=True)


def label_left_plain(document: Any) -> None:
    table(document, list(WORDS.items()), bold=False)


def label_above(document: Any) -> None:
    table(document, [list(WORDS), list(WORDS.values())], bold=True)


def label_above_rows(document: Any) -> None:
    table(document, [[text] for pair in WORDS.items() for text in pair], bold=True)


def pairs_across(document: Any) -> None:
    pairs = [*WORDS.items(), ("", "")]
    rows = [[*one, *other] for one, other in zip(pairs[::2], pairs[1::2], strict=True)]
    table(document, rows, bold=True)


def grid_of_boxes(document: Any) -> None:
    made = document.add_table(rows=3, cols=2)
    cells = [cell for row in made.rows for cell in row.cells]
    for cell, (label, text) in zip(cells, WORDS.items(), strict=False):
        fill(cell, label, bold=True)
        for line in text.split("\n"):
            cell.add_paragraph(line)


def grid_of_plain_boxes(document: Any) -> None:
    made = document.add_table(rows=3, cols=2)
    cells = [cell for row in made.rows for cell in row.cells]
    for cell, (label, text) in zip(cells, WORDS.items(), strict=False):
        fill(cell, f"{label}:\n{text}")


def mixed_table(document: Any) -> None:
    """Name and date beside each other, then wide rows: a label row, then an answer row."""
    made = document.add_table(rows=7, cols=4)
    top = ["Name", WORDS["Name"], "Review date", WORDS["Review date"]]
    for cell, text in zip(made.rows[0].cells, top, strict=True):
        fill(cell, text, bold=text in WORDS)
    rows = iter(made.rows[1:])
    for label in ("Strengths", "What I find difficult", "It would help me if you"):
        fill(_wide(next(rows)), label, bold=True)
        fill(_wide(next(rows)), WORDS[label])


def _wide(row: Any) -> Any:
    return row.cells[0].merge(row.cells[3])


def titled_table(document: Any) -> None:
    """A title row over labels at the left, one of them tall beside two answers."""
    made = document.add_table(rows=7, cols=2)
    fill(made.cell(0, 0).merge(made.cell(0, 1)), "Pupil Passport", bold=True)
    row = 1
    for label, text in WORDS.items():
        if label == "Strengths":
            one, two = text.split("\n")
            fill(made.cell(row, 0).merge(made.cell(row + 1, 0)), label, bold=True)
            fill(made.cell(row, 1), one)
            fill(made.cell(row + 1, 1), two)
            row += 2
        else:
            fill(made.cell(row, 0), label, bold=True)
            fill(made.cell(row, 1), text)
            row += 1


def heading_over_box(document: Any) -> None:
    """A heading, and under it a table of one cell to write in."""
    for label, text in WORDS.items():
        document.add_heading(label, 2)
        fill(document.add_table(rows=1, cols=1).cell(0, 0), text)


def prompts_under_labels(document: Any) -> None:
    table(
        document,
        [(f"{label}\n(in the pupil’s own words)", text) for label, text in WORDS.items()],
        bold=False,
    )


def guidance_under_labels(document: Any) -> None:
    """A bold label, and under it what to write, in the cell at the left."""
    made = document.add_table(rows=len(WORDS), cols=2)
    for row, (label, text) in zip(made.rows, WORDS.items(), strict=True):
        fill(row.cells[0], label, bold=True)
        row.cells[0].add_paragraph("Think about lessons and lunch.")
        fill(row.cells[1], text)


def nested(document: Any) -> None:
    outer = document.add_table(rows=1, cols=1).cell(0, 0)
    inner = outer.add_table(rows=len(WORDS), cols=2)
    for row, (label, text) in zip(inner.rows, WORDS.items(), strict=True):
        fill(row.cells[0], label, bold=True)
        fill(row.cells[1], text)


LAYOUTS = [
    headings, bold_labels, bold_then_text, inline, label_left, label_left_plain, label_above,
    label_above_rows, pairs_across, grid_of_boxes, grid_of_plain_boxes, mixed_table, titled_table,
    heading_over_box, prompts_under_labels, guidance_under_labels, nested,
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_gives_the_same_words(layout: Callable[[Any], None], reviewed: Review) -> None:
    document = Document()
    layout(document)
    assert dict(reviewed(document).lines) == FOUND


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_an_unanswered_label_is_not_filled_from_its_neighbour(
    layout: Callable[[Any], None], reviewed: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WORDS, "What I find difficult", "")
    document = Document()
    layout(document)
    expected = {key: lines for key, lines in FOUND.items() if key != "needs"}
    assert dict(reviewed(document).lines) == expected


def test_several_labels_on_one_line_are_told_apart(reviewed: Review) -> None:
    found = reviewed("Name: Invented Child Class: 4B\nOwner: Ms Invented\tReview date: 1/5/27\n")
    assert dict(found.lines) == {
        "pupil_name": ("Invented Child",),
        "class_group": ("4B",),
        "owner": ("Ms Invented",),
        "review_date": ("1/5/27",),
    }


def test_labels_of_no_field_part_a_row_of_pairs(reviewed: Review) -> None:
    document = Document()
    row = document.add_table(rows=1, cols=6).rows[0]
    texts = ["Name", "Invented Child", "DOB", "1/9/2017", "Class", "4B"]
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text
    found = reviewed(document)
    assert dict(found.lines) == {"pupil_name": ("Invented Child",), "class_group": ("4B",)}
    assert [(word.label, word.text) for word in found.unmatched] == [("DOB", "1/9/2017")]


def test_headings_below_a_known_heading_belong_to_it(reviewed: Review) -> None:
    document = Document()
    document.add_heading("How best to support me", 1)
    document.add_heading("In the classroom", 2)
    document.add_paragraph("Sit me near the door.")
    document.add_paragraph().add_run("At lunch").bold = True
    document.add_paragraph("Let me go early.")
    document.add_heading("Attendance", 1)
    document.add_paragraph("94%")
    found = reviewed(document)
    assert found.lines["strategies"] == (
        "In the classroom", "Sit me near the door.", "At lunch", "Let me go early.",
    )  # fmt: skip
    assert [(word.label, word.text) for word in found.unmatched] == [("Attendance", "94%")]


def test_a_table_under_a_heading_answers_it(reviewed: Review) -> None:
    document = Document()
    document.add_heading("How best to support me", 1)
    made = document.add_table(rows=2, cols=2)
    for row, texts in zip(
        made.rows, [("Strategy", "When"), ("Card", "Before change")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            fill(cell, text, bold=text in {"Strategy", "When"})
    assert reviewed(document).lines["strategies"][-1] == "Card – Before change"


def test_the_name_is_found_in_a_title_and_understood_in_labels(reviewed: Review) -> None:
    document = Document()
    document.add_heading("Imogen’s Pupil Passport", 1)
    document.add_heading("What helps Imogen", 2)
    document.add_paragraph("Tell her first.")
    found = reviewed(document)
    assert found.name == "Imogen"
    assert found.lines["strategies"] == ("Tell her first.",)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Pupil Passport for Imogen Invented", "Imogen Invented"),
        ("Pupil passport: Imogen Invented", "Imogen Invented"),
        ("Imogen Invented – One page profile", "Imogen Invented"),
        ("This passport belongs to Imogen", "Imogen"),
        ("All about Imogen", "Imogen"),
        ("Pupil Passport", ""),
        ("My Learning Passport", ""),
        ("All about me", ""),
    ],
)
def test_names_in_titles(title: str, name: str, reviewed: Review) -> None:
    document = Document()
    document.add_heading(title, 1)
    document.add_heading("Strengths", 2)
    document.add_paragraph("Brave.")
    assert reviewed(document).name == name


def test_words_under_no_label_are_kept(reviewed: Review) -> None:
    found = reviewed("This was written in a hurry.\n\nStrengths: Brave.\n")
    assert [(word.label, word.text) for word in found.unmatched] == [
        ("", "This was written in a hurry.")
    ]


def test_bold_words_in_a_sentence_are_no_label(reviewed: Review) -> None:
    document = Document()
    document.add_heading("How best to support me", 2)
    paragraph = document.add_paragraph()
    paragraph.add_run("Never").bold = True
    paragraph.add_run(" shout at me.")
    assert reviewed(document).lines["strategies"] == ("Never shout at me.",)


def test_a_form_mixed_as_schools_mix_them(reviewed: Review) -> None:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Invented Primary School\tPupil Passport"
    section.footer.paragraphs[0].text = "Next review: 12/02/2027   Key worker: Mrs A Invented"
    rows = [
        ("Name: Invented Child", "Year group: 4"),
        ("My Strengths / Hobbies", "• Drawing\n• Lego"),
        ("What does this look like?", "Finds changes hard."),
        ("What helps me", "1. Now and next board\n2. Warn of change"),
    ]
    made = document.add_table(rows=len(rows), cols=2)
    for number, (row, texts) in enumerate(zip(made.rows, rows, strict=True)):
        fill(row.cells[0], texts[0], bold=number > 0)
        fill(row.cells[1], texts[1])
    found = reviewed(document)
    assert dict(found.lines) == {
        "pupil_name": ("Invented Child",),
        "class_group": ("4",),
        "about_me": ("Drawing", "Lego"),
        "strategies": ("Now and next board", "Warn of change"),
        "owner": ("Mrs A Invented",),
        "review_date": ("12/02/2027",),
    }
    assert ("What does this look like?", "Finds changes hard.") in [
        (word.label, word.text) for word in found.unmatched
    ]


def test_a_text_file_written_like_a_letter(reviewed: Review) -> None:
    found = reviewed(
        "Passport for Zara Invented (Year 6)\n\nZara’s strengths\n- running\n\n"
        "What Zara finds difficult:\nLong writing\n\nWhat helps: chunked work\n"
        "What does not help - being rushed\nReview in March 2027\n"
    )
    assert dict(found.lines) == {
        "pupil_name": ("Zara Invented",),
        "about_me": ("running",),
        "needs": ("Long writing",),
        "strategies": ("chunked work",),
        "avoid": ("being rushed",),
        "review_date": ("March 2027",),
    }


def test_underlined_labels_with_a_tab_after_them(reviewed: Review) -> None:
    document = Document()
    for label, text in [
        ("Name", "Invented Child"),
        ("To help me you should", "Read to me"),
        ("Please do not", "Ask me to read aloud"),
    ]:
        paragraph = document.add_paragraph()
        paragraph.add_run(label).underline = True
        paragraph.add_run(f"\t{text}")
    assert dict(reviewed(document).lines) == {
        "pupil_name": ("Invented Child",),
        "strategies": ("Read to me",),
        "avoid": ("Ask me to read aloud",),
    }


def test_a_tall_heading_beside_labels_takes_none_of_their_answers(reviewed: Review) -> None:
    document = Document()
    made = document.add_table(rows=4, cols=3)
    for row, title in ((0, "About me"), (2, "Support")):
        made.cell(row, 0).merge(made.cell(row + 1, 0)).text = title
    for number, (label, text) in enumerate(
        [("Strengths", "Kind"), ("What is important to me", "Nan"), ("What helps me", "Quiet"),
         ("Triggers", "Crowds")]
    ):  # fmt: skip
        made.cell(number, 1).text, made.cell(number, 2).text = label, text
    assert dict(reviewed(document).lines) == {
        "about_me": ("Kind",),
        "important_to_me": ("Nan",),
        "strategies": ("Quiet",),
        "avoid": ("Crowds",),
    }


def test_bold_answers_beside_plain_labels(reviewed: Review) -> None:
    document = Document()
    rows = [("Pupil", "Invented Child"), ("Class", "4B"), ("EAL", "No"), ("Key worker", "Mrs Day"),
            ("How can adults support?", "Visuals")]  # fmt: skip
    made = document.add_table(rows=len(rows), cols=2)
    for row, (label, text) in zip(made.rows, rows, strict=True):
        fill(row.cells[0], label)
        fill(row.cells[1], text, bold=label in {"Pupil", "Class"})
    assert dict(reviewed(document).lines) == {
        "pupil_name": ("Invented Child",),
        "class_group": ("4B",),
        "strategies": ("Visuals",),
        "owner": ("Mrs Day",),
    }
