"""Trusts and the schools in them: who begins here, who joins whom, what schools may publish."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from pillars.foundation.permissions import Role
from pillars.foundation.scope import Scope, current_scope, entered
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import (
    Invitation,
    JoinRequest,
    Person,
    School,
    Trust,
)
from pillars.people.organisations.rules import (
    check_can_answer_join,
    check_can_ask_to_join,
    check_can_change_directory,
    check_can_manage_trust,
    check_can_start_school,
)
from pillars.people.organisations.services.invitations import invite_person


@service
def start_trust(*, trust: Trust, by: Person | None) -> Trust:
    """A trust of the directory begins here. Its first lead is invited next."""
    check_can_change_directory(current_scope())
    if trust.joined_on is None:
        trust.joined_on = timezone.localdate()
        trust.save(update_fields=["joined_on"])
    return trust


@service
def start_school(*, school: School, by: Person | None) -> School:
    """A school of the directory begins here. Its first people are invited next."""
    check_can_start_school(current_scope(), school)
    school.joined_on = timezone.localdate()
    school.save(update_fields=["joined_on"])
    return school


@service
def invite_first_person(
    *, place: School | Trust, email: str, name: str, role: Role, by: Person
) -> tuple[Invitation, str]:
    """The operator opens the door of a school or trust to the first person who can manage it."""
    check_can_change_directory(current_scope())
    if place.joined_on is None:
        if isinstance(place, School):
            start_school(school=place, by=by)
        else:
            start_trust(trust=place, by=by)
    is_school = isinstance(place, School)
    inside = Scope.of_system(schools=[place.pk] if is_school else [],
                             trusts=[] if is_school else [place.pk])  # fmt: skip
    with entered(inside):
        return invite_person(email=email, name=name, role=role, place=place, ends_on=None, by=by)


@service
def ask_to_join(*, school: School, trust: Trust, from_school: bool, by: Person) -> JoinRequest:
    """A school asks to join a trust, or a trust asks a school to."""
    check_can_ask_to_join(current_scope(), school, trust, from_school=from_school)
    try:
        with transaction.atomic():
            return JoinRequest.objects.create(
                school=school, trust=trust, from_school=from_school, made_by=by
            )
    except IntegrityError:
        raise Refused("This has been asked already and waits for an answer.") from None


@service
def answer_join_request(*, request: JoinRequest, accept: bool, by: Person) -> JoinRequest:
    """Say yes or no. On yes the school is in the trust from now: its leads see the school."""
    check_can_answer_join(current_scope(), request)
    # Neither side alone may write the other's row: the answer is what gives the right.
    both = Scope.of_system(schools=[request.school_id], trusts=[request.trust_id])
    with entered(both):
        request.accepted = accept
        request.answered_at = timezone.now()
        request.answered_by = by
        request.save(update_fields=["accepted", "answered_at", "answered_by"])
        if accept:
            request.school.trust = request.trust
            request.school.save(update_fields=["trust"])
    return request


@service
def set_publishing(*, trust: Trust, schools_may_publish: bool, by: Person) -> Trust:
    """Whether schools of the trust may publish standards of their own."""
    check_can_manage_trust(current_scope(), trust)
    trust.schools_may_publish = schools_may_publish
    trust.save(update_fields=["schools_may_publish"])
    return trust
