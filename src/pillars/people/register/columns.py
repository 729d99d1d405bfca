"""The columns of a register, and how headings are recognised as them.

A column is an object: it knows the headings schools use for it and how to clean a cell. To read
one more column, add it to COLUMNS; nothing else has to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date

from rapidfuzz.distance import OSA

from pillars.people.register.codes import (
    Code,
    letters_of,
    read_flag,
    read_provision,
    read_rank,
    read_sex,
    read_year,
)
from pillars.people.register.dates import read_date
from pillars.people.register.upn import check_upn

YOUNGEST, OLDEST = 1, 26
MOST_NEEDS = 6
LONGEST_NAME = 100
NO_UPN = frozenset({"na", "none", "unknown", "tbc", "notknown"})
NOT_IN_NAMES = frozenset("<>{}\x00")


@dataclass(frozen=True, slots=True)
class Setting:
    """What cleaning a cell may depend on: the day, and how the file writes its dates."""

    today: date
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register. `clean` turns the text of a cell into a Code.

    `kind` groups columns that are put together afterwards: person, status, flag or need.
    """

    field: str
    title: str
    clean: Callable[[str, Setting], Code]
    aliases: tuple[str, ...] = ()
    kind: str = "person"
    is_date: bool = False
    words: frozenset[str] = attribute(init=False)

    def __post_init__(self) -> None:
        names = (self.field, self.title, *self.aliases)
        object.__setattr__(self, "words", frozenset(letters_of(name) for name in names))


def clean_upn(text: str, _: Setting) -> Code:
    if not text or (len(text) < 9 and letters_of(text) in NO_UPN):
        return Code()
    upn = check_upn(text)
    if isinstance(upn, str):
        return Code(problem=upn)
    if not upn.known_authority:
        return Code(
            upn.value,
            warning=f"No local authority with the number {upn.value[1:4]} is known. "
            "The UPN was kept; check it in your MIS.",
        )
    if upn.temporary:
        return Code(upn.value, warning="This UPN is temporary. Ask for the permanent one.")
    return Code(upn.value)


def clean_name(text: str, _: Setting) -> Code:
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        return Code(problem=f"A name has {len(name)} letters; the most is {LONGEST_NAME}.")
    if not NOT_IN_NAMES.isdisjoint(name):
        return Code(problem="A name has marks in it that no name has. Check it in your MIS.")
    return Code(name)


def clean_class(text: str, _: Setting) -> Code:
    return Code(" ".join(text.split())[:50])


def clean_birth(text: str, setting: Setting) -> Code:
    if not text:
        return Code()
    born = read_date(text, today=setting.today, month_first=setting.month_first)
    if born is None:
        return Code(
            problem=f"The date of birth “{text[:30]}” is not a date. Write it as 03/09/2014."
        )
    if born > setting.today:
        return Code(
            problem=f"The date of birth {spoken(born)} is in the future. Check it in your MIS."
        )
    age = (
        setting.today.year
        - born.year
        - ((setting.today.month, setting.today.day) < (born.month, born.day))
    )
    if not YOUNGEST <= age <= OLDEST:
        return Code(
            problem=f"The date of birth {spoken(born)} makes the pupil {age}. Check it in your MIS."
        )
    return Code(born.isoformat())


def clean_day(text: str, setting: Setting) -> Code:
    if not text:
        return Code()
    day = read_date(text, today=setting.today, month_first=setting.month_first)
    if day is None or not 1980 <= day.year <= setting.today.year + 5:
        return Code(warning=f"The start date “{text[:30]}” is not a date, so it was left out.")
    if day > setting.today:
        return Code(warning=f"The start date {spoken(day)} is in the future, so it was left out.")
    return Code(day.isoformat())


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def plainly(read: Callable[[str], Code]) -> Callable[[str, Setting], Code]:
    return lambda text, _: read(text)


def keep(text: str, _: Setting) -> Code:
    return Code(text)


def need_columns() -> Iterable[Column]:
    ordinals = {
        1: ("Primary", "Main", "First"),
        2: ("Secondary", "Second"),
        3: ("Tertiary", "Third"),
    }
    for place in range(1, MOST_NEEDS + 1):
        spoken_first = [
            f"{ordinal} {noun}"
            for ordinal in ordinals.get(place, ())
            for noun in ("need", "SEN need", "SEN type", "need type", "SEN need type", "SEND need",
                         "type of need", "area of need")
        ]  # fmt: skip
        numbered = [
            f"{noun} {place}"
            for noun in ("need", "SEN need", "SEN type", "need type", "SEND need", "type of need")
        ]
        alone = ["SEN type", "SEN need type", "need type", "SEN needs", "SEND need",
                 "type of need", "need", "needs", "SEND need type", "SEN need code",
                 "SEN type code", "SEN type description", "SEN need description"]  # fmt: skip
        yield Column(
            f"need_{place}" if place > 1 else "need",
            f"SEN need {place}" if place > 1 else "SEN need",
            keep,
            (*(alone if place == 1 else ()), *spoken_first, *numbered),
            kind="need",
        )


COLUMNS: dict[str, Column] = {
    column.field: column
    for column in (
        Column("upn", "UPN", clean_upn, ("Unique pupil number", "Pupil UPN", "UPN number",
               "Student UPN")),
        Column("surname", "Surname", clean_name, ("Legal surname", "Last name", "Pupil surname",
               "Family name", "Legal last name", "Student surname", "Student last name",
               "Pupil last name", "Preferred surname", "Preferred last name")),
        Column("forename", "Forename", clean_name, ("Legal forename", "First name", "Given name",
               "Pupil forename", "Legal first name", "Student forename", "Student first name",
               "Pupil first name", "Forename(s)")),
        Column("known_as", "Known as", clean_name, ("Preferred forename", "Preferred first name",
               "Preferred name", "Chosen name", "Chosen forename", "Known as name")),
        Column("name", "Name (Surname, Forename)", clean_name, ("Student name", "Pupil name",
               "Name", "Full name", "Pupil", "Student", "Legal name", "Child name",
               "Learner name")),
        Column("date_of_birth", "Date of birth", clean_birth, ("DOB", "D.O.B.", "Birth date",
               "Date of Birth (DD/MM/YYYY)", "Born", "Birthday", "Pupil DOB"), is_date=True),
        Column("year_group", "Year group", plainly(read_year), ("Year", "NC Year", "Yr",
               "NC year group", "National curriculum year", "Current NC year", "Year taught in",
               "education_details.current_nc_year", "Year grp", "NCyearActual", "Curriculum year",
               "Actual NC year", "Current year group")),
        Column("class_group", "Class", clean_class, ("Reg", "Reg group", "Form", "Form group",
               "Tutor group", "Registration group", "Registration form", "Class name", "Tutor",
               "Class group", "Registration", "Current registration form", "Tutor group name")),
        Column("sex", "Sex", plainly(read_sex), ("Gender", "Legal sex", "Pupil gender")),
        Column("sen_status", "SEN status", plainly(read_provision), ("SEN provision", "SEN code",
               "SEN", "SEND", "SEN status code", "SEND status", "SEN stage", "SEN provision code",
               "Current SEN status", "SEND provision", "SEN status description",
               "extended_details.sen_status", "SEN provision status"), kind="status"),
        Column("sen_start", "SEN start date", clean_day, ("SEN status start date",
               "SEN provision start date", "SEN from", "SEN since", "SEN status start",
               "SEN start", "SEN status date", "Date placed on SEN register", "SEN date"),
               kind="status", is_date=True),
        *need_columns(),
        Column("need_rank", "Need rank", plainly(read_rank), ("Rank", "SEN need rank",
               "SEN type rank", "Need ranking", "Ranking", "Priority", "SEN rank"), kind="need"),
        Column("need_start", "Need start date", clean_day, ("SEN need start date",
               "Need start", "SEN type start date", "Need from"), kind="need", is_date=True),
        Column("pupil_premium", "Pupil premium", plainly(read_flag), ("PP",
               "Premium pupil indicator",
               "Pupil premium indicator", "Pupil premium eligible", "Pupil premium eligibility",
               "PPI", "PP eligible", "extended_details.premium_pupil_indicator",
               "Disadvantaged", "In receipt of pupil premium", "Pupil premium status"),
               kind="flag"),
        Column("eal", "English as an additional language", plainly(read_flag), ("EAL",
               "English additional language", "EAL status", "Has EAL", "EAL pupil",
               "extended_details.english_as_additional_language"), kind="flag"),
        Column("free_school_meals", "Free school meals", plainly(read_flag), ("FSM",
               "FSM eligible", "FSM eligibility", "Eligible for free school meals",
               "Free meals", "Current FSM", "Eligible for FSM", "Free school meal",
               "extended_details.free_school_meals"), kind="flag"),
        Column("free_school_meals_ever6", "Free school meals in the last six years",
               plainly(read_flag), ("FSM6", "FSM Ever 6", "Ever 6 FSM", "Ever 6", "EverFSM6",
               "Ever 6 free school meals", "extended_details.free_school_meals_6"), kind="flag"),
        Column("looked_after", "Looked after", plainly(read_flag), ("In care", "LAC", "CLA",
               "Looked after child", "In LEA care", "Child looked after", "In LA care",
               "Children looked after", "extended_details.in_lea_care", "Currently in care",
               "In local authority care"), kind="flag"),
        Column("young_carer", "Young carer", plainly(read_flag), ("Young carer indicator",
               "Is young carer"), kind="flag"),
        Column("service_child", "Service child", plainly(read_flag), ("Service children",
               "Service child indicator", "Service children in education", "Service pupil",
               "extended_details.service_children_indicator", "Service family"), kind="flag"),
    )
}  # fmt: skip
FLAGS = tuple(column.field for column in COLUMNS.values() if column.kind == "flag")
NEEDS = tuple(f for f in COLUMNS if f == "need" or re.fullmatch(r"need_\d", f))
ALIASES = {word: column.field for column in COLUMNS.values() for word in column.words}

IGNORED = ""


def recognise_heading(heading: str) -> str:
    """The field a heading names, or "" if none: by alias first, then by near spelling."""
    word = letters_of(re.sub(r"\(\d+\)$", "", heading.strip()))
    if word in ALIASES:
        return ALIASES[word]
    # A slip of the keyboard is forgiven, two in a long heading, if only one field can be meant.
    slips = 0 if len(word) < 6 else 1 if len(word) < 12 else 2
    near = {
        name
        for alias, name in ALIASES.items()
        if slips
        and len(alias) >= 6
        and OSA.distance(word, alias, score_cutoff=slips) <= slips
        and not differs_in_a_number(word, alias)
    }
    return near.pop() if len(near) == 1 else IGNORED


def differs_in_a_number(one: str, other: str) -> bool:
    return re.sub(r"\D", "", one) != re.sub(r"\D", "", other)


def count_recognised(cells: Sequence[str]) -> int:
    """How many different fields a line of headings names; tells headings from titles."""
    return len({recognise_heading(cell) for cell in cells if 0 < len(cell) <= 60} - {IGNORED})


def resolve_headings(
    headings: Sequence[str], mapping: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Which field each heading stands for ("" for none), first heading first.

    `mapping` is what a person decided, heading by heading; it is kept as it is. A second column
    of needs becomes the second need. A preferred forename serves as the forename when the file
    has no other.
    """
    chosen = {
        h: f for h, f in (mapping or {}).items() if h in headings and f in (*COLUMNS, IGNORED)
    }
    taken = set(chosen.values()) - {IGNORED}
    resolved: dict[str, str] = {}
    for heading in headings:
        if heading in chosen:
            resolved[heading] = chosen[heading]
            continue
        name = recognise_heading(heading)
        if name in taken:
            name = next((n for n in NEEDS if n not in taken), IGNORED) if name in NEEDS else IGNORED
        if name:
            taken.add(name)
        resolved[heading] = name
    if "known_as" in taken and not taken & {"forename", "name"}:
        heading = next(h for h, f in resolved.items() if f == "known_as")
        if heading not in chosen:
            resolved[heading] = "forename"
    return resolved
