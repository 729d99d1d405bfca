"""The pages of documents, as a browser asks for them."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import (
    complete_answers,
    make_document,
    make_pupil,
    shipped_version,
)

from pillars.consistency.paperwork.models import Clash, Document, StandardVersion
from pillars.foundation.models import StoredFile, Viewing
from pillars.foundation.permissions import Role


def url(name: str, world: World, **kwargs: Any) -> str:
    return reverse(f"paperwork:{name}", kwargs={"urn": world.school.urn, **kwargs})


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def senco(world: World, sign_in: Any) -> Client:
    client: Client = sign_in(world[Role.SENCO])
    return client


def test_list_says_what_to_do_first_when_empty(world: World, senco: Client) -> None:
    assert "No documents yet" in text_of(senco.get(url("documents", world)))


def test_list_filters_by_what_wants_attention(
    world: World, senco: Client, passport: StandardVersion
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
        page = text_of(senco.get(url("documents", world), {"attention": attention}))
        shown = {one for one in (fine, empty, late) if one.pupil.list_name in page}
        assert shown == expected, attention


def test_list_searches_by_name_class_year_and_state(
    world: World, senco: Client, passport: StandardVersion
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
        page = text_of(senco.get(url("documents", world), query))
        shown = [one for one in (oak, elm) if one.pupil.list_name in page]
        assert shown == [expected], query


@pytest.mark.parametrize("number", [2, 40])
def test_list_takes_the_same_queries_for_any_number(
    world: World,
    senco: Client,
    passport: StandardVersion,
    django_assert_num_queries: Any,
    number: int,
) -> None:
    for _ in range(number):
        make_document(world.school, passport)
    senco.get(url("documents", world))
    with django_assert_num_queries(LIST_QUERIES):
        senco.get(url("documents", world))


LIST_QUERIES = 19


def test_make_documents_for_everybody_ticked(world: World, senco: Client) -> None:
    shipped_version("pupil-passport")
    pupils = [make_pupil(world.school) for _ in range(3)]
    unneeded = make_pupil(world.school, status="N")
    page = text_of(senco.get(url("make_documents", world)))
    assert pupils[0].list_name in page
    assert unneeded.list_name not in page
    answer = senco.post(
        url("make_documents", world),
        {"standard": "pupil-passport", "pupil": [one.pk for one in pupils[:2]], "make": "yes"},
        follow=True,
    )
    assert "Made 2 drafts." in text_of(answer)
    assert Document.objects.count() == 2


def test_make_documents_for_one_opens_it(world: World, senco: Client) -> None:
    shipped_version("pupil-passport")
    pupil = make_pupil(world.school, status="N")
    page = senco.get(url("make_documents", world), {"pupil": pupil.pk})
    assert pupil.list_name in text_of(page)
    answer = senco.post(
        url("make_documents", world),
        {"standard": "pupil-passport", "pupil": pupil.pk, "make": "yes"},
    )
    made = Document.objects.get()
    assert answer["Location"] == url("write_document", world, document_id=made.pk)


def test_make_documents_without_a_tick_says_so(world: World, senco: Client) -> None:
    shipped_version("pupil-passport")
    make_pupil(world.school)
    answer = senco.post(url("make_documents", world), {"standard": "pupil-passport", "make": "yes"})
    assert "Tick at least one pupil first." in text_of(answer)


def test_document_page_shows_it_and_logs_the_view(
    world: World, senco: Client, draft: Document
) -> None:
    answer = senco.get(url("document", world, document_id=draft.pk))
    page = text_of(answer)
    assert "I know everything about trains" in page
    assert draft.pupil.full_name in page
    title = re.search(r"<title>(.*?)</title>", answer.content.decode())
    assert title is not None
    assert draft.pupil.surname not in title[1]
    viewed = Viewing.objects.get(subject_kind="document")
    assert (viewed.subject_id, viewed.page) == (draft.pk, "document")


def test_document_page_queries(
    world: World, senco: Client, draft: Document, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(DOCUMENT_QUERIES):
        senco.get(url("document", world, document_id=draft.pk))


DOCUMENT_QUERIES = 19


def sent(document: Document, **changes: Any) -> dict[str, Any]:
    """What the browser sends for a draft, with changes."""
    answers = {key: value for key, value in document.answers.items() if value is not None}
    flat = {
        key: "\n".join(value) if isinstance(value, list) else value
        for key, value in (answers | changes).items()
    }
    return {"revision": document.revision, **flat}


def test_write_saves_and_keeps_what_was_typed(world: World, senco: Client, draft: Document) -> None:
    answer = senco.post(
        url("write_document", world, document_id=draft.pk),
        sent(draft, needs="Loud halls make me hide."),
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["needs"] == "Loud halls make me hide."
    assert draft.answers["strategies"] == complete_answers()["strategies"]


def test_write_with_a_date_nobody_can_read_saves_the_rest(
    world: World, senco: Client, draft: Document
) -> None:
    answer = senco.post(
        url("write_document", world, document_id=draft.pk),
        sent(draft, needs="Loud halls.", review_date="next spring"),
    )
    assert answer.status_code == 422
    assert "next spring" in answer.content.decode()
    assert "Enter a date, such as" in text_of(answer)
    draft.refresh_from_db()
    assert draft.answers["needs"] == "Loud halls."
    assert draft.review_on is not None
    assert f'name="revision" id="id_revision" value="{draft.revision}"' in answer.content.decode()


def test_write_and_agree_in_one_step(world: World, senco: Client, draft: Document) -> None:
    answer = senco.post(
        url("write_document", world, document_id=draft.pk),
        sent(draft, needs="Loud halls make me hide.") | {"agree": "yes"},
        follow=True,
    )
    assert "Agreed." in text_of(answer)
    draft.refresh_from_db()
    assert draft.is_agreed


def test_write_page_of_an_agreed_document_goes_to_reading(
    world: World, senco: Client, agreed: Document
) -> None:
    answer = senco.get(url("write_document", world, document_id=agreed.pk))
    assert answer["Location"] == url("document", world, document_id=agreed.pk)


def test_write_page_shows_why_it_cannot_be_agreed(
    world: World, senco: Client, passport: StandardVersion
) -> None:
    document = make_document(world.school, passport, avoid="")
    page = text_of(senco.get(url("write_document", world, document_id=document.pk)))
    assert "You can agree it when this is put right" in page


def test_save_as_one_types_answers_with_checks_and_reason(
    world: World, senco: Client, draft: Document
) -> None:
    address = url("save_document", world, document_id=draft.pk)
    answer = senco.post(address, sent(draft, avoid=""))
    told = answer.json()
    assert told["message"].startswith("Saved at ")
    assert told["revision"] == 2
    assert "avoid" in told["findings"]
    assert "You can agree it when" in told["agree"]
    again = senco.post(address, {"revision": 2, "review_date": "soonish"}).json()
    assert "except: Review" in again["message"]


def test_save_as_one_types_when_somebody_else_saved_leads_to_the_choice(
    world: World, senco: Client, sign_in: Any, draft: Document
) -> None:
    address = url("save_document", world, document_id=draft.pk)
    sign_in(world[Role.TEACHER]).post(address, {"revision": 1, "needs": "From the teacher"})
    answer = senco.post(address, {"revision": 1, "needs": "From the SENCo"})
    assert answer.status_code == 409
    choose = answer.json()["url"]
    page = text_of(senco.get(choose))
    assert "From the teacher" in page
    assert "From the SENCo" in page
    opened = senco.get(url("write_document", world, document_id=draft.pk))
    assert opened["Location"] == choose
    stale = senco.post(choose, {"revision": 1, "needs": "mine"})
    assert stale.status_code == 422
    done = senco.post(choose, {"revision": 2, "needs": "both"})
    assert done.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["needs"] == "From the teacher\nFrom the SENCo"
    assert not Clash.objects.filter(settled_at=None).exists()


def test_save_as_one_types_without_a_revision_says_what_to_do(
    world: World, senco: Client, draft: Document
) -> None:
    answer = senco.post(url("save_document", world, document_id=draft.pk), {"needs": "x"})
    assert answer.status_code == 422
    assert "open the document again" in answer.json()["message"]


def test_write_without_scripts_when_somebody_else_saved_leads_to_the_choice(
    world: World, senco: Client, sign_in: Any, draft: Document
) -> None:
    save = url("save_document", world, document_id=draft.pk)
    sign_in(world[Role.TEACHER]).post(save, {"revision": 1, "needs": "From the teacher"})
    answer = senco.post(
        url("write_document", world, document_id=draft.pk), sent(draft, needs="From the SENCo")
    )
    choose = url("settle_clash", world, document_id=draft.pk)
    assert answer["Location"] == choose
    assert senco.post(choose, {"revision": "x"}).status_code == 404


def test_write_without_a_revision_keeps_what_was_typed(
    world: World, senco: Client, draft: Document
) -> None:
    answer = senco.post(
        url("write_document", world, document_id=draft.pk), {"needs": "Typed a long time"}
    )
    assert answer.status_code == 422
    assert "Typed a long time" in answer.content.decode()
    assert "open the document again" in text_of(answer)


def test_write_and_agree_too_early_goes_back_with_the_reason(
    world: World, senco: Client, draft: Document
) -> None:
    answer = senco.post(
        url("write_document", world, document_id=draft.pk),
        sent(draft, avoid="") | {"agree": "yes"},
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == url("write_document", world, document_id=draft.pk)
    assert "You can agree it when this is put right" in text_of(answer)


def test_table_rows_are_written_and_added(world: World, senco: Client) -> None:
    plan = shipped_version("support-plan")
    document = make_document(world.school, plan)
    columns = [column.key for column in plan.parsed.field("outcomes").columns]
    address = url("write_document", world, document_id=document.pk)
    page = senco.get(address).content.decode()
    assert f'name="outcomes-1-{columns[0]}"' in page
    answer = senco.post(
        address,
        {
            "revision": 1,
            f"outcomes-0-{columns[0]}": "Theo asks for the next step",
            f"outcomes-1-{columns[0]}": "",
            "more": "outcomes",
        },
    )
    document.refresh_from_db()
    (row,) = document.answers["outcomes"]
    assert row[columns[0]] == "Theo asks for the next step"
    assert "more=outcomes" in answer["Location"]
    more = senco.get(answer["Location"]).content.decode()
    assert f'name="outcomes-2-{columns[0]}"' in more


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
    senco: Client,
    passport: StandardVersion,
    name: str,
    state: str,
    expected: str,
) -> None:
    document = make_document(world.school, passport, state=state)
    senco.post(url(name, world, document_id=document.pk))
    document.refresh_from_db()
    assert document.state == expected


def test_renew_button_opens_the_new_draft(world: World, senco: Client, agreed: Document) -> None:
    answer = senco.post(url("renew_document", world, document_id=agreed.pk))
    renewal = Document.objects.get(renewed_from=agreed)
    assert answer["Location"] == url("write_document", world, document_id=renewal.pk)
    again = senco.post(url("renew_document", world, document_id=agreed.pk), follow=True)
    assert "new draft has been begun" in text_of(again)


def test_review_form_keeps_what_was_typed_and_says_why(
    world: World, senco: Client, agreed: Document
) -> None:
    address = url("review_document", world, document_id=agreed.pk)
    answer = senco.post(address, {"review_on": "1/1/2020"})
    assert answer.status_code == 422
    assert "after today" in text_of(answer)
    assert "1/1/2020" in answer.content.decode()


def test_review_form_sets_the_next_day(world: World, senco: Client, agreed: Document) -> None:
    address = url("review_document", world, document_id=agreed.pk)
    day = timezone.localdate() + timedelta(days=90)
    answer = senco.post(address, {"review_on": f"{day:%d/%m/%Y}"}, follow=True)
    assert "The next review date is set." in text_of(answer)
    agreed.refresh_from_db()
    assert agreed.review_on == day
    agreed.state = "draft"
    agreed.save()
    refused = senco.get(address, follow=True)
    assert "Only an agreed document can be reviewed." in text_of(refused)


def test_people_who_took_part_tomorrow_is_refused(
    world: World, senco: Client, draft: Document
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = senco.post(
        url("contributors", world, document_id=draft.pk),
        {"name": "Mum", "relation": "parent", "on": tomorrow.isoformat()},
    )
    assert "That day is in the future." in text_of(answer)
    missing = url("remove_contribution", world, document_id=draft.pk, contribution_id=1)
    assert senco.post(missing).status_code == 404


def test_buttons_that_come_too_late_say_why(
    world: World, senco: Client, passport: StandardVersion
) -> None:
    archived = make_document(world.school, passport, state="archived")
    draft = make_document(world.school, passport)
    for name, document, said in (
        ("archive_document", archived, "archived already"),
        ("reopen_document", draft, "a draft already"),
        ("renew_document", draft, "Agree it first"),
    ):
        answer = senco.post(url(name, world, document_id=document.pk), follow=True)
        assert said in text_of(answer), name


def test_document_brought_up_that_needs_a_look_says_so(
    world: World, senco: Client, agreed: Document
) -> None:
    definition = copy.deepcopy(agreed.version.definition)
    definition["sections"][0]["fields"].append(
        {"key": "bus_route", "title": "Bus route", "type": "short_text", "required": True}
    )
    StandardVersion.objects.create(
        standard=agreed.version.standard, number=2, definition=definition
    )
    answer = senco.post(url("bring_up_document", world, document_id=agreed.pk), follow=True)
    assert "it is a draft again" in text_of(answer)
    other = make_document(world.school, agreed.version, state="agreed")
    listed = senco.post(url("documents_chosen", world), {"action": "bring_up_all"}, follow=True)
    assert "1 is a draft again to look at" in text_of(listed)
    other.refresh_from_db()
    assert other.is_draft


def test_people_who_took_part_are_added_and_removed(
    world: World, senco: Client, draft: Document
) -> None:
    address = url("contributors", world, document_id=draft.pk)
    assert "Choose who they are" in text_of(senco.post(address, {"name": "Mum"}))
    senco.post(address, {"name": "Mum", "relation": "parent", "on": "6/11/2026"})
    one = draft.contributions.get()
    assert "Mum, parent or carer, 6 November 2026" in text_of(senco.get(address))
    senco.post(url("remove_contribution", world, document_id=draft.pk, contribution_id=one.pk))
    assert not draft.contributions.exists()


def test_history_shows_who_changed_what(
    world: World, senco: Client, sign_in: Any, draft: Document
) -> None:
    teacher = world[Role.TEACHER]
    sign_in(teacher).post(
        url("save_document", world, document_id=draft.pk),
        {"revision": 1, "needs": "When lots of people talk I cannot hear my friends."},
    )
    answer = senco.get(url("document_history", world, document_id=draft.pk))
    page = answer.content.decode()
    assert teacher.name in page
    assert "<ins>friends." in page
    assert "Made" in text_of(answer)


def test_renewed_document_is_compared_with_the_last(
    world: World, senco: Client, agreed: Document
) -> None:
    senco.post(url("renew_document", world, document_id=agreed.pk))
    renewal = Document.objects.get(renewed_from=agreed)
    senco.post(
        url("save_document", world, document_id=renewal.pk), {"revision": 1, "needs": "New needs"}
    )
    page = text_of(senco.get(url("compare_document", world, document_id=renewal.pk)))
    assert "New needs" in page
    assert agreed.answers["needs"] in page
    assert senco.get(url("compare_document", world, document_id=agreed.pk)).status_code == 404


def test_document_behind_says_so_and_is_brought_up(
    world: World, senco: Client, agreed: Document
) -> None:
    later = StandardVersion.objects.create(
        standard=agreed.version.standard, number=2, definition=agreed.version.definition
    )
    page = text_of(senco.get(url("document", world, document_id=agreed.pk)))
    assert "Version 2 of this standard is in force" in page
    answer = senco.post(url("bring_up_document", world, document_id=agreed.pk), follow=True)
    assert "Brought up to the newest version." in text_of(answer)
    agreed.refresh_from_db()
    assert agreed.version == later
    again = senco.post(url("bring_up_document", world, document_id=agreed.pk), follow=True)
    assert "on the newest version already" in text_of(again)


def test_ticked_documents_are_brought_up_together(
    world: World, senco: Client, passport: StandardVersion
) -> None:
    documents = [make_document(world.school, passport) for _ in range(3)]
    StandardVersion.objects.create(
        standard=passport.standard, number=2, definition=passport.definition
    )
    answer = senco.post(
        url("documents_chosen", world),
        {"document": [one.pk for one in documents], "action": "bring_up"},
        follow=True,
    )
    assert "Brought up 3 documents." in text_of(answer)


def test_every_document_behind_is_brought_up_in_one_step(
    world: World, senco: Client, passport: StandardVersion
) -> None:
    make_document(world.school, passport)
    make_document(world.school, passport, state="archived")
    newest = StandardVersion.objects.create(
        standard=passport.standard, number=2, definition=passport.definition
    )
    assert "Bring all 1 up" in text_of(senco.get(url("documents", world)))
    senco.post(url("documents_chosen", world), {"action": "bring_up_all"})
    assert Document.objects.filter(version=newest).count() == 1


def test_register_and_pupil_page_show_paperwork(
    world: World, senco: Client, draft: Document
) -> None:
    bare = make_pupil(world.school)
    pupils = reverse("register:pupils", kwargs={"urn": world.school.urn})
    page = text_of(senco.get(pupils))
    assert "Make documents" in page
    assert "Draft" in page
    lacking = text_of(senco.get(pupils, {"lacking": "paperwork"}))
    assert bare.list_name in lacking
    opened = senco.get(
        reverse("register:pupil", kwargs={"urn": world.school.urn, "pupil_id": draft.pupil_id})
    )
    assert "Pupil Passport, version 1" in text_of(opened)
    printed = senco.post(url("documents_chosen", world), {"pupil": draft.pupil_id})
    assert len(read(printed).pages) == 1
    chosen = senco.post(url("make_documents", world), {"pupil": bare.pk})
    assert "Pupils chosen" in text_of(chosen)
    assert "checked" in chosen.content.decode()


def read(response: Any) -> PdfReader:
    return PdfReader(io.BytesIO(b"".join(response.streaming_content)))


def test_pdf_of_one_names_no_pupil_in_its_address_or_file_name(
    world: World, senco: Client, agreed: Document
) -> None:
    answer = senco.get(url("print_document", world, document_id=agreed.pk), {"layout": "plain"})
    assert agreed.pupil.surname.lower() not in answer["Content-Disposition"].lower()
    pages = read(answer).pages
    assert len(pages) == 1
    assert agreed.pupil.full_name in pages[0].extract_text()


def test_pdf_in_a_layout_there_is_not_is_not_found(
    world: World, senco: Client, agreed: Document
) -> None:
    address = url("print_document", world, document_id=agreed.pk)
    assert senco.get(address, {"layout": "braille"}).status_code == 404


def test_original_file_is_kept_and_its_name_is_not_told(
    world: World, senco: Client, draft: Document
) -> None:
    address = url("document_source", world, document_id=draft.pk)
    assert senco.get(address).status_code == 404
    draft.source = StoredFile.holding(
        school_id=world.school.pk,
        name="passports/Theo Invented.docx",
        content_type="application/x",
        content=b"as it came",
        by_id=None,
    )
    draft.source.save()
    draft.save()
    answer = senco.get(address)
    assert answer.content == b"as it came"
    assert answer["Content-Disposition"] == f'attachment; filename="original-{draft.pk}.docx"'
    page = text_of(senco.get(url("document", world, document_id=draft.pk)))
    assert "Open the original" in page


def test_print_a_class_and_the_whole_school(
    world: World, senco: Client, passport: StandardVersion, django_assert_max_num_queries: Any
) -> None:
    for class_group in ("5 Elm", "5 Elm", "6 Oak"):
        pupil = make_pupil(world.school, class_group=class_group)
        make_document(world.school, passport, pupil=pupil, state="agreed")
    make_document(world.school, passport)
    address = url("print_many", world)
    assert "Print" in text_of(senco.get(address))
    assert len(read(senco.get(address, {"format": "pdf", "class": "5 Elm"})).pages) == 2
    with django_assert_max_num_queries(22):
        assert len(read(senco.get(address, {"format": "pdf"})).pages) == 3
    words = zipfile.ZipFile(io.BytesIO(senco.get(address, {"format": "word"}).content))
    assert len(words.namelist()) == 3
    assert Viewing.objects.filter(page="print").count() == 8
    nothing = senco.get(address, {"format": "pdf", "class": "1 Ash"}, follow=True)
    assert "There is nothing to print" in text_of(nothing)


def test_ticked_documents_are_printed(
    world: World, senco: Client, passport: StandardVersion
) -> None:
    chosen = [make_document(world.school, passport) for _ in range(2)]
    make_document(world.school, passport)
    answer = senco.post(
        url("documents_chosen", world),
        {"document": [one.pk for one in chosen], "action": "print"},
    )
    assert len(read(answer).pages) == 2
    nothing = senco.post(url("documents_chosen", world), {"action": "print"}, follow=True)
    assert "There is no document among those." in text_of(nothing)
