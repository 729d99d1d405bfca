"""Coefficients of agreement. One number hides what two show: alpha and AC2 part company where
nearly all marks are the same, and both are shown."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from pillars.measures.agreement.marks import (
    NO_VARIATION,
    NOTHING_TO_COMPARE,
    Floats,
    Level,
    Ratings,
    Weights,
    agreement_weights,
    check_ratings,
    codes,
    counted,
    distances,
    distinct,
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far markers agree beyond chance. 1 is always, 0 is what chance gives, below 0 less.

    observed, expected: the shares of agreement seen and by chance. standard_error: None where the
    method has none. value None comes with a reason that a person can read.
    """

    value: float | None
    observed: float | None = None
    expected: float | None = None
    standard_error: float | None = None
    reason: str | None = None


def percent_agreement(ratings: Ratings) -> float:
    """How often two markers give the same file the same mark, 0 to 1. Chance is not taken out.

    ratings: markers × files, None where missing. Files with fewer than two marks do not count.
    Raises ValueError where no file has two. The mean over files of agreeing pairs ÷ pairs.
    """
    check_ratings(ratings)
    shares = []
    for marks in zip(*ratings, strict=True):
        given = [mark for mark in marks if mark is not None]
        if any(mark != mark for mark in given):  # noqa: PLR0124 (only NaN differs from itself)
            raise ValueError("A mark is not a number. Use None where there is no mark.")
        if len(given) > 1:
            agreeing = sum(given.count(mark) - 1 for mark in given)
            shares.append(agreeing / (len(given) * (len(given) - 1)))
    if not shares:
        raise ValueError("No file has marks from two markers, so there is nothing to compare.")
    return sum(shares) / len(shares)


def cohen_kappa(
    first: Sequence[Any],
    second: Sequence[Any],
    *,
    scale: Sequence[Hashable],
    weights: Weights | Sequence[Sequence[float]] | None = None,
) -> Agreement:
    """How far two markers agree beyond what their own habits would give by chance.

    first, second: marks of the same files, None where missing (that file is left out). scale: the
    ordered categories that could have been used. weights: None, "linear", "quadratic", "ordinal",
    or a matrix of disagreement weights, 0 on the diagonal. Not for more than two markers.

    Raises ValueError for lists of different length or marks off the scale.
    Sources: Cohen 1960, 1968; the standard error of Fleiss, Cohen & Everitt 1969.
    """
    found = codes([first, second], scale)
    both = found[:, (found >= 0).all(axis=0)]
    table = np.zeros((len(scale), len(scale)))
    np.add.at(table, (both[0], both[1]), 1)
    return cohen_kappa_from_table(table.tolist(), weights=weights)


def cohen_kappa_from_table(
    table: Sequence[Sequence[float]],
    *,
    weights: Weights | Sequence[Sequence[float]] | None = None,
) -> Agreement:
    """`cohen_kappa` from a square table of counts: one marker down, the other across.

    Raises ValueError for a table that is not square, holds a count below zero, or weights that do
    not fit it. Given shares instead of counts, the standard error means nothing.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.shape[0] < 2:
        raise ValueError("The table needs as many rows as columns, two or more of each.")
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("The table holds a count that is missing or below zero.")
    agree = _kappa_weights(counts.shape[0], weights)
    n = counts.sum()
    if n == 0:
        return Agreement(None, reason=NOTHING_TO_COMPARE)
    p = counts / n
    down, across = p.sum(axis=1), p.sum(axis=0)
    observed = float((agree * p).sum())
    expected = float((agree * np.outer(down, across)).sum())
    if expected >= 1 - 1e-12:
        return Agreement(None, observed, expected, reason=NO_VARIATION)
    value = (observed - expected) / (1 - expected)
    habit = np.add.outer(agree @ across, agree.T @ down)
    terms = p * (agree * (1 - expected) - habit * (1 - observed)) ** 2
    spread = float(terms.sum()) - (observed * expected - 2 * expected + observed) ** 2
    error = sqrt(max(0.0, spread) / n) / (1 - expected) ** 2
    return Agreement(value, observed, expected, error)


def _kappa_weights(categories: int, weights: Weights | Sequence[Sequence[float]] | None) -> Floats:
    if weights is None or isinstance(weights, str):
        return agreement_weights(categories, weights)
    apart = np.asarray(weights, dtype=np.float64)
    if apart.shape != (categories, categories) or not np.isfinite(apart).all():
        raise ValueError("The weights need a row and a column for each category.")
    if (np.diag(apart) != 0).any() or (apart < 0).any() or not (apart > 0).any():
        raise ValueError("Disagreement weighs 0 on the diagonal and more than 0 somewhere else.")
    return np.asarray(1.0 - apart / apart.max(), dtype=np.float64)


def krippendorff_alpha(ratings: Ratings, *, level: Level) -> Agreement:
    """How far any number of markers agree beyond chance, with marks missing here and there.

    .8 is the custom for firm conclusions, .667 for tentative ones. ratings: markers × files, None
    where missing. level: what the marks are. "ordinal" is Krippendorff's own metric, by how often
    marks were used; not Gwet's ordinal weights. Standard error: none; `agreement_report` gives an
    interval. Memory grows with the square of the number of different marks.

    Raises ValueError for uneven rows, or marks that are no numbers where they have to be.
    Source: Krippendorff 2011, "Computing Krippendorff's alpha-reliability".
    """
    found, values = distinct(ratings, level)
    return alpha_from_counts(counted(found, values.size), values, level)


def alpha_from_counts(counts: Floats, values: Floats, level: Level) -> Agreement:
    counts = counts[counts.sum(axis=1) >= 2]
    if not counts.size:
        return Agreement(None, reason=NOTHING_TO_COMPARE)
    each = counts.sum(axis=1)
    totals = counts.sum(axis=0)
    coincidences = (counts / (each - 1)[:, None]).T @ counts
    coincidences -= np.diag((counts / (each - 1)[:, None]).sum(axis=0))
    return alpha_from_coincidences(coincidences, totals, values, level)


def alpha_from_coincidences(
    coincidences: Floats, totals: Floats, values: Floats, level: Level
) -> Agreement:
    n = float(totals.sum())
    apart = distances(values, totals, level)
    observed = float((coincidences * apart).sum()) / n
    expected = float(totals @ apart @ totals) / (n * (n - 1))
    if expected <= 0:
        return Agreement(None, reason=NO_VARIATION)
    furthest = float(apart.max())
    return Agreement(1 - observed / expected, 1 - observed / furthest, 1 - expected / furthest)


def gwet_ac(
    ratings: Ratings, *, scale: Sequence[Hashable], weights: Weights | None = None
) -> Agreement:
    """How far markers agree beyond chance where nearly every file is alike and kappa collapses.

    AC1 without weights; AC2 with "linear", "quadratic" or "ordinal" ones. ratings: markers × files,
    None where missing. scale: the ordered categories that could have been used, not those that
    happened to be. The standard error is for files drawn from many, given these markers.

    Raises ValueError for uneven rows or marks off the scale. Sources: Gwet 2008, British Journal of
    Mathematical and Statistical Psychology 61; Gwet 2014, Handbook of Inter-Rater Reliability.
    """
    counts = counted(codes(ratings, scale), len(scale))
    agree = agreement_weights(len(scale), weights)
    counts = counts[counts.sum(axis=1) > 0]
    each = counts.sum(axis=1)
    twice = each >= 2
    if not twice.any():
        return Agreement(None, reason=NOTHING_TO_COMPARE)
    n, q = len(counts), len(scale)
    pairs = np.maximum(each * (each - 1), 1)
    by_file = (counts * (counts @ agree - 1)).sum(axis=1) / pairs
    observed = float(by_file[twice].mean())
    used = (counts / each[:, None]).mean(axis=0)
    spread = agree.sum() / (q * (q - 1))
    expected = float(spread * (used * (1 - used)).sum())
    value = (observed - expected) / (1 - expected)
    linear = n / twice.sum() * (by_file - expected * twice) / (1 - expected)
    by_chance = spread * (counts @ (1 - used)) / each
    linear = linear - 2 * (1 - value) * (by_chance - expected) / (1 - expected)
    error = sqrt(float(((linear - value) ** 2).sum()) / (n * (n - 1))) if n > 1 else None
    return Agreement(value, observed, expected, error)
