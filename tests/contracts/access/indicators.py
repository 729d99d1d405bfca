from __future__ import annotations

from typing import Any

from tests.contracts.access.row import Row

from pillars.foundation.permissions import Permission


def _key(_owner: Any) -> dict[str, str]:
    return {"key": "paperwork-in-place"}


ROWS = {
    "indicators:school": Row(Permission.VIEW_INDICATORS),
    "indicators:indicator": Row(Permission.VIEW_INDICATORS, make=_key),
    "indicators:target": Row(Permission.MANAGE_SCHOOL, make=_key),
    "indicators:trust": Row(Permission.COMPARE_SCHOOLS),
    "indicators:compare": Row(Permission.COMPARE_SCHOOLS, make=_key),
}
