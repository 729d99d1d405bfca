"""Making documents, one or many."""

from __future__ import annotations

import pytest
from tests.conftest import World, scope_for
from tests.consistency.paperwork.documents.factories import make_document, make_pupil

from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.consistency.paperwork.services.documents import (
    create_document,
    create_documents,
    making,
)
from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused


def test_create_document_fills_in_what_the_register_knows(
    world: World, passport: StandardVersion
) -> None:
    pupil = make_pupil(world.school, known_as="Teddy")
    senco = world[Role.SENCO]
    with scope_for(senco):
        document = create_document(pupil=pupil, version=passport, by=senco)
    assert document.answers["pupil_name"] == pupil.full_name
    assert document.answers["class_group"] == "5 Elm"
    assert document.answers["owner"] == senco.name
    assert document.is_draft
    assert document.failing_required > 0
    assert document.date_required


def test_create_document_keeps_answers_without_a_place(
    world: World, passport: StandardVersion
) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        document = create_document(
            pupil=make_pupil(world.school),
            version=passport,
            answers={"about_me": "I am kind.", "shoe_size": "3"},
            by=senco,
        )
    assert document.answers["about_me"] == "I am kind."
    assert document.left_over == {"shoe_size": "3"}


def test_create_document_twice_says_there_is_a_draft(
    world: World, passport: StandardVersion, draft: Document
) -> None:
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="has a draft already"):
        create_document(pupil=draft.pupil, version=passport, by=world[Role.SENCO])


def test_create_document_for_a_pupil_who_left_is_refused(
    world: World, passport: StandardVersion
) -> None:
    pupil = make_pupil(world.school, left_on="2026-10-01")
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="has left the school"):
        create_document(pupil=pupil, version=passport, by=world[Role.SENCO])


def test_create_document_by_a_governor_is_refused(world: World, passport: StandardVersion) -> None:
    pupil = make_pupil(world.school)
    with scope_for(world[Role.GOVERNOR]), pytest.raises(Refused, match="Your role does not let"):
        create_document(pupil=pupil, version=passport, by=world[Role.GOVERNOR])


def test_create_documents_for_many_tells_who_was_left_out(
    world: World, passport: StandardVersion
) -> None:
    fresh = [make_pupil(world.school) for _ in range(3)]
    drafted = make_document(world.school, passport).pupil
    senco = world[Role.SENCO]
    with scope_for(senco):
        made, refused = create_documents(pupils=[*fresh, drafted], version=passport, by=senco)
    assert {one.pupil_id for one in made} == {pupil.pk for pupil in fresh}
    assert [(pupil.pk, "draft already" in reason) for pupil, reason in refused] == [
        (drafted.pk, True)
    ]


@pytest.mark.parametrize("number", [1, 30])
def test_create_documents_takes_the_same_queries_for_any_number(
    world: World, passport: StandardVersion, django_assert_num_queries, number: int
) -> None:
    pupils = [make_pupil(world.school) for _ in range(number)]
    senco = world[Role.SENCO]
    with scope_for(senco), django_assert_num_queries(9):
        create_documents(pupils=pupils, version=passport, by=senco)
    assert Document.objects.count() == number


def test_create_documents_at_the_same_moment_is_told_in_a_sentence(
    world: World, passport: StandardVersion, draft: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The other person's draft came after the look-up and before the write.
    monkeypatch.setattr(making, "check_can_make", lambda **_: None)
    senco = world[Role.SENCO]
    with scope_for(senco):
        with pytest.raises(Refused, match="just now"):
            create_document(pupil=draft.pupil, version=passport, by=senco)
        with pytest.raises(Refused, match="Look at the list again"):
            create_documents(pupils=[draft.pupil], version=passport, by=senco)
    assert Document.objects.filter(pupil=draft.pupil).count() == 1
