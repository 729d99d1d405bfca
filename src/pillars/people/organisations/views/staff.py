"""Who works here, which roles they hold, and how that is changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pillars.foundation.permissions import Permission, Role
from pillars.foundation.services import Refused
from pillars.people.organisations.access import school_page, trust_page
from pillars.people.organisations.forms import InviteForm, RoleForm
from pillars.people.organisations.models import Invitation, Membership
from pillars.people.organisations.queries import open_invitations, roles_table, staff_of
from pillars.people.organisations.rules import can_in, check_can_end_membership
from pillars.people.organisations.services import (
    change_role,
    end_membership,
    invite_person,
    mail_invitation,
    renew_invitation,
    withdraw_invitation,
)
from pillars.people.organisations.services.memberships import managers_left_without
from pillars.people.organisations.views.attempts import attempt, attempt_form
from pillars.people.organisations.views.links import keep_link, link_of, qr_of
from pillars.people.organisations.views.seats import seat_of, tabs


def _staff(request: Any) -> HttpResponse:
    seat = seat_of(request)
    return render(
        request,
        "organisations/staff.html",
        {
            "seat": seat,
            "tabs": tabs(request, "staff"),
            "staff": staff_of(seat.place, on=timezone.localdate()),
            "invitations": [(row, Role(row.role).label) for row in open_invitations(seat.place)],
            "manages": can_in(request.scope, Permission.MANAGE_STAFF, seat.place),
            "now": timezone.now(),
        },
    )


def _invite(request: Any) -> HttpResponse:
    seat = seat_of(request)
    form = InviteForm(request.POST or None, roles=seat.roles)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        made = attempt_form(
            form,
            lambda: invite_person(
                email=wanted["email"],
                name=wanted["name"],
                role=Role(wanted["role"]),
                place=seat.place,
                ends_on=wanted["ends_on"],
                by=request.user,
            ),
        )
        if made is not None:
            invitation, code = made
            link = keep_link(request, invitation, code)
            if wanted["send_mail"]:
                mail_invitation(invitation=invitation, link=link)
            return redirect(seat.url("invitation", invitation_id=invitation.pk))
    context = {"form": form, "seat": seat, "roles": [(r.label, r) for r in seat.roles]}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/invite.html", context, status=status)


def _invitation(request: Any, invitation_id: int) -> HttpResponse:
    """The link to print, shown once; asking again makes a new one."""
    seat = seat_of(request)
    invitation = get_object_or_404(Invitation, pk=invitation_id, **seat.filter())
    if request.method == "POST":
        code = attempt(
            request,
            lambda: renew_invitation(invitation=invitation, by=request.user),
            done="A new link is ready. The old one has stopped working.",
        )
        if code is not None:
            link = keep_link(request, invitation, code)
            if request.POST.get("send_mail"):
                mail_invitation(invitation=invitation, link=link)
        return redirect(seat.url("invitation", invitation_id=invitation.pk))
    link = link_of(request, invitation)
    context = {
        "seat": seat,
        "invitation": invitation,
        "role": Role(invitation.role).label,
        "link": link,
        "code": link.rstrip("/").rsplit("/", 1)[-1] if link else "",
        "qr": qr_of(link) if link else "",
        "is_open": invitation.accepted_at is None and invitation.withdrawn_at is None,
    }
    return render(request, "organisations/invitation.html", context)


def _withdraw(request: Any, invitation_id: int) -> HttpResponse:
    seat = seat_of(request)
    invitation = get_object_or_404(Invitation, pk=invitation_id, **seat.filter())
    attempt(
        request,
        lambda: withdraw_invitation(invitation=invitation, by=request.user),
        done=f"The invitation of {invitation.name} is withdrawn. Its link no longer works.",
    )
    return redirect(seat.url("staff"))


def _membership(request: Any, membership_id: int) -> HttpResponse:
    seat = seat_of(request)
    rows = Membership.objects.select_related("person", "school__trust", "trust")
    membership = get_object_or_404(
        rows.current(on=timezone.localdate()), pk=membership_id, **seat.filter()
    )
    initial = {"role": membership.role, "ends_on": membership.ends_on}
    form = RoleForm(request.POST or None, roles=seat.roles, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = attempt_form(
            form,
            lambda: change_role(
                membership=membership,
                role=Role(form.cleaned_data["role"]),
                ends_on=form.cleaned_data["ends_on"],
                by=request.user,
            ),
        )
        if changed is not None:
            return redirect(seat.url("staff"))
    context = {
        "form": form,
        "seat": seat,
        "person": membership.person,
        "membership": membership,
        "why_not_end": _why_not_end(request, membership),
        "is_self": membership.person_id == request.user.pk,
    }
    status = 422 if form.is_bound else 200
    return render(request, "organisations/membership.html", context, status=status)


def _why_not_end(request: Any, membership: Membership) -> str:
    """The sentence beside a button that cannot be pressed; "" where it can."""
    left = managers_left_without(membership, on=timezone.localdate())
    try:
        check_can_end_membership(request.scope, membership, managers_left=left)
    except Refused as no:
        return str(no)
    return ""


def _end_membership(request: Any, membership_id: int) -> HttpResponse:
    seat = seat_of(request)
    rows = Membership.objects.select_related("person", "school__trust", "trust")
    membership = get_object_or_404(rows, pk=membership_id, **seat.filter())
    done = f"{membership.person.name} no longer has this role. It took effect at once."
    ended = attempt(
        request, lambda: end_membership(membership=membership, by=request.user), done=done
    )
    if ended is not None and membership.person_id == request.user.pk:
        return redirect("home:home")
    return redirect(seat.url("staff"))


def roles(request: Any) -> HttpResponse:
    """Every role and what it may do, as the product itself decides it."""
    permissions, rows = roles_table()
    context = {"permissions": [p.label for p in permissions], "roles": rows}
    return render(request, "organisations/roles.html", context)


_SEE, _MANAGE = Permission.VIEW_STAFF, Permission.MANAGE_STAFF
staff, trust_staff = school_page(_SEE)(_staff), trust_page(_SEE)(_staff)
invite, trust_invite = school_page(_MANAGE)(_invite), trust_page(_MANAGE)(_invite)
invitation = school_page(_MANAGE)(_invitation)
trust_invitation = trust_page(_MANAGE)(_invitation)
withdraw = school_page(_MANAGE)(require_POST(_withdraw))
trust_withdraw = trust_page(_MANAGE)(require_POST(_withdraw))
membership = school_page(_MANAGE)(_membership)
trust_membership = trust_page(_MANAGE)(_membership)
end = school_page(_MANAGE)(require_POST(_end_membership))
trust_end = trust_page(_MANAGE)(require_POST(_end_membership))
