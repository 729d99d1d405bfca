"""Reads the pupils of a common transfer file (CTF), the XML schools send each other.

Pupils are numbered by their place in the file, since XML has no rows. Structure: CTfile, then
Header and pupils with SENhistory and SENneeds. Source: DfE, common transfer file specification.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from pillars.exchange.tables import Row, Table
from pillars.exchange.xml import XmlError, parse_xml
from pillars.people.register.codes import read_provision
from pillars.people.register.columns import MOST_NEEDS, NEEDS
from pillars.people.register.dates import read_date
from pillars.people.register.reading.records import Need, RegisterReading, StatusSpan
from pillars.people.register.reading.table import read_register

# Where each field stands below a pupil; the first that is there counts.
PLACES = {
    "upn": ("UPN",),
    "surname": ("Surname",),
    "forename": ("Forename",),
    "known_as": ("BasicDetails/PreferredForename",),
    "date_of_birth": ("DOB",),
    "year_group": ("BasicDetails/NCyearActual", "NCyearActual"),
    "sex": ("Sex", "Gender"),
}
Span = tuple[str, str, str]  # status, start, end; "" where unknown


def read_ctf(data: bytes, name: str, *, today: date) -> RegisterReading:
    """The pupils of a CTF, as from any other register. Raises XmlError with a sentence."""
    root = parse_xml(data, name)
    if local(root) != "CTfile":
        raise XmlError(f"{name} is XML but not a common transfer file. Export a CTF, CSV or XLSX.")
    pupils = [element for element in root.iter() if local(element) == "Pupil"]
    if not pupils:
        raise XmlError(f"{name} names no pupil. Choose pupils when you export the CTF.")
    histories = [list(spans_of(pupil)) for pupil in pupils]
    fields = present_fields(pupils, histories)
    rows = tuple(
        Row(number, cells_of(pupil, history, fields))
        for number, (pupil, history) in enumerate(zip(pupils, histories, strict=True), start=1)
    )
    table = Table(headings=fields, rows=rows, name=name, heading_row=0)
    reading = read_register(table, {field: field for field in fields}, today=today)
    return with_past(reading, pupils, histories, today)


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def find(element: etree._Element, path: str) -> str:
    """The text at a path of element names, whatever their namespace; "" if there is none."""
    for step in path.split("/"):
        steps = [child for child in element if local(child) == step]
        if not steps:
            return ""
        element = steps[0]
    return (element.text or "").strip()


def spans_of(pupil: etree._Element) -> Iterator[Span]:
    for element in pupil.iter():
        if local(element) == "SEN":
            yield (
                find(element, "SENprovision"),
                find(element, "StartDate"),
                find(element, "EndDate"),
            )


def needs_of(pupil: etree._Element) -> dict[str, str]:
    """Types of need without an end date, by their rank, each with the day it began or ""."""
    ranked = [
        (int(rank) if (rank := find(element, "SENtypeRank")).isdecimal() else 99, code, element)
        for element in pupil.iter()
        if local(element) == "SENneed"
        and not find(element, "NeedEndDate")
        and (code := find(element, "SENtype"))
    ]
    ranked.sort(key=lambda need: need[:2])
    return {code: find(element, "NeedStartDate") for _, code, element in ranked[:MOST_NEEDS]}


def present_fields(pupils: list[etree._Element], histories: list[list[Span]]) -> tuple[str, ...]:
    fields = [
        field
        for field, paths in PLACES.items()
        if any(find(pupil, path) for pupil in pupils for path in paths)
    ]
    most = max(len(needs_of(pupil)) for pupil in pupils)
    if any(histories):
        fields += ["sen_status", "sen_start"]
    return (*fields, *NEEDS[:most])


def cells_of(pupil: etree._Element, history: list[Span], fields: tuple[str, ...]) -> list[str]:
    status, start, _ = current_of(history)
    needs = needs_of(pupil)
    values = {
        field: next((text for path in paths if (text := find(pupil, path))), "")
        for field, paths in PLACES.items()
    }
    values |= {"sen_status": status, "sen_start": start}
    values |= dict(zip(NEEDS, needs, strict=False))
    return [values.get(field, "") for field in fields]


def current_of(history: list[Span]) -> Span:
    """The status that has not ended; the one that began last if a file leaves two open."""
    running = sorted((span for span in history if not span[2]), key=lambda span: span[1])
    return running[-1] if running else ("", "", "")


def with_past(
    reading: RegisterReading,
    pupils: list[etree._Element],
    histories: list[list[Span]],
    today: date,
) -> RegisterReading:
    records = tuple(
        record._replace(
            past=past_of(histories[record.row - 1], today),
            needs=with_starts(record.needs, needs_of(pupils[record.row - 1]), today),
        )
        for record in reading.records
    )
    return RegisterReading(
        columns=reading.columns,
        fields=reading.fields,
        rows=reading.rows,
        records=records,
        problems=reading.problems,
        warnings=reading.warnings,
        refused_upns=reading.refused_upns,
        refused_names=reading.refused_names,
    )


def with_starts(needs: tuple[Need, ...], starts: dict[str, str], today: date) -> tuple[Need, ...]:
    days = {code: read_date(start, today=today) for code, start in starts.items()}
    return tuple(
        need._replace(start=day.isoformat())
        if (day := days.get(need.code)) and day <= today
        else need
        for need in needs
    )


def past_of(history: list[Span], today: date) -> tuple[StatusSpan, ...]:
    """Statuses that ended, in order, each from a day to a later one; others tell nothing."""
    spans = []
    for status, start, end in history:
        first, last = read_date(start, today=today), read_date(end, today=today)
        code = read_provision(status).value
        if code and first and last and first < last <= today:
            spans.append(StatusSpan(code, first.isoformat(), last.isoformat()))
    return tuple(sorted(spans, key=lambda span: span.start))
