"""One row of the access table: who may open an address, and how to make what it opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pillars.foundation.permissions import Permission
from pillars.people.organisations.models import School, Trust


class Door(Enum):
    """Who a page without a permission is for."""

    PUBLIC = "anybody, signed in or not"
    SIGNED_IN = "anybody signed in"
    OPERATOR = "who looks after the installation"
    OWN_SCHOOL = "anybody with a role in the school"


Made = Mapping[str, Any]


def _nothing(_owner: School | Trust) -> Made:
    return {}


@dataclass(frozen=True, slots=True)
class Row:
    """needs: a permission, or a door. make: the further URL arguments, made in the given school
    or trust. data: what a POST sends. ok: the statuses that mean the door was open."""

    needs: Permission | Door
    make: Callable[[Any], Made] = _nothing
    method: str = "get"
    data: Callable[[Any], Made] = _nothing
    ok: frozenset[int] | set[int] = field(default_factory=lambda: {200})
