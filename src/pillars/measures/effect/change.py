"""Change of single pupils, and what time and a noisy test would have given anyway."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, isfinite, sqrt
from typing import Literal

from scipy import stats

Change = Literal["recovered", "improved", "unchanged", "deteriorated"]
_CHANGES: tuple[Change, ...] = ("recovered", "improved", "unchanged", "deteriorated")


def ratio_gain(gains_months: Sequence[float], elapsed_months: Sequence[float]) -> float | None:
    """How many months of progress a month of teaching gave: 1 is what time alone would give.

    Brooks calls 2 and more useful, and doubts the gains of tests with coarse ages. Sequences, one
    entry a pupil: months gained in the test's age, months between the two tests. Mean gain ÷ mean
    time. None where no time passed. Raises ValueError for lists of different length, no pupil, a
    missing figure or time below zero. Source: Brooks 2016, What works for children and young
    people with literacy difficulties?, 5th edition.
    """
    if len(gains_months) != len(elapsed_months) or not len(gains_months):
        raise ValueError("Give one gain and one time for each pupil.")
    _check_numbers(*gains_months, *elapsed_months)
    if min(elapsed_months) < 0:
        raise ValueError("The second test comes after the first: time cannot be below zero.")
    time = sum(elapsed_months)
    return sum(gains_months) / time if time else None


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """Which pupils changed by more than the test's own error.

    index: change ÷ its standard error, above 0 for better. classification: one for each pupil.
    smallest: the least change in marks that the test can tell from error. counts: pupils by class.
    """

    index: tuple[float, ...]
    classification: tuple[Change, ...]
    smallest: float
    counts: dict[Change, int]


def reliable_change(
    pre: Sequence[float],
    post: Sequence[float],
    *,
    sd: float,
    reliability: float,
    higher_is_better: bool = True,
    cutoff: float | None = None,
    level: float = 1.96,
) -> ReliableChange:
    """Whether a pupil's change is more than a noisy test gives by itself.

    sd, reliability: the test's, from its manual; reliability 0 to below 1. A pupil is improved
    when better by more than `level` standard errors, deteriorated when worse by more, unchanged
    between; recovered when improved and across the cutoff, which takes one. Not proof that the
    teaching did it: see `regression_to_mean`.

    Raises ValueError for lists of different length, a missing score, or figures outside.
    Source: Jacobson & Truax 1991, Journal of Consulting and Clinical Psychology 59.
    """
    if len(pre) != len(post):
        raise ValueError("Give one score before and one after for each pupil.")
    _check_numbers(*pre, *post, sd, reliability, level)
    if sd <= 0 or level <= 0:
        raise ValueError("The test's standard deviation and the level have to be above zero.")
    if not 0 <= reliability < 1:
        raise ValueError("A test's reliability lies between 0 and 1, and below 1.")
    error = sd * sqrt(1 - reliability) * sqrt(2)
    sign = 1 if higher_is_better else -1
    index = tuple(sign * (after - before) / error for before, after in zip(pre, post, strict=True))
    found = tuple(
        _classified(value, level, crossed=_crossed(before, after, cutoff, sign))
        for value, before, after in zip(index, pre, post, strict=True)
    )
    counts = Counter(found)
    return ReliableChange(index, found, level * error, {c: counts[c] for c in _CHANGES})


def _crossed(before: float, after: float, cutoff: float | None, sign: int) -> bool:
    if cutoff is None:
        return False
    return sign * (before - cutoff) < 0 <= sign * (after - cutoff)


def _classified(index: float, level: float, *, crossed: bool) -> Change:
    if index > level:
        return "recovered" if crossed else "improved"
    return "deteriorated" if index < -level else "unchanged"


def regression_to_mean(
    mean: float,
    sd: float,
    cutoff: float,
    reliability: float,
    *,
    selected: Literal["below", "above"],
) -> float:
    """How far pupils picked for a low (or high) score move back with no teaching at all.

    Picked below 40 on a test of mean 60 and standard deviation 15 with a retest correlation of .6,
    pupils gain 10.8. Show it beside every before-and-after without a comparison group.

    mean, sd: of everybody who could have been picked. Returns marks towards the mean, 0 or more.
    Raises ValueError for a spread not above 0 or a reliability outside 0 to 1.
    Source: Barnett, van der Pols & Dobson 2005, International Journal of Epidemiology 34:
    sd (1 − reliability) φ(z) / (1 − Φ(z)), z how far off the cutoff lies.
    """
    _check_numbers(mean, sd, cutoff, reliability)
    if sd <= 0:
        raise ValueError("The test's standard deviation has to be above zero.")
    if not 0 <= reliability <= 1:
        raise ValueError("A test's reliability lies between 0 and 1.")
    z = (mean - cutoff) / sd if selected == "below" else (cutoff - mean) / sd
    # By logarithms, since both parts vanish far out while their ratio does not.
    steepness = exp(float(stats.norm.logpdf(z)) - float(stats.norm.logsf(z)))
    return sd * (1 - reliability) * steepness


def goal_attainment(
    levels: Sequence[float], *, weights: Sequence[float] | None = None, rho: float = 0.3
) -> float:
    """How far a pupil's goals were met, together: 50 is as expected, 10 is a standard deviation.

    levels: one a goal, −2 (much less than expected) to +2 (much more), 0 as expected. weights:
    how much each matters, above 0; all alike without. rho: how goals go together, 0 to 1.

    Raises ValueError for no goal, a level outside −2 to 2, or weights that do not fit.
    Source: Kiresuk & Sherman 1968, Community Mental Health Journal 4.
    """
    if not len(levels):
        raise ValueError("There are no goals to score.")
    weights = [1.0] * len(levels) if weights is None else weights
    if len(weights) != len(levels):
        raise ValueError("Give one weight for each goal.")
    _check_numbers(*levels, *weights, rho)
    if min(levels) < -2 or max(levels) > 2:
        raise ValueError("A goal's level lies between -2 and 2.")
    if min(weights) <= 0 or not 0 <= rho <= 1:
        raise ValueError("Weights have to be above zero, and rho between 0 and 1.")
    total = sum(w * x for w, x in zip(weights, levels, strict=True))
    spread = (1 - rho) * sum(w * w for w in weights) + rho * sum(weights) ** 2
    return 50 + 10 * total / sqrt(spread)


def _check_numbers(*values: float) -> None:
    if not all(isfinite(value) for value in values):
        raise ValueError("A figure is missing or is not a number.")
