"""What bringing in a file would do to a school's register: the file read and set beside it."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pillars.exchange.tables import Table
from pillars.people.register.columns import IGNORED, resolve_headings
from pillars.people.register.models import ColumnMapping, RegisterImport
from pillars.people.register.plan import ImportPlan, plan_import
from pillars.people.register.queries import current_pupils, upns_elsewhere
from pillars.people.register.reading import Issue, RegisterReading, read_register_file

ELSEWHERE = (
    "This UPN is also on another school’s register here. If the pupil has moved, nothing is wrong; "
    "that school should mark the pupil as left."
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as read, what it would do, and everything there is to say about its rows."""

    reading: RegisterReading
    plan: ImportPlan
    table: Table | None
    warnings: tuple[Issue, ...]

    @property
    def problems(self) -> tuple[Issue, ...]:
        return tuple(sorted((*self.reading.problems, *self.plan.problems)))

    @property
    def counts(self) -> dict[str, int]:
        """Rows of the file, and pupils by what would happen to them."""
        return {
            "rows": self.reading.rows,
            "new": len(self.plan.new),
            "changed": len(self.plan.changed),
            "unchanged": len(self.plan.unchanged),
            "left": len(self.plan.left),
            "problems": len(self.problems),
            "warnings": len(self.warnings),
        }

    def fingerprint(self) -> str:
        """Changes when what would happen changes; so nobody applies what they did not see."""
        told = [
            [(c.row, c.pupil, c.differences) for c in (*self.plan.new, *self.plan.changed)],
            self.plan.left,
            [issue.row for issue in self.problems],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """For programs: counts, every problem and warning with its row, and the columns."""
        counts = self.counts
        return {
            **{key: counts[key] for key in ("rows", "new", "changed", "unchanged", "left")},
            "problems": [issue._asdict() for issue in self.problems],
            "warnings": [issue._asdict() for issue in self.warnings],
            "columns": {heading: field or None for heading, field in self.reading.columns.items()},
        }


@contextmanager
def collector_paused() -> Iterator[None]:
    """A reading makes hundreds of thousands of small values and no cycles among them; the
    garbage collector would walk through them again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def make_preview(
    *,
    school_id: int,
    source: Path | bytes,
    name: str,
    mapping: Mapping[str, str] | None = None,
    today: date,
) -> Preview:
    """Reads a file with the columns the school has remembered, and plans it.

    `mapping` goes before what is remembered. Raises RegisterUnreadable with a sentence.
    """
    known = {**remembered_columns(school_id), **(mapping or {})}
    with collector_paused():
        reading, table = read_register_file(source, name, known, today=today)
        plan = plan_import(current_pupils(school_id), reading)
    upns = {change.identity.upn: change.row for change in plan.new if change.identity.upn}
    elsewhere = upns_elsewhere(school_id, list(upns))
    moved = tuple(Issue(upns[upn], ELSEWHERE) for upn in elsewhere)
    warnings = tuple(sorted((*reading.warnings, *plan.warnings, *moved)))
    return Preview(reading, plan, table, warnings)


def preview_of(register_import: RegisterImport, *, today: date) -> Preview:
    """The preview of a file that is kept, against the register as it is now."""
    return make_preview(
        school_id=register_import.school_id,
        source=bytes(register_import.file.content),
        name=register_import.file.name,
        mapping=register_import.mapping,
        today=today,
    )


def remembered_columns(school_id: int) -> dict[str, str]:
    row = ColumnMapping.objects.filter(school_id=school_id).first()
    return dict(row.mapping) if row else {}


def changed_columns(headings: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Those of the choices that differ from what would have been recognised."""
    recognised = resolve_headings(list(headings))
    return {
        heading: field
        for heading, field in chosen.items()
        if heading in recognised and recognised[heading] != (field or IGNORED)
    }
