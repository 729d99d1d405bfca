"""Which standards there are, which hold where, and what is required."""

from __future__ import annotations

from typing import Any

import pytest
from tests.conftest import World, make_school, scope_for
from tests.consistency.paperwork.documents.factories import make_pupil
from tests.consistency.paperwork.standards.places import allow, make_standard, shipped

from pillars.consistency.paperwork.models import Document, RequiredStandard, Standard
from pillars.consistency.paperwork.queries import standards as queries
from pillars.foundation.permissions import Role
from pillars.people.organisations.models import School


def _holding(school: School) -> int:
    return queries.versions_in_force(school)["pupil-passport"].standard_id


def test_own_standard_comes_before_the_trusts_and_that_before_the_shipped(world: World) -> None:
    assert _holding(world.school) == shipped().pk
    of_trust = make_standard(trust=world.trust)
    assert _holding(world.school) == _holding(world.sister) == of_trust.pk
    own = make_standard(school=world.school)
    assert (_holding(world.school), _holding(world.sister)) == (own.pk, of_trust.pk)
    assert _holding(world.other_school) == shipped().pk


def test_newest_version_is_in_force_and_an_unpublished_standard_is_not(world: World) -> None:
    make_standard(trust=world.trust, versions=3)
    make_standard(school=world.school, versions=0)
    assert queries.versions_in_force(world.school)["pupil-passport"].number == 3


def test_many_schools_take_one_query(world: World, django_assert_num_queries: Any) -> None:
    schools = [world.school, world.sister, world.other_school, make_school()]
    make_standard(trust=world.trust)
    for some in (schools[:1], schools):
        with django_assert_num_queries(1):
            assert set(queries.versions_in_force_in(some)) == {s.pk for s in some}
        with django_assert_num_queries(1):
            assert set(queries.required_standards_in(some)) == {s.pk for s in some}


def test_passport_is_required_where_nobody_says_otherwise(world: World) -> None:
    assert queries.required_standards(world.school) == {"pupil-passport": "KE"}
    assert queries.required_at(trust=world.trust) == {"pupil-passport": "KE"}


def test_required_by_the_school_comes_before_the_trusts(world: World) -> None:
    RequiredStandard.objects.create(key="support-plan", statuses="K", trust=world.trust)
    assert queries.required_standards(world.school) == {"support-plan": "K"}
    assert queries.required_at(trust=world.trust) == {"support-plan": "K"}
    RequiredStandard.objects.create(key="pupil-passport", statuses="E", school=world.school)
    assert queries.required_at(school=world.school) == {"pupil-passport": "E"}
    assert queries.required_at(school=world.sister) == {"support-plan": "K"}


def test_nobody_has_to_have_one_is_not_the_same_as_saying_nothing(world: World) -> None:
    RequiredStandard.objects.create(key="pupil-passport", statuses="", school=world.school)
    assert queries.required_standards(world.school) == {}


def test_standards_seen_are_ones_own_and_those_above(world: World) -> None:
    of_trust = make_standard(trust=world.trust, versions=2)
    own = make_standard(school=world.school)
    far = make_standard(school=world.other_school)
    lone = make_school("Lone School (invented)")
    seen = queries.standards_of(school=world.school)
    assert {own, of_trust, shipped()} <= set(seen)
    assert far not in seen
    assert next(s.newest for s in seen if s == of_trust) == 2  # type: ignore[attr-defined]
    over = queries.standards_of(trust=world.trust)
    assert of_trust in over
    assert own not in over
    assert all(s.is_shipped for s in queries.standards_of(school=lone))


def test_versions_are_listed_newest_first_and_found_by_number(world: World) -> None:
    standard = make_standard(trust=world.trust, versions=3)
    assert [v.number for v in queries.versions_of(standard)] == [3, 2, 1]
    assert queries.versions_by_number(standard)[2].parsed.title == "Title 2"


@pytest.fixture
def documents(world: World) -> None:
    """Two passports in the school and one in its sister, on the shipped standard."""
    version = shipped().versions.get()
    for school in (world.school, world.school, world.sister):
        Document.objects.create(
            school=school, pupil=make_pupil(school), version=version, standard_key="pupil-passport"
        )


@pytest.mark.usefixtures("documents")
def test_documents_behind_are_those_where_the_standard_holds(world: World) -> None:
    of_trust = make_standard(trust=world.trust)
    assert queries.documents_behind_next(of_trust) == 3
    own = make_standard(school=world.school)
    assert queries.documents_behind_next(own) == 2
    assert queries.documents_behind_next(of_trust) == 1


def test_other_schools_standards_are_hidden_by_the_database_too(world: World) -> None:
    allow(world.other_trust)
    far = make_standard(school=world.other_school)
    with scope_for(world[Role.SENCO]):
        assert not Standard.objects.filter(pk=far.pk).exists()
        assert Standard.objects.filter(pk=shipped().pk).exists()
