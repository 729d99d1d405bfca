"""Writing a document: saved as one types, checked, agreed."""

from __future__ import annotations

from typing import Any

from django.test import Client
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import (
    complete_answers,
    make_document,
    shipped_version,
)
from tests.consistency.paperwork.documents.pages import sent, text_of, url

from pillars.consistency.paperwork.models import Clash, Document, StandardVersion
from pillars.foundation.permissions import Role


def test_write_saves_and_keeps_what_was_typed(
    world: World, signed_in: Client, draft: Document
) -> None:
    answer = signed_in.post(
        url("write_document", world, document_id=draft.pk),
        sent(draft, needs="Loud halls make me hide."),
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["needs"] == "Loud halls make me hide."
    assert draft.answers["strategies"] == complete_answers()["strategies"]


def test_write_with_a_date_nobody_can_read_saves_the_rest(
    world: World, signed_in: Client, draft: Document
) -> None:
    answer = signed_in.post(
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


def test_write_and_agree_in_one_step(world: World, signed_in: Client, draft: Document) -> None:
    answer = signed_in.post(
        url("write_document", world, document_id=draft.pk),
        sent(draft, needs="Loud halls make me hide.") | {"agree": "yes"},
        follow=True,
    )
    assert "Agreed." in text_of(answer)
    draft.refresh_from_db()
    assert draft.is_agreed


def test_write_page_of_an_agreed_document_goes_to_reading(
    world: World, signed_in: Client, agreed: Document
) -> None:
    answer = signed_in.get(url("write_document", world, document_id=agreed.pk))
    assert answer["Location"] == url("document", world, document_id=agreed.pk)


def test_write_page_shows_why_it_cannot_be_agreed(
    world: World, signed_in: Client, passport: StandardVersion
) -> None:
    document = make_document(world.school, passport, avoid="")
    page = text_of(signed_in.get(url("write_document", world, document_id=document.pk)))
    assert "You can agree it when this is put right" in page


def test_save_as_one_types_answers_with_checks_and_reason(
    world: World, signed_in: Client, draft: Document
) -> None:
    address = url("save_document", world, document_id=draft.pk)
    answer = signed_in.post(address, sent(draft, avoid=""))
    told = answer.json()
    assert told["message"].startswith("Saved at ")
    assert told["revision"] == 2
    assert "avoid" in told["findings"]
    assert "You can agree it when" in told["agree"]
    again = signed_in.post(address, {"revision": 2, "review_date": "soonish"}).json()
    assert "except: Review" in again["message"]


def test_save_as_one_types_when_somebody_else_saved_leads_to_the_choice(
    world: World, signed_in: Client, sign_in: Any, draft: Document
) -> None:
    address = url("save_document", world, document_id=draft.pk)
    sign_in(world[Role.TEACHER]).post(address, {"revision": 1, "needs": "From the teacher"})
    answer = signed_in.post(address, {"revision": 1, "needs": "From the SENCo"})
    assert answer.status_code == 409
    choose = answer.json()["url"]
    page = text_of(signed_in.get(choose))
    assert "From the teacher" in page
    assert "From the SENCo" in page
    opened = signed_in.get(url("write_document", world, document_id=draft.pk))
    assert opened["Location"] == choose
    stale = signed_in.post(choose, {"revision": 1, "needs": "mine"})
    assert stale.status_code == 422
    done = signed_in.post(choose, {"revision": 2, "needs": "both"})
    assert done.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["needs"] == "From the teacher\nFrom the SENCo"
    assert not Clash.objects.filter(settled_at=None).exists()


def test_save_as_one_types_without_a_revision_says_what_to_do(
    world: World, signed_in: Client, draft: Document
) -> None:
    answer = signed_in.post(url("save_document", world, document_id=draft.pk), {"needs": "x"})
    assert answer.status_code == 422
    assert "open the document again" in answer.json()["message"]


def test_write_without_scripts_when_somebody_else_saved_leads_to_the_choice(
    world: World, signed_in: Client, sign_in: Any, draft: Document
) -> None:
    save = url("save_document", world, document_id=draft.pk)
    sign_in(world[Role.TEACHER]).post(save, {"revision": 1, "needs": "From the teacher"})
    answer = signed_in.post(
        url("write_document", world, document_id=draft.pk), sent(draft, needs="From the SENCo")
    )
    choose = url("settle_clash", world, document_id=draft.pk)
    assert answer["Location"] == choose
    assert signed_in.post(choose, {"revision": "x"}).status_code == 404


def test_write_without_a_revision_keeps_what_was_typed(
    world: World, signed_in: Client, draft: Document
) -> None:
    answer = signed_in.post(
        url("write_document", world, document_id=draft.pk), {"needs": "Typed a long time"}
    )
    assert answer.status_code == 422
    assert "Typed a long time" in answer.content.decode()
    assert "open the document again" in text_of(answer)


def test_write_and_agree_too_early_goes_back_with_the_reason(
    world: World, signed_in: Client, draft: Document
) -> None:
    answer = signed_in.post(
        url("write_document", world, document_id=draft.pk),
        sent(draft, avoid="") | {"agree": "yes"},
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == url("write_document", world, document_id=draft.pk)
    assert "You can agree it when this is put right" in text_of(answer)


def test_table_rows_are_written_and_added(world: World, signed_in: Client) -> None:
    plan = shipped_version("support-plan")
    document = make_document(world.school, plan)
    columns = [column.key for column in plan.parsed.field("outcomes").columns]
    address = url("write_document", world, document_id=document.pk)
    page = signed_in.get(address).content.decode()
    assert f'name="outcomes-1-{columns[0]}"' in page
    answer = signed_in.post(
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
    more = signed_in.get(answer["Location"]).content.decode()
    assert f'name="outcomes-2-{columns[0]}"' in more
