"""Small groups borrow from the rest: empirical Bayes.

Sources: DerSimonian & Laird 1986; Raudenbush & Bryk 1985; Viechtbauer 2005, Journal of Educational
and Behavioral Statistics 30, for restricted maximum likelihood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import optimize

Floats = npt.NDArray[np.float64]
_GRID = 64  # places between nothing and more than enough


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Groups' estimates, each drawn towards the common mean as far as it is unsure.

    mean: of all. tau2: variance between groups' true values. q: Cochran's, how much they differ;
    about groups − 1 by chance. estimates: one for each group, in the order given.
    """

    mean: float
    tau2: float
    q: float
    estimates: tuple[float, ...]


def shrink(
    estimates: Sequence[float],
    variances: Sequence[float],
    *,
    method: Literal["reml", "dl"] = "reml",
) -> Shrunk:
    """A fair guess for each group, so that a class of four does not top or trail by luck alone.

    estimates, variances: one a group, variances above 0. A group as unsure as groups differ goes
    half-way to the mean. Where groups differ no more than by chance, all get the mean. One group
    alone keeps its own estimate.

    Raises ValueError for no group, lists of different length or a variance not above 0.
    Sources: above; "reml" is restricted maximum likelihood, "dl" DerSimonian–Laird.
    """
    y, v = np.asarray(estimates, float), np.asarray(variances, float)
    if y.size != v.size or not y.size:
        raise ValueError("Give one estimate and one variance for each group.")
    if not (np.isfinite(y).all() and np.isfinite(v).all()):
        raise ValueError("An estimate or a variance is missing.")
    if (v <= 0).any():
        raise ValueError("A variance has to be above zero.")
    if y.size == 1:
        return Shrunk(float(y[0]), 0.0, 0.0, (float(y[0]),))
    q = float(((y - _mean(y, 1 / v)) ** 2 / v).sum())
    tau2 = _dersimonian_laird(v, q) if method == "dl" else _reml(y, v)
    mean = _mean(y, 1 / (v + tau2))
    kept = tau2 / (tau2 + v)
    return Shrunk(mean, tau2, q, tuple((mean + kept * (y - mean)).tolist()))


def _mean(y: Floats, w: Floats) -> float:
    return float((w * y).sum() / w.sum())


def _dersimonian_laird(v: Floats, q: float) -> float:
    w = 1 / v
    return max(0.0, (q - (v.size - 1)) / float(w.sum() - (w**2).sum() / w.sum()))


def _slope(tau2: float, y: Floats, v: Floats) -> float:
    """The restricted likelihood's slope in τ², twice over."""
    w = 1 / (v + tau2)
    apart = float((w**2 * (y - _mean(y, w)) ** 2).sum())
    return apart - float(w.sum() - (w**2).sum() / w.sum())


def _likelihood(tau2: float, y: Floats, v: Floats) -> float:
    w = 1 / (v + tau2)
    apart = float((w * (y - _mean(y, w)) ** 2).sum())
    return float(np.log(w).sum() - np.log(w.sum()) - apart) / 2


def _reml(y: Floats, v: Floats) -> float:
    """The highest of the likelihood's peaks: it can have more than one, and one at nothing."""
    # Beyond this the slope falls for any data.
    furthest = 10 * max(float(np.ptp(y)) ** 2, float(v.max()))
    places = [0.0, *(furthest * np.logspace(-8, 0, _GRID)).tolist()]
    slopes = [_slope(place, y, v) for place in places]
    peaks = [0.0]
    for i in range(_GRID):
        if slopes[i] > 0 >= slopes[i + 1]:
            peak = optimize.brentq(_slope, places[i], places[i + 1], args=(y, v), xtol=1e-14)
            peaks.append(float(peak))
    return max(peaks, key=lambda peak: _likelihood(peak, y, v))
