"""How a school stands, as cards on its first page, and what to look at first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from pillars.foundation.indicators import Better, Indicator, Pillar, Unit
from pillars.home.queries.focus import Focus
from pillars.people.organisations.models import School
from pillars.progress.indicators.presenters import (
    history_said,
    history_values,
    note_of,
    target_of,
    value_of,
)
from pillars.progress.indicators.queries import Standing


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
    hidden = names_hidden and standing.is_few
    return Card(
        title=standing.indicator.title,
        url=indicator_address(school, standing.indicator),
        state="Too few to show." if hidden else state_words(standing),
        target=target_words(standing.indicator),
        numbers=() if hidden else tuple(history_values(standing)),
        said=history_said(standing),
    )


def state_words(standing: Standing) -> str:
    """'78 %. 62 of 80; likely between 67 % and 85 %.', '9 among 47.' or that nothing is counted."""
    indicator, count = standing.indicator, standing.count
    note = note_of(indicator, count, standing.low, standing.high)
    if not count.denominator:
        return note
    if indicator.unit is Unit.NUMBER:
        return f"{value_of(indicator, count)} {note[0].lower()}{note[1:]}"
    return f"{value_of(indicator, count)}. {note}"


def target_words(indicator: Indicator) -> str:
    """'Target: at least 95 %'."""
    least = "at least" if indicator.better is Better.HIGHER else "at most"
    return f"Target: {least} {target_of(indicator)}"


def indicator_address(school: School, indicator: Indicator) -> str:
    """Where an indicator opens onto what counts against it."""
    return reverse("indicators:indicator", kwargs={"urn": school.urn, "key": indicator.key})


def off_target(school: School, standings: Sequence[Standing]) -> list[Focus]:
    """The indicators that miss their target, the furthest from it first."""
    short = [s for s in standings if s.is_on_target is False]
    short.sort(key=_distance, reverse=True)
    return [
        Focus(s.indicator.title, _why(s), indicator_address(school, s.indicator)) for s in short
    ]


def _distance(standing: Standing) -> float:
    """How far from the target, as a share of the way; 1 is as far as can be."""
    indicator, count = standing.indicator, standing.count
    if indicator.unit is Unit.SHARE:
        return abs((count.share or 0.0) - indicator.target)
    return abs(count.numerator - indicator.target) / max(count.numerator, indicator.target)


def _why(standing: Standing) -> str:
    indicator, count = standing.indicator, standing.count
    now = value_of(indicator, count)
    if indicator.unit is Unit.NUMBER or indicator.better is Better.LOWER:
        return f"{now} now. {target_words(indicator)}."
    needed = math.ceil(round(indicator.target * count.denominator, 6)) - count.numerator
    more = f"{needed:,} more of {count.denominator:,} would reach it"
    return f"{now} now. {target_words(indicator)}; {more}."
