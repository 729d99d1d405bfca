"""The pages of standards, in a school and over a trust."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import World
from tests.consistency.paperwork.standards.places import (
    PASSPORT,
    allow,
    make_draft,
    make_standard,
    shipped,
)

from pillars.consistency.paperwork.models import (
    RequiredStandard,
    Standard,
    StandardDraft,
    StandardVersion,
)
from pillars.foundation.permissions import Role
from pillars.people.organisations.models import School, Trust


def url(name: str, place: School | Trust, **kwargs: Any) -> str:
    if isinstance(place, School):
        return reverse(f"paperwork:{name}", kwargs={"urn": place.urn, **kwargs})
    return reverse(f"paperwork:trust_{name}", kwargs={"trust_id": place.pk, **kwargs})


@pytest.fixture
def lead(world: World, sign_in: Any) -> Client:
    return sign_in(world[Role.TRUST_LEAD])  # type: ignore[no-any-return]


@pytest.fixture
def senco(world: World, sign_in: Any) -> Client:
    return sign_in(world[Role.SENCO])  # type: ignore[no-any-return]


@pytest.fixture
def draft(world: World) -> StandardDraft:
    """A draft of the trust’s passport, that renames it."""
    return make_draft(make_standard(trust=world.trust))


def at(draft: StandardDraft, name: str, **kwargs: Any) -> str:
    assert draft.trust is not None
    return url(name, draft.trust, standard_id=draft.standard_id, **kwargs)


def saved(draft: StandardDraft) -> StandardDraft:
    return StandardDraft.objects.get(pk=draft.pk)


def test_list_shows_what_holds_and_why_it_cannot_be_changed(world: World, senco: Client) -> None:
    make_standard(trust=world.trust)
    page = senco.get(url("standards", world.school)).content.decode()
    assert "publishes the standards for its schools" in page
    assert "Not in force here" in page
    assert "Every pupil with SEN support or an EHC plan" in page
    assert "New standard" not in page
    allow(world.trust)
    assert "New standard" in senco.get(url("standards", world.school)).content.decode()


def test_list_shows_own_drafts_and_hides_those_of_the_trust(
    world: World, senco: Client, lead: Client
) -> None:
    make_draft(make_standard(trust=world.trust, versions=0))
    assert "Not published yet" in lead.get(url("standards", world.trust)).content.decode()
    assert "Not published yet" not in senco.get(url("standards", world.school)).content.decode()


def test_list_for_a_governor_leads_to_no_documents(world: World, sign_in: Any) -> None:
    page = sign_in(world[Role.GOVERNOR]).get(url("standards", world.school)).content.decode()
    assert 'class="govuk-back-link"' not in page


def test_standard_is_read_in_any_of_its_versions(world: World, lead: Client) -> None:
    standard = make_standard(trust=world.trust, versions=2)
    address = url("standard", world.trust, standard_id=standard.pk)
    assert "Write the next version" in lead.get(address).content.decode()
    assert "earlier version" in lead.get(f"{address}?version=1").content.decode()
    assert lead.get(f"{address}?version=9").status_code == 404


def test_standard_with_a_check_nobody_knows_is_still_read(world: World, lead: Client) -> None:
    data = PASSPORT.to_json()
    data["checks"].append({"check": "of_the_future"})
    standard = Standard.objects.create(key="plan", title="Plan", trust=world.trust)
    StandardVersion.objects.create(standard=standard, trust=world.trust, number=1, definition=data)
    address = url("standard", world.trust, standard_id=standard.pk)
    assert lead.get(address).status_code == 200


def test_standard_of_nobody_here_is_not_there(world: World, senco: Client, lead: Client) -> None:
    far = make_standard(school=world.other_school)
    for client, place in ((senco, world.school), (lead, world.trust)):
        assert client.get(url("standard", place, standard_id=far.pk)).status_code == 404
        for name in ("standard_draft", "publish_draft", "preview_draft"):
            assert client.get(url(name, place, standard_id=far.pk)).status_code == 404


def test_draft_of_the_trust_is_not_there_in_a_school(world: World, senco: Client) -> None:
    made = make_draft(make_standard(trust=world.trust))
    address = url("standard_draft", world.school, standard_id=made.standard_id)
    assert senco.get(address).status_code == 404


def test_standard_never_published_opens_its_draft(world: World, lead: Client) -> None:
    made = make_draft(make_standard(trust=world.trust, versions=0))
    response = lead.get(url("standard", world.trust, standard_id=made.standard_id))
    assert response["Location"] == at(made, "standard_draft")
    assert lead.get(at(made, "standard_versions")).status_code == 404
    assert "all of it is new" in lead.get(at(made, "standard_draft")).content.decode()
    assert "its first version" in lead.get(at(made, "publish_draft")).content.decode()


def test_versions_are_compared(world: World, lead: Client) -> None:
    standard = make_standard(trust=world.trust, versions=3)
    address = url("standard_versions", world.trust, standard_id=standard.pk)
    assert "“Title 3” instead of “Title 2”" in lead.get(address).content.decode()
    page = lead.get(f"{address}?older=1&newer=3").content.decode()
    assert "“Title 3” instead of “Pupil Passport”" in page
    page = lead.get(f"{address}?older=2&newer=2").content.decode()
    assert "The two ask for the same" in page


def test_shipped_standard_is_taken_up_and_written(world: World, lead: Client) -> None:
    response = lead.post(url("take_up_standard", world.trust, standard_id=shipped().pk))
    own = Standard.objects.get(trust=world.trust)
    assert response["Location"] == url("standard", world.trust, standard_id=own.pk)
    lead.post(url("start_draft", world.trust, standard_id=own.pk))
    assert StandardDraft.objects.get().standard == own
    page = lead.get(url("standard", world.trust, standard_id=shipped().pk)).content.decode()
    assert "standard of your own in its place" in page


def test_school_that_may_not_publish_is_told_so(world: World, senco: Client) -> None:
    response = senco.post(
        url("take_up_standard", world.school, standard_id=shipped().pk), follow=True
    )
    assert "publishes the standards for its schools" in response.content.decode()
    own = make_standard(school=world.school)
    response = senco.post(url("start_draft", world.school, standard_id=own.pk), follow=True)
    assert "publishes the standards for its schools" in response.content.decode()
    for name, data in (("new_standard", {"title": "Plan"}), ("required_documents", {})):
        response = senco.post(url(name, world.school), data)
        assert response.status_code == 422
        assert "publishes the standards for its schools" in response.content.decode()
    assert not StandardDraft.objects.exists()


def test_new_standard_begins_as_a_draft(world: World, lead: Client) -> None:
    address = url("new_standard", world.trust)
    assert lead.post(address, {"title": ""}).status_code == 422
    response = lead.post(address, {"title": "Record of concern", "description": "When worried."})
    made = StandardDraft.objects.get()
    assert response["Location"] == at(made, "standard_draft")
    assert made.parsed.key == "record-of-concern"


def test_required_documents_are_said(world: World, lead: Client) -> None:
    address = url("required_documents", world.trust)
    lead.post(address, {"pupil-passport": "E", "support-plan": "K"})
    assert dict(RequiredStandard.objects.values_list("key", "statuses")) == {
        "pupil-passport": "E",
        "support-plan": "K",
    }
    assert lead.post(address, {"pupil-passport": "Z"}).status_code == 422


@pytest.mark.parametrize(
    ("do", "part", "keys"),
    [
        ("field-up:class_group", "#field-class_group", ["class_group", "pupil_name"]),
        ("field-down:pupil_name", "#field-pupil_name", ["class_group", "pupil_name"]),
        ("field-require:class_group", "#field-class_group", ["pupil_name", "class_group"]),
        ("field-free:pupil_name", "#field-pupil_name", ["pupil_name", "class_group"]),
        ("field-remove:pupil_name", "", ["class_group", "about_me"]),
        ("section-up:support", "#section-support", ["needs", "strategies"]),
        ("section-down:about", "#section-about", ["needs", "strategies"]),
        ("section-remove:about", "", ["needs", "strategies"]),
    ],
)
def test_buttons_of_the_draft(
    draft: StandardDraft, lead: Client, do: str, part: str, keys: list[str]
) -> None:
    response = lead.post(at(draft, "arrange_draft"), {"revision": "0", "do": do})
    assert response["Location"] == at(draft, "standard_draft") + part
    now = saved(draft)
    assert now.revision == 1
    assert [f.key for f in now.parsed.fields][:2] == keys
    if "require" in do or "free" in do:
        assert now.parsed.field(do.split(":")[1]).required is ("require" in do)


def test_button_on_a_part_that_is_gone_says_so(draft: StandardDraft, lead: Client) -> None:
    for do in ("field-up:gone", "section-remove:gone"):
        response = lead.post(at(draft, "arrange_draft"), {"revision": "0", "do": do}, follow=True)
        assert "Somebody has removed that part" in response.content.decode()
    response = lead.post(
        at(draft, "arrange_draft"), {"revision": "7", "do": "field-up:needs"}, follow=True
    )
    assert "changed this standard after you opened it" in response.content.decode()
    assert saved(draft).revision == 0


@pytest.mark.parametrize(
    "data", [{"do": "explode:needs", "revision": "0"}, {"do": "field-up:needs"}]
)
def test_button_that_does_not_exist_is_not_found(
    draft: StandardDraft, lead: Client, data: dict[str, str]
) -> None:
    assert lead.post(at(draft, "arrange_draft"), data).status_code == 404


def test_title_section_field_and_check_are_saved_one_by_one(
    draft: StandardDraft, lead: Client
) -> None:
    steps: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("draft_about", {}, {"title": "Profile", "description": "New."}),
        ("draft_new_section", {}, {"title": "Later", "first": "What next"}),
        ("draft_section", {"section_key": "later"}, {"title": "Afterwards"}),
        (
            "draft_new_field",
            {},
            {"title": "What calms me", "type": "list", "section": "later", "required": "on"},
        ),
        (
            "draft_field",
            {"field_key": "what_next"},
            {"title": "Then", "type": "short_text", "section": "about"},
        ),
        (
            "draft_check",
            {"check_key": "in_date"},
            {"used": "on", "fields": "review_date", "set-months": "6"},
        ),
        ("draft_check", {"check_key": "vague_wording"}, {}),
    ]
    for number, (name, kwargs, data) in enumerate(steps):
        response = lead.post(at(draft, name, **kwargs), {"revision": str(number), **data})
        assert response.status_code == 302, response.content.decode()
    now = saved(draft).parsed
    assert (now.title, now.description) == ("Profile", "New.")
    assert now.sections[-1].title == "Afterwards"
    assert [f.key for f in now.sections[-1].fields] == ["what_calms_me"]
    assert now.sections[0].fields[-1].title == "Then"
    in_date = now.setting("in_date")
    assert in_date is not None
    assert (dict(in_date.settings), in_date.required) == ({"months": 6}, False)
    assert now.setting("vague_wording") is None


def test_stale_form_keeps_what_was_typed_and_can_be_sent_again(
    draft: StandardDraft, lead: Client
) -> None:
    address = at(draft, "draft_section", section_key="about")
    lead.post(address, {"revision": "0", "title": "Me"})
    stale = lead.post(address, {"revision": "0", "title": "All about me"})
    assert stale.status_code == 422
    page = stale.content.decode()
    assert "changed this standard after you opened it" in page
    assert 'value="All about me"' in page
    assert 'name="revision" id="id_revision" value="1"' in page
    assert lead.post(address, {"revision": "1", "title": "All about me"}).status_code == 302


def test_change_that_does_not_hold_together_is_told_in_place(
    draft: StandardDraft, lead: Client
) -> None:
    response = lead.post(
        at(draft, "draft_field", field_key="needs"),
        {"revision": "0", "title": "Needs", "type": "choice", "section": "support"},
    )
    assert response.status_code == 422
    assert "“Needs” needs at least two choices." in response.content.decode()


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("draft_section", {"section_key": "gone"}),
        ("draft_field", {"field_key": "gone"}),
        ("draft_check", {"check_key": "gone"}),
    ],
)
def test_part_that_is_not_there_is_not_found(
    draft: StandardDraft, lead: Client, name: str, kwargs: dict[str, str]
) -> None:
    assert lead.get(at(draft, name, **kwargs)).status_code == 404


def test_new_field_is_offered_in_the_section_it_was_asked_for(
    draft: StandardDraft, lead: Client
) -> None:
    page = lead.get(at(draft, "draft_new_field") + "?section=about").content.decode()
    assert '<option value="about" selected>' in page
    page = lead.get(at(draft, "draft_new_field") + "?section=gone").content.decode()
    assert '<option value="together" selected>' in page


def test_preview_shows_the_draft_filled_in(draft: StandardDraft, lead: Client) -> None:
    page = lead.get(at(draft, "preview_draft")).content.decode()
    assert "I am funny and I know everything about trains." in page
    assert "Everything required is filled in" in page


def test_publishing_shows_what_changes_first(draft: StandardDraft, lead: Client) -> None:
    address = at(draft, "publish_draft")
    page = lead.get(address).content.decode()
    assert "It is now called “One-page profile” instead of “Pupil Passport”." in page
    refused = lead.post(address, {"revision": "4"})
    assert refused.status_code == 422
    assert lead.post(address, {"revision": "x"}).status_code == 404
    response = lead.post(address, {"revision": "0"}, follow=True)
    assert "Version 2 is published." in response.content.decode()


def test_publish_button_says_why_it_cannot_be_pressed(world: World, lead: Client) -> None:
    same = make_draft(make_standard(trust=world.trust), PASSPORT)
    page = lead.get(at(same, "publish_draft")).content.decode()
    assert "Nothing has changed since the last version" in page
    assert "disabled" in page


def test_draft_is_thrown_away(draft: StandardDraft, lead: Client) -> None:
    response = lead.post(at(draft, "discard_draft"), follow=True)
    assert "The draft is gone" in response.content.decode()
    assert not StandardDraft.objects.exists()


def test_draft_of_a_school_that_may_publish_no_more_is_kept_but_closed(
    world: World, senco: Client
) -> None:
    own = make_standard(school=world.school)
    make_draft(own)
    page = senco.get(url("standard_draft", world.school, standard_id=own.pk)).content.decode()
    assert "publishes the standards for its schools" in page
    senco.post(url("discard_draft", world.school, standard_id=own.pk))
    assert StandardDraft.objects.exists()


def test_list_takes_as_many_queries_however_many_standards(
    world: World, lead: Client, django_assert_max_num_queries: Any
) -> None:
    address = url("standards", world.trust)
    lead.get(address)
    with django_assert_max_num_queries(30) as few:
        lead.get(address)
    for number in range(5):
        own = make_standard(trust=world.trust, definition=replace(PASSPORT, key=f"plan-{number}"))
        make_draft(own)
    with django_assert_max_num_queries(len(few)):
        lead.get(address)
