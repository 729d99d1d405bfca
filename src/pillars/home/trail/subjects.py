"""Whom and what the rows of the trail are about, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from pillars.foundation.models import Viewing
from pillars.foundation.trail import TrailLine, history_models

Subject = tuple[str, int]
VIEWING = Viewing._meta.label_lower
MOST_BELONGING = 40
RECORDS = {"pupil": "register.pupil", "document": "paperwork.document"}


def subjects_of(lines: Iterable[TrailLine], *, school_id: int) -> dict[Subject, str]:
    """The name of each row the lines touch, by kind and id. One query for each kind on the page.

    A row that no longer exists has no name. Opened records are found under their own kind.
    """
    wanted: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        for row in line.rows:
            wanted[row.model].update(row.subjects)
    opened = opened_records(lines, school_id=school_id) if VIEWING in wanted else {}
    wanted.pop(VIEWING, None)
    for kind, pk in opened.values():
        wanted[kind].add(pk)
    found: dict[Subject, str] = {}
    for kind, ids in wanted.items():
        rows = _rows(apps.get_model(kind), school_id).filter(pk__in=ids)
        found |= {(kind, row.pk): _name(row) for row in rows}
    return found


def opened_records(
    lines: Iterable[TrailLine], *, school_id: int
) -> dict[tuple[Any, int | None, int], Subject]:
    """What was opened, by moment, person and id: the trail's own line says only the id."""
    moments = [line.at for line in lines if line.rows and line.rows[0].model == VIEWING]
    rows = Viewing.objects.filter(school_id=school_id, at__in=moments)
    return {
        (row.at, row.person_id, row.subject_id): (RECORDS[row.subject_kind], row.subject_id)
        for row in rows
        if row.subject_kind in RECORDS
    }


def rows_belonging_to(kind: str, pk: int, *, school_id: int) -> list[Subject]:
    """Rows that speak of this one, such as a pupil's status periods and documents, now or once."""
    subject = apps.get_model(kind)
    found: list[Subject] = []
    for other, events in history_models().items():
        field = _link_to(apps.get_model(other), subject)
        if field is not None:
            rows: Any = events
            ids = rows.objects.filter(**{f"{field}_id": pk}, school_id=school_id)
            found += [
                (other, each)
                for each in ids.order_by("-pgh_obj_id")
                .values_list("pgh_obj_id", flat=True)
                .distinct()[:MOST_BELONGING]
            ]
    return found


def _link_to(model: type[models.Model], subject: type[models.Model]) -> str | None:
    """The field by which a row belongs to the subject: named as the subject is."""
    name = subject._meta.model_name
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is subject:
            return field.name if field.name == name else None
    return None


def _rows(model: Any, school_id: int) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model.objects.filter(school_id=school_id)
    joins = [name for name in ("pupil", "person", "document__pupil") if _reaches(model, name)]
    return rows.select_related(*joins) if joins else rows


def _reaches(model: type[models.Model], path: str) -> bool:
    first, _, rest = path.partition("__")
    try:
        field = model._meta.get_field(first)
    except FieldDoesNotExist:
        return False
    if not isinstance(field, models.ForeignKey):
        return False
    return not rest or _reaches(field.related_model, rest)


def _name(row: Any) -> str:
    """A pupil's or person's name where the row is about one, else its own."""
    for path in (("pupil", "full_name"), ("person", "name"), ("document", "pupil", "full_name")):
        value = row
        for part in path:
            value = getattr(value, part, None)
        if value:
            return str(value)
    return str(getattr(row, "full_name", "") or getattr(row, "name", "") or row)
