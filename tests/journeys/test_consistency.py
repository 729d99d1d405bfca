"""From a number down to the pupil it counts, and across the schools of a trust."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in

SENCO = "joanna.kettlewell@osierbrook.example"
GOVERNOR = "peter.ravenscroft@osierbrook.example"
LEAD = "helena.merriweather@otterwater.example"


def test_from_the_consistency_page_down_to_a_pupil(page: Page) -> None:
    sign_in(page, SENCO)
    page.get_by_role("link", name="Consistency", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Consistency")).to_be_visible()
    look(page, "consistency")
    page.get_by_role("link", name="Paperwork complete").click()
    look(page, "complete")
    case = page.get_by_role("table").get_by_role("link", name=re.compile("Pupil Passport")).first
    pupil = case.inner_text().split(":")[0]
    case.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    surname, forename = pupil.split(", ")
    expect(page.get_by_role("main")).to_contain_text(forename)
    expect(page.get_by_role("main")).to_contain_text(surname)
    assert surname not in page.title()
    look(page, "what-counts-against-it")


def test_setting_a_target(page: Page) -> None:
    sign_in(page, SENCO)
    page.get_by_role("link", name="Consistency", exact=True).click()
    page.get_by_role("link", name="Paperwork complete").click()
    page.get_by_role("link", name="Change the target").click()
    box = page.get_by_role("main").get_by_role("textbox")
    box.fill("one hundred and forty")
    page.get_by_role("button", name="Set the target").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(box).to_have_value("one hundred and forty")
    look(page, "not-a-target")
    box.fill("70")
    page.get_by_role("button", name="Set the target").click()
    expect(page.get_by_text("The target of “Paperwork complete” is set.")).to_be_visible()
    look(page, "set")


def test_a_governor_reads_numbers_without_names(page: Page) -> None:
    sign_in(page, GOVERNOR)
    page.get_by_role("link", name="Consistency", exact=True).click()
    page.get_by_role("link", name="Paperwork in place").click()
    expect(page.get_by_text("Your role sees the number, not the pupils.")).to_be_visible()
    look(page, "governor")


def test_comparing_the_schools_of_a_trust(page: Page) -> None:
    sign_in(page, LEAD)
    page.get_by_role("link", name="Consistency", exact=True).click()
    look(page, "trust")
    page.get_by_role("link", name="Paperwork in place").click()
    expect(page.locator("[data-chart] svg")).to_be_visible()
    look(page, "compared")
    page.get_by_text("The figures").click()
    look(page, "figures")
    page.get_by_role("link", name=re.compile("Osier Brook")).first.click()
    expect(page.get_by_role("heading", level=1, name="Paperwork in place")).to_be_visible()
