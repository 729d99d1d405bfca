"""A common transfer file: invented leavers of the lone school, sent to the secondary."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from .roster import Pupil
from .trust import School


def ctf_xml(pupils: Sequence[Pupil], source: School, target: School) -> bytes:
    """CTF 25.0 with SEN history and ranked needs for each pupil."""
    header = (
        "<Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>"
        "<DateTime>2026-11-20T08:30:00</DateTime><DocumentQualifier>partial</DocumentQualifier>"
        "<DataDescriptor>Invented pupils</DataDescriptor><SupplierID>Invented</SupplierID>"
        f"<SourceSchool><LEA>{source.la_code}</LEA><Estab>{source.establishment}</Estab>"
        f"<SchoolName>{escape(source.title)}</SchoolName><AcademicYear>2026</AcademicYear>"
        f"</SourceSchool><DestSchool><LEA>{target.la_code}</LEA>"
        f"<Estab>{target.establishment}</Estab></DestSchool></Header>"
    )
    body = "\n".join(_pupil(pupil) for pupil in pupils)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<CTfile>\n{header}\n<CTFpupilData>\n{body}\n</CTFpupilData>\n</CTfile>\n"
    )
    return text.encode("utf-8")


def _pupil(pupil: Pupil) -> str:
    since = f"{pupil.since:%Y-%m-%d}" if pupil.since else ""
    year = "R" if pupil.year == 0 else str(pupil.year)
    needs = "".join(
        f"<SENneed><NeedStartDate>{since}</NeedStartDate><SENtypeRank>{rank}</SENtypeRank>"
        f"<SENtype>{need}</SENtype></SENneed>"
        for rank, need in enumerate(pupil.needs, start=1)
    )
    history = (
        f"<SENhistory><SEN><StartDate>{since}</StartDate>"
        f"<SENprovision>{pupil.status}</SENprovision></SEN></SENhistory>"
        f"<SENneeds>{needs}</SENneeds>"
    )
    return (
        f"<Pupil><UPN>{pupil.upn}</UPN><Surname>{escape(pupil.surname)}</Surname>"
        f"<Forename>{escape(pupil.forename)}</Forename><DOB>{pupil.born:%Y-%m-%d}</DOB>"
        f"<Sex>{pupil.sex}</Sex><BasicDetails><NCyearActual>{year}</NCyearActual>"
        f"</BasicDetails>{history if pupil.needs else ''}</Pupil>"
    )
