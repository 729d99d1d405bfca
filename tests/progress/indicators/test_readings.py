"""Readings, targets, standings and comparisons, on an indicator invented for the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.conftest import World, make_school, scope_for

from pillars.foundation import indicators as registry
from pillars.foundation.indicators import (
    Better,
    Case,
    Count,
    Indicator,
    Pillar,
    Unit,
    register_indicator,
)
from pillars.foundation.permissions import Role
from pillars.foundation.services import SYSTEM, Refused
from pillars.people.organisations.models import Person, School
from pillars.progress.indicators import presenters
from pillars.progress.indicators.models import IndicatorReading, IndicatorTarget
from pillars.progress.indicators.queries import comparison, standings
from pillars.progress.indicators.services import record_readings, set_target
from pillars.progress.indicators.tasks import record_all_readings

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


class Counted:
    """What the invented indicators count in each school; a test sets it."""

    def __init__(self) -> None:
        self.counts: dict[int, Count] = {}
        self.cases: list[Case] = []

    def __call__(self, schools: Sequence[int], day: date) -> dict[int, Count]:
        return {pk: self.counts[pk] for pk in schools if pk in self.counts}

    def against(self, school: int, day: date) -> list[Case]:
        return self.cases


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    """Two indicators and no others: "in-place" (a share) and "formats" (a number)."""
    made = Counted()
    monkeypatch.setattr(registry, "_registered", {})
    for key, unit, better, target in (
        ("in-place", Unit.SHARE, Better.HIGHER, 0.9),
        ("formats", Unit.NUMBER, Better.LOWER, 1),
    ):
        register_indicator(
            Indicator(
                key=key,
                title=key.capitalize(),
                pillar=Pillar.CONSISTENCY,
                unit=unit,
                better=better,
                definition="What it counts.",
                target=target,
                counts=made,
                against=made.against,
            )
        )
    return made


def _reading(school: School, day: date, numerator: int, key: str = "in-place") -> None:
    IndicatorReading.objects.create(
        school=school, key=key, day=day, numerator=numerator, denominator=10
    )


def test_reading_is_kept_for_each_indicator_and_replaced_on_the_same_day(
    world: World, counted: Counted
) -> None:
    counted.counts = {world.school.pk: Count(4, 10)}
    assert record_readings(school_ids=[world.school.pk], day=TODAY, by=SYSTEM) == 2
    counted.counts = {world.school.pk: Count(7, 10)}
    record_readings(school_ids=[world.school.pk], day=TODAY, by=SYSTEM)
    kept = IndicatorReading.objects.get(key="in-place")
    assert (kept.numerator, kept.denominator) == (7, 10)


@pytest.mark.django_db(transaction=True)
def test_nightly_task_reads_every_joined_school(world: World, counted: Counted) -> None:
    lone = make_school("Lone (invented)")
    make_school("Not here (invented)", joined_on=None)
    counted.counts = {world.school.pk: Count(1, 2), lone.pk: Count(2, 2)}
    record_all_readings(timestamp=0)
    found = set(IndicatorReading.objects.values_list("school_id", flat=True))
    assert found == {world.school.pk, lone.pk}


def test_target_of_the_school_comes_before_its_trusts(world: World, counted: Counted) -> None:
    counted.counts = {world.school.pk: Count(8, 10)}
    with scope_for(world[Role.TRUST_LEAD]):
        set_target(key="in-place", target=0.7, trust_id=world.trust.pk, by=world[Role.TRUST_LEAD])
    with scope_for(world[Role.SENCO]):
        (found, _) = standings(world.school, day=TODAY)
        assert (found.indicator.target, found.is_on_target) == (0.7, True)
        set_target(key="in-place", target=0.95, school_id=world.school.pk, by=world[Role.SENCO])
        (found, _) = standings(world.school, day=TODAY)
        assert (found.indicator.target, found.is_on_target) == (0.95, False)
        set_target(key="in-place", target=0.8, school_id=world.school.pk, by=world[Role.SENCO])
    assert IndicatorTarget.objects.filter(school=world.school).count() == 1


@pytest.mark.parametrize(
    ("key", "target", "says"),
    [
        ("in-place", 1.5, "between 0 and 100"),
        ("formats", -1, "below zero"),
        ("no-such", 1, "no such indicator"),
    ],
)
def test_target_that_cannot_be_is_refused(
    world: World, counted: Counted, key: str, target: float, says: str
) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco), pytest.raises(Refused, match=says):
        set_target(key=key, target=target, school_id=world.school.pk, by=senco)


@pytest.mark.parametrize("over_trust", [True, False])
def test_target_is_set_by_those_who_lead(
    world: World, counted: Counted, *, over_trust: bool
) -> None:
    teacher = world[Role.TEACHER]
    place = {"trust_id": world.trust.pk} if over_trust else {"school_id": world.school.pk}
    with scope_for(teacher), pytest.raises(Refused, match="Only those who lead"):
        set_target(key="in-place", target=0.5, by=teacher, **place)


def test_standing_has_its_interval_and_history(world: World, counted: Counted) -> None:
    counted.counts = {world.school.pk: Count(8, 10)}
    _reading(world.school, TODAY - timedelta(weeks=3), 4)
    _reading(world.school, TODAY - timedelta(weeks=60), 1)
    found, formats = standings(world.school, day=TODAY)
    assert [r.count.numerator for r in found.history] == [4]
    assert found.low == pytest.approx(0.4902, abs=1e-4)  # Wilson, 8 of 10
    assert found.high == pytest.approx(0.9433, abs=1e-4)
    assert (formats.low, formats.high) == (None, None)
    assert not found.is_few


def test_standing_of_nothing_counted_says_so(world: World, counted: Counted) -> None:
    lone = make_school("Lone (invented)")
    (found,) = standings(lone, day=TODAY, key="in-place")
    assert (found.is_on_target, found.low, found.is_few) == (None, None, False)
    card = presenters.card(found, lone.urn)
    assert (card["value"], card["state"]["text"]) == ("–", "Nothing to count yet")


def test_few_cases_are_shown_as_few(world: World, counted: Counted) -> None:
    counted.counts = {world.school.pk: Count(3, 4)}
    (found,) = standings(world.school, day=TODAY, key="in-place")
    assert found.is_few
    card = presenters.card(found, world.school.urn)
    assert card["value"] == "3 of 4"
    assert card["note"] == "Too few to compare with anything."


def test_history_is_told_in_words_and_drawn(world: World, counted: Counted) -> None:
    counted.counts = {world.school.pk: Count(8, 10)}
    _reading(world.school, TODAY - timedelta(weeks=3), 4)
    (one,) = standings(world.school, day=TODAY, key="in-place")
    assert presenters.history_chart(one) is None
    assert presenters.history_said(one) == "No history yet."
    _reading(world.school, TODAY - timedelta(weeks=1), 8)
    (two,) = standings(world.school, day=TODAY, key="in-place")
    chart = presenters.history_chart(two)
    assert chart is not None
    assert chart.summary == "Since 3 November 2026, from 40\u00a0% to 80\u00a0%."
    assert [row[1] for row in chart.rows] == ["40 %", "80 %"]


def test_number_above_its_target_is_said_to_be_above(world: World, counted: Counted) -> None:
    counted.counts = {world.school.pk: Count(9, 47)}
    (found,) = standings(world.school, day=TODAY, key="formats")
    card = presenters.card(found, world.school.urn)
    assert (card["value"], card["state"]["text"]) == ("9", "Above target")
    assert card["note"] == "Among 47."


def _trust_of(world: World, shares: Sequence[tuple[int, int]], counted: Counted) -> list[School]:
    schools = [make_school(f"School {n} (invented)", trust=world.trust) for n in range(len(shares))]
    counted.counts = {s.pk: Count(*c) for s, c in zip(schools, shares, strict=True)}
    return schools


def test_comparison_names_the_school_that_differs_and_no_other(
    world: World, counted: Counted
) -> None:
    shares = [
        (72, 100),
        (70, 100),
        (75, 100),
        (71, 100),
        (73, 100),
        (74, 100),
        (69, 100),
        (20, 100),
    ]
    schools = _trust_of(world, shares, counted)
    found = comparison(world.trust, registry.registered_indicators()[0], day=TODAY)
    assert [s.school for s in found.differing] == [schools[-1]]
    assert found.whole == Count(524, 800)
    names = [s.school.name for s in found.schools]
    assert names == sorted(names)
    drawn = presenters.funnel(found)
    assert drawn is not None
    assert "School 7 (invented) is lower" in drawn.summary
    assert presenters.trust_row(found, world.trust.pk)[3] == "School 7 (invented) (lower)"


def test_comparison_of_schools_alike_names_nobody(world: World, counted: Counted) -> None:
    _trust_of(world, [(72, 100), (70, 100), (71, 100)], counted)
    found = comparison(world.trust, registry.registered_indicators()[0], day=TODAY)
    assert found.differing == []
    drawn = presenters.funnel(found)
    assert drawn is not None
    assert drawn.summary.startswith("No school differs")


def test_comparison_of_too_few_schools_is_not_made(world: World, counted: Counted) -> None:
    counted.counts = {world.school.pk: Count(10, 100), world.sister.pk: Count(90, 100)}
    found = comparison(world.trust, registry.registered_indicators()[0], day=TODAY)
    assert found.funnel is None
    assert {s.where for s in found.schools} == {None}
    assert presenters.funnel(found) is None
    assert presenters.trust_row(found, world.trust.pk)[2] == "10\u00a0% to 90\u00a0%"


def test_school_with_few_cases_is_left_out_of_the_funnel(world: World, counted: Counted) -> None:
    _trust_of(world, [(72, 100), (70, 100), (71, 100), (0, 3)], counted)
    found = comparison(world.trust, registry.registered_indicators()[0], day=TODAY)
    few = next(s for s in found.schools if s.is_few)
    assert (few.where, few.count) == (None, Count(0, 3))


def test_numbers_are_never_put_on_a_funnel(world: World, counted: Counted) -> None:
    _trust_of(world, [(2, 100), (9, 100), (1, 100)], counted)
    found = comparison(world.trust, registry.registered_indicators()[1], day=TODAY)
    assert found.funnel is None


def test_comparison_costs_the_same_for_any_number_of_schools(
    world: World, counted: Counted, django_assert_num_queries: object
) -> None:
    _trust_of(world, [(7, 10)] * 12, counted)
    with django_assert_num_queries(1):  # type: ignore[operator]
        comparison(world.trust, registry.registered_indicators()[0], day=TODAY)


def test_standings_cost_two_queries_for_any_number_of_readings(
    world: World, counted: Counted, django_assert_num_queries: object
) -> None:
    for week in range(10):
        _reading(world.school, TODAY - timedelta(weeks=week), week)
    with django_assert_num_queries(2):  # type: ignore[operator]
        standings(world.school, day=TODAY)


def test_rows_read_as_what_they_are(world: World, counted: Counted) -> None:
    reading = IndicatorReading(key="in-place", day=TODAY)
    assert str(reading) == "in-place on 2026-11-24"
    assert str(IndicatorTarget(key="in-place", target=0.5)) == "in-place: 0.5"


def _case(*, named: bool) -> Case:
    return Case("Theo Barnes (invented)", "No passport", "/", names_pupil=named)


def test_governor_sees_the_number_and_no_name(
    world: World, counted: Counted, sign_in: object
) -> None:
    counted.counts = {world.school.pk: Count(8, 10)}
    counted.cases = [_case(named=True)]
    url = f"/schools/{world.school.urn}/consistency/in-place/"
    seen = sign_in(world[Role.GOVERNOR]).get(url).content.decode()  # type: ignore[operator]
    assert "Theo" not in seen
    assert "1 case" in seen
    senco = sign_in(world[Role.SENCO]).get(url).content.decode()  # type: ignore[operator]
    assert "Theo Barnes (invented)" in senco


def test_target_is_set_from_the_page(world: World, counted: Counted, sign_in: object) -> None:
    counted.counts = {world.school.pk: Count(8, 10)}
    client = sign_in(world[Role.SENCO])  # type: ignore[operator]
    url = f"/schools/{world.school.urn}/consistency/in-place/target/"
    assert "90" in client.get(url).content.decode()
    wrong = client.post(url, {"target": "150"})
    assert wrong.status_code == 422
    assert "between 0 and 100" in wrong.content.decode()
    assert client.post(url, {"target": "75"}).status_code == 302
    assert IndicatorTarget.objects.get(school=world.school).target == 0.75
    assert client.post(url.replace("in-place", "formats"), {"target": "2"}).status_code == 302
    assert IndicatorTarget.objects.get(key="formats").target == 2


def test_page_of_an_unknown_indicator_does_not_exist(
    world: World, counted: Counted, sign_in: object
) -> None:
    client = sign_in(world[Role.SENCO])  # type: ignore[operator]
    assert client.get(f"/schools/{world.school.urn}/consistency/nothing/").status_code == 404


def test_page_of_a_school_shows_each_indicator(
    world: World, counted: Counted, sign_in: object
) -> None:
    counted.counts = {world.school.pk: Count(8, 10)}
    shown = sign_in(world[Role.SENCO]).get(f"/schools/{world.school.urn}/consistency/")  # type: ignore[operator]
    assert "0 of 2 on target" in shown.content.decode()


def test_pages_of_a_trust_compare_its_schools(
    world: World, counted: Counted, sign_in: object
) -> None:
    _trust_of(world, [(72, 100), (70, 100), (20, 100)], counted)
    client = sign_in(world[Role.TRUST_LEAD])  # type: ignore[operator]
    whole = client.get(f"/trusts/{world.trust.pk}/consistency/").content.decode()
    assert "54\u00a0%" in whole
    one = client.get(f"/trusts/{world.trust.pk}/consistency/in-place/").content.decode()
    assert "School 2 (invented)" in one
    assert "data-chart" in one


def test_readings_today_are_by_the_schools_own_clock(world: World, counted: Counted) -> None:
    counted.counts = {world.school.pk: Count(1, 2)}
    record_all_readings(timestamp=0)
    assert IndicatorReading.objects.filter(day=timezone.localdate()).exists()


def test_person_is_named_with_the_target_in_history(world: World, counted: Counted) -> None:
    senco: Person = world[Role.SENCO]
    with scope_for(senco):
        row = set_target(key="in-place", target=0.5, school_id=world.school.pk, by=senco)
    event = row.events.get()  # type: ignore[attr-defined]
    assert event.pgh_context == {"service": "set_target", "person": senco.pk}
