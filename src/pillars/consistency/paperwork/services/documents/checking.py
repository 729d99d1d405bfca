"""Running the checks again when the day has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from pillars.consistency.paperwork.models import Document
from pillars.consistency.paperwork.queries.checking import KEPT, check_document
from pillars.foundation.services import HasKey, service


@service
def recheck_documents(*, documents: Iterable[Document], by: HasKey | None) -> int:
    """Run the checks on documents last checked on another day; returns how many were run."""
    today = timezone.localdate()
    stale = [one for one in documents if one.checked_on != today]
    for document in stale:
        check_document(document, today=today)
    Document.objects.bulk_update(stale, KEPT, batch_size=500)
    return len(stale)
