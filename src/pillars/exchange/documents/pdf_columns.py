"""Puts the segments of a PDF page in reading order: columns, tables, headings, paragraphs.

A page is taken row by row. Rows that share an empty gutter stand in columns: a narrow left
column of labels makes a table, two full columns are read one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pillars.exchange.documents.lines import strip_bullet
from pillars.exchange.documents.model import Block, Cell, Line, Table
from pillars.exchange.documents.pdf_text import Rules, Segment

_MOST_DEEP = 5
# In letter heights.
_GUTTER = 0.7
_NEAR = 0.65

_ENDS = (".", "!", "?", ":", ";")

Row = list[Segment]


def arrange(
    segments: Sequence[Segment],
    rules: Rules,
    size: float,
    *,
    edge: float = 0.0,
    deep: int = 0,
) -> list[Block]:
    """The blocks in reading order, on a page or in a column that reaches to `edge`.

    `rules` are the lines drawn, `size` is the height of most letters.
    """
    rows = _rows(segments)
    blocks: list[Block] = []
    plain: list[Row] = []
    number = 0
    while number < len(rows):
        end, gutter = _run(rows, number, rules, size) if deep < _MOST_DEEP else (number, 0.0)
        if end <= number:
            plain.append(rows[number])
            number += 1
            continue
        blocks.extend(_paragraphs(plain, size, edge))
        plain = []
        blocks.extend(_columns(rows[number:end], gutter, rules, size, deep))
        number = end
    blocks.extend(_paragraphs(plain, size, edge))
    return blocks


def _rows(segments: Sequence[Segment]) -> list[Row]:
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda item: (-item.middle, item.left)):
        if rows and abs(rows[-1][0].middle - segment.middle) < 0.4 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    for row in rows:
        row.sort(key=lambda item: item.left)
    return rows


def _run(rows: list[Row], start: int, rules: Rules, size: float) -> tuple[int, float]:
    """Where the rows that share a gutter end, and the middle of the gutter; start if none do."""
    best = (start, 0.0)
    row = rows[start]
    for before, after in pairwise(row):
        left, right = before.right, after.left
        end, both = start, start
        for number in range(start, len(rows)):
            narrowed = _narrow(rows[number], left, right)
            if narrowed is None or not _is_gutter(narrowed, rows[number], rules, size):
                break
            left, right = narrowed
            end = number + 1
            if any(item.left >= right for item in rows[number]):
                both = end
        end = _trimmed(rows, start, both, end, left)
        if end > best[0]:
            best = (end, (left + right) / 2)
    return best


def _is_gutter(gap: tuple[float, float], row: Row, rules: Rules, size: float) -> bool:
    """Wide enough to part two columns, or with a line drawn down it."""
    left, right = gap
    return right - left >= _GUTTER * size or rules.part(left, right, row[0].middle)


def _narrow(row: Row, left: float, right: float) -> tuple[float, float] | None:
    """The gutter that is left free by this row too, or None when a piece of it lies across."""
    for item in row:
        if item.left <= left:
            left = max(left, item.right)
        elif item.right >= right or item.left - left > right - item.right:
            right = min(right, item.left)
        else:
            left = max(left, item.right)
        if left >= right:
            return None
    return left, right


def _trimmed(rows: list[Row], start: int, both: int, end: int, left: float) -> int:
    """Rows below the right column belong to the left one only where both are full columns."""
    if both == end:
        return end
    beside = [item for row in rows[start:both] for item in row if item.left > left]
    column = [item for row in rows[start:end] for item in row if item.right <= left]
    below = [item for row in rows[both:end] for item in row]
    width = left - min(item.left for item in column)
    if len(beside) < 3 or _are_labels(column, beside):
        return both
    return end if max(item.right - item.left for item in below) > 0.55 * width else both


def _columns(rows: list[Row], gutter: float, rules: Rules, size: float, deep: int) -> list[Block]:
    left = [item for row in rows for item in row if item.right <= gutter]
    right = [item for row in rows for item in row if item.left > gutter]
    bands = _bands(left, right, rules.across, size)
    edges = [max(item.right for item in side) for side in (left, right)]
    made = tuple(
        tuple(
            Cell(tuple(arrange(cell, rules, size, edge=edges[column], deep=deep + 1)), column)
            for column, cell in enumerate(band)
        )
        for band in bands
    )
    return [Table(made)]


def _bands(
    left: list[Segment], right: list[Segment], rules: Sequence[float], size: float
) -> list[tuple[list[Segment], list[Segment]]]:
    """The rows of a table; full columns, which are no table, make a single band."""
    top = max(item.top for item in left + right)
    bottom = min(item.bottom for item in left + right)
    drawn = [y for y in rules if bottom < y < top and not _crossed(y, left + right)]
    if not drawn and not _are_labels(left, right):
        return [(left, right)]
    edges = drawn or _label_tops(left, size)
    bounds = [top + 1, *sorted(set(edges), reverse=True), bottom - 1]
    bands = [
        (
            [item for item in left if low <= item.middle < high],
            [item for item in right if low <= item.middle < high],
        )
        for high, low in pairwise(bounds)
    ]
    return [band for band in bands if band[0] or band[1]]


def _crossed(height: float, segments: list[Segment]) -> bool:
    return any(
        item.bottom + 0.25 * item.size < height < item.top - 0.25 * item.size for item in segments
    )


def _are_labels(left: list[Segment], right: list[Segment]) -> bool:
    """A column of labels is all bold while the other is not, or far thinner than the other."""
    bold = sum(item.lead == item.text for item in left)
    if bold == len(left) and any(item.lead != item.text for item in right):
        return True
    if bold and bold < len(left):
        return False  # headings with their text under them
    letters = sum(len(item.text) for item in left)
    return letters < 0.4 * sum(len(item.text) for item in right)


def _label_tops(left: list[Segment], size: float) -> list[float]:
    """Just above each label but the first; lines of one label stand close together."""
    tops = []
    ordered = sorted(left, key=lambda item: -item.middle)
    for before, item in pairwise(ordered):
        if before.bottom - item.top > _NEAR * size:
            tops.append(item.top + 0.2 * item.size)
    return tops


def _paragraphs(rows: list[Row], size: float, least: float) -> list[Block]:
    """Lines with the ones that only wrapped joined up again."""
    found: list[Block] = []
    edge = max((row[-1].right for row in rows), default=0.0)
    edge = max(edge, least)
    last: Segment | None = None
    for row in rows:
        segment = _whole(row)
        before = found[-1] if found else None
        if isinstance(before, Line) and last is not None and _wraps(last, segment, edge):
            lead = before.lead
            if before.lead == before.text and segment.lead == segment.text:
                lead = f"{before.lead} {segment.lead}"
            found[-1] = Line(f"{before.text} {segment.text}", lead, before.heading, before.item)
        else:
            found.append(_line(segment, size))
        last = segment
    return found


def _whole(row: Row) -> Segment:
    if len(row) == 1:
        return row[0]
    first = row[0]
    return Segment(
        "\t".join(item.text for item in row),
        first.lead,
        first.left,
        row[-1].right,
        min(item.bottom for item in row),
        max(item.top for item in row),
        max(item.size for item in row),
    )


def _wraps(before: Segment, after: Segment, edge: float) -> bool:
    """Whether a line only goes on from the one above: its first word would not have fitted."""
    if strip_bullet(after.text)[1] or abs(before.size - after.size) > 0.08 * before.size:
        return False
    if (before.lead == before.text) != (after.lead == after.text):
        return False
    if before.bottom - after.top > 0.5 * before.size or after.left < before.left - before.size:
        return False
    if not before.text.endswith(_ENDS) and after.text[:1].islower():
        return True
    if strip_bullet(before.text)[1] and after.left > before.left + 0.5 * before.size:
        return True
    letters = max(len(after.text), 1)
    word = len(after.text.split(" ", 1)[0]) + 1
    return before.right + (after.right - after.left) / letters * word > edge


def _line(segment: Segment, size: float) -> Line:
    text, item = strip_bullet(segment.text)
    lead = segment.lead
    if item:
        lead = strip_bullet(lead + " ")[0].strip()
    heading = 0
    if not item and segment.size > 1.12 * size:
        heading = 1 if segment.size > 1.35 * size else 2
    return Line(text, lead, heading, item)
