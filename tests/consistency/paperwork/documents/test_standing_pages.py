"""Moving a document on: agreed, reviewed, renewed, brought up; and who changed what."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import (
    make_document,
)
from tests.consistency.paperwork.documents.pages import text_of, url

from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.foundation.permissions import Role


@pytest.mark.parametrize(
    ("name", "state", "expected"),
    [
        ("agree_document", "draft", "agreed"),
        ("reopen_document", "agreed", "draft"),
        ("archive_document", "agreed", "archived"),
    ],
)
def test_buttons_move_a_document(  # noqa: PLR0917
    world: World,
    signed_in: Client,
    passport: StandardVersion,
    name: str,
    state: str,
    expected: str,
) -> None:
    document = make_document(world.school, passport, state=state)
    signed_in.post(url(name, world, document_id=document.pk))
    document.refresh_from_db()
    assert document.state == expected


def test_renew_button_opens_the_new_draft(
    world: World, signed_in: Client, agreed: Document
) -> None:
    answer = signed_in.post(url("renew_document", world, document_id=agreed.pk))
    renewal = Document.objects.get(renewed_from=agreed)
    assert answer["Location"] == url("write_document", world, document_id=renewal.pk)
    again = signed_in.post(url("renew_document", world, document_id=agreed.pk), follow=True)
    assert "new draft has been begun" in text_of(again)


def test_review_form_keeps_what_was_typed_and_says_why(
    world: World, signed_in: Client, agreed: Document
) -> None:
    address = url("review_document", world, document_id=agreed.pk)
    answer = signed_in.post(address, {"review_on": "1/1/2020"})
    assert answer.status_code == 422
    assert "after today" in text_of(answer)
    assert "1/1/2020" in answer.content.decode()


def test_review_form_sets_the_next_day(world: World, signed_in: Client, agreed: Document) -> None:
    address = url("review_document", world, document_id=agreed.pk)
    day = timezone.localdate() + timedelta(days=90)
    answer = signed_in.post(address, {"review_on": f"{day:%d/%m/%Y}"}, follow=True)
    assert "The next review date is set." in text_of(answer)
    agreed.refresh_from_db()
    assert agreed.review_on == day
    agreed.state = "draft"
    agreed.save()
    refused = signed_in.get(address, follow=True)
    assert "Only an agreed document can be reviewed." in text_of(refused)


def test_people_who_took_part_tomorrow_is_refused(
    world: World, signed_in: Client, draft: Document
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = signed_in.post(
        url("contributors", world, document_id=draft.pk),
        {"name": "Mum", "relation": "parent", "on": tomorrow.isoformat()},
    )
    assert "That day is in the future." in text_of(answer)
    missing = url("remove_contribution", world, document_id=draft.pk, contribution_id=1)
    assert signed_in.post(missing).status_code == 404


def test_buttons_that_come_too_late_say_why(
    world: World, signed_in: Client, passport: StandardVersion
) -> None:
    archived = make_document(world.school, passport, state="archived")
    draft = make_document(world.school, passport)
    for name, document, said in (
        ("archive_document", archived, "archived already"),
        ("reopen_document", draft, "a draft already"),
        ("renew_document", draft, "Agree it first"),
    ):
        answer = signed_in.post(url(name, world, document_id=document.pk), follow=True)
        assert said in text_of(answer), name


def test_document_brought_up_that_needs_a_look_says_so(
    world: World, signed_in: Client, agreed: Document
) -> None:
    definition = copy.deepcopy(agreed.version.definition)
    definition["sections"][0]["fields"].append(
        {"key": "bus_route", "title": "Bus route", "type": "short_text", "required": True}
    )
    StandardVersion.objects.create(
        standard=agreed.version.standard, number=2, definition=definition
    )
    answer = signed_in.post(url("bring_up_document", world, document_id=agreed.pk), follow=True)
    assert "it is a draft again" in text_of(answer)
    other = make_document(world.school, agreed.version, state="agreed")
    listed = signed_in.post(url("documents_chosen", world), {"action": "bring_up_all"}, follow=True)
    assert "1 is a draft again to look at" in text_of(listed)
    other.refresh_from_db()
    assert other.is_draft


def test_people_who_took_part_are_added_and_removed(
    world: World, signed_in: Client, draft: Document
) -> None:
    address = url("contributors", world, document_id=draft.pk)
    assert "Choose who they are" in text_of(signed_in.post(address, {"name": "Mum"}))
    signed_in.post(address, {"name": "Mum", "relation": "parent", "on": "6/11/2026"})
    one = draft.contributions.get()
    assert "Mum, parent or carer, 6 November 2026" in text_of(signed_in.get(address))
    signed_in.post(url("remove_contribution", world, document_id=draft.pk, contribution_id=one.pk))
    assert not draft.contributions.exists()


def test_history_shows_who_changed_what(
    world: World, signed_in: Client, sign_in: Any, draft: Document
) -> None:
    teacher = world[Role.TEACHER]
    sign_in(teacher).post(
        url("save_document", world, document_id=draft.pk),
        {"revision": 1, "needs": "When lots of people talk I cannot hear my friends."},
    )
    answer = signed_in.get(url("document_history", world, document_id=draft.pk))
    page = answer.content.decode()
    assert teacher.name in page
    assert "<ins>friends." in page
    assert "Made" in text_of(answer)


def test_renewed_document_is_compared_with_the_last(
    world: World, signed_in: Client, agreed: Document
) -> None:
    signed_in.post(url("renew_document", world, document_id=agreed.pk))
    renewal = Document.objects.get(renewed_from=agreed)
    signed_in.post(
        url("save_document", world, document_id=renewal.pk), {"revision": 1, "needs": "New needs"}
    )
    page = text_of(signed_in.get(url("compare_document", world, document_id=renewal.pk)))
    assert "New needs" in page
    assert agreed.answers["needs"] in page
    assert signed_in.get(url("compare_document", world, document_id=agreed.pk)).status_code == 404


def test_document_behind_says_so_and_is_brought_up(
    world: World, signed_in: Client, agreed: Document
) -> None:
    later = StandardVersion.objects.create(
        standard=agreed.version.standard, number=2, definition=agreed.version.definition
    )
    page = text_of(signed_in.get(url("document", world, document_id=agreed.pk)))
    assert "Version 2 of this standard is in force" in page
    answer = signed_in.post(url("bring_up_document", world, document_id=agreed.pk), follow=True)
    assert "Brought up to the newest version." in text_of(answer)
    agreed.refresh_from_db()
    assert agreed.version == later
    again = signed_in.post(url("bring_up_document", world, document_id=agreed.pk), follow=True)
    assert "on the newest version already" in text_of(again)


def test_ticked_documents_are_brought_up_together(
    world: World, signed_in: Client, passport: StandardVersion
) -> None:
    documents = [make_document(world.school, passport) for _ in range(3)]
    StandardVersion.objects.create(
        standard=passport.standard, number=2, definition=passport.definition
    )
    answer = signed_in.post(
        url("documents_chosen", world),
        {"document": [one.pk for one in documents], "action": "bring_up"},
        follow=True,
    )
    assert "Brought up 3 documents." in text_of(answer)


def test_every_document_behind_is_brought_up_in_one_step(
    world: World, signed_in: Client, passport: StandardVersion
) -> None:
    make_document(world.school, passport)
    make_document(world.school, passport, state="archived")
    newest = StandardVersion.objects.create(
        standard=passport.standard, number=2, definition=passport.definition
    )
    assert "Bring all 1 up" in text_of(signed_in.get(url("documents", world)))
    signed_in.post(url("documents_chosen", world), {"action": "bring_up_all"})
    assert Document.objects.filter(version=newest).count() == 1
