"""Bringing a register in: keep the file, show what it would do, then do it in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils import timezone

from pillars.foundation.models import StoredFile
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Person, School
from pillars.people.register.models import ColumnMapping, RegisterImport
from pillars.people.register.previews import (
    Preview,
    changed_columns,
    collector_paused,
    make_preview,
    preview_of,
    remembered_columns,
)
from pillars.people.register.reading import RegisterUnreadable
from pillars.people.register.rules import check_can_apply, check_can_import
from pillars.people.register.services.bulk import write_plan
from pillars.people.register.services.locks import lock_register

STALE = "The register has changed since this was shown to you. Look at it again, then apply it."


@service
def preview_register_import(
    *,
    school: School,
    name: str,
    content: bytes,
    by: Person | None,
    mapping: Mapping[str, str] | None = None,
) -> RegisterImport:
    """Keeps a register file and works out what it would do. Nothing on the register changes.

    Raises Refused with a sentence when the file is no register.
    """
    return keep_file(school=school, name=name, content=content, mapping=mapping, by=by)[0]


@service
def import_register(
    *,
    school: School,
    name: str,
    content: bytes,
    by: Person | None,
    mapping: Mapping[str, str] | None = None,
    mark_left: bool = False,
) -> Preview:
    """Brings a register in at once, for the command line and the sample: nobody looks first.

    `mark_left`: the file is the whole register, so pupils it does not mention have left.
    """
    lock_register(school.pk)
    with collector_paused():
        register_import, preview = keep_file(
            school=school, name=name, content=content, mapping=mapping, by=by
        )
        left = preview.plan.left if mark_left else ()
        write(register_import, preview, register_import.fingerprint, left=left)
    return preview


def keep_file(
    *,
    school: School,
    name: str,
    content: bytes,
    mapping: Mapping[str, str] | None,
    by: Person | None,
) -> tuple[RegisterImport, Preview]:
    check_can_import(school_id=school.pk, scope=current_scope())
    try:
        preview = make_preview(
            school_id=school.pk,
            source=content,
            name=name,
            mapping=mapping,
            today=timezone.localdate(),
        )
    except RegisterUnreadable as error:
        raise Refused(str(error)) from None
    file = StoredFile.holding(
        school_id=school.pk,
        name=Path(name).name,
        content_type="application/octet-stream",
        content=content,
        by_id=by.pk if by else None,
    )
    file.save()
    made = RegisterImport.objects.create(
        school=school,
        file=file,
        mapping=dict(mapping or {}),
        fingerprint=preview.fingerprint(),
        counts=preview.counts,
        made_by=by,
    )
    return made, preview


@service
def remember_columns(
    *, register_import: RegisterImport, mapping: Mapping[str, str], by: Person | None
) -> Preview:
    """Uses the columns a person chose for this file, and remembers them for the school."""
    check_can_apply(register_import=register_import, scope=current_scope())
    today = timezone.localdate()
    before = preview_of(register_import, today=today)
    chosen = {h: f for h, f in mapping.items() if h in before.reading.columns}
    register_import.mapping = {**register_import.mapping, **chosen}
    remembered = remembered_columns(register_import.school_id)
    recognised = changed_columns(before.reading.columns, chosen)
    kept = {h: f for h, f in remembered.items() if h not in chosen} | recognised
    if kept != remembered:
        ColumnMapping.objects.update_or_create(
            school_id=register_import.school_id, defaults={"mapping": kept}
        )
    preview = preview_of(register_import, today=today)
    register_import.counts = preview.counts
    register_import.fingerprint = preview.fingerprint()
    register_import.save(update_fields=["mapping", "counts", "fingerprint"])
    return preview


@service
def apply_register_import(
    *,
    register_import: RegisterImport,
    by: Person | None,
    left: Sequence[int] = (),
    as_shown: str | None = None,
) -> Preview:
    """Makes the register say what the file says, in one transaction. Run again, nothing changes.

    `left` are keys of pupils to mark as having left, out of those the file does not mention.
    `as_shown` is the fingerprint of what the person looked at: if the register has changed
    since, nothing is applied. Raises Refused with a sentence then, and when another import of
    the school is under way.
    """
    lock_register(register_import.school_id)
    register_import.refresh_from_db(fields=["state", "mapping"])
    check_can_apply(register_import=register_import, scope=current_scope())
    with collector_paused():
        preview = preview_of(register_import, today=timezone.localdate())
        fingerprint = preview.fingerprint()
        if as_shown is not None and as_shown != fingerprint:
            raise Refused(STALE)
        leaving = sorted(set(left) & set(preview.plan.left))
        write(register_import, preview, fingerprint, left=leaving)
    return preview


def write(
    register_import: RegisterImport, preview: Preview, fingerprint: str, *, left: Sequence[int]
) -> None:
    """Puts the plan into the register, and what became of it into the import."""
    if preview.reading.blockers:
        raise Refused(" ".join(preview.reading.blockers))
    write_plan(
        school_id=register_import.school_id,
        plan=preview.plan,
        left=left,
        today=timezone.localdate(),
    )
    register_import.state = RegisterImport.State.APPLIED
    register_import.applied_at = timezone.now()
    register_import.fingerprint = fingerprint
    register_import.counts = {**preview.counts, "left": len(left)}
    register_import.problems = [[issue.row, issue.reason] for issue in preview.problems]
    register_import.save(update_fields=["state", "applied_at", "fingerprint", "counts", "problems"])


@service
def set_aside_register_import(*, register_import: RegisterImport, by: Person | None) -> None:
    """Puts a file away without applying it."""
    check_can_apply(register_import=register_import, scope=current_scope())
    register_import.state = RegisterImport.State.SET_ASIDE
    register_import.save(update_fields=["state"])
