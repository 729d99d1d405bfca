"""What a journey does in the browser beyond clicking: signs in, looks, and listens for faults."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request

from pillars.config.paths import CHECKOUT
from pillars.config.sample.described import described

SCREENSHOTS = CHECKOUT / "build" / "screenshots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The browser reports a page's own 403, 404 or 422 as an error; a journey asserts those itself.
ANSWERED = re.compile(r"the server responded with a status of (403|404|409|410|422) ")


@dataclass
class Journey:
    """One journey at one width: its folder of screenshots, and every fault the browser reported."""

    name: str
    width: int
    faults: list[str] = field(default_factory=list)
    shots: int = 0

    @property
    def folder(self) -> Path:
        """build/screenshots/<journey>/<width>/"""
        return SCREENSHOTS / self.name / str(self.width)

    def hear(self, message: ConsoleMessage) -> None:
        """A page's error or broken Content-Security-Policy is a fault; a plain 404 is not."""
        own_asset = "/static/" in (message.location or {}).get("url", "")
        if message.type == "error" and (own_asset or not ANSWERED.search(message.text)):
            self.faults.append(f"console: {message.text}")

    def fail(self, error: Error) -> None:
        """A script that threw."""
        self.faults.append(f"script: {error.message}")

    def leave(self, request: Request) -> None:
        """Everything comes from the product itself, or from nowhere."""
        own = r"(http://localhost[:/]|data:|blob:|about:|chrome:|chrome-extension:)"  # PDF viewer
        if not re.match(own, request.url):
            self.faults.append(f"asked another server: {request.url}")


_journeys: WeakKeyDictionary[Page, Journey] = WeakKeyDictionary()


def follow(page: Page, journey: Journey) -> None:
    """Begin to listen, and forget the pictures of an earlier run."""
    shutil.rmtree(journey.folder, ignore_errors=True)
    _journeys[page] = journey
    page.on("console", journey.hear)
    page.on("pageerror", journey.fail)
    page.on("request", journey.leave)


def shot(page: Page, name: str) -> Path:
    """A picture of the whole page as it is, numbered in the order of the journey."""
    journey = _journeys[page]
    journey.shots += 1
    journey.folder.mkdir(parents=True, exist_ok=True)
    file = journey.folder / f"{journey.shots:02d}-{name}.png"
    page.screenshot(path=file, full_page=True, animations="disabled")
    return file


def axe(page: Page) -> None:
    """No accessibility rule of WCAG 2.2 AA or good practice is broken on this page as it is."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES})
    told = [
        f"{broken['id']}: {broken['help']}\n"
        + "\n".join(f"    {node['html'][:300]}" for node in broken["nodes"][:5])
        for broken in found.response["violations"]
    ]
    assert not told, f"axe on {page.url}:\n" + "\n".join(told)


def fits(page: Page) -> None:
    """Nothing is wider than the window: one scrolls down, never sideways."""
    over = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert over <= 0, f"{page.url} is {over} px wider than the window"


def look(page: Page, name: str) -> Path:
    """Picture first, so that a failure leaves something to see; then axe, then the width."""
    file = shot(page, name)
    axe(page)
    fits(page)
    return file


def sign_in(page: Page, email: str, password: str | None = None) -> None:
    """Sign in through the sign-in page, as this sample person, and arrive at the first page."""
    page.goto("/account/login/")
    page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill(email)
    page.locator("input[type=password]").fill(password or described()["password"])
    page.get_by_role("button", name=re.compile("^sign in$|^continue$", re.IGNORECASE)).click()
    page.wait_for_url(re.compile(r"^(?!.*/account/login/)"))


def sign_out(page: Page) -> None:
    """Forget who is signed in, as a closed browser would."""
    page.context.clear_cookies()
