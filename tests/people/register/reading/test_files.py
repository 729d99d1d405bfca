"""The sample registers, with the dirt their maker put in, read as the truth beside them says."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pillars.people.register.reading import RegisterUnreadable, read_register_file

TODAY = date(2026, 11, 24)
EXAMPLES = Path(__file__).parents[4] / "examples" / "register"
TRUTH: dict[str, dict[str, Any]] = json.loads((EXAMPLES / "truth.json").read_text())
REFUSED = {"wrong_check_letter", "born_in_future", "duplicate"}
SAID = {
    "old_code": "old SEN code",
    "temporary_upn": "temporary",
    "no_upn": "no UPN",
    "status_without_need": "no type of need",
}


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_sample_registers_read_as_their_truth_says(name: str) -> None:
    reading = read_register_file(EXAMPLES / name, today=TODAY).reading
    spoilt = TRUTH[name].get("spoilt", [])
    refused = {s["row"] for s in spoilt if s["kind"] in REFUSED}
    assert reading.blockers == ()
    assert {issue.row for issue in reading.problems} == refused
    duplicates = sum(s["kind"] == "duplicate" for s in spoilt)
    assert len(reading.records) == TRUTH[name]["pupils"] - (len(refused) - duplicates)
    for s in spoilt:
        if s["kind"] in SAID:
            said = " ".join(i.reason for i in reading.warnings if i.row == s["row"])
            assert SAID[s["kind"]] in said, s


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RegisterUnreadable, match=r"pupils\.csv could not be opened"):
        read_register_file(tmp_path / "pupils.csv", today=TODAY)


def test_an_empty_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "pupils.csv"
    path.write_bytes(b"")
    with pytest.raises(RegisterUnreadable, match="is empty"):
        read_register_file(path, today=TODAY)
