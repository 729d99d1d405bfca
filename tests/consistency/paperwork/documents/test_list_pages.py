"""The list of documents, and making them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import (
    make_document,
    make_pupil,
    shipped_version,
)
from tests.consistency.paperwork.documents.pages import text_of, url

from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.foundation.models import Viewing


def test_list_says_what_to_do_first_when_empty(world: World, signed_in: Client) -> None:
    assert "No documents yet" in text_of(signed_in.get(url("documents", world)))


def test_list_filters_by_what_wants_attention(
    world: World, signed_in: Client, passport: StandardVersion
) -> None:
    fine = make_document(world.school, passport, state="agreed")
    empty = make_document(world.school, passport, avoid="")
    late = make_document(world.school, passport, state="agreed", review_date="2026-01-05")
    for attention, expected in {
        "": {fine, empty, late},
        "failing": {empty, late},
        "past_review": {late},
        "behind": set(),
    }.items():
        page = text_of(signed_in.get(url("documents", world), {"attention": attention}))
        shown = {one for one in (fine, empty, late) if one.pupil.list_name in page}
        assert shown == expected, attention


def test_list_searches_by_name_class_year_and_state(
    world: World, signed_in: Client, passport: StandardVersion
) -> None:
    oak = make_document(world.school, passport, pupil=make_pupil(world.school, class_group="6 Oak"))
    elm = make_document(world.school, passport, state="agreed")
    for query, expected in (
        ({"class": "6 Oak"}, oak),
        ({"search": elm.pupil.surname.lower()}, elm),
        ({"state": "agreed"}, elm),
        ({"year": "5", "state": "draft"}, oak),
        ({"standard": "pupil-passport", "class": "5 Elm"}, elm),
    ):
        page = text_of(signed_in.get(url("documents", world), query))
        shown = [one for one in (oak, elm) if one.pupil.list_name in page]
        assert shown == [expected], query


@pytest.mark.parametrize("number", [2, 40])
def test_list_takes_the_same_queries_for_any_number(
    world: World,
    signed_in: Client,
    passport: StandardVersion,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number):
        make_document(world.school, passport)
    signed_in.get(url("documents", world))
    with django_assert_num_queries(LIST_QUERIES):
        signed_in.get(url("documents", world))


LIST_QUERIES = 19


def test_make_documents_for_everybody_ticked(world: World, signed_in: Client) -> None:
    shipped_version("pupil-passport")
    pupils = [make_pupil(world.school) for _ in range(3)]
    unneeded = make_pupil(world.school, status="N")
    page = text_of(signed_in.get(url("make_documents", world)))
    assert pupils[0].list_name in page
    assert unneeded.list_name not in page
    answer = signed_in.post(
        url("make_documents", world),
        {"standard": "pupil-passport", "pupil": [one.pk for one in pupils[:2]], "make": "yes"},
        follow=True,
    )
    assert "Made 2 drafts." in text_of(answer)
    assert Document.objects.count() == 2


def test_make_documents_for_one_opens_it(world: World, signed_in: Client) -> None:
    shipped_version("pupil-passport")
    pupil = make_pupil(world.school, status="N")
    page = signed_in.get(url("make_documents", world), {"pupil": pupil.pk})
    assert pupil.list_name in text_of(page)
    answer = signed_in.post(
        url("make_documents", world),
        {"standard": "pupil-passport", "pupil": pupil.pk, "make": "yes"},
    )
    made = Document.objects.get()
    assert answer["Location"] == url("write_document", world, document_id=made.pk)


def test_make_documents_without_a_tick_says_so(world: World, signed_in: Client) -> None:
    shipped_version("pupil-passport")
    make_pupil(world.school)
    answer = signed_in.post(
        url("make_documents", world), {"standard": "pupil-passport", "make": "yes"}
    )
    assert "Tick at least one pupil first." in text_of(answer)


def test_document_page_shows_it_and_logs_the_view(
    world: World, signed_in: Client, draft: Document
) -> None:
    answer = signed_in.get(url("document", world, document_id=draft.pk))
    page = text_of(answer)
    assert "I know everything about trains" in page
    assert draft.pupil.full_name in page
    title = re.search(r"<title>(.*?)</title>", answer.content.decode())
    assert title is not None
    assert draft.pupil.surname not in title[1]
    viewed = Viewing.objects.get(subject_kind="document")
    assert (viewed.subject_id, viewed.page) == (draft.pk, "document")


def test_document_page_queries(
    world: World, signed_in: Client, draft: Document, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(DOCUMENT_QUERIES):
        signed_in.get(url("document", world, document_id=draft.pk))


DOCUMENT_QUERIES = 19
