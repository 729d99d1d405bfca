"""How every write is made: one function, one transaction, named in the trail with the person."""

from __future__ import annotations

import functools
import json
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, Protocol, TypeVar

from django.db import connection, transaction

from pillars.foundation.scope import transaction_is_usable

P = ParamSpec("P")
R = TypeVar("R")

SYSTEM = None  # `by=SYSTEM`: the product itself, for example a nightly task


class HasKey(Protocol):
    @property
    def pk(self) -> int: ...


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """A rule says no. The message is a sentence the person can act on."""


_running: ContextVar[str | None] = ContextVar("pillars_service", default=None)


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Make a keyword-only function with `by` a service.

    It runs in one transaction. History triggers write its name and the person beside every row
    it changes; a service called by another belongs to the outer one, which is what the person did.
    """
    name = function.__name__

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if "by" not in kwargs:
            raise TypeError(f"{name}() needs to know who it is done by.")
        with transaction.atomic():
            if _running.get() is not None:
                return function(*args, **kwargs)
            token = _running.set(name)
            _tell_history(name, kwargs["by"])
            try:
                return function(*args, **kwargs)
            finally:
                _running.reset(token)
                if transaction_is_usable():
                    _tell_history("", None)

    return run


def _tell_history(name: str, by: object) -> None:
    # Local to the transaction and read by the triggers, so COPY and raw SQL are covered too.
    person = getattr(by, "pk", None)
    metadata = json.dumps({"service": name, "person": person}) if name else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', %s, true)",
            [str(uuid.uuid4()) if name else "", metadata],
        )
