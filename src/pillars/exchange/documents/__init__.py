"""Reads the documents that a school has, whatever program made them, into one shape."""

from __future__ import annotations

from pillars.exchange.documents.model import (
    Block,
    Box,
    Cell,
    FileKind,
    Line,
    Part,
    Place,
    Reading,
    Table,
    Unreadable,
    lines_of,
)
from pillars.exchange.documents.read import MOST_BYTES, READABLE, kind_of_document, read_document

__all__ = [
    "MOST_BYTES",
    "READABLE",
    "Block",
    "Box",
    "Cell",
    "FileKind",
    "Line",
    "Part",
    "Place",
    "Reading",
    "Table",
    "Unreadable",
    "kind_of_document",
    "lines_of",
    "read_document",
]
