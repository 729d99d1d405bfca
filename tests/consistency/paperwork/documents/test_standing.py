"""From draft to agreed to archived, and round again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.conftest import World, scope_for
from tests.consistency.paperwork.documents.factories import make_document, make_pupil

from pillars.consistency.paperwork.models import (
    TRANSITIONS,
    Contribution,
    Document,
    DocumentState,
    Relation,
    StandardVersion,
)
from pillars.consistency.paperwork.rules import documents as rules
from pillars.consistency.paperwork.services.documents import (
    add_contribution,
    agree_document,
    archive_document,
    recheck_documents,
    remove_contribution,
    renew_document,
    reopen_document,
    review_document,
    save_draft,
)
from pillars.foundation.permissions import Role
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused


def fresh(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_transitions_cover_every_state() -> None:
    assert set(TRANSITIONS) == set(DocumentState)


def test_agree_document_that_passes(world: World, draft: Document) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        agree_document(document=draft, by=senco)
    now = fresh(draft)
    assert now.is_agreed
    assert (now.agreed_on, now.agreed_by) == (timezone.localdate(), senco)


def test_agree_document_with_an_empty_field_says_which(world: World, draft: Document) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        save_draft(document=draft, answers={"avoid": ""}, revision=1, by=senco)
        with pytest.raises(Refused, match=r"You can agree it when.*avoid"):
            agree_document(document=draft, by=senco)
    assert fresh(draft).is_draft


def test_agree_button_and_service_say_the_same(world: World, draft: Document) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        save_draft(document=draft, answers={"avoid": "", "needs": ""}, revision=1, by=senco)
        shown = fresh(draft)
        said = rules.reason_against(
            lambda: rules.check_can_agree(
                document=shown, scope=current_scope(), today=timezone.localdate()
            )
        )
        assert "2 things are put right" in said
        with pytest.raises(Refused) as refusal:
            agree_document(document=shown, by=senco)
    assert str(refusal.value) == said


def test_agree_document_whose_review_date_went_by_since(world: World, draft: Document) -> None:
    senco = world[Role.SENCO]
    later = timezone.localdate() + timedelta(days=400)
    with scope_for(senco), pytest.raises(Refused, match="review date has gone by"):
        rules.check_can_agree(document=draft, scope=current_scope(), today=later)


def test_agree_document_by_a_teacher_is_refused(world: World, draft: Document) -> None:
    with scope_for(world[Role.TEACHER]), pytest.raises(Refused, match="Your role does not let"):
        agree_document(document=draft, by=world[Role.TEACHER])


def test_agree_document_twice_is_refused(world: World, agreed: Document) -> None:
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="agreed already"):
        agree_document(document=agreed, by=world[Role.SENCO])


def test_renew_document_carries_answers_forward_and_archives_on_agreeing(
    world: World, agreed: Document
) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        renewal = renew_document(document=agreed, version=agreed.version, by=senco)
        assert fresh(agreed).is_agreed
        assert renewal.renewed_from == agreed
        assert renewal.answers["strategies"] == agreed.answers["strategies"]
        assert "review_date" not in renewal.answers
        save_draft(
            document=renewal,
            answers={"review_date": in_days(180).isoformat()},
            revision=1,
            by=senco,
        )
        agree_document(document=renewal, by=senco)
    assert fresh(agreed).is_archived
    assert fresh(renewal).is_agreed


def test_renew_document_takes_the_new_class_from_the_register(
    world: World, agreed: Document
) -> None:
    agreed.pupil.class_group = "6 Oak"
    agreed.pupil.save()
    senco = world[Role.SENCO]
    with scope_for(senco):
        renewal = renew_document(document=agreed, version=agreed.version, by=senco)
    assert renewal.answers["class_group"] == "6 Oak"


def test_renew_document_when_a_draft_is_begun_is_refused(world: World, agreed: Document) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        renew_document(document=agreed, version=agreed.version, by=senco)
        with pytest.raises(Refused, match="new draft has been begun"):
            renew_document(document=agreed, version=agreed.version, by=senco)
        with pytest.raises(Refused, match="newer draft"):
            reopen_document(document=agreed, by=senco)


def test_renew_document_draft_or_leaver_is_refused(
    world: World, draft: Document, passport: StandardVersion
) -> None:
    senco = world[Role.SENCO]
    left = make_document(world.school, passport, state="agreed")
    left.pupil.left_on = timezone.localdate()
    left.pupil.save()
    with scope_for(senco):
        with pytest.raises(Refused, match="Agree it first"):
            renew_document(document=draft, version=draft.version, by=senco)
        with pytest.raises(Refused, match="left the school"):
            renew_document(document=left, version=left.version, by=senco)


def test_review_document_sets_the_next_day(world: World, agreed: Document) -> None:
    with scope_for(world[Role.SENCO]):
        review_document(document=agreed, review_on=in_days(120), by=world[Role.SENCO])
    now = fresh(agreed)
    assert now.is_agreed
    assert (now.review_on, now.reviewed_on) == (in_days(120), timezone.localdate())
    assert now.answers["review_date"] == in_days(120).isoformat()


@pytest.mark.parametrize(("days", "said"), [(0, "after today"), (900, "12 months|year")])
def test_review_document_on_a_day_that_cannot_be(
    world: World, agreed: Document, days: int, said: str
) -> None:
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match=said):
        review_document(document=agreed, review_on=in_days(days), by=world[Role.SENCO])


def test_review_document_of_a_draft_is_refused(world: World, draft: Document) -> None:
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="Only an agreed document"):
        review_document(document=draft, review_on=in_days(9), by=world[Role.SENCO])


def test_reopen_archive_and_take_up_again(world: World, agreed: Document) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        reopen_document(document=agreed, by=senco)
        assert fresh(agreed).is_draft
        assert fresh(agreed).agreed_on is None
        archive_document(document=agreed, by=senco)
        with pytest.raises(Refused, match="archived already"):
            archive_document(document=agreed, by=senco)
        with pytest.raises(Refused, match="Take it up again"):
            save_draft(document=agreed, answers={}, revision=1, by=senco)
        reopen_document(document=agreed, by=senco)
        with pytest.raises(Refused, match="draft already"):
            reopen_document(document=agreed, by=senco)
    assert fresh(agreed).is_draft


def test_contributions_are_written_once_and_taken_back(world: World, draft: Document) -> None:
    senco, today = world[Role.SENCO], timezone.localdate()
    with scope_for(senco):
        for _ in range(2):
            one = add_contribution(
                document=draft, name=" Mum ", relation=Relation.PARENT, on=today, by=senco
            )
        assert (one.name, Contribution.objects.count()) == ("Mum", 1)
        with pytest.raises(Refused, match="in the future"):
            add_contribution(document=draft, name="Dad", relation="parent", on=in_days(1), by=senco)
        remove_contribution(contribution=one, by=senco)
        assert not Contribution.objects.exists()


def test_recheck_documents_runs_those_of_another_day(world: World, draft: Document) -> None:
    Document.objects.filter(pk=draft.pk).update(
        checked_on=date(2026, 1, 1), failing_required=9, findings=[]
    )
    with scope_for(world[Role.SENCO]):
        chosen = Document.objects.select_related("pupil", "version")
        assert recheck_documents(documents=chosen, by=None) == 1
        Document.objects.filter(pk=draft.pk).update(checked_on=date(2026, 1, 1))
        assert recheck_documents(documents=chosen.all(), by=None) == 0
    assert fresh(draft).failing_required == 0


def test_documents_of_another_school_are_out_of_sight(world: World, draft: Document) -> None:
    assert world.stranger is not None
    with scope_for(world.stranger):
        assert not Document.objects.filter(pk=draft.pk).exists()


def test_one_pupil_may_have_an_agreed_document_and_a_draft_of_the_next(
    world: World, passport: StandardVersion
) -> None:
    pupil = make_pupil(world.school)
    make_document(world.school, passport, state="agreed", pupil=pupil)
    make_document(world.school, passport, pupil=pupil)
    assert Document.objects.filter(pupil=pupil).count() == 2
