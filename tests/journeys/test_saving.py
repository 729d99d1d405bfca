"""What somebody types is kept, whatever happens to the connection or the session meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.support.browser import sign_in
from tests.journeys.support.product import Product

SENCO = "joanna.kettlewell@osierbrook.example"
SAVED = re.compile(r"^Saved at \d\d:\d\d$")
AVOID = "What to avoid"


@pytest.fixture
def writer(product: Product, chromium: Browser, width: int) -> Iterator[Page]:
    """A window of its own: here the browser is right to report that a request failed."""
    context = chromium.new_context(
        base_url=product.address, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def begin(page: Page) -> None:
    """Somebody writes in a new draft, and the first words are saved."""
    sign_in(page, SENCO)
    page.goto("/schools/999001/paperwork/make/")
    page.get_by_role("checkbox", name=re.compile("^Select (?!all)")).first.check()
    page.get_by_role("button", name="Make for ticked pupils").click()
    page.get_by_label(AVOID, exact=True).fill("Bells.")
    expect(page.locator("[data-saved]")).to_have_text(SAVED, timeout=15_000)


def kept(page: Page, text: str) -> None:
    """After loading the page anew, the words are there."""
    page.reload()
    expect(page.get_by_label(AVOID, exact=True)).to_have_value(text)


def test_a_lost_connection_loses_no_words(writer: Page) -> None:
    begin(writer)
    writer.context.set_offline(True)
    writer.get_by_label(AVOID, exact=True).fill("Bells and whistles.")
    expect(writer.locator("[data-saved]")).to_contain_text("Not saved: the connection is lost.")
    writer.context.set_offline(False)
    expect(writer.locator("[data-saved]")).to_have_text(SAVED, timeout=15_000)
    kept(writer, "Bells and whistles.")


def test_a_session_that_ended_loses_no_words(writer: Page) -> None:
    begin(writer)
    writer.context.clear_cookies()
    writer.get_by_label(AVOID, exact=True).fill("Bells, said once more.")
    expect(writer.locator("[data-saved]")).to_contain_text("Not saved: you have been signed out.")
    other_tab = writer.context.new_page()
    sign_in(other_tab, SENCO)
    expect(writer.locator("[data-saved]")).to_have_text(SAVED, timeout=15_000)
    kept(writer, "Bells, said once more.")


def test_a_fault_on_our_side_is_said_and_mended_by_itself(writer: Page) -> None:
    begin(writer)
    writer.route("**/save/", lambda route: route.fulfill(status=500, body="<h1>Sorry</h1>"))
    writer.get_by_label(AVOID, exact=True).fill("Bells again.")
    expect(writer.locator("[data-saved]")).to_contain_text("something went wrong on our side")
    writer.unroute("**/save/")
    expect(writer.locator("[data-saved]")).to_have_text(SAVED, timeout=15_000)
    kept(writer, "Bells again.")
