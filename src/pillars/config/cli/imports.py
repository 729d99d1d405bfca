"""`pillars import register` and `pillars import schools`: files in, without a browser."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pillars.config.cli.app import err, out
from pillars.config.cli.database import set_up_django
from pillars.config.paths import SetupError
from pillars.config.serving import prepare

if TYPE_CHECKING:
    from pillars.people.organisations.models import School
    from pillars.people.register.previews import Preview

imports = typer.Typer(
    help="Bring in schools and trusts from GIAS, or a school’s register from its MIS.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How the outcome is written."""

    TEXT = "text"
    JSON = "json"


File = Annotated[Path, typer.Argument(help="The file to bring in.", show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")]
Form = Annotated[Format, typer.Option("--format", help="How to write what happened.")]
MOST_SHOWN = 20


@imports.command()
def register(
    file: File,
    school: Annotated[int, typer.Option(help="The school’s URN, six digits.")],
    dry_run: DryRun = False,
    form: Form = Format.TEXT,
    whole: Annotated[
        bool,
        typer.Option(
            "--whole",
            help="The file is the whole register: mark pupils it does not mention as having left.",
        ),
    ] = False,
) -> None:
    """Bring a register in from an MIS export (CSV, XLSX, XLS, ODS) or a common transfer file."""
    open_database()
    outcome = bring_in_register(file, urn=school, dry_run=dry_run, whole=whole)
    if form is Format.JSON:
        sys.stdout.write(json.dumps(outcome, ensure_ascii=False, indent=2) + "\n")
    else:
        say_register(outcome, dry_run=dry_run, whole=whole)


def open_database() -> None:
    """Django, in the web role; a database of another version is named, not changed."""
    set_up_django("web")
    if prepare.needs_migrating():
        raise SetupError("The database is not at this version. Run: bin/pillars migrate")


def bring_in_register(file: Path, *, urn: int, dry_run: bool, whole: bool) -> dict[str, Any]:
    """What the import did, or would do, as the JSON of the command."""
    from django.db import transaction
    from django.utils import timezone

    from pillars.foundation.scope import Scope, entered
    from pillars.foundation.services import Refused
    from pillars.people.register.previews import make_preview
    from pillars.people.register.reading import RegisterUnreadable
    from pillars.people.register.services import import_register

    content = read_file(file)
    school = find_school(urn)
    try:
        with transaction.atomic(), entered(Scope.of_system(schools=[school.pk])):
            if dry_run:
                preview = make_preview(
                    school_id=school.pk,
                    source=content,
                    name=file.name,
                    today=timezone.localdate(),
                )
                refuse_blocked(preview)
            else:
                preview = import_register(
                    school=school, name=file.name, content=content, mark_left=whole, by=None
                )
    except (Refused, RegisterUnreadable) as refusal:
        raise SetupError(str(refusal)) from None
    return preview.as_json()


def refuse_blocked(preview: "Preview") -> None:
    """A file whose columns are not known would be refused when applied, so it is now."""
    if preview.reading.blockers:
        raise SetupError(" ".join(preview.reading.blockers))


def read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise SetupError(f"{file} could not be opened: {reason}. Check its name.") from None


def find_school(urn: int) -> "School":
    from pillars.people.organisations.models import School

    school = School.objects.filter(urn=urn).first()
    if school is None:
        raise SetupError(
            f"No school with the URN {urn} is known here. "
            "Bring in the list of schools first: bin/pillars import schools FILE"
        )
    return school


def say_register(outcome: dict[str, Any], *, dry_run: bool, whole: bool) -> None:
    """The outcome as a person reads it; problems to the error stream, so they can be kept."""
    would = "would be " if dry_run else ""
    out.print(f"{outcome['rows']:,} rows", markup=False)
    for key in ("new", "changed", "unchanged"):
        out.print(f"  {outcome[key]:>7,} {would if key != 'unchanged' else ''}{key}", markup=False)
    marked = "marked as having left" if whole else "not in the file (left as they are)"
    out.print(f"  {outcome['left']:>7,} {would if whole else ''}{marked}", markup=False)
    out.print("Columns", markup=False)
    for heading, field in outcome["columns"].items():
        out.print(f"  {heading} → {field or 'not used'}", markup=False)
    for title in ("problems", "warnings"):
        say_issues(title, outcome[title])


def say_issues(title: str, issues: list[dict[str, Any]]) -> None:
    if not issues:
        return
    err.print(f"{len(issues):,} {title if len(issues) > 1 else title[:-1]}", markup=False)
    for issue in issues[:MOST_SHOWN]:
        err.print(f"  row {issue['row']}: {issue['reason']}", markup=False)
    if len(issues) > MOST_SHOWN:
        rest = len(issues) - MOST_SHOWN
        err.print(f"  and {rest:,} more: see all with --format json", markup=False)


@imports.command()
def schools(file: File, dry_run: DryRun = False, form: Form = Format.TEXT) -> None:
    """Bring schools and trusts in from a GIAS file: the full download or a cut-down extract."""
    open_database()
    outcome = bring_in_schools(file, dry_run=dry_run)
    if form is Format.JSON:
        sys.stdout.write(json.dumps(outcome, ensure_ascii=False, indent=2) + "\n")
    else:
        say_schools(outcome, dry_run=dry_run)


def bring_in_schools(file: Path, *, dry_run: bool) -> dict[str, Any]:
    """What the import did, or would do: counts that add up to the rows of the file."""
    from dataclasses import asdict

    from django.db import transaction

    from pillars.foundation.scope import Scope, entered
    from pillars.foundation.services import Refused
    from pillars.people.organisations.gias import GiasUnreadable, read_gias
    from pillars.people.organisations.services import (
        import_establishments,
        preview_establishments,
    )

    try:
        reading = read_gias(read_file(file), file.name)
    except GiasUnreadable as refusal:
        raise SetupError(str(refusal)) from None
    try:
        with transaction.atomic(), entered(Scope.of_system(operator=True)):
            if dry_run:
                change = preview_establishments(reading)
            else:
                change = import_establishments(reading=reading, by=None)
    except Refused as refusal:
        raise SetupError(str(refusal)) from None
    outcome = asdict(change)
    for title in ("problems", "warnings"):
        outcome[title] = [{"row": row, "reason": reason} for row, reason in outcome[title]]
    return outcome


def say_schools(outcome: dict[str, Any], *, dry_run: bool) -> None:
    """The outcome as a person reads it; every row of the file is in one of the lines."""
    would = "would be " if dry_run else ""
    out.print(f"{outcome['rows']:,} rows", markup=False)
    for title in ("schools", "trusts"):
        counts = outcome[title]
        out.print(
            f"  {title}: {counts['new']:,} {would}new, {counts['changed']:,} {would}changed, "
            f"{counts['unchanged']:,} unchanged",
            markup=False,
        )
    out.print(
        f"  rows that bring no school: {outcome['repeats']:,} repeat one, "
        f"{outcome['closed']:,} are closed, {len(outcome['problems']):,} cannot be taken",
        markup=False,
    )
    out.print(f"  rows that name a sponsor, which is not a trust: {outcome['sponsors']:,}")
    for title in ("problems", "warnings"):
        say_issues(title, outcome[title])
