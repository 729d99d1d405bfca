"""Word templates filled in."""

import io

import pytest
from docx import Document

from pillars.exchange.word import Manners, WordError, blank_document, fill_template


def template(text: str) -> bytes:
    document = blank_document(Manners(size=12, face="Verdana"))
    document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_blank_document_is_a4_in_the_chosen_type() -> None:
    document = blank_document(Manners(size=12, face="Verdana"))
    assert round(document.sections[0].page_width.mm) == 210
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Verdana", 12)


def test_fill_template_escapes_what_it_is_given() -> None:
    made = fill_template(
        template("Say: {{ words }}"), {"words": "a < b & \x01c"}, title="T\x00", author="School"
    )
    document = Document(io.BytesIO(made))
    assert document.paragraphs[0].text == "Say: a < b & c"
    assert document.core_properties.title == "T"


def test_fill_template_with_a_broken_mark_says_so() -> None:
    with pytest.raises(WordError, match="The Word file could not be made"):
        fill_template(template("{% for x %}"), {}, title="T", author="S")
