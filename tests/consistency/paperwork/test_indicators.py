"""Paperwork in place and complete: counted for many schools, opening onto what counts against."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import (
    make_document,
    make_pupil,
    shipped_version,
)

from pillars.consistency.paperwork.indicators import COMPLETE, FORMATS, IN_PLACE
from pillars.consistency.paperwork.models import (
    Document,
    RequiredStandard,
    Review,
    ReviewedFile,
    ReviewState,
    StandardVersion,
)
from pillars.consistency.paperwork.tasks import recheck_all_documents
from pillars.foundation.indicators import Count, registered_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport(world: World) -> StandardVersion:
    return shipped_version("pupil-passport")


def today() -> date:
    return timezone.localdate()


def test_indicators_are_registered() -> None:
    assert registered_indicator("paperwork-in-place") is IN_PLACE
    assert registered_indicator("paperwork-complete") is COMPLETE


def test_in_place_counts_pupils_of_many_schools_at_once(
    world: World, passport: StandardVersion, django_assert_num_queries: Any
) -> None:
    make_document(world.school, passport, state="agreed")
    make_document(world.school, passport)
    make_pupil(world.school)
    make_pupil(world.school, status="N")
    make_pupil(world.school, left_on=date(2026, 9, 9))
    make_document(world.sister, passport, state="agreed")
    schools = [world.school.pk, world.sister.pk, world.other_school.pk]
    with django_assert_num_queries(4):
        counts = IN_PLACE.counts(schools, today())
    assert counts == {
        world.school.pk: Count(1, 3),
        world.sister.pk: Count(1, 1),
        world.other_school.pk: Count(0, 0),
    }


def test_in_place_says_why_each_pupil_counts_against(
    world: World, passport: StandardVersion
) -> None:
    school = world.school
    bare = make_pupil(school, surname="Ash")
    make_document(school, passport, pupil=make_pupil(school, surname="Beech"))
    late = make_document(
        school, passport, state="agreed", pupil=make_pupil(school, surname="Cedar")
    )
    Document.objects.filter(pk=late.pk).update(review_on=date(2026, 1, 9))
    behind = make_document(
        school, passport, state="agreed", pupil=make_pupil(school, surname="Elm")
    )
    fine = make_document(school, passport, state="agreed", pupil=make_pupil(school, surname="Fir"))
    newest = StandardVersion.objects.create(
        standard=passport.standard, number=2, definition=passport.definition
    )
    Document.objects.exclude(pk=behind.pk).update(version=newest)
    cases = IN_PLACE.against(school.pk, today())
    assert [(case.title.split(",")[0], case.reason) for case in cases] == [
        ("Ash", "No Pupil Passport"),
        ("Beech", "Pupil Passport is a draft"),
        ("Cedar", "Pupil Passport was due for review on 9 January 2026"),
        ("Elm", "Pupil Passport is behind the standard"),
    ]
    assert f"pupil={bare.pk}" in cases[0].url
    assert str(fine.pk) not in {case.url.rstrip("/").rsplit("/", 1)[-1] for case in cases}
    assert IN_PLACE.counts([school.pk], today())[school.pk] == Count(1, 5)


def test_in_place_asks_for_each_standard_a_status_needs(
    world: World, passport: StandardVersion
) -> None:
    plan = shipped_version("support-plan")
    RequiredStandard.objects.create(school=world.school, key="pupil-passport", statuses="KE")
    RequiredStandard.objects.create(school=world.school, key="support-plan", statuses="E")
    on_support = make_pupil(world.school)
    with_plan = make_pupil(world.school, status="E")
    for pupil in (on_support, with_plan):
        make_document(world.school, passport, state="agreed", pupil=pupil)
    assert IN_PLACE.counts([world.school.pk], today())[world.school.pk] == Count(1, 2)
    (case,) = IN_PLACE.against(world.school.pk, today())
    assert case.reason == "No Support plan"
    make_document(world.school, plan, state="agreed", pupil=with_plan)
    assert IN_PLACE.counts([world.school.pk], today())[world.school.pk] == Count(2, 2)


def test_complete_counts_documents_and_the_day_that_goes_by(
    world: World, passport: StandardVersion, django_assert_num_queries: Any
) -> None:
    make_document(world.school, passport, state="agreed")
    make_document(world.school, passport, avoid="")
    make_document(world.school, passport, state="archived", avoid="")
    schools = [world.school.pk, world.sister.pk]
    with django_assert_num_queries(1):
        counts = COMPLETE.counts(schools, today())
    assert counts == {world.school.pk: Count(1, 2), world.sister.pk: Count(0, 0)}
    later = today() + timedelta(days=300)
    assert COMPLETE.counts(schools, later)[world.school.pk] == Count(0, 2)


def test_complete_says_what_is_to_be_put_right(world: World, passport: StandardVersion) -> None:
    broken = make_document(world.school, passport, avoid="", needs="")
    (case,) = COMPLETE.against(world.school.pk, today())
    assert case.reason.endswith(", and 1 more")
    assert case.url.endswith(f"/documents/{broken.pk}/")
    late = make_document(world.school, passport, state="agreed")
    gone = today() + timedelta(days=300)
    reasons = {case.url: case.reason for case in COMPLETE.against(world.school.pk, gone)}
    assert "review date has gone by" in reasons[case.url.replace(str(broken.pk), str(late.pk))]


def make_review(world: World, version: StandardVersion, layouts: list[int | None]) -> Review:
    """A finished review with a file for each layout; None: a file that could not be read."""
    review = Review.objects.create(school=world.school, version=version, state=ReviewState.READY)
    for number, layout in enumerate(layouts):
        ReviewedFile.objects.create(
            school=world.school, review=review, name=f"old/file {number}.docx", layout=layout
        )
    return review


def test_formats_counts_layouts_of_the_last_review_and_the_standard(
    world: World, passport: StandardVersion, django_assert_num_queries: Any
) -> None:
    schools = [world.school.pk, world.sister.pk]
    assert FORMATS.counts(schools, today()) == dict.fromkeys(schools, Count(0, 0))
    make_document(world.school, passport)
    make_document(world.school, passport, state="archived")
    assert FORMATS.counts(schools, today())[world.school.pk] == Count(1, 1)
    make_review(world, passport, [5])
    last = make_review(world, passport, [1, 1, 2, None])
    with django_assert_num_queries(1):
        counts = FORMATS.counts(schools, today())
    assert counts[world.school.pk] == Count(3, 4)
    turned = last.files.filter(layout=2).get()
    turned.document = Document.objects.get(state="draft")
    turned.pupil = turned.document.pupil
    turned.save()
    assert FORMATS.counts(schools, today())[world.school.pk] == Count(2, 3)


def test_formats_opens_onto_the_files_that_are_not_on_the_standard(
    world: World, passport: StandardVersion
) -> None:
    assert FORMATS.against(world.school.pk, today()) == []
    last = make_review(world, passport, [2, 1, None])
    cases = FORMATS.against(world.school.pk, today())
    assert [(case.title, case.reason) for case in cases] == [
        ("file 1.docx", "Layout 1, not on the standard yet"),
        ("file 0.docx", "Layout 2, not on the standard yet"),
    ]
    assert f"/{last.pk}/files/" in cases[0].url


def test_documents_are_checked_again_each_night(world: World, passport: StandardVersion) -> None:
    document = make_document(world.school, passport)
    Document.objects.update(checked_on=date(2026, 1, 1), findings=[], failing_required=4)
    recheck_all_documents(0)
    document.refresh_from_db()
    assert document.failing_required == 0
    assert document.findings
