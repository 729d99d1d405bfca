"""`pillars import schools`: what it does, what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from pillars.config.cli import imports
from pillars.config.paths import SetupError
from pillars.people.organisations.models import School

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parents[3] / "examples" / "gias.csv"


def test_dry_run_says_what_would_happen_and_changes_nothing() -> None:
    outcome = imports.bring_in_schools(SAMPLE, dry_run=True)
    assert outcome["schools"] == {"new": 4, "changed": 0, "unchanged": 0}
    assert not School.objects.exists()


def test_import_counts_add_up_and_a_second_run_changes_nothing() -> None:
    first = imports.bring_in_schools(SAMPLE, dry_run=False)
    assert (first["rows"], first["schools"]["new"], first["trusts"]["new"]) == (4, 4, 1)
    again = imports.bring_in_schools(SAMPLE, dry_run=False)
    assert again["schools"] == {"new": 0, "changed": 0, "unchanged": 4}


def test_text_names_every_row_that_is_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "schools.csv"
    file.write_text("URN,EstablishmentName\nabc,Wrong (invented)\n999701,Right (invented)\n")
    imports.say_schools(imports.bring_in_schools(file, dry_run=False), dry_run=False)
    told = capsys.readouterr()
    assert "schools: 1 new" in told.out
    assert "row 2: The URN “abc” is not six digits" in told.err


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n"])
def test_file_without_schools_is_refused_with_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "schools.csv"
    file.write_text(content)
    with pytest.raises(SetupError, match=r"schools\.csv"):
        imports.bring_in_schools(file, dry_run=False)
    with pytest.raises(SetupError, match="could not be opened"):
        imports.bring_in_schools(tmp_path / "none.csv", dry_run=False)
