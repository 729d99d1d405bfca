"""Every row of a register is a pupil, part of one, or a problem with a reason. All invented."""

from datetime import date

import pytest

from pillars.exchange.tables import read_table
from pillars.people.register.reading import Need, RegisterReading, read_register
from pillars.people.register.upn import check_letter

TODAY = date(2026, 11, 24)


def upn(serial: int, last: str = "") -> str:
    rest = f"80120000{serial:04d}"[:-1] + last if last else f"80120000{serial:04d}"
    return check_letter(rest) + rest


ONE, TWO, THREE = upn(1), upn(2), upn(3)


def read(text: str, mapping: dict[str, str] | None = None) -> RegisterReading:
    table = read_table(text.encode(), "register.csv")
    return read_register(table, mapping, today=TODAY)


def reasons(issues: tuple[tuple[int, str], ...]) -> dict[int, str]:
    return dict(issues)


def test_a_plain_register_is_read_whole() -> None:
    reading = read(
        "UPN,Surname,Forename,DOB,Year,Reg,Sex,SEN,Need,PP\n"
        f"{ONE},Wren,Ada,03/09/2014,Year 7,7A,F,K,SLCN,Y\n"
        f"{TWO},Finch,Bo,01/02/2015,6,6B,M,,,\n"
    )
    assert reading.problems == reading.warnings == ()
    first, second = reading.records
    assert (first.row, first.status, first.needs) == (2, "K", (Need("SLCN"),))
    assert first.identity._asdict() | {"surname": "Wren"} == first.identity._asdict()
    assert first.identity.date_of_birth == "2014-09-03"
    assert (first.identity.year_group, first.identity.pupil_premium) == ("7", "1")
    # Blank in a column that is used: no SEN, no pupil premium.
    assert (second.status, second.identity.pupil_premium) == ("N", "0")
    assert second.identity.eal == ""


def test_one_row_per_need_is_one_pupil_with_needs_in_rank_order() -> None:
    reading = read(
        "UPN,Student Name,DOB,SEN,SEN Type,Rank\n"
        f'{ONE},"Wren, Ada",03/09/2014,E,MLD,2\n'
        f'{ONE},"Wren, Ada",03/09/2014,E,ASD,1\n'
        f'{TWO},"Finch, Bo",01/02/2015,K,SEMH,1\n'
    )
    assert reading.rows == 3
    assert [(r.row, [n.code for n in r.needs]) for r in reading.records] == [
        (2, ["ASD", "MLD"]),
        (4, ["SEMH"]),
    ]
    assert reading.records[0].identity.forename == "Ada"
    assert reading.problems == ()


def test_one_row_per_need_without_upns_is_put_together_by_name_and_birth() -> None:
    reading = read(
        "Surname,Forename,DOB,SEN,SEN Type\n"
        "Wren,Ada,03/09/2014,K,MLD\n"
        "WREN,ada,3 Sep 2014,K,ASD\n"
        "Wren,Ada,03/09/2012,K,ASD\n"
    )
    assert [[n.code for n in r.needs] for r in reading.records] == [["MLD", "ASD"], ["ASD"]]


def test_a_duplicate_row_and_a_upn_of_two_pupils_are_problems() -> None:
    reading = read(
        "UPN,Surname,Forename,DOB,SEN,Need\n"
        f"{ONE},Wren,Ada,03/09/2014,K,SLCN\n"
        f"{ONE},Wren,Ada,03/09/2014,K,SLCN\n"
        f"{ONE},Finch,Bo,01/02/2015,K,SLCN\n"
        f"{TWO},Wren,Ada,03/09/2014,K,ASD\n"
    )
    found = reasons(reading.problems)
    assert found.keys() == {3, 4}
    assert "repeats row 2" in found[3]
    assert "same UPN for a pupil with another name" in found[4]
    assert "Row 2 has the same name and date of birth" in reasons(reading.warnings)[5]
    assert len(reading.records) == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A801200005001,Wren,Ada,03/09/2014,K,SLCN", "first letter does not fit"),
        (f"{ONE},Wren,Ada,03/09/2031,K,SLCN", "is in the future"),
        (f"{ONE},Wren,Ada,03/09/1914,K,SLCN", "makes the pupil 112"),
        (f"{ONE},Wren,Ada,31/02/2014,K,SLCN", "is not a date"),
        (f"{ONE},,Ada,03/09/2014,K,SLCN", "no surname"),
        (f"{ONE},Wren,,03/09/2014,K,SLCN", "no forename"),
        (f"{ONE},,,03/09/2014,K,SLCN", "no name"),
        (",Wren,Ada,,K,SLCN", "neither a UPN nor a date of birth"),
        (f"{ONE},Wren,Ada,03/09/2014,Z,SLCN", "SEN status “Z” is not known"),
        (f"{ONE},<script>,Ada,03/09/2014,K,SLCN", "marks in it that no name has"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(row: str, words: str) -> None:
    good = f"{TWO},Finch,Bo,01/02/2015,K,SLCN\n"
    reading = read(f"UPN,Surname,Forename,DOB,SEN,Need\n{row}\n{good}")
    assert [issue.row for issue in reading.problems] == [2]
    assert words in reading.problems[0].reason
    assert [record.row for record in reading.records] == [3]


def test_two_things_wrong_with_a_row_are_said_together() -> None:
    reading = read(f"UPN,Surname,Forename,DOB,SEN\n{ONE},Wren,Ada,03/09/2031,Z\n")
    assert len(reading.problems) == 1
    assert "future" in reading.problems[0].reason
    assert "not known" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("row", "words", "needs"),
    [
        (f"{ONE},Wren,Ada,03/09/2014,K,", "no type of need is given", ()),
        (f"{ONE},Wren,Ada,03/09/2014,N,SLCN", "the need was left out", ()),
        (f"{ONE},Wren,Ada,03/09/2014,E,NSA", "NSA is for SEN support only", ("NSA",)),
        (f"{ONE},Wren,Ada,03/09/2014,K,Fidgets", "not a DfE type of need", ()),
        (f"{ONE},Wren,Ada,03/09/2014,S,ASD", "old SEN code “S”", ("ASD",)),
        (f"{upn(1, 'A')},Wren,Ada,03/09/2014,K,ASD", "UPN is temporary", ("ASD",)),
        (",Wren,Ada,03/09/2014,K,ASD", "There is no UPN", ("ASD",)),
    ],
)
def test_a_row_that_is_odd_is_taken_and_said(row: str, words: str, needs: tuple[str, ...]) -> None:
    reading = read(f"UPN,Surname,Forename,DOB,SEN,Need\n{row}\n{TWO},Finch,Bo,01/02/2015,N,\n")
    assert reading.problems == ()
    assert words in " ".join(issue.reason for issue in reading.warnings if issue.row == 2)
    assert tuple(need.code for need in reading.records[0].needs) == needs


def test_totals_and_repeated_headings_are_left_out_and_said() -> None:
    reading = read(
        "UPN,Surname,Forename,DOB,SEN\n"
        f"{ONE},Wren,Ada,03/09/2014,K\n"
        "UPN,Surname,Forename,DOB,SEN\n"
        f"{TWO},Totals,Bo,01/02/2015,N\n"
        "Total pupils,2,,,\n"
    )
    assert reading.problems == ()
    assert [record.row for record in reading.records] == [2, 4]
    found = reasons(reading.warnings)
    assert "repeats the headings" in found[3]
    assert "a total or a note" in found[5]


def test_a_column_that_is_month_first_is_read_so_and_said() -> None:
    reading = read(f"UPN,Surname,Forename,DOB,SEN\n{ONE},Wren,Ada,09/25/2014,K\n")
    assert reading.records[0].identity.date_of_birth == "2014-09-25"
    assert any("month first" in issue.reason for issue in reading.warnings)


def test_a_name_without_a_comma_is_split_and_said() -> None:
    reading = read(f"UPN,Name,DOB,SEN\n{ONE},Mary Ann Wren,03/09/2014,K\n")
    identity = reading.records[0].identity
    assert (identity.surname, identity.forename) == ("Wren", "Mary Ann")
    assert any("no comma" in issue.reason for issue in reading.warnings)


def test_a_file_without_names_or_keys_is_blocked_until_corrected() -> None:
    text = f"Ident,Leerling,Vorname,DOB\n{ONE},Wren,Ada,03/09/2014\n"
    assert any("names" in sentence for sentence in read(text).blockers)
    mapped = read(text, {"Ident": "upn", "Leerling": "surname", "Vorname": "forename"})
    assert mapped.blockers == ()
    assert mapped.records[0].identity.upn == ONE


def test_an_ignored_column_stays_out() -> None:
    text = f"UPN,Surname,Forename,DOB,SEN,EAL\n{ONE},Wren,Ada,03/09/2014,K,Y\n"
    assert read(text, {"EAL": ""}).records[0].identity.eal == ""


def test_a_blank_flag_that_could_not_be_read_is_not_taken_for_no() -> None:
    reading = read(
        "UPN,Surname,Forename,DOB,SEN,EAL\n"
        f"{ONE},Wren,Ada,03/09/2014,K,perhaps\n"
        f"{TWO},Finch,Bo,01/02/2015,K,Y\n"
        f"{THREE},Jay,Cy,01/02/2015,K,\n"
    )
    assert [record.identity.eal for record in reading.records] == ["", "1", "0"]


def test_reasons_never_repeat_a_name() -> None:
    reading = read(
        "UPN,Surname,Forename,DOB,SEN\n"
        f"{ONE},Quillfeather,Ada,03/09/2031,K\n{ONE},Quillfeather,Ada,03/09/2014,Z\n"
    )
    assert "Quillfeather" not in repr(reading.problems)


def test_a_upn_on_the_second_row_of_a_pupil_is_kept() -> None:
    reading = read(
        "UPN,Surname,Forename,DOB,SEN,Need\n"
        ",Wren,Ada,03/09/2014,K,SLCN\n"
        f"{ONE},Wren,Ada,03/09/2014,E,ASD\n"
        ",Wren,Ada,03/09/2014,E,ASD\n"
    )
    (record,) = reading.records
    assert record.identity.upn == ONE
    assert [need.code for need in record.needs] == ["SLCN", "ASD"]
    found = [issue.reason for issue in reading.warnings if issue.row == 3]
    assert any("another SEN status" in reason for reason in found)
    assert [issue.row for issue in reading.problems] == [4]


def test_a_name_that_is_too_long_is_a_problem() -> None:
    reading = read(f"UPN,Surname,Forename,DOB\n{ONE},{'W' * 101},Ada,03/09/2014\n")
    assert "the most is 100" in reading.problems[0].reason


@pytest.mark.parametrize(
    ("day", "words"), [("tomorrow", "is not a date"), ("01/01/2027", "in the future"), ("", "")]
)
def test_a_start_date_that_cannot_be_is_left_out_and_said(day: str, words: str) -> None:
    reading = read(
        f"UPN,Surname,Forename,DOB,SEN,Need,SEN start date\n{ONE},W,A,03/09/2014,K,MLD,{day}\n"
    )
    assert reading.records[0].status_start == ""
    assert words in " ".join(issue.reason for issue in reading.warnings)


def test_a_blank_cell_where_names_may_be_split_is_left_alone() -> None:
    reading = read(f'UPN,Name,Surname,Forename,DOB\n{ONE},"Wren, Ada",Jay,Bo,03/09/2014\n')
    identity = reading.records[0].identity
    assert (identity.surname, identity.forename) == ("Jay", "Bo")
