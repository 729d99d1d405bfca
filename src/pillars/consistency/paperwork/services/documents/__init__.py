"""Every write to documents."""

from pillars.consistency.paperwork.services.documents.checking import recheck_documents
from pillars.consistency.paperwork.services.documents.making import (
    create_document,
    create_documents,
)
from pillars.consistency.paperwork.services.documents.standing import (
    add_contribution,
    agree_document,
    archive_document,
    remove_contribution,
    renew_document,
    reopen_document,
    review_document,
)
from pillars.consistency.paperwork.services.documents.versions import (
    BroughtUp,
    bring_up_documents,
)
from pillars.consistency.paperwork.services.documents.writing import (
    Saved,
    save_draft,
    settle_clash,
)

__all__ = [
    "BroughtUp",
    "Saved",
    "add_contribution",
    "agree_document",
    "archive_document",
    "bring_up_documents",
    "create_document",
    "create_documents",
    "recheck_documents",
    "remove_contribution",
    "renew_document",
    "reopen_document",
    "review_document",
    "save_draft",
    "settle_clash",
]
