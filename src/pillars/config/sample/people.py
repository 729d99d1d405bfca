"""The sample's schools, staff, calendars and registers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from pillars.config.sample.described import OPERATOR, described, example
from pillars.foundation.models import ClosureKind, SchoolClosure, SchoolTerm, TermKind
from pillars.foundation.permissions import Role
from pillars.people.organisations import services
from pillars.people.organisations.gias import read_gias
from pillars.people.organisations.models import Membership, Person, School, Trust
from pillars.people.register.models import RegisterImport
from pillars.people.register.services.imports import (
    apply_register_import,
    preview_register_import,
)

AUDIT_LASTS = timedelta(days=120)  # from the day of loading, whenever that is


def bring_in_schools() -> None:
    """The directory, from a file as GIAS writes it."""
    services.import_establishments(reading=read_gias(example("gias.csv")), by=None)


def begin() -> Trust:
    """The trust and its schools begin to work here; one school begins on its own."""
    known = described()
    trust = Trust.objects.get(uid=known["trust"]["uid"])
    services.start_trust(trust=trust, by=None)
    for told in known["schools"]:
        school = School.objects.get(urn=told["urn"])
        if school.joined_on is None:
            services.start_school(school=school, by=None)
    return trust


def give_roles(trust: Trust) -> None:
    """Everybody who works there can sign in, and has their role."""
    known = described()
    schools = {str(school.urn): school for school in School.objects.filter(joined_on__isnull=False)}
    operator = _person(OPERATOR[0], f"{OPERATOR[1]} (invented)", known["password"])
    if not operator.is_operator:
        operator.is_operator = True
        operator.save(update_fields=["is_operator"])
    for told in known["staff"]:
        name = f"{told['forename']} {told['surname']} (invented)"
        person = _person(told["email"], name, known["password"])
        place = schools[str(told["school"])] if told["school"] else trust
        _give(person, Role(told["role"]), place)


def _person(email: str, name: str, password: str) -> Person:
    found = Person.objects.filter(email=email).first()
    return found or services.create_person(email=email, name=name, password=password, by=None)


def _give(person: Person, role: Role, place: School | Trust) -> None:
    where = {"school": place} if isinstance(place, School) else {"trust": place}
    if Membership.objects.filter(person=person, role=role, **where).exists():
        return
    ends = timezone.localdate() + AUDIT_LASTS if role is Role.AUDITOR else None
    services.give_role(person=person, role=role, place=place, ends_on=ends, by=None)


def fill_calendars() -> None:
    """Terms, INSET days and bank holidays of each school."""
    calendar = described()["calendar"]
    for school in School.objects.filter(joined_on__isnull=False):
        if SchoolTerm.objects.filter(school=school).exists():
            continue
        for told in calendar["terms"]:
            _add_term(school, told)
        services.add_bank_holidays(school=school, by=None)
        days = {date.fromisoformat(day) for day in calendar["inset"][str(school.urn)]}
        for day in sorted(days - _closed(school)):
            services.save_closure(
                school=school, day=day, kind=ClosureKind.INSET, name="INSET day", by=None
            )


def _add_term(school: School, told: dict[str, Any]) -> None:
    kinds = {kind.value.replace("_", " "): kind for kind in TermKind}
    services.save_term(
        school=school,
        name=told["name"],
        kind=kinds.get(told["name"].casefold(), TermKind.OTHER),
        first_day=date.fromisoformat(told["start"]),
        last_day=date.fromisoformat(told["end"]),
        by=None,
    )


def _closed(school: School) -> set[date]:
    return set(SchoolClosure.objects.filter(school=school).values_list("day", flat=True))


def registers() -> Iterator[tuple[School, str]]:
    """Each school, and the export of its MIS."""
    for told in described()["schools"]:
        yield School.objects.get(urn=told["urn"]), told["register"]


def bring_in_register(school: School, file: str) -> None:
    """The pupils, from the export, brought in by the school's SENDCo."""
    source = example(file)
    if RegisterImport.objects.filter(school=school, state=RegisterImport.State.APPLIED).exists():
        return
    senco = Person.objects.filter(
        memberships__school=school, memberships__role=Role.SENCO.value
    ).first()
    kept = preview_register_import(
        school=school, name=source.name, content=source.read_bytes(), by=senco
    )
    apply_register_import(register_import=kept, by=senco)


def short(school: School) -> str:
    """A school's name without the mark that it is invented, for lines of progress."""
    return school.name.removesuffix(" (invented)")
