"""Reads of the directory: schools, trusts, and who has asked to join whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from pillars.people.organisations.models import JoinRequest, School, Trust

SHOWN = 50


@dataclass(frozen=True, slots=True)
class SchoolOfTrust:
    """A school as the trust's page lists it."""

    school: School
    joined: bool


def schools_of_trust(trust: Trust) -> list[SchoolOfTrust]:
    """The trust's schools: those that work here first, then those GIAS lists."""
    rows = School.objects.filter(trust=trust).order_by("name")
    listed = [SchoolOfTrust(row, row.joined_on is not None) for row in rows]
    return sorted(listed, key=lambda row: not row.joined)


def join_requests_of(place: School | Trust) -> list[JoinRequest]:
    """Requests that wait for an answer, of a school or of a trust."""
    here = Q(school=place) if isinstance(place, School) else Q(trust=place)
    waiting = JoinRequest.objects.filter(here, answered_at=None)
    return list(waiting.select_related("school", "trust", "made_by"))


def school_by_urn(text: str) -> School | None:
    """The school with this URN as typed, or None."""
    urn = text.strip()
    if not (urn.isascii() and urn.isdigit() and len(urn) == 6):
        return None
    return School.objects.filter(urn=int(urn)).first()


def search_directory(words: str) -> tuple[list[School], list[Trust]]:
    """Schools and trusts whose name holds the words, or whose number is the words. At most 50."""
    said = words.strip()
    if not said:
        return [], []
    schools = School.objects.select_related("trust").filter(name__icontains=said)
    trusts = Trust.objects.filter(name__icontains=said)
    if said.isascii() and said.isdigit() and len(said) <= 9:
        schools = School.objects.select_related("trust").filter(urn=int(said))
        trusts = Trust.objects.filter(uid=said)
    return list(schools[:SHOWN]), list(trusts[:SHOWN])
