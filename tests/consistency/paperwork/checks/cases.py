"""Running one check on one answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.consistency.paperwork.definitions import make_definition

from pillars.consistency.paperwork.checks import Finding, Severity, run_checks
from pillars.consistency.paperwork.definition import CheckSetting, Field

TODAY = date(2026, 11, 9)


def said(
    check: str,
    field: Field,
    answer: Any,
    *,
    forename: str = "Theo",
    required: bool = False,
    **settings: Any,
) -> list[Finding]:
    """What one check says about one field."""
    setting = CheckSetting(check, (field.key,), settings, required)
    definition = make_definition(field, checks=(setting,))
    return run_checks(definition, {field.key: answer}, today=TODAY, forename=forename)


def problems(found: list[Finding]) -> list[str]:
    return [f.message for f in found if f.severity is not Severity.GOOD]


def praise(found: list[Finding]) -> list[str]:
    return [f.message for f in found if f.severity is Severity.GOOD]
