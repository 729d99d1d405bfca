"""`pillars import register`: the same import as the pages, told as text or JSON. All invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import World
from tests.people.register.makers import make_pupil, make_upn

from pillars.config.cli.imports import bring_in_register, say_register
from pillars.config.paths import SetupError
from pillars.people.register.models import Pupil, RegisterImport

HEAD = "UPN,Surname,Forename,DOB,SEN,Need,Shoe size\n"
ONE, TWO = make_upn(90_001), make_upn(90_002)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(
        HEAD
        + f"{ONE},Wren (invented),Ada,03/09/2014,S,SLCN,3\n"
        + f"{TWO},Finch (invented),Bo,03/09/2034,K,SLCN,2\n"
    )
    return path


def test_the_json_of_a_dry_run_says_all_and_changes_nothing(world: World, file: Path) -> None:
    outcome = bring_in_register(file, urn=world.school.urn, dry_run=True, whole=False)
    assert json.loads(json.dumps(outcome)) == outcome
    assert list(outcome) == [
        "rows", "new", "changed", "unchanged", "left", "problems", "warnings", "columns",
    ]  # fmt: skip
    assert (outcome["rows"], outcome["new"], outcome["left"]) == (2, 1, 0)
    assert [problem["row"] for problem in outcome["problems"]] == [3]
    assert [warning["row"] for warning in outcome["warnings"]] == [2]
    assert outcome["columns"]["SEN"] == "sen_status"
    assert outcome["columns"]["Shoe size"] is None
    assert not Pupil.objects.exists()
    assert not RegisterImport.objects.exists()


def test_an_import_again_changes_nothing(world: World, file: Path) -> None:
    first = bring_in_register(file, urn=world.school.urn, dry_run=False, whole=False)
    second = bring_in_register(file, urn=world.school.urn, dry_run=False, whole=False)
    assert (first["new"], second["new"], second["changed"], second["unchanged"]) == (1, 0, 0, 1)


@pytest.mark.parametrize("whole", [True, False])
def test_pupils_not_in_the_file_leave_only_when_it_is_whole(
    world: World, file: Path, whole: bool
) -> None:
    make_pupil(world.school)
    outcome = bring_in_register(file, urn=world.school.urn, dry_run=False, whole=whole)
    assert outcome["left"] == 1
    assert Pupil.objects.on_roll().count() == (1 if whole else 2)


def test_what_is_wrong_is_one_sentence(world: World, file: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="No school with the URN 123456"):
        bring_in_register(file, urn=123_456, dry_run=True, whole=False)
    with pytest.raises(SetupError, match=r"gone\.csv could not be opened"):
        bring_in_register(tmp_path / "gone.csv", urn=world.school.urn, dry_run=True, whole=False)
    odd = tmp_path / "odd.csv"
    odd.write_text("Ident,Called\n1,2\n")
    for dry_run in (True, False):
        with pytest.raises(SetupError, match="No column holds the pupils’ names"):
            bring_in_register(odd, urn=world.school.urn, dry_run=dry_run, whole=False)
    odd.write_bytes(b"%PDF-1.7")
    with pytest.raises(SetupError, match="a PDF, not a spreadsheet"):
        bring_in_register(odd, urn=world.school.urn, dry_run=False, whole=False)
    assert not Pupil.objects.exists()


def test_the_text_says_what_happened_and_shows_few_of_many(
    world: World, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = bring_in_register(file, urn=world.school.urn, dry_run=True, whole=False)
    outcome["warnings"] = [{"row": n, "reason": "Look."} for n in range(25)]
    say_register(outcome, dry_run=True, whole=True)
    told = capsys.readouterr()
    assert "1 would be new" in told.out
    assert "would be marked as having left" in told.out
    assert "Shoe size → not used" in told.out
    assert "1 problem\n" in told.err
    assert "and 5 more" in told.err
