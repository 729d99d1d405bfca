"""A whole review: of folders, zips and files, the same whatever their order or the processes."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.review.run import review, review_bytes
from pillars.consistency.paperwork.review.sources import NothingToReview, find_sources
from pillars.consistency.paperwork.review.writing import as_json, heading, letter

TODAY = date(2026, 11, 24)
GOOD = (
    "Name: Invented Child\nClass: Year 4\nStrengths: I sing.\nWhat is important to me: My cat.\n"
    "What I find difficult: Noise.\nHow best to support me: Tell me first, before a change.\n"
    "What to avoid: Shouting.\nOwner: Ms Invented\nReview date: 1 May 2027\n"
)
WEAK = "Name: Other Invented\nStrengths: N/A\nReview date: 1 May 2020\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "passports"
    (here / "year 4").mkdir(parents=True)
    (here / "year 4" / "good.txt").write_text(GOOD)
    (here / "weak.txt").write_text(WEAK)
    (here / "old.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    (here / "~$lock.docx").write_bytes(b"litter")
    (here / "truth.json").write_text("{}")
    return here


def test_a_folder_is_reviewed_file_by_file(folder: Path, passport: Definition) -> None:
    told: list[tuple[int, int]] = []
    report = review(
        [folder], passport, today=TODAY, progress=lambda done, of: told.append((done, of))
    )
    assert [one.file for one in report.documents] == ["weak.txt", "year 4/good.txt"]
    assert [one.file for one in report.unreadable] == ["old.doc"]
    assert told == [(1, 3), (2, 3), (3, 3)]
    weak, good = report.documents
    assert good.missing == ()
    assert weak.missing == (
        "about_me", "important_to_me", "needs", "strategies", "avoid", "owner",
    )  # fmt: skip
    assert weak.answers["review_date"] == "2020-05-01"
    assert report.complete == ("year 4/good.txt",)
    assert report.overdue == ("weak.txt",)
    assert report.document("weak.txt") is weak
    assert report.document("gone.txt") is None
    counts = {count.key: (count.present, count.of, count.missing) for count in report.fields}
    assert counts["about_me"] == (1, 2, ("weak.txt",))
    assert report.best[0].file == "year 4/good.txt"
    assert [layout.where for layout in report.layouts if layout.files == ("year 4/good.txt",)] in (
        ["Year 4"],
        [],
    )
    assert heading(report) == "What 2 passports say"


def test_json_has_the_promised_shape(folder: Path, passport: Definition) -> None:
    made = json.loads(json.dumps(as_json(review([folder], passport, today=TODAY))))
    assert list(made) == ["standard", "documents", "layouts", "unreadable", "summary"]
    assert made["standard"] == "passport"
    assert isinstance(made["layouts"], int)
    first = made["documents"][0]
    assert list(first) == ["file", "layout", "fields", "findings", "unmatched"]
    assert first["fields"]["about_me"] == {"present": False, "text": ""}
    assert first["fields"]["pupil_name"] == {"present": True, "text": "Other Invented"}
    assert set(first["findings"][0]) == {"check", "field", "severity", "message"}
    assert made["summary"]["strategies"] == {"present": 1, "of": 2}
    assert "class_group" not in made["summary"]
    assert set(made["unreadable"][0]) == {"file", "reason"}


def test_zip_folder_files_and_bytes_agree(
    folder: Path, tmp_path: Path, passport: Definition
) -> None:
    zipped = tmp_path / "all.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for path in sorted(folder.rglob("*.*"), reverse=True):
            archive.write(path, path.relative_to(folder).as_posix())
    expected = review([folder], passport, today=TODAY)
    assert review([zipped], passport, today=TODAY) == expected
    held = [
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in (folder / "weak.txt", folder / "old.doc", folder / "year 4" / "good.txt")
    ]
    assert review_bytes(held, passport, today=TODAY) == expected
    assert review_bytes(reversed(held), passport, today=TODAY) == expected
    alone = review([folder / "weak.txt", folder / "year 4" / "good.txt"], passport, today=TODAY)
    assert [one.file for one in alone.documents] == ["good.txt", "weak.txt"]


def test_two_processes_say_what_one_says(folder: Path, passport: Definition) -> None:
    one = review([folder], passport, today=TODAY, jobs=1)
    assert review([folder], passport, today=TODAY, jobs=2) == one


def test_a_prompt_that_files_of_one_format_share_is_nobodys_answer(passport: Definition) -> None:
    prompt = "Describe three things that help, and who does them."
    files = [
        (f"{name}.txt", f"Name: {name} Invented\nStrengths: I sing.\n"
                        f"How best to support me: {prompt}\nOwner: Ms Invented\n".encode())
        for name in ("Ada", "Bo", "Cy")
    ]  # fmt: skip
    report = review_bytes(files, passport, today=TODAY)
    assert [one.fields["strategies"].present for one in report.documents] == [False] * 3
    assert all("strategies" not in one.answers for one in report.documents)
    alone = review_bytes(files[:1], passport, today=TODAY)
    assert alone.documents[0].text("strategies") == prompt


def test_the_five_things_count_the_files_that_would_gain(passport: Definition) -> None:
    files = [(f"{n}.txt", WEAK.replace("Other", f"N{n}").encode()) for n in range(4)]
    files.append(("good.txt", GOOD.encode()))
    report = review_bytes(files, passport, today=TODAY)
    said = [(one.sentence, len(one.files)) for one in report.five_things]
    assert len(said) == 5
    assert all(count == 4 for _, count in said)
    assert ("Write down triggers: 4 have none", 4) in said
    assert report.weakest[0].why.startswith("Lacks “Strengths”")


def test_nothing_to_review_is_said(tmp_path: Path, passport: Definition) -> None:
    with pytest.raises(NothingToReview, match="There is no file or folder"):
        review([tmp_path / "gone"], passport, today=TODAY)
    with pytest.raises(NothingToReview, match="There are no documents in"):
        review([tmp_path], passport, today=TODAY)


def test_a_broken_zip_is_named_and_the_rest_goes_on(folder: Path, passport: Definition) -> None:
    (folder / "a.zip").write_bytes(b"PK nothing")
    report = review([folder / "a.zip", folder / "weak.txt"], passport, today=TODAY)
    assert [one.file for one in report.unreadable] == ["a.zip"]
    assert len(report.documents) == 1


def test_a_broken_zip_in_a_folder_spoils_nothing_else(folder: Path, passport: Definition) -> None:
    (folder / "a.zip").write_bytes(b"PK nothing")
    report = review([folder], passport, today=TODAY)
    assert [one.file for one in report.unreadable] == ["a.zip", "old.doc"]
    assert len(report.documents) == 2


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(WEAK)
    sources, broken = find_sources([tmp_path / "one", tmp_path / "two"])
    assert [source.name for source in sources] == ["one/a.txt", "two/a.txt"]
    assert broken == []


def test_an_oversized_file_in_a_zip_is_named(tmp_path: Path, passport: Definition) -> None:
    zipped = tmp_path / "big.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("big.txt", os.urandom(21 * 1024 * 1024))
        archive.writestr("weak.txt", WEAK)
    report = review([zipped], passport, today=TODAY)
    assert [(one.file, one.reason.split(".")[0]) for one in report.unreadable] == [
        ("big.txt", "It is over 20 MB")
    ]
    assert len(report.documents) == 1


def test_formats_are_lettered_like_a_spreadsheets_columns() -> None:
    assert [letter(number) for number in (1, 2, 26, 27, 52, 53)] == [
        "A",
        "B",
        "Z",
        "AA",
        "AZ",
        "BA",
    ]
