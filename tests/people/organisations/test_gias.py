"""GIAS files of any shape give schools and trusts, with every row accounted for."""

from pathlib import Path

import pytest

from pillars.people.organisations.gias import GiasReading, GiasUnreadable, read_gias

SHARED = Path(__file__).parents[3].parent / "shared" / "data"


def real(name: str) -> GiasReading:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the public file {name} is not on this machine")
    reading = read_gias(path)
    accounted = len(reading.schools) + reading.repeats + reading.closed + len(reading.problems)
    assert reading.rows == accounted
    return reading


def test_an_extract_with_codes_as_floats() -> None:
    reading = real("gias_london_schools.csv")
    assert (reading.rows, len(reading.schools), len(reading.trusts)) == (3196, 3196, 351)
    assert not reading.problems
    assert sum(bool(school.trust_uid) for school in reading.schools) == 1094
    assert all(trust.uid.isdecimal() for trust in reading.trusts)
    assert next(s for s in reading.schools if s.urn == 100000).pupil_count == 249


def test_academies_by_trust_with_sponsors_and_ragged_rows() -> None:
    reading = real("gias_academies_by_trust_2017.csv")
    assert (reading.rows, len(reading.schools), reading.repeats) == (9853, 6518, 3335)
    assert reading.sponsors == 3254
    assert len(reading.trusts) == 2969
    assert all("sponsor" not in trust.kind.lower() for trust in reading.trusts)
    assert all(school.trust_uid for school in reading.schools)
    assert next(s for s in reading.schools if s.urn == 105135).trust_uid == "4782"


def test_the_full_download() -> None:
    reading = real("dfe_fixture_gias_140_columns.csv")
    assert (len(reading.schools), len(reading.trusts)) == (60, 60)
    first = reading.schools[0]
    assert (first.urn, first.establishment_number, first.la_code) == (130000, "1000", "100")
    assert (first.phase, first.status, first.pupil_count) == ("Secondary", "Open", 1463)


def read(text: str) -> GiasReading:
    return read_gias(text.encode("cp1252"), "gias.csv")


def test_rows_that_cannot_be_taken_say_why_and_closed_schools_stay_out() -> None:
    reading = read(
        "URN,EstablishmentName,EstablishmentStatus (name),LA (code)\n"
        "900001,Ysgol Tŷ (invented)\n".replace("ŷ", "y")
        + "900002,,Open,201\n12,Short (invented),Open,201\n900003,Gone (invented),Closed,201\n"
    )
    assert [school.urn for school in reading.schools] == [900001]
    assert [problem.row for problem in reading.problems] == [3, 4]
    assert "six digits" in reading.problems[1].reason
    assert reading.closed == 1


def test_an_academy_trust_comes_before_an_umbrella_and_the_choice_is_said() -> None:
    reading = read(
        "URN,EstablishmentName,Linked UID,Group Name,Group Type,Joined date\n"
        "900001,Oak (invented),10,Umbrella (invented),Umbrella trust,01-09-2016\n"
        "900001,Oak (invented),11,First (invented),Multi-academy trust,01-09-2010\n"
        "900001,Oak (invented),12,Second (invented),Multi-academy trust,01-09-2014\n"
    )
    assert reading.schools[0].trust_uid == "12"
    assert "listed under 3 groups" in reading.warnings[0].reason


def test_suppressed_counts_are_unknown_and_floats_are_whole() -> None:
    reading = read(
        "urn,school_name,trust_code,trust_name,pupil_count\n"
        "900001,Oak (invented),33.0,Trees (invented),z\n"
        "900002,Elm (invented),,,1204.0\n"
    )
    assert [school.pupil_count for school in reading.schools] == [None, 1204]
    assert [school.trust_uid for school in reading.schools] == ["33", ""]


def test_odd_groups_are_warned_about_and_odd_dates_come_last() -> None:
    reading = read(
        "URN,EstablishmentName,Linked UID,Group Name,Group Type,Group Status,Joined date,Pupils\n"
        "900001,Oak (invented),x,Trees (invented),Multi-academy trust,Open,,many\n"
        "900002,Elm (invented),,Trees (invented),Multi-academy trust,Open,,\n"
        "900003,Ash (invented),9,Gone (invented),Multi-academy trust,Closed,,\n"
        "900004,Yew (invented),10,First (invented),Multi-academy trust,Open,31-02-2020,\n"
        "900004,Yew (invented),TR11,Second (invented),Multi-academy trust,Open,01-02-2010,\n"
        "900004,Other name,TR11,Second (invented),Multi-academy trust,Open,01-02-2010,\n"
        "900005,Fir (invented),12,Third (invented),Not applicable,Open,,\n"
    )
    assert [school.trust_uid for school in reading.schools] == ["", "", "", "TR11", "12"]
    assert [trust.kind for trust in reading.trusts][-1] == ""
    said = {warning.row: warning.reason for warning in reading.warnings}
    assert "no name or no number" in said[2]
    assert "no name or no number" in said[3]
    assert "another name" in said[7]
    assert reading.schools[0].pupil_count is None


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(GiasUnreadable, match=r"gias\.csv could not be opened"):
        read_gias(tmp_path / "gias.csv")


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "is empty"), ("UPN,Surname\nA1,Wren\n", "no column for the URN or the school name")],
)
def test_a_file_without_schools_is_refused(text: str, words: str) -> None:
    with pytest.raises(GiasUnreadable, match=words):
        read(text)
