"""Invented documents to print."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pillars.consistency.paperwork.definition import (
    Column,
    Definition,
    Field,
    FieldType,
    Section,
)
from pillars.consistency.paperwork.printing import Printable

PASSPORT = Definition(
    key="pupil-passport",
    title="Pupil Passport",
    description="One side.",
    sections=(
        Section(
            key="me",
            title="About me",
            fields=(
                Field("pupil_name", "Name", FieldType.SHORT_TEXT),
                Field("class_group", "Class", FieldType.SHORT_TEXT, required=False),
                Field("about_me", "What people like and admire about me", FieldType.LONG_TEXT),
                Field("important_to_me", "What is important to me", FieldType.LONG_TEXT),
            ),
        ),
        Section(
            key="support",
            title="Support",
            fields=(
                Field("needs", "What I find difficult", FieldType.LONG_TEXT),
                Field("strategies", "How best to support me", FieldType.LIST),
                Field("avoid", "What to avoid", FieldType.LIST),
                Field("my_part", "How I will help myself", FieldType.LONG_TEXT, required=False),
                Field("access_arrangements", "Tests and exams", FieldType.LONG_TEXT),
                Field("contributors", "Who made this", FieldType.LIST),
                Field("owner", "Who to ask", FieldType.PERSON),
                Field("review_date", "Review by", FieldType.DATE),
            ),
        ),
    ),
    checks=(),
)

PLAN = Definition(
    key="support-plan",
    title="Support plan",
    description="Assess, plan, do, review.",
    sections=(
        Section(
            key="plan",
            title="Plan",
            fields=(
                Field(
                    "outcomes",
                    "Outcomes",
                    FieldType.TABLE,
                    columns=(
                        Column("outcome", "Outcome"),
                        Column("by", "By when", FieldType.DATE),
                    ),
                ),
                Field("met", "Met parents this term", FieldType.YES_NO),
                Field("progress", "Progress", FieldType.RATING),
                Field("review_date", "Review date", FieldType.DATE),
            ),
        ),
    ),
    checks=(),
)

THEO: dict[str, Any] = {
    "pupil_name": "Theo Barnes",
    "about_me": "I am funny and I know everything about trains. I help Year 1 at lunch.",
    "important_to_me": "Knowing what comes next. Sitting near Sam. My grandad’s allotment.",
    "needs": "When lots of people talk I cannot hear the teacher. I forget long instructions.",
    "strategies": [
        "My teacher gives me one step at a time on a small whiteboard, in every lesson.",
        "Before a change, show me the now-and-next card, then give me two minutes.",
        "After lunch Mrs Day walks me round the field for five minutes.",
    ],
    "avoid": ["Do not put my name on the board.", "Do not ask me to read aloud without warning."],
    "my_part": "I show my blue card and go to the book corner for five minutes.",
    "access_arrangements": "25 % extra time, small room. My normal way since March 2026.",
    "contributors": ["Theo", "his mum (met 6 November)", "Mr Lee (class)"],
    "owner": "Aisha Khan, SENCo",
    "review_date": "2027-03-26",
}

PLAN_ANSWERS: dict[str, Any] = {
    "outcomes": [
        {"outcome": "Theo asks for the next step in three lessons a week", "by": "2027-03-26"},
        {"outcome": "", "by": ""},
    ],
    "met": True,
    "progress": 3,
    "review_date": "2027-03-26",
}


@pytest.fixture
def passport() -> Callable[..., Printable]:
    """Make a Pupil Passport for an invented pupil; named answers replace the usual ones."""

    def make(*, agreed_on: date | None = date(2026, 11, 9), **answers: Any) -> Printable:
        return Printable(
            definition=PASSPORT,
            answers=THEO | answers,
            school="Oakfield Primary (invented)",
            pupil="Theo Barnes",
            forename="Theo",
            version=2,
            year="Year 5",
            class_group="5 Elm",
            status="SEN support: speech, language and communication",
            agreed_on=agreed_on,
            review_on=date(2027, 3, 26),
        )

    return make


@pytest.fixture
def plan() -> Callable[..., Printable]:
    """Make a support plan for an invented pupil; named answers replace the usual ones."""

    def make(**answers: Any) -> Printable:
        return Printable(
            definition=PLAN,
            answers=PLAN_ANSWERS | answers,
            school="Oakfield Primary (invented)",
            pupil="Theo Barnes",
            forename="Theo",
            version=1,
            year="Year 5",
        )

    return make
