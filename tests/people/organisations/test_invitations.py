"""Inviting, accepting once, and everything that must not be accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.conftest import World, make_person, scope_for

from pillars.foundation.permissions import Role
from pillars.foundation.scope import Scope, entered
from pillars.foundation.services import Refused
from pillars.people.organisations.models import Invitation, Membership, Person, School, Trust
from pillars.people.organisations.queries import scope_of
from pillars.people.organisations.services import (
    accept_invitation,
    create_person,
    find_invitation,
    give_role,
    invite_first_person,
    invite_person,
    mail_invitation,
    renew_invitation,
    start_trust,
    withdraw_invitation,
)

pytestmark = pytest.mark.django_db
PASSWORD = "heron-on-the-weir-41"


def _invite(world: World, role: Role = Role.TEACHER, **more: object) -> tuple[Invitation, str]:
    senco = world[Role.SENCO]
    details = {"email": "new@example.org", "name": "New Person", "ends_on": None} | more
    with scope_for(senco):
        return invite_person(role=role, place=world.school, by=senco, **details)  # type: ignore[arg-type]


def _inside(school: School) -> Scope:
    return Scope.of_system(schools=[school.pk])


def _accept(world: World, code: str, email: str = "new@example.org") -> Membership:
    with entered(_inside(world.school)):
        found = find_invitation(place=world.school, code=code)
        assert found is not None
        person = Person.objects.filter(email=email).first() or create_person(
            email=email, name="New Person", password=PASSWORD, by=None
        )
        return accept_invitation(invitation=found, by=person)


def test_invitation_accepted_gives_the_role_from_today(world: World) -> None:
    _, code = _invite(world)
    membership = _accept(world, code)
    scope = scope_of(membership.person, on=timezone.localdate())
    assert set(scope.schools) == {world.school.pk}
    assert membership.starts_on == timezone.localdate()
    assert membership.person.check_password(PASSWORD)


def test_code_is_found_however_it_is_typed_and_nowhere_kept(world: World) -> None:
    invitation, code = _invite(world)
    with entered(_inside(world.school)):
        assert find_invitation(place=world.school, code=code.upper().replace("-", " ")) is not None
        assert find_invitation(place=world.school, code="wrong") is None
    with entered(_inside(world.sister)):
        assert find_invitation(place=world.school, code=code) is None
    plain = code.replace("-", "")
    stored = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert not any(plain in str(value) or code in str(value) for value in stored.values())


def test_second_use_of_an_invitation_is_refused(world: World) -> None:
    _, code = _invite(world)
    _accept(world, code)
    with pytest.raises(Refused, match="has been used"):
        _accept(world, code)
    assert Membership.objects.filter(person__email="new@example.org").count() == 1


def test_invitation_that_ran_out_is_refused(world: World) -> None:
    invitation, code = _invite(world)
    past = timezone.now() - timedelta(seconds=1)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=past)
    with pytest.raises(Refused, match="run out"):
        _accept(world, code)


def test_withdrawn_invitation_is_refused(world: World) -> None:
    invitation, code = _invite(world)
    with scope_for(world[Role.SENCO]):
        withdraw_invitation(invitation=invitation, by=world[Role.SENCO])
    with pytest.raises(Refused, match="withdrawn"):
        _accept(world, code)
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="withdrawn"):
        renew_invitation(invitation=invitation, by=world[Role.SENCO])


def test_invitation_of_another_address_is_refused(world: World) -> None:
    _, code = _invite(world)
    make_person(name="Else").save()
    with pytest.raises(Refused, match="another e-mail address"):
        _accept(world, code, email="else@example.org")


def test_renewed_invitation_has_a_new_code_and_the_old_one_is_dead(world: World) -> None:
    invitation, old = _invite(world)
    with scope_for(world[Role.SENCO]):
        new = renew_invitation(invitation=invitation, by=world[Role.SENCO])
    with entered(_inside(world.school)):
        assert find_invitation(place=world.school, code=old) is None
    assert _accept(world, new).role == Role.TEACHER


def test_inviting_again_withdraws_the_first_invitation(world: World) -> None:
    first, _ = _invite(world)
    second, _ = _invite(world, email="New@Example.org")
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert second.email == "new@example.org"


def test_inviting_somebody_who_has_the_role_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="already has this role"):
        _invite(world, email=world[Role.TEACHER].email)


@pytest.mark.parametrize(
    "role", [Role.TEACHER, Role.TEACHING_ASSISTANT, Role.GOVERNOR, Role.AUDITOR]
)
def test_roles_that_do_not_manage_staff_cannot_invite(world: World, role: Role) -> None:
    with scope_for(world[role]), pytest.raises(Refused, match="Only a headteacher"):
        invite_person(
            email="x@example.org", name="X", role=Role.TEACHER, place=world.school,
            ends_on=None, by=world[role],
        )  # fmt: skip


def test_senco_cannot_invite_to_another_school_or_the_trust(world: World) -> None:
    senco = world[Role.SENCO]
    places: list[School | Trust] = [world.sister, world.other_school, world.trust]
    for place in places:
        with scope_for(senco), pytest.raises(Refused, match="Only a headteacher"):
            invite_person(
                email="x@example.org", name="X", role=Role.AUDITOR, place=place,
                ends_on=timezone.localdate(), by=senco,
            )  # fmt: skip


def test_role_of_a_trust_cannot_be_given_in_a_school(world: World) -> None:
    with pytest.raises(Refused, match="not a role in a school"):
        _invite(world, Role.TRUST_LEAD)


def test_auditor_needs_a_last_day_within_a_year(world: World) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused, match="Give the last day"):
        _invite(world, Role.AUDITOR)
    with pytest.raises(Refused, match="in the past"):
        _invite(world, Role.AUDITOR, ends_on=today - timedelta(days=1))
    with pytest.raises(Refused, match="a year at most"):
        _invite(world, Role.AUDITOR, ends_on=today + timedelta(days=500))
    _, code = _invite(world, Role.AUDITOR, ends_on=today + timedelta(days=20))
    assert _accept(world, code).ends_on == today + timedelta(days=20)


def test_audit_that_ended_before_acceptance_is_refused(world: World) -> None:
    today = timezone.localdate()
    invitation, code = _invite(world, Role.AUDITOR, ends_on=today)
    yesterday = today - timedelta(days=1)
    Invitation.objects.filter(pk=invitation.pk).update(access_ends_on=yesterday)
    with pytest.raises(Refused, match="has ended"):
        _accept(world, code)


@pytest.mark.parametrize("password", ["short", "password1234", "newperson-example"])
def test_weak_password_is_refused_with_a_sentence(world: World, password: str) -> None:
    with pytest.raises(Refused):
        create_person(
            email="newperson@example.org", name="Newperson Example", password=password, by=None
        )
    assert not Person.objects.filter(email="newperson@example.org").exists()


def test_person_who_can_sign_in_is_not_made_twice(world: World) -> None:
    with pytest.raises(Refused, match="can sign in already"):
        create_person(email=world[Role.SENCO].email.upper(), name="A", password=PASSWORD, by=None)


def test_operator_opens_the_door_of_a_school_that_has_not_begun(world: World) -> None:
    operator = make_person(is_operator=True)
    School.objects.filter(pk=world.sister.pk).update(joined_on=None)
    world.sister.refresh_from_db()
    with scope_for(operator):
        invitation, code = invite_first_person(
            place=world.sister, email="head@example.org", name="Head", role=Role.HEADTEACHER,
            by=operator,
        )  # fmt: skip
    world.sister.refresh_from_db()
    assert world.sister.joined_on == timezone.localdate()
    assert invitation.school_id == world.sister.pk
    assert len(code) == 24


def test_operator_opens_the_door_of_a_trust(world: World) -> None:
    operator = make_person(is_operator=True)
    Trust.objects.filter(pk=world.other_trust.pk).update(joined_on=None)
    world.other_trust.refresh_from_db()
    with scope_for(operator):
        invitation, _ = invite_first_person(
            place=world.other_trust, email="lead@example.org", name="Lead", role=Role.TRUST_LEAD,
            by=operator,
        )  # fmt: skip
    assert invitation.trust_id == world.other_trust.pk
    world.other_trust.refresh_from_db()
    assert world.other_trust.joined_on is not None


def test_operator_opens_the_door_of_a_place_that_has_begun(world: World) -> None:
    operator = make_person(is_operator=True)
    began = world.school.joined_on
    with scope_for(operator):
        invite_first_person(
            place=world.school, email="h@example.org", name="H", role=Role.SENCO, by=operator
        )
        assert start_trust(trust=world.trust, by=operator).joined_on == world.trust.joined_on
    world.school.refresh_from_db()
    assert world.school.joined_on == began


def test_used_invitation_cannot_be_withdrawn_or_renewed(world: World) -> None:
    invitation, code = _invite(world)
    _accept(world, code)
    invitation.refresh_from_db()
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="cannot be changed"):
        withdraw_invitation(invitation=invitation, by=world[Role.SENCO])


def test_person_without_a_password_cannot_sign_in_yet(world: World) -> None:
    person = create_person(email="later@example.org", name="Later", password=None, by=None)
    assert not person.has_usable_password()


def test_accepting_a_role_one_has_by_now_gives_it_once(world: World) -> None:
    _, code = _invite(world)
    person = create_person(email="new@example.org", name="New", password=PASSWORD, by=None)
    with scope_for(world[Role.SENCO]):
        held = give_role(person=person, role=Role.TEACHER, place=world.school, by=world[Role.SENCO])
    assert _accept(world, code) == held


def test_only_an_operator_opens_doors(world: World) -> None:
    with scope_for(world[Role.SENCO]), pytest.raises(Refused, match="look after this"):
        invite_first_person(
            place=world.other_school, email="a@example.org", name="A", role=Role.SENCO,
            by=world[Role.SENCO],
        )  # fmt: skip


def test_mail_goes_out_after_the_transaction_and_names_no_pupil(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    invitation, _ = _invite(world)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        mail_invitation(invitation=invitation, link="https://school.example/join/s1/abcd/")
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert sent.to == ["new@example.org"]
    assert "https://school.example/join/s1/abcd/" in sent.body
    assert world.school.name in sent.subject
