"""How large a difference is, in standard deviations, and how sure one can be of it.

Sources: Borenstein, Hedges, Higgins & Rothstein 2009, Introduction to Meta-Analysis, chapter 4;
Becker 1988; Morris 2008, Organizational Research Methods 11; Hedges 1981 for the correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isfinite, lgamma, sqrt

import numpy as np

FEWEST = 5  # pupils: below this there is no verdict
_TOO_FEW = f"fewer than {FEWEST} pupils: too few to say"
_NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference in standard deviations: about .2 is small, .4 a good intervention, .8 large.

    d: as measured. g: corrected for small groups, the one to show. low, high: where g likely lies
    (95 %). n: pupils in all. A value of None comes with a reason that a person can read; so does
    an interval of None beside a value.
    """

    d: float | None
    g: float | None
    variance_d: float | None
    variance_g: float | None
    low: float | None
    high: float | None
    n: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group before and after: means and standard deviations of the same test, and its size."""

    mean_pre: float
    mean_post: float
    sd_pre: float
    sd_post: float
    n: int


def standardised_gain(pre: Sequence[float], post: Sequence[float]) -> Effect:
    """How much a group gained, measured by how far its pupils were apart at the start.

    Without a comparison group it holds what time and regression to the mean gave as well: show
    `regression_to_mean` beside it. pre, post: the same pupils in the same order.

    Raises ValueError for lists of different length or a score that is missing. No verdict below
    five pupils or where all began alike. Source: Becker 1988; variance 2 (1 − r) / n + d² / 2n.
    """
    before, after = _scores(pre), _scores(post)
    if before.size != after.size:
        raise ValueError("Give one score before and one after for each pupil.")
    n = int(before.size)
    if n < FEWEST:
        return _no_verdict(n, _TOO_FEW)
    spread = float(before.std(ddof=1))
    if spread == 0:
        return _no_verdict(n, "not estimable: every pupil began with the same score")
    d = float((after - before).mean()) / spread
    if after.std() == 0:
        return _effect(d, None, n - 1, n, "no interval: every pupil ended with the same score")
    r = float(np.clip(np.corrcoef(before, after)[0, 1], -1, 1))
    return _effect(d, 2 * (1 - r) / n + d * d / (2 * n), n - 1, n)


def paired_effect(
    mean_pre: float, mean_post: float, sd_difference: float, n: int, r: float
) -> Effect:
    """The same from a report's figures: means, the spread of the differences, and how many.

    r: correlation of the two tests, −1 to below 1. d is in units of the spread within a test,
    sd_difference / √(2 (1 − r)). Raises ValueError for a spread not above 0, n below 1 or r
    outside. Source: Borenstein et al. 2009, formulas 4.26 to 4.29.
    """
    _check_numbers(mean_pre, mean_post, sd_difference, r)
    _check_spread(sd_difference)
    _check_size(n)
    if not -1 <= r < 1:
        raise ValueError("The correlation of two tests lies between -1 and 1, and below 1.")
    if n < FEWEST:
        return _no_verdict(n, _TOO_FEW)
    d = (mean_post - mean_pre) * sqrt(2 * (1 - r)) / sd_difference
    return _effect(d, (1 / n + d * d / (2 * n)) * 2 * (1 - r), n - 1, n)


def independent_effect(  # noqa: PLR0917 (two groups, each as a report gives it)
    mean_1: float, sd_1: float, n_1: int, mean_2: float, sd_2: float, n_2: int
) -> Effect:
    """How far two groups of different pupils are apart; above 0 where the first is higher.

    Says nothing of why: the groups may have differed before. Raises ValueError for a spread not
    above 0 or a size below 1; no verdict where either has fewer than five pupils.
    Source: Borenstein et al. 2009, formulas 4.18 to 4.24, pooled standard deviation.
    """
    _check_numbers(mean_1, sd_1, mean_2, sd_2)
    _check_spread(sd_1, sd_2)
    _check_size(n_1, n_2)
    n = n_1 + n_2
    if min(n_1, n_2) < FEWEST:
        return _no_verdict(n, _TOO_FEW)
    d = (mean_1 - mean_2) / _pooled(sd_1, n_1, sd_2, n_2)
    return _effect(d, n / (n_1 * n_2) + d * d / (2 * n), n - 2, n)


def pre_post_control(treatment: Group, control: Group, *, r: float | None = None) -> Effect:
    """How much more the pupils with an intervention gained than others over the same time.

    The fairest of the four: time, testing and regression to the mean fall on both groups. r:
    correlation of the tests before and after within groups; without it there is no interval.

    Raises ValueError for a spread not above 0, a size below 1 or r outside −1 to 1; no verdict
    where either group has fewer than five pupils. Source: Morris 2008, d ppc2: the difference of
    gains over the pooled pre-test standard deviation; variance as metafor's page on that paper,
    2 (1 − r) (1/n + 1/n) + d² / 2 (n + n).
    """
    for group in (treatment, control):
        _check_numbers(group.mean_pre, group.mean_post, group.sd_pre, group.sd_post)
        _check_spread(group.sd_pre)
        _check_size(group.n)
    if r is not None and not -1 <= r <= 1:
        raise ValueError("The correlation of two tests lies between -1 and 1.")
    n = treatment.n + control.n
    if min(treatment.n, control.n) < FEWEST:
        return _no_verdict(n, _TOO_FEW)
    gain = treatment.mean_post - treatment.mean_pre
    gain -= control.mean_post - control.mean_pre
    d = gain / _pooled(treatment.sd_pre, treatment.n, control.sd_pre, control.n)
    if r is None:
        return _effect(d, None, n - 2, n, "no interval: the tests' correlation is not known")
    variance = 2 * (1 - r) * (1 / treatment.n + 1 / control.n) + d * d / (2 * n)
    return _effect(d, variance, n - 2, n)


def correction(degrees: int) -> float:
    """Hedges' factor, exact: Γ(m/2) / (√(m/2) Γ((m − 1)/2)). 1 − 3 / (4m − 1) is near it."""
    return exp(lgamma(degrees / 2) - lgamma((degrees - 1) / 2)) / sqrt(degrees / 2)


def _effect(
    d: float, variance: float | None, degrees: int, n: int, reason: str | None = None
) -> Effect:
    factor = correction(degrees)
    g = factor * d
    if variance is None:
        return Effect(d, g, None, None, None, None, n, reason)
    variance_g = factor**2 * variance
    half = _NORMAL_95 * sqrt(variance_g)
    return Effect(d, g, variance, variance_g, g - half, g + half, n, reason)


def _no_verdict(n: int, reason: str) -> Effect:
    return Effect(None, None, None, None, None, None, n, reason)


def _pooled(sd_1: float, n_1: int, sd_2: float, n_2: int) -> float:
    return sqrt(((n_1 - 1) * sd_1**2 + (n_2 - 1) * sd_2**2) / (n_1 + n_2 - 2))


def _scores(values: Sequence[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    scores = np.asarray(values, dtype=np.float64)
    if not np.isfinite(scores).all():
        raise ValueError("A score is missing. Leave out pupils without both scores.")
    return scores


def _check_numbers(*values: float) -> None:
    if not all(isfinite(value) for value in values):
        raise ValueError("A figure is missing or is not a number.")


def _check_spread(*spreads: float) -> None:
    if min(spreads) <= 0:
        raise ValueError("A standard deviation has to be above zero.")


def _check_size(*sizes: int) -> None:
    if min(sizes) < 1:
        raise ValueError("A group has at least one pupil.")
