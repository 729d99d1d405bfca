"""Writing down what was measured, and what to reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pillars.foundation.indicators import registered_indicator, registered_indicators
from pillars.foundation.scope import current_scope
from pillars.foundation.services import service
from pillars.people.organisations.models import Person
from pillars.progress.indicators.models import IndicatorReading, IndicatorTarget
from pillars.progress.indicators.rules import check_can_set_target


@service
def record_readings(*, school_ids: Sequence[int], day: date, by: Person | None) -> int:
    """Count every indicator of these schools and keep it as that day's reading.

    Counting again on the same day replaces the day's reading. Returns how many were written.
    """
    readings = [
        IndicatorReading(
            school_id=school_id,
            key=indicator.key,
            day=day,
            numerator=count.numerator,
            denominator=count.denominator,
        )
        for indicator in registered_indicators()
        for school_id, count in indicator.counts(school_ids, day).items()
    ]
    IndicatorReading.objects.bulk_create(
        readings,
        update_conflicts=True,
        unique_fields=["school", "key", "day"],
        update_fields=["numerator", "denominator"],
    )
    return len(readings)


@service
def set_target(
    *,
    key: str,
    target: float,
    by: Person,
    school_id: int | None = None,
    trust_id: int | None = None,
) -> IndicatorTarget:
    """Say what an indicator should reach, in one school or in every school of a trust."""
    indicator = registered_indicator(key)
    check_can_set_target(
        indicator, target, scope=current_scope(), school_id=school_id, trust_id=trust_id
    )
    place = {"school_id": school_id} if school_id is not None else {"trust_id": trust_id}
    row, _ = IndicatorTarget.objects.update_or_create(**place, key=key, defaults={"target": target})
    return row
