"""Attempts to sign in are counted for all web processes together."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from tests.conftest import World, scope_for

from pillars.foundation.permissions import Role

pytestmark = pytest.mark.django_db


def test_web_role_counts_in_the_shared_cache(world: World) -> None:
    with scope_for(world[Role.TEACHER]):
        cache.set("attempts", 1)
        assert cache.incr("attempts") == 2
        cache.delete("attempts")
        assert cache.get("attempts") is None


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "3/m/ip"})
def test_guessing_a_password_is_stopped(client: Client, world: World) -> None:
    person = world[Role.TEACHER]
    person.set_password("A-long-and-right-one-26")
    person.save()
    for _ in range(3):
        client.post("/account/login/", {"login": person.email, "password": "wrong"})
    right = {"login": person.email, "password": "A-long-and-right-one-26"}
    answer = client.post("/account/login/", right)
    assert answer.status_code != 302
    assert "Too many" in answer.content.decode()
