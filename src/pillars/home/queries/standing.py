"""How a school stands, as cards on its first page, and what to look at first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from pillars.foundation.indicators import Better, Count, Indicator, Pillar, Unit
from pillars.people.organisations.models import School
from pillars.progress.indicators.queries import Standing
from pillars.ui.environment import day as day_words
from pillars.ui.environment import percent

FOCUS = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator on the first page. `numbers` are its readings, `said` tells them in words."""

    title: str
    url: str
    state: str
    target: str
    numbers: tuple[float, ...]
    said: str


@dataclass(frozen=True, slots=True)
class PillarCards:
    """A pillar that is measured here, how many of its indicators reach their target, and each."""

    key: str
    title: str
    said: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Focus:
    """Where effort would help most, and why."""

    title: str
    why: str
    url: str


def pillar_cards(
    school: School, standings: Sequence[Standing], *, names_hidden: bool
) -> list[PillarCards]:
    """The measured pillars in their order, each with a card for every indicator."""
    by_pillar: dict[Pillar, list[Standing]] = defaultdict(list)
    for standing in standings:
        by_pillar[standing.indicator.pillar].append(standing)
    return [
        PillarCards(
            key=pillar.value,
            title=pillar.value.capitalize(),
            said=_on_target(by_pillar[pillar]),
            cards=tuple(_card(school, each, names_hidden) for each in by_pillar[pillar]),
        )
        for pillar in Pillar
        if by_pillar[pillar]
    ]


def _on_target(standings: Sequence[Standing]) -> str:
    counted = [s for s in standings if s.is_on_target is not None]
    if not counted:
        return "nothing to count yet"
    reached = sum(bool(s.is_on_target) for s in counted)
    return f"{reached} of {len(counted)} on target"


def _card(school: School, standing: Standing, names_hidden: bool) -> Card:
    indicator = standing.indicator
    hidden = names_hidden and standing.is_few
    values = [] if hidden else _values(standing)
    return Card(
        title=indicator.title,
        url=indicator_address(school, indicator),
        state="Too few to show" if hidden else state_words(indicator, standing.count),
        target=target_words(indicator),
        numbers=tuple(value for _, value in values),
        said=_history_words(standing, values),
    )


def _values(standing: Standing) -> list[tuple[str, float]]:
    """The readings as (day, value) where something was counted, today's count last."""
    indicator = standing.indicator
    days = [(day_words(reading.day), reading.count) for reading in standing.history]
    found = [(day, value_of(indicator, count)) for day, count in [*days, ("now", standing.count)]]
    return [(day, value) for day, value in found if value is not None]


def _history_words(standing: Standing, values: Sequence[tuple[str, float]]) -> str:
    if len(values) < 2:
        return ""
    (since, first), (_, last) = values[0], values[-1]
    unit = standing.indicator.unit
    return f"From {_value_words(unit, first)} on {since} to {_value_words(unit, last)} now"


def value_of(indicator: Indicator, count: Count) -> float | None:
    """The share, or the number; None where there is nothing to count."""
    if not count.denominator:
        return None
    return count.share if indicator.unit is Unit.SHARE else float(count.numerator)


def state_words(indicator: Indicator, count: Count) -> str:
    """'62 of 80 (77 %)', '9', or that there is nothing to count."""
    if not count.denominator:
        return "Nothing to count yet"
    if indicator.unit is Unit.NUMBER:
        return f"{count.numerator:,}"
    return f"{count.numerator:,} of {count.denominator:,} ({percent(count.share)})"


def target_words(indicator: Indicator) -> str:
    """'Target: at least 95 %'."""
    least = "at least" if indicator.better is Better.HIGHER else "at most"
    return f"Target: {least} {_value_words(indicator.unit, indicator.target)}"


def _value_words(unit: Unit, value: float) -> str:
    return percent(value) if unit is Unit.SHARE else f"{value:,.0f}"


def indicator_address(school: School, indicator: Indicator) -> str:
    """Where an indicator opens onto what counts against it."""
    address = reverse("indicators:school", kwargs={"urn": school.urn})
    return f"{address}#{indicator.key}"


def where_to_focus(school: School, standings: Sequence[Standing]) -> list[Focus]:
    """At most three indicators below their target, the furthest from it first."""
    short = [s for s in standings if s.is_on_target is False]
    short.sort(key=_distance, reverse=True)
    return [
        Focus(
            title=s.indicator.title,
            why=_why(s.indicator, s.count),
            url=indicator_address(school, s.indicator),
        )
        for s in short[:FOCUS]
    ]


def _distance(standing: Standing) -> float:
    """How far from the target, as a share of the way; 1 is as far as can be."""
    value, target = value_of(standing.indicator, standing.count), standing.indicator.target
    assert value is not None  # where nothing was counted, nothing is off target
    gap = abs(value - target)
    return gap if standing.indicator.unit is Unit.SHARE else gap / max(value, target)


def _why(indicator: Indicator, count: Count) -> str:
    words = f"{state_words(indicator, count)}. {target_words(indicator)}."
    if indicator.unit is Unit.NUMBER or indicator.better is Better.LOWER:
        return words
    needed = math.ceil(round(indicator.target * count.denominator, 6)) - count.numerator
    return f"{words} {needed:,} more would reach it."
