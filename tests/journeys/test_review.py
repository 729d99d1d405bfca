"""A SENDCo brings in the passports her school has, reads the report, makes documents of them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.support.browser import look, sign_in

from pillars.config.paths import CHECKOUT

SENCO = "joanna.kettlewell@osierbrook.example"
URN = "999001"
PAPERWORK = f"/schools/{URN}/paperwork/"
PASSPORTS = CHECKOUT / "examples" / "passports"
UNREADABLE = ("Old passport 2009.doc", "Scanned passport.pdf")


def own_passports(folder: Path) -> tuple[Path, int]:
    """The school's sample passports as a zip, with two that cannot be read and one of nobody
    here; how many can be read."""
    truth = json.loads((PASSPORTS / "truth.json").read_text(encoding="utf-8"))
    names = sorted(name for name, held in truth["files"].items() if held["school"] == URN)
    path = folder / "passports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (*names, *UNREADABLE):
            archive.write(PASSPORTS / name, f"Passports 2026/{name}")
        archive.writestr("Passports 2026/Visitor.txt", "Name: Nobody Here (invented)\n")
    return path, len(names) + 1


def test_reviewing_a_folder_and_turning_it_into_documents(
    page: Page, worker: None, tmp_path: Path
) -> None:
    files, count = own_passports(tmp_path)
    sign_in(page, SENCO)
    page.goto(PAPERWORK)
    page.get_by_role("link", name="Review the files you already have").click()
    look(page, "bring")
    page.get_by_role("button", name="Review these files").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file")
    look(page, "no-file")
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_role("button", name="Review these files").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"What {count} passports say", timeout=60_000
    )
    look(page, "report")

    page.get_by_role("link", name="could not be read").click()
    expect(page.get_by_text("old Word file")).to_be_visible()
    look(page, "unreadable")
    page.get_by_role("link", name="Report", exact=True).click()
    page.get_by_role("link", name="have all that is required").click()
    look(page, "complete")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("heading", name="What it says")).to_be_visible()
    look(page, "file")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the original").click()
    assert waiting.value.suggested_filename.rsplit(".", 1)[-1] in {"docx", "pdf", "odt", "txt"}
    page.get_by_role("link", name="Report", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Report for the team (PDF)").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF")

    page.get_by_role("button", name="Turn these into documents").click()
    look(page, "pupils")
    ticked = page.locator("input[name=file]:checked").count()
    assert ticked > 5
    nobody = page.get_by_role("checkbox", name="Visitor.txt")
    expect(nobody).not_to_be_checked()
    nobody.check()
    page.get_by_role("button", name="Turn ticked files into documents").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "“Passports 2026/Visitor.txt”: Choose the pupil it is about"
    )
    look(page, "not-yet")
    nobody.uncheck()
    page.get_by_role("button", name="Turn ticked files into documents").click()
    expect(page.get_by_role("status").first).to_contain_text(f"Made {ticked} drafts")
    look(page, "documents")
