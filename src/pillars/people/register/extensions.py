"""What other rooms add to the register and to a pupil's page.

The register knows pupils and nothing of paperwork. A room above it says, when it starts (in its
`AppConfig.ready`), what a pupil can lack, what a column shows, what can be done with those that
were selected, and which panels stand on a pupil's page:

    from pillars.people.register.extensions import Action, extensions
    extensions.add_action(Action("make", "Make passports", Permission.WRITE_DOCUMENTS,
                                 "paperwork:make"))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope
from pillars.people.register.models import NeedPeriod, Pupil


def pupils_without_need(school_id: int) -> set[int]:
    """Pupils at SEN support or with an EHC plan and no type of need."""
    now = NeedPeriod.objects.filter(pupil=OuterRef("pk"), end_on__isnull=True)
    rows = Pupil.objects.of_school(school_id).on_register().filter(~Exists(now))
    return set(rows.values_list("pk", flat=True))


def pupils_without_upn(school_id: int) -> set[int]:
    rows = Pupil.objects.of_school(school_id).on_roll()
    return set(rows.filter(Q(upn="") | Q(upn__regex="[A-Z]$")).values_list("pk", flat=True))


def pupils_without_birth(school_id: int) -> set[int]:
    rows = Pupil.objects.of_school(school_id).on_roll()
    return set(rows.filter(date_of_birth__isnull=True).values_list("pk", flat=True))


class Keyed(Protocol):
    @property
    def key(self) -> str: ...

    @property
    def permission(self) -> Permission: ...


K = TypeVar("K", bound=Keyed)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something a pupil can be without: a filter of the register.

    `pupils(school_id)` gives the keys of the pupils on roll who lack it, in one query.
    """

    key: str
    title: str
    permission: Permission
    pupils: Callable[[int], set[int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column says of a pupil: words, the tone of a tag ("" for no tag), an address."""

    text: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column of the register. `cells(school_id, pupil_ids)` answers in one query."""

    key: str
    title: str
    permission: Permission
    cells: Callable[[int, Sequence[int]], Mapping[int, Cell]]


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do with the pupils selected: a button that posts `pupil=<id>` once for each.

    `url_name` takes the school's `urn`; `why_not(scope, school_id)` is a sentence when it cannot
    be done now, or "".
    """

    key: str
    title: str
    permission: Permission
    url_name: str
    why_not: Callable[[Scope, int], str] = lambda _scope, _school: ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a pupil's page: a template, and what it is given (None: leave the panel out).

    The template finds what `context` gave under the name `panel`.
    """

    key: str
    title: str
    permission: Permission
    template: str
    context: Callable[[HttpRequest, Pupil], Mapping[str, Any] | None]
    order: int = 100


@dataclass
class Held(Generic[K]):
    """The extensions of one kind, by key; adding a key again replaces it."""

    items: dict[str, K] = field(default_factory=dict)

    def add(self, item: K) -> None:
        self.items[item.key] = item

    def allowed(self, scope: Scope, school_id: int) -> list[K]:
        """Those whose permission the person holds in the school."""
        return [i for i in self.items.values() if scope.can(i.permission, school=school_id)]


@dataclass
class Extensions:
    """Everything other rooms have added."""

    lacking: Held[Lacking] = field(default_factory=Held)
    columns: Held[RegisterColumn] = field(default_factory=Held)
    actions: Held[Action] = field(default_factory=Held)
    panels: Held[Panel] = field(default_factory=Held)

    def add_lacking(self, lacking: Lacking) -> None:
        self.lacking.add(lacking)

    def add_column(self, column: RegisterColumn) -> None:
        self.columns.add(column)

    def add_action(self, action: Action) -> None:
        self.actions.add(action)

    def add_panel(self, panel: Panel) -> None:
        self.panels.add(panel)


extensions = Extensions()
for _lacking in (
    Lacking("need", "A type of need", Permission.VIEW_PUPILS, pupils_without_need),
    Lacking("upn", "A permanent UPN", Permission.VIEW_PUPILS, pupils_without_upn),
    Lacking("birth", "A date of birth", Permission.VIEW_PUPILS, pupils_without_birth),
):
    extensions.add_lacking(_lacking)
