"""A moderation in one piece: how often, beyond chance, and who marks high or low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pillars.measures.agreement.coefficients import (
    Agreement,
    alpha_from_coincidences,
    alpha_from_counts,
    gwet_ac,
    percent_agreement,
)
from pillars.measures.agreement.marks import (
    MISSING,
    NOTHING_TO_COMPARE,
    Floats,
    Level,
    Ratings,
    Weights,
    codes,
    counted,
)

_WEIGHTS: dict[Level, Weights | None] = {
    "nominal": None,
    "ordinal": "ordinal",
    "interval": "quadratic",
    "ratio": "quadratic",
}


@dataclass(frozen=True, slots=True)
class Severity:
    """How much higher (+) or lower (−) one marker marks than the others do on the same files.

    marker: place in the ratings. difference: in steps of the scale, None where no file is shared.
    files: how many are.
    """

    marker: int
    difference: float | None
    files: int


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """percent: 0 to 1, None where nothing was marked twice. alpha, ac2: beyond chance.

    low, high: where alpha likely lies (bootstrap over files), None where it cannot be said.
    """

    percent: float | None
    alpha: Agreement
    low: float | None
    high: float | None
    ac2: Agreement
    severity: tuple[Severity, ...]
    files: int


def agreement_report(
    ratings: Ratings,
    *,
    scale: Sequence[float],
    level: Level = "ordinal",
    interval: float = 0.95,
    samples: int = 1000,
    seed: int = 0,
) -> AgreementReport:
    """Whether a moderation's marks can be trusted, in the numbers a SENDCo is shown.

    ratings, scale as in `gwet_ac`; marks are numbers unless level is "nominal". The interval takes
    files at random, `samples` times, with `seed`; the same seed gives the same interval.

    Raises ValueError for uneven rows, marks off the scale or an interval outside 0 to 1.
    Sources: as `krippendorff_alpha` and `gwet_ac`; percentile bootstrap over files.
    """
    if not 0 < interval < 1 or samples < 1:
        raise ValueError("An interval lies between 0 and 1, and needs at least one sample.")
    found = codes(ratings, scale)
    values = np.arange(len(scale), dtype=np.float64) if level == "nominal" else _values(scale)
    counts = counted(found, len(scale))
    twice = counts[counts.sum(axis=1) >= 2]
    ac2 = gwet_ac(ratings, scale=scale, weights=_WEIGHTS[level])
    severity = _severities(found, level)
    if not len(twice):
        nothing = Agreement(None, reason=NOTHING_TO_COMPARE)
        return AgreementReport(None, nothing, None, None, ac2, severity, 0)
    alpha = alpha_from_counts(twice, values, level)
    low, high = _bootstrap(twice, values, level, np.random.default_rng(seed), (interval, samples))
    percent = percent_agreement(ratings)
    return AgreementReport(percent, alpha, low, high, ac2, severity, len(twice))


def _values(scale: Sequence[float]) -> Floats:
    values = np.asarray(scale, dtype=np.float64)
    if not np.isfinite(values).all() or (np.diff(values) <= 0).any():
        raise ValueError("A scale of numbers has to rise from its first to its last.")
    return values


def _bootstrap(
    counts: Floats,
    values: Floats,
    level: Level,
    random: np.random.Generator,
    wanted: tuple[float, int],
) -> tuple[float | None, float | None]:
    interval, samples = wanted
    files, categories = counts.shape
    share = counts / (counts.sum(axis=1) - 1)[:, None]
    each = share[:, :, None] * counts[:, None, :]
    each[:, np.arange(categories), np.arange(categories)] -= share
    drawn = random.multinomial(files, np.full(files, 1 / files), size=samples).astype(np.float64)
    totals = drawn @ counts
    coincidences = (drawn @ each.reshape(files, -1)).reshape(samples, categories, categories)
    found = [
        alpha_from_coincidences(coincidences[i], totals[i], values, level).value
        for i in range(samples)
    ]
    known = [value for value in found if value is not None]
    # Where most samples hold one mark only, an interval would speak for the few that do not.
    if files < 2 or 2 * len(known) < samples:
        return None, None
    low, high = np.quantile(known, [(1 - interval) / 2, (1 + interval) / 2])
    return float(low), float(high)


def _severities(
    found: np.ndarray[tuple[int, ...], np.dtype[np.int64]], level: Level
) -> tuple[Severity, ...]:
    if level == "nominal":
        return ()
    given = found != MISSING
    marks = np.where(given, found, 0)
    total, count = marks.sum(axis=0), given.sum(axis=0)
    severities = []
    for marker in range(len(found)):
        shared = given[marker] & (count > 1)
        others = (total - marks[marker])[shared] / (count - 1)[shared]
        apart = float((marks[marker][shared] - others).mean()) if shared.any() else None
        severities.append(Severity(marker, apart, int(shared.sum())))
    return tuple(severities)
