"""Row-level policies and grants, derived from the models after each migrate.

A table with a `school` or a `trust` gets its policy here and nowhere else. A model may state
another rule by a class attribute `tenancy`; its history table follows the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models

from pillars.foundation.scope import WEB_ROLE

# Wrapped in a sub-select, so that PostgreSQL reads the setting once a query, not once a row.
# The cast stands outside: `= ANY((SELECT …))` alone would compare with each row of the sub-select.
_SCHOOLS = (
    "(SELECT string_to_array(nullif(current_setting('pillars.schools', true), ''), ','))::bigint[]"
)
_TRUSTS = _SCHOOLS.replace("pillars.schools", "pillars.trusts")
_LED_TRUSTS = _SCHOOLS.replace("pillars.schools", "pillars.led_trusts")
_PERSON = "(SELECT nullif(current_setting('pillars.person', true), '')::bigint)"
_OPERATOR = "(SELECT current_setting('pillars.operator', true) = 'on')"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the web role may read and write in a table, as SQL over its columns, and why."""

    read: str
    write: str
    reason: str


OF_SCHOOL = Policy(
    f"school_id = ANY({_SCHOOLS})", f"school_id = ANY({_SCHOOLS})", "only the school’s own"
)
OF_TRUST = Policy(
    f"trust_id = ANY({_TRUSTS})",
    f"trust_id = ANY({_LED_TRUSTS})",
    "read by the trust’s schools, written by who leads it",
)
OF_EITHER = Policy(
    f"(school_id = ANY({_SCHOOLS}) OR trust_id = ANY({_TRUSTS}))",
    f"(school_id = ANY({_SCHOOLS}) OR trust_id = ANY({_LED_TRUSTS}))",
    "a school’s own or its trust’s",
)
OF_EITHER_OR_SHIPPED = Policy(
    f"(school_id = ANY({_SCHOOLS}) OR trust_id = ANY({_TRUSTS})"
    " OR (school_id IS NULL AND trust_id IS NULL))",
    OF_EITHER.write,
    "a school’s own, its trust’s, or shipped with the product",
)
OF_MEMBER = Policy(
    f"(person_id = {_PERSON} OR school_id = ANY({_SCHOOLS}) OR trust_id = ANY({_TRUSTS}))",
    f"(school_id = ANY({_SCHOOLS}) OR trust_id = ANY({_LED_TRUSTS}))",
    "one’s own memberships, and those of the schools and trusts one reaches",
)
DIRECTORY_OF_SCHOOLS = Policy(
    "true",
    f"({_OPERATOR} OR id = ANY({_SCHOOLS}) OR trust_id = ANY({_LED_TRUSTS}))",
    "a public directory; changed by the operator and by the school itself",
)
DIRECTORY_OF_TRUSTS = Policy(
    "true",
    f"({_OPERATOR} OR id = ANY({_LED_TRUSTS}))",
    "a public directory; changed by the operator and by the trust itself",
)
HISTORY_OF_SCHOOLS = Policy(
    f"({_OPERATOR} OR pgh_obj_id = ANY({_SCHOOLS}))",
    "true",
    "history of the directory: any change writes a row, only the school’s own are read",
)
HISTORY_OF_TRUSTS = Policy(
    f"({_OPERATOR} OR pgh_obj_id = ANY({_LED_TRUSTS}))", "true", HISTORY_OF_SCHOOLS.reason
)


def policy_of(model: type[models.Model]) -> Policy | None:
    """The policy a model's table must carry; None for tables of no school and no trust."""
    stated = getattr(
        _subject(model), "tenancy_of_history" if _is_history(model) else "tenancy", None
    )
    stated = stated or getattr(_subject(model), "tenancy", None)
    if stated is not None:
        return _checked(stated)
    school, trust = _has(model, "school"), _has(model, "trust")
    if school and trust:
        return OF_EITHER
    if school:
        return OF_SCHOOL
    return OF_TRUST if trust else None


def _checked(stated: Any) -> Policy:
    if not isinstance(stated, Policy):
        raise TypeError("A model's tenancy must be a Policy.")
    return stated


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def _subject(model: type[models.Model]) -> Any:
    return getattr(model, "pgh_tracked_model", model)


def _has(model: type[models.Model], name: str) -> bool:
    try:
        return model._meta.get_field(name).concrete
    except FieldDoesNotExist:
        return False


def protected_models() -> list[tuple[type[models.Model], Policy]]:
    """Every managed table that carries a policy, with the policy."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        policy = policy_of(model) if model._meta.managed and not model._meta.proxy else None
        if policy is not None:
            found.append((model, policy))
    return found


def sync_after_migrate(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """Bring policies and grants in line with the models. Runs as the owner, after migrate."""
    sync(using)


def sync(using: str = "default") -> None:
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {WEB_ROLE}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB_ROLE}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {WEB_ROLE}")
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in tables and (_is_history(model) or getattr(model, "append_only", False)):
                cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {WEB_ROLE}')
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {WEB_ROLE}")
        for model, policy in protected_models():
            if model._meta.db_table in tables:
                for statement in _statements(model._meta.db_table, policy):
                    cursor.execute(statement)


def _statements(table: str, policy: Policy) -> list[str]:
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS pillars_read ON "{table}"',
        f'DROP POLICY IF EXISTS pillars_write ON "{table}"',
        f'DROP POLICY IF EXISTS pillars_change ON "{table}"',
        f'DROP POLICY IF EXISTS pillars_remove ON "{table}"',
        f'CREATE POLICY pillars_read ON "{table}" FOR SELECT TO {WEB_ROLE} USING ({policy.read})',
        f'CREATE POLICY pillars_write ON "{table}" FOR INSERT TO {WEB_ROLE}'
        f" WITH CHECK ({policy.write})",
        f'CREATE POLICY pillars_change ON "{table}" FOR UPDATE TO {WEB_ROLE}'
        f" USING ({policy.write}) WITH CHECK ({policy.write})",
        f'CREATE POLICY pillars_remove ON "{table}" FOR DELETE TO {WEB_ROLE}'
        f" USING ({policy.write})",
    ]
