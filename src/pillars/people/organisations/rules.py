"""What may be done with staff, trusts and calendars. Each check raises a sentence."""

from __future__ import annotations

from datetime import date

from pillars.foundation.permissions import ROLES, Permission, Role
from pillars.foundation.scope import Scope
from pillars.foundation.services import Refused
from pillars.people.organisations.models import (
    Invitation,
    JoinRequest,
    Membership,
    School,
    Trust,
)

TRUST_ROLES = (Role.TRUST_LEAD, Role.AUDITOR)
SCHOOL_ROLES = tuple(role for role in Role if role is not Role.TRUST_LEAD)
LONGEST_AUDIT_DAYS = 366


def can_in(scope: Scope, permission: Permission, place: School | Trust | None) -> bool:
    """True if the permission is held in this school, or over this trust."""
    if isinstance(place, School):
        return scope.can(permission, school=place.pk)
    return isinstance(place, Trust) and scope.can(permission, trust=place.pk)


def roles_in(place: School | Trust) -> tuple[Role, ...]:
    """The roles that exist in a school, or over a trust."""
    return SCHOOL_ROLES if isinstance(place, School) else TRUST_ROLES


def check_can_manage_staff(scope: Scope, place: School | Trust | None) -> None:
    if not can_in(scope, Permission.MANAGE_STAFF, place):
        raise Refused(
            "Only a headteacher, SENCo or trust lead can change who works here. Ask one of them."
        )


def check_can_give_role(
    scope: Scope, place: School | Trust, role: Role, *, ends_on: date | None, today: date
) -> None:
    """Whether this person may give this role here, until this day."""
    check_can_manage_staff(scope, place)
    if role not in roles_in(place):
        kind = "a school" if isinstance(place, School) else "a trust"
        raise Refused(f"{role.label} is not a role in {kind}. Choose another role.")
    if ROLES[role].needs_end_date and ends_on is None:
        raise Refused("An auditor’s access ends on a day. Give the last day of the audit.")
    if ends_on is None:
        return
    if ends_on < today:
        raise Refused("The last day of access is in the past. Give a day from today on.")
    if ROLES[role].needs_end_date and (ends_on - today).days > LONGEST_AUDIT_DAYS:
        raise Refused("An auditor’s access lasts a year at most. Give an earlier last day.")


def check_can_end_membership(scope: Scope, membership: Membership, *, managers_left: int) -> None:
    """managers_left: how many others there could still manage staff afterwards."""
    check_can_manage_staff(scope, membership.school or membership.trust)
    manages = Permission.MANAGE_STAFF in ROLES[Role(membership.role)].permissions
    if manages and managers_left == 0:
        raise Refused(
            "This is the last person who can manage staff here. "
            "Give somebody else such a role first."
        )


def check_can_accept(invitation: Invitation, *, email: str, now_is_past: bool) -> None:
    """Whether an invitation can still be taken up, and by this person."""
    if invitation.accepted_at is not None:
        raise Refused("This invitation has been used. Sign in with the password you chose.")
    if invitation.withdrawn_at is not None:
        raise Refused("This invitation was withdrawn. Ask the person who invited you.")
    if now_is_past:
        raise Refused("This invitation has run out. Ask the person who invited you for a new one.")
    if email.casefold() != invitation.email.casefold():
        raise Refused(
            "This invitation is for another e-mail address. Sign out, then open the link again."
        )


def check_can_change_invitation(scope: Scope, invitation: Invitation) -> None:
    check_can_manage_staff(scope, invitation.school or invitation.trust)
    if invitation.accepted_at is not None:
        raise Refused("This invitation has been used, so it cannot be changed.")
    if invitation.withdrawn_at is not None:
        raise Refused("This invitation was withdrawn. Invite the person again.")


def check_can_start_school(scope: Scope, school: School) -> None:
    """A school begins here when the operator or the lead of its trust says so."""
    leads = school.trust_id is not None and scope.can(
        Permission.MANAGE_TRUST, trust=school.trust_id
    )
    if not (scope.operator or leads):
        raise Refused("Only the lead of its trust can bring this school in.")
    if school.joined_on is not None:
        raise Refused(f"{school.name} is already here.")


def check_can_ask_to_join(scope: Scope, school: School, trust: Trust, *, from_school: bool) -> None:
    permission = Permission.MANAGE_SCHOOL if from_school else Permission.MANAGE_TRUST
    if not can_in(scope, permission, school if from_school else trust):
        raise Refused("Your role does not let you ask for this.")
    if school.joined_on is None:
        raise Refused(f"{school.name} does not use Three Pillars yet, so it cannot be asked.")
    if trust.joined_on is None:
        raise Refused(f"{trust.name} does not use Three Pillars yet, so nobody can answer.")
    if school.trust_id == trust.pk:
        raise Refused(f"{school.name} is already in {trust.name}.")


def check_can_answer_join(scope: Scope, request: JoinRequest) -> None:
    """The side that was asked answers; the side that asked cannot answer for it."""
    place: School | Trust = request.trust if request.from_school else request.school
    permission = Permission.MANAGE_TRUST if request.from_school else Permission.MANAGE_SCHOOL
    if not can_in(scope, permission, place):
        raise Refused(f"Only {place.name} can answer this request.")
    if request.answered_at is not None:
        raise Refused("This request has been answered already.")


def check_can_manage_trust(scope: Scope, trust: Trust) -> None:
    if not scope.can(Permission.MANAGE_TRUST, trust=trust.pk):
        raise Refused("Only a trust lead can change the trust’s settings.")


def check_can_manage_school(scope: Scope, school: School) -> None:
    if not scope.can(Permission.MANAGE_SCHOOL, school=school.pk):
        raise Refused("Only a headteacher, SENCo or trust lead can change the school’s calendar.")


def check_can_change_directory(scope: Scope) -> None:
    if not scope.operator:
        raise Refused(
            "Only the people who look after this installation can change the list of schools."
        )
