"""The letters of one PDF page gathered into segments: pieces of one line with no wide gap."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from pillars.exchange.documents.lines import tidy

_MOST_LETTERS = 200_000
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
# Between two letters of a line; wider than this (in letter heights) is a new column.
_WIDE = 1.1
_HAIR = 1.0


@dataclass(frozen=True, slots=True)
class Segment:
    """Text on one line between `left` and `right`, points from the page's bottom left corner."""

    text: str
    lead: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines drawn on a page, which are the edges of its tables and boxes.

    `across` are heights; `down` are (place from the left, bottom, top). Points.
    """

    across: tuple[float, ...] = ()
    down: tuple[tuple[float, float, float], ...] = ()

    def part(self, left: float, right: float, height: float) -> bool:
        """Whether a line stands between two places at this height."""
        return any(
            left - _HAIR <= place <= right + _HAIR and bottom <= height <= top
            for place, bottom, top in self.down
        )


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool


def read_segments(page: pdfium.PdfPage, rules: Rules) -> list[Segment]:
    """The page's segments, top to bottom, then left to right; drawn lines part them."""
    text = page.get_textpage()
    try:
        gathered = list(_gather(_letters(text), rules))
    finally:
        text.close()
    gathered.sort(key=lambda segment: (-round(segment.middle), segment.left))
    return _joined(gathered, rules)


def _letters(text: pdfium.PdfTextPage) -> Iterator[_Letter]:
    box = raw.FS_RECTF()
    bold: dict[int, bool] = {}
    for index in range(min(text.count_chars(), _MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, index)
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        character = _character(code)
        if character:
            yield _Letter(
                character, box.left, box.right, box.bottom, box.top, _is_bold(text, index, bold)
            )


def _character(code: int) -> str:
    if code in {0, 0xFFFE, 0xFFFF} or 0xD800 <= code <= 0xDFFF:
        return ""
    character = chr(code)
    return "\n" if character in "\r\n" else character


def _is_bold(text: pdfium.PdfTextPage, index: int, known: dict[int, bool]) -> bool:
    item = raw.FPDFText_GetTextObject(text, index)
    if not item:
        return False
    address = ctypes.cast(item, ctypes.c_void_p).value or 0
    if address not in known:
        buffer = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
        name = buffer.value.decode("utf-8", errors="ignore")
        known[address] = bool(_BOLD.search(name)) or raw.FPDFText_GetFontWeight(text, index) >= 600
    return known[address]


def _gather(letters: Iterator[_Letter], rules: Rules) -> Iterator[Segment]:
    held: list[_Letter] = []
    for letter in letters:
        if letter.text == "\n" or (held and _breaks(held[-1], letter)):
            yield from _segment(held, rules)
            held = []
        if letter.text != "\n":
            held.append(letter)
    yield from _segment(held, rules)


def _breaks(before: _Letter, letter: _Letter) -> bool:
    height = max(before.top - before.bottom, letter.top - letter.bottom, 1.0)
    if letter.text.isspace() or before.text.isspace():
        # A space may be drawn anywhere; only the line it is on matters.
        return abs(letter.bottom - before.bottom) > height and not letter.text.isspace()
    apart = abs((letter.bottom + letter.top) - (before.bottom + before.top)) / 2
    gap = letter.left - before.right
    return apart > 0.6 * height or gap > _WIDE * height or gap < -2 * height


def _segment(letters: list[_Letter], rules: Rules) -> Iterator[Segment]:
    seen = [letter for letter in letters if not letter.text.isspace()]
    for piece in _split_at_gaps(letters, rules) if seen else ():
        inked = [letter for letter in piece if not letter.text.isspace()]
        if not inked:
            continue
        yield Segment(
            tidy("".join(letter.text for letter in piece)),
            tidy(_lead(piece)),
            min(letter.left for letter in inked),
            max(letter.right for letter in inked),
            min(letter.bottom for letter in inked),
            max(letter.top for letter in inked),
            max(letter.top - letter.bottom for letter in inked),
        )


def _split_at_gaps(letters: list[_Letter], rules: Rules) -> Iterator[list[_Letter]]:
    """Cuts where the inked letters stand far apart, however many spaces lie between."""
    piece: list[_Letter] = []
    last: _Letter | None = None
    for letter in letters:
        if not letter.text.isspace():
            if last is not None and _is_apart(last, letter, rules):
                yield piece
                piece = []
            last = letter
        piece.append(letter)
    yield piece


def _is_apart(last: _Letter, letter: _Letter, rules: Rules) -> bool:
    gap = letter.left - last.right
    if gap > _WIDE * (last.top - last.bottom):
        return True
    return gap > _HAIR and rules.part(last.right, letter.left, (last.bottom + last.top) / 2)


def _lead(letters: list[_Letter]) -> str:
    lead = ""
    for letter in letters:
        if not letter.bold and not letter.text.isspace():
            break
        lead += letter.text
    return lead


def _joined(segments: list[Segment], rules: Rules) -> list[Segment]:
    """Joins neighbours on one line that the file drew separately but a reader sees as one."""
    found: list[Segment] = []
    for segment in segments:
        before = found[-1] if found else None
        if before is None or not _touch(before, segment, rules):
            found.append(segment)
            continue
        gap = segment.left - before.right
        space = " " if gap > 0.12 * before.size else ""
        whole = before.lead == before.text
        found[-1] = replace(
            before,
            text=before.text + space + segment.text,
            lead=before.lead + space + segment.lead if whole else before.lead,
            right=max(before.right, segment.right),
            bottom=min(before.bottom, segment.bottom),
            top=max(before.top, segment.top),
            size=max(before.size, segment.size),
        )
    return found


def _touch(before: Segment, segment: Segment, rules: Rules) -> bool:
    height = max(before.size, segment.size)
    level = abs(before.middle - segment.middle) < 0.35 * height
    near = -0.5 * height < segment.left - before.right <= _WIDE * height
    return level and near and not rules.part(before.right, segment.left, before.middle)
