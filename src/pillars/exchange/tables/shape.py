"""Finds the row of headings in a sheet and gives every column a name of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

LOOK_AHEAD = 40
NUMERIC = re.compile(r"^[-+£%\d.,/: ]+$")


class Place(NamedTuple):
    """Where the headings stand (0 is the first line) and how sure we are."""

    score: tuple[int, int, int]
    line: int


def find_headings(
    lines: Sequence[Sequence[str]], recognise: Callable[[Sequence[str]], int] | None
) -> Place | None:
    """The line among the first forty that reads most like headings, or None.

    Known headings count first. Of equals, the earliest line that is about as full of words as
    the fullest one wins: titles are narrower than the table, and data stands below headings.
    """
    words = [count_words(cells) for cells in lines[:LOOK_AHEAD]]
    fullest = max(words, default=0)
    best: Place | None = None
    for index, cells in enumerate(lines[:LOOK_AHEAD]):
        known = recognise(cells) if recognise else 0
        full = words[index] >= max(2, fullest * 0.6)
        if known == 0 and not full:
            continue
        place = Place((known, int(full), -index), index)
        if best is None or place.score > best.score:
            best = place
    return best


def count_words(cells: Sequence[str]) -> int:
    """How many cells could be headings; a line that is mostly numbers has none."""
    words = [cell for cell in cells if cell and len(cell) <= 80 and not NUMERIC.match(cell)]
    filled = sum(1 for cell in cells if cell)
    return len(words) if len(words) >= filled * 0.5 else 0


def name_columns(cells: Sequence[str]) -> tuple[str, ...]:
    """Headings without blanks or repeats: "Column F" for a blank, "Name (2)" for a repeat."""
    last = max((i for i, cell in enumerate(cells) if cell), default=-1)
    seen: set[str] = set()
    names: list[str] = []
    for index, cell in enumerate(cells[: last + 1]):
        base = " ".join(cell.split()) or f"Column {column_letters(index)}"
        name, copy = base, 1
        while name in seen:
            copy += 1
            name = f"{base} ({copy})"
        seen.add(name)
        names.append(name)
    return tuple(names)


def column_letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
