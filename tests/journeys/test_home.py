"""The first page of each person: what needs doing, for the one who looks."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in

SENCO = "joanna.kettlewell@osierbrook.example"


def test_the_sencos_morning(page: Page) -> None:
    sign_in(page, SENCO)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "senco")
