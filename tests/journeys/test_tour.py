"""The tour of the README, step by step. With PILLARS_TOUR=1 it also takes the README's pictures."""

import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in

from pillars.config.paths import CHECKOUT

IMAGES = CHECKOUT / "docs" / "images"
PASSPORTS = CHECKOUT / "examples" / "passports"
SCHOOL = "/schools/999001"


def picture(page: Page, name: str) -> None:
    """One window of the page for the README: few colours, so that the file is small."""
    if os.environ.get("PILLARS_TOUR") != "1" or page.viewport_size != {
        "width": 1280,
        "height": 900,
    }:
        return
    IMAGES.mkdir(exist_ok=True)
    file: Path = IMAGES / f"{name}.png"
    page.screenshot(path=file, animations="disabled")
    with Image.open(file) as taken:
        taken.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)


def go(page: Page, room: str) -> None:
    """Through the rooms at the top of every page."""
    page.get_by_role("navigation", name="Rooms").get_by_role("link", name=room).click()


def test_tour_of_a_review(page: Page, worker: None) -> None:
    """Step 3: every sample file at once, the four that cannot be read among them."""
    files = sorted(file for file in PASSPORTS.iterdir() if file.suffix != ".json")
    sign_in(page, "joanna.kettlewell@osierbrook.example")
    page.goto(f"{SCHOOL}/paperwork/")
    page.get_by_role("link", name="Review the files you already have").click()
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_role("button", name="Review these files").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"What {len(files) - 4} passports say", timeout=120_000
    )
    look(page, "review")
    picture(page, "review")


def test_tour_of_a_senco(page: Page) -> None:
    sign_in(page, "joanna.kettlewell@osierbrook.example")
    page.goto(f"{SCHOOL}/")
    expect(page.get_by_text("47 pupils on the register")).to_be_visible()
    look(page, "home")
    picture(page, "home")

    go(page, "Pupils")
    look(page, "register")
    picture(page, "register")
    page.locator("main tbody a").first.click()
    look(page, "pupil")

    go(page, "Paperwork")
    look(page, "paperwork")
    page.get_by_role("link", name="Smallbone, Alma").click()
    look(page, "draft")
    address = page.get_by_role("link", name="Print", exact=True).get_attribute("href")
    assert address is not None
    assert page.context.request.get(address).body().startswith(b"%PDF-1.7")

    page.get_by_role("button", name="Write").click()
    page.get_by_label("What to avoid").fill("Red pen. I like support as needed.")
    expect(page.get_by_text("is vague")).to_be_visible()
    look(page, "writing")
    picture(page, "document")
    page.get_by_label("What to avoid").fill("Red pen on every spelling makes me want to hide.")
    expect(page.get_by_text("is vague")).to_be_hidden()
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Agreed", exact=True)).to_be_visible()
    look(page, "agreed")

    go(page, "Consistency")
    expect(page.get_by_text("23 of 47")).to_be_visible()
    look(page, "consistency")
    picture(page, "consistency")
    page.get_by_role("link", name="Paperwork in place").click()
    look(page, "in-place")


def test_tour_of_a_trust_lead(page: Page) -> None:
    sign_in(page, "helena.merriweather@otterwater.example")
    look(page, "home")
    go(page, "Consistency")
    look(page, "indicators")
    page.get_by_role("link", name="Paperwork in place").first.click()
    expect(page.get_by_role("rowheader", name="Reedmace School").first).to_be_visible()
    look(page, "compare")
    picture(page, "compare")


def test_tour_of_a_teacher(page: Page) -> None:
    sign_in(page, "daniel.oakshott@osierbrook.example")
    look(page, "home")
    answer = page.goto("/schools/999002/pupils/")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
