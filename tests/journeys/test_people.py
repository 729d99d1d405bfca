"""People: sign in with a code from a phone, invite a colleague, be kept out of another school."""

from __future__ import annotations

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in, sign_out
from tests.journeys.support.product import Product

from pillars.config.sample.described import OPERATOR, described

SENCO = "joanna.kettlewell@osierbrook.example"
ASSISTANT = "lorna.fettle@osierbrook.example"
TRUST_LEAD = "helena.merriweather@otterwater.example"
LONE_SENCO = "fiona.leadbetter@tarnbeck.example"
PASSWORD = "heron-on-the-weir-41"
SCHOOL, OTHER = "/schools/999001", "/schools/999004"


def _code(secret: str, *, later: int = 0) -> str:
    """What an authenticator app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def test_signing_in_with_a_code_from_a_phone(page: Page) -> None:
    sign_in(page, SENCO)
    page.goto("/account/me/")
    look(page, "account")
    page.get_by_role("link", name="Turn on").click()
    look(page, "two-step-off")
    page.get_by_role("button", name="Turn it on").click()
    if page.get_by_role("heading", name="Confirm it is you").is_visible():
        page.locator("input[type=password]").fill(described()["password"])
        page.get_by_role("button", name="Confirm").click()
    look(page, "two-step-picture")
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("code").fill("000000")
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("code").fill(_code(secret))
    page.get_by_role("button", name="Turn on").click()
    page.wait_for_url(re.compile("recovery-codes"))
    look(page, "recovery-codes")

    sign_out(page)
    sign_in(page, SENCO)
    expect(page.get_by_role("heading", name="Two-step verification")).to_be_visible()
    look(page, "two-step-asked")
    page.get_by_label("code").fill("123456")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look(page, "two-step-wrong")
    page.goto(f"{SCHOOL}/staff/")
    expect(page).to_have_url(re.compile("/account/"))
    page.goto("/account/2fa/authenticate/")
    # The next code of the phone: the one shown when it was turned on has been used.
    page.get_by_label("code").fill(_code(secret, later=1))
    page.get_by_role("button", name="Continue").click()
    page.goto(f"{SCHOOL}/staff/")
    expect(page.get_by_role("heading", name="Staff")).to_be_visible()


def test_inviting_a_colleague_who_joins(page: Page) -> None:
    sign_in(page, SENCO)
    page.goto(f"{SCHOOL}/staff/")
    look(page, "staff")
    page.get_by_role("button", name="Invite somebody").click()
    look(page, "invite")
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look(page, "invite-errors")
    page.get_by_role("textbox", name="Name", exact=True).fill("Rosa Larkham (invented)")
    page.get_by_label("E-mail address").fill("rosa.larkham@osierbrook.example")
    page.get_by_role("radio", name="Teaching assistant").check()
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_role("heading", name="The link")).to_be_visible()
    look(page, "invitation-to-print")
    link = page.get_by_text(re.compile(r"http://localhost.*/join/")).first.inner_text()
    code = page.locator("code").inner_text()

    sign_out(page)
    page.goto("/join/")
    look(page, "join-with-a-code")
    page.get_by_label("Code on your invitation").fill(code)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Your invitation")).to_be_visible()
    look(page, "invitation-offered")
    page.get_by_label("Choose a password").fill("short")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    look(page, "password-too-short")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("You have joined")).to_be_visible()
    look(page, "joined")

    sign_out(page)
    page.goto(link)
    expect(page.get_by_text("This invitation has been used")).to_be_visible()
    look(page, "used-link")
    sign_in(page, SENCO)
    page.goto(f"{SCHOOL}/staff/")
    page.get_by_role("link", name="Change the role of Rosa Larkham (invented)").click()
    look(page, "change-a-role")
    page.get_by_role("button", name="End access now").click()
    expect(page.get_by_text("no longer has this role")).to_be_visible()
    sign_out(page)
    sign_in(page, "rosa.larkham@osierbrook.example", PASSWORD)
    page.goto(f"{SCHOOL}/calendar/")
    expect(
        page.get_by_role("heading", name=re.compile("not (here|found)|no such", re.I))
    ).to_be_visible()


def test_being_refused_another_schools_pupil(page: Page) -> None:
    sign_in(page, LONE_SENCO)
    page.goto(f"{OTHER}/pupils/")
    own = page.locator(f'a[href^="{OTHER}/pupils/"]')
    path = next(
        href
        for href in (link.get_attribute("href") for link in own.all())
        if href and re.search(r"/pupils/\d+/$", href)
    )
    assert page.goto(path).status == 200  # type: ignore[union-attr]
    page.goto(path.replace("/pupils/", "/history/pupil/"))
    expect(page.get_by_text("Pupil added")).to_be_visible()
    look(page, "pupil-history")
    sign_out(page)
    sign_in(page, SENCO)
    for address in (path, path.replace(OTHER, SCHOOL), f"{OTHER}/staff/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404, address
    look(page, "not-found")
    sign_out(page)
    sign_in(page, ASSISTANT)
    answer = page.goto(f"{SCHOOL}/trail/")
    assert answer is not None
    assert answer.status == 403
    look(page, "not-allowed")


def test_running_the_trusts_schools_and_the_calendar(page: Page) -> None:
    sign_in(page, LONE_SENCO)
    page.goto(f"{OTHER}/trust/")
    page.get_by_label("Trust").select_option(label=described()["trust"]["name"])
    look(page, "ask-to-join")
    page.get_by_role("button", name="Ask the trust").click()
    expect(page.get_by_text("has not answered yet")).to_be_visible()
    page.goto(f"{OTHER}/calendar/")
    look(page, "calendar")
    page.get_by_role("button", name="Bring in a calendar file").click()
    text = "What,Name,First day,Last day\nINSET,Moderation,05/02/2027,\nFair,Summer,1/7/2027,\n"
    page.get_by_label("Calendar file").set_input_files(
        {"name": "days.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    look(page, "calendar-upload")
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_text("Row 3:")).to_be_visible()
    look(page, "calendar-file")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("rowheader", name="5 February 2027")).to_be_visible()
    sign_out(page)

    sign_in(page, TRUST_LEAD)
    page.goto("/roles/")
    look(page, "roles")
    trust = page.locator('a[href^="/trusts/"]').first.get_attribute("href") or ""
    page.goto(re.sub(r"(/trusts/\d+/).*", r"\1schools/", trust))
    look(page, "trust")
    page.get_by_role("button", name="Say yes").click()
    expect(page.get_by_text("You said yes to")).to_be_visible()
    page.goto(f"{OTHER}/trail/")
    look(page, "trail")
    page.get_by_role("link", name="Apply calendar").first.click()
    look(page, "trail-act")
    page.get_by_role("link", name=re.compile("^History of")).first.click()
    look(page, "history")


def test_bringing_in_schools_as_the_operator(page: Page, product: Product) -> None:
    sign_in(page, OPERATOR[0])
    page.goto("/directory/")
    look(page, "directory")
    page.get_by_role("button", name="Bring in a file from GIAS").click()
    text = "URN,EstablishmentName,LA (name)\n999601,Fresh School (invented),Leicester\nx,Bad,\n"
    page.get_by_label("File from GIAS").set_input_files(
        {"name": "gias.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Look at the file").click()
    look(page, "directory-file")
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("link", name="Schools and trusts", exact=True).click()
    page.get_by_label("Name, URN or trust number").fill("Fresh")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Fresh School (invented)").click()
    look(page, "open-a-door")
    page.get_by_role("textbox", name="Name", exact=True).fill("Hope Garside (invented)")
    page.get_by_label("E-mail address").fill("hope.garside@fresh.example")
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_role("heading", name="The door is open")).to_be_visible()
    look(page, "door-open")
    assert "hope.garside@fresh.example" in product.log.read_text()


def test_every_other_page_of_people_and_accounts(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_role("link", name="I forgot my password").click()
    look(page, "forgotten-password")
    page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill(SENCO)
    page.get_by_role("button", name="Send me the link").click()
    look(page, "forgotten-password-sent")
    page.goto("/join/s1-aaaa-bbbb/")
    look(page, "unknown-code")
    sign_in(page, SENCO)
    for name, address in (
        ("change-password", "/account/password/change/"),
        ("term", f"{SCHOOL}/calendar/terms/new/"),
        ("day-without-pupils", f"{SCHOOL}/calendar/days/new/"),
    ):
        page.goto(address)
        look(page, name)
    sign_out(page)
    sign_in(page, TRUST_LEAD)
    trust = page.locator('a[href^="/trusts/"]').first.get_attribute("href") or ""
    page.goto(re.sub(r"(/trusts/\d+/).*", r"\1staff/", trust))
    look(page, "trust-staff")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Ada Quill (invented)")
    page.get_by_label("E-mail address").fill("ada.quill@audit.example")
    page.get_by_role("radio", name="Auditor").check()
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_text("Give the last day of the audit").first).to_be_visible()
    look(page, "auditor-without-a-last-day")
