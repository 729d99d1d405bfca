"""Bank holidays of England and Wales by rule. Pure.

Source: Banking and Financial Dealings Act 1971 and the yearly proclamations, as GOV.UK lists
them. A one-off holiday (a coronation) or a moved one is not foreseen: add it by hand.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from dateutil.easter import easter

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


class BankHoliday(NamedTuple):
    day: date
    name: str


def bank_holidays(year: int) -> list[BankHoliday]:
    """The eight bank holidays of a calendar year, in order."""
    good_friday = easter(year) - timedelta(days=2)
    found = [
        _moved(date(year, 1, 1), "New Year’s Day"),
        BankHoliday(good_friday, "Good Friday"),
        BankHoliday(good_friday + timedelta(days=3), "Easter Monday"),
        BankHoliday(_monday_from(date(year, 5, 1)), "Early May bank holiday"),
        BankHoliday(_monday_from(date(year, 5, 25)), "Spring bank holiday"),
        BankHoliday(_monday_from(date(year, 8, 25)), "Summer bank holiday"),
        *_christmas(year),
    ]
    return sorted(found)


def bank_holidays_between(first: date, last: date) -> list[BankHoliday]:
    """Those within two days, both included."""
    years = range(first.year, last.year + 1)
    return [day for year in years for day in bank_holidays(year) if first <= day.day <= last]


def _monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def _moved(day: date, name: str) -> BankHoliday:
    """On a weekend the next Monday stands in."""
    if day.weekday() in {SATURDAY, SUNDAY}:
        return BankHoliday(_monday_from(day), f"{name} (substitute day)")
    return BankHoliday(day, name)


def _christmas(year: int) -> list[BankHoliday]:
    """Two days in a row: when either falls on a weekend, the days after the weekend stand in."""
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    if christmas.weekday() == SUNDAY:
        return [
            BankHoliday(boxing, "Boxing Day"),
            BankHoliday(date(year, 12, 27), "Christmas Day (substitute day)"),
        ]
    if christmas.weekday() == SATURDAY:
        return [
            BankHoliday(date(year, 12, 27), "Christmas Day (substitute day)"),
            BankHoliday(date(year, 12, 28), "Boxing Day (substitute day)"),
        ]
    if boxing.weekday() == SATURDAY:
        return [
            BankHoliday(christmas, "Christmas Day"),
            BankHoliday(date(year, 12, 28), "Boxing Day (substitute day)"),
        ]
    return [BankHoliday(christmas, "Christmas Day"), BankHoliday(boxing, "Boxing Day")]
