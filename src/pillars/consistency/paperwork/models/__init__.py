"""Standards, their versions, and the documents written on them."""

from pillars.consistency.paperwork.models.documents import (
    TRANSITIONS,
    Clash,
    Contribution,
    Document,
    DocumentQuerySet,
    DocumentState,
    Relation,
)
from pillars.consistency.paperwork.models.reviews import Review, ReviewedFile, ReviewState
from pillars.consistency.paperwork.models.standards import (
    RequiredStandard,
    Standard,
    StandardDraft,
    StandardVersion,
)

__all__ = [
    "TRANSITIONS",
    "Clash",
    "Contribution",
    "Document",
    "DocumentQuerySet",
    "DocumentState",
    "Relation",
    "RequiredStandard",
    "Review",
    "ReviewState",
    "ReviewedFile",
    "Standard",
    "StandardDraft",
    "StandardVersion",
]
