"""`pillars review`: how consistent and how good a folder of documents is. Needs no database."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from pillars.consistency.paperwork.definition import Definition, DefinitionError
from pillars.consistency.paperwork.review.report import ReviewReport
from pillars.consistency.paperwork.review.run import review as review_files
from pillars.consistency.paperwork.review.sources import NothingToReview
from pillars.consistency.paperwork.review.writing import (
    figures,
    heading,
    json_text,
    letter,
    printed,
    workbook,
)
from pillars.consistency.paperwork.shipped import SHIPPED

BAD_USE = 2


class Format(StrEnum):
    """How the review is written down."""

    TEXT = "text"
    JSON = "json"
    PDF = "pdf"
    XLSX = "xlsx"


def review(  # noqa: PLR0917 (Typer reads the order from here)
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Folders, zips or files: .docx, .pdf, .odt, .txt."),
    ],
    standard: Annotated[
        str,
        typer.Option(
            help=f"The standard to compare with: {', '.join(SHIPPED)}, or a standard's .json file."
        ),
    ] = "pupil-passport",
    form: Annotated[
        Format, typer.Option("--format", help="How to write the review down.")
    ] = Format.TEXT,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file. A PDF or spreadsheet needs one.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Judge dates as on this day. Today when absent."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(help="How many processes read the files.", min=1, max=64)
    ] = None,
) -> None:
    """Read the documents a school has, in whatever layout, and say what they hold and lack."""
    definition = _standard(standard)
    if out is None and form in {Format.PDF, Format.XLSX}:
        _refuse(f"A {form} needs a file to go to. Add --out review.{form}")
    if out is not None and not out.parent.is_dir():
        _refuse(f"There is no folder {out.parent}. Make it first, or choose another.")
    today = on.date() if on else datetime.now(UTC).astimezone().date()
    report = _reviewed(paths, definition, today, jobs)
    if form is Format.TEXT and out is None:
        show(report, Console(highlight=False))
        return
    _write(_made(report, form), out)


def _standard(named: str) -> Definition:
    if named in SHIPPED:
        return SHIPPED[named]
    path = Path(named)
    if path.suffix.lower() != ".json" or not path.is_file():
        _refuse(f"There is no standard “{named}”. Choose {' or '.join(SHIPPED)}.")
    try:
        return Definition.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (DefinitionError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        _refuse(f"{path.name} is not a standard: {problem}")


def _reviewed(
    paths: list[Path], definition: Definition, today: date, jobs: int | None
) -> ReviewReport:
    try:
        with _progress() as tell:
            return review_files(paths, definition, today=today, jobs=jobs, progress=tell)
    except NothingToReview as nothing:
        _refuse(str(nothing))


def _refuse(sentence: str) -> NoReturn:
    Console(stderr=True, highlight=False, soft_wrap=True).print(escape(sentence))
    raise typer.Exit(BAD_USE)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal, and nothing where there is none."""
    console = Console(stderr=True)
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TextColumn("files"))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _made(report: ReviewReport, form: Format) -> bytes:
    if form is Format.JSON:
        return json_text(report).encode()
    if form is Format.PDF:
        return printed(report)
    if form is Format.XLSX:
        return workbook(report)
    console = Console(highlight=False, width=100, record=True, file=io.StringIO())
    show(report, console)
    return console.export_text().encode()


def _write(data: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        out.write_bytes(data)
    except OSError as problem:
        why = (problem.strerror or "unknown reason").lower()
        _refuse(f"{out} could not be written ({why}). Choose another file.")
    Console(stderr=True, highlight=False, soft_wrap=True).print(escape(f"Written to {out}."))


def show(report: ReviewReport, console: Console) -> None:
    """The review as a page of text: the numbers first, then what would help, then the detail."""
    console.print()
    console.print(heading(report), style="bold")
    for number, words, more in figures(report):
        console.print(f"  [bold]{number:>4}[/bold]  {words}{f' ({more})' if more else ''}")
    if report.five_things:
        _title(console, "What would help most")
        for place, thing in enumerate(report.five_things, start=1):
            console.print(f"  {place}. {escape(thing.sentence)}")
    if report.documents:
        console.print(_fields(report))
        console.print(_layouts(report))
        console.print(_checks(report))
        _examples(console, report)
    if report.unreadable:
        _title(console, "Could not be read")
        for one in report.unreadable:
            console.print(f"  [bold]{escape(one.file)}[/bold]  {escape(one.reason)}")
    console.print()


def _title(console: Console, words: str) -> None:
    console.print()
    console.print(words, style="bold")


def _table(title: str, *columns: str, right: int) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=None)
    for number, column in enumerate(columns):
        side = number >= len(columns) - right
        table.add_column(column, justify="right" if side else "left", no_wrap=side)
    return table


def _fields(report: ReviewReport) -> Table:
    table = _table("What is there, what is missing", "Field", "", "Files", right=1)
    for count in report.required_fields:
        part = count.present / count.of if count.of else 0
        table.add_row(escape(count.title), "█" * round(part * 30), f"{count.present} of {count.of}")
    return table


def _layouts(report: ReviewReport) -> Table:
    table = _table("Formats", "Format", "Where", "Files", "Complete", right=2)
    for one in report.layouts:
        name = f"{letter(one.number)} · {one.name}"
        table.add_row(escape(name), escape(one.where), str(len(one.files)), str(len(one.complete)))
    return table


def _checks(report: ReviewReport) -> Table:
    table = _table("Checks", "Check", "Files that pass", right=1)
    for count in report.checks:
        table.add_row(escape(count.title), f"{count.passed} of {count.of}")
    return table


def _examples(console: Console, report: ReviewReport) -> None:
    for title, examples in (
        ("What good looks like here", report.best),
        ("Where to start", report.weakest),
    ):
        if examples:
            _title(console, title)
        for one in examples:
            console.print(f"  [bold]{escape(one.file)}[/bold]  {escape(one.why)}")
            if one.quote:
                console.print(f"    “{escape(one.quote)}”")


if __name__ == "__main__":
    typer.run(review)
