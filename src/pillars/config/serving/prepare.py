"""Bringing the database to this version of the code, once for each version.

What was done is noted in the database itself, in a table that the pages cannot reach, so the note
goes wherever the database goes.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from pillars.config import database_roles, embedded
from pillars.config.paths import CHECKOUT, SetupError


def fingerprint(*folders: Path, suffixes: tuple[str, ...] = (".py",)) -> str:
    """One word that changes when any of these files does."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in suffixes and file.is_file():
                digest.update(str(file.relative_to(folder)).encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:24]


def code_version() -> str:
    """The code that models, policies and triggers are made from."""
    return fingerprint(CHECKOUT / "src" / "pillars")


def noted() -> dict[str, str]:
    """What this database was prepared with: `code`, and `sample` when the sample trust is in it."""
    with psycopg.connect(embedded.database_url("owner")) as connection:
        if connection.execute("SELECT to_regclass('installation.prepared')").fetchone() == (None,):
            return {}
        return dict(connection.execute("SELECT name, value FROM installation.prepared").fetchall())


def note(**values: str) -> None:
    """Add to what is noted."""
    with psycopg.connect(embedded.database_url("owner")) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS installation")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS installation.prepared"
            " (name text PRIMARY KEY, value text NOT NULL)"
        )
        for name, value in values.items():
            connection.execute(
                "INSERT INTO installation.prepared VALUES (%s, %s)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [name, value],
            )


def needs_migrating() -> bool:
    """Whether the database was last prepared by other code than this."""
    return noted().get("code") != code_version()


def run_step(*arguments: str) -> None:
    """Run another command of this product in a process of its own, as the database's owner."""
    done = subprocess.run(
        [sys.executable, "-m", "pillars.config.cli", *arguments],
        env={**os.environ, "PILLARS_DATABASE_ROLE": "owner"},
        check=False,
    )
    if done.returncode:
        raise SetupError(
            f"`pillars {' '.join(arguments)}` did not finish; the lines above say why."
        )


def is_empty() -> bool:
    """Whether nothing was ever put into this database."""
    with psycopg.connect(embedded.database_url("owner")) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'installation')"
        ).fetchone()
    return row == (0,)


def empty() -> None:
    """Delete everything in the database, and who may do what in it. It cannot be undone."""
    url = embedded.database_url("owner")
    name = str(database_roles.django_database(url)["NAME"])
    maintenance = database_roles.with_database(url, "postgres")
    try:
        with psycopg.connect(maintenance, autocommit=True) as connection:
            database_roles.drop_database(connection, name)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.Error as problem:
        raise SetupError(
            f"The database could not be emptied: {str(problem).splitlines()[0]}. "
            f"As an administrator, drop and create the database {name} for this owner."
        ) from None
