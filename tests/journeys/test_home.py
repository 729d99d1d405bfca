"""The first page of each person: what needs doing, for the one who looks."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in, sign_out

SENCO = "joanna.kettlewell@osierbrook.example"
ASSISTANT = "lorna.fettle@osierbrook.example"
GOVERNOR = "peter.ravenscroft@osierbrook.example"
LEAD = "helena.merriweather@otterwater.example"


def test_the_sencos_morning(page: Page) -> None:
    """From the first page to what holds an indicator back, and to the year to begin with."""
    sign_in(page, SENCO)
    expect(page.get_by_role("heading", name="Due", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Where to focus")).to_be_visible()
    look(page, "senco")
    page.get_by_role("link", name="Paperwork in place").first.click()
    expect(page.get_by_role("heading", level=1, name="Paperwork in place")).to_be_visible()
    look(page, "paperwork-in-place")
    page.get_by_role("link", name="Home").first.click()
    focus = page.locator(".tp-panel", has_text="Where to focus").get_by_role("link").first
    focus.click()
    expect(page.get_by_role("heading", level=1, name="Pupils")).to_be_visible()
    look(page, "year-to-focus-on")


def test_an_assistants_morning(page: Page) -> None:
    """Their own work first, and a pupil's passport in two steps from the first page."""
    sign_in(page, ASSISTANT)
    expect(page.get_by_role("heading", name="Your work")).to_be_visible()
    expect(page.get_by_role("heading", name="Where to focus")).to_be_hidden()
    look(page, "assistant")
    page.get_by_role("link", name="Damson").click()
    expect(page.get_by_role("heading", level=1, name="Pupils")).to_be_visible()
    look(page, "class")


def test_a_governors_evening(page: Page) -> None:
    """Numbers that open onto numbers; no pupil's name on the way."""
    sign_in(page, GOVERNOR)
    expect(page.get_by_role("heading", name=re.compile("^Consistency:"))).to_be_visible()
    expect(page.get_by_role("link", name="Pupils")).to_be_hidden()
    look(page, "governor")
    page.get_by_role("link", name="Paperwork in place").first.click()
    expect(page.get_by_text("Your role sees the number, not the pupils.")).to_be_visible()


def test_a_trust_leads_morning(page: Page) -> None:
    """Every school of the trust on one page, and from there into a school."""
    sign_in(page, LEAD)
    expect(page.get_by_role("heading", name="Schools", exact=True)).to_be_visible()
    look(page, "trust")
    page.get_by_role("button", name="Compare the schools").click()
    look(page, "compare")
    page.get_by_role("link", name="Home").first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Osier Brook")).first.click()
    expect(page.get_by_role("heading", name="Due", exact=True)).to_be_visible()
    look(page, "a-school")
    sign_out(page)
