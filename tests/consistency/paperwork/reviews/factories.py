"""Invented reviews for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone
from tests.conftest import make_person, scope_for
from tests.consistency.paperwork.documents.factories import shipped_version

from pillars.consistency.paperwork.models import Review, ReviewedFile
from pillars.consistency.paperwork.services.reviews import Brought, start_review
from pillars.consistency.paperwork.tasks import read_files
from pillars.foundation.permissions import Role
from pillars.people.organisations.models import School

GOOD = (
    "Name: {name}\nClass: 5 Elm\nMy strengths: I draw dragons. I help in Year 1.\n"
    "What is important to me: I like my cat and my friend Sam.\n"
    "What I find difficult: I cannot hear my teacher when lots of people talk.\n"
    "How best to support me: Before a change, Mr Lee shows me the card; "
    "After lunch Mrs Day walks with me for five minutes; "
    "In maths my teacher gives me one step at a time\n"
    "What to avoid: Do not shout my name.\nAccess arrangements: I have 25 % extra time.\n"
    "Parents’ view: On 4 November 2026 my mum said mornings are calmer.\n"
    "Who contributed: Theo, Mum and Mr Lee\nKey adult: Aisha Khan\n"
    "Next review: {day:%-d %B %Y}\nAttendance: 94 %\n"
)
WEAK = "Pupil: {name}\nStrengths: kind\nTargets: read more\n"


def next_review() -> date:
    """A review date that every check is content with."""
    return timezone.localdate() + timedelta(days=200)


def good(name: str) -> bytes:
    return GOOD.format(name=name, day=next_review()).encode()


def weak(name: str) -> bytes:
    return WEAK.format(name=name).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_waiting(school: School, files: Mapping[str, bytes]) -> Review:
    """A review whose files have been brought in and not been read."""
    senco = make_person(Role.SENCO, school=school)
    with scope_for(senco):
        return start_review(
            school=school,
            version=shipped_version("pupil-passport"),
            files=[Brought(name, data) for name, data in files.items()],
            by=senco,
        )


def make_review(school: School, files: Mapping[str, bytes] | None = None) -> Review:
    """A review that has been read."""
    review = make_waiting(school, files or {"a.txt": good("Theo Invented")})
    read_files(school_id=school.pk, trust_id=school.trust_id, review_id=review.pk)
    return Review.objects.get(pk=review.pk)


def file_of(review: Review, name: str) -> ReviewedFile:
    return ReviewedFile.objects.get(review=review, name=name)
