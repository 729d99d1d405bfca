"""A small standard and quick ways to make files for the review's tests."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from docx import Document

from pillars.consistency.paperwork.definition import (
    CheckSetting,
    Definition,
    Field,
    FieldType,
    Section,
)
from pillars.consistency.paperwork.review.labels import LabelMatcher
from pillars.consistency.paperwork.review.single import Found, Reviewer
from pillars.exchange.documents import read_document

TODAY = date(2026, 11, 24)
_FIELDS = (
    Field("pupil_name", "Pupil’s name", FieldType.SHORT_TEXT, aliases=("Name", "My name")),
    Field(
        "class_group", "Class", FieldType.SHORT_TEXT, required=False, aliases=("Form", "Year group")
    ),
    Field(
        "about_me",
        "Strengths",
        FieldType.LONG_TEXT,
        guidance="What are you good at, and proud of?",
        aliases=("What people like and admire about me", "I am good at"),
    ),
    Field("important_to_me", "What is important to me", FieldType.LONG_TEXT),
    Field("needs", "What I find difficult", FieldType.LONG_TEXT, aliases=("I find it hard to",)),
    Field(
        "strategies",
        "How best to support me",
        FieldType.LIST,
        aliases=("It would help me if you", "What helps me"),
    ),
    Field("avoid", "What to avoid", FieldType.LIST, aliases=("Triggers", "What does not help me")),
    Field("owner", "Owner", FieldType.PERSON, aliases=("Key worker",)),
    Field("review_date", "Review date", FieldType.DATE, aliases=("Date of next review",)),
)


@pytest.fixture(scope="session")
def passport() -> Definition:
    return Definition(
        "passport",
        "Pupil Passport",
        "For tests.",
        (Section("all", "All", _FIELDS),),
        (CheckSetting("complete"), CheckSetting("in_date", ("review_date",))),
    )


@pytest.fixture
def matcher(passport: Definition) -> LabelMatcher:
    return LabelMatcher(passport)


@pytest.fixture
def reviewed(passport: Definition) -> Callable[[object], Found]:
    """Reviews a Word document, text or bytes as one file."""

    def review(source: object) -> Found:
        if isinstance(source, str):
            data, name = source.encode(), "invented.txt"
        elif isinstance(source, bytes):
            data, name = source, "invented.docx"
        else:
            data, name = saved(source), "invented.docx"
        return Reviewer(passport, TODAY).review(read_document(data, name), name)

    return review


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
