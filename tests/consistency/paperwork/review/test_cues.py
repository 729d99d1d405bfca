"""Labels nobody has listed are understood by their giveaway words, and only as labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx import Document

from pillars.consistency.paperwork.review.cues import cued_field
from pillars.consistency.paperwork.review.labels import plain_label
from pillars.consistency.paperwork.review.single import Found
from pillars.consistency.paperwork.shipped import SHIPPED

KEYS = tuple(field.key for field in SHIPPED["pupil-passport"].fields)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Who am I?", "pupil_name"),
        ("Student", "pupil_name"),
        ("Year and class", "class_group"),
        ("What others value in me", "about_me"),
        ("What I need in my life", "important_to_me"),
        ("What is hard for her", "needs"),
        ("I get stuck when", "needs"),
        ("Top tips for teachers", "strategies"),
        ("Adults should", "strategies"),
        ("Staff should not", "avoid"),
        ("What doesn’t work for me", "avoid"),
        ("What makes things worse", "avoid"),
        ("Strategies to avoid", "avoid"),
        ("My own part", "my_part"),
        ("How Imogen will help herself", "my_part"),
        ("Exam concessions", "access_arrangements"),
        ("My hopes for next year", "aspirations"),
        ("What my mum and dad want you to know", "parent_view"),
        ("At home they say", "parent_view"),
        ("Put together by", "contributors"),
        ("Who helped", "contributors"),
        ("Passport kept by", "owner"),
        ("We will look at this again on", "review_date"),
    ],
)
def test_giveaway_words(label: str, field: str) -> None:
    assert cued_field(plain_label(label), KEYS, frozenset({"imogen"})) == field


@pytest.mark.parametrize(
    "label",
    ["Attendance", "Reading age", "Date of birth", "Review comments", "Parent signature",
     "What does not interest me", "External agencies", "Photo", "a " * 20 + "help"],
)  # fmt: skip
def test_labels_without_giveaway_words(label: str) -> None:
    assert cued_field(plain_label(label), KEYS, frozenset()) is None


def test_a_field_the_standard_lacks_is_never_meant() -> None:
    assert cued_field("top tips for teachers", ("pupil_name",), frozenset()) is None


def test_a_sentence_with_giveaway_words_stays_text(reviewed: Callable[[object], Found]) -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    rows = [("Strengths", "Help me find hard words"), ("Review date", "1 May 2027")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    found = reviewed(document)
    assert found.lines["about_me"] == ("Help me find hard words",)
    assert "strategies" not in found.lines
