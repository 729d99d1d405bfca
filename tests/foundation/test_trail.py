from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.conftest import World, scope_for

from pillars.foundation.models import SchoolTerm
from pillars.foundation.services import service
from pillars.foundation.trail import TrailFilter, history_of, trail, trail_kinds
from pillars.foundation.viewing import log_viewing
from pillars.people.organisations.models import Person

pytestmark = pytest.mark.django_db


@service
def plan_terms(*, school_id: int, names: list[str], by: Person) -> list[SchoolTerm]:
    return SchoolTerm.objects.bulk_create(
        SchoolTerm(
            school_id=school_id,
            name=name,
            first_day=date(2026, 9, 1) + timedelta(days=7 * i),
            last_day=date(2026, 9, 5) + timedelta(days=7 * i),
        )
        for i, name in enumerate(names)
    )


@service
def rename_term(*, term: SchoolTerm, name: str, by: Person) -> None:
    SchoolTerm.objects.filter(pk=term.pk).update(name=name)


def _filter(world: World, **more: object) -> TrailFilter:
    now = timezone.now()
    wanted = {"since": now - timedelta(hours=1), "until": now + timedelta(hours=1)} | more
    return TrailFilter(school_id=world.school.pk, **wanted)  # type: ignore[arg-type]


def test_trail_shows_one_line_for_a_service_with_its_rows(world: World, senco: Person) -> None:
    with scope_for(senco):
        plan_terms(school_id=world.school.pk, names=["A", "B", "C"], by=senco)
        (line,) = trail(_filter(world, kinds=("foundation.schoolterm",)))
    assert (line.service, line.person_id) == ("plan_terms", senco.pk)
    assert line.sentence == "Plan terms"
    (rows,) = line.rows
    assert (rows.kind, rows.act, rows.count) == ("school term", "added", 3)
    assert len(rows.subjects) == 3


def test_trail_opens_one_act_alone(world: World, senco: Person) -> None:
    with scope_for(senco):
        (term,) = plan_terms(school_id=world.school.pk, names=["A"], by=senco)
        rename_term(term=term, name="Autumn", by=senco)
        newest, oldest = trail(_filter(world, kinds=("foundation.schoolterm",)))
        assert newest.service == "rename_term"
        assert trail(_filter(world, act_id=oldest.act_id)) == [oldest]


def test_trail_of_another_school_is_empty(world: World, senco: Person) -> None:
    assert world.stranger is not None
    with scope_for(senco):
        plan_terms(school_id=world.school.pk, names=["A"], by=senco)
    with scope_for(world.stranger):
        assert trail(_filter(world)) == []


def test_trail_filters_by_person(world: World, senco: Person) -> None:
    with scope_for(senco):
        plan_terms(school_id=world.school.pk, names=["A"], by=senco)
        found = trail(_filter(world, person_id=senco.pk))
        assert [line.service for line in found] == ["plan_terms"]
        assert trail(_filter(world, person_id=senco.pk + 999)) == []


def test_trail_shows_who_opened_a_record(world: World, senco: Person) -> None:
    with scope_for(senco):
        log_viewing(
            school_id=world.school.pk,
            person_id=senco.pk,
            subject_kind="pupil",
            subject_id=5,
            page="Pupil",
        )
        (line,) = trail(_filter(world, kinds=("foundation.viewing",)))
    assert line.sentence == "Opened a record"
    assert line.rows[0].subjects == (5,)
    assert line.act_id is None


def test_trail_names_a_change_made_by_hand(world: World) -> None:
    SchoolTerm.objects.create(
        school=world.school, name="A", first_day=date(2026, 9, 1), last_day=date(2026, 9, 2)
    )
    (line,) = trail(_filter(world, kinds=("foundation.schoolterm",)))
    assert (line.sentence, line.person_id) == ("Changed the database", None)


def test_trail_with_no_kind_left_is_empty(world: World) -> None:
    assert trail(_filter(world, kinds=("no.such",))) == []


def test_history_shows_what_differed(world: World, senco: Person) -> None:
    with scope_for(senco):
        (term,) = plan_terms(school_id=world.school.pk, names=["A"], by=senco)
        rename_term(term=term, name="Autumn", by=senco)
        newest, oldest = history_of(SchoolTerm, term.pk)
    assert newest.act == "changed"
    (difference,) = newest.differences
    assert (difference.title, difference.before, difference.after) == ("name", "A", "Autumn")
    assert oldest.act == "added"
    assert oldest.person_id == senco.pk


def test_kinds_are_called_as_people_call_them() -> None:
    assert trail_kinds()["foundation.schoolterm"] == "school term"
