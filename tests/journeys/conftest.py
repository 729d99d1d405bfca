"""Journeys: a real browser on the real product, on a phone's width and a laptop's.

    from tests.journeys.support.browser import look, sign_in

    def test_reading_the_register(page):            # runs at 390 px and at 1280 px
        sign_in(page, "joanna.kettlewell@osierbrook.example")
        page.goto("/")
        look(page, "home")                          # picture, axe, nothing wider than the window

Each journey starts with the sample trust as bin/demo loads it. Ask for `worker` when a background
task has to run. Anything the browser reports as an error fails the journey.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.journeys.support import browser as journeys
from tests.journeys.support.chromium import find_chromium
from tests.journeys.support.product import Product, running_product

from pillars.config.paths import CHECKOUT

WIDTHS = {390: 844, 1280: 900}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = CHECKOUT / "tests" / "journeys"
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def served(worker_id: str) -> Iterator[Product]:
    """The web server of this test process, over a database of its own."""
    with running_product(f"{worker_id}_{os.getpid()}") as product:
        yield product


@pytest.fixture
def product(served: Product) -> Product:
    """The product with the sample trust as it was loaded."""
    served.renew()
    return served


@pytest.fixture
def worker(product: Product) -> Iterator[None]:
    """The real worker runs during this journey."""
    with product.working():
        yield


# For a module, not the session: while Playwright runs, no other test of this process may.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = find_chromium()
    assert found is not None, "Journeys need Chromium. Run bin/test, which finds or installs it."
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=sorted(WIDTHS), ids=lambda width: f"{width}px")
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(
    request: pytest.FixtureRequest, product: Product, chromium: Browser, width: int
) -> Iterator[Page]:
    """A fresh browser window of this width. What it reports as an error fails the journey."""
    context = chromium.new_context(
        base_url=product.address,
        viewport={"width": width, "height": WIDTHS[width]},
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
        accept_downloads=True,
    )
    context.set_default_timeout(15_000)
    expect.set_options(timeout=10_000)
    opened = context.new_page()
    name = request.node.originalname.removeprefix("test_")
    journey = journeys.Journey(name=name, width=width)
    journeys.follow(opened, journey)
    yield opened
    failed = getattr(request.node, "failed_call", False)
    if failed:
        journeys.shot(opened, "failed")
    context.close()
    assert not journey.faults, "\n".join(journey.faults)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.failed_call = report.failed  # type: ignore[attr-defined]
    return report
