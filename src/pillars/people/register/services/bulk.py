"""Puts a planned import into the database: a few statements, however many pupils.

The plan is copied into temporary tables, and each table of the register is then changed by one
INSERT and one UPDATE. PostgreSQL refuses COPY into tables behind policies, and statement-level
history triggers run once a statement, so this is both the allowed way and the quick one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection

from pillars.people.register.plan import Change, ImportPlan
from pillars.people.register.reading import Identity

FIELDS = Identity._fields
FLAGS = FIELDS[8:]

# Children point at their pupil by the row of the file, since new pupils get their keys here.
TEMPORARY = f"""
    CREATE TEMP TABLE incoming_pupil (
        id bigint DEFAULT nextval('{{sequence}}'), is_new boolean DEFAULT true,
        row int, {", ".join(f"{name} text" for name in FIELDS)},
        status text, status_start date, sets_needs boolean
    ) ON COMMIT DROP;
    CREATE TEMP TABLE incoming_need (
        pupil_id bigint, row int, code text, rank int, start_on date
    ) ON COMMIT DROP;
    CREATE TEMP TABLE incoming_past (
        pupil_id bigint, row int, status text, start_on date, end_on date
    ) ON COMMIT DROP;
"""
SEQUENCE = "SELECT pg_get_serial_sequence('register_pupil', 'id')"
COPIED = ", ".join(("row", *FIELDS, "status", "status_start", "sets_needs"))
DROP = "DROP TABLE IF EXISTS incoming_pupil, incoming_need, incoming_past"


def typed(name: str) -> str:
    """The expression that turns a copied text into the column's type."""
    if name == "date_of_birth":
        return "nullif(i.date_of_birth, '')::date"
    if name in FLAGS:
        return f"CASE i.{name} WHEN '1' THEN true WHEN '0' THEN false END"
    return f"i.{name}"


COLUMNS = ", ".join(FIELDS)
TYPED = ", ".join(typed(name) for name in FIELDS)
# Only the names of fields, which are constants, are put into these statements.
INSERT_PUPILS = f"""
    INSERT INTO register_pupil (id, school_id, {COLUMNS})
    SELECT i.id, %(school)s, {TYPED} FROM incoming_pupil i WHERE i.is_new
"""  # noqa: S608
CHANGE_PUPILS = f"""
    UPDATE register_pupil p SET left_on = NULL, {", ".join(f"{n} = {typed(n)}" for n in FIELDS)}
    FROM incoming_pupil i
    WHERE NOT i.is_new AND p.id = i.id AND p.school_id = %(school)s
      AND (p.left_on, {", ".join(f"p.{name}" for name in FIELDS)})
        IS DISTINCT FROM (NULL::date, {TYPED})
"""  # noqa: S608
# A change of status takes effect on the day the file gives, unless that lies before the status
# it follows, and otherwise today.
END_STATUSES = """
    UPDATE register_statusperiod s
    SET end_on = greatest(coalesce(i.status_start, %(today)s), coalesce(s.start_on, '-infinity'))
    FROM incoming_pupil i
    WHERE s.pupil_id = i.id AND s.school_id = %(school)s AND s.end_on IS NULL
      AND NOT i.is_new AND i.status IS NOT NULL
"""
START_STATUSES = """
    INSERT INTO register_statusperiod (school_id, pupil_id, status, start_on)
    SELECT %(school)s, i.id, i.status, CASE WHEN i.is_new THEN i.status_start ELSE
        greatest(coalesce(i.status_start, %(today)s),
            (SELECT max(s.end_on) FROM register_statusperiod s WHERE s.pupil_id = i.id)) END
    FROM incoming_pupil i WHERE i.status IN ('K', 'E')
"""
PAST_STATUSES = """
    INSERT INTO register_statusperiod (school_id, pupil_id, status, start_on, end_on)
    SELECT %(school)s, i.pupil_id, i.status, i.start_on, i.end_on
    FROM incoming_past i
    WHERE i.status IN ('K', 'E') AND NOT EXISTS (
        SELECT 1 FROM register_statusperiod s
        WHERE s.pupil_id = i.pupil_id AND s.end_on IS NOT NULL
          AND (s.start_on IS NULL OR s.start_on < i.end_on) AND s.end_on > i.start_on
    )
"""
END_NEEDS = """
    UPDATE register_needperiod n
    SET end_on = greatest(%(today)s, coalesce(n.start_on, '-infinity'))
    FROM incoming_pupil i
    WHERE n.pupil_id = i.id AND n.school_id = %(school)s AND n.end_on IS NULL
      AND NOT i.is_new AND i.sets_needs AND NOT EXISTS (
        SELECT 1 FROM incoming_need x WHERE x.pupil_id = i.id AND x.code = n.code)
"""
RANK_NEEDS = """
    UPDATE register_needperiod n SET rank = x.rank
    FROM incoming_need x
    WHERE n.pupil_id = x.pupil_id AND n.school_id = %(school)s AND n.code = x.code
      AND n.end_on IS NULL AND n.rank <> x.rank
"""
START_NEEDS = """
    INSERT INTO register_needperiod (school_id, pupil_id, code, rank, start_on)
    SELECT %(school)s, x.pupil_id, x.code, x.rank, x.start_on
    FROM incoming_need x
    WHERE NOT EXISTS (
        SELECT 1 FROM register_needperiod n
        WHERE n.pupil_id = x.pupil_id AND n.code = x.code AND n.end_on IS NULL)
"""
LEAVE = """
    UPDATE register_pupil SET left_on = %(today)s
    WHERE id = ANY(%(left)s) AND school_id = %(school)s AND left_on IS NULL
"""
FIND_PUPILS = (
    "UPDATE incoming_need x SET pupil_id = i.id FROM incoming_pupil i WHERE i.row = x.row",
    "UPDATE incoming_past x SET pupil_id = i.id FROM incoming_pupil i WHERE i.row = x.row",
)


def write_plan(*, school_id: int, plan: ImportPlan, left: Sequence[int], today: date) -> None:
    """Makes the register say what the plan says. `left` are the pupils to mark as having left."""
    values: dict[str, Any] = {"school": school_id, "today": today, "left": list(left)}
    with connection.cursor() as cursor:
        cursor.execute(DROP)
        cursor.execute(SEQUENCE)
        cursor.execute(TEMPORARY.format(sequence=cursor.fetchone()[0]))
        changes = (*plan.new, *plan.changed)
        copy(f"incoming_pupil ({COPIED})", map(pupil_line, plan.new))
        copy(
            f"incoming_pupil (id, is_new, {COPIED})",
            ((change.pupil, False, *pupil_line(change)) for change in plan.changed),
        )
        copy("incoming_need (row, code, rank, start_on)", need_lines(changes))
        copy("incoming_past (row, status, start_on, end_on)", past_lines(changes))
        for statement in FIND_PUPILS:
            cursor.execute(statement)
        if plan.new:
            cursor.execute(INSERT_PUPILS, values)
        if plan.changed:
            for statement in (CHANGE_PUPILS, END_STATUSES, END_NEEDS, RANK_NEEDS):
                cursor.execute(statement, values)
        for statement in (PAST_STATUSES, START_STATUSES, START_NEEDS):
            cursor.execute(statement, values)
        if left:
            cursor.execute(LEAVE, values)
        cursor.execute(DROP)


def pupil_line(change: Change) -> tuple[object, ...]:
    return (
        change.row,
        *change.identity,
        change.status,
        change.status_start or None,
        change.needs is not None,
    )


def need_lines(changes: Sequence[Change]) -> Iterator[tuple[object, ...]]:
    for change in changes:
        for rank, need in enumerate(change.needs or (), start=1):
            yield change.row, need.code, rank, need.start or None


def past_lines(changes: Sequence[Change]) -> Iterator[tuple[object, ...]]:
    for change in changes:
        for span in change.record.past:
            yield change.row, span.status, span.start, span.end


def copy(target: str, lines: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as into:
        for line in lines:
            into.write_row(line)
