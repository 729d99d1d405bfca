"""Running the checks again when the day has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from pillars.consistency.paperwork.models import Document
from pillars.consistency.paperwork.queries.checking import KEPT, check_document
from pillars.foundation.services import HasKey, service


@service
def recheck_documents(*, documents: Iterable[Document], by: HasKey | None) -> int:
    """Run the checks again on documents last checked on another day; returns how many now say
    something else. Those that say the same are not written, so that their history stays short.
    """
    today = timezone.localdate()
    changed = []
    for document in documents:
        before = document.findings
        if document.checked_on != today:
            check_document(document, today=today)
        if document.findings != before:
            changed.append(document)
    Document.objects.bulk_update(changed, KEPT, batch_size=500)
    return len(changed)
