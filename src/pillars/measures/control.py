"""Signal or noise? Control charts of single values with the NHS Making Data Count rules.

Sources: Wheeler 2003, Making Sense of Data; Nelson 1982, Journal of Quality Technology 14, for the
screening; NHS England, Making Data Count. The package NHSRplotthedots is the peer: where those
leave a choice, we do as it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Literal

Improvement = Literal["increase", "decrease", "neither"]
Rule = Literal["outside", "trend", "two_of_three", "shift"]
PointKind = Literal["common", "improvement", "concern", "neither"]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]

LIMIT = 2.66  # 3 / 1.128: three standard deviations from a mean moving range of two
SCREEN = 3.267  # the upper limit of a moving range
RUN = 7
ENOUGH = 12


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch with limits of its own, values[start:stop].

    lower, upper: between these a steady process stays; None for a single value. Not clipped: a
    share can have a limit below 0 or above 1, and a drawing may cut it off.
    """

    mean: float
    lower: float | None
    upper: float | None
    mean_moving_range: float | None
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Point:
    """One value. rule: the first rule it breaks, None for common cause. kind: what that means."""

    value: float
    rule: Rule | None
    kind: PointKind


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A history read for signals.

    variation: the kind of the last point. assurance: whether the process, as it runs, will meet
    its target always, never or by luck; None without a target or where neither way is better.
    trial: fewer than 12 values since the last change of limits, too early to tell. reason: why
    there are no limits yet, None where there are.
    """

    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    variation: PointKind
    assurance: Assurance | None
    trial: bool
    reason: str | None = None


def chart(
    values: Sequence[float],
    *,
    improvement: Improvement,
    target: float | None = None,
    rebase_at: Sequence[int] = (),
    screen: bool = True,
) -> ControlChart:
    """Whether this half-term's figure is news or the usual up and down.

    values: in order of time, evenly spaced. improvement: which way is better. rebase_at: places
    where a known change begins a new stretch, for limits and rules both. screen: leave out moving
    ranges that are themselves signals, once. Below 12 values read nothing into it.

    Limits: mean ± 2.66 mean moving ranges. Rules in order: outside the limits; trend, 7 values each
    beyond the last; two of three beyond two thirds of the way to the same limit, all three on one
    side of the mean, only those beyond marked; shift, 7 values on one side of the mean.

    Raises ValueError for no value, one that is missing, or a place outside the values.
    """
    if not len(values):
        raise ValueError("There are no values to chart.")
    if not all(isfinite(value) for value in values):
        raise ValueError("A value is missing or is not a number. Leave out that time.")
    if target is not None and not isfinite(target):
        raise ValueError("The target is not a number.")
    starts = sorted({0, *rebase_at})
    if starts[0] < 0 or starts[-1] >= len(values):
        raise ValueError("New limits have to begin at one of the values.")
    stretches = list(pairwise([*starts, len(values)]))
    segments = tuple(_segment(values[a:b], a, b, screen=screen) for a, b in stretches)
    points = tuple(p for s in segments for p in _points(values[s.start : s.stop], s, improvement))
    last = segments[-1]
    return ControlChart(
        segments=segments,
        points=points,
        variation=points[-1].kind,
        assurance=_assurance(last, improvement, target),
        trial=last.stop - last.start < ENOUGH,
        reason="one value has no limits" if last.lower is None else None,
    )


def _segment(values: Sequence[float], start: int, stop: int, *, screen: bool) -> Segment:
    mean = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    if not ranges:
        return Segment(mean, None, None, None, start, stop)
    usual = sum(ranges) / len(ranges)
    if screen and usual:
        # At least one range is no larger than their mean, so some are always left.
        kept = [r for r in ranges if r < SCREEN * usual]
        usual = sum(kept) / len(kept)
    return Segment(mean, mean - LIMIT * usual, mean + LIMIT * usual, usual, start, stop)


def _points(values: Sequence[float], segment: Segment, improvement: Improvement) -> list[Point]:
    lower, upper = segment.lower, segment.upper
    if lower is None or upper is None:
        return [Point(value, None, "common") for value in values]
    sides = [_sign(value - segment.mean) for value in values]
    outside = [value < lower or value > upper for value in values]
    third = (upper - segment.mean) * 2 / 3
    close = [
        not out and abs(value - segment.mean) > third
        for value, out in zip(values, outside, strict=True)
    ]
    trend = _trends(values)
    pair, shift = _two_of_three(close, sides), _shifts(sides)
    found = []
    for i, value in enumerate(values):
        rule = _first_rule(outside=outside[i], trend=trend[i], pair=pair[i], shift=shift[i])
        way = trend[i] if rule == "trend" else sides[i]
        found.append(Point(value, rule, _kind(rule, way, improvement)))
    return found


def _first_rule(*, outside: bool, trend: int, pair: bool, shift: bool) -> Rule | None:
    if outside:
        return "outside"
    if trend:
        return "trend"
    if pair:
        return "two_of_three"
    return "shift" if shift else None


def _kind(rule: Rule | None, way: int, improvement: Improvement) -> PointKind:
    if rule is None:
        return "common"
    if improvement == "neither":
        return "neither"
    better = 1 if improvement == "increase" else -1
    return "improvement" if way == better else "concern"


def _trends(values: Sequence[float]) -> list[int]:
    """1 in a rising run, −1 in a falling one. Where two meet, the value belongs to the later."""
    steps = [_sign(b - a) for a, b in pairwise(values)]
    found = [0] * len(values)
    for i in range(len(steps) - RUN + 2):
        run = steps[i : i + RUN - 1]
        if run[0] and len(set(run)) == 1:
            found[i : i + RUN] = [run[0]] * RUN
    return found


def _two_of_three(close: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    found = [False] * len(close)
    for i in range(len(close) - 2):
        three = slice(i, i + 3)
        if sum(close[three]) >= 2 and abs(sum(sides[three])) == 3:
            for j in range(i, i + 3):
                found[j] = found[j] or close[j]
    return found


def _shifts(sides: Sequence[int]) -> list[bool]:
    found = [False] * len(sides)
    for i in range(len(sides) - RUN + 1):
        if abs(sum(sides[i : i + RUN])) == RUN:
            found[i : i + RUN] = [True] * RUN
    return found


def _assurance(
    segment: Segment, improvement: Improvement, target: float | None
) -> Assurance | None:
    if target is None or improvement == "neither":
        return None
    if segment.lower is None or segment.upper is None:
        return None
    above: Assurance = "consistent_fail" if improvement == "increase" else "consistent_pass"
    below: Assurance = "consistent_pass" if improvement == "increase" else "consistent_fail"
    if target > segment.upper:
        return above
    return below if target < segment.lower else "inconsistent"


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
