"""Taking up, writing, publishing and requiring standards."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction
from tests.conftest import World, scope_for
from tests.consistency.paperwork.documents.factories import make_document
from tests.consistency.paperwork.standards.places import (
    PASSPORT,
    allow,
    make_draft,
    make_standard,
    shipped,
)

from pillars.consistency.paperwork.editing import retitled
from pillars.consistency.paperwork.models import (
    RequiredStandard,
    Standard,
    StandardDraft,
    StandardVersion,
)
from pillars.consistency.paperwork.services import standards as services
from pillars.consistency.paperwork.shipped import SHIPPED
from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused

NEXT = retitled(PASSPORT, "One-page profile", "For whoever meets me next.")


def test_shipped_standards_are_there_after_migrating_and_installing_again_changes_nothing(
    world: World,
) -> None:
    assert set(
        Standard.objects.filter(school=None, trust=None).values_list("key", flat=True)
    ) == set(SHIPPED)
    assert services.install_shipped_standards(by=None) == 0


def test_shipped_standard_that_changed_gets_a_next_version(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "SHIPPED", {"pupil-passport": NEXT})
    assert services.install_shipped_standards(by=None) == 1
    newest = shipped().versions.latest("number")
    assert (newest.number, newest.parsed, shipped().title) == (2, NEXT, "One-page profile")
    assert newest.changes[0] == "It is now called “One-page profile” instead of “Pupil Passport”."
    assert services.install_shipped_standards(by=None) == 0


def test_trust_takes_up_a_shipped_standard(world: World) -> None:
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        own = services.take_up_standard(shipped=shipped(), by=lead, trust=world.trust)
    version = own.versions.get()
    assert (own.trust, own.school, version.number) == (world.trust, None, 1)
    assert (version.parsed, version.published_by, version.changes) == (PASSPORT, lead, [])


def test_school_takes_up_its_trusts_standard_where_it_may(world: World) -> None:
    allow(world.trust)
    standard, senco = make_standard(trust=world.trust, versions=2), world[Role.SENCO]
    with scope_for(senco):
        own = services.take_up_standard(shipped=standard, by=senco, school=world.school)
    assert own.school == world.school
    assert own.versions.get().parsed.title == "Title 2"


@pytest.mark.parametrize("by_trust", [True, False])
def test_documents_on_a_standard_taken_up_are_not_behind(world: World, *, by_trust: bool) -> None:
    allow(world.trust)
    newest = shipped().versions.latest("number")
    here, sister, far = (
        make_document(place, newest) for place in (world.school, world.sister, world.other_school)
    )
    lead = world[Role.TRUST_LEAD]
    place = {"trust": world.trust} if by_trust else {"school": world.school}
    with scope_for(lead):
        own = services.take_up_standard(shipped=shipped(), by=lead, **place)
    for document in (here, sister, far):
        document.refresh_from_db()
    assert here.version == own.versions.get()
    assert (sister.version == here.version) is by_trust
    assert far.version.standard.is_shipped


def test_standard_is_taken_up_once(world: World) -> None:
    make_standard(trust=world.trust)
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead), pytest.raises(Refused, match="has been taken up already"):
        services.take_up_standard(shipped=shipped(), by=lead, trust=world.trust)


def test_standard_never_published_cannot_be_taken_up(world: World) -> None:
    allow(world.trust)
    standard, senco = make_standard(trust=world.trust, versions=0), world[Role.SENCO]
    with scope_for(senco), pytest.raises(Refused, match="no published version yet"):
        services.take_up_standard(shipped=standard, by=senco, school=world.school)


def test_standard_begun_from_nothing_is_a_draft_of_its_own_key(world: World) -> None:
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        draft = services.begin_standard(
            title="Pupil Passport", description="Ours.", by=lead, trust=world.trust
        )
    assert draft.standard.key == "pupil-passport-2"
    assert [f.key for f in draft.parsed.fields] == ["pupil_name"]
    assert not draft.standard.versions.exists()


def test_draft_is_begun_once_from_the_newest_version(world: World) -> None:
    standard, lead = make_standard(trust=world.trust, versions=2), world[Role.TRUST_LEAD]
    with scope_for(lead):
        first = services.start_draft(standard=standard, by=lead)
        again = services.start_draft(standard=standard, by=lead)
    assert first == again
    assert first.parsed.title == "Title 2"


def test_draft_is_saved_and_counted_up(world: World) -> None:
    draft, lead = make_draft(make_standard(trust=world.trust)), world[Role.TRUST_LEAD]
    with scope_for(lead):
        saved = services.save_standard_draft(draft=draft, definition=PASSPORT, revision=0, by=lead)
    assert (saved.revision, saved.parsed, saved.saved_by) == (1, PASSPORT, lead)


def test_second_of_two_writers_is_told_and_changes_nothing(world: World) -> None:
    draft, lead = make_draft(make_standard(trust=world.trust)), world[Role.TRUST_LEAD]
    with scope_for(lead):
        services.save_standard_draft(draft=draft, definition=PASSPORT, revision=0, by=lead)
        with pytest.raises(Refused, match="changed this standard after you opened it"):
            services.save_standard_draft(draft=draft, definition=NEXT, revision=0, by=lead)
        with pytest.raises(Refused, match="changed this standard after you opened it"):
            services.publish_standard(draft=draft, revision=0, by=lead)
    draft.refresh_from_db()
    assert draft.definition == PASSPORT.to_json()


def test_published_draft_is_the_next_version_with_its_changes_in_words(world: World) -> None:
    standard, lead = make_standard(trust=world.trust), world[Role.TRUST_LEAD]
    draft = make_draft(standard)
    with scope_for(lead):
        version = services.publish_standard(draft=draft, revision=0, by=lead)
    assert (version.number, version.trust, version.published_by) == (2, world.trust, lead)
    assert version.changes[0] == "It is now called “One-page profile” instead of “Pupil Passport”."
    assert not StandardDraft.objects.exists()
    standard.refresh_from_db()
    assert standard.title == "One-page profile"


def test_first_version_of_a_new_standard_is_number_one(world: World) -> None:
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        draft = services.begin_standard(title="Plan", description="", by=lead, trust=world.trust)
        version = services.publish_standard(draft=draft, revision=0, by=lead)
    assert (version.number, version.changes) == (1, [])


def test_draft_that_changes_nothing_is_not_published(world: World) -> None:
    draft, lead = make_draft(make_standard(trust=world.trust), PASSPORT), world[Role.TRUST_LEAD]
    with scope_for(lead), pytest.raises(Refused, match="Nothing has changed"):
        services.publish_standard(draft=draft, revision=0, by=lead)


def test_draft_that_does_not_hold_together_is_not_published(world: World) -> None:
    draft, lead = make_draft(make_standard(trust=world.trust)), world[Role.TRUST_LEAD]
    StandardDraft.objects.update(definition=PASSPORT.to_json() | {"sections": []})
    with scope_for(lead), pytest.raises(Refused, match="at least one section"):
        services.publish_standard(draft=draft, revision=0, by=lead)


def test_published_version_is_never_changed_nor_removed(world: World) -> None:
    make_standard(trust=world.trust)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        StandardVersion.objects.update(number=9)
    with pytest.raises(ProgrammingError, match=r"Cannot .*delete"), transaction.atomic():
        StandardVersion.objects.filter(trust=world.trust).delete()


def test_discarded_draft_leaves_what_was_published(world: World) -> None:
    standard, lead = make_standard(trust=world.trust), world[Role.TRUST_LEAD]
    draft = make_draft(standard)
    with scope_for(lead):
        services.discard_draft(draft=draft, by=lead)
    assert standard.versions.count() == 1
    assert not StandardDraft.objects.exists()


def test_discarded_draft_of_a_standard_never_published_leaves_nothing(world: World) -> None:
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        draft = services.begin_standard(title="Plan", description="", by=lead, trust=world.trust)
        services.discard_draft(draft=draft, by=lead)
    assert not Standard.objects.filter(trust=world.trust).exists()


def test_required_documents_are_replaced_as_a_whole(world: World) -> None:
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        for statuses in ({"pupil-passport": "KE"}, {"support-plan": "K", "pupil-passport": ""}):
            services.require_standards(statuses=statuses, by=lead, trust=world.trust)
    kept = dict(RequiredStandard.objects.values_list("key", "statuses"))
    assert kept == {"support-plan": "K", "pupil-passport": ""}


def test_every_write_is_refused_to_a_teacher(world: World) -> None:
    allow(world.trust)
    teacher, standard = world[Role.TEACHER], make_standard(school=world.school)
    draft = make_draft(standard)
    with scope_for(teacher):
        for write in (
            lambda: services.take_up_standard(shipped=shipped(), by=teacher, school=world.school),
            lambda: services.begin_standard(
                title="Plan", description="", by=teacher, school=world.school
            ),
            lambda: services.start_draft(standard=standard, by=teacher),
            lambda: services.save_standard_draft(
                draft=draft, definition=NEXT, revision=0, by=teacher
            ),
            lambda: services.publish_standard(draft=draft, revision=0, by=teacher),
            lambda: services.discard_draft(draft=draft, by=teacher),
            lambda: services.require_standards(statuses={}, by=teacher, school=world.school),
        ):
            with pytest.raises(Refused, match="Your role does not let you change standards"):
                write()


def test_history_names_the_service_and_the_person(world: World) -> None:
    lead = world[Role.TRUST_LEAD]
    with scope_for(lead):
        own = services.take_up_standard(shipped=shipped(), by=lead, trust=world.trust)
    event = own.events.get()  # type: ignore[attr-defined]
    assert event.pgh_context == {"service": "take_up_standard", "person": lead.pk}
