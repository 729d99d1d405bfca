"""The trail and histories as people read them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.conftest import World, scope_for

from pillars.foundation.models import ClosureKind, SchoolClosure, Viewing
from pillars.foundation.permissions import Role
from pillars.foundation.trail import Change, Difference
from pillars.foundation.viewing import log_viewing
from pillars.home.trail.shape import in_words, people_in, shown
from pillars.people.organisations.models import Membership
from pillars.people.organisations.services import end_membership, save_closure
from pillars.people.register.models import Pupil, StatusPeriod

DAY = date(2026, 11, 27)


def _close(world: World, name: str, role: Role = Role.SENCO) -> SchoolClosure:
    by = world[role]
    with scope_for(by):
        return save_closure(school=world.school, day=DAY, kind=ClosureKind.INSET, name=name, by=by)


def _trail(client: Any, world: World, **query: str) -> str:
    page = client.get(reverse("home:trail", kwargs={"urn": world.school.urn}), query)
    assert page.status_code == 200
    return str(page.content.decode())


@pytest.mark.django_db
def test_trail_says_who_did_what(world: World, sign_in: Any) -> None:
    _close(world, "Training")
    page = _trail(sign_in(world[Role.SENCO]), world)
    assert "Save closure" in page
    assert world[Role.SENCO].name in page


@pytest.mark.django_db
def test_trail_is_filtered_by_person_kind_and_day(world: World, sign_in: Any) -> None:
    _close(world, "One")
    client = sign_in(world[Role.SENCO])
    head, senco = world[Role.HEADTEACHER], world[Role.SENCO]
    assert "Save closure" in _trail(client, world, person=str(senco.pk))
    assert "Save closure" not in _trail(client, world, person=str(head.pk))
    assert "Save closure" in _trail(client, world, kind="foundation.schoolclosure")
    assert "Save closure" not in _trail(client, world, kind="foundation.schoolterm")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "Save closure" not in _trail(client, world, until=f"{yesterday:%d/%m/%Y}")
    assert "Enter a date" in _trail(client, world, since="whenever")


@pytest.mark.django_db
def test_trail_goes_back_page_by_page(world: World, sign_in: Any) -> None:
    for number in range(52):
        _close(world, f"Name {number}")
    client = sign_in(world[Role.SENCO])
    first = _trail(client, world, kind="foundation.schoolclosure")
    assert "Older" in first
    assert "Newer" not in first
    second = _trail(client, world, kind="foundation.schoolclosure", page="2")
    assert "Newer" in second
    assert second.count("Save closure") == 2


@pytest.mark.django_db
def test_history_shows_what_differs_and_by_whom(world: World, sign_in: Any) -> None:
    closure = _close(world, "Training")
    _close(world, "Moderation", Role.HEADTEACHER)
    page = sign_in(world[Role.SENCO]).get(
        reverse(
            "home:history",
            kwargs={
                "urn": world.school.urn,
                "kind": "foundation.schoolclosure",
                "subject_id": closure.pk,
            },
        )
    )
    text = page.content.decode()
    assert "<del>Training</del> <ins>Moderation</ins>" in text
    assert world[Role.HEADTEACHER].name in text


@pytest.mark.django_db
def test_history_of_another_schools_row_does_not_exist(world: World, sign_in: Any) -> None:
    closure = _close(world, "Training")
    lead = sign_in(world[Role.TRUST_LEAD])
    own = {"kind": "foundation.schoolclosure", "subject_id": closure.pk}
    wrong = reverse("home:history", kwargs=own | {"urn": world.sister.urn})
    assert lead.get(wrong).status_code == 404
    right = reverse("home:history", kwargs=own | {"urn": world.school.urn})
    assert lead.get(right).status_code == 200
    for kind, pk in (("auth.user", 1), ("foundation.schoolclosure", 2**63)):
        odd = reverse(
            "home:history", kwargs={"urn": world.school.urn, "kind": kind, "subject_id": pk}
        )
        assert lead.get(odd).status_code == 404


@pytest.mark.django_db
def test_act_leads_to_the_history_of_what_it_touched(world: World, sign_in: Any) -> None:
    senco = world[Role.SENCO]
    membership = Membership.objects.get(person=world[Role.TEACHER])
    with scope_for(senco):
        end_membership(membership=membership, by=senco)
    client = sign_in(senco)
    page = _trail(client, world, kind="organisations.membership")
    path = reverse("home:trail", kwargs={"urn": world.school.urn})
    (link,) = {part.split('"')[0] for part in page.split(f'href="{path}')[1:] if part[8:9] == "-"}
    act = client.get(path + link).content.decode()
    history = reverse(
        "home:history",
        kwargs={
            "urn": world.school.urn,
            "kind": "organisations.membership",
            "subject_id": membership.pk,
        },
    )
    assert history in act
    assert world[Role.TEACHER].name in client.get(history).content.decode()
    missing = reverse("home:trail_act", kwargs={"urn": world.school.urn, "act_id": uuid4()})
    assert client.get(missing).status_code == 404


@pytest.mark.django_db
def test_trail_names_whom_it_was_done_to(world: World, sign_in: Any) -> None:
    senco = world[Role.SENCO]
    membership = Membership.objects.get(person=world[Role.TEACHER])
    pupil = Pupil.objects.create(school=world.school, forename="Ada", surname="Fettle")
    with scope_for(senco):
        end_membership(membership=membership, by=senco)
        log_viewing(
            school_id=world.school.pk, person_id=senco.pk, subject_kind="pupil",
            subject_id=pupil.pk, page="pupil",
        )  # fmt: skip
    page = _trail(sign_in(senco), world)
    assert f"membership changed: {world[Role.TEACHER].name}" in page
    assert "opened: Ada Fettle" in page


@pytest.mark.django_db
def test_trail_asks_the_same_number_of_queries_for_more_lines(
    world: World, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(world[Role.SENCO])
    for _ in range(2):
        for number in range(15):
            _close(world, f"Day {number}")
        with django_assert_max_num_queries(30):
            _trail(client, world)


@pytest.mark.django_db
def test_opening_a_pupils_history_is_written_down(world: World, sign_in: Any) -> None:
    pupil = Pupil.objects.create(school=world.school, forename="Ada", surname="Fettle")
    own = {"urn": world.school.urn, "kind": "register.pupil", "subject_id": pupil.pk}
    assert sign_in(world[Role.SENCO]).get(reverse("home:history", kwargs=own)).status_code == 200
    assert Viewing.objects.get().subject_id == pupil.pk


@pytest.mark.django_db
def test_history_of_a_pupil_holds_status_and_needs_and_leads_to_documents(
    world: World, sign_in: Any
) -> None:
    pupil = Pupil.objects.create(school=world.school, forename="Ada", surname="Fettle")
    StatusPeriod.objects.create(school=world.school, pupil=pupil, status="K", start_on=DAY)
    other = Pupil.objects.create(school=world.school, forename="Else", surname="Where")
    StatusPeriod.objects.create(school=world.school, pupil=other, status="E", start_on=DAY)
    own = {"urn": world.school.urn, "kind": "pupil", "subject_id": pupil.pk}
    page = sign_in(world[Role.SENCO]).get(reverse("home:history", kwargs=own)).content.decode()
    assert "Status period added" in page
    assert "Pupil added" in page
    assert page.count("Status period added") == 1


def _difference(field: str, before: Any, after: Any) -> Difference:
    return Difference(field, field.replace("_", " "), before, after)


def test_answers_come_apart_into_their_questions() -> None:
    lines = shown(
        [_difference("answers", {"needs": "a", "same": 1}, {"needs": "b", "same": 1, "new": [1]})],
        {},
    )
    assert [(line.title, line.before, line.after) for line in lines] == [
        ("Needs", "a", "b"),
        ("New", "", "1"),
    ]


def test_people_are_named_and_their_ids_found() -> None:
    differences = (_difference("made_by_id", None, 7), _difference("name", "", ""))
    change = Change(datetime(2026, 11, 1, tzinfo=timezone.get_default_timezone()), 3, "x", "added",
                    differences)  # fmt: skip
    assert people_in([change]) == {3, 7}
    (line,) = shown(differences, {7: "Jo"})
    assert (line.before, line.after) == ("", "Jo")
    assert shown([_difference("owner_id", 1, 2)], {})[0].after == "person 2"


def test_stored_values_are_called_what_the_forms_call_them() -> None:
    words = {("kind", "inset"): "INSET day"}
    (line,) = shown([_difference("kind", "closed", "inset")], {}, words)
    assert (line.before, line.after) == ("closed", "INSET day")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (0, "0"),
        (DAY, "27 November 2026"),
        (datetime(2026, 11, 27, 9, 5), "27 November 2026, 09:05"),  # noqa: DTZ001
        (["a", DAY], "a\n27 November 2026"),
        ({"who_led": "x"}, "Who led: x"),
        ("x" * 700, "x" * 600 + "…"),
    ],
)
def test_values_are_said_in_words(value: Any, words: str) -> None:
    assert in_words(value) == words
