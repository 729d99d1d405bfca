"""Who may open the pages of standards: the same in a school and over a trust."""

from __future__ import annotations

from typing import Any

from tests.contracts.access.row import Row

from pillars.consistency.paperwork.models import Standard, StandardDraft, StandardVersion
from pillars.consistency.paperwork.shipped import SHIPPED
from pillars.foundation.permissions import Permission
from pillars.people.organisations.models import School, Trust

_SEE, _EDIT = Permission.VIEW_STANDARDS, Permission.EDIT_STANDARDS
_PASSPORT = SHIPPED["pupil-passport"].to_json()


def _own(owner: School | Trust) -> Standard:
    is_school = isinstance(owner, School)
    where: dict[str, Any] = {"school": owner} if is_school else {"trust": owner}
    if is_school and owner.trust_id:
        Trust.objects.filter(pk=owner.trust_id).update(schools_may_publish=True)
    standard, _ = Standard.objects.get_or_create(
        key="pupil-passport", defaults={"title": "Pupil Passport"}, **where
    )
    StandardVersion.objects.get_or_create(
        standard=standard, number=1, defaults={"definition": _PASSPORT, **where}
    )
    return standard


def _standard(owner: School | Trust) -> dict[str, Any]:
    return {"standard_id": _own(owner).pk}


def _shipped(_owner: School | Trust) -> dict[str, Any]:
    standard, _ = Standard.objects.get_or_create(
        key="pupil-passport", school=None, trust=None, defaults={"title": "Pupil Passport"}
    )
    StandardVersion.objects.get_or_create(
        standard=standard, number=1, defaults={"definition": _PASSPORT}
    )
    return {"standard_id": standard.pk}


def _draft(owner: School | Trust) -> dict[str, Any]:
    standard = _own(owner)
    StandardDraft.objects.get_or_create(
        standard=standard,
        defaults={
            "school": standard.school,
            "trust": standard.trust,
            "definition": _PASSPORT | {"title": "Passport"},
        },
    )
    return {"standard_id": standard.pk}


def _draft_with(**kwargs: str) -> Any:
    return lambda owner: _draft(owner) | kwargs


_REVISION = {"revision": "0"}
_SENT = {302}

_BOTH = {
    "standards": Row(_SEE),
    "new_standard": Row(_EDIT),
    "required_documents": Row(_EDIT),
    "standard": Row(_SEE, make=_standard),
    "standard_versions": Row(_SEE, make=_standard),
    "take_up_standard": Row(_EDIT, make=_shipped, method="post", ok=_SENT),
    "standard_draft": Row(_EDIT, make=_draft),
    "start_draft": Row(_EDIT, make=_standard, method="post", ok=_SENT),
    "arrange_draft": Row(
        _EDIT,
        make=_draft,
        method="post",
        data=lambda _: _REVISION | {"do": "field-up:needs"},
        ok=_SENT,
    ),
    "draft_about": Row(_EDIT, make=_draft),
    "draft_new_section": Row(_EDIT, make=_draft),
    "draft_section": Row(_EDIT, make=_draft_with(section_key="about")),
    "draft_new_field": Row(_EDIT, make=_draft),
    "draft_field": Row(_EDIT, make=_draft_with(field_key="needs")),
    "draft_check": Row(_EDIT, make=_draft_with(check_key="in_date")),
    "preview_draft": Row(_EDIT, make=_draft),
    "publish_draft": Row(_EDIT, make=_draft),
    "discard_draft": Row(_EDIT, make=_draft, method="post", ok=_SENT),
}
ROWS = {
    f"paperwork:{prefix}{name}": row for name, row in _BOTH.items() for prefix in ("", "trust_")
}
