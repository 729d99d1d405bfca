"""Every part of the house's look in every state: as it is seen, heard and used by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import axe, fits, look, sign_in

EMAIL = "joanna.kettlewell@osierbrook.example"


def test_gallery(page: Page) -> None:
    sign_in(page, EMAIL)
    page.goto("/gallery/")
    expect(page.locator("[data-chart] svg").first).to_be_visible()
    look(page, "gallery")
    for summary in page.locator("main summary:visible").all():
        summary.click()
    axe(page)
    fits(page)


def test_gallery_by_keyboard(page: Page) -> None:
    sign_in(page, EMAIL)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    look(page, "skip-link")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.goto("/gallery/")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label("Select all shown").check()
    expect(page.get_by_label("Select Maya (invented)")).to_be_checked()
    expect(page.get_by_role("button", name="Agree").first).to_be_disabled()


def test_gallery_at_twice_the_size(page: Page, width: int) -> None:
    """At 200 % zoom a laptop's window is 640 px wide and a phone's 195 px; nothing is lost."""
    sign_in(page, EMAIL)
    page.set_viewport_size({"width": max(320, width // 2), "height": 600})
    page.goto("/gallery/")
    expect(page.locator("[data-chart] svg").first).to_be_visible()
    fits(page)
