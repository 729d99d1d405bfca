"""A passport from empty to printed; two people writing at once; last year's passport renewed."""

import re

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, shot, sign_in
from tests.journeys.support.product import Product

SENCO = "joanna.kettlewell@osierbrook.example"
TEACHER = "sunita.mistry@osierbrook.example"
PAPERWORK = "/schools/999001/paperwork/"
ANSWERS = {
    "What people like and admire about me": "I am kind and I know every bird on the pond.",
    "What is important to me": "I like my place by the window. I like my dog Biscuit.",
    "What I find difficult": "When lots of people talk I cannot hear my teacher.",
    "How best to support me": (
        "My teacher gives me one step at a time on a whiteboard, in every lesson.\n"
        "Before a change, Mrs Fettle shows me the now-and-next card for two minutes.\n"
        "After lunch Miss Okoro walks me round the field for five minutes."
    ),
    "What to avoid": "Do not put my name on the board. Do not ask me to read aloud.",
    "Tests and exams": "I have a small room and 25 % extra time, since March 2026.",
    "What my parents or carers say": "On 6 November 2026 my mum said that mornings are calmer.",
    "Who made this": "The pupil\nMum\nMs Mistry, class teacher",
}


def open_new_draft(page: Page) -> str:
    """Make a passport for the first pupil who has none; the address of the page to write on."""
    page.goto(PAPERWORK)
    page.get_by_role("button", name="Make documents").click()
    page.get_by_role("checkbox", name=re.compile("^Select (?!all)")).first.check()
    page.get_by_role("button", name="Make for ticked pupils").click()
    expect(page.get_by_text("Made 1 draft.")).to_be_visible()
    return page.url


def fill_in(page: Page) -> None:
    """Write what a passport needs, as the pupil and the people around them say it."""
    for label, text in ANSWERS.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Review by", exact=True).fill("1 March 2027")


def test_writing_checking_agreeing_and_printing_a_passport(page: Page) -> None:
    sign_in(page, SENCO)
    page.goto(PAPERWORK)
    look(page, "list")
    page.get_by_role("button", name="Make documents").click()
    look(page, "make")
    open_new_draft(page)
    look(page, "empty")
    expect(page.get_by_role("button", name="Agree")).to_be_disabled()

    fill_in(page)
    expect(page.get_by_text(re.compile(r"^Saved at \d\d:\d\d$"))).to_be_visible()
    expect(page.get_by_role("button", name="Agree")).to_be_enabled()
    page.get_by_label("What to avoid", exact=True).fill("Regular sensory breaks as appropriate.")
    expect(page.get_by_text("is vague").first).to_be_visible()
    look(page, "vague")
    page.get_by_label("What to avoid", exact=True).fill("")
    expect(page.get_by_text("You can agree it when this is put right")).to_be_visible()
    look(page, "not-yet")
    page.get_by_label("What to avoid", exact=True).fill(ANSWERS["What to avoid"])
    expect(page.get_by_role("button", name="Agree")).to_be_enabled()
    page.get_by_role("button", name="Agree").click()

    expect(page.get_by_text("Agreed. Print it")).to_be_visible()
    look(page, "agreed")
    printed = page.request.get(page.url + "pdf/")
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF")
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="Written")).to_be_visible()
    look(page, "history")
    page.goto(PAPERWORK + "print/")
    look(page, "print")


def test_two_people_writing_at_once(page: Page, product: Product, width: int) -> None:
    sign_in(page, SENCO)
    address = open_new_draft(page)
    browser = page.context.browser
    assert browser is not None
    other = browser.new_context(base_url=product.address, viewport={"width": width, "height": 900})
    try:
        teacher = other.new_page()
        sign_in(teacher, TEACHER)
        teacher.goto(address)
        teacher.get_by_label("What to avoid", exact=True).fill("Bells, says her teacher.")
        expect(teacher.get_by_text(re.compile(r"^Saved at"))).to_be_visible()
    finally:
        other.close()

    page.get_by_label("What to avoid", exact=True).fill("Crowds, says her SENCo.")
    expect(page.get_by_role("heading", name="Choose what to keep")).to_be_visible()
    expect(page.get_by_text("Bells, says her teacher.")).to_be_visible()
    expect(page.get_by_text("Crowds, says her SENCo.")).to_be_visible()
    look(page, "choose")
    page.get_by_label("Keep both").check()
    page.get_by_role("button", name="Save and go on writing").click()
    expect(page.get_by_label("What to avoid", exact=True)).to_have_value(
        "Bells, says her teacher.\nCrowds, says her SENCo."
    )
    shot(page, "both-kept")


def test_renewing_a_passport(page: Page) -> None:
    sign_in(page, SENCO)
    open_new_draft(page)
    fill_in(page)
    expect(page.get_by_role("button", name="Agree")).to_be_enabled()
    page.get_by_role("button", name="Agree").click()
    agreed = page.url

    page.get_by_role("button", name="Review", exact=True).click()
    page.get_by_label("Next review date").fill("1/1/2020")
    page.get_by_role("button", name="It is still right").click()
    expect(page.get_by_text("has to be after today").first).to_be_visible()
    look(page, "review")
    page.goto(agreed)
    page.get_by_role("button", name="Renew").click()
    expect(page.get_by_text("A new draft holds the last answers")).to_be_visible()
    expect(page.get_by_label("What to avoid", exact=True)).to_have_value(ANSWERS["What to avoid"])
    look(page, "renewed")
    page.get_by_label("Review by", exact=True).fill("1 May 2027")
    expect(page.get_by_role("button", name="Agree")).to_be_enabled()
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Agreed. Print it")).to_be_visible()
    page.goto(agreed)
    expect(page.get_by_text("Archived", exact=True).first).to_be_visible()
    page.get_by_role("link", name="Paperwork", exact=True).last.click()
    look(page, "list-after")
    page.goto(agreed + "people/")
    look(page, "people")


def test_writing_a_support_plan(page: Page) -> None:
    sign_in(page, SENCO)
    page.goto(PAPERWORK + "make/?standard=support-plan")
    page.get_by_role("checkbox", name=re.compile("^Select (?!all)")).first.check()
    page.get_by_role("button", name="Make for ticked pupils").click()
    outcomes = page.get_by_role("group", name=re.compile("^Outcomes|outcomes$")).first
    outcomes.get_by_role("textbox").first.fill("I ask for the next step in three lessons a week.")
    expect(page.get_by_text(re.compile(r"^Saved at"))).to_be_visible()
    look(page, "plan")
    page.get_by_role("button", name="Add a row").first.click()
    expect(outcomes.get_by_role("textbox").first).to_have_value(
        "I ask for the next step in three lessons a week."
    )
    look(page, "more-rows")
    page.get_by_role("button", name="Save and close").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    look(page, "read")
