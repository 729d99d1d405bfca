"""Changes to one pupil, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Person
from pillars.people.register.codes import NEED_TYPES
from pillars.people.register.columns import Setting, clean_birth, clean_name, clean_upn
from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod
from pillars.people.register.rules import check_can_edit, check_can_start_on
from pillars.people.register.services.locks import lock_pupil

EDITABLE = frozenset(
    {
        "upn", "surname", "forename", "known_as", "date_of_birth", "year_group", "class_group",
        "sex", "pupil_premium", "eal", "free_school_meals", "free_school_meals_ever6",
        "looked_after", "young_carer", "service_child", "left_on",
    }
)  # fmt: skip


@service
def change_pupil(*, pupil: Pupil, fields: Mapping[str, Any], by: Person) -> Pupil:
    """Sets some of a pupil's details; the next import may set them again.

    Raises Refused with a sentence for a UPN that is wrong or taken, a name left blank, or a date
    of birth in the future.
    """
    check_can_edit(pupil=pupil, scope=current_scope())
    lock_pupil(pupil)
    unknown = set(fields) - EDITABLE
    if unknown:
        raise ValueError(f"not fields of a pupil: {sorted(unknown)}")
    setting = Setting(today=timezone.localdate())
    for name, value in fields.items():
        setattr(pupil, name, checked(name, value, setting))
    try:
        with transaction.atomic():
            pupil.save(update_fields=[*fields])
    except IntegrityError:
        raise Refused("Another pupil of the school has this UPN. Check it in your MIS.") from None
    return pupil


def checked(name: str, value: Any, setting: Setting) -> Any:
    if name == "upn":
        code = clean_upn(value or "", setting)
    elif name in {"surname", "forename"}:
        code = clean_name(value or "", setting)
        if not code.value and not code.problem:
            raise Refused(f"The {name} is blank. Enter it as the MIS has it.")
    elif name == "date_of_birth" and value is not None:
        code = clean_birth(value.isoformat(), setting)
        if not code.problem:
            return value
    else:
        return value
    if code.problem:
        raise Refused(code.problem)
    return code.value


@service
def change_status(*, pupil: Pupil, status: str, on: date, by: Person) -> None:
    """Puts a pupil at SEN support (K), an EHC plan (E) or neither (N) from a day on.

    The status before it ends on that day. Leaving SEN support ends the needs too.
    """
    check_can_edit(pupil=pupil, scope=current_scope())
    lock_pupil(pupil)
    if status not in {"N", "K", "E"}:
        raise Refused("Choose no SEN support, SEN support or an EHC plan.")
    now = StatusPeriod.objects.filter(
        pupil=pupil, school_id=pupil.school_id, end_on__isnull=True
    ).first()
    if status == (now.status if now else "N"):
        raise Refused("The pupil has this status already.")
    check_can_start_on(day=on, began=now.start_on if now else None, today=timezone.localdate())
    if now is not None:
        now.end_on = on
        now.save(update_fields=["end_on"])
    if status == "N":
        for need in NeedPeriod.objects.filter(
            pupil=pupil, school_id=pupil.school_id, end_on__isnull=True
        ):
            need.end_on = max(on, need.start_on) if need.start_on else on
            need.save(update_fields=["end_on"])
    else:
        StatusPeriod.objects.create(
            school_id=pupil.school_id, pupil=pupil, status=status, start_on=on
        )


@service
def add_need(*, pupil: Pupil, code: str, on: date | None, by: Person) -> NeedPeriod:
    """Adds a type of need after those the pupil has."""
    check_can_edit(pupil=pupil, scope=current_scope())
    lock_pupil(pupil)
    if code not in NEED_TYPES:
        raise Refused("Choose a type of need from the list.")
    check_can_start_on(day=on, began=None, today=timezone.localdate())
    now = NeedPeriod.objects.filter(pupil=pupil, school_id=pupil.school_id, end_on__isnull=True)
    if now.filter(code=code).exists():
        raise Refused("The pupil has this type of need already.")
    if not StatusPeriod.objects.filter(pupil=pupil, end_on__isnull=True).exists():
        raise Refused("A type of need goes with SEN support or an EHC plan. Set the status first.")
    last = now.aggregate(last=Max("rank"))["last"] or 0
    return NeedPeriod.objects.create(
        school_id=pupil.school_id, pupil=pupil, code=code, rank=last + 1, start_on=on
    )


@service
def end_need(*, need: NeedPeriod, on: date, by: Person) -> None:
    """Ends a need on a day; those after it move up a rank."""
    check_can_edit(pupil=need.pupil, scope=current_scope())
    lock_pupil(need.pupil)
    need.refresh_from_db()
    if need.end_on is not None:
        raise Refused("This need has ended already.")
    if on > timezone.localdate():
        raise Refused("The date is in the future. Choose today or an earlier day.")
    if need.start_on is not None and on < need.start_on:
        raise Refused(
            f"The need began on {need.start_on:%d/%m/%Y}. Choose that day or a later one."
        )
    need.end_on = on
    need.save(update_fields=["end_on"])
    rest = NeedPeriod.objects.filter(
        pupil=need.pupil, school_id=need.school_id, end_on__isnull=True
    ).order_by("rank", "pk")
    for rank, other in enumerate(rest, start=1):
        if other.rank != rank:
            other.rank = rank
            other.save(update_fields=["rank"])
