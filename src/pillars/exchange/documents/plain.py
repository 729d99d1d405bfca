"""Reads plain text: finds the encoding, and the headings people make with capitals and lines."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from pillars.exchange.documents.lines import strip_bullet, tidy
from pillars.exchange.documents.model import FileKind, Line, Part, Place, Reading, Unreadable

_RULE = re.compile(r"^\s*([=\-_~*#])\1{2,}\s*$")
_MARKDOWN = re.compile(r"^(#{1,6})\s+(.*)$")
_BOLD = re.compile(r"^(\*\*|__)(.+?)\1")
_LONGEST_HEADING = 80


def read_plain(data: bytes, name: str) -> Reading:
    """The lines of a text file, or Unreadable when no encoding makes words of it."""
    lines = decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks = []
    for number, text in enumerate(lines):
        if _RULE.match(text) or not text.strip():
            continue
        under = lines[number + 1] if number + 1 < len(lines) else ""
        blocks.append(_line(text, underlined=bool(_RULE.match(under))))
    return Reading(name, FileKind.TEXT, (Part(Place.BODY, tuple(blocks)),))


def decode(data: bytes) -> str:
    """The text in these bytes: UTF-8, UTF-16 and Windows' own first, then what fits best."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        if best is None:
            raise Unreadable("Its letters are in no known encoding. Save it as UTF-8.") from None
        text = str(best)
    return text


def _line(text: str, *, underlined: bool) -> Line:
    marked = _MARKDOWN.match(text)
    if marked:
        return Line(tidy(marked[2]), heading=len(marked[1]))
    if underlined and len(text) <= _LONGEST_HEADING:
        return Line(tidy(text), heading=1)
    bare, item = strip_bullet(text)
    if not item and _shouts(bare):
        return Line(tidy(bare), heading=2)
    bold = _BOLD.match(bare)
    if bold:
        return Line(tidy(bold[2] + bare[bold.end() :]), lead=tidy(bold[2]), item=item)
    return Line(tidy(bare), item=item)


def _shouts(text: str) -> bool:
    """A short line in capitals is a heading; one with a colon and words after it is not."""
    words = text.strip()
    if len(words) > _LONGEST_HEADING or sum(map(str.isalpha, words)) < 4:
        return False
    return words.upper() == words and not words.rstrip(":").count(":")
