"""Lists, checks and histories of documents, at the edges a page seldom meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.conftest import World, scope_for
from tests.consistency.paperwork.documents.factories import make_document, make_pupil

from pillars.consistency.paperwork.definition import Section
from pillars.consistency.paperwork.models import Document, Standard, StandardVersion
from pillars.consistency.paperwork.queries.checking import findings_today, review_key
from pillars.consistency.paperwork.queries.clashes import MINE, THEIRS, compared, open_clash
from pillars.consistency.paperwork.queries.documents import (
    DocumentFilter,
    document_parts,
    documents_of,
    printables,
)
from pillars.consistency.paperwork.queries.history import versions_of_document
from pillars.consistency.paperwork.services.documents import (
    recheck_documents,
    review_document,
    save_draft,
)
from pillars.consistency.paperwork.shipped import SHIPPED
from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused

PASSPORT = SHIPPED["pupil-passport"]


def _shown(world: World, **chosen: str) -> list[Document]:
    today = timezone.localdate()
    return list(documents_of(world.school.pk, DocumentFilter(**chosen), [], on=today))


def test_list_holds_what_is_ready_to_agree_and_what_is_reviewed_soon(
    world: World, passport: StandardVersion
) -> None:
    soon = (timezone.localdate() + timedelta(days=9)).isoformat()
    ready = make_document(world.school, passport)
    late = make_document(world.school, passport, avoid="", review_date=soon)
    assert _shown(world, attention="ready") == [ready]
    assert _shown(world, attention="unreviewed") == [late]


def test_list_of_all_holds_archived_documents_too(world: World, passport: StandardVersion) -> None:
    kept = make_document(world.school, passport, state="archived")
    assert _shown(world) == []
    assert _shown(world, state="all") == [kept]


def test_checks_of_another_day_are_run_again(draft: Document) -> None:
    today = timezone.localdate()
    draft.checked_on = today - timedelta(days=1)
    draft.findings = []
    assert findings_today(draft, today=today)
    assert draft.checked_on == today
    assert findings_today(draft, today=today) == findings_today(draft, today=today)


def test_standard_without_a_review_date_has_no_key_for_one() -> None:
    first = PASSPORT.sections[0]
    assert review_key(replace(PASSPORT, sections=(first,), checks=())) is None
    assert review_key(PASSPORT) == "review_date"


def test_recheck_writes_only_what_says_something_else(draft: Document) -> None:
    assert recheck_documents(documents=[draft], by=None) == 0
    draft.checked_on = timezone.localdate() - timedelta(days=1)
    draft.findings = []
    assert recheck_documents(documents=[draft], by=None) == 1


def test_review_has_to_be_on_a_day_to_come(world: World, agreed: Document) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco), pytest.raises(Refused, match="after today"):
        review_document(document=agreed, review_on=timezone.localdate(), by=senco)


def test_change_of_mine_alone_is_suggested_after_a_clash(world: World, draft: Document) -> None:
    senco, teacher = world[Role.SENCO], world[Role.TEACHER]
    with scope_for(senco):
        save_draft(document=draft, answers={"avoid": "Loud bells."}, revision=1, by=senco)
    with scope_for(teacher):
        save_draft(document=draft, answers={"about_me": "I am kind."}, revision=1, by=teacher)
        clash = open_clash(draft, teacher)
        assert clash is not None
        now = Document.objects.get(pk=draft.pk)
        mine = next(one for one in compared(now, clash) if one.field.key == "about_me")
    assert mine.suggested == MINE


def test_history_shows_a_sitting_once(world: World, draft: Document) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        for number, words in enumerate(("Loud", "Loud bells", "Loud bells."), start=1):
            save_draft(document=draft, answers={"avoid": words}, revision=number, by=senco)
        shown = versions_of_document(draft)
    assert [version.what for version in shown].count("Written") == 1


def test_section_that_says_nothing_is_left_out(draft: Document) -> None:
    optional = replace(PASSPORT.field("my_part"), key="more", required=False)
    definition = replace(
        PASSPORT, sections=(*PASSPORT.sections, Section("more", "More", (optional,)))
    )
    draft.version.parsed = definition  # a cached property: this object alone
    assert "More" not in [part.title for part in document_parts(draft)]


@pytest.mark.parametrize(("status", "said"), [("N", ""), ("K", "SEN support: ")])
def test_printed_status_is_said_only_where_there_is_one(
    world: World, passport: StandardVersion, status: str, said: str
) -> None:
    document = make_document(world.school, passport, pupil=make_pupil(world.school, status=status))
    (printed,) = printables(Document.objects.filter(pk=document.pk))
    assert printed.status.startswith(said)
    assert bool(printed.status) is bool(said)


def test_words_against_an_emptied_field_are_never_joined(world: World, draft: Document) -> None:
    senco, teacher = world[Role.SENCO], world[Role.TEACHER]
    with scope_for(senco):
        save_draft(document=draft, answers={"avoid": ""}, revision=1, by=senco)
    with scope_for(teacher):
        save_draft(document=draft, answers={"avoid": "Loud bells."}, revision=1, by=teacher)
        clash = open_clash(draft, teacher)
        assert clash is not None
        (field,) = compared(Document.objects.get(pk=draft.pk), clash)
    assert set(field.answers) == {MINE, THEIRS}


def test_document_of_a_standard_without_a_date_keeps_its_review_day(world: World) -> None:
    profile = replace(PASSPORT, key="profile", sections=(PASSPORT.sections[0],), checks=())
    standard = Standard.objects.create(key="profile", title="Profile", school=world.school)
    version = StandardVersion.objects.create(
        standard=standard, school=world.school, number=1, definition=profile.to_json()
    )
    document = make_document(world.school, version, state="agreed")
    senco, day = world[Role.SENCO], timezone.localdate() + timedelta(days=30)
    with scope_for(senco):
        review_document(document=document, review_on=day, by=senco)
    document.refresh_from_db()
    assert document.review_on == day
