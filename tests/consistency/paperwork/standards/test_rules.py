"""Who may change which standard, and why not."""

from __future__ import annotations

import pytest
from tests.conftest import World, make_person, make_school, scope_for
from tests.consistency.paperwork.standards.places import (
    PASSPORT,
    allow,
    make_draft,
    make_standard,
    shipped,
)

from pillars.consistency.paperwork.rules import standards as rules
from pillars.foundation.permissions import Role
from pillars.foundation.scope import NOTHING
from pillars.foundation.services import Refused


def test_trust_lead_changes_the_trusts_standards(world: World) -> None:
    own = make_standard(trust=world.trust)
    with scope_for(world[Role.TRUST_LEAD]) as scope:
        rules.check_can_edit(own, scope=scope)
        with pytest.raises(Refused, match="comes with Three Pillars"):
            rules.check_can_edit(shipped(), scope=scope)


def test_senco_does_not_change_the_trusts_standards(world: World) -> None:
    standard = make_standard(trust=world.trust)
    with (
        scope_for(world[Role.SENCO]) as scope,
        pytest.raises(Refused, match="Only those who lead the trust"),
    ):
        rules.check_can_edit(standard, scope=scope)


def test_school_of_a_trust_follows_it_unless_it_may_publish(world: World) -> None:
    with scope_for(world[Role.SENCO]) as scope:
        with pytest.raises(Refused, match="publishes the standards for its schools"):
            rules.check_can_take_up(scope=scope, school=world.school)
        world.school.trust.schools_may_publish = True  # type: ignore[union-attr]
        rules.check_can_take_up(scope=scope, school=world.school)


def test_school_without_a_trust_has_standards_of_its_own(world: World) -> None:
    lone = make_school("Lone School (invented)")
    with scope_for(make_person(Role.SENCO, school=lone)) as scope:
        rules.check_can_take_up(scope=scope, school=lone)


def test_reason_against_publishing_is_the_rules_own_sentence(world: World) -> None:
    allow(world.trust)
    same = make_draft(make_standard(school=world.school), PASSPORT)
    with scope_for(world[Role.SENCO]) as scope:
        assert "Nothing has changed" in rules.reason_against_publishing(same, PASSPORT, scope=scope)
        assert rules.reason_against_publishing(same, None, scope=scope) == ""
    assert "does not let you" in rules.reason_against_publishing(same, None, scope=NOTHING)


def test_revision_names_who_was_faster(world: World) -> None:
    draft = make_draft(make_standard(trust=world.trust))
    rules.check_revision(draft, 0)
    with pytest.raises(Refused, match=r"^Somebody changed this standard"):
        rules.check_revision(draft, 1)
    draft.saved_by = world[Role.TRUST_LEAD]
    with pytest.raises(Refused, match=r"^Trust lead .* changed this standard"):
        rules.check_revision(draft, 1)
