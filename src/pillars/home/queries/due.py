"""What somebody has to do next, gathered from every room, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pillars.foundation.scope import Scope
from pillars.people.organisations.models import Person, School
from pillars.ui.environment import count

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: what, where it opens, and by when (None: whenever there is time)."""

    title: str
    url: str
    action: str
    on: date | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at which school, on which day. What every source of due things is asked with."""

    school: School
    person: Person
    scope: Scope
    day: date


Source = Callable[[Looking], Iterable[Due]]


def gathered(looking: Looking, sources: Iterable[Source]) -> list[Due]:
    """Everything due from all sources: dated things in order of their dates, then the rest."""
    found = [item for source in sources for item in source(looking)]
    return sorted(found, key=lambda item: (item.on is None, item.on or date.max))


def when_words(on: date | None, today: date) -> str:
    """'6 days late', 'Today', 'Tomorrow', 'Wed 25 Nov', or 'When you can'."""
    if on is None:
        return "When you can"
    days = (on - today).days
    if days < 0:
        return f"{count(-days, 'day')} late"
    if days <= 1:
        return ("Today", "Tomorrow")[days]
    return f"{on:%a %-d %b}" if days < 300 else f"{on:%-d %b %Y}"


def as_list(items: Iterable[Due], today: date) -> list[dict[str, object]]:
    """Due things as the page's list shows them."""
    return [
        {
            "when": when_words(item.on, today),
            "late": item.on is not None and item.on < today,
            "title": item.title,
            "url": item.url,
            "detail": item.detail,
            "action": item.action,
        }
        for item in items
    ]
