"""Changes to one pupil keep what was before. All invented."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.conftest import World, scope_for
from tests.people.register.makers import make_pupil, make_upn

from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused
from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod
from pillars.people.register.services import add_need, change_pupil, change_status, end_need

SEPTEMBER = date(2026, 9, 1)


def spans(pupil: Pupil) -> list[tuple[str, date | None, date | None]]:
    return [(s.status, s.start_on, s.end_on) for s in pupil.status_periods.all()]


def test_change_status_ends_the_one_before_on_the_same_day(world: World) -> None:
    pupil = make_pupil(world.school)
    day = timezone.localdate() - timedelta(days=3)
    with scope_for(world[Role.SENCO]):
        change_status(pupil=pupil, status="E", on=day, by=world[Role.SENCO])
    assert spans(pupil) == [("K", SEPTEMBER, day), ("E", day, None)]
    assert NeedPeriod.objects.filter(pupil=pupil, end_on__isnull=True).exists()


def test_change_status_to_none_ends_the_needs(world: World) -> None:
    pupil = make_pupil(world.school, needs=("SLCN", "ASD"))
    today = timezone.localdate()
    with scope_for(world[Role.SENCO]):
        change_status(pupil=pupil, status="N", on=today, by=world[Role.SENCO])
    assert spans(pupil) == [("K", SEPTEMBER, today)]
    assert {need.end_on for need in pupil.need_periods.all()} == {today}
    assert Pupil.objects.with_status().get(pk=pupil.pk).status_now == "N"


def test_change_status_from_none_begins_one(world: World) -> None:
    pupil = make_pupil(world.school, status="N")
    with scope_for(world[Role.SENCO]):
        change_status(pupil=pupil, status="K", on=SEPTEMBER, by=world[Role.SENCO])
    assert spans(pupil) == [("K", SEPTEMBER, None)]
    assert Pupil.objects.of_school(world.school.pk).on_register().get() == pupil


@pytest.mark.parametrize(
    ("status", "on", "words"),
    [
        ("K", SEPTEMBER, "has this status already"),
        ("X", SEPTEMBER, "Choose no SEN support"),
        ("E", date(2999, 1, 1), "in the future"),
        ("E", date(2026, 8, 31), "began on 01/09/2026"),
    ],
)
def test_change_status_that_makes_no_sense_is_refused(
    world: World, status: str, on: date, words: str
) -> None:
    pupil = make_pupil(world.school)
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match=words):
        change_status(pupil=pupil, status=status, on=on, by=world[Role.SENCO])
    assert spans(pupil) == [("K", SEPTEMBER, None)]


def test_add_need_comes_last_and_end_need_moves_the_others_up(world: World) -> None:
    pupil = make_pupil(world.school, needs=("SLCN", "MLD"))
    senco = world[Role.SENCO]
    with scope_for(senco):
        assert add_need(pupil=pupil, code="ASD", on=None, by=senco).rank == 3
        end_need(need=pupil.need_periods.get(code="SLCN"), on=timezone.localdate(), by=senco)
        end_need(need=pupil.need_periods.get(code="ASD"), on=timezone.localdate(), by=senco)
        add_need(pupil=pupil, code="HI", on=None, by=senco)
    now = NeedPeriod.objects.filter(pupil=pupil, end_on__isnull=True).order_by("rank")
    assert [(need.code, need.rank) for need in now] == [("MLD", 1), ("HI", 2)]


@pytest.mark.parametrize(
    ("code", "words"), [("SLCN", "has this type of need already"), ("XX", "from the list")]
)
def test_add_need_that_makes_no_sense_is_refused(world: World, code: str, words: str) -> None:
    pupil = make_pupil(world.school)
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match=words):
        add_need(pupil=pupil, code=code, on=None, by=world[Role.SENCO])


def test_add_need_without_a_status_is_refused(world: World) -> None:
    pupil = make_pupil(world.school, status="N")
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="Set the status first"):
        add_need(pupil=pupil, code="ASD", on=None, by=world[Role.SENCO])


@pytest.mark.parametrize(
    ("on", "words"), [(date(2999, 1, 1), "future"), (date(2026, 8, 1), "began on 01/09/2026")]
)
def test_end_need_on_a_day_that_cannot_be_is_refused(world: World, on: date, words: str) -> None:
    need = make_pupil(world.school).need_periods.get()
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match=words):
        end_need(need=need, on=on, by=world[Role.SENCO])


def test_end_need_that_has_ended_is_refused(world: World) -> None:
    need = make_pupil(world.school).need_periods.get()
    with scope_for(world[Role.SENCO]):
        end_need(need=need, on=timezone.localdate(), by=world[Role.SENCO])
        with pytest.raises(Refused, match="ended already"):
            end_need(need=need, on=timezone.localdate(), by=world[Role.SENCO])


def test_change_pupil_sets_only_what_was_given(world: World) -> None:
    pupil = make_pupil(world.school)
    with scope_for(world[Role.SENCO]):
        change_pupil(
            pupil=pupil,
            fields={"known_as": "Addy", "eal": True, "date_of_birth": date(2015, 1, 2)},
            by=world[Role.SENCO],
        )
    pupil.refresh_from_db()
    assert (pupil.known_as, pupil.eal, pupil.class_group) == ("Addy", True, "7A")
    assert pupil.date_of_birth == date(2015, 1, 2)
    assert pupil.full_name.startswith("Addy Wren")
    assert str(pupil) == f"pupil {pupil.pk}"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"upn": "A801200005001"}, "first letter does not fit"),
        ({"surname": " "}, "surname is blank"),
        ({"date_of_birth": date(2999, 1, 1)}, "in the future"),
        ({"upn": make_upn(60_001)}, "Another pupil of the school has this UPN"),
    ],
)
def test_change_pupil_to_what_cannot_be_is_refused(
    world: World, fields: dict[str, object], words: str
) -> None:
    make_pupil(world.school, upn=make_upn(60_001))
    pupil = make_pupil(world.school)
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match=words):
        change_pupil(pupil=pupil, fields=fields, by=world[Role.SENCO])


def test_change_pupil_knows_only_a_pupils_fields(world: World) -> None:
    pupil = make_pupil(world.school)
    with scope_for(world[Role.SENCO]), pytest.raises(ValueError, match="not fields of a pupil"):
        change_pupil(pupil=pupil, fields={"school_id": 1}, by=world[Role.SENCO])


@pytest.mark.parametrize("role", [Role.TEACHER, Role.TEACHING_ASSISTANT, Role.AUDITOR])
def test_who_may_not_edit_is_refused(world: World, role: Role) -> None:
    pupil = make_pupil(world.school)
    with scope_for(world[role]), pytest.raises(Refused, match="lead SEND"):
        change_status(pupil=pupil, status="E", on=SEPTEMBER, by=world[role])
    assert StatusPeriod.objects.get(pupil=pupil).status == "K"


def test_a_period_covers_its_days_and_not_the_day_it_ends() -> None:
    period = StatusPeriod(status="K", start_on=SEPTEMBER, end_on=date(2026, 10, 1))
    assert period.covers(SEPTEMBER)
    assert period.covers(date(2026, 9, 30))
    assert not period.covers(date(2026, 10, 1))
    assert StatusPeriod(status="K").covers(date(1999, 1, 1))
    assert not period.is_current
    assert (period.label, str(period)) == ("SEN support", "K of pupil None")
