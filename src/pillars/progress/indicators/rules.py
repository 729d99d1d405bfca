"""Who may set what to reach."""

from __future__ import annotations

from pillars.foundation.indicators import Indicator, Unit
from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope
from pillars.foundation.services import Refused


def check_can_set_target(
    indicator: Indicator | None,
    target: float,
    *,
    scope: Scope,
    school_id: int | None = None,
    trust_id: int | None = None,
) -> None:
    """Raises Refused unless the person leads the place and the target can be reached."""
    allowed = (
        scope.can(Permission.MANAGE_SCHOOL, school=school_id)
        if school_id is not None
        else scope.can(Permission.MANAGE_TRUST, trust=trust_id)
    )
    if not allowed:
        raise Refused("Only those who lead the school or trust may set its targets.")
    if indicator is None:
        raise Refused("There is no such indicator.")
    if indicator.unit is Unit.SHARE and not 0 <= target <= 1:
        raise Refused("A target for a share lies between 0 and 100 per cent.")
    if target < 0:
        raise Refused("A target cannot be below zero.")
