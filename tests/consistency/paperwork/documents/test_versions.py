"""Documents brought up to a new version of their standard."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.conftest import World, scope_for
from tests.consistency.paperwork.documents.factories import make_document

from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.consistency.paperwork.services.documents import BroughtUp, bring_up_documents
from pillars.foundation.permissions import Role


def next_version(version: StandardVersion, *, without: str = "", new: str = "") -> StandardVersion:
    """The next version of a standard, with a field gone or a new required field."""
    definition: dict[str, Any] = copy.deepcopy(version.definition)
    for section in definition["sections"]:
        section["fields"] = [one for one in section["fields"] if one["key"] != without]
    for check in definition["checks"]:
        check["fields"] = [key for key in check["fields"] if key != without]
    if new:
        field = {"key": new, "title": new.capitalize(), "type": "short_text", "required": True}
        definition["sections"][0]["fields"].append(field)
    return StandardVersion.objects.create(
        standard=version.standard, number=version.number + 1, definition=definition
    )


def bring_up(world: World, version: StandardVersion, *documents: Document) -> BroughtUp:
    senco = world[Role.SENCO]
    with scope_for(senco):
        return bring_up_documents(
            documents=list(documents), newest={version.standard.key: version}, by=senco
        )


def test_bring_up_keeps_answers_and_what_lost_its_place(world: World, draft: Document) -> None:
    newest = next_version(draft.version, without="avoid")
    result = bring_up(world, newest, draft)
    assert len(result.moved) == 1
    now = Document.objects.get(pk=draft.pk)
    assert now.version == newest
    assert now.answers["needs"] == draft.answers["needs"]
    assert now.left_over == {"avoid": draft.answers["avoid"]}
    assert now.revision == draft.revision + 1


def test_bring_up_agreed_stays_agreed_when_nothing_is_asked(world: World, agreed: Document) -> None:
    result = bring_up(world, next_version(agreed.version), agreed)
    assert result.reopened == []
    assert Document.objects.get(pk=agreed.pk).is_agreed


@pytest.mark.parametrize("change", [{"new": "bus_route"}, {"without": "avoid"}])
def test_bring_up_agreed_that_needs_a_look_is_a_draft_again(
    world: World, agreed: Document, change: dict[str, str]
) -> None:
    result = bring_up(world, next_version(agreed.version, **change), agreed)
    assert len(result.reopened) == 1
    now = Document.objects.get(pk=agreed.pk)
    assert now.is_draft
    assert now.agreed_on is None


def test_bring_up_agreed_beside_a_draft_leaves_the_agreed_one(
    world: World, agreed: Document
) -> None:
    draft = make_document(world.school, agreed.version, pupil=agreed.pupil)
    result = bring_up(world, next_version(agreed.version, new="bus_route"), agreed, draft)
    assert [one.pk for one in result.moved] == [draft.pk]
    ((left, reason),) = result.refused
    assert left.pk == agreed.pk
    assert "newer draft" in reason
    assert Document.objects.get(pk=agreed.pk).is_agreed


def test_bring_up_refuses_archived_current_and_those_without_a_standard(
    world: World, draft: Document, passport: StandardVersion
) -> None:
    archived = make_document(world.school, passport, state="archived")
    assert "Take it up again" in bring_up(world, passport, archived).refused[0][1]
    assert "newest version already" in bring_up(world, passport, draft).refused[0][1]
    senco = world[Role.SENCO]
    with scope_for(senco):
        gone = bring_up_documents(documents=[draft], newest={}, by=senco)
    assert "no longer in use" in gone.refused[0][1]


@pytest.mark.parametrize("number", [1, 12])
def test_bring_up_takes_the_same_queries_for_any_number(
    world: World, passport: StandardVersion, django_assert_num_queries: Any, number: int
) -> None:
    documents = [make_document(world.school, passport) for _ in range(number)]
    newest = next_version(passport)
    senco = world[Role.SENCO]
    newest.standard.key  # noqa: B018  (loaded before counting)
    with scope_for(senco), django_assert_num_queries(9):
        bring_up_documents(documents=documents, newest={newest.standard.key: newest}, by=senco)
