"""Dates in any form that English schools write them, day before month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

NUMERIC = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})$")
ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
WORDS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ \-/.]+([a-z]+)[ \-/.,]+(\d{2}|\d{4})$")
MONTH_FIRST_WORDS = re.compile(r"^([a-z]+)[ \-]+(\d{1,2})(?:st|nd|rd|th)?[ ,\-]+(\d{4})$")
TIME = re.compile(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?$")
WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ")
SERIAL = re.compile(r"^\d{5}$")
MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# Day 0 of the count of days that spreadsheets keep, as they count it after February 1900.
SPREADSHEET_EPOCH = date(1899, 12, 30)


def read_date(text: str, *, today: date, month_first: bool = False) -> date | None:
    """The date a cell holds, or None if it is not one.

    "03/09/2014", "3-9-14", "2014-09-03", "3 Sept 2014", with or without a time, and the bare
    day count a spreadsheet leaves when the column was not formatted. Two-digit years are taken
    to lie in the hundred years up to ten years from `today`.
    """
    plain = WEEKDAY.sub("", TIME.sub("", text.strip().casefold())).strip()
    if match := NUMERIC.match(plain):
        first, second, year = match.groups()
        day, month = (second, first) if month_first else (first, second)
        return build(full_year(year, today), int(month), int(day))
    if match := ISO.match(plain):
        return build(*(int(part) for part in match.groups()))
    if match := WORDS.match(plain):
        day, name, year = match.groups()
        return build(full_year(year, today), MONTHS.get(name, 0), int(day))
    if match := MONTH_FIRST_WORDS.match(plain):
        name, day, year = match.groups()
        return build(int(year), MONTHS.get(name, 0), int(day))
    if SERIAL.match(plain):
        return SPREADSHEET_EPOCH + timedelta(days=int(plain))
    return None


def writes_month_first(texts: Iterable[str]) -> bool:
    """True if a column can only be read month before day (09/25/2014, and never 25/09/2014)."""
    month_second = False
    for text in texts:
        match = NUMERIC.match(TIME.sub("", text.strip().casefold()))
        if not match:
            continue
        if int(match[1]) > 12:
            return False
        month_second = month_second or int(match[2]) > 12
    return month_second


def full_year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year - 100 if year > today.year + 10 else year


def build(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
