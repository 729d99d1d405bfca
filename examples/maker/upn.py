"""UPNs for invented pupils, with a check letter that holds or, on purpose, does not."""

from __future__ import annotations

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def check_letter(rest: str) -> str:
    """The letter that belongs before the other twelve characters (DfE's UPN guide)."""
    total = 0
    for position, character in enumerate(rest, start=2):
        value = LETTERS.index(character) if character.isalpha() else int(character)
        total += position * value
    return LETTERS[total % 23]


def make_upn(la: int, establishment: int, year: int, serial: int) -> str:
    """A permanent UPN: check letter, LA, establishment, year of issue, serial."""
    rest = f"{la:03d}{establishment:04d}{year % 100:02d}{serial:03d}"
    return check_letter(rest) + rest


def make_temporary_upn(la: int, establishment: int, year: int, serial: int) -> str:
    """A temporary UPN, which ends in a letter: the serial's last two digits and a letter."""
    rest = f"{la:03d}{establishment:04d}{year % 100:02d}{serial % 100:02d}{LETTERS[serial % 23]}"
    return check_letter(rest) + rest


def spoil_upn(upn: str) -> str:
    """The same UPN with a check letter that is wrong, as a typing slip leaves it."""
    return LETTERS[(LETTERS.index(upn[0]) + 7) % 23] + upn[1:]
