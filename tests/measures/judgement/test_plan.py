"""Pairs: balanced, shared evenly, never twice for one judge."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.judgement import plan_pairs

plans = st.tuples(
    st.integers(2, 14), st.integers(1, 12), st.integers(1, 6), st.integers(0, 99)
).filter(lambda p: p[1] <= (p[0] - 1) * p[2])


@given(plans)
def test_every_file_comes_equally_often_and_no_pair_twice_for_one_judge(
    plan: tuple[int, int, int, int],
) -> None:
    size, per_item, judges, seed = plan
    items = list(range(size))
    found = plan_pairs(items, per_item=per_item, judges=list("abcdef"[:judges]), seed=seed)
    pairs = [pair for share in found.values() for pair in share]
    times = Counter(item for pair in pairs for item in pair)
    short = [item for item in items if times[item] != per_item]
    assert len(short) == size * per_item % 2
    assert all(times[item] == per_item - 1 for item in short)
    shares = [len(share) for share in found.values()]
    assert max(shares) - min(shares) <= 1
    for share in found.values():
        assert len({frozenset(pair) for pair in share}) == len(share)
    often = Counter(frozenset(pair) for pair in pairs).values()
    assert max(often) <= -(-per_item // (size - 1))


@pytest.mark.parametrize("size", [5, 9, 15])
@pytest.mark.parametrize("per_item", [1, 2, 3, 4])
def test_odd_number_of_files_is_balanced_but_for_one(size: int, per_item: int) -> None:
    found = plan_pairs(list(range(size)), per_item=per_item, judges=["a"], seed=size)["a"]
    times = Counter(item for pair in found for item in pair)
    assert sorted(times[item] for item in range(size))[1:] == [per_item] * (size - 1)
    assert len({frozenset(pair) for pair in found}) == len(found) == size * per_item // 2


def test_same_seed_gives_the_same_plan_and_another_another() -> None:
    items = list(range(30))
    one, again, other = (
        plan_pairs(items, per_item=10, judges=["a", "b"], seed=seed) for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_sides_are_drawn() -> None:
    share = plan_pairs(list(range(40)), per_item=20, judges=["a"], seed=0)["a"]
    left = Counter(a for a, _ in share)
    assert all(2 <= left[item] <= 18 for item in range(40))


@pytest.mark.parametrize(
    ("items", "per_item", "judges", "says"),
    [
        (["a"], 1, ["j"], "two items"),
        (["a", "a"], 1, ["j"], "listed twice"),
        (["a", "b"], 1, ["j", "j"], "listed twice"),
        (["a", "b"], 1, [], "nobody"),
        (["a", "b"], 0, ["j"], "at least one"),
        (["a", "b", "c"], 5, ["j", "k"], "2 judges can give each item 4"),
    ],
)
def test_plan_that_cannot_be_is_refused(items: Any, per_item: int, judges: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        plan_pairs(items, per_item=per_item, judges=judges, seed=0)
