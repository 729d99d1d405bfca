"""The shipped standards as rows, for tests of documents."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.conftest import World
from tests.consistency.paperwork.documents.factories import make_document, shipped_version

from pillars.consistency.paperwork.models import Document, StandardVersion
from pillars.foundation.permissions import Role


@pytest.fixture
def passport(world: World) -> StandardVersion:
    """The version of the Pupil Passport in force in the school."""
    return shipped_version("pupil-passport")


@pytest.fixture
def draft(world: World, passport: StandardVersion) -> Document:
    """A draft that passes every required check."""
    return make_document(world.school, passport)


@pytest.fixture
def agreed(world: World, passport: StandardVersion) -> Document:
    """An agreed document."""
    return make_document(world.school, passport, state="agreed")


@pytest.fixture
def signed_in(world: World, sign_in: Any) -> Client:
    """The school's SENCo at the browser."""
    client: Client = sign_in(world[Role.SENCO])
    return client
