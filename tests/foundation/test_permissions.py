from pillars.foundation.permissions import ROLES, Permission, Role
from pillars.foundation.scope import NOTHING, Scope


def test_every_role_is_defined_and_every_permission_is_held_by_somebody() -> None:
    assert set(ROLES) == set(Role)
    held = frozenset().union(*(r.permissions for r in ROLES.values()))
    assert held == set(Permission)


def test_every_permission_and_role_has_words() -> None:
    assert len({p.label for p in Permission}) == len(Permission)
    assert all(r.label and ROLES[r].description for r in Role)


def test_governor_and_auditor_change_nothing() -> None:
    changing = {p for p in Permission if not p.startswith(("view_", "compare_"))}
    for role in (Role.GOVERNOR, Role.AUDITOR):
        assert not ROLES[role].permissions & changing
    assert Permission.VIEW_PUPILS not in ROLES[Role.GOVERNOR].permissions


def test_scope_answers_for_a_school_a_trust_and_anywhere() -> None:
    scope = Scope(
        schools={1: frozenset({Permission.VIEW_PUPILS}), 2: frozenset()},
        led_trusts={5: frozenset({Permission.COMPARE_SCHOOLS})},
    )
    assert scope.can(Permission.VIEW_PUPILS, school=1)
    assert not scope.can(Permission.VIEW_PUPILS, school=2)
    assert not scope.can(Permission.VIEW_PUPILS, school=3)
    assert scope.can(Permission.COMPARE_SCHOOLS, trust=5)
    assert not scope.can(Permission.COMPARE_SCHOOLS, trust=6)
    assert scope.can(Permission.VIEW_PUPILS)
    assert scope.schools_with(Permission.VIEW_PUPILS) == [1]
    assert not NOTHING.can(Permission.VIEW_PUPILS)


def test_scope_of_the_system_reaches_only_what_is_named() -> None:
    scope = Scope.of_system(schools=[3], trusts=[4], operator=True)
    assert scope.can(Permission.MANAGE_SCHOOL, school=3)
    assert not scope.can(Permission.MANAGE_SCHOOL, school=4)
    assert scope.trusts == {4}
    assert scope.operator
