"""Standards: the trust takes one up, changes it, publishes version 2, and schools follow."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in, sign_out

TRUST_LEAD = "helena.merriweather@otterwater.example"
SENCO = "joanna.kettlewell@osierbrook.example"
SCHOOL = "/schools/999001"


def _to_trust_standards(page: Page) -> None:
    sign_in(page, TRUST_LEAD)
    page.goto("/")
    page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Standards").click()
    expect(page.get_by_role("heading", level=1, name="Standards")).to_be_visible()


def test_publishing_the_next_version_of_a_standard(page: Page) -> None:
    _to_trust_standards(page)
    look(page, "standards")
    page.get_by_role("link", name="Pupil Passport").first.click()
    look(page, "standard")
    own = page.get_by_role("button", name="Make it our own")
    if own.is_visible():
        own.click()
    page.get_by_role("button", name=re.compile("Write the next version|Go on")).click()
    look(page, "draft")

    # A field to require, by keyboard alone.
    require = page.get_by_role("button", name="Require What I want to do")
    require.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("is now required")).first).to_be_visible()

    page.get_by_role("link", name="Add a field to How to support me").click()
    look(page, "new-field")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look(page, "new-field-refused")
    page.get_by_label("Title", exact=True).first.fill("What calms me")
    page.get_by_label("What to write").fill("Things, places and people that help me settle.")
    page.get_by_label("What good looks like").fill("Five minutes in the library with a map book.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="What calms me")).to_be_visible()
    page.get_by_role("button", name="Move up What calms me").click()
    expect(page).to_have_url(re.compile("#field-what_calms_me"))
    expect(page.get_by_text("New field: “What calms me”, required.")).to_be_visible()

    page.get_by_role("link", name="Not too few, not too many strategies").click()
    look(page, "check")
    page.get_by_label("At most this many").fill("5")
    page.get_by_role("button", name="Save").click()
    look(page, "draft-changed")

    page.get_by_role("link", name="Preview").click()
    look(page, "preview")
    page.get_by_role("link", name="The draft").click()
    page.get_by_role("button", name="Publish").click()
    look(page, "publish")
    page.get_by_role("button", name=re.compile("Publish version")).click()
    expect(page.get_by_text(re.compile(r"Version \d+ is published"))).to_be_visible()
    look(page, "published")
    page.get_by_role("link", name="Compare versions").click()
    expect(page.get_by_text("New field: “What calms me”, required.").first).to_be_visible()
    look(page, "versions")

    # The school follows: it reads the new version and cannot change it by itself.
    sign_out(page)
    sign_in(page, SENCO)
    page.goto(f"{SCHOOL}/standards/")
    look(page, "school-standards")
    page.get_by_role("link", name="Pupil Passport").first.click()
    expect(page.get_by_role("heading", name="What calms me")).to_be_visible()
    expect(page.get_by_text("publishes the standards for its schools")).to_be_visible()

    # Its documents are behind, and are brought up in one step.
    page.goto(f"{SCHOOL}/paperwork/?attention=behind")
    look(page, "behind")
    page.get_by_label("Select all shown").check(force=True)
    page.get_by_role("button", name="Bring ticked up to the newest version").click()
    expect(
        page.get_by_text(re.compile("brought up|newest version", re.IGNORECASE)).first
    ).to_be_visible()
    look(page, "brought-up")


def test_writing_a_standard_from_nothing(page: Page) -> None:
    _to_trust_standards(page)
    page.get_by_role("button", name="New standard").click()
    look(page, "new-standard")
    page.get_by_label("Title").fill("Record of concern")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Add a section").click()
    page.get_by_label("Title of the section").fill("What we see")
    page.get_by_label("Its first field").fill("Areas of need")
    look(page, "new-section")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Areas of need").click()
    page.get_by_label("What it holds").first.select_option("many_choice")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("needs at least two choices").first).to_be_visible()
    page.get_by_label("Choices").first.fill("Communication\nLearning\nFeelings\nSenses and body")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Any of several choices")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Publish version 1").click()
    expect(page.get_by_text("Version 1 is published")).to_be_visible()
    page.get_by_role("link", name="Standards", exact=True).last.click()
    page.get_by_role("link", name="Say which documents are required").click()
    look(page, "required")
    group = page.get_by_role("group", name="Record of concern")
    group.get_by_label("Pupils with SEN support", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved which documents are required.")).to_be_visible()
