from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client, RequestFactory
from lxml import html
from tests.conftest import World

from pillars.foundation.permissions import Role


def frame(**context: Any) -> html.HtmlElement:
    """The plain layout as a page, with this context."""
    nobody = SimpleNamespace(rooms=(), places=(), where=None, person=None)
    given = {"navigation": nobody, "request": RequestFactory().get("/")} | context
    # Past the context processors, which would put the navigation of a real request in its place.
    template: Any = get_template("ui/layouts/plain.html")
    return html.document_fromstring(template.template.render(given))


def place(title: str, url: str, key: str = "") -> SimpleNamespace:
    return SimpleNamespace(title=title, url=url, key=key)


SOMEBODY = place("Aisha (invented)", "/account/me/")


def test_the_frame_speaks_english_and_can_be_skipped() -> None:
    page = frame(page_title="Pupils")
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "Pupils – Three Pillars"
    (skip,) = page.xpath("//a[contains(@class, 'skip-link')]/@href")
    assert page.xpath(f"//main[@id='{skip.removeprefix('#')}']")


def test_the_frame_holds_no_script_or_style_of_its_own() -> None:
    page = frame(navigation=SimpleNamespace(rooms=(), places=(), where=None, person=SOMEBODY))
    assert all(script.get("src") for script in page.xpath("//script"))
    assert page.xpath("//style") == []
    assert page.xpath("//@style") == []


def test_rooms_say_where_one_is() -> None:
    rooms = (place("Home", "/", "home"), place("Pupils", "/pupils/", "pupils"))
    navigation = SimpleNamespace(rooms=rooms, places=(), where=None, person=SOMEBODY)
    page = frame(navigation=navigation, room="pupils")
    current = page.xpath("//nav//a[@aria-current='page']/text()")
    assert current == ["Pupils"]


def test_signing_out_is_a_post() -> None:
    page = frame(navigation=SimpleNamespace(rooms=(), places=(), where=None, person=SOMEBODY))
    (form,) = page.xpath("//form[.//button[text()='Sign out']]")
    assert form.get("method") == "post"
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']")


def test_only_somebody_with_several_places_chooses_among_them() -> None:
    one, two = place("Oakfield (invented)", "/1/"), place("Meadow (invented)", "/2/")
    several = SimpleNamespace(rooms=(), places=(one, two), where=one, person=SOMEBODY)
    assert frame(navigation=several).xpath("//details//a[text()='Meadow (invented)']")
    alone = SimpleNamespace(rooms=(), places=(one,), where=one, person=SOMEBODY)
    assert frame(navigation=alone).xpath("//header//a[text()='Oakfield (invented)']/@href") == [
        "/1/"
    ]


def test_who_is_not_signed_in_sees_no_rooms() -> None:
    page = frame()
    assert page.xpath("//nav") == []
    assert page.xpath("//form") == []


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_stands_on_its_own_and_says_what_to_do(name: str) -> None:
    # As Django draws it when nothing else works: without a request and without any context.
    page = html.document_fromstring(get_template(f"{name}.html").render())
    heading = page.xpath("//h1")[0].text_content()
    assert page.findtext(".//title") == f"{heading} – Three Pillars"
    assert len(page.xpath("//main")[0].text_content().split()) > len(heading.split()) + 5


def test_a_missing_page_is_said_in_the_house_style(world: World, sign_in: Any) -> None:
    answer = sign_in(world[Role.TEACHER]).get("/no/such/page/")
    assert answer.status_code == 404
    assert b"There is no such page" in answer.content


def test_a_form_that_has_gone_stale_says_what_to_do(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert answer.status_code == 403
    assert b"Nothing was changed" in answer.content
