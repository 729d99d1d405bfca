from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.conftest import World, make_person
from tests.consistency.paperwork.documents.factories import make_document, shipped_version
from tests.home.test_people import make_pupil

from pillars.consistency.paperwork.models import StandardVersion
from pillars.foundation.permissions import Role
from pillars.people.organisations.models import JoinRequest, Membership, School


@pytest.fixture
def passport(world: World) -> StandardVersion:
    return shipped_version("pupil-passport")


def text(response: Any) -> str:
    return str(response.content.decode())


def home_of(school: School) -> str:
    return reverse("home:school", kwargs={"urn": school.urn})


def test_home_goes_straight_to_the_only_place(world: World, sign_in: Any) -> None:
    assert sign_in(world[Role.TEACHER]).get("/").url == home_of(world.school)
    trust_home = reverse("home:trust", kwargs={"trust_id": world.trust.pk})
    assert sign_in(world[Role.TRUST_LEAD]).get("/").url == trust_home


def test_home_offers_the_places_of_somebody_with_several(world: World, sign_in: Any) -> None:
    person = world[Role.TEACHER]
    Membership.objects.create(
        person=person, role=Role.TEACHER, school=world.sister, starts_on="2026-09-01"
    )
    response = sign_in(person).get("/")
    assert home_of(world.school) in text(response)
    assert home_of(world.sister) in text(response)


def test_home_says_what_to_do_without_a_role(world: World, sign_in: Any) -> None:
    response = sign_in(make_person()).get("/")
    assert "You have no role in a school yet" in text(response)
    assert "directory of schools" not in text(response)
    operator = sign_in(make_person(is_operator=True)).get("/")
    assert "Open the directory of schools" in text(operator)


def test_an_empty_school_says_what_to_do_first(world: World, sign_in: Any) -> None:
    senco = text(sign_in(world[Role.SENCO]).get(home_of(world.school)))
    assert "Begin with the register" in senco
    assert reverse("register:imports", kwargs={"urn": world.school.urn}) in senco
    teacher = text(sign_in(world[Role.TEACHER]).get(home_of(world.school)))
    assert "No pupils yet" in teacher
    assert "Begin with the register" not in teacher


def test_who_works_with_pupils_finds_them_by_class(world: World, sign_in: Any) -> None:
    make_pupil(world.school, class_group="5 Elm & Oak")
    for role in (Role.TEACHER, Role.TEACHING_ASSISTANT):
        page = text(sign_in(world[role]).get(home_of(world.school)))
        assert "Your work" in page
        assert "Find a pupil" in page
        assert "class=5+Elm+%26+Oak&amp;status=KE" in page
        assert "Where to focus" not in page


def test_a_governor_sees_numbers_and_no_names(world: World, sign_in: Any) -> None:
    for _ in range(6):
        make_pupil(world.school, surname="Hiddenname")
    page = text(sign_in(world[Role.GOVERNOR]).get(home_of(world.school)))
    assert "6 pupils on the register: 6 SEN support, 0 EHC plans." in page
    assert "Hiddenname" not in page
    assert reverse("register:pupils", kwargs={"urn": world.school.urn}) not in page


def test_a_trusts_request_waits_on_the_first_page(world: World, sign_in: Any) -> None:
    assert world.stranger is not None
    JoinRequest.objects.create(
        school=world.school,
        trust=world.other_trust,
        from_school=False,
        made_by=world.stranger,
    )
    page = text(sign_in(world[Role.HEADTEACHER]).get(home_of(world.school)))
    assert f"Answer {world.other_trust.name}" in page
    teacher = text(sign_in(world[Role.TEACHER]).get(home_of(world.school)))
    assert f"Answer {world.other_trust.name}" not in teacher


def test_the_trusts_page_has_every_joined_school_by_name(world: World, sign_in: Any) -> None:
    make_pupil(world.sister)
    School.objects.create(urn=900999, name="Not yet here (invented)", trust=world.trust)
    address = reverse("home:trust", kwargs={"trust_id": world.trust.pk})
    page = text(sign_in(world[Role.TRUST_LEAD]).get(address))
    assert "2 schools, 1 pupil on their registers." in page
    assert page.index(world.sister.name) < page.rindex(world.school.name)
    assert "Not yet here" not in page


def test_a_trust_without_schools_says_what_to_do_first(world: World, sign_in: Any) -> None:
    School.objects.filter(trust=world.trust).update(joined_on=None)
    address = reverse("home:trust", kwargs={"trust_id": world.trust.pk})
    page = text(sign_in(world[Role.TRUST_LEAD]).get(address))
    assert "No school has joined yet" in page


def test_the_first_page_asks_the_same_however_many_pupils(
    world: World, sign_in: Any, passport: StandardVersion
) -> None:
    client = sign_in(world[Role.SENCO])
    asked = []
    for _ in range(2):
        for number in range(6):
            pupil = make_pupil(world.school, class_group=f"{number}A")
            make_document(world.school, passport, pupil=pupil)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(home_of(world.school)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[0] <= 40
