"""Another school's data does not exist: guarded by the database itself."""

from __future__ import annotations

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models, transaction

from pillars.config.embedded import database_url
from pillars.foundation.scope import Scope, entered
from pillars.foundation.tenancy import OF_EITHER_OR_SHIPPED, policy_of, protected_models
from pillars.people.organisations.models import Membership


def _has(model: type[models.Model], name: str) -> bool:
    return any(f.name == name and f.concrete for f in model._meta.get_fields())


def test_every_table_with_a_school_or_trust_has_a_policy(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, p.polcmd FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
            " WHERE c.relrowsecurity"
        )
        found: dict[str, set[str]] = {}
        for table, command in cursor.fetchall():
            found.setdefault(table, set()).add(
                command.decode() if isinstance(command, bytes) else command
            )
    owned = [
        m
        for m in apps.get_models(include_auto_created=True)
        if m._meta.managed and not m._meta.proxy and (_has(m, "school") or _has(m, "trust"))
    ]
    assert owned
    for model in owned:
        assert policy_of(model) is not None, f"{model} has a school or trust and no policy"
        assert found.get(model._meta.db_table) == {"r", "a", "w", "d"}, model


def test_web_role_owns_nothing_and_cannot_bypass_policies(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = 'pillars_web'"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relowner ="
            " (SELECT oid FROM pg_roles WHERE rolname = 'pillars_web')"
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_web_role_without_scope_reads_no_row_of_any_owned_table(
    request: pytest.FixtureRequest,
) -> None:
    """A connection of its own, signed in as the web role, with no scope at all."""
    request.getfixturevalue("world")
    assert Membership.objects.exists()
    name = connection.settings_dict["NAME"]
    url = psycopg.conninfo.make_conninfo(database_url("web"), dbname=name)
    with psycopg.connect(url) as web:
        assert web.execute("SELECT current_user").fetchone() == ("pillars_web",)
        for model, policy in protected_models():
            if policy.read == "true":
                continue  # the public directory of schools and trusts
            # What ships with the product belongs to nobody and is read by everybody.
            owned = "school_id IS NOT NULL OR trust_id IS NOT NULL"
            where = owned if policy == OF_EITHER_OR_SHIPPED else "true"
            rows = web.execute(
                f'SELECT count(*) FROM "{model._meta.db_table}" WHERE {where}'
            ).fetchone()
            assert rows == (0,), model


def test_web_role_cannot_change_or_delete_history(db: None) -> None:
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if hasattr(model, "pgh_tracked_model") or getattr(model, "append_only", False):
                cursor.execute(
                    "SELECT has_table_privilege('pillars_web', %s, 'INSERT'),"
                    " has_table_privilege('pillars_web', %s, 'UPDATE'),"
                    " has_table_privilege('pillars_web', %s, 'DELETE'),"
                    " has_table_privilege('pillars_web', %s, 'TRUNCATE')",
                    [f'"{model._meta.db_table}"'] * 4,
                )
                assert cursor.fetchone() == (True, False, False, False), model


def test_every_tracked_row_has_a_history_that_cannot_be_rewritten_by_its_owner(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger")
        with_triggers = {row[0].strip('"') for row in cursor.fetchall()}
    histories = [m for m in apps.get_models() if hasattr(m, "pgh_tracked_model")]
    assert histories
    for model in histories:
        assert model._meta.db_table in with_triggers, model


def test_scope_outside_a_transaction_is_refused() -> None:
    if connection.in_atomic_block:
        pytest.skip("already inside a transaction")
    with pytest.raises(RuntimeError, match="inside a transaction"), entered(Scope()):
        pass


def test_scope_ends_with_its_block(db: None) -> None:
    with transaction.atomic():
        with entered(Scope.of_system(schools=[7])), connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_setting('pillars.schools')")
            assert cursor.fetchone() == ("pillars_web", "7")
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_setting('pillars.schools')")
            user, schools = cursor.fetchone() or ("", "?")
    assert user != "pillars_web"
    assert schools == ""
