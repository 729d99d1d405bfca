"""Roles held by people: given, changed, ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pillars.foundation.permissions import ROLES, Permission, Role
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Membership, Person, School, Trust
from pillars.people.organisations.rules import check_can_end_membership, check_can_give_role

_MANAGING = [role for role in Role if Permission.MANAGE_STAFF in ROLES[role].permissions]


def managers_left_without(membership: Membership, *, on: date) -> int:
    """How many other people could manage staff in that school or trust, its trust's leads too."""
    others = Membership.objects.current(on=on).filter(role__in=_MANAGING)
    others = others.exclude(pk=membership.pk)
    if membership.school is None:
        return others.filter(trust=membership.trust).count()
    here = others.filter(school=membership.school).count()
    if membership.school.trust is None:
        return here
    return here + others.filter(trust=membership.school.trust).count()


@service
def give_role(
    *,
    person: Person,
    role: Role,
    place: School | Trust,
    ends_on: date | None = None,
    by: Person | None,
) -> Membership:
    """Give somebody who can sign in a role from today."""
    today = timezone.localdate()
    check_can_give_role(current_scope(), place, role, ends_on=ends_on, today=today)
    membership = Membership(person=person, role=role, starts_on=today, ends_on=ends_on)
    if isinstance(place, School):
        membership.school = place
    else:
        membership.trust = place
    return _saved(membership)


@service
def change_role(
    *,
    membership: Membership,
    role: Role,
    ends_on: date | None,
    by: Person,
) -> Membership:
    """Change the role, the last day of access, or both. It bites at the person's next click."""
    scope, today = current_scope(), timezone.localdate()
    place = membership.school or membership.trust
    assert place is not None  # a constraint of the table
    check_can_give_role(scope, place, role, ends_on=ends_on, today=today)
    if role not in _MANAGING:
        left = managers_left_without(membership, on=today)
        check_can_end_membership(scope, membership, managers_left=left)
    membership.role = role
    membership.ends_on = ends_on
    return _saved(membership)


@service
def end_membership(*, membership: Membership, by: Person) -> Membership:
    """Take the role away now: yesterday becomes the last day of access."""
    today = timezone.localdate()
    left = managers_left_without(membership, on=today)
    check_can_end_membership(current_scope(), membership, managers_left=left)
    membership.ends_on = today - timedelta(days=1)
    membership.save(update_fields=["ends_on"])
    return membership


@service
def rename_person(*, person: Person, name: str, by: Person) -> Person:
    """Change how somebody's own name is shown."""
    if person.pk != by.pk:
        raise Refused("People change their own name. Ask them to.")
    person.name = name.strip()
    if not person.name:
        raise Refused("Give a name.")
    person.save(update_fields=["name"])
    return person


def _saved(membership: Membership) -> Membership:
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError:
        raise Refused(f"{membership.person} already has this role here.") from None
    return membership
