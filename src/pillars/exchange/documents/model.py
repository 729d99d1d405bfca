"""What a file says, in one shape, whatever program wrote it.

A reading is a tree: parts (headers, body, footers) hold blocks; a block is a line of text, a
table of cells, or a text box. A line remembers what made it stand out, because schools mark
their labels with headings, bold type, colons or the cell to the left, and rarely two alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """The kinds of file that can be read."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    TEXT = "txt"


class Place(StrEnum):
    """Where on the page a part stands."""

    HEADER = "header"
    BODY = "body"
    FOOTER = "footer"


class Unreadable(ValueError):  # noqa: N818 (what is told to a person)
    """A file that cannot be read; `reason` says why and what to do, for the person who has it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str]]:
        """Lets the reason travel back from a worker process."""
        return (Unreadable, (self.reason,))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, as a person sees it.

    `lead` is what the line opens with in bold or underlined type (all of it when the whole line
    is so); `heading` is 1 to 6, or 0; `item` says a bullet or number stands before it; `control`
    is the name of the form control that the line was typed into.
    """

    text: str
    lead: str = ""
    heading: int = 0
    item: bool = False
    control: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `column` counts from 0 on the table's own grid, spans count grid squares."""

    blocks: tuple[Block, ...]
    column: int = 0
    columns: int = 1
    rows: int = 1
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. A cell that spans several rows stands in the first of them only."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A text box or frame, which floats beside the text."""

    blocks: tuple[Block, ...]


Block = Line | Table | Box


@dataclass(frozen=True, slots=True)
class Part:
    """The header, the body or the footer."""

    place: Place
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file as read: its name, its kind, its parts, and the title its properties give."""

    name: str
    kind: FileKind
    parts: tuple[Part, ...]
    title: str = ""

    @property
    def text(self) -> str:
        """All of the words, a line each, in reading order."""
        return "\n".join(line.text for part in self.parts for line in lines_of(part.blocks))


def lines_of(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Every line in these blocks, tables and boxes opened, in reading order."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        elif isinstance(block, Box):
            yield from lines_of(block.blocks)
        else:
            for row in block.rows:
                for cell in row:
                    yield from lines_of(cell.blocks)
