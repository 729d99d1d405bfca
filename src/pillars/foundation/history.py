"""History of every row, written by the database itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models

M = TypeVar("M", bound=models.Model)


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[type[M]], type[M]]:
    """Keep every version of a model's rows: what, when, by whom, in which service.

    Statement-level triggers, because an import changes thousands of rows in one statement.
    `exclude` names columns too large to repeat or that say nothing about a decision.
    """

    def decorate(model: type[M]) -> type[M]:
        meta: dict[str, Any] = {}
        if any(f.name == "school" for f in model._meta.local_fields):
            # The trail page reads a school's newest rows of every history table.
            name = f"{model.__name__.lower()[:20]}_trail"
            meta["indexes"] = [models.Index(fields=["school", "-pgh_created_at"], name=name)]
        return pghistory.track(  # type: ignore[no-any-return]
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude),
            context_field=pghistory.ContextJSONField(),
            context_id_field=pghistory.ContextUUIDField(),
            append_only=True,
            level=pgtrigger.Statement,
            meta=meta,
        )(model)

    return decorate
