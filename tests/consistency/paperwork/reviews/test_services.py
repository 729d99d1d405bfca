"""Bringing in, reading, matching and turning: what is kept, and when it is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.conftest import World, scope_for
from tests.consistency.paperwork.documents.factories import make_pupil, shipped_version
from tests.consistency.paperwork.reviews.factories import (
    file_of,
    good,
    make_review,
    make_waiting,
    next_review,
    weak,
)

from pillars.consistency.paperwork import tasks
from pillars.consistency.paperwork.models import Document, Review, ReviewedFile
from pillars.consistency.paperwork.queries.reviews import (
    files_by,
    review_report,
    reviews_of,
)
from pillars.consistency.paperwork.services.reviews import (
    Brought,
    match_file,
    read_again,
    start_review,
    turn_into_documents,
)
from pillars.foundation.models import StoredFile
from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused


def test_files_are_kept_as_they_came_and_read(world: World) -> None:
    review = make_review(
        world.school, {"good.txt": good("Theo Invented"), "weak.txt": weak("Sam Invented")}
    )
    assert (review.state, review.done, review.of) == ("ready", 2, 2)
    file = file_of(review, "good.txt")
    assert file.stored is not None
    assert bytes(file.stored.content) == good("Theo Invented")
    assert file.fields["pupil_name"] == "Theo Invented"
    assert file.answers["review_date"] == next_review().isoformat()
    assert file.answers["contributors"] == ["Theo", "Mum", "Mr Lee"]
    assert [word["label"] for word in file.unmatched] == ["Attendance"]
    assert file.missing == []
    assert "about_me" not in file_of(review, "weak.txt").missing
    assert "strategies" in file_of(review, "weak.txt").missing
    assert len(review.layouts) == 2


def test_what_could_not_be_read_has_its_reason(world: World) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        review = start_review(
            school=world.school,
            version=shipped_version("pupil-passport"),
            files=[
                Brought("old.doc", None, "It is an old Word file (.doc)."),
                Brought("bad.docx", b"PK\x03\x04 cut"),
            ],
            by=senco,
        )
    assert review.of == 1
    tasks.read_files(school_id=world.school.pk, trust_id=world.school.trust_id, review_id=review.pk)
    review.refresh_from_db()
    report = review_report(review)
    assert [one.file for one in report.unreadable] == ["bad.docx", "old.doc"]
    assert all(one.reason for one in report.unreadable)
    assert StoredFile.objects.filter(school=world.school).count() == 1


def test_nothing_and_too_much_are_refused(world: World) -> None:
    senco = world[Role.SENCO]
    version = shipped_version("pupil-passport")
    with scope_for(senco):
        with pytest.raises(Refused, match="no documents"):
            start_review(school=world.school, version=version, files=[], by=senco)
        many = [Brought(str(n), b"x") for n in range(1001)]
        with pytest.raises(Refused, match="1,001 files"):
            start_review(school=world.school, version=version, files=many, by=senco)
    teacher = world[Role.TEACHER]
    with scope_for(teacher), pytest.raises(Refused, match="role does not let you"):
        start_review(school=world.school, version=version, files=[Brought("a", b"x")], by=teacher)


def test_a_pupil_with_the_very_name_is_proposed(world: World) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh")
    make_pupil(world.school, forename="Thea", surname="March")
    make_pupil(world.sister, forename="Nia", surname="Stone")
    review = make_review(
        world.school,
        {
            "a.txt": good("Theo Marsh"),
            "b.txt": good("Theo Mash"),
            "c.txt": good("Nia Stone"),
            "Marsh_Theo_PP_2026.txt": b"Strengths: kind\n",
        },
    )
    assert file_of(review, "a.txt").pupil == theo
    assert file_of(review, "Marsh_Theo_PP_2026.txt").pupil == theo
    near = file_of(review, "b.txt")
    assert near.pupil is None
    assert near.proposed[0]["pupil"] == theo.pk
    assert file_of(review, "c.txt").proposed == []


def test_files_become_drafts_with_their_original(world: World) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh", class_group="5 Elm")
    review = make_review(world.school, {"a.txt": good("Theodore Marsh")})
    file = file_of(review, "a.txt")
    senco = world[Role.SENCO]
    with scope_for(senco):
        (made,) = turn_into_documents(review=review, choices={file.pk: theo.pk}, by=senco)
    document = Document.objects.get(pk=made.pk)
    assert document.state == "draft"
    assert document.source_id == file.stored_id
    assert document.answers["pupil_name"] == "Theo Marsh"
    assert len(document.answers["strategies"]) == 3
    assert document.left_over["Attendance"] == "94 %"
    file.refresh_from_db()
    assert (file.pupil, file.document, file.looked_at) == (theo, document, True)
    with scope_for(senco):
        with pytest.raises(Refused, match="has become a document already"):
            turn_into_documents(review=review, choices={file.pk: theo.pk}, by=senco)
        with pytest.raises(Refused, match="has become a document already"):
            match_file(file=file, pupil=None, by=senco)


def test_all_files_become_documents_or_none(world: World) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh")
    sam = make_pupil(world.school, forename="Sam", surname="Lane")
    elsewhere = make_pupil(world.sister, forename="Nia", surname="Stone")
    review = make_review(
        world.school, {"a.txt": good("Theo Marsh"), "b.txt": weak("Sam Lane"), "c.docx": b"PK"}
    )
    one, two, broken = (file_of(review, name) for name in ("a.txt", "b.txt", "c.docx"))
    senco = world[Role.SENCO]
    for choices, sentence in (
        ({}, "Tick at least one file"),
        ({one.pk: theo.pk, two.pk: theo.pk}, r"“a\.txt” and “b\.txt” are ticked for the same"),
        ({one.pk: theo.pk, two.pk: elsewhere.pk}, r"“b\.txt”: Choose the pupil it is about"),
        ({one.pk: theo.pk, broken.pk: sam.pk}, "could not be read"),
        (dict.fromkeys(range(501), 1), "500 files at most"),
    ):
        with scope_for(senco), pytest.raises(Refused, match=sentence):
            turn_into_documents(review=review, choices=choices, by=senco)
    with scope_for(senco):
        turn_into_documents(review=review, choices={one.pk: theo.pk}, by=senco)
        with pytest.raises(Refused, match=r"“b\.txt”: This pupil has a draft already"):
            turn_into_documents(review=review, choices={two.pk: theo.pk}, by=senco)
    assert Document.objects.count() == 1


def test_a_person_says_which_pupil_it_is(world: World) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh")
    elsewhere = make_pupil(world.sister)
    review = make_review(world.school, {"a.txt": good("Nobody Known")})
    file = file_of(review, "a.txt")
    senco = world[Role.SENCO]
    with scope_for(senco):
        match_file(file=file, pupil=theo, by=senco)
        with pytest.raises(Refused, match="not in this school"):
            match_file(file=file, pupil=elsewhere, by=senco)
    file.refresh_from_db()
    assert (file.pupil, file.looked_at) == (theo, True)
    with scope_for(senco):
        match_file(file=file, pupil=None, by=senco)
    # Reading again keeps what the person said.
    Review.objects.filter(pk=review.pk).update(state="failed")
    review.refresh_from_db()
    with scope_for(senco):
        read_again(review=review, by=senco)
    tasks.read_files(school_id=world.school.pk, trust_id=world.school.trust_id, review_id=review.pk)
    file.refresh_from_db()
    assert (file.pupil, file.looked_at) == (None, True)


def test_a_review_that_fails_says_so_and_can_be_started_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = make_waiting(world.school, {"a.txt": good("Theo Invented")})

    def fails(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(tasks, "report_on", fails)
    with pytest.raises(MemoryError):
        tasks.read_files(
            school_id=world.school.pk, trust_id=world.school.trust_id, review_id=review.pk
        )
    review.refresh_from_db()
    assert review.state == "failed"
    assert review.is_stuck
    senco = world[Role.SENCO]
    with scope_for(senco):
        read_again(review=review, by=senco)
        assert review.state == "waiting"
        with pytest.raises(Refused, match="nothing to start again"):
            read_again(review=review, by=senco)
    review.moved_at = timezone.now() - timedelta(minutes=11)
    assert review.is_stuck


def test_the_list_of_reviews_counts_what_became_documents(world: World) -> None:
    theo = make_pupil(world.school, forename="Theo", surname="Marsh")
    make_review(world.school, {"x.txt": weak("Old Invented")})
    review = make_review(world.school, {"a.txt": good("Theo Marsh"), "b.txt": weak("Sam Lane")})
    senco = world[Role.SENCO]
    with scope_for(senco):
        chosen = {file_of(review, "a.txt").pk: theo.pk}
        turn_into_documents(review=review, choices=chosen, by=senco)
    assert [one.turned for one in reviews_of(world.school.pk)] == [1, 0]


def test_each_number_opens_onto_its_files(world: World) -> None:
    review = make_review(
        world.school,
        {"a.txt": good("Theo Marsh"), "b.txt": weak("Sam Lane"), "c.docx": b"PK cut"},
    )
    report = review_report(review)
    expected = {
        ("all", ""): ("a.txt", "b.txt"),
        ("complete", ""): ("a.txt",),
        ("overdue", ""): ("b.txt",),
        ("unreadable", ""): ("c.docx",),
        ("without", "strategies"): ("b.txt",),
        ("with", "strategies"): ("a.txt",),
        ("failing", "in_date"): ("b.txt",),
        ("layout", "1"): ("a.txt",),
        ("help", "1"): report.five_things[0].files,
        ("best", ""): ("a.txt", "b.txt"),
    }
    for (by, which), files in expected.items():
        chosen = files_by(report, by, which)
        assert chosen is not None, by
        assert chosen.files == files, by
    for by, which in (("with", "nothing"), ("failing", "x"), ("layout", "9"), ("help", "0"),
                      ("help", "x"), ("nonsense", ""), ("help", "99")):  # fmt: skip
        assert files_by(report, by, which) is None


def test_reading_a_review_takes_the_same_queries_for_more_files(
    world: World, django_assert_num_queries: Any
) -> None:
    for number in (2, 9):
        files = {f"{n}.txt": good(f"Child{n} Invented") for n in range(number)}
        review = make_review(world.school, files)
        review = Review.objects.select_related("version").get(pk=review.pk)
        with django_assert_num_queries(1):
            assert len(review_report(review).documents) == number
    assert ReviewedFile.objects.count() == 11
