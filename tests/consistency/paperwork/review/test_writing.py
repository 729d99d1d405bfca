"""The report on paper and in a spreadsheet, and the command line that asks for them."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pypdf
import pytest
import python_calamine
from rich.console import Console
from typer import Typer
from typer.testing import CliRunner

from pillars.config.cli.review import review as command
from pillars.config.cli.review import show
from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.review.report import ReviewReport
from pillars.consistency.paperwork.review.run import review, review_bytes
from pillars.consistency.paperwork.review.writing import printed, workbook
from pillars.consistency.paperwork.shipped import SHIPPED

EXAMPLES = Path(__file__).parents[4] / "examples" / "passports"
app = Typer()
app.command()(command)
runner = CliRunner()


@pytest.fixture
def report(passport: Definition) -> ReviewReport:
    files = [
        ("=cmd.txt", b"Name: =1+1 Invented\nStrengths: [bold] I sing & #draw.\nAttendance: 94%\n"),
        ("empty.txt", b""),
    ]
    return review_bytes(files, passport, today=date(2026, 11, 24))


def test_the_pdf_is_tagged_and_says_the_numbers(report: ReviewReport) -> None:
    made = pypdf.PdfReader(io.BytesIO(printed(report)))
    text = "\n".join(page.extract_text() for page in made.pages)
    assert "What 1 passport says" in text
    assert "=cmd.txt" in text
    assert "It is empty" in text
    assert made.trailer["/Root"]["/Lang"] == "en-GB"
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_review_of_nothing_readable_can_still_be_printed(passport: Definition) -> None:
    report = review_bytes([("empty.txt", b"")], passport, today=date(2026, 11, 24))
    assert printed(report).startswith(b"%PDF")
    console = Console(record=True, width=90, file=io.StringIO())
    show(report, console)
    assert "could not be read" in console.export_text()


def test_the_spreadsheet_has_each_file_and_finding(report: ReviewReport) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook(report)))
    assert book.sheet_names == [
        "Summary", "Files", "Findings", "Formats", "Not in the standard", "Could not be read",
    ]  # fmt: skip
    files = book.get_sheet_by_name("Files").to_python()
    assert files[1][0] == "=cmd.txt"
    assert files[1][4] == "=1+1 Invented"
    assert book.get_sheet_by_name("Not in the standard").to_python()[1][1:] == ["Attendance", "94%"]
    assert book.get_sheet_by_name("Could not be read").to_python()[1][0] == "empty.txt"


def test_the_command_prints_text_with_brackets_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "[a].txt").write_text("Name: Invented Child\nStrengths: I [really] sing.\n")
    result = runner.invoke(app, [str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "What 1 passport says" in result.stdout
    assert "[a].txt" in result.stdout


def test_the_command_writes_json_to_the_terminal_and_each_form_to_a_file(tmp_path: Path) -> None:
    files = tmp_path / "in"
    files.mkdir()
    (files / "a.txt").write_text("Name: Invented Child\n")
    result = runner.invoke(app, [str(files), "--format", "json", "--on", "2026-11-24"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["documents"][0]["file"] == "a.txt"
    for form, start in (("json", b"{"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("text", b"\n")):
        out = tmp_path / f"review.{form}"
        result = runner.invoke(app, [str(files), "--format", form, "--out", str(out)])
        assert result.exit_code == 0, result.output
        assert out.read_bytes().startswith(start)
        assert "Written to" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["{here}/gone"], "There is no file or folder"),
        (["{here}", "--standard", "nothing"], "There is no standard “nothing”"),
        (["{here}", "--standard", "{here}/bad.json"], "bad.json is not a standard"),
        (["{here}", "--format", "pdf"], "Add --out review.pdf"),
        (["{here}", "--out", "{here}/no/such/x"], "There is no folder"),
        (["{here}/a.txt", "--out", "{here}"], "could not be written"),
    ],
)
def test_bad_use_is_one_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.json").write_text("[]")
    (tmp_path / "a.txt").write_text("Name: Invented Child\n")
    result = runner.invoke(app, [part.format(here=tmp_path) for part in arguments])
    assert result.exit_code == 2
    assert sentence in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.output


def test_a_trusts_own_standard_can_be_given_as_a_file(tmp_path: Path, passport: Definition) -> None:
    (tmp_path / "own.json").write_text(json.dumps(passport.to_json()))
    (tmp_path / "a.txt").write_text("Name: Invented Child\n")
    result = runner.invoke(
        app,
        [str(tmp_path / "a.txt"), "--standard", str(tmp_path / "own.json"), "--format", "json"],
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["standard"] == "passport"


def test_the_examples_are_read_as_their_maker_wrote_them() -> None:
    """Formats, and which fields hold words, against the truth kept beside the files."""
    truth = json.loads((EXAMPLES / "truth.json").read_text(encoding="utf-8"))
    report = review([EXAMPLES], SHIPPED["pupil-passport"], today=date(2026, 11, 24))
    assert {one.file for one in report.documents} == set(truth["files"])
    assert {one.file for one in report.unreadable} == set(truth["unreadable"])
    made: dict[int, set[str]] = {}
    for file, known in truth["files"].items():
        made.setdefault(known["layout"], set()).add(file)
    assert {frozenset(files) for files in made.values()} == {
        frozenset(layout.files) for layout in report.layouts
    }
    right = wrong = missed = 0
    for document in report.documents:
        held = set(truth["files"][document.file]["fields"])
        seen = {key for key, found in document.fields.items() if found.present}
        right += len(held & seen)
        wrong += len(seen - held)
        missed += len(held - seen)
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"formats {len(report.layouts)}, precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.98
    assert recall >= 0.98
