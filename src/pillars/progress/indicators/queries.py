"""What the pages of a school and a trust say about how things stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pillars.foundation.indicators import Count, Indicator, Pillar, Unit, registered_indicators
from pillars.measures import funnel
from pillars.people.organisations.models import School, Trust
from pillars.progress.indicators.models import IndicatorReading, IndicatorTarget

FEW = 5  # below this a share says more about chance than about a school
FEWEST_SCHOOLS = 3  # a funnel of two schools has no middle
INSIDE, OUTLIER = 0.95, 0.998


@dataclass(frozen=True, slots=True)
class Reading:
    day: date
    count: Count


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator of one school today: the count, its target, and how it came to be.

    low, high: 95 % Wilson interval of the share; None where nothing was counted or for a number.
    """

    indicator: Indicator
    count: Count
    is_on_target: bool | None
    low: float | None
    high: float | None
    history: tuple[Reading, ...]

    @property
    def is_few(self) -> bool:
        """Too few to compare with anything."""
        return 0 < self.count.denominator < FEW


def standings(
    school: School,
    *,
    day: date,
    pillar: Pillar | None = None,
    weeks: int = 12,
    key: str | None = None,
) -> list[Standing]:
    """Each indicator of a school (of one pillar, or one alone), with its readings of the last
    weeks. Few queries, whatever the number of readings: one for targets, one for readings, and
    each indicator's own count."""
    indicators = [i for i in registered_indicators(pillar) if key is None or i.key == key]
    targets = _targets(school)
    history = _history(school.pk, since=day - timedelta(weeks=weeks), day=day)
    return [
        _standing(
            replace(indicator, target=targets.get(indicator.key, indicator.target)),
            indicator.counts([school.pk], day).get(school.pk, Count(0, 0)),
            history[indicator.key],
        )
        for indicator in indicators
    ]


def _standing(indicator: Indicator, count: Count, history: Sequence[Reading]) -> Standing:
    low, high = _interval(indicator, count)
    return Standing(
        indicator=indicator,
        count=count,
        is_on_target=indicator.is_on_target(count),
        low=low,
        high=high,
        history=tuple(history),
    )


def _interval(indicator: Indicator, count: Count) -> tuple[float | None, float | None]:
    if indicator.unit is not Unit.SHARE or not count.denominator:
        return None, None
    return funnel.wilson(count.numerator, count.denominator)


def _targets(school: School) -> dict[str, float]:
    """The school's own target comes before its trust's."""
    rows = IndicatorTarget.objects.filter(school_id=school.pk)
    if school.trust_id is not None:
        rows = rows | IndicatorTarget.objects.filter(trust_id=school.trust_id)
    ordered = sorted(rows.values_list("key", "target", "school_id"), key=lambda r: r[2] or 0)
    return {key: target for key, target, _ in ordered}


def _history(school_id: int, *, since: date, day: date) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = defaultdict(list)
    rows = IndicatorReading.objects.filter(school_id=school_id, day__gte=since, day__lte=day)
    for key, when, numerator, denominator in rows.order_by("day").values_list(
        "key", "day", "numerator", "denominator"
    ):
        found[key].append(Reading(when, Count(numerator, denominator)))
    return found


@dataclass(frozen=True, slots=True)
class SchoolCount:
    """One school in a comparison. where: 'high', 'low' or 'within' what chance would give at
    99.8 %; None for a number, for few cases, or where too few schools have anything to count."""

    school: School
    count: Count
    low: float | None
    high: float | None
    where: str | None

    @property
    def is_few(self) -> bool:
        return 0 < self.count.denominator < FEW


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every joined school of a trust on one definition. funnel: None where it would mislead."""

    indicator: Indicator
    schools: tuple[SchoolCount, ...]
    whole: Count
    funnel: funnel.FunnelComparison | None

    @property
    def differing(self) -> list[SchoolCount]:
        return [each for each in self.schools if each.where in ("high", "low")]


def comparison(trust: Trust, indicator: Indicator, *, day: date) -> Comparison:
    """Compare the trust's schools on one indicator, in the order of their names: no league table.

    A school is called different only where chance, with overdispersion allowed for, would not
    explain it (`measures.funnel.compare`).
    """
    schools = list(School.objects.filter(trust=trust, joined_on__isnull=False).order_by("name"))
    counts = indicator.counts([s.pk for s in schools], day)
    fair = _funnel(indicator, schools, counts)
    places = {unit.name: unit.where[OUTLIER] for unit in fair.units} if fair else {}
    rows = []
    for school in schools:
        count = counts.get(school.pk, Count(0, 0))
        low, high = _interval(indicator, count)
        rows.append(SchoolCount(school, count, low, high, places.get(str(school.pk))))
    whole = Count(sum(r.count.numerator for r in rows), sum(r.count.denominator for r in rows))
    return Comparison(indicator=indicator, schools=tuple(rows), whole=whole, funnel=fair)


def _funnel(
    indicator: Indicator, schools: Sequence[School], counts: Mapping[int, Count]
) -> funnel.FunnelComparison | None:
    """The funnel of the schools with enough cases; None with fewer than three of them."""
    if indicator.unit is not Unit.SHARE:
        return None
    compared = [s for s in schools if counts.get(s.pk, Count(0, 0)).denominator >= FEW]
    if len(compared) < FEWEST_SCHOOLS:
        return None
    return funnel.compare(
        [counts[s.pk].numerator for s in compared],
        [counts[s.pk].denominator for s in compared],
        names=[str(s.pk) for s in compared],
        levels=(INSIDE, OUTLIER),
    )
