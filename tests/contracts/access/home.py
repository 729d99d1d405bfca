"""The first pages: everybody's own, anybody's who works in the school, a trust's."""

from __future__ import annotations

from tests.contracts.access.row import Door, Row

from pillars.foundation.permissions import Permission

ROWS = {
    "home:home": Row(Door.SIGNED_IN, ok={200, 302}),
    "home:school": Row(Door.OWN_SCHOOL),
    "home:trust": Row(Permission.VIEW_INDICATORS),
}
