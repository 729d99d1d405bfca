"""Documents in the register, on paper and as files."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.test import Client
from django.urls import reverse
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import (
    make_document,
    make_pupil,
)
from tests.consistency.paperwork.documents.pages import read, text_of, url

from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.foundation.models import StoredFile, Viewing


def test_register_and_pupil_page_show_paperwork(
    world: World, signed_in: Client, draft: Document
) -> None:
    bare = make_pupil(world.school)
    pupils = reverse("register:pupils", kwargs={"urn": world.school.urn})
    page = text_of(signed_in.get(pupils))
    assert "Make documents" in page
    assert "Draft" in page
    lacking = text_of(signed_in.get(pupils, {"lacking": "paperwork"}))
    assert bare.list_name in lacking
    opened = signed_in.get(
        reverse("register:pupil", kwargs={"urn": world.school.urn, "pupil_id": draft.pupil_id})
    )
    assert "Pupil Passport, version 1" in text_of(opened)
    printed = signed_in.post(url("documents_chosen", world), {"pupil": draft.pupil_id})
    assert len(read(printed).pages) == 1
    chosen = signed_in.post(url("make_documents", world), {"pupil": bare.pk})
    assert "Pupils chosen" in text_of(chosen)
    assert "checked" in chosen.content.decode()


def test_pdf_of_one_names_no_pupil_in_its_address_or_file_name(
    world: World, signed_in: Client, agreed: Document
) -> None:
    answer = signed_in.get(url("print_document", world, document_id=agreed.pk), {"layout": "plain"})
    assert agreed.pupil.surname.lower() not in answer["Content-Disposition"].lower()
    pages = read(answer).pages
    assert len(pages) == 1
    assert agreed.pupil.full_name in pages[0].extract_text()


def test_pdf_in_a_layout_there_is_not_is_not_found(
    world: World, signed_in: Client, agreed: Document
) -> None:
    address = url("print_document", world, document_id=agreed.pk)
    assert signed_in.get(address, {"layout": "braille"}).status_code == 404


def test_original_file_is_kept_and_its_name_is_not_told(
    world: World, signed_in: Client, draft: Document
) -> None:
    address = url("document_source", world, document_id=draft.pk)
    assert signed_in.get(address).status_code == 404
    draft.source = StoredFile.holding(
        school_id=world.school.pk,
        name="passports/Theo Invented.docx",
        content_type="application/x",
        content=b"as it came",
        by_id=None,
    )
    draft.source.save()
    draft.save()
    answer = signed_in.get(address)
    assert answer.content == b"as it came"
    assert answer["Content-Disposition"] == f'attachment; filename="original-{draft.pk}.docx"'
    page = text_of(signed_in.get(url("document", world, document_id=draft.pk)))
    assert "Open the original" in page


def test_print_a_class_and_the_whole_school(
    world: World, signed_in: Client, passport: StandardVersion, django_assert_max_num_queries: Any
) -> None:
    for class_group in ("5 Elm", "5 Elm", "6 Oak"):
        pupil = make_pupil(world.school, class_group=class_group)
        make_document(world.school, passport, pupil=pupil, state="agreed")
    make_document(world.school, passport)
    address = url("print_many", world)
    assert "Print" in text_of(signed_in.get(address))
    assert len(read(signed_in.get(address, {"format": "pdf", "class": "5 Elm"})).pages) == 2
    with django_assert_max_num_queries(22):
        assert len(read(signed_in.get(address, {"format": "pdf"})).pages) == 3
    words = zipfile.ZipFile(io.BytesIO(signed_in.get(address, {"format": "word"}).content))
    assert len(words.namelist()) == 3
    assert Viewing.objects.filter(page="print").count() == 8
    nothing = signed_in.get(address, {"format": "pdf", "class": "1 Ash"}, follow=True)
    assert "There is nothing to print" in text_of(nothing)


def test_ticked_documents_are_printed(
    world: World, signed_in: Client, passport: StandardVersion
) -> None:
    chosen = [make_document(world.school, passport) for _ in range(2)]
    make_document(world.school, passport)
    answer = signed_in.post(
        url("documents_chosen", world),
        {"document": [one.pk for one in chosen], "action": "print"},
    )
    assert len(read(answer).pages) == 2
    nothing = signed_in.post(url("documents_chosen", world), {"action": "print"}, follow=True)
    assert "There is no document among those." in text_of(nothing)
