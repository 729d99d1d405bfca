"""The harness itself: the page that everybody meets first."""

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in


def test_signing_in(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(f"{page.url.split('/account')[0]}/account/login/?next=/")
    look(page, "sign-in")
    sign_in(page, "joanna.kettlewell@osierbrook.example")
    look(page, "home")
