"""What a register file says, pupil by pupil, before anyone has decided what to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Identity(NamedTuple):
    """Who a pupil is. Every value is text; "" means that nothing is known.

    The date of birth is `YYYY-MM-DD`. Flags are "1" (yes), "0" (no) or "".
    """

    upn: str = ""
    surname: str = ""
    forename: str = ""
    known_as: str = ""
    date_of_birth: str = ""
    year_group: str = ""
    class_group: str = ""
    sex: str = ""
    pupil_premium: str = ""
    eal: str = ""
    free_school_meals: str = ""
    free_school_meals_ever6: str = ""
    looked_after: str = ""
    young_carer: str = ""
    service_child: str = ""


class Need(NamedTuple):
    """A type of need; its rank is its place in the list. Dates are `YYYY-MM-DD` or ""."""

    code: str
    start: str = ""


class StatusSpan(NamedTuple):
    """A status a pupil had in the past, from one day to another."""

    status: str
    start: str
    end: str


class PupilRecord(NamedTuple):
    """One pupil of the file, from one row or from several rows of needs.

    `status` is N, K, E, or "" when the file has no column for it.
    """

    row: int
    identity: Identity
    status: str = ""
    status_start: str = ""
    needs: tuple[Need, ...] = ()
    past: tuple[StatusSpan, ...] = ()


class Issue(NamedTuple):
    """Something to tell about a row, numbered as the spreadsheet shows it."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """A register as read: the pupils that can be taken, and every row that cannot.

    `columns` says which field each heading became ("" for none); `fields` are those the file
    has. `blockers` are sentences that stop the file as a whole: no pupil can be told from
    another until the columns are corrected. `refused_upns` and `refused_names` name pupils whose
    row is a problem: they are in the file, so they have not left.
    """

    columns: Mapping[str, str]
    fields: frozenset[str]
    rows: int
    records: tuple[PupilRecord, ...] = ()
    problems: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()
    blockers: tuple[str, ...] = ()
    refused_upns: frozenset[str] = frozenset()
    refused_names: frozenset[tuple[str, str]] = frozenset()


def name_key(identity: Identity) -> tuple[str, str, str]:
    """Tells pupils apart where there is no UPN: surname, forename and date of birth."""
    return identity.surname.casefold(), identity.forename.casefold(), identity.date_of_birth
