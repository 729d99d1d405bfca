"""What one person may reach, told to PostgreSQL for the length of one transaction.

Everything owned by a school or a trust is behind row-level policies (see `tenancy`). They read
settings that `entered` makes local to the transaction, so nothing outlives the request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection
from psycopg.pq import TransactionStatus

from pillars.foundation.permissions import Permission

WEB_ROLE = "pillars_web"

Permissions = frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Scope:
    """The schools and trusts a person may reach now, and what they may do in each.

    schools: school id → permissions there. led_trusts: trust id → permissions over the trust's
    own rows. trusts: every trust whose shared rows (its standards) the person may read.
    operator: may change the directory of schools. person_id: None for a task of the system.
    """

    person_id: int | None = None
    schools: Mapping[int, Permissions] = field(default_factory=dict)
    led_trusts: Mapping[int, Permissions] = field(default_factory=dict)
    trusts: frozenset[int] = frozenset()
    operator: bool = False

    def can(
        self, permission: Permission, *, school: int | None = None, trust: int | None = None
    ) -> bool:
        """True if the person holds the permission in that school, or over that trust."""
        if school is not None:
            return permission in self.schools.get(school, frozenset())
        if trust is not None:
            return permission in self.led_trusts.get(trust, frozenset())
        return any(permission in held for held in self.schools.values())

    def schools_with(self, permission: Permission) -> list[int]:
        """The ids of the schools where the person holds the permission, in order."""
        return sorted(pk for pk, held in self.schools.items() if permission in held)

    @classmethod
    def of_system(
        cls, *, schools: Iterable[int] = (), trusts: Iterable[int] = (), operator: bool = False
    ) -> Scope:
        """A scope for the command line and background tasks: every permission, named tenants."""
        everything = frozenset(Permission)
        led = dict.fromkeys(trusts, everything)
        return cls(
            schools=dict.fromkeys(schools, everything),
            led_trusts=led,
            trusts=frozenset(led),
            operator=operator,
        )


NOTHING = Scope()
_current: ContextVar[Scope | None] = ContextVar("pillars_scope", default=None)


def current_scope() -> Scope:
    """The scope entered last; NOTHING outside of one."""
    return _current.get() or NOTHING


@contextmanager
def entered(scope: Scope) -> Iterator[Scope]:
    """Run with this scope, as the web role. Must be inside a transaction.

    Raises RuntimeError outside a transaction: the settings would be lost at once and every
    table would look empty.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A scope can only be entered inside a transaction.")
    token = _current.set(scope)
    _tell_database(scope)
    try:
        yield scope
    finally:
        _current.reset(token)
        if transaction_is_usable():
            _tell_database(_current.get())


def transaction_is_usable() -> bool:
    """False after an error, when the rollback to come takes local settings back by itself."""
    raw = connection.connection
    return (
        raw is not None
        and not connection.needs_rollback
        and raw.info.transaction_status == TransactionStatus.INTRANS
    )


def _tell_database(scope: Scope | None) -> None:
    told = scope or NOTHING
    values = {
        "role": "none" if scope is None else WEB_ROLE,
        "pillars.person": "" if told.person_id is None else str(told.person_id),
        "pillars.schools": _ids(told.schools),
        "pillars.trusts": _ids(told.trusts),
        "pillars.led_trusts": _ids(told.led_trusts),
        "pillars.operator": "on" if told.operator else "",
    }
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    params = [part for pair in values.items() for part in pair]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", params)


def _ids(ids: Iterable[int]) -> str:
    return ",".join(str(pk) for pk in sorted(ids))
