"""Headings are recognised by what schools call them, and by near spelling; no further."""

import pytest

from pillars.people.register.columns import COLUMNS, recognise_heading, resolve_headings


@pytest.mark.parametrize(
    ("heading", "field"),
    [("UPN", "upn"), ("Legal Surname", "surname"), ("Last name", "surname"),
     ("Forename", "forename"), ("Student Name", "name"), ("DOB", "date_of_birth"),
     ("NC Year", "year_group"), ("Yr", "year_group"), ("Reg Group", "class_group"),
     ("Tutor group", "class_group"), ("Gender", "sex"), ("SEN provision", "sen_status"),
     ("SEN", "sen_status"), ("SEN Need", "need"), ("Primary need", "need"), ("Rank", "need_rank"),
     ("Secondary need", "need_2"), ("SEN need 3", "need_3"), ("SEN start date", "sen_start"),
     ("Premium Pupil Indicator", "pupil_premium"), ("PP", "pupil_premium"), ("EAL", "eal"),
     ("FSM", "free_school_meals"), ("FSM Ever 6", "free_school_meals_ever6"),
     ("LAC", "looked_after"), ("CLA", "looked_after"), ("In care", "looked_after"),
     ("extended_details.sen_status", "sen_status"), ("date of  BIRTH", "date_of_birth")],
)  # fmt: skip
def test_recognise_heading_by_alias(heading: str, field: str) -> None:
    assert recognise_heading(heading) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Surnmae", "surname"), ("Date of brith", "date_of_birth"), ("Forname", "forename"),
     ("Pupil Premuim", "pupil_premium")],
)  # fmt: skip
def test_recognise_heading_by_near_spelling(heading: str, field: str) -> None:
    assert recognise_heading(heading) == field


@pytest.mark.parametrize(
    "heading",
    ["Start date", "Middle name", "Parent surname", "Date of leaving", "Notes", "House", "Years",
     "Attendance", "SEN notes", "Column F", "", "Former UPN", "Year of entry", "Name of GP"],
)  # fmt: skip
def test_recognise_heading_leaves_others_alone(heading: str) -> None:
    assert recognise_heading(heading) == ""


def test_every_field_has_aliases_of_its_own() -> None:
    seen: dict[str, str] = {}
    for column in COLUMNS.values():
        for word in column.words:
            assert seen.setdefault(word, column.field) == column.field, word


def test_resolve_headings_with_a_mapping_by_hand() -> None:
    headings = ["Ident", "Surname", "First", "Group", "Form"]
    resolved = resolve_headings(headings, {"Ident": "upn", "First": "forename", "Form": ""})
    assert resolved == {
        "Ident": "upn", "Surname": "surname", "First": "forename", "Group": "", "Form": "",
    }  # fmt: skip


def test_resolve_headings_ignores_what_a_mapping_cannot_mean() -> None:
    assert resolve_headings(["UPN"], {"UPN": "shoe_size", "Gone": "upn"}) == {"UPN": "upn"}


def test_resolve_headings_gives_a_second_column_of_needs_the_next_place() -> None:
    assert resolve_headings(["SEN Type", "SEN Type (2)", "Surname", "Surname (2)"]) == {
        "SEN Type": "need", "SEN Type (2)": "need_2", "Surname": "surname", "Surname (2)": "",
    }  # fmt: skip


def test_resolve_headings_takes_a_preferred_forename_where_there_is_no_other() -> None:
    assert resolve_headings(["Surname", "Preferred forename"])["Preferred forename"] == "forename"
    both = resolve_headings(["Surname", "Forename", "Preferred forename"])
    assert both["Preferred forename"] == "known_as"
