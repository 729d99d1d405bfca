"""Units on one funnel: which differ from the rest by more than chance and their common spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pillars.measures.funnel.dispersion import (
    Dispersion,
    Kind,
    Transform,
    middle,
    overdispersion,
    standard_error,
)
from pillars.measures.funnel.limits import (
    Floats,
    Limits,
    mirrored_limits,
    pairs,
    poisson_limits,
    z_score,
)

Where = Literal["within", "high", "low"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit in a comparison: its share (or ratio), and where it lies at each level asked for."""

    name: str
    numerator: float
    denominator: float
    share: float
    where: dict[float, Where]


@dataclass(frozen=True, slots=True)
class FunnelComparison:
    """Units on one funnel, in the order given.

    limits: level → a (low, high) pair for each unit, in the same order. adjusted: whether the
    limits were widened because the units spread wider than chance.
    """

    units: tuple[Unit, ...]
    dispersion: Dispersion
    limits: dict[float, Limits]
    adjusted: bool
    kind: Kind = "proportion"
    transform: Transform = "cqc"

    def limits_at(self, denominator: float, level: float) -> tuple[float, float]:
        """The limits a unit of this size would have, for drawing the funnel."""
        if not denominator > 0:
            raise ValueError("Every unit in a funnel needs at least one case.")
        n = np.asarray([denominator], dtype=np.float64)
        low, high = _limits(
            self.dispersion,
            n,
            level,
            kind=self.kind,
            transform=self.transform,
            adjusted=self.adjusted,
        )
        return float(low[0]), float(high[0])


def compare(
    numerators: Sequence[float],
    denominators: Sequence[float],
    *,
    names: Sequence[str],
    kind: Kind = "proportion",
    levels: tuple[float, ...] = (0.95, 0.998),
    transform: Transform = "cqc",
    adjust: bool = True,
) -> FunnelComparison:
    """Which schools differ from the rest by more than chance and their common spread explain.

    Small schools swing; a funnel gives them room. Limits are widened for overdispersion when
    N·φ ≥ N − 1, before anybody is called different; `adjust=False` shows what plain limits would
    have said. About 1 in 20 lies outside 95 % by chance, 1 in 500 outside 99.8 %.

    numerators, denominators, kind, transform as in `overdispersion`. Returns shares or ratios. Not
    for a league table: units within the limits have no order. Raises ValueError for counts that
    cannot be, fewer than two units, or names that do not fit.

    Plain limits are exact: binomial for shares, the upper one mirroring the lower; Poisson for
    ratios. Adjusted ones are middle ± z √(s² + τ²) on the transformed scale, turned back.
    """
    if len(names) != len(numerators):
        raise ValueError("Give one name for each unit.")
    if not levels:
        raise ValueError("Ask for at least one level, such as 0.95.")
    spread = overdispersion(numerators, denominators, kind=kind, transform=transform)
    adjusted = adjust and spread.tau2 > 0
    n = np.asarray(denominators, dtype=np.float64)
    shares = np.asarray(numerators, dtype=np.float64) / n
    limits: dict[float, Limits] = {}
    places: list[list[Where]] = []
    for level in levels:
        low, high = _limits(spread, n, level, kind=kind, transform=transform, adjusted=adjusted)
        limits[level] = pairs(low, high)
        places.append([_WHERE[place] for place in _places(shares, low, high)])
    where = list(zip(*places, strict=True))
    # Thousands of schools lie in a handful of ways: each way is written down once.
    ways = {way: dict(zip(levels, way, strict=True)) for way in set(where)}
    found = zip(names, numerators, denominators, shares.tolist(), where, strict=True)
    units = tuple(Unit(name, top, size, share, ways[way]) for name, top, size, share, way in found)
    return FunnelComparison(units, spread, limits, adjusted, kind, transform)


_WHERE: dict[int, Where] = {0: "within", 1: "high", -1: "low"}


def _places(shares: Floats, low: Floats, high: Floats) -> list[int]:
    places: list[int] = ((shares > high).astype(int) - (shares < low).astype(int)).tolist()
    return places


def _limits(
    spread: Dispersion, n: Floats, level: float, *, kind: Kind, transform: Transform, adjusted: bool
) -> tuple[Floats, Floats]:
    z = z_score(level)
    if not adjusted:
        return _plain(spread.target, n, level, kind)
    half = z * np.sqrt(standard_error(n, kind, transform) ** 2 + spread.tau2)
    at = middle(spread.target, kind, transform)
    if kind == "proportion":
        return np.sin(np.maximum(0.0, at - half)) ** 2, np.sin(
            np.minimum(np.pi / 2, at + half)
        ) ** 2
    if transform == "shmi":
        return np.exp(at - half), np.exp(at + half)
    return np.maximum(0.0, at - half) ** 2, (at + half) ** 2


def _plain(target: float, n: Floats, level: float, kind: Kind) -> tuple[Floats, Floats]:
    if kind == "ratio":
        both = np.asarray(poisson_limits(n.tolist(), level=level))
        return both[:, 0], both[:, 1]
    sizes, back = np.unique(n, return_inverse=True)
    low, high = mirrored_limits(target, sizes, level)
    return low[back], high[back]
