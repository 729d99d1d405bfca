"""Gathers runs of text into lines, remembering what each line opens with in bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pillars.exchange.documents.model import Line

_BULLET = re.compile(
    r"^\s*(?:[•◦▪▫●○■□➢➤✓✔*·∙‣\u2043\uf0b7\uf0a7\uf0d8–—-]|\d{1,2}[.)]|\(\d{1,2}\))\s+"
)
_SPACES = re.compile(r"[ \u00a0\u2000-\u200b\u202f\u3000]+")


def tidy(text: str) -> str:
    """Text with odd spaces made plain and runs of them made one; tabs stay, for they separate."""
    return _SPACES.sub(" ", text.replace("\ufeff", "").replace("\u00ad", "")).strip()


def strip_bullet(text: str) -> tuple[str, bool]:
    """The text without a bullet or number that was typed before it, and whether there was one."""
    match = _BULLET.match(text)
    return (text[match.end() :], True) if match else (text, False)


class LineMaker:
    """Collects pieces of one paragraph; a line break starts the next line."""

    def __init__(self, *, heading: int = 0, item: bool = False, control: str = "") -> None:
        self._heading = heading
        self._item = item
        self._outer = control
        self._control = ""
        self._pieces: list[tuple[str, bool, str]] = []

    def add(self, text: str, bold: bool) -> None:
        """Adds a piece of text."""
        if text:
            self._pieces.append((text, bold, self._control))

    @contextmanager
    def control(self, name: str) -> Iterator[None]:
        """Text added inside was typed into the form control of this name."""
        outer, self._control = self._control, name or self._control
        try:
            yield
        finally:
            self._control = outer

    def empty_control(self, name: str) -> None:
        """A form control that nobody has filled in."""
        self._pieces.append(("", False, name))

    def lines(self) -> Iterator[Line]:
        """The lines gathered; empty ones are left out unless an empty control stands there."""
        for pieces in self._split():
            text = tidy("".join(piece for piece, _, _ in pieces))
            control = self._control_over(pieces)
            if not text and not control:
                continue
            bare, bulleted = strip_bullet(text)
            lead = tidy(_lead(pieces))
            if bulleted and not self._heading:
                lead = strip_bullet(lead + " ")[0].strip()
            else:
                bare = text
            item = self._item or (bulleted and not self._heading)
            yield Line(bare, lead, self._heading, item, control)

    def _split(self) -> Iterator[list[tuple[str, bool, str]]]:
        line: list[tuple[str, bool, str]] = []
        for text, bold, control in self._pieces:
            first, *others = text.split("\n")
            line.append((first, bold, control))
            for other in others:
                yield line
                line = [(other, bold, control)]
        yield line

    def _control_over(self, pieces: list[tuple[str, bool, str]]) -> str:
        """The control that holds the whole line, if one does."""
        named = {control for text, _, control in pieces if text.strip() or control}
        if len(named) == 1:
            return named.pop() or self._outer
        return self._outer


def _lead(pieces: list[tuple[str, bool, str]]) -> str:
    lead = ""
    for text, bold, _ in pieces:
        if not bold and text.strip():
            break
        lead += text
    return lead
