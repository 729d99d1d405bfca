from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.conftest import World, scope_for

from pillars.foundation.models import SchoolTerm, StoredFile
from pillars.foundation.services import SYSTEM, Refused, service
from pillars.people.organisations.models import Person

pytestmark = pytest.mark.django_db

Event = SchoolTerm.pgh_event_model  # type: ignore[attr-defined]


@service
def open_term(*, school_id: int, name: str, by: Person | None, fail: bool = False) -> SchoolTerm:
    term = SchoolTerm.objects.create(
        school_id=school_id, name=name, first_day=date(2026, 9, 1), last_day=date(2026, 10, 1)
    )
    if fail:
        raise Refused("The term cannot be opened.")
    return term


@service
def open_and_rename(*, school_id: int, by: Person) -> None:
    term = open_term(school_id=school_id, name="A", by=by)
    SchoolTerm.objects.filter(pk=term.pk).update(name="B")


def test_service_without_by_is_a_mistake_of_the_caller(world: World) -> None:
    with pytest.raises(TypeError, match="who it is done by"):
        open_term(school_id=world.school.pk, name="A")


def test_service_writes_its_name_and_the_person_into_history(world: World, senco: Person) -> None:
    with scope_for(senco):
        term = open_term(school_id=world.school.pk, name="A", by=senco)
        event = Event.objects.get(pgh_obj_id=term.pk)
    assert event.pgh_context == {"service": "open_term", "person": senco.pk}
    assert event.pgh_context_id is not None


def test_service_of_the_system_has_no_person(world: World) -> None:
    term = open_term(school_id=world.school.pk, name="A", by=SYSTEM)
    assert Event.objects.get(pgh_obj_id=term.pk).pgh_context["person"] is None


def test_service_refused_leaves_nothing_half_written(world: World, senco: Person) -> None:
    with scope_for(senco):
        with pytest.raises(Refused, match="cannot be opened"):
            open_term(school_id=world.school.pk, name="A", by=senco, fail=True)
        assert not SchoolTerm.objects.exists()
        assert not Event.objects.exists()


def test_service_within_a_service_belongs_to_the_outer_act(world: World, senco: Person) -> None:
    with scope_for(senco):
        open_and_rename(school_id=world.school.pk, by=senco)
        events = list(Event.objects.order_by("pgh_id"))
    assert {e.pgh_context["service"] for e in events} == {"open_and_rename"}
    assert len({e.pgh_context_id for e in events}) == 1


def test_history_after_a_service_no_longer_names_it(world: World, senco: Person) -> None:
    with scope_for(senco):
        term = open_term(school_id=world.school.pk, name="A", by=senco)
        SchoolTerm.objects.filter(pk=term.pk).update(name="by hand")
        assert Event.objects.get(pgh_label="update").pgh_context is None


def test_service_survives_a_broken_statement_inside_it(world: World, senco: Person) -> None:
    @service
    def open_twice(*, by: Person) -> None:
        open_term(school_id=world.school.pk, name="A", by=by)
        open_term(school_id=world.school.pk, name="A again", by=by)

    with scope_for(senco):
        with pytest.raises(IntegrityError), transaction.atomic():
            open_twice(by=senco)
        assert open_term(school_id=world.school.pk, name="A", by=senco).pk


def test_set_based_insert_is_named_in_history_too(world: World, senco: Person) -> None:
    """What an import does: PostgreSQL refuses COPY under policies, so through a temporary table."""

    @service
    def bring_in(*, by: Person) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE coming (name text) ON COMMIT DROP")
            with cursor.cursor.copy("COPY coming FROM STDIN") as copy:
                copy.write_row(["C"])
            cursor.cursor.execute(
                "INSERT INTO foundation_schoolterm (school_id, name, kind, first_day, last_day)"
                " SELECT %s, name, 'other', '2026-09-01', '2026-09-30' FROM coming",
                [world.school.pk],
            )

    with scope_for(senco):
        bring_in(by=senco)
        assert Event.objects.get().pgh_context["service"] == "bring_in"


def test_row_of_another_school_cannot_be_written(world: World, senco: Person) -> None:
    with (
        scope_for(senco),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        open_term(school_id=world.other_school.pk, name="A", by=senco)


def test_history_cannot_be_rewritten_by_anybody(world: World) -> None:
    open_term(school_id=world.school.pk, name="A", by=SYSTEM)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(name="never was")
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()


def test_stored_file_knows_its_size_and_hash(world: World, senco: Person) -> None:
    file = StoredFile.holding(
        school_id=world.school.pk,
        name="passport.docx",
        content_type="application/octet-stream",
        content=b"abc",
        by_id=senco.pk,
    )
    assert file.size == 3
    assert file.sha256.startswith("ba7816bf")
