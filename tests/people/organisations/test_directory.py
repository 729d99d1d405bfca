"""The directory of schools brought in line with GIAS files."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from tests.conftest import World, make_person, scope_for

from pillars.config.embedded import database_url
from pillars.foundation.permissions import Role
from pillars.foundation.scope import Scope, entered
from pillars.foundation.services import Refused
from pillars.people.organisations.gias import GiasReading, read_gias
from pillars.people.organisations.models import School, Trust
from pillars.people.organisations.queries import search_directory
from pillars.people.organisations.services import (
    apply_directory_file,
    import_establishments,
    preview_establishments,
    store_directory_file,
)
from pillars.people.organisations.services.directory import _TURN

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "data"
HEAD = "URN,EstablishmentName,LA (code),Postcode,NumberOfPupils,Trusts (code),Trusts (name)\n"


def _reading(*rows: str) -> GiasReading:
    return read_gias((HEAD + "".join(f"{row}\n" for row in rows)).encode(), "gias.csv")


def _bring_in(reading: GiasReading):  # type: ignore[no-untyped-def]
    with entered(Scope.of_system(operator=True)):
        return import_establishments(reading=reading, by=None)


def test_sample_schools_come_in_and_again_change_nothing() -> None:
    reading = read_gias(ROOT / "examples" / "gias.csv")
    first = _bring_in(reading)
    assert (first.schools.new, first.trusts.new, first.problems) == (4, 1, ())
    assert School.objects.filter(trust__uid="99901").count() == 3
    again = _bring_in(reading)
    assert (again.schools.unchanged, again.schools.new, again.schools.changed) == (4, 0, 0)
    assert (again.trusts.unchanged, again.trusts.new, again.trusts.changed) == (1, 0, 0)


def test_changed_row_updates_and_a_blank_leaves_what_is_known() -> None:
    _bring_in(_reading("999101,Old Name (invented),855,LE99 1AA,120,,"))
    change = _bring_in(_reading("999101,New Name (invented),,,,,"))
    assert (change.schools.changed, change.schools.unchanged) == (1, 0)
    school = School.objects.get(urn=999101)
    assert (school.name, school.la_code, school.pupil_count) == ("New Name (invented)", "855", 120)


def test_preview_counts_and_writes_nothing() -> None:
    change = preview_establishments(_reading("999102,A (invented),855,,,99,Trust A (invented)"))
    assert (change.schools.new, change.trusts.new) == (1, 1)
    assert not School.objects.exists()
    assert not Trust.objects.exists()


def test_school_that_works_here_keeps_its_trust(world: World) -> None:
    row = f"{world.school.urn},{world.school.name},,,,77,Another Trust (invented)"
    change = _bring_in(_reading(row))
    world.school.refresh_from_db()
    assert world.school.trust == world.trust
    assert any("was left as it is" in warning.reason for warning in change.warnings)


def test_school_that_does_not_work_here_follows_gias(world: World) -> None:
    School.objects.filter(pk=world.school.pk).update(joined_on=None)
    _bring_in(_reading(f"{world.school.urn},{world.school.name},,,,77,Another Trust (invented)"))
    world.school.refresh_from_db()
    assert world.school.trust is not None
    assert world.school.trust.uid == "77"


def test_only_an_operator_may_change_the_directory(world: World) -> None:
    reading = _reading("999103,B (invented),855,,,,")
    with scope_for(world[Role.TRUST_LEAD]), pytest.raises(Refused, match="look after"):
        import_establishments(reading=reading, by=world[Role.TRUST_LEAD])
    operator = make_person(is_operator=True)
    with scope_for(operator):
        import_establishments(reading=reading, by=operator)
    assert School.objects.filter(urn=999103).exists()


@pytest.mark.parametrize("name", ["gias_london_schools.csv", "gias_academies_by_trust_2017.csv"])
def test_public_files_come_in_with_every_row_accounted_for(name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the public file is not on this machine")
    change = _bring_in(read_gias(path))
    counted = change.schools.new + change.schools.changed + change.schools.unchanged
    assert counted + change.repeats + change.closed + len(change.problems) == change.rows
    assert School.objects.count() == change.schools.new
    assert Trust.objects.count() == change.trusts.new > 300


def test_trust_that_changed_its_name_is_updated() -> None:
    _bring_in(_reading("999104,A (invented),855,,,99,Old Trust (invented)"))
    change = _bring_in(_reading("999104,A (invented),855,,,99,New Trust (invented)"))
    assert (change.trusts.changed, change.schools.changed) == (1, 0)
    assert Trust.objects.get(uid="99").name == "New Trust (invented)"


def test_kept_file_is_brought_in_once() -> None:
    operator = make_person(is_operator=True)
    reading = _reading("999105,B (invented),855,,,,")
    with scope_for(operator):
        kept = store_directory_file(name="gias.csv", content=b"x", by=operator)
        apply_directory_file(file=kept, reading=reading, by=operator)
        with pytest.raises(Refused, match="brought in already"):
            apply_directory_file(file=kept, reading=reading, by=operator)
    assert kept.counts["schools"]["new"] == 1


def test_directory_is_searched_by_name_urn_and_trust_number(world: World) -> None:
    assert search_directory("  ") == ([], [])
    schools, trusts = search_directory("meadow")
    assert (schools, trusts) == ([world.sister], [])
    assert search_directory(str(world.school.urn))[0] == [world.school]
    assert search_directory(world.trust.name)[1] == [world.trust]


def test_second_list_of_schools_waits_for_a_sentence_not_forever() -> None:
    """Another connection holds the turn; ours is told at once."""
    url = psycopg.conninfo.make_conninfo(
        database_url("owner"), dbname=connection.settings_dict["NAME"]
    )
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        with pytest.raises(Refused, match="being brought in now"), transaction.atomic():
            _bring_in(_reading("999106,C (invented),855,,,,"))
    with transaction.atomic():
        assert _bring_in(_reading("999106,C (invented),855,,,,")).schools.new == 1
