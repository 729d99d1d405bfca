from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.conftest import World, make_person, scope_for
from tests.consistency.paperwork.documents.factories import (
    make_document,
    make_pupil,
    shipped_version,
)

from pillars.consistency.paperwork.models import (
    Clash,
    Document,
    Review,
    ReviewedFile,
    ReviewState,
    StandardVersion,
)
from pillars.foundation.permissions import Role
from pillars.home.queries.due import Due, Looking, Source
from pillars.home.queries.paperwork import (
    clashes_due,
    drafts_due,
    own_documents_due,
    reviewed_files_due,
    reviews_due,
)


@pytest.fixture
def passport(world: World) -> StandardVersion:
    return shipped_version("pupil-passport")


def due(world: World, source: Source, role: Role = Role.SENCO) -> list[Due]:
    """What one source says to one person of the school today."""
    person = world[role]
    with scope_for(person) as scope:
        return list(source(Looking(world.school, person, scope, timezone.localdate())))


def agreed(world: World, version: StandardVersion, review_on: date, year: str = "5") -> Document:
    pupil = make_pupil(world.school, year_group=year)
    document = make_document(world.school, version, state="agreed", pupil=pupil)
    Document.objects.filter(pk=document.pk).update(review_on=review_on)
    return document


def test_reviews_late_and_near_are_one_line_each(world: World, passport: StandardVersion) -> None:
    today = timezone.localdate()
    for days, year in ((-6, "5"), (-2, "5"), (-1, "6"), (3, "5"), (90, "5")):
        agreed(world, passport, today + timedelta(days=days), year)
    late, near = sorted(due(world, reviews_due), key=lambda item: item.on or today)
    assert late.title == "3 Pupil Passports past review"
    assert late.detail == "2 of them in Year 5"
    assert late.on == today - timedelta(days=6)
    assert "attention=past_review" in late.url
    assert "state=agreed" in late.url
    assert near.title == "Review 1 Pupil Passport"
    assert near.detail == "Year 5"
    assert near.on == today + timedelta(days=3)


def test_reviews_all_of_one_year_say_so(world: World, passport: StandardVersion) -> None:
    for _ in range(2):
        agreed(world, passport, timezone.localdate())
    assert [item.detail for item in due(world, reviews_due)] == ["All in Year 5"]


def test_reviews_are_not_the_work_of_who_cannot_agree(
    world: World, passport: StandardVersion
) -> None:
    agreed(world, passport, timezone.localdate())
    assert due(world, reviews_due, Role.TEACHER) == []
    assert due(world, drafts_due, Role.TEACHER) == []


def test_drafts_that_pass_wait_to_be_agreed(world: World, passport: StandardVersion) -> None:
    make_document(world.school, passport)
    make_document(world.school, passport, avoid="")
    (line,) = due(world, drafts_due)
    assert line.title == "Agree 1 draft"
    assert line.on is None


def test_documents_on_an_earlier_version_are_to_be_brought_up(
    world: World, passport: StandardVersion
) -> None:
    make_document(world.school, passport, state="agreed")
    StandardVersion.objects.create(
        standard=passport.standard, number=2, definition=passport.definition
    )
    (line,) = due(world, drafts_due)
    assert line.title == "Bring 1 document up to the newest version"


def test_own_drafts_and_reviews_come_to_their_owner(
    world: World, passport: StandardVersion
) -> None:
    teacher = world[Role.TEACHER]
    draft = make_document(world.school, passport)
    review = agreed(world, passport, timezone.localdate() + timedelta(days=4))
    agreed(world, passport, timezone.localdate())
    Document.objects.filter(pk__in=(draft.pk, review.pk)).update(owner=teacher)
    found = due(world, own_documents_due, Role.TEACHER)
    assert {item.action for item in found} == {"Go on", "Review"}
    assert {item.on for item in found} == {None, timezone.localdate() + timedelta(days=4)}
    assert all("Pupil Passport" in item.title for item in found)


def test_own_documents_are_nobodys_who_cannot_write(
    world: World, passport: StandardVersion
) -> None:
    draft = make_document(world.school, passport)
    Document.objects.filter(pk=draft.pk).update(owner=world[Role.AUDITOR])
    assert due(world, own_documents_due, Role.AUDITOR) == []


def test_a_clash_comes_today_to_whom_it_concerns(world: World, passport: StandardVersion) -> None:
    document = make_document(world.school, passport)
    for person in (world[Role.TEACHER], make_person(Role.TEACHER, school=world.school)):
        Clash.objects.create(school=world.school, document=document, person=person, revision=1)
    (line,) = due(world, clashes_due, Role.TEACHER)
    assert line.on == timezone.localdate()
    assert due(world, clashes_due, Role.GOVERNOR) == []


def test_files_of_the_newest_review_wait_to_become_documents(
    world: World, passport: StandardVersion
) -> None:
    older, newest = (
        Review.objects.create(school=world.school, version=passport, state=ReviewState.READY)
        for _ in range(2)
    )
    for number, review in enumerate((older, newest, newest)):
        ReviewedFile.objects.create(
            school=world.school, review=review, name=f"{number}.txt", layout=1
        )
    ReviewedFile.objects.create(
        school=world.school, review=newest, name="scan.pdf", reason="It holds no text."
    )
    (line,) = due(world, reviewed_files_due)
    assert line.title == "Turn 2 reviewed files into documents"
    assert line.url.endswith(f"/{newest.pk}/")
    assert due(world, reviewed_files_due, Role.TEACHER) == []


def test_a_review_that_is_being_read_is_not_due(world: World, passport: StandardVersion) -> None:
    Review.objects.create(school=world.school, version=passport, state=ReviewState.READING)
    assert due(world, reviewed_files_due) == []


def test_reviews_of_a_pupil_in_no_year_do_not_name_one(world: World) -> None:
    today = timezone.localdate()
    pupil = make_pupil(world.school, year_group="")
    soon = (today + timedelta(days=5)).isoformat()
    make_document(
        world.school,
        shipped_version("pupil-passport"),
        state="agreed",
        pupil=pupil,
        review_date=soon,
    )
    senco = world[Role.SENCO]
    with scope_for(senco) as scope:
        (due,) = reviews_due(Looking(world.school, senco, scope, today))
    assert due.detail == ""
