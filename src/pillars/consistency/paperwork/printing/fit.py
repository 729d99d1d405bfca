"""How large the type of a one-sided document can be, planned before the page is made.

Typst can find this by laying the page out at each size in turn, which for a whole school's
passports takes a minute. Planning takes a few milliseconds a page and is then checked against
the pages that come out (see `pdf`). Lengths are in points and mirror `passport.typ`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pillars.exchange.typeset.widths import line_count

POINTS_PER_MM = 72 / 25.4
WIDTH = 180 * POINTS_PER_MM
HEIGHT = 268 * POINTS_PER_MM
GUTTER = 4 * POINTS_PER_MM
CLOSEST = 3 * POINTS_PER_MM
WIDEST = 9 * POINTS_PER_MM

# Of the size of type: a line, the space between lines, between paragraphs, under a title.
_LINE, _LEADING, _APART, _UNDER_TITLE = 0.9, 0.35, 0.6, 0.5
_TITLE, _BOLD = 1.12, 1.07
_MARK = 1.9  # an item's number or bullet and the space after it
_CELL_INSETS = (8.0, 10.0)

Row = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of type and the space between rooms, both in points."""

    size: float
    gap: float


def plan_side(name: str, about: str, rows: Sequence[Row], layout: dict[str, Any]) -> Plan | None:
    """The largest type at which everything fits on one side, or None when even the least does not.

    What is left over is shared out between the rooms, as far as looks well.
    """
    sizes: list[float] = layout["sizes"]
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        if _height(name, about, rows, sizes[middle], boxes=layout["boxes"]) <= HEIGHT:
            high = middle
        else:
            low = middle + 1
    if low == len(sizes):
        return None
    size = sizes[low]
    spare = HEIGHT - _height(name, about, rows, size, boxes=layout["boxes"])
    return Plan(size, round(min(CLOSEST + spare / max(len(rows), 1) * 0.9, WIDEST), 2))


def _height(name: str, about: str, rows: Sequence[Row], size: float, *, boxes: bool) -> float:
    big = max(22.0, size * 1.9)
    head = _lines(line_count(name, WIDTH / big, heavier=_BOLD), big)
    head += size * 0.5 + _lines(line_count(about, WIDTH / size), size)
    return head + sum(CLOSEST + _row_height(row, size, boxes=boxes) for row in rows)


def _row_height(row: Row, size: float, *, boxes: bool) -> float:
    width = (WIDTH - GUTTER * (len(row) - 1)) / len(row)
    inset_x, inset_y = (size * 0.9, size * 0.9) if boxes else (0.0, size * 0.7)
    inner = width - 2 * inset_x
    return 2 * inset_y + max(_room_height(room, inner, size) for room in row)


def _room_height(room: dict[str, Any], width: float, size: float) -> float:
    title = size * _TITLE
    tall = _lines(line_count(room["title"], width / title, heavier=_BOLD), title)
    return tall + title * _UNDER_TITLE + _block_height(room["block"], width, size)


def _block_height(block: dict[str, Any], width: float, size: float) -> float:
    if block["kind"] == "table":
        return _table_height(block, width, size)
    ems = width / size - (_MARK if block["kind"] == "list" else 0)
    texts = block.get("items") or [block.get("words", "")]
    tall = sum(_lines(line_count(text, ems), size) for text in texts)
    return tall + size * _APART * (len(texts) - 1)


def _table_height(block: dict[str, Any], width: float, size: float) -> float:
    across, down = _CELL_INSETS
    share = width / sum(block["weights"])
    ems = [(share * weight - across) / size for weight in block["weights"]]
    return sum(
        down
        + max(
            _lines(line_count(cell, wide, heavier=_BOLD), size)
            for cell, wide in zip(row, ems, strict=True)
        )
        for row in [block["heads"], *block["rows"]]
    )


def _lines(count: int, size: float) -> float:
    return (count * (_LINE + _LEADING) - _LEADING) * size
