"""`pillars check`: what is right and what is not in this installation, each with what to do."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from pillars.config import embedded, secrets
from pillars.config.cli.app import out
from pillars.config.cli.database import set_up_django
from pillars.config.paths import CHECKOUT, SetupError, data_folder, secrets_folder
from pillars.config.serving import prepare

Check = Callable[[], None]  # raises SetupError with what to do


def run_check() -> None:
    """Run every check, say how each went, and leave with 1 when one did not."""
    wrong = 0
    for title, check in _checks():
        try:
            check()
        except SetupError as problem:
            wrong += 1
            out.print(f"✗ {title}: {problem}", markup=False)
        else:
            out.print(f"✓ {title}", markup=False)
    if wrong:
        out.print(f"{wrong} to put right." if wrong > 1 else "One thing to put right.")
        sys.exit(1)
    out.print("Everything is as it should be.")


def _checks() -> Iterator[tuple[str, Check]]:
    yield "the data folder can be written to", _folder
    yield "keys are readable by this account alone", _keys
    yield "the styles and scripts of the pages are built", _pages
    yield "the database answers, and its web role cannot bypass policies", _database
    yield "the database is at this version", _version
    yield "every table of a school or trust is behind a policy", _policies
    yield "history cannot be changed by the web role", _history


def _folder() -> None:
    data_folder()


def _keys() -> None:
    secrets.secret_key()
    for file in secrets_folder().iterdir():
        if file.stat().st_mode & 0o077:
            raise SetupError(f"others can read {file}. Run: chmod 600 {file}")


def _pages() -> None:
    built: Path = CHECKOUT / "build" / "static" / "ui" / "app.css"
    if not built.is_file():
        raise SetupError("they are missing. Run bin/demo or bin/pillars, which build them.")


def _database() -> None:
    owner, web = embedded.database_urls()
    with psycopg.connect(web) as connection:
        row = connection.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb,"
            " (SELECT count(*) FROM pg_class WHERE relowner = pg_roles.oid)"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if row != (False, 0):
        raise SetupError(
            "the role of the pages may do more than it should. Make it anew with "
            "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE, and let it own nothing."
        )
    psycopg.connect(owner).close()


def _version() -> None:
    if prepare.needs_migrating():
        raise SetupError("it was prepared by another version. Run: bin/pillars migrate")


def _policies() -> None:
    set_up_django("owner")
    from pillars.foundation.tenancy import protected_models

    tables = [model._meta.db_table for model, _ in protected_models()]
    with psycopg.connect(embedded.database_url("owner")) as connection:
        guarded = {
            str(name)
            for (name,) in connection.execute(
                "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
                " WHERE relrowsecurity"
            )
        }
    bare = sorted(set(tables) - guarded)
    if bare:
        more = f" and {len(bare) - 3} more" if len(bare) > 3 else ""
        raise SetupError(f"not {', '.join(bare[:3])}{more}. Run: bin/pillars migrate")


def _history() -> None:
    with psycopg.connect(embedded.database_url("owner")) as connection:
        open_tables = [
            str(name)
            for (name,) in connection.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE '%%event'"
                " AND relname NOT LIKE 'procrastinate%%'"
                " AND (has_table_privilege('pillars_web', oid, 'UPDATE')"
                " OR has_table_privilege('pillars_web', oid, 'DELETE')) ORDER BY 1"
            )
        ]
    if open_tables:
        raise SetupError(f"{', '.join(open_tables)} can. Run: bin/pillars migrate")
