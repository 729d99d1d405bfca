"""Terms, INSET days and bank holidays: by hand, from spreadsheets and from iCalendar."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.conftest import World, scope_for

from pillars.foundation.models import ClosureKind, SchoolClosure, SchoolTerm, TermKind
from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused
from pillars.people.organisations.bank_holidays import bank_holidays
from pillars.people.organisations.calendar_files import CalendarUnreadable, read_calendar
from pillars.people.organisations.services import (
    add_bank_holidays,
    apply_calendar,
    preview_calendar,
    remove_closure,
    remove_term,
    save_closure,
    save_term,
)

GOV_UK = Path(__file__).parents[4] / "shared" / "data" / "govuk_bank_holidays_source.json"
CSV = """School calendar (invented)

What,Name,First day,Last day
Term,Autumn 1,27/08/2026,16/10/2026
Term,Autumn term second half,26 October 2026,2026-12-18
INSET,Staff training,27/08/2026,28/08/2026
Bank holiday,Summer,31/08/2026,
Closed,Polling station,06/05/2027,
Holiday,Half term,17/10/2026,25/10/2026
Term,Backwards,05/02/2027,04/01/2027
INSET,Sometime,in the spring,
Fair,Summer fair,01/07/2027,
"""
ICS = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//invented//EN\r
BEGIN:VEVENT\r
UID:1@example.org\r
SUMMARY:Spring Term 1\r
DTSTART;VALUE=DATE:20270104\r
DTEND;VALUE=DATE:20270213\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@example.org\r
SUMMARY:INSET day\r
DTSTART;VALUE=DATE:20270104\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3@example.org\r
SUMMARY:Year 6 swimming\r
DTSTART:20270110T090000Z\r
DTEND:20270110T100000Z\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_spreadsheet_is_read_row_by_row() -> None:
    reading = read_calendar(CSV.encode(), "calendar.csv")
    assert [(t.name, t.kind, t.first_day, t.last_day) for t in reading.terms] == [
        ("Autumn 1", "autumn_1", date(2026, 8, 27), date(2026, 10, 16)),
        ("Autumn term second half", "autumn_2", date(2026, 10, 26), date(2026, 12, 18)),
    ]
    assert [(c.kind, c.day) for c in reading.closures] == [
        ("inset", date(2026, 8, 27)),
        ("inset", date(2026, 8, 28)),
        ("bank_holiday", date(2026, 8, 31)),
        ("closed", date(2027, 5, 6)),
    ]
    assert [(p.row, p.reason.split(".")[0]) for p in reading.problems] == [
        (9, "Holidays are the gaps between terms, so this was not taken"),
        (10, "The last day is before the first"),
        (11, "“in the spring” is not a date"),
        (12, "It is not clear what this is"),
    ]


def test_icalendar_takes_terms_and_inset_days_and_leaves_the_rest() -> None:
    reading = read_calendar(ICS.encode(), "school.ics")
    (term,) = reading.terms
    assert (term.kind, term.first_day, term.last_day) == (
        "spring_1", date(2027, 1, 4), date(2027, 2, 12),
    )  # fmt: skip
    assert [c.day for c in reading.closures] == [date(2027, 1, 4)]
    assert reading.problems == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Term,Whole year,01/09/2026,20/07/2027", "longer than a term"),
        ("Closed,Flood,01/09/2026,30/09/2026", "two weeks at most"),
        ("INSET,Training,,", "first day is missing"),
        ("Term,Autumn term,01/09/2026,", "not clear what this is"),
        ("INSET,Training,2026-13-45,", "is not a date"),
    ],
)
def test_row_that_cannot_be_taken_says_why(row: str, reason: str) -> None:
    reading = read_calendar(f"What,Name,First day,Last day\n,,,\n{row}\n".encode(), "c.csv")
    assert (reading.terms, reading.closures) == ([], [])
    (problem,) = reading.problems
    assert problem.row == 3
    assert reason in problem.reason


def test_icalendar_event_without_a_day_is_a_problem_and_timed_ones_count_whole_days() -> None:
    text = (
        ICS.replace("DTSTART;VALUE=DATE:20270104\r\nDTEND", "X-START:1\r\nDTEND")
        .replace("SUMMARY:Year 6 swimming", "SUMMARY:School closed for polling")
    )  # fmt: skip
    reading = read_calendar(text.encode(), "school.ics")
    assert "has no first day" in reading.problems[0].reason
    assert [(c.kind, c.day) for c in reading.closures] == [
        ("inset", date(2027, 1, 4)),
        ("closed", date(2027, 1, 10)),
    ]


def test_icalendar_of_a_lifetime_is_refused() -> None:
    event = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nDTSTART;VALUE=DATE:20270104\r\nEND:VEVENT\r\n"
    text = f"BEGIN:VCALENDAR\r\n{event * 2001}END:VCALENDAR\r\n"
    with pytest.raises(CalendarUnreadable, match="more than 2000 events"):
        read_calendar(text.encode(), "school.ics")


def test_overlapping_terms_and_repeated_days_are_problems() -> None:
    text = (
        "What,Name,First day,Last day\nTerm,Autumn A,01/09/2026,20/10/2026\n"
        "Term,Autumn B,19/10/2026,18/12/2026\nINSET,One,01/09/2026,\nINSET,Two,01/09/2026,\n"
    )
    reading = read_calendar(text.encode(), "c.csv")
    assert [t.name for t in reading.terms] == ["Autumn A"]
    assert [p.row for p in reading.problems] == [3, 5]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "c.csv", "is empty"),
        (b"a,b\n1,2\n", "c.csv", "needs the columns"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "c.ics", "names no term|not a whole"),
        (b"\x00\x01\x02binary", "c.bin", "."),
        (ICS.replace("Spring Term 1", "Fair").replace("INSET", "Fun").encode(), "c.ics", "no term"),
    ],
)
def test_file_without_a_calendar_is_refused_with_a_sentence(
    content: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(CalendarUnreadable, match=sentence):
        read_calendar(content, name)


def test_bank_holidays_are_those_gov_uk_lists() -> None:
    if not GOV_UK.exists():
        pytest.skip("the list of GOV.UK is not on this machine")
    divisions = json.loads(GOV_UK.read_text(encoding="utf-8"))["divisions"]
    (years,) = (days for name, days in divisions.items() if "england" in name)
    for year in range(2023, 2029):
        if str(year) not in years:
            continue
        theirs = {datetime.strptime(e["date"], "%d/%m/%Y").date() for e in years[str(year)]}  # noqa: DTZ007
        ours = {holiday.day for holiday in bank_holidays(year)}
        assert ours <= theirs, year
        assert len(theirs - ours) <= 1, year  # a proclaimed one, such as 8 May 2023


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, {date(2026, 12, 25), date(2026, 12, 28)}),
        (2027, {date(2027, 12, 27), date(2027, 12, 28)}),
        (2022, {date(2022, 12, 26), date(2022, 12, 27)}),
        (2025, {date(2025, 12, 25), date(2025, 12, 26)}),
    ],
)
def test_christmas_moves_off_a_weekend(year: int, days: set[date]) -> None:
    assert {holiday.day for holiday in bank_holidays(year) if holiday.day.month == 12} == days


@pytest.mark.django_db
def test_calendar_file_is_seen_first_then_brought_in_once(world: World) -> None:
    reading = read_calendar(CSV.encode(), "calendar.csv")
    senco = world[Role.SENCO]
    with scope_for(senco):
        seen = preview_calendar(world.school, reading)
        assert (len(seen.new), len(seen.changed), seen.unchanged) == (6, 0, 0)
        assert SchoolTerm.objects.count() == 0
        apply_calendar(school=world.school, reading=reading, by=senco)
        again = apply_calendar(school=world.school, reading=reading, by=senco)
    assert (len(again.new), len(again.changed), again.unchanged) == (0, 0, 6)
    assert SchoolTerm.objects.count() == 2
    assert SchoolClosure.objects.count() == 4


@pytest.mark.django_db
def test_calendar_file_with_other_dates_changes_the_term(world: World) -> None:
    senco = world[Role.SENCO]
    text = "What,Name,First day,Last day\nTerm,Autumn 1,28/08/2026,16/10/2026\n"
    with scope_for(senco):
        apply_calendar(school=world.school, reading=read_calendar(CSV.encode(), "a.csv"), by=senco)
        change = apply_calendar(
            school=world.school, reading=read_calendar(text.encode(), "b.csv"), by=senco
        )
    assert len(change.changed) == 1
    assert SchoolTerm.objects.get(name="Autumn 1").first_day == date(2026, 8, 28)


@pytest.mark.django_db
def test_term_over_two_others_is_a_problem_and_changes_nothing(world: World) -> None:
    senco = world[Role.SENCO]
    text = "What,Name,First day,Last day\nTerm,Autumn,28/08/2026,16/12/2026\n"
    with scope_for(senco):
        apply_calendar(school=world.school, reading=read_calendar(CSV.encode(), "a.csv"), by=senco)
        change = apply_calendar(
            school=world.school, reading=read_calendar(text.encode(), "b.csv"), by=senco
        )
    assert "covers Autumn 1 and" in change.problems[0].reason
    assert SchoolTerm.objects.count() == 2


@pytest.mark.django_db
def test_terms_by_hand_do_not_overlap_or_run_backwards(world: World) -> None:
    senco = world[Role.SENCO]
    day = {"kind": TermKind.AUTUMN_1, "by": senco, "school": world.school}
    with scope_for(senco):
        term = save_term(
            name="Autumn", first_day=date(2026, 9, 1), last_day=date(2026, 10, 20), **day
        )
        with pytest.raises(Refused, match="overlap Autumn"):
            save_term(name="X", first_day=date(2026, 10, 1), last_day=date(2026, 11, 20), **day)
        with pytest.raises(Refused, match="before the first"):
            save_term(name="X", first_day=date(2026, 12, 1), last_day=date(2026, 11, 20), **day)
        with pytest.raises(Refused, match="longer than a term"):
            save_term(name="X", first_day=date(2027, 1, 1), last_day=date(2027, 12, 20), **day)
        save_term(
            name="Autumn 1", first_day=date(2026, 9, 2), last_day=date(2026, 10, 20), term=term,
            **day,
        )  # fmt: skip
        assert SchoolTerm.objects.get().first_day == date(2026, 9, 2)
        remove_term(term=term, by=senco)
    assert not SchoolTerm.objects.exists()


@pytest.mark.django_db
def test_bank_holidays_are_marked_within_terms(world: World) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco):
        with pytest.raises(Refused, match="Add the terms first"):
            add_bank_holidays(school=world.school, by=senco)
        save_term(
            school=world.school, name="Summer 1", kind=TermKind.SUMMER_1,
            first_day=date(2027, 4, 12), last_day=date(2027, 5, 28), by=senco,
        )  # fmt: skip
        assert add_bank_holidays(school=world.school, by=senco) == 1
        assert add_bank_holidays(school=world.school, by=senco) == 0
    assert SchoolClosure.objects.get().day == date(2027, 5, 3)


@pytest.mark.django_db
def test_closure_takes_a_new_kind_and_can_be_removed(world: World) -> None:
    senco = world[Role.SENCO]
    day = date(2026, 11, 27)
    with scope_for(senco):
        save_closure(school=world.school, day=day, kind=ClosureKind.INSET, name="", by=senco)
        closure = save_closure(
            school=world.school, day=day, kind=ClosureKind.CLOSED, name="Snow", by=senco
        )
        assert SchoolClosure.objects.get().kind == ClosureKind.CLOSED
        remove_closure(closure=closure, by=senco)
    assert not SchoolClosure.objects.exists()


@pytest.mark.django_db
def test_teacher_cannot_change_the_calendar(world: World) -> None:
    teacher = world[Role.TEACHER]
    with scope_for(teacher), pytest.raises(Refused, match="school’s calendar"):
        save_closure(
            school=world.school, day=date(2026, 11, 27), kind=ClosureKind.INSET, name="", by=teacher
        )
