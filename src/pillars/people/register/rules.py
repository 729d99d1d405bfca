"""What may be done to a register, and the sentence when it may not."""

from __future__ import annotations

from datetime import date

from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope
from pillars.foundation.services import Refused
from pillars.people.register.models import Pupil, RegisterImport


def check_can_import(*, school_id: int, scope: Scope) -> None:
    if not scope.can(Permission.IMPORT_REGISTER, school=school_id):
        raise Refused("Only those who lead SEND in the school may bring in its register.")


def check_can_apply(*, register_import: RegisterImport, scope: Scope) -> None:
    check_can_import(school_id=register_import.school_id, scope=scope)
    if register_import.state == RegisterImport.State.APPLIED:
        raise Refused("This file has been applied already. Bring it in again to check for changes.")
    if register_import.state == RegisterImport.State.SET_ASIDE:
        raise Refused("This file was set aside. Bring it in again to apply it.")


def check_can_edit(*, pupil: Pupil, scope: Scope) -> None:
    if not scope.can(Permission.EDIT_PUPILS, school=pupil.school_id):
        raise Refused("Only those who lead SEND in the school may change a pupil’s details.")


def check_can_start_on(*, day: date | None, began: date | None, today: date) -> None:
    """A new status or need begins no later than today, and not before the one it follows."""
    if day is not None and day > today:
        raise Refused("The date is in the future. Choose today or an earlier day.")
    if day is not None and began is not None and day < began:
        raise Refused(
            f"The status before it began on {began:%d/%m/%Y}. Choose that day or a later one."
        )
