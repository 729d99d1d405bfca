"""Signing in says nothing twice."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.conftest import World

from pillars.foundation.permissions import Role

pytestmark = pytest.mark.django_db


def test_first_page_after_signing_in_has_no_banner_about_it(client: Client, world: World) -> None:
    person = world[Role.TEACHER]
    person.set_password("A-long-and-right-one-26")
    person.save()
    page = client.post(
        "/account/login/",
        {"login": person.email, "password": "A-long-and-right-one-26"},
        follow=True,
    )
    assert page.status_code == 200
    assert "signed in as" not in page.content.decode().lower()
