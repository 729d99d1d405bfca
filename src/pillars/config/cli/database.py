"""`migrate`, `reset`, `backup` and `restore`: the whole database at once, as its owner."""

import logging
import os
import subprocess
from pathlib import Path

import psycopg
import typer

from pillars.config import database_roles, embedded
from pillars.config.cli.app import out
from pillars.config.paths import SetupError
from pillars.config.serving import prepare
from pillars.config.serving.processes import is_running


def set_up_django(role: embedded.Role) -> None:
    """Load Django, signed in to the database as this role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pillars.config.settings")
    os.environ["PILLARS_DATABASE_ROLE"] = role
    embedded.database_url(role)  # says what is wrong in a sentence, before Django would
    # What a task is called is of no interest to whoever types a command.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    import django

    django.setup()


def run_migrate() -> None:
    """Tables, row-level security and history triggers brought to this version."""
    set_up_django("owner")
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    prepare.note(code=prepare.code_version())
    out.print("The database is at this version.")


def run_reset(*, sure: bool) -> None:
    """Delete everything, once the person has typed the database's name."""
    _refuse_while_running("Stop it before the database is deleted.")
    name = str(database_roles.django_database(embedded.database_url("owner"))["NAME"])
    if not sure:
        typed = typer.prompt(f"This deletes every record in the database {name}. Type its name")
        if typed.strip() != name:
            raise SetupError("That is not its name. Nothing was deleted.")
    prepare.empty()
    out.print("The database is empty. `pillars migrate`, or bin/demo, begins again.")


def run_backup(file: Path) -> None:
    """Everything in one compressed file of PostgreSQL's own kind, readable by this account only."""
    if file.exists():
        raise SetupError(f"{file} exists already. Give a name that is not used yet.")
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise SetupError(f"{file} cannot be written: {problem.strerror}.") from None
    with os.fdopen(handle, "wb") as target:
        done = _program("pg_dump", "--format=custom", "--no-owner", stdout=target)
    if done.returncode:
        file.unlink(missing_ok=True)
        raise SetupError(f"The back-up did not finish: {_said(done)}")
    out.print(f"Written: {file} ({file.stat().st_size / 1e6:.1f} MB). It holds pupils' records.")


def run_restore(file: Path) -> None:
    """A back-up brought into an empty database; all of it or nothing."""
    if not file.is_file():
        raise SetupError(f"There is no file {file}.")
    with file.open("rb") as opened:
        if opened.read(5) != b"PGDMP":
            raise SetupError(f"{file} is not a back-up that `pillars backup` wrote.")
    _refuse_while_running("Stop it before a back-up is brought in.")
    if not prepare.is_empty():
        raise SetupError(
            "The database is not empty. Run `pillars reset` first, or give another --data folder."
        )
    with file.open("rb") as source:
        done = _program(
            "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", stdin=source
        )
    if done.returncode:
        raise SetupError(f"Nothing was restored: {_said(done)}")
    prepare.run_step("migrate")
    out.print("Restored.")


def _refuse_while_running(what_to_do: str) -> None:
    if is_running():
        raise SetupError(f"Three Pillars is running from this folder. {what_to_do}")


def _program(
    name: str, *arguments: str, stdin: object = subprocess.DEVNULL, stdout: object = None
) -> subprocess.CompletedProcess[bytes]:
    """Run one of PostgreSQL's programs on this database, its password never on a command line."""
    known = psycopg.conninfo.conninfo_to_dict(embedded.database_url("owner"))
    words = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    found = {variable: str(known[word]) for word, variable in words.items() if known.get(word)}
    where = [f"--dbname={known['dbname']}"]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [str(embedded.programs() / name), *arguments, *where],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={"PATH": os.defpath, **found},
        check=False,
    )


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0] if lines else "no reason given"
