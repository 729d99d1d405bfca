"""A UPN is believed only if its letter fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.people.register.upn import LETTERS, Upn, check_letter, check_upn


@pytest.mark.parametrize("text", ["B801200005001", "H801200001001", "P207000016049"])
def test_check_upn_with_the_right_letter(text: str) -> None:
    assert check_upn(text) == Upn(text, temporary=False, known_authority=True)


def test_check_upn_that_is_temporary() -> None:
    assert check_upn(" a80120000501a ") == Upn("A80120000501A", True, True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A801200005001", "first letter does not fit"),
        ("Q207000016049", "first letter does not fit"),
        ("X80120000A001", "a letter, then 12 digits"),
        ("B80120000500", "12 characters instead of 13"),
        ("", "0 characters"),
        ("8801200005001", "a letter, then 12 digits"),
        ("B80120000500I", "a letter, then 12 digits"),
    ],
)
def test_check_upn_says_what_is_wrong(text: str, words: str) -> None:
    problem = check_upn(text)
    assert isinstance(problem, str)
    assert words in problem
    assert text not in problem or not text  # a UPN is a child's: it is never repeated in full


@pytest.mark.parametrize(("la", "known"), [("838", True), ("943", True), ("832", False)])
def test_check_upn_of_an_authority_is_never_refused_for_it(la: str, known: bool) -> None:
    rest = f"{la}200005001"
    upn = check_upn(check_letter(rest) + rest)
    assert isinstance(upn, Upn)
    assert upn.known_authority is known


@given(st.integers(0, 10**12 - 1), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: int, place: int, shift: int) -> None:
    rest = f"{number:012d}"
    wrong = rest[:place] + str((int(rest[place]) + shift) % 10) + rest[place + 1 :]
    assert isinstance(check_upn(check_letter(rest) + wrong), str)


@given(st.integers(0, 10**11 - 1), st.sampled_from(LETTERS))
def test_every_temporary_number_with_its_letter_is_taken(number: int, last: str) -> None:
    rest = f"{number:011d}{last}"
    upn = check_upn(check_letter(rest) + rest)
    assert isinstance(upn, Upn)
    assert upn.temporary
