"""Who judges which pairs: balanced and at random, never by closeness.

Choosing pairs for being close makes noise look like signal: simulated judges who toss coins reach
a reliability of .96 with greedy adaptive pairs, .07 with random ones; Bramley 2015, Investigating
the reliability of Adaptive Comparative Judgment, found the same. So this knows no scores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

import numpy as np

Pair = tuple[int, int]


def plan_pairs(
    items: Sequence[Hashable], *, per_item: int, judges: Sequence[Hashable], seed: int
) -> dict[Hashable, tuple[tuple[Hashable, Hashable], ...]]:
    """Each judge's share of pairs, (left, right), drawn with `seed`.

    Every file is judged `per_item` times (one file once less where that comes out odd), shares
    differ by one at most, no judge sees a pair twice, and no pair comes again before all have come.
    10 to 20 judgements a file give a reliability near .8 (Kinnear, Jones & Davies 2025).

    Raises ValueError for fewer than two items, something listed twice, no judge, per_item below 1,
    or more than the judges can give without seeing a pair twice.
    """
    _check(items, per_item, judges)
    random = np.random.default_rng(seed)
    order = random.permutation(len(items)).tolist()
    pairs = [(order[a], order[b]) for a, b in _balanced(len(items), per_item, random)]
    shares = _shared(pairs, len(judges), random)
    return {
        judge: tuple((items[a], items[b]) for a, b in share)
        for judge, share in zip(judges, shares, strict=True)
    }


def _check(items: Sequence[Hashable], per_item: int, judges: Sequence[Hashable]) -> None:
    if len(items) < 2:
        raise ValueError("It takes two items to compare.")
    if len(set(items)) != len(items) or len(set(judges)) != len(judges):
        raise ValueError("An item or a judge is listed twice.")
    if not len(judges):
        raise ValueError("There is nobody to judge.")
    if per_item < 1:
        raise ValueError("Every item needs at least one judgement.")
    most = (len(items) - 1) * len(judges)
    if per_item > most:
        raise ValueError(
            f"{len(judges)} judges can give each item {most} judgements without seeing a pair"
            " twice. Ask for fewer, or more judges."
        )


def _balanced(size: int, per_item: int, random: np.random.Generator) -> list[Pair]:
    """Pairs of places in which each place comes per_item times: whole cycles, then part of one."""
    cycles, rest = divmod(per_item, size - 1)
    whole = [(a, b) for a in range(size) for b in range(a)]
    return whole * cycles + (_part(size, rest, random) if rest else [])


def _part(size: int, per_item: int, random: np.random.Generator) -> list[Pair]:
    if size % 2 == 0:
        # Rounds of a tournament: in each, every place meets one other; no pair meets twice.
        chosen = random.permutation(size - 1)[:per_item].tolist()
        return [pair for n in chosen for pair in _round(n, size)]
    # On a circle of odd size, all pairs that lie d apart give every place two.
    apart = (random.permutation(size // 2) + 1).tolist()
    pairs = [(a, (a + d) % size) for d in apart[: per_item // 2] for a in range(size)]
    if per_item % 2:
        # Half a circle more: a path along one distance, every other step of it.
        pairs += _every_other(apart[per_item // 2], size)
    return pairs


def _round(n: int, size: int) -> Iterator[Pair]:
    """The circle method: the last place stays, the others move round."""
    yield size - 1, n
    for k in range(1, size // 2):
        yield (n + k) % (size - 1), (n - k) % (size - 1)


def _every_other(apart: int, size: int) -> list[Pair]:
    """Every place once but one, in pairs that lie `apart`; the circle falls into equal rings."""
    pairs, left = [], []
    seen: set[int] = set()
    for start in range(size):
        ring = []
        place = start
        while place not in seen:
            seen.add(place)
            ring.append(place)
            place = (place + apart) % size
        pairs += list(zip(ring[0:-1:2], ring[1::2], strict=False))
        left += ring[-1:] if len(ring) % 2 else []
    # Rings of an odd circle are odd, so each leaves one place; those are paired among themselves.
    return pairs + list(zip(left[0:-1:2], left[1::2], strict=False))


def _shared(pairs: list[Pair], judges: int, random: np.random.Generator) -> list[list[Pair]]:
    """Deal pairs in turn, copies of one pair side by side so that they fall to different judges.

    Sides are drawn for each, so that nobody's left is always another's.
    """
    copies: dict[frozenset[int], list[Pair]] = defaultdict(list)
    for pair in pairs:
        copies[frozenset(pair)].append(pair)
    groups = list(copies.values())
    shares: list[list[Pair]] = [[] for _ in range(judges)]
    dealt = 0
    for n in random.permutation(len(groups)).tolist():
        for a, b in groups[n]:
            shares[dealt % judges].append((a, b) if random.random() < 0.5 else (b, a))
            dealt += 1
    for share in shares:
        random.shuffle(share)
    return shares
