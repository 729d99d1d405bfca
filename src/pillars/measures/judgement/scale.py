"""A scale from many small judgements, each "this one is better than that".

Sources: Bradley & Terry 1952, Biometrika 39; Ford 1957, American Mathematical Monthly 64, and
Hunter 2004, Annals of Statistics 32, for when a scale exists; Pollitt 2012, Assessment in
Education 19, for its reliability and misfit in comparative judgement.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, sqrt

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse
from scipy.sparse import csgraph

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Judgements = Iterable[tuple[Hashable, Hashable]]

_STEPS, _NEAR = 100, 1e-9
_PARTS = (1.0, 0.5, 0.1)  # of a step


@dataclass(frozen=True, slots=True)
class Scale:
    """Files on one scale, in logits: 1 apart, the better wins 73 times in 100.

    items: in the order given; scores and standard_errors beside them, None for an undetermined
    one. Scores sum to zero. reliability: 1 would be no error, .8 is the bar, 0 or below is noise;
    None where there is no spread. undetermined: items whose place the judgements leave open.
    misfit: infit mean squares, 1 on average; above about 1.5 judges disagree over that file.
    """

    items: tuple[Hashable, ...]
    scores: tuple[float | None, ...]
    standard_errors: tuple[float | None, ...]
    reliability: float | None
    undetermined: tuple[Hashable, ...]
    misfit: tuple[float | None, ...]
    _covariance: Floats = field(repr=False, compare=False)
    _row: Mapping[Hashable, int] = field(repr=False, compare=False)

    def difference(self, first: Hashable, second: Hashable) -> tuple[float, float]:
        """How far the first lies above the second, and the standard error of that.

        Raises ValueError for an item that is not on the scale or undetermined.
        """
        if first not in self._row or second not in self._row:
            raise ValueError("One of these two has no place on the scale.")
        a, b = self._row[first], self._row[second]
        scores = dict(zip(self.items, self.scores, strict=True))
        cov = self._covariance
        apart = float(scores[first] or 0.0) - float(scores[second] or 0.0)
        return apart, sqrt(max(0.0, float(cov[a, a] + cov[b, b] - 2 * cov[a, b])))


@dataclass(frozen=True, slots=True)
class SplitHalf:
    """value: correlation of the two halves' scales over n items both could place; else a reason."""

    value: float | None
    n: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Each two items that met: how often the first won, how often the second."""

    first: Places
    second: Places
    won: Floats
    lost: Floats

    def within(self, keep: npt.NDArray[np.bool_]) -> _Pairs:
        """Only pairs of kept items, numbered anew."""
        number = np.cumsum(keep) - 1
        both = keep[self.first] & keep[self.second]
        first, second = number[self.first[both]], number[self.second[both]]
        return _Pairs(first, second, self.won[both], self.lost[both])


def fit(judgements: Judgements, *, items: Sequence[Hashable], prior: float = 0.0) -> Scale:
    """The scale that makes the judgements likeliest, and how sure each place is.

    judgements: (winner, loser) pairs, in any order. items: all that were to be judged. prior:
    precision of a normal belief that scores lie near 0; 0 for none, 1 for a firm one.

    Without a prior, the scale exists where every item can be reached from every other by wins.
    Items outside the largest such group (always won, never won, never compared) are `undetermined`
    and have no score. Where two groups are equally large there is no common scale: all are. With a
    prior every item has a place, and none is undetermined; it may then rest on the prior alone.

    Raises ValueError for items listed twice, judgements of others, an item against itself, or a
    prior below 0. Standard errors: inverse Fisher information under the sum-to-zero constraint.
    """
    if not (isfinite(prior) and prior >= 0):
        raise ValueError("A prior's strength cannot be below zero.")
    pairs = _counted(judgements, items)
    keep = np.ones(len(items), dtype=bool) if prior else _largest_group(pairs, len(items))
    inner = pairs.within(keep)
    size = int(keep.sum())
    scores = _solve(inner, size, prior) if size else np.zeros(0)
    covariance = _covariance(inner, scores, prior)
    errors = np.sqrt(np.maximum(0.0, np.diag(covariance)))
    placed = [item for item, kept in zip(items, keep, strict=True) if kept]
    return Scale(
        items=tuple(items),
        scores=_spread(scores, keep),
        standard_errors=_spread(errors, keep),
        reliability=_reliability(scores, errors),
        undetermined=tuple(i for i, kept in zip(items, keep, strict=True) if not kept),
        misfit=_spread(_infit(inner, scores), keep),
        _covariance=covariance,
        _row={item: row for row, item in enumerate(placed)},
    )


def split_half(
    judgements_by_judge: Mapping[Hashable, Sequence[tuple[Hashable, Hashable]]],
    *,
    items: Sequence[Hashable],
    seed: int,
    prior: float = 0.0,
) -> SplitHalf:
    """Whether other judges would have found the same order: two halves of the judges, two scales.

    judgements_by_judge: judge → (winner, loser) pairs. The halves are drawn with `seed`; an odd
    judge goes to the second. Correlates items that both halves could place. No value for fewer
    than two judges, or fewer than three items placed by both. Raises ValueError as `fit` does.
    """
    judges = sorted(judgements_by_judge, key=str)
    order = np.random.default_rng(seed).permutation(len(judges)).tolist()
    if len(judges) < 2:
        return SplitHalf(None, 0, "not estimable: it takes two judges or more")
    halves = order[: len(judges) // 2], order[len(judges) // 2 :]
    one, other = (
        fit([p for j in half for p in judgements_by_judge[judges[j]]], items=items, prior=prior)
        for half in halves
    )
    both = [
        (a, b)
        for a, b in zip(one.scores, other.scores, strict=True)
        if a is not None and b is not None
    ]
    if len(both) < 3:
        return SplitHalf(None, len(both), "not estimable: too few files placed by both halves")
    first, second = np.array(both).T
    if first.std() < _NEAR or second.std() < _NEAR:
        return SplitHalf(None, len(both), "not estimable: one half placed all files alike")
    return SplitHalf(float(np.corrcoef(first, second)[0, 1]), len(both))


def _counted(judgements: Judgements, items: Sequence[Hashable]) -> _Pairs:
    number = {item: n for n, item in enumerate(items)}
    if len(number) != len(items):
        raise ValueError("An item is listed twice.")
    try:
        met = np.array([(number[w], number[x]) for w, x in judgements], dtype=np.int64)
    except KeyError as problem:
        raise ValueError(f"{problem.args[0]!r} was judged but is not among the items.") from None
    met = met.reshape(-1, 2)
    if (met[:, 0] == met[:, 1]).any():
        raise ValueError("An item cannot be judged against itself.")
    low, high = met.min(axis=1), met.max(axis=1)
    codes, back = np.unique(low * len(items) + high, return_inverse=True)
    won = np.bincount(back, weights=met[:, 0] == low, minlength=codes.size)
    total = np.bincount(back, minlength=codes.size)
    first, second = codes // max(1, len(items)), codes % max(1, len(items))
    return _Pairs(first, second, won.astype(np.float64), (total - won).astype(np.float64))


def _largest_group(pairs: _Pairs, size: int) -> npt.NDArray[np.bool_]:
    """The one largest group in which every item beats every other along some chain of wins."""
    nobody = np.zeros(size, dtype=bool)
    if size < 2:
        return nobody
    up, down = pairs.won > 0, pairs.lost > 0
    winners = np.concatenate([pairs.first[up], pairs.second[down]])
    losers = np.concatenate([pairs.second[up], pairs.first[down]])
    graph = sparse.csr_array((np.ones(winners.size), (winners, losers)), shape=(size, size))
    _, group = csgraph.connected_components(graph, directed=True, connection="strong")
    sizes = np.bincount(group)
    largest = sizes.max()
    if largest < 2 or (sizes == largest).sum() > 1:
        return nobody
    return np.asarray(group == sizes.argmax(), dtype=bool)


def _solve(pairs: _Pairs, size: int, prior: float) -> Floats:
    """Newton's method on a concave likelihood, shorter steps where a whole one overshoots."""
    scores = np.zeros(size)
    furthest, steps = np.inf, 0
    while furthest >= _NEAR and steps < _STEPS:
        p = _chance(pairs, scores)
        step = _newton_step(pairs, p, _gradient(pairs, p, scores, prior), prior)
        tries = [scores + part * step for part in _PARTS]
        scores = max(tries, key=lambda tried: _likelihood(pairs, tried, prior))
        furthest, steps = float(np.abs(step).max()), steps + 1
    return np.asarray(scores - scores.mean(), dtype=np.float64)


def _chance(pairs: _Pairs, scores: Floats) -> Floats:
    """How likely the first of each pair is to win."""
    apart = scores[pairs.first] - scores[pairs.second]
    return np.asarray(1 / (1 + np.exp(-apart)), dtype=np.float64)


def _likelihood(pairs: _Pairs, scores: Floats, prior: float) -> float:
    apart = scores[pairs.first] - scores[pairs.second]
    lost = pairs.won @ np.logaddexp(0, -apart) + pairs.lost @ np.logaddexp(0, apart)
    return -float(lost) - prior / 2 * float(scores @ scores)


def _gradient(pairs: _Pairs, p: Floats, scores: Floats, prior: float) -> Floats:
    surprise = pairs.won - (pairs.won + pairs.lost) * p
    size = scores.size
    up = np.bincount(pairs.first, weights=surprise, minlength=size)
    down = np.bincount(pairs.second, weights=surprise, minlength=size)
    return np.asarray(up - down - prior * scores, dtype=np.float64)


def _information(pairs: _Pairs, p: Floats, size: int) -> sparse.csr_array:
    weight = (pairs.won + pairs.lost) * p * (1 - p)
    ends = np.concatenate([pairs.first, pairs.second, pairs.first, pairs.second])
    others = np.concatenate([pairs.second, pairs.first, pairs.first, pairs.second])
    values = np.concatenate([-weight, -weight, weight, weight])
    return sparse.csr_array((values, (ends, others)), shape=(size, size))


def _newton_step(pairs: _Pairs, p: Floats, slope: Floats, prior: float) -> Floats:
    """The information's inverse times the slope, by conjugate gradients over what sums to zero."""
    size = slope.size
    information = _information(pairs, p, size)
    scale = 1 / (information.diagonal() + prior + 1e-300)
    x = np.zeros(size)
    rest = slope - slope.mean()
    near = scale * rest
    way = near - near.mean()
    power = float(rest @ way)
    enough = 1e-20 * (power + 1e-300)
    turns = 0
    while power > enough and turns < 20 * size:
        across = information @ way + prior * way
        length = power / float(way @ across)
        x += length * way
        rest -= length * across
        near = scale * rest
        near -= near.mean()
        new = float(rest @ near)
        way = near + new / power * way
        power, turns = new, turns + 1
    return x


def _covariance(pairs: _Pairs, scores: Floats, prior: float) -> Floats:
    """The information's inverse over what sums to zero: with the rest pinned, then taken out."""
    size = scores.size
    if not size:
        return np.zeros((0, 0))
    full = _information(pairs, _chance(pairs, scores), size).toarray()
    full += 1 / size
    full[np.diag_indices(size)] += prior
    # Turned, since LAPACK works down columns and then needs no copy; the matrix is its own mirror.
    factor, _ = linalg.lapack.dpotrf(full.T, lower=0, overwrite_a=1)
    upper, _ = linalg.lapack.dpotri(factor, lower=0, overwrite_c=1)
    below = np.tril_indices(size, -1)
    upper[below] = upper.T[below]
    upper -= 1 / (size * (1 + prior))
    return np.asarray(upper, dtype=np.float64)


def _infit(pairs: _Pairs, scores: Floats) -> Floats:
    p = _chance(pairs, scores)
    squares = pairs.won * (1 - p) ** 2 + pairs.lost * p**2
    expected = (pairs.won + pairs.lost) * p * (1 - p)
    seen, meant = (
        np.bincount(pairs.first, weights=w, minlength=scores.size)
        + np.bincount(pairs.second, weights=w, minlength=scores.size)
        for w in (squares, expected)
    )
    out = np.full(scores.size, np.nan)
    return np.asarray(np.divide(seen, meant, out=out, where=meant > 0), dtype=np.float64)


def _reliability(scores: Floats, errors: Floats) -> float | None:
    if scores.size < 2 or scores.std() < _NEAR:
        return None
    variance = float(scores.var(ddof=1))
    return (variance - float((errors**2).mean())) / variance


def _spread(values: Floats, keep: npt.NDArray[np.bool_]) -> tuple[float | None, ...]:
    found = np.full(keep.size, np.nan)
    found[keep] = values
    return tuple(None if np.isnan(v) else float(v) for v in found)
