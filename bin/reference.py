"""Writes the pages of docs/reference/ that follow from the code, so that they cannot disagree."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import typer

from pillars.config.cli import app as command_line
from pillars.consistency.paperwork import checks
from pillars.consistency.paperwork.checks import wording
from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.shipped import SHIPPED
from pillars.foundation.permissions import ROLES, Permission
from pillars.people.register.columns import COLUMNS

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
MADE = "<!-- Made by bin/reference from the code. Change the code, then run it again. -->"
Lines = Iterator[str]


def commands() -> Lines:
    """Every command, its arguments and options."""
    yield "# Commands"
    yield ""
    yield "`bin/pillars --help` lists them; `bin/pillars COMMAND --help` explains one."
    yield "Every command takes `--data FOLDER` (also `PILLARS_DATA`), before or after its name."
    yield "A problem is one sentence on standard error. Exit codes: 0 done, 1 something has to be"
    yield "put right first, 2 the command was not understood."
    for name in command_line.LAZY:
        command_line._register(name)  # noqa: SLF001
    group = typer.main.get_command(command_line.app)
    yield from _group(group, "pillars")


def _group(group: object, prefix: str) -> Lines:
    for name, command in getattr(group, "commands", {}).items():
        if command.hidden:
            continue
        if hasattr(command, "commands"):
            yield from _group(command, f"{prefix} {name}")
            continue
        yield ""
        yield f"## {prefix} {name}"
        yield ""
        yield from (command.help or "").strip().splitlines()
        rows = [row for parameter in command.params if (row := _parameter(parameter))]
        if rows:
            yield ""
            yield "| | |"
            yield "|---|---|"
            yield from rows


def _parameter(parameter: typer.core.TyperOption | typer.core.TyperArgument) -> str | None:
    if parameter.name == "help" or getattr(parameter, "hidden", False):
        return None
    if isinstance(parameter, typer.core.TyperArgument):
        shown = str(parameter.metavar or parameter.name or "").upper()
    else:
        shown = ", ".join(parameter.opts)
    told = parameter.help or ""
    default = parameter.default
    if default not in (None, False, "", ()) and not callable(default) and default is not ...:
        told = f"{told} Default: {default}.".strip()
    return f"| `{shown}` | {_cell(told)} |"


def roles() -> Lines:
    """Who may do what."""
    yield "# Roles"
    yield ""
    yield "A person may hold several roles, each in one school or over one trust. A role over a"
    yield "trust holds in each of its schools that have joined."
    yield ""
    yield "| Role | For |"
    yield "|---|---|"
    for role in ROLES.values():
        ends = " Always has a last day." if role.needs_end_date else ""
        yield f"| {role.title} | {role.description}{ends} |"
    yield ""
    yield "| | " + " | ".join(role.title for role in ROLES.values()) + " |"
    yield "|---|" + ":-:|" * len(ROLES)
    for permission in Permission:
        held = (" ● " if permission in role.permissions else " " for role in ROLES.values())
        yield f"| {permission.label} |" + "|".join(held) + "|"


def standards() -> Lines:
    """The standards that come ready to use, field by field."""
    yield "# Standards"
    yield ""
    yield "Two standards come ready to use. A trust or school changes a copy and publishes it."
    yield "Keys are what `pillars review --format json` and exports use."
    for key, definition in SHIPPED.items():
        yield from _standard(key, definition)


def _standard(key: str, definition: Definition) -> Lines:
    yield ""
    yield f"## {definition.title} (`{key}`)"
    yield ""
    yield definition.description
    for section in definition.sections:
        yield ""
        yield f"### {section.title}"
        yield ""
        yield "| Field | Key | Holds | Required | What to write |"
        yield "|---|---|---|---|---|"
        for field in section.fields:
            required = "yes" if field.required else "no"
            yield (
                f"| {field.title} | `{field.key}` | {field.type.label} | {required} "
                f"| {_cell(field.guidance)} |"
            )
    yield ""
    used = ", ".join(
        f"`{setting.check}`" + ("" if setting.required else " (advice only)")
        for setting in definition.checks
    )
    yield f"Checks: {used}."


def check_list() -> Lines:
    """What a machine looks for in a document."""
    yield "# Checks"
    yield ""
    yield "A check applies a rule to a document and says what it found: what is wrong, what to do,"
    yield "and a good example. A required check has to pass before a document can be agreed."
    yield "Checks judge writing, never a child or a teacher."
    yield ""
    yield "| Check | Key | Looks for |"
    yield "|---|---|---|"
    for key, check in checks.CHECKS.items():
        yield f"| {check.title} | `{key}` | {_cell(check.about)} |"
    yield ""
    yield "## Vague wording"
    yield ""
    yield "Publicly listed as making provision hard to enforce, with their inflections:"
    yield f"{_quoted(wording.LISTED)}."
    yield ""
    yield f"Added by us, of the same kind: {_quoted(wording.PROPOSED)}."
    yield ""
    yield "## Words for specialists"
    yield ""
    yield "| Word | Say instead |"
    yield "|---|---|"
    for word, plain in sorted(wording.JARGON.items()):
        yield f"| {word} | {plain} |"


def _quoted(phrases: Iterable[str]) -> str:
    return ", ".join(f"“{phrase}”" for phrase in phrases)


def register() -> Lines:
    """The columns of a register, and the headings they are recognised by."""
    yield "# Columns of a register"
    yield ""
    yield "Bringing in a register recognises these headings, whatever their case, spaces and marks,"
    yield "and with a slip of the keyboard. Other headings are chosen by hand, and remembered."
    yield ""
    yield "| Column | Key | Also called |"
    yield "|---|---|---|"
    for key, column in COLUMNS.items():
        yield f"| {column.title} | `{key}` | {_cell(', '.join(column.aliases))} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PAGES: dict[str, Callable[[], Lines]] = {
    "commands.md": commands,
    "roles.md": roles,
    "standards.md": standards,
    "checks.md": check_list,
    "register.md": register,
}


def main(*, only_check: bool) -> int:
    """Write the pages, or say which are not current."""
    stale = []
    for name, lines in PAGES.items():
        text = "\n".join([MADE, "", *lines()]) + "\n"
        file = FOLDER / name
        if file.is_file() and file.read_text("utf-8") == text:
            continue
        stale.append(name)
        if not only_check:
            file.write_text(text, "utf-8")
    if only_check and stale:
        print(f"Not current: {', '.join(stale)}. Run bin/reference and commit what it writes.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(only_check="--check" in sys.argv[1:]))
