"""Codes are read as schools write them, old ones mapped and said."""

import pytest

from pillars.people.register.codes import (
    NEED_TYPES,
    YEARS,
    Area,
    read_flag,
    read_need,
    read_provision,
    read_rank,
    read_sex,
    read_year,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [("N", "N"), ("k", "K"), ("E", "E"), ("SEN Support", "K"), ("EHCP", "E"), ("", ""),
     ("K - SEN Support", "K"), ("EHC Plan", "E"), ("No SEN", "N"),
     ("Education, Health and Care Plan", "E")],
)  # fmt: skip
def test_read_provision_in_codes_and_words(text: str, code: str) -> None:
    assert read_provision(text) == (code, "", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [("S", "E"), ("A", "K"), ("P", "K"), ("Statement", "E"), ("School Action Plus", "K")],
)
def test_read_provision_maps_old_codes_and_says_so(text: str, code: str) -> None:
    value, problem, warning = read_provision(text)
    assert (value, problem) == (code, "")
    assert f"“{text}”" in warning
    assert f"read as {code}" in warning


def test_read_provision_that_is_unknown_is_a_problem() -> None:
    assert "Use N (none), K (SEN support) or E" in read_provision("Q").problem


def test_need_types_stand_in_the_official_order_with_their_areas() -> None:
    assert " ".join(NEED_TYPES) == "SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD DS OTH NSA"
    assert NEED_TYPES["ASD"].area is Area.COMMUNICATION
    assert NEED_TYPES["DS"].area is Area.COGNITION
    assert NEED_TYPES["NSA"].area is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [("SLCN", ("SLCN",)), ("slcn, asd", ("SLCN", "ASD")), ("ASD - Autistic Spectrum", ("ASD",)),
     ("Speech, language and communication needs", ("SLCN",)), ("Dyslexia", ("SPLD",)),
     ("Social, Emotional & Mental Health", ("SEMH",)), ("Autism (ASD)", ("ASD",)),
     ("VI/HI", ("VI", "HI")), ("None", ()), ("n/a", ()), ("", ()), ("MLD;MLD", ("MLD",))],
)  # fmt: skip
def test_read_need_in_codes_and_words(text: str, codes: tuple[str, ...]) -> None:
    assert read_need(text) == (codes, "")


def test_read_need_says_what_it_could_not_read() -> None:
    assert read_need("BESD") == (("SEMH",), "The old type of need “BESD” was read as SEMH.")
    codes, warning = read_need("SLCN, fidgets")
    assert codes == ("SLCN",)
    assert "not a DfE type of need" in warning


@pytest.mark.parametrize(
    ("text", "year"),
    [("7", "7"), ("Year 7", "7"), ("Yr 7", "7"), ("Y07", "7"), ("07", "7"), ("R", "R"),
     ("Reception", "R"), ("YR", "R"), ("Yr R", "R"), ("0", "R"), ("N1", "N1"), ("Nursery 2", "N2"),
     ("X", "X"), ("Year 13", "13"), ("year  10", "10"), ("Year N2", "N2"), ("", "")],
)  # fmt: skip
def test_read_year_in_any_form(text: str, year: str) -> None:
    assert read_year(text) == (year, "", "")
    assert not year or year in YEARS


@pytest.mark.parametrize("text", ["Year 15", "Oak", "99"])
def test_read_year_that_is_unknown_is_left_out_and_said(text: str) -> None:
    code = read_year(text)
    assert code.value == ""
    assert "not known" in code.warning


def test_read_sex_flag_and_rank() -> None:
    assert [read_sex(t).value for t in ("M", "female", "U", "")] == ["M", "F", "U", ""]
    assert "not M, F or U" in read_sex("7").warning
    assert [read_flag(t).value for t in ("Y", "TRUE", "✓", "n", "False", "", "Ever 6")] == [
        "1", "1", "1", "0", "0", "", "1"
    ]  # fmt: skip
    assert "not a yes or a no" in read_flag("maybe").warning
    assert [read_rank(t).value for t in ("1", "02", "Primary", "")] == ["1", "2", "1", ""]
    assert "not a number" in read_rank("high").warning
