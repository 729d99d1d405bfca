"""A SENDCo brings in a register with dirt in it, corrects what a column means, and reads it."""

import csv
import re
import socket
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in
from tests.journeys.support.product import Product

from pillars.config.paths import CHECKOUT
from pillars.people.register.upn import check_letter

SENCO = "joanna.kettlewell@osierbrook.example"
TEACHER = "sunita.mistry@osierbrook.example"
SCHOOL = "/schools/999001/"
SAMPLE = CHECKOUT / "examples" / "register" / "osier-brook-sims.csv"


def upn(serial: int) -> str:
    rest = f"855999126{900 + serial:03d}"
    return check_letter(rest) + rest


def dirty_register(folder: Path, *, headings: dict[str, str] | None = None) -> Path:
    """The sample register as exported a term later: changes, newcomers, mistakes. Invented."""
    with SAMPLE.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    head, pupils = lines[0], [line for line in lines[1:] if line[0]]
    changed = next(line for line in pupils if line[7] == "N")
    changed[7], changed[8], changed[10] = "K", "SLCN", "02/11/2026"
    gone = pupils.pop(40)
    assert gone
    born, form = "14/05/2021", ["Year 1", "Birch", "F"]
    rest = ["", "", "F", "F", "F", "F"]
    pupils += [
        [upn(1), "Newcombe", "Orla (invented)", born, *form, "SEN Support", "ASD", *rest],
        [upn(2), "Newcombe", "Finn (invented)", born, *form, "N", "", *rest],
        [upn(3), "Latecomer", "Ida (invented)", "14/05/2031", *form, "N", "", *rest],
        ["A855999126904", "Mistyped", "Jon (invented)", born, *form, "K", "MLD", *rest],
        [upn(5), "Unsure", "Pip (invented)", born, *form, "S", "", *rest],
        ["", "Total", str(len(pupils)), "", *[""] * 11],
    ]
    path = folder / "autumn-export.csv"
    with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([(headings or {}).get(name, name) for name in head])
        writer.writerows(pupils)
    return path


def test_importing_a_register_with_dirt(page: Page, tmp_path: Path) -> None:
    sign_in(page, SENCO)
    page.goto(f"{SCHOOL}pupils/")
    look(page, "pupils")
    page.get_by_role("button", name="Bring in the register").click()
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the file your MIS exported.")
    look(page, "no-file")
    page.get_by_label("Register file").set_input_files(dirty_register(tmp_path))
    page.get_by_role("button", name="Show what it would do").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What this file would do")
    look(page, "preview")
    page.get_by_role("link", name=re.compile("changed")).first.click()
    expect(page.get_by_text("SEN status: No SEN support to SEN support")).to_be_visible()
    look(page, "changed")
    page.get_by_role("link", name="What this file would do").click()
    page.get_by_role("link", name=re.compile("cannot be taken")).click()
    expect(page.get_by_text("is in the future").first).to_be_visible()
    expect(page.get_by_text("first letter does not fit").first).to_be_visible()
    look(page, "problems")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Spreadsheet of these rows")).click()
    assert download.value.suggested_filename == "rows-not-taken.xlsx"
    page.get_by_role("link", name="What this file would do").click()
    page.get_by_role("button", name="Bring in the register").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The register was brought in")
    look(page, "done")
    page.get_by_role("button", name="See the pupils").click()
    page.get_by_label("Name or UPN").fill("Newcombe")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("2 pupils")).to_be_visible()
    look(page, "found")
    page.get_by_role("link", name=re.compile("Newcombe, Orla")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Newcombe")
    look(page, "pupil")
    assert "Newcombe" not in page.title()
    assert "Newcombe" not in page.url


def test_correcting_a_mapping(page: Page, tmp_path: Path) -> None:
    odd = {"UPN": "Ident", "Legal Forename": "Called", "Reg Group": "Group"}
    file = dirty_register(tmp_path, headings=odd)
    sign_in(page, SENCO)
    page.goto(f"{SCHOOL}register/imports/")
    page.get_by_label("Register file").set_input_files(file)
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("No column holds the pupils’ names")).to_be_visible()
    expect(page.get_by_role("button", name="Bring in the register")).to_be_disabled()
    look(page, "unknown-columns")
    page.get_by_label("Ident", exact=True).select_option("upn")
    page.get_by_label("Called", exact=True).select_option("surname")
    page.get_by_role("button", name="Use these columns").click()
    expect(page.get_by_role("alert").first).to_contain_text("Two columns are “Surname”")
    look(page, "chosen-twice")
    page.get_by_label("Called", exact=True).select_option("forename")
    page.get_by_label("Group", exact=True).select_option("class_group")
    page.get_by_role("button", name="Use these columns").click()
    expect(page.get_by_text("will be remembered")).to_be_visible()
    expect(page.get_by_role("button", name="Bring in the register")).to_be_enabled()
    look(page, "corrected")

    # The next file needs no correction.
    page.goto(f"{SCHOOL}register/imports/")
    page.get_by_label("Register file").set_input_files(file)
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_role("button", name="Bring in the register")).to_be_enabled()


def test_changing_a_pupils_status(page: Page) -> None:
    sign_in(page, SENCO)
    page.goto(f"{SCHOOL}pupils/?status=K")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_role("link", name="Change the SEN status").click()
    page.get_by_label("EHC plan").check()
    page.get_by_label("From").fill("1 January 2031")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("in the future")
    look(page, "future")
    page.get_by_label("From").fill("23/11/2026")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("cell", name="23 November 2026").first).to_be_visible()
    look(page, "history")
    page.get_by_role("link", name="Add a type of need").click()
    look(page, "need")


def test_a_teacher_reads_but_does_not_change(page: Page) -> None:
    sign_in(page, TEACHER)
    page.goto(f"{SCHOOL}pupils/")
    expect(page.get_by_role("button", name="Bring in the register")).to_have_count(0)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_role("link", name="Change the SEN status")).to_have_count(0)
    look(page, "read-only")
    response = page.goto(f"{SCHOOL}register/imports/")
    assert response is not None
    assert response.status == 403


def test_a_connection_lost_mid_upload(page: Page, product: Product) -> None:
    sign_in(page, SENCO)
    page.goto(f"{SCHOOL}register/imports/")
    before = page.get_by_role("table").get_by_role("row").count()
    token = page.locator("main input[name=csrfmiddlewaretoken]").first.input_value()
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    port = int(product.address.rpartition(":")[2])
    start = (
        f'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="file"; filename="r.csv"\r\n\r\n'
        "UPN,Surname,Forename,DOB\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(
            f"POST {SCHOOL}register/imports/ HTTP/1.1\r\nHost: localhost:{port}\r\n"
            f"Origin: {product.address}\r\nCookie: {cookies}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n"
            f"Content-Length: {len(start) + 500_000}\r\n\r\n".encode()
            + start
            + b"A1,Half a row"
        )
    page.reload()
    assert page.get_by_role("table").get_by_role("row").count() == before
    expect(page.get_by_text("r.csv", exact=True)).to_have_count(0)
