"""Opening a pupil's record is written down."""

from __future__ import annotations

from pillars.foundation.models import Viewing


def log_viewing(
    *, school_id: int, person_id: int, subject_kind: str, subject_id: int, page: str
) -> None:
    """Write that this person opened this record on this page, now."""
    Viewing.objects.create(
        school_id=school_id,
        person_id=person_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        page=page,
    )
