"""The real product, as journeys meet it: Granian, PostgreSQL, and the sample trust in it.

The sample trust is loaded once, through the importers, into a database that serves as template.
Each journey gets a fresh copy of it (a third of a second), so no journey sees another's work.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from pillars.config import embedded
from pillars.config.database_roles import drop_database, with_database
from pillars.config.paths import CHECKOUT, run_folder
from pillars.config.serving import prepare, web
from pillars.config.serving.processes import Child, Running

FINGERPRINTED = (".py", ".json", ".csv", ".xlsx", ".docx", ".xml")


@dataclass
class Product:
    """A web server on `address`, over a database that each journey starts anew."""

    address: str
    database: str
    template: str
    environment: dict[str, str]
    running: Running

    def renew(self) -> None:
        """Put the sample trust back as it was loaded. The server reconnects by itself."""
        with _administering() as connection:
            drop_database(connection, self.database)
            _copy(connection, self.template, self.database)

    @property
    def log(self) -> Path:
        """What the web server said; mail is written to it too."""
        return self.running.started[0][0].log

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        """Run the real worker meanwhile, for journeys that wait for a background task."""
        worker = Running(secrets.token_hex(16))
        command = web.worker()
        worker.start(Child("worker", command.command, command.environment | self.environment))
        try:
            yield
            worker.check()
        finally:
            worker.end()

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `pillars …` on this journey's database, as a person at the command line would."""
        return subprocess.run(
            [sys.executable, "-m", "pillars.config.cli", *arguments],
            env={**os.environ, **self.environment, "PILLARS_DATABASE_ROLE": "owner"},
            capture_output=True,
            text=True,
            check=False,
        )


@contextlib.contextmanager
def running_product(name: str) -> Iterator[Product]:
    """Start the web server over a database of this name; both are gone afterwards."""
    template = _template()
    database = f"journey_{name}"
    with _administering() as connection:
        drop_database(connection, database)
        _copy(connection, template, database)
    port = _free_port()
    environment = _environment(database)
    running = Running(secrets.token_hex(16))
    server = web.web_server("127.0.0.1", port, threads=4)
    product = Product(f"http://localhost:{port}", database, template, environment, running)
    try:
        running.start(Child(f"web server {name}", server.command, server.environment | environment))
        web.wait_until_it_answers(running, port)
        yield product
    finally:
        running.end()
        with _administering() as connection:
            drop_database(connection, database)


def _template() -> str:
    """The database with the sample trust, made by whoever comes first; the others wait."""
    known = prepare.fingerprint(CHECKOUT / "examples", suffixes=FINGERPRINTED)
    known += "".join(
        prepare.fingerprint(folder)
        for folder in sorted((CHECKOUT / "src" / "pillars").rglob("migrations"))
    )
    name = f"sample_{hashlib.sha256(known.encode()).hexdigest()[:12]}"
    embedded.database_urls()
    with (run_folder() / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _administering() as connection:
            names = [
                str(row[0])
                for row in connection.execute(
                    "SELECT datname FROM pg_database WHERE datname LIKE 'sample\\_%'"
                )
            ]
            if name in names:
                return name
            for stale in names:
                drop_database(connection, stale)
            unfinished = "sample_unfinished"
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
        for step in ("migrate", "sample"):
            _run_step(step, unfinished)
        with _administering() as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(unfinished), sql.Identifier(name)
                )
            )
    return name


def _run_step(step: str, database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pillars.config.cli", step],
        env={**os.environ, **_environment(database), "PILLARS_DATABASE_ROLE": "owner"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The sample trust could not be loaded ({step}):\n{done.stdout}")


def _environment(database: str) -> dict[str, str]:
    owner, pages = embedded.database_urls()
    return {
        "DATABASE_URL": with_database(owner, database),
        "DATABASE_WEB_URL": with_database(pages, database),
        "DJANGO_SETTINGS_MODULE": "pillars.config.settings",
        "PILLARS_HTTPS": "off",
        "PYTHONPATH": str(CHECKOUT / "src"),
    }


@contextlib.contextmanager
def _administering() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    address = with_database(embedded.database_url("owner"), "postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def _copy(connection: psycopg.Connection[tuple[object, ...]], source: str, name: str) -> None:
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(source)
        )
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
