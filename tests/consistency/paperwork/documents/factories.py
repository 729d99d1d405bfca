"""Invented pupils and documents for tests."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from tests.conftest import make_person, scope_for

from pillars.consistency.paperwork.models import Document, Standard, StandardVersion
from pillars.consistency.paperwork.services.documents import create_document
from pillars.consistency.paperwork.shipped import SHIPPED
from pillars.foundation.permissions import Role
from pillars.people.organisations.models import School
from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod

_numbers = count(1)

STRATEGIES = [
    "My teacher gives me one step at a time on a small whiteboard, in every lesson.",
    "Before a change, Mr Lee shows me the now-and-next card, then gives me two minutes.",
    "After lunch Mrs Day walks me round the field for five minutes.",
]


def complete_answers(**changes: Any) -> dict[str, Any]:
    """Answers of a Pupil Passport that pass every required check, with changes."""
    today = timezone.localdate()
    return {
        "about_me": "I am funny and I know everything about trains. I help Year 1 at lunch.",
        "important_to_me": "I like knowing what comes next. I like sitting near my friend Sam.",
        "needs": "When lots of people talk I cannot hear my teacher. I forget long instructions.",
        "strategies": STRATEGIES,
        "avoid": "Do not put my name on the board. Do not ask me to read aloud suddenly.",
        "access_arrangements": "I have 25 % extra time in a small room, since March 2026.",
        "parent_view": f"On {today:%-d %B %Y} my mum said that mornings at home are calmer.",
        "contributors": ["Theo", "Mum", "Mr Lee, class teacher", "Mrs Day, teaching assistant"],
        "owner": "Aisha Khan",
        "review_date": (today + timedelta(days=200)).isoformat(),
    } | changes


def shipped_version(key: str) -> StandardVersion:
    """The first version of a standard shipped with the product, as a row."""
    definition = SHIPPED[key]
    standard, _ = Standard.objects.get_or_create(
        key=key, school=None, trust=None, defaults={"title": definition.title}
    )
    version, _ = StandardVersion.objects.get_or_create(
        standard=standard, number=1, defaults={"definition": definition.to_json()}
    )
    return version


def make_pupil(school: School, *, status: str = "K", **fields: Any) -> Pupil:
    """An invented pupil, on the SEN register unless `status` is N."""
    number = next(_numbers)
    pupil = Pupil.objects.create(
        **{
            "school": school,
            "surname": f"Invented{number:04d}",
            "forename": f"Theo{number}",
            "year_group": "5",
            "class_group": "5 Elm",
            "date_of_birth": date(2017, 3, 1),
        }
        | fields
    )
    if status != "N":
        StatusPeriod.objects.create(school=school, pupil=pupil, status=status)
        NeedPeriod.objects.create(school=school, pupil=pupil, code="SLCN")
    return pupil


def make_document(
    school: School,
    version: StandardVersion,
    *,
    state: str = "draft",
    pupil: Pupil | None = None,
    **answers: Any,
) -> Document:
    """A document in a state, made by an invented SENCo of the school; complete unless changed."""
    senco = make_person(Role.SENCO, school=school)
    pupil = pupil or make_pupil(school)
    with scope_for(senco):
        document = create_document(
            pupil=pupil, version=version, answers=complete_answers(**answers), by=senco
        )
    if state != "draft":
        Document.objects.filter(pk=document.pk).update(
            state=state, agreed_on=timezone.localdate(), agreed_by=senco
        )
    return Document.objects.get(pk=document.pk)
