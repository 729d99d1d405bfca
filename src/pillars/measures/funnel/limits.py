"""Where a share likely lies, and what chance alone would give a unit of each size.

Sources: Wilson 1927, Journal of the American Statistical Association 22; Spiegelhalter 2005,
"Funnel plots for comparing institutional performance", Statistics in Medicine 24, appendix.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, sqrt

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Limits = list[tuple[float, float]]


def wilson(numerator: int, denominator: int, *, level: float = 0.95) -> tuple[float, float]:
    """Where the true share likely lies, given so few or so many cases.

    "9 of 12 passports are complete" reads "somewhere between 47 and 91 in 100". numerator of
    denominator, both counts; level between 0 and 1. Returns shares (low, high) in [0, 1].

    Raises ValueError for a numerator above the denominator, negative counts or nothing counted.
    Source: Wilson 1927, the score interval without continuity correction.
    """
    z = z_score(level)
    check_counts([numerator], [denominator], kind="proportion")
    if denominator == 0:
        raise ValueError("Nothing was counted, so there is no share.")
    share = numerator / denominator
    middle = (share + z * z / (2 * denominator)) / (1 + z * z / denominator)
    spread = share * (1 - share) / denominator + z * z / (4 * denominator**2)
    half = z * sqrt(spread) / (1 + z * z / denominator)
    low = 0.0 if numerator == 0 else max(0.0, middle - half)
    high = 1.0 if numerator == denominator else min(1.0, middle + half)
    return low, high


def proportion_limits(target: float, denominators: Sequence[int], *, level: float) -> Limits:
    """Between which shares a unit of each size would fall by chance alone, by the score form.

    target: the middle, a share. denominators: cases in each unit. Returns shares (low, high),
    clipped to [0, 1], in the order given. Rough below some 20 cases: see `binomial_limits`.

    Raises ValueError for a middle outside [0, 1] or a unit without cases.
    Source: target ± z √(target (1 − target) / n), Spiegelhalter 2005, appendix.
    """
    z, n = z_score(level), _sizes(denominators)
    _check_share(target)
    half = z * np.sqrt(target * (1 - target) / n)
    return pairs(np.maximum(0.0, target - half), np.minimum(1.0, target + half))


def binomial_limits(target: float, denominators: Sequence[int], *, level: float) -> Limits:
    """The same by the exact binomial, interpolated between counts: right for small units too.

    As the appendix prints it, the upper limit lies one case lower than the lower one's mirror, so
    that a unit one case below significance can lie outside. `compare` mirrors it instead.

    Shapes and errors as `proportion_limits`. Source: Spiegelhalter 2005, appendix A.1.1: r is the
    smallest count with P(R ≤ r) ≥ p, and the limit (r − a) / n, a = (P(R ≤ r) − p) / P(R = r).
    """
    tail, n = (1 - _checked(level)) / 2, _sizes(denominators)
    _check_share(target)
    if target in {0.0, 1.0}:
        return [(float(target), float(target))] * n.size
    return pairs(_inverse(tail, n, target), _inverse(1 - tail, n, target))


def mirrored_limits(target: float, n: Floats, level: float) -> tuple[Floats, Floats]:
    """Exact limits of which the upper is the lower one of what is missing. For `compare`."""
    if target in {0.0, 1.0}:
        return np.full(n.size, target), np.full(n.size, target)
    tail = (1 - level) / 2
    return _inverse(tail, n, target), 1 - _inverse(tail, n, 1 - target)


def _inverse(p: float, n: Floats, target: float) -> Floats:
    r = stats.binom.ppf(p, n, target)
    below, at = stats.binom.cdf(r - 1, n, target), stats.binom.cdf(r, n, target)
    part = np.divide(at - p, at - below, out=np.zeros_like(at), where=at > below)
    return np.asarray(np.clip((r - part) / n, 0.0, 1.0), dtype=np.float64)


def poisson_limits(expected: Sequence[float], *, level: float, target: float = 1.0) -> Limits:
    """Between which ratios of observed to expected a unit would fall by chance alone.

    For counts that could exceed what was expected: incidents, exclusions, referrals. expected:
    what each unit would have at the common rate, above 0. target: the middle ratio. Returns ratios
    (low, high) in the order given. Raises ValueError for nothing expected or a target below 0.

    Source: exact by χ² (Garwood 1936; Spiegelhalter 2005, appendix).
    """
    tail = (1 - _checked(level)) / 2
    e = _sizes(expected)
    if not (isfinite(target) and target >= 0):
        raise ValueError("The middle of a funnel of ratios cannot be below zero.")
    low = target * stats.chi2.ppf(tail, 2 * e) / 2 / e
    high = target * stats.chi2.ppf(1 - tail, 2 * (e + 1)) / 2 / e
    return pairs(low, high)


def z_score(level: float) -> float:
    return float(stats.norm.ppf(0.5 + _checked(level) / 2))


def pairs(low: Floats, high: Floats) -> Limits:
    return list(zip(low.tolist(), high.tolist(), strict=True))


def check_counts(numerators: Sequence[float], denominators: Sequence[float], *, kind: str) -> None:
    """Raises ValueError with a sentence for counts that cannot be."""
    if len(numerators) != len(denominators):
        raise ValueError("Give a numerator and a denominator for each unit.")
    top, bottom = np.asarray(numerators, float), np.asarray(denominators, float)
    if not (np.isfinite(top).all() and np.isfinite(bottom).all()):
        raise ValueError("A count is missing or is not a number.")
    if (top < 0).any() or (bottom < 0).any():
        raise ValueError("Counts cannot be below zero.")
    over = np.flatnonzero(top > bottom)
    if kind == "proportion" and over.size:
        i = over[0]
        raise ValueError(f"{numerators[i]} of {denominators[i]} cannot be: more than there are.")


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError("A level lies between 0 and 1, such as 0.95.")
    return level


def _check_share(target: float) -> None:
    if not 0 <= target <= 1:
        raise ValueError("The middle of a funnel of shares lies between 0 and 1.")


def _sizes(denominators: Sequence[float]) -> Floats:
    n = np.asarray(denominators, dtype=np.float64)
    if not (n > 0).all() or not np.isfinite(n).all():
        raise ValueError("Every unit in a funnel needs at least one case.")
    return n
