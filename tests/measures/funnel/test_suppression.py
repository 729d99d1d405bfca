"""No hidden count can be worked out, checked by trying every table a reader could think of."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.funnel import Suppressed, suppress


def readings(shown: Suppressed, truth: list[list[int]]) -> list[tuple[int, ...]]:
    """Every set of hidden cells a reader could hold possible: 1 or more, shown sums kept."""
    hidden = [(i, j) for i, row in enumerate(shown.cells) for j, v in enumerate(row) if v is None]
    found = []
    for guess in product(*(range(1, truth[i][j] + 3) for i, j in hidden)):
        table = [list(row) for row in truth]
        for (i, j), value in zip(hidden, guess, strict=True):
            table[i][j] = value
        if _fits(shown, table):
            found.append(guess)
    return found


def _fits(shown: Suppressed, table: list[list[int]]) -> bool:
    sums = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    pairs = [*zip(shown.row_totals, sums, strict=True), (shown.total, sum(sums))]
    if shown.column_totals:
        pairs += zip(shown.column_totals, columns, strict=True)
    return all(seen is None or seen == made for seen, made in pairs)


def check_nothing_follows(shown: Suppressed, truth: list[list[int]]) -> None:
    possible = readings(shown, truth)
    assert possible
    for values in zip(*possible, strict=True):
        assert len(set(values)) > 1


def test_small_count_takes_the_next_smallest_with_it() -> None:
    shown = suppress([12, 3, 40, 9])
    assert shown.cells == ((12, None, 40, None),)
    assert (shown.row_totals, shown.column_totals, shown.total) == ((64,), (), 64)


def test_counts_large_enough_are_all_shown() -> None:
    assert suppress([12, 5, 0]).cells == ((12, 5, 0),)


def test_two_small_counts_that_give_themselves_away_take_a_third() -> None:
    # 1 and 1 of 32 with 10 and 20 shown: two hidden counts that sum to two.
    assert suppress([1, 1, 10, 20]).cells == ((None, None, None, 20),)


def test_small_count_alone_hides_the_total_too() -> None:
    shown = suppress([3, 0, 0])
    assert shown.cells == ((None, 0, 0),)
    assert shown.total is None


def test_table_hides_a_rectangle() -> None:
    shown = suppress([[20, 3, 15], [18, 30, 25], [9, 14, 16]])
    assert shown.cells == ((None, None, 15), (18, 30, 25), (None, None, 16))
    assert shown.row_totals == (38, 73, 39)


def test_small_total_is_hidden_as_well() -> None:
    shown = suppress([[1, 2], [30, 40]])
    assert shown.row_totals[0] is None
    check_nothing_follows(shown, [[1, 2], [30, 40]])


def test_total_of_one_is_hidden_and_cannot_be_less() -> None:
    table = [[1, 0], [30, 40], [25, 31]]
    shown = suppress(table)
    assert shown.cells[0] == (None, 0)
    assert shown.row_totals[0] is None
    check_nothing_follows(shown, table)


def test_limit_can_be_set() -> None:
    assert suppress([12, 7, 40], below=10).cells == ((None, None, 40),)
    assert suppress([3, 2, 40], below=1).cells == ((3, 2, 40),)


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([], "no counts"),
        ([[]], "same number"),
        ([[1, 2], [3]], "same number"),
        ([1, -1], "not below zero"),
        ([1.5, 2], "whole numbers"),
    ],
)
def test_table_that_cannot_be_is_refused(counts: list[int], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        suppress(counts)


@given(st.lists(st.integers(0, 7), min_size=1, max_size=4))
def test_no_hidden_count_of_a_list_follows_from_what_is_shown(counts: list[int]) -> None:
    check_nothing_follows(suppress(counts), [counts])


@given(
    st.tuples(st.integers(1, 3), st.integers(1, 2)).flatmap(
        lambda size: st.lists(
            st.lists(st.integers(0, 7), min_size=size[0], max_size=size[0]),
            min_size=size[1],
            max_size=size[1],
        )
    )
)
def test_no_hidden_count_of_a_table_follows_from_what_is_shown(table: list[list[int]]) -> None:
    check_nothing_follows(suppress(table), table)


@given(st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=2, max_size=6))
def test_every_small_count_is_hidden_and_no_zero(table: list[list[int]]) -> None:
    shown = suppress(table)
    for row, seen in zip(table, shown.cells, strict=True):
        for value, cell in zip(row, seen, strict=True):
            assert cell == value or cell is None
            assert not (0 < value < 5 and cell is not None)
            assert not (value == 0 and cell is None)
