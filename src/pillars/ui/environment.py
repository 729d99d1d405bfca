"""Jinja as every page uses it: GOV.UK macros at hand, filters for days and numbers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from pillars.ui.forms import component, errors_of


def environment(**options: Any) -> Environment:
    """The environment Django's Jinja2 backend asks for."""
    # GOV.UK's macros read parameters that are not given, so undefined names are empty.
    options["undefined"] = ChainableUndefined
    env = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  (given)
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    env.loader = ChoiceLoader([options["loader"], govuk])
    env.globals.update(static=static, url=url, csrf_field=csrf_field)
    env.filters.update(
        day=day,
        day_short=day_short,
        moment=moment,
        count=count,
        percent=percent,
        component=component,
        errors=errors_of,
    )
    return env


def url(name: str, **kwargs: Any) -> str:
    """The address of a view: `url("register:pupil", urn=…, pupil_id=…)`."""
    return reverse(name, kwargs=kwargs)


def csrf_field(request: Any) -> Markup:
    """The hidden field every POST form carries."""
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
        get_token(request)
    )


def day(value: date | None, missing: str = "no date") -> str:
    """9 November 2026"""
    if value is None:
        return missing
    return f"{_local(value):%-d %B %Y}"


def day_short(value: date | None, missing: str = "–") -> str:
    """Mon 9 Nov"""
    if value is None:
        return missing
    return f"{_local(value):%a %-d %b}"


def moment(value: datetime) -> str:
    """9 November 2026, 10:42"""
    return f"{_local(value):%-d %B %Y, %H:%M}"


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def count(number: int, one: str, many: str = "") -> str:
    """1 pupil, 3 pupils, 1,204 pupils"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float | None, missing: str = "–") -> str:
    """77 % of a share of 0.77. Never 100 % or 0 % unless it is all or none. It never breaks."""
    if share is None:
        return missing
    whole = round(share * 100)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole}\u00a0%"
