"""Invented pupils for tests, made without the services."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from pillars.people.organisations.models import School
from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod
from pillars.people.register.upn import check_letter

_numbers = count(1)


def make_upn(serial: int, la: str = "801") -> str:
    rest = f"{la}{9000 + serial // 100_000:04d}{serial % 100_000:05d}"
    return check_letter(rest) + rest


def make_pupil(
    school: School, *, status: str = "K", needs: tuple[str, ...] = ("SLCN",), **fields: Any
) -> Pupil:
    """A pupil with a status and needs that began on 1 September 2026."""
    number = next(_numbers)
    pupil: Pupil = Pupil.objects.create(
        **{
            "school": school,
            "upn": make_upn(number),
            "surname": f"Wren{number} (invented)",
            "forename": "Ada",
            "date_of_birth": date(2014, 9, 3),
            "year_group": "7",
            "class_group": "7A",
        }
        | fields
    )
    if status != "N":
        began = date(2026, 9, 1)
        StatusPeriod.objects.create(school=school, pupil=pupil, status=status, start_on=began)
        for rank, code in enumerate(needs, start=1):
            NeedPeriod.objects.create(
                school=school, pupil=pupil, code=code, rank=rank, start_on=began
            )
    return pupil
