"""How a trust's schools stand, on one page, in the order of their names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from pillars.foundation.indicators import registered_indicators
from pillars.home.queries.people import register_heads
from pillars.home.queries.standing import indicator_address
from pillars.people.organisations.models import School, Trust
from pillars.progress.indicators.presenters import note_of, value_of
from pillars.progress.indicators.queries import Comparison, SchoolCount, comparison
from pillars.ui.environment import count

Cell = str | int | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stands:
    """A school that differs from the others by more than chance would make it."""

    school: str
    indicator: str
    higher: bool
    url: str


@dataclass(frozen=True, slots=True)
class TrustStanding:
    """The trust in a sentence, its schools as a table, and those that stand out."""

    sentence: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    stands_out: tuple[Stands, ...]


def trust_standing(trust: Trust, *, day: date) -> TrustStanding:
    """Each joined school with its register and every indicator, on the same definitions."""
    schools = list(School.objects.filter(trust=trust, joined_on__isnull=False).order_by("name"))
    heads = register_heads(school.pk for school in schools)
    compared = [comparison(trust, each, day=day) for each in registered_indicators()]
    by_school = [{row.school.pk: row for row in each.schools} for each in compared]
    rows = []
    for school in schools:
        name = {"text": school.name, "url": reverse("home:school", kwargs={"urn": school.urn})}
        counts = [
            _cell(school, each, found[school.pk])
            for each, found in zip(compared, by_school, strict=True)
        ]
        rows.append((name, heads[school.pk].on_register, *counts))
    total = sum(head.on_register for head in heads.values())
    return TrustStanding(
        sentence=f"{count(len(schools), 'school')}, {count(total, 'pupil')} on their registers.",
        head=(
            "School",
            {"text": "On the register", "numeric": True},
            *(each.indicator.title for each in compared),
        ),
        rows=tuple(rows),
        stands_out=tuple(_standing_out(compared)),
    )


def _cell(school: School, compared: Comparison, found: SchoolCount) -> Cell:
    if not found.count.denominator:
        return "Nothing to count yet"
    return {
        "text": value_of(compared.indicator, found.count),
        "url": indicator_address(school, compared.indicator),
        "hidden": f"at {school.name}",
        "lines": [note_of(compared.indicator, found.count, found.low, found.high)],
    }


def _standing_out(compared: list[Comparison]) -> list[Stands]:
    return [
        Stands(
            school=row.school.name,
            indicator=each.indicator.title,
            higher=row.where == "high",
            url=indicator_address(row.school, each.indicator),
        )
        for each in compared
        for row in each.differing
    ]
