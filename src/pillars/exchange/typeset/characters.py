"""Which characters a page can show, and what stands in for those it cannot.

A child may write an engine or a heart in a passport, and a parent's name may be in a script that
our typeface does not have. An accessible PDF may hold no character without a shape, so each such
character is named in words ("(steam locomotive)") rather than dropped in silence.
"""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

# Invisible marks that turn reading order round or mean nothing on paper.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LAST_PLAIN = 0x024F
UNKNOWN = "□"


def readable(text: str) -> str:
    """`text` without control characters, broken halves of characters and turning marks."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_kept(letter) for letter in text)


def _kept(letter: str) -> str:
    if letter in "\n\t":
        return letter
    if letter in "\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    category = unicodedata.category(letter)
    if category in {"Cc", "Cs", "Cn"} or letter in _TURNING:
        return ""
    return letter


def unusual(text: str) -> set[str]:
    """The characters of `text` beyond the Latin alphabets that every typeface here has."""
    if text.isascii():
        return set()
    return {letter for letter in text if ord(letter) > _LAST_PLAIN}


def named(letter: str) -> str:
    """What stands in for `letter`: its name for a picture, a box for a letter, nothing for a mark.

    Source of the names: the Unicode character database.
    """
    category = unicodedata.category(letter)
    if category in {"Mn", "Me", "Cf", "Sk"} or 0xFE00 <= ord(letter) <= 0xFE0F:
        return ""
    if category in {"So", "Sm", "Po"}:
        return f"({unicodedata.name(letter, 'symbol').lower()})"
    return UNKNOWN


def changed(data: Any, change: Callable[[str], str]) -> Any:
    """A copy of `data` (mappings, lists, plain values) with `change` applied to every text."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, Mapping):
        return {str(key): changed(value, change) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [changed(value, change) for value in data]
    return data


def texts(data: Any) -> set[str]:
    """Every unusual character anywhere in `data`."""
    found: set[str] = set()

    def look(text: str) -> str:
        found.update(unusual(text))
        return text

    changed(data, look)
    return found
