"""Numbers turned into what the pages show, so that templates hold no logic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from pillars.foundation.indicators import Case, Count, Indicator, Unit
from pillars.progress.indicators.queries import FEW, INSIDE, OUTLIER, Comparison, Standing
from pillars.ui.charts import Chart, Limit, Point, funnel_chart, line_chart
from pillars.ui.environment import percent

STATES = {
    True: {"text": "On target", "tone": "good"},
    False: {"text": "Below target", "tone": "watch"},
    None: {"text": "Nothing to count yet", "tone": "plain"},
}
TOO_FEW = f"Fewer than {FEW} are counted, so the number stays with those who know the pupils."
WHERE = {
    "low": {"text": "Lower", "tone": "watch"},
    "high": {"text": "Higher", "tone": "watch"},
    "within": {"text": "No difference", "tone": "plain"},
}


def value_of(indicator: Indicator, count: Count) -> str:
    """The number a person reads first: "77 %" or "9". Few cases are shown as few."""
    if not count.denominator:
        return "–"
    if indicator.unit is Unit.NUMBER:
        return str(count.numerator)
    if count.denominator < FEW:
        return f"{count.numerator} of {count.denominator}"
    return percent(count.share)


def note_of(indicator: Indicator, count: Count, low: float | None, high: float | None) -> str:
    """What stands behind the number."""
    if not count.denominator:
        return "There is nothing to count yet."
    if indicator.unit is Unit.NUMBER:
        return f"Among {count.denominator}."
    if count.denominator < FEW:
        return "Too few to compare with anything."
    said = f"{count.numerator} of {count.denominator}"
    if low is None:
        return f"{said}."
    return f"{said}; likely between {percent(low)} and {percent(high)}."


def target_of(indicator: Indicator) -> str:
    if indicator.unit is Unit.SHARE:
        return percent(indicator.target)
    return f"{indicator.target:g}"


def card(standing: Standing, urn: int, *, names_hidden: bool = False) -> dict[str, Any]:
    """One indicator as a box: number, what stands behind it, target, history in a line.

    `names_hidden`: for somebody who may not see pupils, a count of few could still point at one,
    so it is left out.
    """
    indicator, count = standing.indicator, standing.count
    against = count.denominator - count.numerator if indicator.unit is Unit.SHARE else None
    state = STATES[standing.is_on_target]
    if standing.is_on_target is False and indicator.better == "lower":
        state = {"text": "Above target", "tone": "watch"}
    hidden = names_hidden and standing.is_few
    if hidden:
        state = STATES[None] | {"text": "Too few to show"}
    return {
        "title": indicator.title,
        "url": reverse("indicators:indicator", kwargs={"urn": urn, "key": indicator.key}),
        "is_hidden": hidden,
        "value": "–" if hidden else value_of(indicator, count),
        "note": TOO_FEW if hidden else note_of(indicator, count, standing.low, standing.high),
        "definition": indicator.definition,
        "target": target_of(indicator),
        "state": state,
        "against": None if hidden else against,
        "numbers": [] if hidden else history_values(standing),
        "said": TOO_FEW if hidden else history_said(standing),
    }


def history_values(standing: Standing) -> list[float]:
    """The readings as one number each, oldest first, for a line."""
    return [v for r in standing.history if (v := _value(standing.indicator, r.count)) is not None]


def _value(indicator: Indicator, count: Count) -> float | None:
    if indicator.unit is Unit.SHARE:
        return count.share
    return float(count.numerator) if count.denominator else None


def history_said(standing: Standing) -> str:
    """The line in words: "from 61 % to 84 %"."""
    counted = [reading for reading in standing.history if reading.count.denominator]
    if len(counted) < 2:
        return "No history yet."
    first, last = counted[0], counted[-1]
    was, now = (value_of(standing.indicator, r.count) for r in (first, last))
    return f"Since {first.day:%-d %B %Y}, from {was} to {now}."


def history_chart(standing: Standing) -> Chart | None:
    """The readings over time with the target; None until there are two of them."""
    points = [
        (r.day, v)
        for r in standing.history
        if (v := _value(standing.indicator, r.count)) is not None
    ]
    if len(points) < 2:
        return None
    return line_chart(
        points,
        title=f"{standing.indicator.title} over time",
        summary=history_said(standing),
        hue=str(standing.indicator.pillar),
        target=standing.indicator.target,
        percent=standing.indicator.unit is Unit.SHARE,
    )


def on_target(standings: Sequence[Standing]) -> str:
    """How many of the counted indicators reach their target."""
    counted = [s for s in standings if s.is_on_target is not None]
    if not counted:
        return "Nothing can be counted yet. Bring in the register first."
    reached = sum(1 for s in counted if s.is_on_target)
    return f"{reached} of {len(counted)} on target. Each number opens onto what it counts."


def case_rows(cases: Sequence[Case]) -> list[list[Any]]:
    return [[{"text": case.title, "url": case.url}, case.reason] for case in cases]


def trust_row(found: Comparison, trust_id: int) -> list[Any]:
    """One indicator over the whole trust."""
    url = reverse("indicators:compare", kwargs={"trust_id": trust_id, "key": found.indicator.key})
    values = [value_of(found.indicator, s.count) for s in found.schools if s.count.denominator]
    return [
        {"text": found.indicator.title, "url": url, "lines": [found.indicator.definition]},
        value_of(found.indicator, found.whole) if found.indicator.unit is Unit.SHARE else "–",
        f"{_lowest(values)} to {_highest(values)}" if len(values) > 1 else (values or ["–"])[0],
        _differ(found),
    ]


def _order(value: str) -> float:
    number = "".join(c for c in value.split(" of ", maxsplit=1)[0] if c.isdigit() or c == ".")
    return float(number or 0)


def _lowest(values: Sequence[str]) -> str:
    return min(values, key=_order)


def _highest(values: Sequence[str]) -> str:
    return max(values, key=_order)


def _differ(found: Comparison) -> str:
    if found.funnel is None:
        return "Too few schools with enough pupils to tell"
    if not found.differing:
        return "No school differs by more than chance"
    return ", ".join(f"{s.school.name} ({s.where}er)" for s in found.differing)


def compared(found: Comparison) -> str:
    count = len(found.schools)
    schools = "One school" if count == 1 else f"{count} schools, the same definition in each"
    return f"{schools}. {found.indicator.definition}"


def compare_rows(found: Comparison) -> list[list[Any]]:
    """Every school by name: its number, what stands behind it, and whether it differs."""
    rows = []
    for each in found.schools:
        url = reverse(
            "indicators:indicator", kwargs={"urn": each.school.urn, "key": found.indicator.key}
        )
        where = WHERE.get(each.where or "", {"text": "Not compared", "tone": "plain"})
        rows.append(
            [
                {"text": each.school.name, "url": url},
                value_of(found.indicator, each.count),
                note_of(found.indicator, each.count, each.low, each.high),
                where,
            ]
        )
    return rows


def funnel(found: Comparison) -> Chart | None:
    """Schools by size with what chance would give; None where there are too few to draw."""
    fair = found.funnel
    if fair is None:
        return None
    names = {str(s.school.pk): s.school.name for s in found.schools}
    points = [
        Point(names[u.name], int(u.denominator), u.share, differs=u.where[OUTLIER] != "within")
        for u in fair.units
    ]
    largest = max(p.size for p in points)
    limits = []
    for size in _sizes(largest):
        low, high = fair.limits_at(size, INSIDE)
        lowest, highest = fair.limits_at(size, OUTLIER)
        limits.append(Limit(size, low, high, lowest, highest))
    return funnel_chart(
        points,
        limits,
        middle=fair.dispersion.target,
        title=found.indicator.title,
        summary=_funnel_said(found),
        hue=str(found.indicator.pillar),
        size_title="pupils or documents counted",
    )


def _sizes(largest: int) -> list[int]:
    step = max(1, largest // 60)
    return list(range(FEW, largest + step * 3, step))


def _funnel_said(found: Comparison) -> str:
    if not found.differing:
        return "No school differs from the others by more than chance gives."
    names = " and ".join(f"{s.school.name} is {s.where}er" for s in found.differing)
    return f"{names} than chance would explain. Every figure is in the table below."
