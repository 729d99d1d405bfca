"""Unique pupil numbers: is it a real one, and is it temporary?

A UPN has 13 characters: a check letter, the local authority (3 digits), the establishment (4),
the year it was given (2) and a serial number (3). The last of them is a letter when the UPN is
temporary. The check letter is the sum of value times position, for positions 2 to 13, modulo 23.
Source: DfE, guide to unique pupil numbers.
"""

from __future__ import annotations

import re
from operator import mul
from typing import NamedTuple

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
VALUES = {**{letter: place for place, letter in enumerate(LETTERS)}}
VALUES.update({str(digit): digit for digit in range(10)})
POSITIONS = range(2, 14)
SHAPE = re.compile(rf"[A-Z]\d{{11}}[\d{LETTERS}]")
LENGTH = 13

# Numbers of the local authorities of England, past and present, and of Wales. A pupil keeps the
# UPN of an authority that no longer exists, and new authorities come: an unknown one is a
# warning, never a reason to refuse.
KNOWN_AUTHORITIES = frozenset(
    str(code)
    for codes in (
        range(201, 214),
        range(301, 321),
        range(330, 337),
        range(340, 345),
        range(350, 360),
        range(370, 374),
        range(380, 385),
        range(390, 395),
        (420,),
        range(660, 682),
        range(800, 832),
        range(835, 842),
        (845, 846, 850, 851, 852, 855, 856, 857, 860, 861),
        range(865, 897),
        range(901, 944),
    )
    for code in codes
)


class Upn(NamedTuple):
    """A UPN whose check letter is right."""

    value: str
    temporary: bool
    known_authority: bool


def check_letter(rest: str) -> str:
    """The letter that must stand before these twelve characters."""
    return LETTERS[sum(map(mul, map(VALUES.__getitem__, rest), POSITIONS)) % len(LETTERS)]


def check_upn(text: str) -> Upn | str:
    """The UPN in a cell, or a sentence saying what is wrong with it and what to do."""
    value = text.strip().upper().replace(" ", "")
    if len(value) != LENGTH:
        return f"The UPN has {len(value)} characters instead of 13. Check it in your MIS."
    if not SHAPE.fullmatch(value):
        return (
            "The UPN should be a letter, then 12 digits (the last may be a letter). "
            "Check it in your MIS."
        )
    if check_letter(value[1:]) != value[0]:
        return (
            f"The UPN’s first letter does not fit its digits (it begins {value[0]}). "
            "One character was mistyped; check it in your MIS."
        )
    return Upn(value, value[-1].isalpha(), value[1:4] in KNOWN_AUTHORITIES)
