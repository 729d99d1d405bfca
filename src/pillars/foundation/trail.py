"""Who did what to whom, when: read from the history the database wrote.

One line of the trail is one service call (or one opened record), with how many rows of which kind
it added, changed or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from pillars.foundation.models import Viewing

LABELS = {"insert": "added", "update": "changed", "delete": "removed", "view": "opened"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind that one act touched. subjects: ids of at most five of them."""

    model: str
    kind: str
    act: str
    count: int
    subjects: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One act of one person. service and person_id are None where the database was changed by
    hand; act_id opens the rows it touched."""

    at: datetime
    person_id: int | None
    service: str | None
    act_id: UUID | None
    rows: tuple[Rows, ...]

    @property
    def sentence(self) -> str:
        """What was done, in words: the service's name reads as one."""
        if self.service is None:
            return "Opened a record" if self.rows[0].act == "opened" else "Changed the database"
        return self.service.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to show. since is included, until is not; kinds are names such as 'register.pupil'."""

    school_id: int
    since: datetime
    until: datetime
    person_id: int | None = None
    kinds: tuple[str, ...] = ()
    act_id: UUID | None = None


def history_models() -> dict[str, type[models.Model]]:
    """The history table of every tracked model that belongs to a school, by the model's name."""
    found = {}
    for model in apps.get_models():
        subject = getattr(model, "pgh_tracked_model", None)
        if subject is not None and any(f.name == "school" for f in model._meta.fields):
            found[subject._meta.label_lower] = model
    return found


def trail_kinds() -> dict[str, str]:
    """What can be filtered by: the name of each kind of row and how people call it."""
    kinds = {name: _called(apps.get_model(name)) for name in history_models()}
    return kinds | {Viewing._meta.label_lower: "opened record"}


def trail(wanted: TrailFilter, *, limit: int = 50, offset: int = 0) -> list[TrailLine]:
    """The newest acts first. One query, whatever the number of tables."""
    parts, params = _parts(wanted)
    if not parts:
        return []
    query = sql.SQL(
        "WITH touched AS ({parts}), acts AS ("
        " SELECT act, max(at) AS at, max(person) AS person, max(service) AS service,"
        " jsonb_agg(jsonb_build_array(model, label, n, subjects) ORDER BY model, label) AS rows"
        " FROM touched GROUP BY act)"
        " SELECT act, at, person, service, rows FROM acts"
        " ORDER BY at DESC, act LIMIT %s OFFSET %s"
    ).format(parts=sql.SQL(" UNION ALL ").join(parts))
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(None), [*params, limit, offset])
        return [_line(row) for row in cursor.fetchall()]


def _parts(wanted: TrailFilter) -> tuple[list[sql.Composable], list[Any]]:
    parts: list[sql.Composable] = []
    params: list[Any] = []
    for name, model in history_models().items():
        if wanted.kinds and name not in wanted.kinds:
            continue
        conditions, values = _conditions(wanted)
        parts.append(
            sql.SQL(
                "SELECT %s::text AS model, pgh_label AS label,"
                " coalesce(pgh_context_id::text, 'by-hand-' || pgh_created_at) AS act,"
                " max(pgh_created_at) AS at, max((pgh_context->>'person')::bigint) AS person,"
                " max(pgh_context->>'service') AS service, count(*) AS n,"
                " to_jsonb((array_agg(pgh_obj_id ORDER BY pgh_id))[1:5]) AS subjects"
                " FROM {table} WHERE {conditions} GROUP BY 3, 2"
            ).format(table=sql.Identifier(model._meta.db_table), conditions=conditions)
        )
        params += [name, *values]
    if wanted.act_id is None and (not wanted.kinds or Viewing._meta.label_lower in wanted.kinds):
        parts.append(_VIEWINGS)
        params += [Viewing._meta.label_lower, wanted.school_id, wanted.since, wanted.until]
        params += [wanted.person_id, wanted.person_id]
    return parts, params


_VIEWINGS = sql.SQL(
    "SELECT %s::text AS model, 'view' AS label, 'view-' || id AS act, at, person_id AS person,"
    " NULL::text AS service, 1 AS n, jsonb_build_array(subject_id) AS subjects"
    " FROM foundation_viewing WHERE school_id = %s AND at >= %s AND at < %s"
    " AND (%s::bigint IS NULL OR person_id = %s::bigint)"
)


def _conditions(wanted: TrailFilter) -> tuple[sql.Composable, list[Any]]:
    conditions = [sql.SQL("school_id = %s AND pgh_created_at >= %s AND pgh_created_at < %s")]
    values: list[Any] = [wanted.school_id, wanted.since, wanted.until]
    if wanted.person_id is not None:
        conditions.append(sql.SQL("pgh_context @> jsonb_build_object('person', %s::bigint)"))
        values.append(wanted.person_id)
    if wanted.act_id is not None:
        conditions.append(sql.SQL("pgh_context_id = %s"))
        values.append(wanted.act_id)
    return sql.SQL(" AND ").join(conditions), values


def _line(row: tuple[Any, ...]) -> TrailLine:
    act, at, person, service, rows = row
    touched = _loaded(rows)
    by_hand = act.startswith(("by-hand-", "view-"))
    return TrailLine(
        at=at,
        person_id=person,
        service=service,
        act_id=None if by_hand else UUID(act),
        rows=tuple(
            Rows(model, _called(apps.get_model(model)), LABELS[label], n, tuple(subjects))
            for model, label, n, subjects in touched
        ),
    )


def _loaded(value: Any) -> Iterable[tuple[str, str, int, list[int]]]:
    # Django reads jsonb as text on raw cursors.
    loaded: Iterable[tuple[str, str, int, list[int]]] = (
        json.loads(value) if isinstance(value, str) else value
    )
    return loaded


def _called(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a row before and after. Both as stored; None for 'nothing'."""

    field: str
    title: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a row: when, by whom, in which service, and what differs from before."""

    at: datetime
    person_id: int | None
    service: str | None
    act: str
    differences: tuple[Difference, ...]


def history_of(model: type[models.Model], pk: int) -> list[Change]:
    """Every version of one row, newest first, each with its differences from the one before."""
    events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    rows = list(events.objects.filter(pgh_obj_id=pk).order_by("pgh_id").values())
    titles = {f.attname: str(f.verbose_name) for f in model._meta.concrete_fields}
    changes = []
    before: dict[str, Any] = {}
    for row in rows:
        context = row["pgh_context"] or {}
        changes.append(
            Change(
                at=row["pgh_created_at"],
                person_id=context.get("person"),
                service=context.get("service"),
                act=LABELS[row["pgh_label"]],
                differences=tuple(_differences(titles, before, row)),
            )
        )
        before = row
    return changes[::-1]


def _differences(
    titles: dict[str, str], before: dict[str, Any], after: dict[str, Any]
) -> Iterable[Difference]:
    for field, title in titles.items():
        if field in after and field != "id" and before.get(field) != after[field]:
            yield Difference(field, title, before.get(field), after[field])
