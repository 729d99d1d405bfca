"""Standards, their versions, and the documents written on them."""

from pillars.consistency.paperwork.models.standards import (
    RequiredStandard,
    Standard,
    StandardDraft,
    StandardVersion,
)

__all__ = ["RequiredStandard", "Standard", "StandardDraft", "StandardVersion"]
