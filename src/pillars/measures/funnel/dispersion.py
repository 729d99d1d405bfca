"""How much wider units spread than chance alone would have them.

Sources: Spiegelhalter 2005, "Handling over-dispersion of performance indicators", Quality and
Safety in Health Care 14; Spiegelhalter and others 2012, "Statistical methods for healthcare
regulation", Journal of the Royal Statistical Society A 175; DerSimonian & Laird 1986.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from pillars.measures.funnel.limits import Floats, check_counts

Kind = Literal["proportion", "ratio"]
Transform = Literal["cqc", "shmi"]
Method = Literal["winsorise", "truncate"]


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more units differ than chance gives.

    phi: mean of the squared z-scores, extremes pulled in; 1 is chance alone. tau2: variance between
    units, on the transformed scale. target: the middle, a share or a ratio. z: each unit's score
    before the extremes were pulled in, in the order given.
    """

    phi: float
    tau2: float
    target: float
    z: tuple[float, ...]


def overdispersion(
    numerators: Sequence[float],
    denominators: Sequence[float],
    *,
    kind: Kind = "proportion",
    trim: float = 0.1,
    method: Method = "winsorise",
    transform: Transform = "cqc",
) -> Dispersion:
    """Whether schools differ by more than their sizes explain, before any is called different.

    Schools differ in a hundred ways that no count knows. Where they all do, limits made for chance
    alone would name half of them; this is how much wider the limits have to be.

    numerators of denominators, one pair a unit, at least two units, each with cases. kind
    "proportion": counts of counts, on the arcsine scale; "ratio": observed to expected, on the
    square-root scale ("cqc") or the logarithm's ("shmi"). trim: the share at each end pulled in
    ("winsorise") or left out ("truncate"), so that an outlier does not hide itself.

    Raises ValueError for counts that cannot be, fewer than two units, or a ratio of zero under the
    logarithm. Sources: above; τ² is DerSimonian–Laird, and 0 where N·φ < N − 1.
    """
    _check(numerators, denominators, kind, trim)
    y, n = np.asarray(numerators, float), np.asarray(denominators, float)
    target = float(y.sum() / n.sum()) if kind == "proportion" else 1.0
    error = standard_error(n, kind, transform)
    z = (_transformed(y / n, kind, transform) - middle(target, kind, transform)) / error
    kept, errors = _winsorised(z, error, trim) if method == "winsorise" else _cut(z, error, trim)
    if kept.size < 2:
        raise ValueError("Too few units are left once the extremes are out: trim less.")
    # Summed in order of size, so that the order of the schools cannot change the last digit.
    phi = float(np.mean(np.sort(kept**2)))
    return Dispersion(phi, _tau2(phi, np.sort(errors)), target, tuple(z.tolist()))


def _check(
    numerators: Sequence[float], denominators: Sequence[float], kind: Kind, trim: float
) -> None:
    if not 0 <= trim < 0.5:
        raise ValueError("Trim a share of units below one half at each end.")
    check_counts(numerators, denominators, kind=kind)
    if len(denominators) < 2 or min(denominators) == 0:
        raise ValueError("Spread needs at least two units, each with cases.")


def standard_error(n: Floats, kind: Kind, transform: Transform) -> Floats:
    """What chance alone gives a unit of size n, on the transformed scale."""
    if kind == "ratio" and transform == "shmi":
        return np.asarray(1 / np.sqrt(n), dtype=np.float64)
    return np.asarray(1 / (2 * np.sqrt(n)), dtype=np.float64)


def middle(target: float, kind: Kind, transform: Transform) -> float:
    if kind == "proportion":
        return float(np.arcsin(np.sqrt(target)))
    return 0.0 if transform == "shmi" else 1.0


def _transformed(value: Floats, kind: Kind, transform: Transform) -> Floats:
    if kind == "proportion":
        return np.asarray(np.arcsin(np.sqrt(value)), dtype=np.float64)
    if transform == "cqc":
        return np.sqrt(value)
    if (value == 0).any():
        raise ValueError('A ratio of zero has no logarithm: use transform="cqc".')
    return np.log(value)


def _winsorised(z: Floats, error: Floats, trim: float) -> tuple[Floats, Floats]:
    low, high = np.quantile(z, [trim, 1 - trim])
    return np.clip(z, low, high), error


def _cut(z: Floats, error: Floats, trim: float) -> tuple[Floats, Floats]:
    """Without the first and the last of 1 / trim equal groups, as NHS Digital does for SHMI."""
    if trim == 0:
        return z, error
    groups = 1 / trim
    group = np.floor(stats.rankdata(z) * groups / (z.size + 1))
    keep = (group > 0) & (group < groups - 1)
    return z[keep], error[keep]


def _tau2(phi: float, error: Floats) -> float:
    """DerSimonian–Laird from φ: none where the spread is what chance gives."""
    units = error.size
    if units * phi < units - 1:
        return 0.0
    weight = error**-2
    scale = weight.sum() - (weight**2).sum() / weight.sum()
    return float((units * phi - (units - 1)) / scale)
