"""Forms: content controls in a line, in a cell, alone, ticked, chosen, and not filled in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from pillars.consistency.paperwork.review.single import Found

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
Review = Callable[[object], Found]


def word(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:w14="{W14}"><w:body>{body}</w:body></w:document>',
        )
    return buffer.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def control(name: str, inside: str, more: str = "") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{name}"/>{more}</w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


PROMPT = "<w:showingPlcHdr/>"


def test_a_control_in_a_line_is_the_lines_answer(reviewed: Review) -> None:
    body = (
        p(run("Name: "), control("who", run("Invented Child")))
        + p(run("Class: "), control("class", run("Choose an item."), PROMPT))
        + p(run("Review date: "), control("day", run("1 May 2027")), run(" or sooner"))
    )
    assert dict(reviewed(word(body)).lines) == {
        "pupil_name": ("Invented Child",),
        "review_date": ("1 May 2027 or sooner",),
    }


def test_controls_without_a_printed_label_go_by_their_name(reviewed: Review) -> None:
    body = (
        control("Pupil name", p(run("Invented Child")))
        + p(control("Strengths", run("I sing.")))
        + control("Triggers", p(run("Noise.")) + p(run("Queues.")))
        + p(control("Review date", run("Click to enter a date"), PROMPT))
        + control("Tracking number", p(run("A17")))
    )
    found = reviewed(word(body))
    assert dict(found.lines) == {
        "pupil_name": ("Invented Child",),
        "about_me": ("I sing.",),
        "avoid": ("Noise.", "Queues."),
    }
    assert [(word.label, word.text) for word in found.unmatched] == [("Tracking number", "A17")]


def test_ticked_boxes_are_kept_and_empty_ones_are_not(reviewed: Review) -> None:
    def box(ticked: bool) -> str:
        state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
        return control("", run("☒" if ticked else "☐"), state)

    body = p(run("How best to support me")) + "".join(
        p(box(ticked), run(f" {words}"))
        for ticked, words in ((True, "Use my cards"), (False, "Extra time"), (True, "Sit near"))
    )
    assert reviewed(word(body)).lines["strategies"] == ("Use my cards", "Sit near")


def test_a_table_of_labels_and_controls(reviewed: Review) -> None:
    rows = "".join(
        f"<w:tr><w:tc>{p(run(label))}</w:tc>"
        f"<w:tc>{control(label, p(run(text)), more)}</w:tc></w:tr>"
        for label, text, more in (
            ("Name", "Invented Child", ""),
            ("Strengths", "Click or tap here to enter text.", PROMPT),
            ("Triggers", "Noise.", ""),
        )
    )
    assert dict(reviewed(word(f"<w:tbl>{rows}</w:tbl>")).lines) == {
        "pupil_name": ("Invented Child",),
        "avoid": ("Noise.",),
    }
