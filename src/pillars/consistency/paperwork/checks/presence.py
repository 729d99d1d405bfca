"""Is it all there, and in date?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from pillars.consistency.paperwork.checks.model import (
    Case,
    Finding,
    is_answered,
    is_empty,
    rows_of,
)
from pillars.consistency.paperwork.definition import Field

_A_DAY = re.compile(
    r"\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{4}\b",
    re.IGNORECASE,
)


def complete(case: Case) -> Iterable[Finding]:
    """Every required field holds something."""
    missing = [f for f in case.fields if f.required and not _has_answer(case, f)]
    for field in missing:
        said = case.text(field)
        yield case.problem(
            field,
            f"“{field.title}” only says “{said}”" if said else f"“{field.title}” is empty",
            field.guidance or "Fill it in.",
        )
    if not missing:
        yield case.good(None, "Everything required is filled in")


def _has_answer(case: Case, field: Field) -> bool:
    value = case.answers.get(field.key)
    if is_empty(field, value):
        return False
    return not isinstance(value, str | list) or is_answered(case.text(field))


def in_date(case: Case) -> Iterable[Finding]:
    """A review date, not gone by, and not further away than the setting allows."""
    field = case.field
    if field is None:
        return
    months = int(case.number("months", 12))
    value = case.answers.get(field.key)
    if is_empty(field, value):
        yield case.problem(field, "There is no review date", _within(months))
        return
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        yield case.problem(
            field, f"“{value}” is not a date we can read", "Write it like 26 March 2027."
        )
        return
    if day < case.today:
        late = (case.today - day).days
        yield case.problem(
            field,
            f"The review date went by {late} {'day' if late == 1 else 'days'} ago",
            "Look at it again with the pupil and set the next date.",
        )
    elif day > case.today + relativedelta(months=months):
        yield case.problem(
            field, f"The review date is more than {months} months away", _within(months)
        )
    else:
        yield case.good(field, "In date", f"To be reviewed by {day:%-d %B %Y}.")


def _within(months: int) -> str:
    return f"Set a day within {months} months, before the next move to a new class."


def parent_view_dated(case: Case) -> Iterable[Finding]:
    """The parents' view says when they gave it."""
    field = case.field
    if field is None or is_empty(field, case.answers.get(field.key)):
        return
    if _A_DAY.search(case.text(field)):
        yield case.good(field, "The parents’ view has its date")
    else:
        yield case.problem(
            field,
            f"“{field.title}” has no date",
            "Write when they said it, so that everybody knows how old it is.",
        )


def outcomes_count(case: Case) -> Iterable[Finding]:
    """At most so many outcomes."""
    field = case.field
    most = int(case.number("most", 4))
    if field is None:
        return
    value = case.answers.get(field.key)
    count = len(rows_of(value)) if field.columns else len(case.points(field))
    if count > most:
        yield case.problem(
            field,
            f"There are {count} outcomes: at most {most} can be worked on at once",
            f"Keep the {most} that matter most now. Leave the others for the next plan.",
        )
    elif count:
        yield case.good(field, f"{count} {'outcome' if count == 1 else 'outcomes'}")


def strategies_count(case: Case) -> Iterable[Finding]:
    """Neither too few strategies to help nor too many to remember."""
    field = case.field
    least, most = int(case.number("least", 3)), int(case.number("most", 7))
    if field is None:
        return
    count = len(case.points(field))
    if not count:
        return
    if count < least:
        yield case.problem(
            field,
            f"Only {_strategies(count)}: {least} to {most} help most",
            "Ask the pupil and last year’s teacher what else worked.",
        )
    elif count > most:
        yield case.problem(
            field,
            f"{count} strategies: nobody remembers more than {most}",
            "Keep those that make the most difference. Put them in that order.",
        )
    else:
        yield case.good(field, f"{count} strategies")


def _strategies(count: int) -> str:
    return "one strategy" if count == 1 else f"{count} strategies"
