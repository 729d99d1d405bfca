"""Inviting people, and taking an invitation up once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pillars.foundation.permissions import Role
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import (
    Invitation,
    Membership,
    Person,
    School,
    Trust,
)
from pillars.people.organisations.rules import (
    check_can_accept,
    check_can_change_invitation,
    check_can_give_role,
)

LASTS = timedelta(days=14)
# Read aloud and typed from paper: no letter that looks like a figure. 20 letters are 97 bits.
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz2346789"
CODE_LENGTH = 20


def new_code() -> str:
    """The secret of an invitation, in groups of four."""
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[n : n + 4] for n in range(0, CODE_LENGTH, 4))


def hash_code(code: str) -> str:
    """What is kept of a code; hyphens, spaces and capitals do not matter."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


@service
def invite_person(
    *,
    email: str,
    name: str,
    role: Role,
    place: School | Trust,
    ends_on: date | None,
    by: Person,
) -> tuple[Invitation, str]:
    """Offer somebody a role. Returns the invitation and its code, which is kept nowhere.

    An open invitation of the same address to the same role here is withdrawn: the new one counts.
    """
    today = timezone.localdate()
    check_can_give_role(current_scope(), place, role, ends_on=ends_on, today=today)
    where = _where(place)
    if Membership.objects.current(on=today).filter(
        person__email__iexact=email, role=role, **where
    ).exists():  # fmt: skip
        raise Refused(f"{email} already has this role here.")
    now = timezone.now()
    Invitation.objects.filter(
        email__iexact=email, role=role, accepted_at=None, withdrawn_at=None, **where
    ).update(withdrawn_at=now)
    code = new_code()
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        name=name.strip(),
        role=role,
        access_ends_on=ends_on,
        secret_hash=hash_code(code),
        made_at=now,
        made_by=by,
        expires_at=now + LASTS,
        **where,
    )
    return invitation, code


@service
def renew_invitation(*, invitation: Invitation, by: Person) -> str:
    """A new code and a new fortnight. The old link stops working."""
    check_can_change_invitation(current_scope(), invitation)
    code = new_code()
    invitation.secret_hash = hash_code(code)
    invitation.expires_at = timezone.now() + LASTS
    invitation.save(update_fields=["secret_hash", "expires_at"])
    return code


@service
def withdraw_invitation(*, invitation: Invitation, by: Person) -> Invitation:
    """The link stops working at once."""
    check_can_change_invitation(current_scope(), invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def find_invitation(*, place: School | Trust, code: str) -> Invitation | None:
    """The invitation this code opens. Must run in a scope that reaches the place."""
    return (
        Invitation.objects.select_related("school", "trust", "made_by")
        .filter(secret_hash=hash_code(code), **_where(place))
        .first()
    )


@service
def create_person(*, email: str, name: str, password: str | None, by: Person | None) -> Person:
    """Somebody who can sign in, with no role anywhere yet. `password=None`: cannot sign in yet."""
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(f"{email} can sign in already.")
    person = Person(email=email.strip().lower(), name=name.strip())
    if password is not None:
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from None
    person.set_password(password)
    person.save()
    return person


@service
def accept_invitation(*, invitation: Invitation, by: Person) -> Membership:
    """Take an invitation up, once: the person gets the role from today."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    now = timezone.now()
    check_can_accept(locked, email=by.email, now_is_past=locked.expires_at <= now)
    today = timezone.localdate()
    if locked.access_ends_on is not None and locked.access_ends_on < today:
        raise Refused("The access you were offered has ended. Ask the person who invited you.")
    locked.accepted_at = now
    locked.accepted_by = by
    locked.save(update_fields=["accepted_at", "accepted_by"])
    current = Membership.objects.current(on=today).filter(
        person=by, role=locked.role, school=locked.school, trust=locked.trust
    )
    return current.first() or Membership.objects.create(
        person=by,
        role=locked.role,
        school_id=locked.school_id,
        trust_id=locked.trust_id,
        starts_on=today,
        ends_on=locked.access_ends_on,
    )


def mail_invitation(*, invitation: Invitation, link: str) -> None:
    """Send the link once the transaction is through. Mail that fails is logged, not fatal."""
    place = invitation.school or invitation.trust
    text = (
        f"{invitation.made_by.name} invites you to Three Pillars at {place}, "
        f"as {Role(invitation.role).label.lower()}.\n\n"
        f"Open this link and choose a password:\n{link}\n\n"
        f"It works once, until {timezone.localtime(invitation.expires_at):%-d %B %Y}. "
        "If you did not expect this, do nothing.\n"
    )
    transaction.on_commit(
        lambda: _send(invitation.email, f"Your invitation to Three Pillars at {place}", text),
        robust=True,
    )


def _send(to: str, subject: str, text: str) -> None:
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to])


def _where(place: School | Trust) -> dict[str, School | Trust]:
    return {"school": place} if isinstance(place, School) else {"trust": place}
