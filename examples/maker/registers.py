"""The registers as four vendors' exports would write them, dirt and all.

Every spoilt row is written down with the number the spreadsheet shows, so that a test can ask
an importer whether it saw what was done.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter

from .roster import Pupil
from .upn import make_temporary_upn, spoil_upn

NEED_TITLES = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "Other difficulty/disability",
    "NSA": "SEN support but no specialist assessment of type of need",
}

Row = dict[str, Any]


@dataclass
class Export:
    """One file: its bytes, and what was spoilt on which row as the spreadsheet shows it."""

    name: str
    content: bytes
    school: str
    pupils: int
    spoilt: list[dict[str, Any]]
    lost: frozenset[str]  # true UPNs of the pupils whose row is spoilt


@dataclass
class _Sheet:
    """Rows being spoilt. `marks` remembers which row object carries which dirt."""

    rows: list[Row]
    marks: dict[int, tuple[str, str]] = field(default_factory=dict)

    def spoil(self, row: Row, kind: str, note: str) -> None:
        self.marks[id(row)] = (kind, note)

    def numbered(self, first: int, order: Sequence[Row | None]) -> list[dict[str, Any]]:
        """What was spoilt, with row numbers, when the first data row is row `first`."""
        found = []
        for number, row in enumerate(order, start=first):
            if row is not None and id(row) in self.marks:
                kind, note = self.marks[id(row)]
                found.append({"row": number, "kind": kind, "note": note})
        return found

    def lost(self) -> frozenset[str]:
        """The true UPNs of every pupil with a spoilt row."""
        return frozenset(row["_pupil"].upn for row in self.rows if id(row) in self.marks)


def _spoil_identity(sheet: _Sheet, rng: random.Random, upn: str, born: str) -> None:
    """The slips every vendor's file has: each on a row that has no other."""
    plain = [row for row in sheet.rows if row["_pupil"].status == "N"]
    wrong, temporary, future, twin, missing = rng.sample(plain, 5)
    wrong[upn] = spoil_upn(wrong[upn])
    sheet.spoil(wrong, "wrong_check_letter", "the UPN's first letter does not fit the rest")
    pupil = temporary["_pupil"]
    temporary[upn] = make_temporary_upn(int(pupil.upn[1:4]), int(pupil.upn[4:8]), 2026, 41)
    sheet.spoil(temporary, "temporary_upn", "a temporary UPN, which ends in a letter")
    future[born] = _shift_century(future[born])
    sheet.spoil(future, "born_in_future", "the date of birth has not happened yet")
    again = dict(twin)
    sheet.rows.insert(sheet.rows.index(twin) + 3, again)
    sheet.spoil(again, "duplicate", "the same pupil stands a few rows above")
    missing[upn] = ""
    sheet.spoil(missing, "no_upn", "the UPN is blank")


def _shift_century(value: Any) -> Any:
    if isinstance(value, date):
        return value.replace(year=value.year + 20, day=min(value.day, 28))
    return value[:-4] + str(int(value[-4:]) + 20)


def _spoil_need(sheet: _Sheet, rng: random.Random, need: str, others: Sequence[str] = ()) -> None:
    on_register = [row for row in sheet.rows if row["_pupil"].status == "K"]
    free = [row for row in on_register if id(row) not in sheet.marks]
    row = rng.choice(free)
    row[need] = ""
    for other in others:
        row[other] = ""
    sheet.spoil(row, "status_without_need", "SEN support, and no need given")


def _flag(pupil: Pupil, name: str, yes: str, no: str) -> str:
    return yes if name in pupil.flags else no


def _day(value: date | None, style: str) -> str:
    return value.strftime(style) if value else ""


def _need(pupil: Pupil, rank: int) -> str:
    return pupil.needs[rank - 1] if len(pupil.needs) >= rank else ""


def _csv(headings: Sequence[str], rows: Sequence[Row | None], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow(["" for _ in headings] if row is None else [row[h] for h in headings])
    return out.getvalue()


def sims_csv(name: str, pupils: Sequence[Pupil], rng: random.Random) -> Export:
    """SIMS style: one row per pupil, 31/12/2026 dates, old SEN codes on a few, UTF-8 with BOM."""
    headings = (
        "UPN", "Legal Surname", "Legal Forename", "DOB", "Year", "Reg Group", "Gender",
        "SEN Status", "SEN Need", "Secondary need", "SEN start date", "Pupil Premium", "EAL",
        "FSM", "In care",
    )  # fmt: skip
    sheet = _Sheet([])
    for pupil in pupils:
        sheet.rows.append({
            "_pupil": pupil, "UPN": pupil.upn, "Legal Surname": pupil.surname,
            "Legal Forename": pupil.forename, "DOB": _day(pupil.born, "%d/%m/%Y"),
            "Year": pupil.year_name, "Reg Group": pupil.form, "Gender": pupil.sex,
            "SEN Status": pupil.status, "SEN Need": _need(pupil, 1),
            "Secondary need": _need(pupil, 2), "SEN start date": _day(pupil.since, "%d/%m/%Y"),
            "Pupil Premium": _flag(pupil, "pp", "T", "F"), "EAL": _flag(pupil, "eal", "T", "F"),
            "FSM": _flag(pupil, "fsm", "T", "F"), "In care": _flag(pupil, "lac", "T", "F"),
        })  # fmt: skip
    _spoil_identity(sheet, rng, "UPN", "DOB")
    _spoil_need(sheet, rng, "SEN Need", ["Secondary need"])
    _old_codes(sheet, rng, "SEN Status")
    for row in rng.sample(sheet.rows, 12):
        row["Legal Surname"] += "  "
        row["Legal Forename"] = f" {row['Legal Forename']}"
    content = _csv(headings, sheet.rows, ",").encode("utf-8-sig")
    spoilt = sheet.numbered(2, sheet.rows)
    return Export(name, content, pupils[0].school, len(pupils), spoilt, sheet.lost())


def _old_codes(sheet: _Sheet, rng: random.Random, status: str) -> None:
    """A few rows nobody has touched since 2014: school action, plus, and statement."""
    for code, meaning in (("A", "K"), ("P", "K"), ("S", "E"), ("P", "K")):
        rows = [
            row
            for row in sheet.rows
            if row["_pupil"].status == meaning and id(row) not in sheet.marks
        ]
        row = rng.choice(rows)
        row[status] = code
        sheet.spoil(row, "old_code", f"the old code {code}, which is {meaning} now")


def arbor_xlsx(name: str, title: str, pupils: Sequence[Pupil], rng: random.Random) -> Export:
    """Arbor style: title rows, words for codes, real dates, gaps between years, a totals row."""
    headings = (
        "Last name", "First name", "UPN", "Date of birth", "Year group", "Form", "Sex",
        "SEN status", "Primary need", "Secondary need", "SEN start date", "Premium Pupil Indicator",
        "EAL", "FSM", "LAC",
    )  # fmt: skip
    words = {"N": "No SEN", "K": "SEN Support", "E": "EHCP"}
    sheet = _Sheet([])
    for pupil in pupils:
        sheet.rows.append({
            "_pupil": pupil, "Last name": pupil.surname, "First name": pupil.forename,
            "UPN": pupil.upn, "Date of birth": pupil.born, "Year group": pupil.year_name,
            "Form": pupil.form, "Sex": {"M": "Male", "F": "Female"}[pupil.sex],
            "SEN status": words[pupil.status],
            "Primary need": NEED_TITLES.get(_need(pupil, 1), ""),
            "Secondary need": NEED_TITLES.get(_need(pupil, 2), ""), "SEN start date": pupil.since,
            "Premium Pupil Indicator": _flag(pupil, "pp", "Yes", "No"),
            "EAL": _flag(pupil, "eal", "Yes", "No"), "FSM": _flag(pupil, "fsm", "Yes", "No"),
            "LAC": _flag(pupil, "lac", "Yes", "No"),
        })  # fmt: skip
    _spoil_identity(sheet, rng, "UPN", "Date of birth")
    _spoil_need(sheet, rng, "Primary need", ["Secondary need"])
    for row in rng.sample([row for row in sheet.rows if id(row) not in sheet.marks], 9):
        row["Date of birth"] = _day(row["Date of birth"], "%d %B %Y")
    order = _with_gaps(sheet.rows)
    content = _workbook(title, headings, order)
    spoilt = sheet.numbered(5, order)
    return Export(name, content, pupils[0].school, len(pupils), spoilt, sheet.lost())


def _with_gaps(rows: Sequence[Row]) -> list[Row | None]:
    order: list[Row | None] = []
    for row in rows:
        last = order[-1] if order else None
        if last is not None and last["_pupil"].year != row["_pupil"].year:
            order.append(None)
        order.append(row)
    return order


def _workbook(title: str, headings: Sequence[str], order: Sequence[Row | None]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": datetime(2026, 11, 20, 8, 30)})  # noqa: DTZ001
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet("Students")
    page.merge_range(0, 0, 0, 6, title, bold)
    page.write(1, 0, "Exported 20 Nov 2026 08:30. Invented pupils.")
    page.write_row(3, 0, headings, bold)
    for number, row in enumerate(order, start=4):
        if row is None:
            page.merge_range(number, 0, number, len(headings) - 1, "")
            continue
        for column, heading in enumerate(headings):
            value = row[heading]
            if isinstance(value, date):
                moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001
                page.write_datetime(number, column, moment, day)
            elif value:
                page.write_string(number, column, value)
    last = 4 + len(order)
    page.write_string(last, 0, "Total", bold)
    count = sum(row is not None for row in order)
    page.write_formula(last, 2, f"=COUNTA(C5:C{last})", bold, count)
    book.close()
    return buffer.getvalue()


def bromcom_csv(name: str, pupils: Sequence[Pupil], rng: random.Random) -> Export:
    """Bromcom style: "Surname, Forename" in one column and one row for each need."""
    headings = (
        "Student Name", "UPN", "Date of birth", "NC Year", "Tutor group", "Sex", "SEN Code",
        "Need type", "Rank", "SEN start date", "PP", "CLA",
    )  # fmt: skip
    sheet = _Sheet([])
    for pupil in pupils:
        for rank, need in enumerate(pupil.needs, start=1):
            sheet.rows.append({
                "_pupil": pupil, "Student Name": f"{pupil.surname}, {pupil.forename}",
                "UPN": pupil.upn, "Date of birth": _day(pupil.born, "%d-%b-%Y"),
                "NC Year": "R" if pupil.year == 0 else str(pupil.year),
                "Tutor group": pupil.form, "Sex": pupil.sex, "SEN Code": pupil.status,
                "Need type": need, "Rank": str(rank),
                "SEN start date": _day(pupil.since, "%d-%b-%Y"),
                "PP": _flag(pupil, "pp", "Y", "N"), "CLA": _flag(pupil, "lac", "Y", "N"),
            })  # fmt: skip
    _spoil_whole_pupils(sheet, rng)
    content = _csv(headings, sheet.rows, ",").encode("utf-8")
    spoilt = sheet.numbered(2, sheet.rows)
    return Export(name, content, pupils[0].school, len(pupils), spoilt, sheet.lost())


def _spoil_whole_pupils(sheet: _Sheet, rng: random.Random) -> None:
    """Dirt on pupils who have one row each, so that a row and a pupil are the same thing."""
    seen = [row["UPN"] for row in sheet.rows]
    single = [row for row in sheet.rows if seen.count(row["UPN"]) == 1]
    wrong, future, blank, words, lower = rng.sample(single, 5)
    wrong["UPN"] = spoil_upn(wrong["UPN"])
    sheet.spoil(wrong, "wrong_check_letter", "the UPN's first letter does not fit the rest")
    future["Date of birth"] = _shift_century(future["Date of birth"])
    sheet.spoil(future, "born_in_future", "the date of birth has not happened yet")
    blank["Need type"] = blank["Rank"] = ""
    sheet.spoil(blank, "status_without_need", "an EHC plan, and no need given")
    words["SEN Code"] = "S"
    sheet.spoil(words, "old_code", "the old code S, which is E now")
    lower["Student Name"] = lower["Student Name"].upper() + "  "
    doubled = [row for row in sheet.rows if seen.count(row["UPN"]) == 2 and row["Rank"] == "2"]
    again = dict(rng.choice(doubled))
    sheet.rows.append(again)
    sheet.spoil(again, "duplicate", "the same need of the same pupil stands above")


def scholarpack_csv(name: str, pupils: Sequence[Pupil], moved: Pupil, rng: random.Random) -> Export:
    """ScholarPack style: semicolons, cp1252, dates in three forms, a pupil who moved here."""
    headings = (
        "Pupil surname", "Preferred forename", "Date of birth", "Yr", "Class", "Gender", "SEN",
        "SEN Type", "Pupil Premium", "EAL", "FSM", "UPN", "Notes",
    )  # fmt: skip
    styles: tuple[Callable[[date], str], ...] = (
        lambda day: f"{day.day}.{day.month}.{day.year}",
        lambda day: f"{day.day}/{day.month}/{day.year}",
        lambda day: f"{day.day} {day:%b} {day.year}",
    )
    sheet = _Sheet([])
    for number, pupil in enumerate(pupils):
        sheet.rows.append({
            "_pupil": pupil, "Pupil surname": pupil.surname, "Preferred forename": pupil.forename,
            "Date of birth": styles[number % 17 % 3](pupil.born),
            "Yr": "R" if pupil.year == 0 else f"Yr {pupil.year}", "Class": pupil.form,
            "Gender": pupil.sex, "SEN": pupil.status if pupil.status != "N" else "",
            "SEN Type": _need(pupil, 1), "Pupil Premium": _flag(pupil, "pp", "1", "0"),
            "EAL": _flag(pupil, "eal", "1", "0"), "FSM": _flag(pupil, "fsm", "1", "0"),
            "UPN": pupil.upn, "Notes": "",
        })  # fmt: skip
    _spoil_identity(sheet, rng, "UPN", "Date of birth")
    _spoil_need(sheet, rng, "SEN Type")
    came = next(row for row in sheet.rows if row["_pupil"].year == moved.year
                and row["_pupil"].status == "N" and id(row) not in sheet.marks)  # fmt: skip
    came.update({
        "UPN": moved.upn, "Pupil surname": moved.surname, "Preferred forename": moved.forename,
        "Date of birth": styles[0](moved.born), "Gender": moved.sex, "SEN": moved.status,
        "SEN Type": _need(moved, 1), "Notes": "Joined 2 November;\nfile asked for",
    })  # fmt: skip
    sheet.spoil(came, "on_another_register", "the UPN is on another school's register too")
    order: list[Row | None] = [*sheet.rows, None]
    text = _csv(headings, order, ";") + f"Total pupils;{len(pupils)}\r\n"
    spoilt = sheet.numbered(2, order)
    return Export(name, text.encode("cp1252"), pupils[0].school, len(pupils), spoilt, sheet.lost())
