"""Doors: a view states which permission it needs; what is out of scope does not exist."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope
from pillars.people.organisations.models import Person, School, Trust

View = Callable[..., HttpResponseBase]


class SchoolRequest(HttpRequest):
    """A request inside one school."""

    scope: Scope
    user: Person
    school: School


class TrustRequest(HttpRequest):
    """A request over one trust."""

    scope: Scope
    user: Person
    trust: Trust


class PersonRequest(HttpRequest):
    """A request of somebody signed in, in no place yet."""

    scope: Scope
    user: Person


def school_page(permission: Permission | None) -> Callable[[View], View]:
    """A view under `schools/<int:urn>/…`: 404 outside the scope, 403 without the permission.

    `permission=None`: anybody who works in the school. The view gets no `urn`; it reads
    `request.school`.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def enter(request: Any, urn: int, **kwargs: Any) -> HttpResponseBase:
            school = School.objects.select_related("trust").filter(urn=urn).first()
            if school is None or school.pk not in request.scope.schools:
                raise Http404
            if permission is not None and not request.scope.can(permission, school=school.pk):
                raise PermissionDenied(refusal(permission))
            request.school = school
            return view(request, **kwargs)

        enter.permission = permission  # type: ignore[attr-defined]
        return enter

    return decorate


def trust_page(permission: Permission) -> Callable[[View], View]:
    """A view under `trusts/<int:trust_id>/…`: only for those with a role over the trust."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def enter(request: Any, trust_id: int, **kwargs: Any) -> HttpResponseBase:
            trust = Trust.objects.filter(pk=trust_id).first()
            if trust is None or trust.pk not in request.scope.led_trusts:
                raise Http404
            if not request.scope.can(permission, trust=trust.pk):
                raise PermissionDenied(refusal(permission))
            request.trust = trust
            return view(request, **kwargs)

        enter.permission = permission  # type: ignore[attr-defined]
        return enter

    return decorate


def operator_page(view: View) -> View:
    """A view for those who look after the installation."""

    @functools.wraps(view)
    def enter(request: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.scope.operator:
            raise PermissionDenied(
                "Only the people who look after this installation may open this page."
            )
        return view(request, **kwargs)

    return enter


def refusal(permission: Permission) -> str:
    """The sentence a person sees when a role does not allow what they asked for."""
    wanted = permission.label[0].lower() + permission.label[1:]
    return f"Your role does not let you {wanted}. Ask your headteacher or SENCo if you need it."
