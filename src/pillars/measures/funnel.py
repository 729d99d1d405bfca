"""Different from the others, or only small? Funnel limits that allow for chance and for spread.

Sources: Wilson 1927; Spiegelhalter 2005, "Funnel plots for comparing institutional performance",
Statistics in Medicine 24; DerSimonian & Laird 1986 for the spread between units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

Limits = list[tuple[float, float]]
Where = Literal["within", "high", "low"]
Floats = npt.NDArray[np.float64]


def wilson(numerator: int, denominator: int, *, level: float = 0.95) -> tuple[float, float]:
    """Where the true share likely lies, given so few or so many cases.

    numerator of denominator, both whole; level between 0 and 1. Returns shares (low, high).
    Raises ValueError for a numerator above the denominator, negative counts or nothing counted.
    Source: Wilson 1927, score interval without continuity correction.
    """
    _check_level(level)
    _check_counts([numerator], [denominator])
    if denominator == 0:
        raise ValueError("Nothing was counted, so there is no share.")
    z = _z(level)
    share = numerator / denominator
    middle = (share + z * z / (2 * denominator)) / (1 + z * z / denominator)
    spread = share * (1 - share) / denominator + z * z / (4 * denominator**2)
    half = z * sqrt(spread) / (1 + z * z / denominator)
    low = 0.0 if numerator == 0 else max(0.0, middle - half)
    high = 1.0 if numerator == denominator else min(1.0, middle + half)
    return low, high


def proportion_limits(target: float, denominators: Sequence[int], *, level: float) -> Limits:
    """Between which shares a unit of each size would fall by chance alone, as shares in [0, 1].

    Source: the score form, target ± z √(target (1 − target) / n), clipped.
    """
    _check_level(level)
    if not 0 <= target <= 1:
        raise ValueError("The middle of a funnel of shares lies between 0 and 1.")
    limits = []
    for n in denominators:
        if n <= 0:
            raise ValueError("Every unit in a funnel needs at least one case.")
        half = _z(level) * sqrt(target * (1 - target) / n)
        limits.append((max(0.0, target - half), min(1.0, target + half)))
    return limits


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more units differ than chance gives.

    phi: mean of squared (winsorised) z-scores; 1 is chance alone. tau2: variance between units on
    the share's scale. target: the middle. z: each unit's score before winsorising.
    """

    phi: float
    tau2: float
    target: float
    z: tuple[float, ...]


def overdispersion(
    numerators: Sequence[int], denominators: Sequence[int], *, trim: float = 0.1
) -> Dispersion:
    """Whether shares spread wider than chance alone would, with the extremes winsorised.

    numerators of denominators, one pair a unit, at least two units. trim: the share of units
    pulled in at each end. Source: Spiegelhalter 2005, section 4 (additive random effects).
    """
    if not 0 <= trim < 0.5:
        raise ValueError("Trim a share of units below one half at each end.")
    _check_counts(numerators, denominators)
    if len(denominators) < 2 or min(denominators) == 0:
        raise ValueError("Spread needs at least two units, each with cases.")
    y, n = np.asarray(numerators, float), np.asarray(denominators, float)
    target = float(y.sum() / n.sum())
    if target in (0.0, 1.0):
        return Dispersion(0.0, 0.0, target, tuple(0.0 for _ in y))
    error = np.sqrt(target * (1 - target) / n)
    z = (y / n - target) / error
    low, high = np.quantile(z, [trim, 1 - trim])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    return Dispersion(phi, _tau2(phi, error), target, tuple(float(v) for v in z))


def _tau2(phi: float, error: Floats) -> float:
    """DerSimonian–Laird from φ: none where the spread is what chance gives."""
    units = error.size
    if units * phi < units - 1:
        return 0.0
    weight = error**-2
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    return float((units * phi - (units - 1)) / scale) if scale > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit in a comparison: where it lies at each level asked for."""

    name: str
    numerator: int
    denominator: int
    share: float
    where: dict[float, Where]


@dataclass(frozen=True, slots=True)
class FunnelComparison:
    """Units on one funnel. limits: level → a (low, high) pair of shares for each unit, in order.

    adjusted: whether the limits were widened for overdispersion.
    """

    units: tuple[Unit, ...]
    dispersion: Dispersion
    limits: dict[float, Limits]
    adjusted: bool

    def limits_at(self, denominator: int, level: float) -> tuple[float, float]:
        """The limits a unit of this size would have, for drawing the funnel."""
        return _limits(self.dispersion.target, self.dispersion.tau2, denominator, level)


def compare(
    numerators: Sequence[int],
    denominators: Sequence[int],
    *,
    names: Sequence[str],
    levels: tuple[float, ...] = (0.95, 0.998),
) -> FunnelComparison:
    """Which units differ from the rest by more than chance and their common spread explain.

    Limits are widened for overdispersion when N·φ ≥ N−1, before anybody is called different.
    Raises ValueError for counts that cannot be, fewer than two units, or names that do not fit.
    """
    if len(names) != len(numerators):
        raise ValueError("Give one name for each unit.")
    for level in levels:
        _check_level(level)
    spread = overdispersion(numerators, denominators)
    limits = {
        level: [_limits(spread.target, spread.tau2, n, level) for n in denominators]
        for level in levels
    }
    units = []
    for i, name in enumerate(names):
        share = numerators[i] / denominators[i]
        where = {level: _where(share, limits[level][i]) for level in levels}
        units.append(Unit(name, numerators[i], denominators[i], share, where))
    return FunnelComparison(tuple(units), spread, limits, adjusted=spread.tau2 > 0)


def _limits(target: float, tau2: float, n: int, level: float) -> tuple[float, float]:
    half = _z(level) * sqrt(target * (1 - target) / n + tau2)
    return max(0.0, target - half), min(1.0, target + half)


def _where(share: float, limits: tuple[float, float]) -> Where:
    low, high = limits
    if share < low:
        return "low"
    return "high" if share > high else "within"


def _z(level: float) -> float:
    return float(stats.norm.ppf(0.5 + level / 2))


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError("A level lies between 0 and 1, such as 0.95.")


def _check_counts(numerators: Sequence[int], denominators: Sequence[int]) -> None:
    if len(numerators) != len(denominators):
        raise ValueError("Give a numerator and a denominator for each unit.")
    for top, bottom in zip(numerators, denominators, strict=True):
        if top < 0 or bottom < 0:
            raise ValueError("Counts cannot be below zero.")
        if top > bottom:
            raise ValueError(f"{top} of {bottom} cannot be: more than there are.")
