"""Which cells of a table are labels, and which cells answer them.

Schools set labels to the left of the answer, above it, or inside the same cell, and mix all three
in one table. Each row is judged by its own cells and by the row after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pillars.exchange.documents import Cell, Line, Table, lines_of

_LONGEST_LABEL = 120
_LIKELY = 85


@dataclass(frozen=True, slots=True)
class Step:
    """One label and the cells that answer it; without a label, cells to be read as they come.

    `aside` are words that stand with the label and are no answer.
    """

    label: str | None
    shape: str
    cells: tuple[Cell, ...]
    carries_on: bool = False
    aside: str = ""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A cell with what it says: `label` when all of it is one, `known` when the standard's."""

    cell: Cell
    text: str
    label: str
    known: bool

    @property
    def empty(self) -> bool:
        return not self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table read: its rows of cells with what each is."""

    rows: tuple[tuple[_Seen, ...], ...]
    shape: str

    @property
    def has_labels(self) -> bool:
        return any(seen.label for row in self.rows for seen in row) or self.has_inner_labels

    @property
    def has_inner_labels(self) -> bool:
        return any(_starts_with_label(seen) for row in self.rows for seen in row)

    @property
    def has_known_labels(self) -> bool:
        return any(seen.known for row in self.rows for seen in row)

    def steps(self) -> Iterator[Step]:
        """The labels with their answers, in reading order."""
        number = 0
        taken: set[int] = set()
        while number < len(self.rows):
            row = tuple(seen for seen in self.rows[number] if id(seen) not in taken)
            if not row:
                number += 1
            elif self._heads_columns(number):
                end = self._end_of_values(number)
                yield from self._columns(number, end)
                number = end
            elif len(row) == 1:
                yield from self._wide(row[0])
                number += 1
            else:
                taken.update(map(id, self._beside(row[0], number)))
                yield from self._across(row, number)
                number += 1

    def _heads_columns(self, number: int) -> bool:
        """A row of labels alone, with a row of answers under it."""
        row = self.rows[number]
        labels = [seen for seen in row if seen.label]
        if not labels or any(seen.text and not seen.label for seen in row):
            return False
        if number + 1 >= len(self.rows):
            return False
        below = self.rows[number + 1]
        first = next((seen for seen in below if seen.cell.column == row[0].cell.column), None)
        if first is None or first.label:
            return False
        if len(row) > 1 and len(labels) == 1 and not first.text:
            return False
        return not any(seen.label for seen in below)

    def _end_of_values(self, number: int) -> int:
        end = number + 1
        while end < len(self.rows) and not any(seen.label for seen in self.rows[end]):
            end += 1
        return end

    def _columns(self, number: int, end: int) -> Iterator[Step]:
        for seen in self.rows[number]:
            if not seen.label:
                continue
            cells = tuple(
                below.cell
                for row in self.rows[number + 1 : end]
                for below in row
                if _overlap(seen.cell, below.cell)
            )
            yield Step(seen.label, "above", cells)

    def _wide(self, seen: _Seen) -> Iterator[Step]:
        if seen.label:
            yield Step(seen.label, "wide", ())
        else:
            yield Step(None, "", (seen.cell,), carries_on=True)

    def _guides(self, row: tuple[_Seen, ...]) -> bool:
        """Whether a first cell holds its label with a prompt under it, answered at the right.

        So it is when in most rows of two the first cell begins with a label and the second does
        not: in a grid of boxes both would.
        """
        if len(row) != 2 or not _starts_with_label(row[0]) or _is_labelled(row[1]):
            return False
        pairs = [other for other in self.rows if len(other) == 2]
        guided = sum(1 for one, two in pairs if _is_labelled(one) and not _is_labelled(two))
        return guided * 3 >= len(pairs) * 2 and guided > 1

    def _across(self, row: tuple[_Seen, ...], number: int) -> Iterator[Step]:
        """Labels with the cells to their right; cells that hold their own label speak alone."""
        if self._guides(row):
            label, _, prompt = row[0].text.partition("\n")
            yield Step(label, "left", (row[1].cell,), aside=prompt)
            return
        at = 0
        while at < len(row):
            seen = row[at]
            if not seen.label and not self._leads(row, at):
                yield Step(None, "", (seen.cell,))
                at += 1
                continue
            end = at + 1
            while end < len(row) and (end == at + 1 or not row[end].label):
                if end == at + 1 and row[end].known and len(row) > 2 and not row[end].empty:
                    break
                if _starts_with_label(row[end]):
                    break
                end += 1
            values = tuple(value.cell for value in row[at + 1 : end])
            below = self._beside(seen, number) if at == 0 else ()
            cells = values + tuple(other.cell for other in below)
            yield Step(seen.label or seen.text, "left", cells)
            at = end

    def _leads(self, row: tuple[_Seen, ...], at: int) -> bool:
        """An unmarked first cell is a label where the other rows have theirs."""
        seen = row[at]
        if at or seen.empty or len(seen.text) > 60 or "\n" in seen.text or len(row) != 2:
            return False
        if _starts_with_label(row[1]) or ":" in seen.text.rstrip(": "):
            return False
        others = [other for other in self.rows if other[0] is not seen and len(other) == 2]
        led = sum(1 for one, two in others if one.known or (one.label and not two.label))
        return led * 2 >= len(others) and led > 0

    def _beside(self, seen: _Seen, number: int) -> tuple[_Seen, ...]:
        """Answers in the further rows that a tall label stands beside."""
        if not seen.label or seen.cell.rows < 2:
            return ()
        return tuple(
            other
            for further in self.rows[number + 1 : number + seen.cell.rows]
            if not any(other.label for other in further)
            for other in further
        )


def read_grid(table: Table, likeness: Callable[[str], int]) -> Grid:
    """A table with its labels marked. `likeness` says how surely words are a known label."""
    rows = tuple(tuple(_see(cell, likeness) for cell in row) for row in table.rows if row)
    widths = [len(row) for row in rows]
    columns = max(widths, key=lambda width: (widths.count(width), width)) if widths else 0
    return Grid(rows, f"table of {columns}")


def text_of(cell: Cell) -> str:
    """The words of a cell, a line each."""
    return "\n".join(line.text for line in lines_of(cell.blocks))


def _see(cell: Cell, likeness: Callable[[str], int]) -> _Seen:
    lines = [line for line in lines_of(cell.blocks) if line.text]
    text = "\n".join(line.text for line in lines)
    words = " ".join(line.text for line in lines)
    if not lines or len(words) > _LONGEST_LABEL or any(line.item for line in lines):
        return _Seen(cell, text, "", known=False)
    if _marked(lines[0]) and not all(map(_marked, lines)) and not _is_prompt(_after(lines)):
        return _Seen(cell, text, "", known=False)
    if len(lines) == 1 and ":" in words.rstrip(": "):
        return _Seen(cell, text, "", known=False)
    known = likeness(words.rstrip(" :")) >= _LIKELY
    if not known and len(lines) > 1 and likeness(lines[0].text.rstrip(" :")) >= _LIKELY:
        # A label with its prompt in smaller type under it, and nobody's answer.
        known = _is_prompt(_after(lines))
        words = lines[0].text if known else words
    marked = all(line.heading or line.lead == line.text for line in lines)
    colon = len(lines) == 1 and words.endswith(":")
    shaded = cell.shaded and len(lines) == 1 and not words.endswith(".")
    is_label = known or ((marked or colon or shaded) and ":" not in words.rstrip(": "))
    return _Seen(cell, text, words if is_label else "", known)


def _after(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines[1:])


def _is_prompt(text: str) -> bool:
    return (text.startswith("(") and text.endswith(")")) or text.endswith("?")


def _starts_with_label(seen: _Seen) -> bool:
    """A cell whose first line is set as a label, with the answer in the same cell."""
    if seen.label:
        return False
    lines = [line for line in lines_of(seen.cell.blocks) if line.text]
    return len(lines) > 1 and _marked(lines[0]) and not all(_marked(line) for line in lines)


def _is_labelled(seen: _Seen) -> bool:
    return bool(seen.label) or _starts_with_label(seen)


def _marked(line: Line) -> bool:
    return (
        bool(line.heading)
        or (bool(line.lead) and line.lead == line.text)
        or (line.text.endswith(":") and len(line.text) < _LONGEST_LABEL)
    )


def _overlap(one: Cell, other: Cell) -> bool:
    return one.column < other.column + other.columns and other.column < one.column + one.columns
