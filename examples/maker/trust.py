"""The invented trust: its schools, its staff, its calendar and the order it is loaded in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

TRUST = {
    "name": "Otterwater Learning Trust (invented)",
    "uid": "99901",
    "domain": "otterwater.example",
}
PASSWORD = "Otter-Under-The-Bridge-26"  # noqa: S105  # for invented people only


@dataclass(frozen=True)
class School:
    """One invented school: whole numbers as GIAS writes them, names marked in its address."""

    urn: str
    name: str
    la_code: str
    la_name: str
    establishment: int
    phase: str
    kind: str
    low_age: int
    high_age: int
    pupils: int
    trust: str
    street: str
    town: str
    postcode: str
    domain: str
    register: str

    @property
    def title(self) -> str:
        return f"{self.name} (invented)"

    @property
    def laestab(self) -> str:
        return f"{self.la_code}{self.establishment}"

    @property
    def in_trust(self) -> bool:
        return bool(self.trust)


PRIMARY = School(
    "999001", "Osier Brook Primary School", "855", "Leicestershire", 9991, "Primary",
    "Academy converter", 4, 11, 231, TRUST["uid"], "1 Invented Lane", "Osierby", "LE99 9AA",
    "osierbrook.example", "osier-brook-sims.csv",
)  # fmt: skip
SECONDARY = School(
    "999002", "Sedgeway Academy", "855", "Leicestershire", 9992, "Secondary",
    "Academy sponsor led", 11, 16, 700, TRUST["uid"], "2 Invented Lane", "Osierby", "LE99 9AB",
    "sedgeway.example", "sedgeway-arbor.xlsx",
)  # fmt: skip
SPECIAL = School(
    "999003", "Reedmace School", "856", "Leicester", 9993, "Not applicable",
    "Academy special converter", 4, 16, 90, TRUST["uid"], "3 Invented Lane", "Sedgeford Mills",
    "LE99 9AC",
    "reedmace.example", "reedmace-bromcom.csv",
)  # fmt: skip
LONE = School(
    "999004", "Tarnbeck Primary School", "830", "Derbyshire", 9994, "Primary",
    "Community school", 4, 11, 150, "", "4 Invented Lane", "Tarnbeck", "DE99 9AD",
    "tarnbeck.example", "tarnbeck-scholarpack.csv",
)  # fmt: skip
SCHOOLS = (PRIMARY, SECONDARY, SPECIAL, LONE)

# (forename, surname, title, role, job title); the first of each role is the sample sign-in.
_STAFF: dict[str, list[tuple[str, str, str, str, str]]] = {
    PRIMARY.urn: [
        ("Miriam", "Applegarth", "Mrs", "headteacher", "Headteacher"),
        ("Joanna", "Kettlewell", "Ms", "senco", "SENDCo"),
        ("Daniel", "Oakshott", "Mr", "teacher", "Year 4 teacher"),
        ("Sunita", "Mistry", "Mrs", "teacher", "Year 2 teacher"),
        ("Hugh", "Pargeter", "Mr", "teacher", "Year 6 teacher"),
        ("Lorna", "Fettle", "Miss", "teaching_assistant", "Teaching assistant, Year 4"),
        ("Grace", "Okoro", "Mrs", "teaching_assistant", "Teaching assistant, Key Stage 1"),
        ("Peter", "Ravenscroft", "Mr", "governor", "SEND link governor"),
    ],
    SECONDARY.urn: [
        ("Callum", "Harbottle", "Mr", "headteacher", "Principal"),
        ("Ngozi", "Ekwueme", "Mrs", "senco", "SENDCo"),
        ("Ruth", "Summerscale", "Dr", "teacher", "Head of science"),
        ("Imran", "Siddiqui", "Mr", "teacher", "Teacher of mathematics"),
        ("Eleri", "Trelawney", "Ms", "teacher", "Teacher of English"),
        ("Kasia", "Zielinska", "Ms", "teaching_assistant", "Higher level teaching assistant"),
        ("Dean", "Midgley", "Mr", "teaching_assistant", "Teaching assistant"),
        ("Hilary", "Stanhope-Wray", "Mrs", "governor", "SEND link governor"),
    ],
    SPECIAL.urn: [
        ("Bernadette", "Quigley", "Mrs", "headteacher", "Headteacher"),
        ("Tom", "Silverthorn", "Mr", "senco", "Assistant head, SENDCo"),
        ("Aoife", "Kilbride", "Miss", "teacher", "Teacher, Willow class"),
        ("Femi", "Adeyemi", "Mr", "teacher", "Teacher, Alder class"),
        ("Sheila", "Thackray", "Mrs", "teaching_assistant", "Teaching assistant, Willow class"),
        ("Owen", "Yardley", "Mr", "governor", "SEND link governor"),
    ],
    LONE.urn: [
        ("Alison", "Coldbeck", "Mrs", "headteacher", "Headteacher"),
        ("Fiona", "Leadbetter", "Mrs", "senco", "SENDCo and Year 1 teacher"),
        ("Matthew", "Rosewarne", "Mr", "teacher", "Year 5 teacher"),
        ("Beth", "Waddilove", "Miss", "teaching_assistant", "Teaching assistant"),
        ("Keith", "Underhay", "Mr", "governor", "SEND link governor"),
    ],
}
_TRUST_STAFF = [
    ("Helena", "Merriweather", "Dr", "trust_lead", "Trust director of inclusion", None),
    ("Victor", "Lindqvist", "Mr", "auditor", "Visiting SEND reviewer", "2027-03-26"),
]

_GIAS_HEADINGS = (
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    "TypeOfEstablishment (name)", "EstablishmentStatus (name)", "OpenDate", "CloseDate",
    "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "NumberOfPupils",
    "TrustSchoolFlag (name)", "Trusts (code)", "Trusts (name)", "Street", "Locality", "Town",
    "County (name)", "Postcode", "LastChangedDate",
)  # fmt: skip


def gias_csv() -> bytes:
    """The four schools as a GIAS extract writes them: cp1252, DD-MM-YYYY, blanks where none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_GIAS_HEADINGS)
    for school in SCHOOLS:
        flag = "Supported by a multi-academy trust" if school.in_trust else "Not applicable"
        writer.writerow(
            (school.urn, school.la_code, school.la_name, school.establishment, school.title,
             school.kind, "Open", "01-09-2014", "", school.phase, school.low_age, school.high_age,
             school.pupils, flag, TRUST["uid"] if school.in_trust else "",
             TRUST["name"] if school.in_trust else "", school.street, "", school.town, "",
             school.postcode, "01-09-2026")
        )  # fmt: skip
    return out.getvalue().encode("cp1252")


def _person(row: tuple[str, str, str, str, str], domain: str, school: str | None) -> dict[str, Any]:
    forename, surname, title, role, job = row
    return {
        "forename": forename,
        "surname": surname,
        "title": title,
        "email": f"{forename}.{surname}@{domain}".lower(),
        "role": role,
        "job_title": job,
        "school": school,
    }


def staff() -> list[dict[str, Any]]:
    """Everyone who can sign in. `school` is a URN, or None for a role across the trust."""
    people = []
    for *row, ends in _TRUST_STAFF:
        person = _person(tuple(row), TRUST["domain"], None)  # type: ignore[arg-type]
        people.append(person | {"ends_on": ends})
    for school in SCHOOLS:
        people += [
            _person(row, school.domain, school.urn) | {"ends_on": None}
            for row in _STAFF[school.urn]
        ]
    return people


def calendar() -> dict[str, Any]:
    """The school year 2026-27. INSET days differ between schools, as they do."""
    return {
        "year": "2026-27",
        "terms": [
            {"name": "Autumn 1", "start": "2026-08-27", "end": "2026-10-16"},
            {"name": "Autumn 2", "start": "2026-10-26", "end": "2026-12-18"},
            {"name": "Spring 1", "start": "2027-01-04", "end": "2027-02-12"},
            {"name": "Spring 2", "start": "2027-02-22", "end": "2027-03-25"},
            {"name": "Summer 1", "start": "2027-04-12", "end": "2027-05-28"},
            {"name": "Summer 2", "start": "2027-06-07", "end": "2027-07-15"},
        ],
        "inset": {
            PRIMARY.urn: ["2026-08-27", "2026-08-28", "2026-10-26", "2027-01-04", "2027-06-07"],
            SECONDARY.urn: ["2026-08-27", "2026-08-28", "2026-11-27", "2027-01-04", "2027-07-15"],
            SPECIAL.urn: ["2026-08-27", "2026-08-28", "2026-10-26", "2027-02-22", "2027-06-07"],
            LONE.urn: ["2026-08-27", "2026-10-26", "2027-01-04", "2027-04-12", "2027-07-15"],
        },
        "bank_holidays": [
            {"name": "Summer bank holiday", "date": "2026-08-31"},
            {"name": "Christmas Day", "date": "2026-12-25"},
            {"name": "Boxing Day (substitute day)", "date": "2026-12-28"},
            {"name": "New Year’s Day", "date": "2027-01-01"},
            {"name": "Good Friday", "date": "2027-03-26"},
            {"name": "Easter Monday", "date": "2027-03-29"},
            {"name": "Early May bank holiday", "date": "2027-05-03"},
            {"name": "Spring bank holiday", "date": "2027-05-31"},
        ],
    }


def trust_json() -> dict[str, Any]:
    """What `bin/demo` reads: who exists, and what to load in which order."""
    return {
        "note": "Everything here is invented: the trust, the schools, the staff and the pupils.",
        "trust": {"name": TRUST["name"], "uid": TRUST["uid"]},
        "schools": [
            {
                "urn": school.urn,
                "name": school.title,
                "phase": school.phase,
                "laestab": school.laestab,
                "in_trust": school.in_trust,
                "register": f"register/{school.register}",
            }
            for school in SCHOOLS
        ],
        "password": PASSWORD,
        "password_note": (
            "The same for every sample sign-in, and for samples only. "
            "Never load this file where real pupils are."
        ),
        "staff": staff(),
        "calendar": calendar(),
        "load": [
            {"step": "schools", "file": "gias.csv"},
            {"step": "trust", "uid": TRUST["uid"]},
            {"step": "staff"},
            {"step": "calendar"},
            *(
                {"step": "register", "school": school.urn, "file": f"register/{school.register}"}
                for school in SCHOOLS
            ),
            {"step": "passports", "folder": "passports", "truth": "passports/truth.json"},
        ],
    }
