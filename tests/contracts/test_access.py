"""Every address: signed out → sign-in; another school → 404; no permission → 403 with a
sentence; permission → open; withdrawn mid-session → refused."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from tests.conftest import World, make_person
from tests.contracts.access.row import Door, Row

from pillars.foundation.permissions import ROLES, Permission, Role
from pillars.people.organisations.models import Membership, Person, School, Trust


def _addresses(
    resolver: Any, namespace: str = "", taken: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        arguments = taken + tuple(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern, inner, arguments)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", arguments


ADDRESSES = dict(_addresses(get_resolver()))
ROWS: dict[str, Row] = {}
for file in sorted((Path(__file__).parent / "access").glob("*.py")):
    if file.stem != "row":
        ROWS |= importlib.import_module(f"tests.contracts.access.{file.stem}").ROWS


def _by_kind(argument: str | None) -> list[str]:
    names = []
    for name, arguments in sorted(ADDRESSES.items()):
        row = ROWS.get(name)
        if row is None or not isinstance(row.needs, Permission | Door):
            continue
        kind = "urn" if "urn" in arguments else "trust_id" if "trust_id" in arguments else None
        if kind == argument:
            names.append(name)
    return names


def test_every_address_is_in_the_access_table_and_no_row_is_left_over() -> None:
    assert sorted(set(ADDRESSES) - set(ROWS)) == []
    assert sorted(set(ROWS) - set(ADDRESSES)) == []


def _ask(client: Client, name: str, owner: School | Trust) -> HttpResponse:
    row = ROWS[name]
    fixed: dict[str, Any] = {}
    if "urn" in ADDRESSES[name]:
        fixed["urn"] = getattr(owner, "urn", 0)
    if "trust_id" in ADDRESSES[name]:
        fixed["trust_id"] = owner.pk
    url = reverse(name, kwargs=fixed | dict(row.make(owner)))
    if row.method == "get":
        return client.get(url)  # type: ignore[return-value]
    return client.post(url, dict(row.data(owner)))  # type: ignore[return-value]


def _with(permission: Permission, world: World, *, trust: bool) -> tuple[Person, Person | None]:
    """Somebody who holds the permission there, and somebody with a role there who does not."""
    roles = [Role.TRUST_LEAD] if trust else [r for r in Role if r is not Role.TRUST_LEAD]
    holders = [r for r in roles if permission in ROLES[r].permissions]
    others = [r for r in roles if permission not in ROLES[r].permissions]
    holder = world[holders[0]] if holders else world[Role.TRUST_LEAD]
    return holder, world[others[0]] if others else None


def _is_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and reverse("account_login") in response["Location"]


def _end_memberships(person: Person) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(person=person).update(ends_on=yesterday)


@pytest.mark.parametrize("name", _by_kind("urn"))
def test_school_address(name: str, world: World, sign_in: Any, client: Client) -> None:
    needs = ROWS[name].needs
    assert _is_sign_in(_ask(client, name, world.school))
    assert world.stranger is not None
    assert _ask(sign_in(world.stranger), name, world.school).status_code == 404
    if isinstance(needs, Permission):
        holder, other = _with(needs, world, trust=False)
        if other is not None:
            refused = _ask(sign_in(other), name, world.school)
            assert refused.status_code == 403
            assert b"does not let you" in refused.content
    else:
        assert needs is Door.OWN_SCHOOL
        holder = world[Role.TEACHING_ASSISTANT]
    session = sign_in(holder)
    assert _ask(session, name, world.school).status_code in ROWS[name].ok
    _end_memberships(holder)
    assert _ask(session, name, world.school).status_code == 404


@pytest.mark.parametrize("name", _by_kind("trust_id"))
def test_trust_address(name: str, world: World, sign_in: Any, client: Client) -> None:
    assert _is_sign_in(_ask(client, name, world.trust))
    assert _ask(sign_in(world[Role.SENCO]), name, world.trust).status_code == 404
    far_lead = make_person(Role.TRUST_LEAD, trust=world.other_trust)
    assert _ask(sign_in(far_lead), name, world.trust).status_code == 404
    lead = world[Role.TRUST_LEAD]
    session = sign_in(lead)
    assert _ask(session, name, world.trust).status_code in ROWS[name].ok
    _end_memberships(lead)
    assert _ask(session, name, world.trust).status_code == 404


@pytest.mark.parametrize("name", _by_kind(None))
def test_address_of_no_school(name: str, world: World, sign_in: Any, client: Client) -> None:
    row = ROWS[name]
    if row.needs is Door.PUBLIC:
        assert _ask(client, name, world.school).status_code in row.ok
        return
    assert _is_sign_in(_ask(client, name, world.school))
    if row.needs is Door.OPERATOR:
        refused = _ask(sign_in(world[Role.SENCO]), name, world.school)
        assert refused.status_code == 403
        holder = make_person(is_operator=True)
    else:
        assert row.needs is Door.SIGNED_IN
        holder = world[Role.TEACHER]
    assert _ask(sign_in(holder), name, world.school).status_code in row.ok
