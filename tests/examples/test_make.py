"""The sample trust: made again it is the same, and what it says about its files is true."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from lxml import etree
from python_calamine import CalamineWorkbook

EXAMPLES = Path(__file__).parents[2] / "examples"
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UPN_COLUMNS = {
    "osier-brook-sims.csv": ("utf-8-sig", ","),
    "reedmace-bromcom.csv": ("utf-8", ","),
    "tarnbeck-scholarpack.csv": ("cp1252", ";"),
}


def _load(path: str) -> Any:
    return json.loads((EXAMPLES / path).read_text(encoding="utf-8"))


def _registers() -> dict[str, Any]:
    found: dict[str, Any] = _load("register/truth.json")
    return found


def _rows(name: str) -> list[dict[str, Any]]:
    """The rows of a register file, the first being the row under the headings."""
    path = EXAMPLES / "register" / name
    if name.endswith(".xlsx"):
        page = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        headings, *rows = page.to_python(skip_empty_area=False)[3:]
        return [dict(zip(map(str, headings), row, strict=True)) for row in rows]
    encoding, delimiter = UPN_COLUMNS[name]
    text = path.read_text(encoding=encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def _first_row(name: str) -> int:
    return 5 if name.endswith(".xlsx") else 2


def _letter_holds(upn: str) -> bool:
    values = [LETTERS.index(c) if c.isalpha() else int(c) for c in upn[1:]]
    total = sum(place * value for place, value in enumerate(values, start=2))
    return upn[0] == LETTERS[total % 23]


def _squeezed(text: str) -> str:
    """Letters and digits only: line breaks and hyphens differ between formats."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _text_of(path: Path) -> str:
    if path.suffix == ".docx":
        document = Document(str(path))
        section = document.sections[0]
        parts = [document.element, section.header._element, section.footer._element]
        return "\n".join(node.text or "" for part in parts for node in part.iter(f"{W}t"))
    if path.suffix == ".odt":
        with zipfile.ZipFile(path) as archive:
            return "".join(etree.fromstring(archive.read("content.xml")).itertext())
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    return path.read_text(encoding="cp1252")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("examples")
    command = [sys.executable, str(EXAMPLES / "make.py"), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out


def test_samples_made_again_are_the_committed_ones(made: Path) -> None:
    new = {p.relative_to(made).as_posix(): p.read_bytes() for p in made.rglob("*") if p.is_file()}
    kept = {
        p.relative_to(EXAMPLES).as_posix(): p.read_bytes()
        for p in EXAMPLES.rglob("*")
        if p.is_file() and p.name != "README.md" and "__pycache__" not in p.parts
        if p.suffix != ".py"
    }
    assert sorted(new) == sorted(kept)
    differing = [name for name in new if new[name] != kept[name]]
    assert differing == []


def test_samples_stay_small() -> None:
    assert sum(p.stat().st_size for p in EXAMPLES.rglob("*") if p.is_file()) < 3_000_000


@pytest.mark.parametrize("name", [*UPN_COLUMNS, "sedgeway-arbor.xlsx"])
def test_upn_of_every_row_not_marked_wrong_has_the_right_letter(name: str) -> None:
    wrong = {
        spoilt["row"]
        for spoilt in _registers()[name]["spoilt"]
        if spoilt["kind"] == "wrong_check_letter"
    }
    assert len(wrong) == 1
    checked = 0
    for number, row in enumerate(_rows(name), start=_first_row(name)):
        upn = str(row["UPN"] or "")
        if len(upn) != 13:
            continue
        checked += 1
        assert _letter_holds(upn) is (number not in wrong), f"row {number}: {upn}"
    assert checked >= _registers()[name]["pupils"] - 1


@pytest.mark.parametrize("name", [*UPN_COLUMNS, "sedgeway-arbor.xlsx"])
def test_spoilt_rows_are_as_their_note_says(name: str) -> None:
    rows = dict(enumerate(_rows(name), start=_first_row(name)))
    for spoilt in _registers()[name]["spoilt"]:
        row = rows[spoilt["row"]]
        upn = str(row["UPN"] or "")
        if spoilt["kind"] == "no_upn":
            assert upn == ""
        elif spoilt["kind"] == "temporary_upn":
            assert upn[-1].isalpha()
        elif spoilt["kind"] == "duplicate":
            same = [n for n, other in rows.items() if other == row]
            assert len(same) == 2
        elif spoilt["kind"] == "born_in_future":
            born = row.get("DOB") or row.get("Date of birth")
            assert int(re.findall(r"\d{4}", str(born))[0]) >= 2030
        elif spoilt["kind"] == "old_code":
            assert {row.get("SEN Status"), row.get("SEN Code")} & {"S", "A", "P"}


def test_register_sizes_and_shares_are_those_of_such_schools() -> None:
    primary = _rows("osier-brook-sims.csv")
    shares = Counter(row["SEN Status"] for row in primary)
    support = (shares["K"] + shares["A"] + shares["P"]) / len(primary)
    assert 0.10 < support < 0.19
    assert 0.03 < (shares["E"] + shares["S"]) / len(primary) < 0.09
    special = _rows("reedmace-bromcom.csv")
    assert {row["SEN Code"] for row in special} == {"E", "S"}
    assert len({row["UPN"] for row in special}) == 90


def test_pupil_who_moved_stands_on_two_registers() -> None:
    primary = {row["UPN"] for row in _rows("osier-brook-sims.csv")} - {""}
    lone = {row["UPN"] for row in _rows("tarnbeck-scholarpack.csv")} - {"", None}
    assert len(primary & lone) == 1


def test_ctf_is_well_formed_and_its_upns_hold() -> None:
    (path,) = (EXAMPLES / "register").glob("*.xml")
    root = etree.parse(path).getroot()
    upns = [element.text or "" for element in root.iter("UPN")]
    assert len(upns) == _registers()[path.name]["pupils"] > 0
    assert all(_letter_holds(upn) for upn in upns)


def test_truth_names_every_passport_file() -> None:
    truth = _load("passports/truth.json")
    files = {path.name for path in (EXAMPLES / "passports").iterdir()} - {"truth.json"}
    assert files == {*truth["files"], *truth["unreadable"]}
    used = {entry["layout"] for entry in truth["files"].values()}
    assert used == {int(number) for number in truth["layouts"]}
    assert len(used) >= 10
    assert len(truth["files"]) >= 60


def test_passports_hold_the_text_the_truth_gives() -> None:
    truth = _load("passports/truth.json")
    missing = []
    for name, entry in truth["files"].items():
        text = _squeezed(_text_of(EXAMPLES / "passports" / name))
        for key, answer in entry["fields"].items():
            missing += [(name, key) for line in answer.split("\n") if _squeezed(line) not in text]
    assert missing == []


def test_passports_are_for_pupils_on_their_schools_register() -> None:
    upns: dict[str, set[str]] = {
        entry["school"]: {str(row["UPN"]) for row in _rows(name) if row["UPN"]}
        for name, entry in _registers().items()
        if not name.endswith(".xml")
    }
    for name, entry in _load("passports/truth.json")["files"].items():
        assert entry["upn"] in upns[entry["school"]], name


def test_unreadable_files_are_unreadable_for_their_reason() -> None:
    folder = EXAMPLES / "passports"
    for name, why in _load("passports/truth.json")["unreadable"].items():
        path = folder / name
        if why == "old_doc":
            assert path.read_bytes().startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
        elif why == "scan":
            with pypdfium2.PdfDocument(path) as pdf:
                assert pdf[0].get_textpage().get_text_bounded().strip() == ""
        elif why == "encrypted":
            with pytest.raises(pypdfium2.PdfiumError, match=r"[Pp]assword"):
                pypdfium2.PdfDocument(path)
            with pypdfium2.PdfDocument(path, password="otter") as pdf:
                assert "Invented" in pdf[0].get_textpage().get_text_bounded()
        else:
            with pytest.raises(zipfile.BadZipFile):
                zipfile.ZipFile(path)


def test_trust_file_names_only_files_that_exist_and_addresses_nobody_owns() -> None:
    trust = _load("trust.json")
    for step in trust["load"]:
        for key in ("file", "folder", "truth"):
            assert key not in step or (EXAMPLES / step[key]).exists()
    assert all(person["email"].endswith(".example") for person in trust["staff"])
    emails = [person["email"] for person in trust["staff"]]
    assert len(set(emails)) == len(emails)
    roles = {person["role"] for person in trust["staff"]}
    assert roles == {
        "trust_lead", "headteacher", "senco", "teacher", "teaching_assistant", "governor", "auditor"
    }  # fmt: skip


def test_gias_extract_has_the_schools_of_the_trust_file() -> None:
    text = (EXAMPLES / "gias.csv").read_text(encoding="cp1252")
    rows = {row["URN"]: row for row in csv.DictReader(io.StringIO(text))}
    trust = _load("trust.json")
    assert list(rows) == [school["urn"] for school in trust["schools"]]
    for school in trust["schools"]:
        row = rows[school["urn"]]
        assert row["EstablishmentName"] == school["name"]
        assert (row["Trusts (code)"] == trust["trust"]["uid"]) is school["in_trust"]


def test_no_invented_school_has_a_real_school_s_name() -> None:
    """Compared with the schools of England where that file is at hand."""
    path = EXAMPLES.parents[1] / "shared" / "data" / "dfe_sen_by_school_2023.csv"
    if not path.exists():
        pytest.skip("the list of real schools is not on this machine")
    real = path.read_text(encoding="utf-8", errors="replace").casefold()
    for school in _load("trust.json")["schools"]:
        assert school["name"].removesuffix(" (invented)").casefold() not in real
