"""Hide small counts so that nobody can be picked out, not even by subtracting from totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

Shown = int | None


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A table fit to be shown. None is a hidden count.

    cells: the rows given. row_totals, column_totals: one for each; column_totals is empty for a
    single list of counts. total: of everything.
    """

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown


@dataclass(slots=True)
class _Count:
    """One count as an edge between its row's sum and its column's.

    Its flow is sign × value: totals flow back (−1), so that every sum is nothing. Flow rises and
    falls freely, but that a hidden count, known to be no zero, stays at 1 or more.
    """

    row: int
    column: int
    value: int
    is_total: bool
    sign: int
    hidden: bool

    @property
    def rises(self) -> bool:
        return self.sign > 0 or self.value > 1

    @property
    def falls(self) -> bool:
        return self.sign < 0 or self.value > 1


def suppress(counts: Sequence[int] | Sequence[Sequence[int]], *, below: int = 5) -> Suppressed:
    """Counts fit to be shown where names are hidden: no small group, and none to be worked out.

    "3 pupils with a hearing impairment in year 4" may as well be their names. Counts from 1 to
    below − 1 are hidden, and then as few and as small others, totals last, as it takes for no
    hidden count to follow from what is shown. Zeros are shown. The reader is taken to know this
    rule, so that two hidden counts that sum to two are not enough: each must be 1.

    counts: one row of counts, or rows of equal length. Raises ValueError for counts below zero or
    not whole, uneven rows, or an empty table.

    Source: complementary cell suppression (Cox 1980, JASA 75); a count is safe where the table can
    change along a cycle through it with every shown sum kept.
    """
    rows = _rows(counts)
    single = not isinstance(counts[0], Sequence)
    table = _with_totals(rows, single=single, below=below)
    small = {i for i, count in enumerate(table) if count.hidden}
    while _given_away(table):
        _hide_one_more(table)
    _show_what_need_not_hide(table, small)
    return _shape(rows, table, single=single)


def _rows(counts: Sequence[int] | Sequence[Sequence[int]]) -> list[list[int]]:
    if not len(counts):
        raise ValueError("There are no counts to show.")
    rows = [list(row) if isinstance(row, Sequence) else [row] for row in counts]
    if not isinstance(counts[0], Sequence):
        rows = [[value for row in rows for value in row]]
    if len({len(row) for row in rows}) > 1 or not rows[0]:
        raise ValueError("Every row of the table needs the same number of counts.")
    for row in rows:
        for value in row:
            if value != int(value) or value < 0:
                raise ValueError("Counts are whole numbers, not below zero.")
    return [[int(value) for value in row] for row in rows]


def _with_totals(rows: list[list[int]], *, single: bool, below: int) -> list[_Count]:
    """Cells, then totals. A total lies on the sum it closes; of one list, columns do not count."""
    height, width = len(rows), len(rows[0])

    def count(row: int, column: int, value: int) -> _Count:
        is_total = row == height or column == width
        sign = -1 if (row == height) != (column == width) else 1
        return _Count(row, 0 if single else column, value, is_total, sign, 0 < value < below)

    table = [count(i, j, value) for i, row in enumerate(rows) for j, value in enumerate(row)]
    table += [count(i, width, sum(row)) for i, row in enumerate(rows)]
    if not single:
        table += [count(height, j, sum(row[j] for row in rows)) for j in range(width)]
        table.append(count(height, width, sum(map(sum, rows))))
    return table


def _safe(index: int, table: list[_Count]) -> bool:
    """Whether the hidden count could be another number with every shown sum kept."""
    count = table[index]
    moves = _moves(index, table)
    row, column = ("row", count.row), ("column", count.column)
    return (count.rises and _reaches(column, row, moves)) or (
        count.falls and _reaches(row, column, moves)
    )


Node = tuple[str, int]


def _moves(index: int, table: list[_Count]) -> dict[Node, set[Node]]:
    moves: dict[Node, set[Node]] = defaultdict(set)
    for i, other in enumerate(table):
        if i == index or not other.hidden:
            continue
        row, column = ("row", other.row), ("column", other.column)
        if other.rises:
            moves[row].add(column)
        if other.falls:
            moves[column].add(row)
    return moves


def _reaches(start: Node, goal: Node, moves: dict[Node, set[Node]]) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        node = waiting.pop()
        if node == goal:
            return True
        fresh = moves[node] - seen
        seen |= fresh
        waiting += fresh
    return False


def _given_away(table: list[_Count]) -> int:
    return sum(count.hidden and not _safe(i, table) for i, count in enumerate(table))


def _hide_one_more(table: list[_Count]) -> None:
    """The shown count that leaves fewest given away; cells before totals, small before large."""

    def cost(count: _Count) -> tuple[int, bool, int]:
        count.hidden = True
        left = _given_away(table)
        count.hidden = False
        return left, count.is_total, count.value

    best = min((count for count in table if not count.hidden and count.value), key=cost)
    best.hidden = True


def _show_what_need_not_hide(table: list[_Count], small: set[int]) -> None:
    """What was hidden on the way and is needed no more, totals and large counts first."""
    extra = [count for i, count in enumerate(table) if count.hidden and i not in small]
    for count in sorted(extra, key=lambda c: (c.is_total, c.value), reverse=True):
        count.hidden = False
        count.hidden = _given_away(table) > 0


def _shape(rows: list[list[int]], table: list[_Count], *, single: bool) -> Suppressed:
    height, width = len(rows), len(rows[0])
    shown = [None if count.hidden else count.value for count in table]
    cells = tuple(tuple(shown[i * width : (i + 1) * width]) for i in range(height))
    totals = shown[height * width :]
    if single:
        return Suppressed(cells, (totals[0],), (), totals[0])
    return Suppressed(cells, tuple(totals[:height]), tuple(totals[height:-1]), totals[-1])
