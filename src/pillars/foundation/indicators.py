"""How a room says what it measures. An indicator is never a bare number: it opens onto its cases.

Each app states its indicators in its `indicators.py` and registers them when it is ready. Pages
above (progress, home) show all of them without knowing any room.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Pillar(StrEnum):
    CONSISTENCY = "consistency"
    QUALITY = "quality"
    COLLABORATION = "collaboration"
    PROGRESS = "progress"


class Unit(StrEnum):
    SHARE = "share"  # numerator of denominator
    NUMBER = "number"  # the numerator alone; the denominator says among how many


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted: numerator of denominator. Both whole and not below zero."""

    numerator: int
    denominator: int

    @property
    def share(self) -> float | None:
        """Numerator ÷ denominator; None where there is nothing to count."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Case:
    """Something that counts against an indicator: what it is, why, and where it opens.

    `names_pupil`: the title holds a pupil's name, so only those who may see pupils read it.
    """

    title: str
    reason: str
    url: str
    names_pupil: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measured thing.

    counts: school ids and a day → Count per school, in one or two queries for all of them.
    against: one school's id and a day → the cases that count against it.
    target: a share between 0 and 1, or a number, to be reached.
    """

    key: str
    title: str
    pillar: Pillar
    unit: Unit
    better: Better
    definition: str
    target: float
    counts: Callable[[Sequence[int], date], Mapping[int, Count]]
    against: Callable[[int, date], Sequence[Case]]

    def is_on_target(self, count: Count) -> bool | None:
        """Whether the count reaches the target; None where there is nothing to count."""
        value = count.share if self.unit is Unit.SHARE else float(count.numerator)
        if value is None or not count.denominator:
            return None
        return value >= self.target if self.better is Better.HIGHER else value <= self.target


_registered: dict[str, Indicator] = {}


def register_indicator(indicator: Indicator) -> None:
    """Make an indicator known. Called once, by the app that owns it."""
    _registered[indicator.key] = indicator


def registered_indicators(pillar: Pillar | None = None) -> list[Indicator]:
    """Every known indicator, in the order of registration, or those of one pillar."""
    return [i for i in _registered.values() if pillar is None or i.pillar is pillar]


def registered_indicator(key: str) -> Indicator | None:
    return _registered.get(key)
