"""Where first? A ranked list that explains itself, and what depends on what one values.

Sources: Pareto fronts by dominance, Deb and others 2002 (NSGA-II); SMAA, Lahdelma, Hokkanen &
Salminen 1998, European Journal of Operational Research 106.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_CHUNK = 4_000_000  # sums held at once


@dataclass(frozen=True, slots=True)
class Item:
    """Something that could be worked on.

    area: what it belongs to, for its weight. gap: how far from where it should be, 0 (there) to 1.
    reach: pupils concerned. effort: days of work, above 0. statutory: the law asks for it.
    """

    name: str
    area: str
    gap: float
    reach: float
    effort: float
    statutory: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """An item in its place; equals share a place. score: weight × gap × reach ÷ effort."""

    item: Item
    weight: float
    score: float
    place: int


def score(items: Sequence[Item], weights: Mapping[str, float]) -> list[Ranked]:
    """Where to put the effort first: what the law asks for, then most gain for the work.

    weights: area → how much it matters, 0 or more. An item without a gap is nowhere near the front,
    law or not. The score orders; it does not say that one thing is twice as urgent as another.
    Order of items changes nothing. Raises ValueError for an area without a weight or figures that
    cannot be.
    """
    found = []
    for item in items:
        if item.area not in weights:
            raise ValueError(f"Give a weight for {item.area}.")
        weight = weights[item.area]
        if not all(isfinite(v) for v in (weight, item.gap, item.reach, item.effort)):
            raise ValueError(f"{item.name}: a figure is missing or is not a number.")
        if weight < 0 or item.reach < 0 or not 0 <= item.gap <= 1:
            raise ValueError(
                f"{item.name}: weight and reach cannot be below 0, nor gap outside 0–1."
            )
        if item.effort <= 0:
            raise ValueError(f"{item.name}: say how much work it is; nothing is done in no time.")
        worth = weight * item.gap * item.reach / item.effort
        found.append((not (item.statutory and item.gap > 0), -worth, item, weight))
    found.sort(key=lambda f: (f[0], f[1], f[2].name))
    ranked: list[Ranked] = []
    for n, (later, worth, item, weight) in enumerate(found):
        equal = n > 0 and (later, worth) == found[n - 1][:2]
        ranked.append(Ranked(item, weight, -worth, ranked[-1].place if equal else n + 1))
    return ranked


def fronts(
    points: Sequence[Sequence[float]], *, sense: Literal["minimise", "maximise"]
) -> list[list[int]]:
    """Layers of choices: in the first, none is beaten by another on everything at once.

    points: choices × criteria, all in one sense. Returns places in the list, best layer first, in
    order within a layer; equal choices share one. Raises ValueError for uneven rows or figures that
    are missing. Source: non-dominated sorting, Deb and others 2002.
    """
    table = _table(points)
    if sense == "maximise":
        table = -table
    left = np.arange(len(table))
    layers = []
    while left.size:
        here = table[left]
        no_worse = (here[:, None, :] <= here[None, :, :]).all(axis=2)
        better = (here[:, None, :] < here[None, :, :]).any(axis=2)
        beaten = (no_worse & better).any(axis=0)
        layers.append(left[~beaten].tolist())
        left = left[beaten]
    return layers


@dataclass(frozen=True, slots=True)
class Acceptability:
    """first: for each item, in what share of all possible weightings it comes first (equals share).

    central_weights: the middle of the weightings that favour it, None where none does.
    """

    first: tuple[float, ...]
    central_weights: tuple[tuple[float, ...] | None, ...]


def acceptability(
    scores: Sequence[Sequence[float]], *, samples: int = 10_000, seed: int = 0
) -> Acceptability:
    """Whether something comes first whatever one values, or only for who values this or that.

    "First in 94 of 100 weightings" needs no debate about weights; 40, 35 and 25 is a conversation.
    scores: items × criteria, more is better, on scales that can be compared (0 to 1 is usual).
    Weightings are drawn evenly from all that sum to 1, with `seed`: ± 1 in 100 at 10,000 samples.

    Raises ValueError for uneven rows, figures that are missing, no item or no sample. Source: SMAA,
    Lahdelma, Hokkanen & Salminen 1998; even weights by Rubinstein 1982.
    """
    table = _table(scores)
    if not len(table) or not table.shape[1]:
        raise ValueError("There is nothing to compare: give items with at least one criterion.")
    if samples < 1:
        raise ValueError("Draw at least one weighting.")
    random = np.random.default_rng(seed)
    share, middle = np.zeros(len(table)), np.zeros(table.shape)
    step = max(1, _CHUNK // len(table))
    for start in range(0, samples, step):
        size = min(step, samples - start)
        weights = random.dirichlet(np.ones(table.shape[1]), size=size)
        worth = weights @ table.T
        # Sums of the same scores may differ in the last digit; equals come first together.
        top = worth >= worth.max(axis=1, keepdims=True) - 1e-12 * (1 + np.abs(table).max())
        credit = top / top.sum(axis=1, keepdims=True)
        share += credit.sum(axis=0)
        middle += credit.T @ weights
    central = tuple(
        tuple((m / s).tolist()) if s > 0 else None for m, s in zip(middle, share, strict=True)
    )
    return Acceptability(tuple((share / samples).tolist()), central)


def _table(rows: Sequence[Sequence[float]]) -> Floats:
    if len({len(row) for row in rows}) > 1:
        raise ValueError("Every item needs a figure for each criterion.")
    table = np.array([list(row) for row in rows], dtype=np.float64)
    if not np.isfinite(table).all():
        raise ValueError("A figure is missing or is not a number.")
    return table
