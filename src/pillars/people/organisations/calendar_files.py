"""Reads a school's terms, INSET days and closures from a spreadsheet or an iCalendar file. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from dateutil import parser
from icalendar import Calendar, Event

from pillars.exchange.tables import TableError, read_table

COLUMNS = {
    "kind": ("kind", "type", "what", "category"),
    "name": ("name", "title", "term", "event", "description", "summary"),
    "first": ("firstday", "start", "startdate", "from", "begins", "date", "day", "opens"),
    "last": ("lastday", "end", "enddate", "to", "until", "ends", "closes"),
}
SEASONS = ("autumn", "spring", "summer")
LONGEST_TERM_DAYS = 140
LONGEST_CLOSURE_DAYS = 14
MOST_ROWS = 2_000


class TermEntry(NamedTuple):
    """A stretch of days the school is open. `kind` is a value of TermKind."""

    row: int
    name: str
    kind: str
    first_day: date
    last_day: date


class ClosureEntry(NamedTuple):
    """One day without pupils. `kind` is a value of ClosureKind."""

    row: int
    kind: str
    day: date
    name: str


class CalendarProblem(NamedTuple):
    """A row or event that was not taken, and why."""

    row: int
    reason: str


@dataclass(slots=True)
class CalendarReading:
    """What the file holds; rows are numbered as the spreadsheet shows, events from 1."""

    terms: list[TermEntry] = field(default_factory=list)
    closures: list[ClosureEntry] = field(default_factory=list)
    problems: list[CalendarProblem] = field(default_factory=list)


class CalendarUnreadable(ValueError):  # noqa: N818 (it is said of the file, not of the program)
    """A file with no calendar in it; the message says why and what to do."""


def read_calendar(content: bytes, name: str) -> CalendarReading:
    """The terms and closures in a CSV, XLSX, ODS or iCalendar file."""
    if not content.strip():
        raise CalendarUnreadable(f"{name} is empty. Choose the file with the school’s calendar.")
    if content.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        reading = _from_icalendar(content, name)
    else:
        reading = _from_table(content, name)
    _drop_overlaps(reading)
    _drop_repeats(reading)
    if not (reading.terms or reading.closures or reading.problems):
        raise CalendarUnreadable(
            f"{name} names no term, INSET day or closure. "
            "Give each event a name such as “Autumn term” or “INSET day”."
        )
    return reading


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _from_table(content: bytes, name: str) -> CalendarReading:
    aliases = {alias: key for key, names in COLUMNS.items() for alias in names}
    try:
        table = read_table(
            content,
            name,
            recognise=lambda cells: len({_plain(cell) for cell in cells} & aliases.keys()),
            most_rows=MOST_ROWS,
        )
    except TableError as error:
        raise CalendarUnreadable(error.reason) from None
    places: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        key = aliases.get(_plain(heading))
        if key is not None:
            places.setdefault(key, place)
    if "first" not in places or not {"kind", "name"} & places.keys():
        raise CalendarUnreadable(
            f"{name} needs the columns What, Name, First day and Last day. "
            "Add those headings and choose the file again."
        )
    reading = CalendarReading()
    for row in table.rows:
        told = {key: row.cells[place].strip() for key, place in places.items()}
        _take_row(reading, row.number, told)
    return reading


def _take_row(reading: CalendarReading, row: int, told: dict[str, str]) -> None:
    if not any(told.values()):
        return
    name, what = told.get("name", ""), told.get("kind", "")
    try:
        first = _day(told["first"])
        last = _day(told["last"]) if told.get("last") else first
    except ValueError as error:
        reading.problems.append(CalendarProblem(row, str(error)))
        return
    _take(reading, _Found(row, f"{what} {name}".strip(), name or what, first, last))


def _day(text: str) -> date:
    """A date in any usual form, the day before the month."""
    if not text:
        raise ValueError("The first day is missing. Give a date such as 3 September 2026.")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d.*", text):
            return date.fromisoformat(text[:10])
        found: datetime = parser.parse(text, dayfirst=True)
    except (ValueError, OverflowError):
        raise ValueError(
            f"“{text[:30]}” is not a date. Write it as 3 September 2026 or 03/09/2026."
        ) from None
    return found.date()


class _Found(NamedTuple):
    """A row or event as read. `words` say what it is, `name` is what it is called."""

    row: int
    words: str
    name: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def _take(reading: CalendarReading, found: _Found) -> None:
    """One entry of either kind of file, sorted by what its words say."""
    kind = _kind(found.words, days=found.days)
    reason = _refusal(kind, found.days)
    if reason:
        reading.problems.append(CalendarProblem(found.row, reason))
    elif kind == "term":
        name = found.name[:80]
        reading.terms.append(TermEntry(found.row, name, _term_kind(name), found.first, found.last))
    else:
        for number in range(found.days):
            day = found.first + timedelta(days=number)
            reading.closures.append(ClosureEntry(found.row, kind, day, found.name[:80]))


def _refusal(kind: str, days: int) -> str:
    """Why an entry is not taken; "" where it is."""
    if days < 1:
        return "The last day is before the first. Swap the two dates."
    if kind == "break":
        return "Holidays are the gaps between terms, so this was not taken."
    if not kind:
        return "It is not clear what this is. Call it a term, INSET day, bank holiday or closure."
    if kind == "term" and days > LONGEST_TERM_DAYS:
        return "This is longer than a term can be. Give each term or half term its own row."
    if kind != "term" and days > LONGEST_CLOSURE_DAYS:
        return "A closure lasts two weeks at most. Check its dates."
    return ""


def _kind(words: str, *, days: int) -> str:
    """term, inset, bank_holiday, closed, break (a holiday between terms) or "" for unclear."""
    said = words.casefold()
    if re.search(r"\binset\b|training day|staff day|non[- ]pupil", said):
        return "inset"
    if "bank holiday" in said or "bank_holiday" in said:
        return "bank_holiday"
    if re.search(r"holiday|break|vacation", said):
        return "break"
    if re.search(r"closed|closure|polling|strike|occasional day", said):
        return "closed"
    if re.search(r"\bterm\b|half[- ]term", said) or any(season in said for season in SEASONS):
        return "term" if days > 1 else ""
    return ""


def _term_kind(name: str) -> str:
    """autumn_1 … summer_2 where the name says which half, otherwise other."""
    said = name.casefold()
    season = next((s for s in SEASONS if s in said), "")
    half = re.search(r"\b([12])\b|\b(first|second)\b|\b(1st|2nd)\b", said)
    if not season or half is None:
        return "other"
    return f"{season}_{'1' if half.group(0) in {'1', 'first', '1st'} else '2'}"


def _from_icalendar(content: bytes, name: str) -> CalendarReading:
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError, UnicodeDecodeError):
        raise CalendarUnreadable(
            f"{name} is not a whole iCalendar file. Export it from the calendar again."
        ) from None
    reading = CalendarReading()
    for number, event in enumerate(calendar.walk("VEVENT"), start=1):
        if number > MOST_ROWS:
            raise CalendarUnreadable(f"{name} has more than {MOST_ROWS} events. Export one year.")
        summary = str(event.get("SUMMARY", "")).strip()
        first, last = _event_days(event)
        if first is None or last is None:
            reading.problems.append(
                CalendarProblem(number, f"“{summary[:40]}” has no first day. Give it a date.")
            )
        elif _kind(summary, days=(last - first).days + 1):
            _take(reading, _Found(number, summary, summary, first, last))
    return reading


def _event_days(event: object) -> tuple[date | None, date | None]:
    """First and last day. The end of an all-day event in iCalendar is the day after it."""
    starts, ends = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if starts is None:
        return None, None
    first = _date_of(starts)
    if ends is None:
        return first, first
    whole_days = not isinstance(ends, datetime)
    last = _date_of(ends) - timedelta(days=1) if whole_days else _date_of(ends)
    return first, max(first, last) if last == first - timedelta(days=1) else last


def _moment(event: object, key: str) -> date | None:
    value = getattr(event.get(key), "dt", None)  # type: ignore[attr-defined]
    return value if isinstance(value, date) else None


def _date_of(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _drop_overlaps(reading: CalendarReading) -> None:
    """Terms that overlap an earlier one in the file are problems, not terms."""
    kept: list[TermEntry] = []
    for term in sorted(reading.terms, key=lambda term: (term.first_day, term.row)):
        if kept and term.first_day <= kept[-1].last_day:
            reason = f"“{term.name}” overlaps “{kept[-1].name}”. Mend the dates of one of them."
            reading.problems.append(CalendarProblem(term.row, reason))
        else:
            kept.append(term)
    reading.terms = kept


def _drop_repeats(reading: CalendarReading) -> None:
    kept: dict[date, ClosureEntry] = {}
    for entry in sorted(reading.closures, key=lambda entry: (entry.day, entry.row)):
        if entry.day in kept:
            reason = f"{entry.day:%-d %B %Y} is in the file twice. The first was taken."
            reading.problems.append(CalendarProblem(entry.row, reason))
        else:
            kept[entry.day] = entry
    reading.closures = list(kept.values())
    reading.problems.sort()


def write_calendar(
    terms: Iterable[tuple[str, date, date]], closures: Iterable[tuple[str, date]]
) -> bytes:
    """An iCalendar file of (name, first day, last day) and (name, day), all-day events."""
    calendar = Calendar()
    calendar.add("prodid", "-//Three Pillars//School calendar//EN")
    calendar.add("version", "2.0")
    spans = [*terms, *((name, day, day) for name, day in closures)]
    for name, first, last in spans:
        event = Event()
        event.add("summary", name)
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))
        # The same calendar gives the same file, so that a phone does not see each event as new.
        event.add("dtstamp", datetime(first.year, first.month, first.day, tzinfo=UTC))
        event.add("uid", f"{first:%Y%m%d}-{last:%Y%m%d}-{_plain(name)}@three-pillars")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
