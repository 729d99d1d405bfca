"""The register and a pupil's page: what they show, to whom, and in how many queries."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.conftest import World, scope_for
from tests.people.register.makers import make_pupil

from pillars.foundation.models import Viewing
from pillars.foundation.permissions import Permission, Role
from pillars.people.organisations.models import Person
from pillars.people.register.extensions import (
    Action,
    Cell,
    Extensions,
    Lacking,
    Panel,
    RegisterColumn,
    extensions,
)
from pillars.people.register.models import StatusPeriod
from pillars.people.register.queries import PupilFilter, natural, pupil_rows

SignIn = Callable[[Person], Client]


def page(client: Client, world: World, query: str = "") -> str:
    response = client.get(f"/schools/{world.school.urn}/pupils/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Extensions:
    """No room but the register has added anything."""
    own = Extensions()
    own.lacking.items.update(
        {k: v for k, v in extensions.lacking.items.items() if k in {"need", "upn", "birth"}}
    )
    monkeypatch.setattr("pillars.people.register.views.pupils.extensions", own)
    return own


def test_pupils_of_an_empty_school_says_what_to_do_first(
    world: World, sign_in: SignIn, bare: Extensions
) -> None:
    assert "Bring in the register" in page(sign_in(world[Role.SENCO]), world)
    seen = page(sign_in(world[Role.TEACHER]), world)
    assert "Your SENCo brings in the register" in seen
    assert "Bring in the register" not in seen


FILTERS = [
    ("year=8", {"Bo"}),
    ("class=7A", {"Ada", "Cy", "Di"}),
    ("status=KE", {"Ada", "Bo", "Cy"}),
    ("status=E", {"Bo"}),
    ("status=N", {"Di"}),
    ("need=ASD", {"Bo"}),
    ("lacking=need", {"Cy"}),
    ("lacking=upn", {"Di"}),
    ("lacking=birth", {"Di"}),
    ("left=1", {"Ed"}),
    ("q=bo", {"Bo"}),
    ("q=di+wren", {"Di"}),
    ("q=%25", set()),
    ("q=%00", {"Ada", "Bo", "Cy", "Di"}),
    ("status=QQ&need=ZZ&lacking=what&sort=shoe", {"Ada", "Bo", "Cy", "Di"}),
]


@pytest.mark.parametrize(("query", "names"), FILTERS)
def test_pupils_are_filtered(
    world: World, sign_in: SignIn, bare: Extensions, query: str, names: set[str]
) -> None:
    school = world.school
    make_pupil(school, forename="Ada")
    make_pupil(school, forename="Bo", status="E", needs=("ASD", "SLCN"), year_group="8",
               class_group="8B")  # fmt: skip
    make_pupil(school, forename="Cy", needs=())
    make_pupil(school, forename="Di", status="N", upn="", date_of_birth=None)
    make_pupil(school, forename="Ed", left_on=date(2026, 10, 1))
    make_pupil(world.other_school, forename="Fa")
    seen = page(sign_in(world[Role.SENCO]), world, f"?{query}")
    assert {n for n in ("Ada", "Bo", "Cy", "Di", "Ed", "Fa") if f", {n}<" in seen} == names


@pytest.mark.parametrize(
    ("sort", "order"),
    [("name", ["Ada", "Bo", "Cy"]), ("year", ["Cy", "Ada", "Bo"]), ("class", ["Bo", "Cy", "Ada"]),
     ("status", ["Bo", "Ada", "Cy"])],
)  # fmt: skip
def test_pupils_are_sorted(world: World, sort: str, order: list[str]) -> None:
    school = world.school
    made = {"surname": "Aster (invented)", "forename": "Ada", "year_group": "2"}
    make_pupil(school, **made, class_group="C")
    make_pupil(school, surname="Birch (invented)", forename="Bo", year_group="11",
               class_group="A", status="E")  # fmt: skip
    make_pupil(school, surname="Cedar (invented)", forename="Cy", year_group="R",
               class_group="B", status="N")  # fmt: skip
    with scope_for(world[Role.SENCO]):
        rows = pupil_rows(school.pk, PupilFilter(sort=sort))
    assert [row.first_name for row in rows] == order


def test_classes_sort_as_people_read_them() -> None:
    assert sorted(["10A", "7B", "7A", "Oak", "11"], key=natural) == ["7A", "7B", "10A", "11", "Oak"]


@pytest.mark.parametrize("size", [3, 120])
def test_pupils_takes_the_same_queries_however_many_there_are(
    world: World, sign_in: SignIn, bare: Extensions, size: int
) -> None:
    for _ in range(size):
        make_pupil(world.school)
    client = sign_in(world[Role.SENCO])
    page(client, world)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(client, world)
    own = [q["sql"] for q in queries if "register_" in q["sql"]]
    assert len(own) == 3, own
    assert len(queries) <= 18, [q["sql"] for q in queries]


def test_pupils_beyond_a_page_can_be_shown_at_once(
    world: World, sign_in: SignIn, bare: Extensions
) -> None:
    for _ in range(102):
        make_pupil(world.school)
    client = sign_in(world[Role.SENCO])
    assert page(client, world).count('scope="row"') == 100
    assert page(client, world, "?page=2").count('scope="row"') == 2
    assert page(client, world, "?show=all").count('scope="row"') == 102


def test_other_rooms_add_columns_filters_actions_and_panels(
    world: World, sign_in: SignIn, bare: Extensions
) -> None:
    first, second = make_pupil(world.school), make_pupil(world.school)
    see = Permission.VIEW_PUPILS
    bare.add_column(
        RegisterColumn("hat", "Hat", see, lambda _school, keys: {keys[0]: Cell("Top hat", "good")})
    )
    bare.add_lacking(Lacking("hat", "A hat", see, lambda _school: {second.pk}))
    bare.add_action(Action("hats", "Give hats", see, "register:imports"))
    bare.add_action(
        Action("no", "Give scarves", see, "register:imports", lambda _scope, _school: "No wool.")
    )
    bare.add_action(Action("lead", "Only leads", Permission.MANAGE_TRUST, "register:imports"))
    bare.add_panel(
        Panel("none", "Nothing", see, "register/change.html", lambda _request, _pupil: None)
    )
    client = sign_in(world[Role.SENCO])
    seen = page(client, world)
    assert "Top hat" in seen
    assert f'name="pupil" value="{first.pk}"' in seen
    assert "Give hats" in seen
    assert "No wool." in seen
    assert "Only leads" not in seen
    lacking = page(client, world, "?lacking=hat")
    assert f"/pupils/{second.pk}/" in lacking
    assert f"/pupils/{first.pk}/" not in lacking


def test_pupil_page_shows_status_and_needs_over_time_and_is_logged(
    world: World, sign_in: SignIn, bare: Extensions
) -> None:
    pupil = make_pupil(world.school, needs=("SLCN",), eal=True, known_as="Addy")
    StatusPeriod.objects.create(
        school=world.school, pupil=pupil, status="E", start_on=date(2024, 1, 1),
        end_on=date(2025, 1, 1),
    )  # fmt: skip
    response = sign_in(world[Role.SENCO]).get(f"/schools/{world.school.urn}/pupils/{pupil.pk}/")
    seen = response.content.decode()
    assert "Addy Wren" in seen
    for words in ("SEN support", "EHC plan", "1 January 2024", "Speech, language", "Also recorded"):
        assert words in seen
    title = seen[seen.index("<title>") : seen.index("</title>")]
    assert "Wren" not in title
    viewing = Viewing.objects.get()
    assert (viewing.person, viewing.subject_kind, viewing.subject_id) == (
        world[Role.SENCO], "pupil", pupil.pk,
    )  # fmt: skip


@pytest.mark.parametrize("periods", [1, 5])
def test_pupil_page_takes_the_same_queries_however_long_the_history(
    world: World, sign_in: SignIn, bare: Extensions, periods: int
) -> None:
    pupil = make_pupil(world.school)
    for year in range(2010, 2010 + periods):
        StatusPeriod.objects.create(
            school=world.school, pupil=pupil, status="K", start_on=date(year, 1, 1),
            end_on=date(year, 2, 1),
        )  # fmt: skip
    client = sign_in(world[Role.SENCO])
    address = f"/schools/{world.school.urn}/pupils/{pupil.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len([q for q in queries if "register_" in q["sql"]]) == 3
    assert len(queries) <= 19, [q["sql"] for q in queries]


def test_a_teacher_sees_no_way_to_change(world: World, sign_in: SignIn, bare: Extensions) -> None:
    pupil = make_pupil(world.school)
    seen = sign_in(world[Role.TEACHER]).get(f"/schools/{world.school.urn}/pupils/{pupil.pk}/")
    for words in (
        "Change the SEN status",
        "Change these details",
        "Add a type of need",
        "Who changed",
    ):
        assert words not in seen.content.decode()


def test_a_pupil_of_another_school_does_not_exist(world: World, sign_in: SignIn) -> None:
    pupil = make_pupil(world.other_school)
    client = sign_in(world[Role.SENCO])
    assert client.get(f"/schools/{world.school.urn}/pupils/{pupil.pk}/").status_code == 404
    assert client.get(f"/schools/{world.other_school.urn}/pupils/{pupil.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("part", "data", "words"),
    [
        ("details/", {"surname": "", "forename": "Bo"}, "Enter the surname"),
        ("details/", {"surname": "Jay (invented)", "forename": "Bo", "upn": "A801200005001"},
         "first letter does not fit"),
        ("status/", {"status": "E", "on": "soon"}, "Enter a date"),
        ("status/", {"status": "E", "on": "1/1/2999"}, "in the future"),
        ("needs/add/", {"code": "SLCN"}, "already"),
        ("needs/add/", {}, "Choose a type of need"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_said_and_nothing_typed_is_lost(
    world: World, sign_in: SignIn, part: str, data: dict[str, str], words: str
) -> None:
    pupil = make_pupil(world.school)
    address = f"/schools/{world.school.urn}/pupils/{pupil.pk}/{part}"
    response = sign_in(world[Role.SENCO]).post(address, data)
    assert response.status_code == 422
    seen = response.content.decode()
    assert words in seen
    for value in data.values():
        assert value in seen


def test_changes_by_form_are_saved(world: World, sign_in: SignIn) -> None:
    pupil = make_pupil(world.school)
    client = sign_in(world[Role.SENCO])
    address = f"/schools/{world.school.urn}/pupils/{pupil.pk}/"
    form = {
        "surname": pupil.surname, "forename": "Bo", "upn": pupil.upn, "eal": "1",
        "date_of_birth": "3 September 2014", "year_group": "8", "class_group": "8C", "sex": "F",
    }  # fmt: skip
    assert client.post(f"{address}details/", form).status_code == 302
    assert client.post(f"{address}status/", {"status": "E", "on": "2/9/2026"}).status_code == 302
    assert client.post(f"{address}needs/add/", {"code": "ASD", "on": ""}).status_code == 302
    need = pupil.need_periods.get(code="SLCN")
    assert client.post(f"{address}needs/{need.pk}/end/", {"on": "3/9/2026"}).status_code == 302
    pupil.refresh_from_db()
    assert (pupil.forename, pupil.year_group, pupil.eal, pupil.sex) == ("Bo", "8", True, "F")
    assert pupil.status_periods.get(end_on__isnull=True).status == "E"
    assert pupil.need_periods.get(end_on__isnull=True).code == "ASD"
