"""Which pupil a file is about: sure only when one has the very name."""

from __future__ import annotations

import pytest

from pillars.consistency.paperwork.review.pupils import is_sure, likely_pupils, named

PUPILS = [
    named(1, "Theodore", "Martin", "Theo", "4B"),
    named(2, "Thea", "Martins", "", "5A"),
    named(3, "Zoë", "O'Malley", "", "3C"),
    named(4, "Sam", "Lane", "", "4B"),
    named(5, "Sam", "Lane", "", "6A"),
]


@pytest.mark.parametrize(
    ("file", "name", "pupil"),
    [
        ("a.docx", "Theo Martin", 1),
        ("a.docx", "Theodore Martin", 1),
        ("a.docx", "Martin, Theo", 1),
        ("a.docx", "MARTIN Theo", 1),
        ("a.docx", "Zoe OMalley", 3),
        ("Pupil passport - O'Malley Zoë.docx", "", 3),
        ("folder/Martin_Theo_PP_2026.docx", "", 1),
        ("PASSPORT Theo Martin FINAL v2.docx", "", 1),
        ("Theo Martin one page profile (copy).pdf", "", 1),
    ],
)
def test_the_very_name_is_sure(file: str, name: str, pupil: int) -> None:
    found = likely_pupils(file, name, PUPILS)
    assert found[0].key == pupil
    assert is_sure(found)


@pytest.mark.parametrize(
    ("file", "name"), [("a.docx", "Theo Marten"), ("a.docx", "Theo"), ("a.docx", "Sam Lane")]
)
def test_a_near_name_a_first_name_or_a_shared_name_is_for_a_person(file: str, name: str) -> None:
    found = likely_pupils(file, name, PUPILS)
    assert found
    assert not is_sure(found)


def test_two_of_one_name_are_told_apart_by_their_class() -> None:
    found = likely_pupils("a.docx", "Sam Lane", PUPILS, "Year 6, 6A")
    assert found[0].key == 5
    assert is_sure(found)
    assert not is_sure(likely_pupils("a.docx", "Sam Lane", PUPILS, "Year 9"))


@pytest.mark.parametrize("name", ["Nobody Known", "", "Xq"])
def test_nobody_is_proposed_for_a_strange_name(name: str) -> None:
    assert likely_pupils("passport 2026.docx", name, PUPILS) == []
    assert not is_sure([])
