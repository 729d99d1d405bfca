"""Writing in a draft, and two people writing at once."""

from __future__ import annotations

import pytest
from tests.conftest import World, scope_for

from pillars.consistency.paperwork.models import Clash, Document
from pillars.consistency.paperwork.queries.clashes import compared, open_clash
from pillars.consistency.paperwork.services.documents import save_draft, settle_clash
from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused


def fresh(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def test_save_draft_writes_checks_and_counts_up(world: World, draft: Document) -> None:
    teacher = world[Role.TEACHER]
    with scope_for(teacher):
        saved = save_draft(
            document=draft, answers={"avoid": "", "nonsense": "x"}, revision=1, by=teacher
        )
    assert saved.clash is None
    now = fresh(draft)
    assert now.revision == 2
    assert now.answers["avoid"] == ""
    assert "nonsense" not in now.answers
    assert now.failing_required == 1
    assert now.saved_by == teacher


def test_save_draft_without_a_change_is_no_new_revision(world: World, draft: Document) -> None:
    with scope_for(world[Role.SENCO]):
        save_draft(document=draft, answers=draft.answers, revision=1, by=world[Role.SENCO])
    assert fresh(draft).revision == 1


def test_save_draft_takes_the_review_day_from_the_answers(world: World, draft: Document) -> None:
    with scope_for(world[Role.SENCO]):
        save_draft(
            document=draft,
            answers={"review_date": "2027-01-05"},
            revision=1,
            by=world[Role.SENCO],
        )
    assert str(fresh(draft).review_on) == "2027-01-05"


def test_save_draft_of_an_agreed_document_is_refused(world: World, agreed: Document) -> None:
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="Reopen it to change it"):
        save_draft(document=agreed, answers={}, revision=1, by=world[Role.SENCO])


def test_save_draft_by_an_auditor_is_refused(world: World, draft: Document) -> None:
    with scope_for(world[Role.AUDITOR]), pytest.raises(Refused, match="Your role"):
        save_draft(document=draft, answers={}, revision=1, by=world[Role.AUDITOR])


def clash_between(world: World, draft: Document) -> Clash:
    """The SENCo changes the strengths; the teacher, from the same start, strengths and needs."""
    with scope_for(world[Role.SENCO]):
        save_draft(
            document=draft, answers={"about_me": "From the SENCo"}, revision=1, by=world[Role.SENCO]
        )
    with scope_for(world[Role.TEACHER]):
        saved = save_draft(
            document=draft,
            answers=draft.answers | {"about_me": "From the teacher", "needs": "Loud halls"},
            revision=1,
            by=world[Role.TEACHER],
        )
    assert saved.clash is not None
    return saved.clash


def test_two_people_at_once_neither_is_lost(world: World, draft: Document) -> None:
    clash = clash_between(world, draft)
    assert fresh(draft).answers["about_me"] == "From the SENCo"
    assert clash.answers["about_me"] == "From the teacher"
    found = {one.field.key: one for one in compared(fresh(draft), clash)}
    assert set(found) == {"about_me", "needs"}
    assert (found["about_me"].mine, found["about_me"].theirs) == (
        "From the teacher",
        "From the SENCo",
    )
    assert found["about_me"].suggested == "both"
    assert found["needs"].suggested == "mine"


def test_two_people_at_once_later_words_are_kept_aside_too(world: World, draft: Document) -> None:
    clash = clash_between(world, draft)
    with scope_for(world[Role.TEACHER]):
        save_draft(document=draft, answers={"avoid": "Bells"}, revision=1, by=world[Role.TEACHER])
    clash.refresh_from_db()
    assert clash.answers["avoid"] == "Bells"
    assert clash.answers["needs"] == "Loud halls"
    assert Clash.objects.count() == 1


def test_two_people_at_once_what_only_they_changed_is_suggested(
    world: World, draft: Document
) -> None:
    with scope_for(world[Role.SENCO]):
        save_draft(document=draft, answers={"needs": "New"}, revision=1, by=world[Role.SENCO])
    with scope_for(world[Role.TEACHER]):
        saved = save_draft(
            document=draft,
            answers=draft.answers | {"about_me": "Mine"},
            revision=1,
            by=world[Role.TEACHER],
        )
    assert saved.clash is not None
    found = {one.field.key: one.suggested for one in compared(fresh(draft), saved.clash)}
    assert found == {"about_me": "mine", "needs": "theirs"}


def test_save_draft_from_an_old_start_that_says_the_same_is_no_clash(
    world: World, draft: Document
) -> None:
    for role in (Role.SENCO, Role.TEACHER):
        with scope_for(world[role]):
            saved = save_draft(
                document=draft, answers={"needs": "Same"}, revision=1, by=world[role]
            )
        assert saved.clash is None


def test_settle_clash_writes_what_was_chosen(world: World, draft: Document) -> None:
    clash = clash_between(world, draft)
    fields = {one.field.key: one for one in compared(fresh(draft), clash)}
    chosen = {"about_me": fields["about_me"].answers["both"], "needs": "Loud halls"}
    with scope_for(world[Role.TEACHER]):
        settle_clash(clash=clash, chosen=chosen, revision=2, by=world[Role.TEACHER])
        assert open_clash(draft, world[Role.TEACHER]) is None
    now = fresh(draft)
    assert now.answers["about_me"] == "From the SENCo\nFrom the teacher"
    assert now.answers["needs"] == "Loud halls"
    assert now.revision == 3


def test_settle_clash_after_yet_another_change_is_refused(world: World, draft: Document) -> None:
    clash = clash_between(world, draft)
    with scope_for(world[Role.SENCO]):
        save_draft(document=draft, answers={"avoid": ""}, revision=2, by=world[Role.SENCO])
    with scope_for(world[Role.TEACHER]), pytest.raises(Refused, match="changed this"):
        settle_clash(clash=clash, chosen={}, revision=2, by=world[Role.TEACHER])
    assert open_clash(draft, world[Role.TEACHER]) == clash


def test_compared_lists_are_joined_without_repeating(world: World, draft: Document) -> None:
    theirs, mine = ["Visual timetable", "Quiet desk"], ["Visual timetable", "Blue card"]
    draft.answers = draft.answers | {"strategies": theirs, "owner": "A"}
    clash = Clash(document=draft, answers={"strategies": mine, "owner": "B"}, base={})
    found = {one.field.key: one for one in compared(draft, clash)}
    assert found["strategies"].answers["both"] == ["Visual timetable", "Quiet desk", "Blue card"]
    assert "both" not in found["owner"].answers
    assert found["owner"].suggested == "mine"


def test_save_draft_of_an_answer_in_the_wrong_shape_is_refused(
    world: World, draft: Document
) -> None:
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="is a list"):
        save_draft(document=draft, answers={"strategies": 3}, revision=1, by=world[Role.SENCO])
