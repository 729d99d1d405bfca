"""Who each line of a register is about, and the lines that are about nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pillars.exchange.tables import Row
from pillars.people.register.reading.cells import Cells
from pillars.people.register.reading.records import Identity

TOTALS = re.compile(
    r"^(?:grand |sub)?-?totals?\b|^count\b|^number of (?:pupils|students|records)\b"
    r"|^report (?:ends?|generated)\b|^end of (?:report|file|list)\b|^printed\b|^page \d",
    re.IGNORECASE,
)
NO_COMMA = "The name has no comma, so its last word was taken as the surname."
PERSON_FIELDS = Identity._fields


def split_names(cells: Cells) -> None:
    """Fills surname and forename from one column of "Surname, Forename" where they are blank."""
    names = cells.values.get("name")
    if names is None:
        return
    surnames, forenames = cells.of("surname"), cells.of("forename")
    for line, name in enumerate(names):
        if not name or (surnames[line] and forenames[line]):
            continue
        surname, comma, forename = name.partition(",")
        if not comma:
            forename, _, surname = name.rpartition(" ")
            if forename:
                cells.warnings[line].append(NO_COMMA)
        surnames[line] = surnames[line] or surname.strip()
        forenames[line] = forenames[line] or forename.strip()
    cells.values["surname"], cells.values["forename"] = surnames, forenames


def people_of(cells: Cells) -> Iterator[Identity]:
    return (
        Identity(*values)
        for values in zip(*(cells.of(name) for name in PERSON_FIELDS), strict=True)
    )


def is_about_nobody(row: Row, headings: Sequence[str], identity: Identity) -> str:
    """Why a line is no pupil at all ("" if it may be one): a total, or the headings again."""
    if identity.upn or identity.date_of_birth:
        return ""
    if any(TOTALS.match(cell) for cell in row.cells if cell):
        return "This row is a total or a note, not a pupil, so it was left out."
    if sum(cell == heading for cell, heading in zip(row.cells, headings, strict=True)) >= 3:
        return "This row repeats the headings, so it was left out."
    return ""


def missing_from(identity: Identity) -> str:
    """Why a pupil cannot be taken ("" if all is there)."""
    if not identity.surname or not identity.forename:
        absent = (
            "name"
            if not (identity.surname or identity.forename)
            else ("forename" if identity.surname else "surname")
        )
        return f"There is no {absent} on this row. Add it in your MIS and export again."
    if not identity.upn and not identity.date_of_birth:
        return (
            "There is neither a UPN nor a date of birth, so this pupil cannot be told from "
            "others. Add one in your MIS."
        )
    return ""
