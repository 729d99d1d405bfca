"""Reads PDF files that hold text: letters and where they stand become lines, columns, labels."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing

import pypdfium2 as pdfium
from pypdfium2 import raw

from pillars.exchange.documents.model import Block, FileKind, Line, Part, Place, Reading, Unreadable
from pillars.exchange.documents.pdf_columns import arrange
from pillars.exchange.documents.pdf_text import Rules, Segment, read_segments

_MOST_PAGES = 60
_SIDE = 60.0
_THIN = 3.0
_MOST_RULES = 400
_PAGE_NUMBER = re.compile(r"^(page\s*)?\d{1,3}(\s*(of|/)\s*\d{1,3})?$", re.IGNORECASE)
_LOCKED = "It has a password. Save a copy without one and send that."
_DAMAGED = "It is damaged and does not open. Make the PDF again and send that."
_SCAN = (
    "It is a scan: a picture of a page, without text. "
    "Type the words into a Word file, or scan it with text."
)


def read_pdf(data: bytes, name: str) -> Reading:
    """The words of a PDF with what makes its labels stand out, or Unreadable."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable(_LOCKED if "password" in str(error).lower() else _DAMAGED) from None
    with closing(document):
        try:
            pages = [_page(document, number) for number in range(min(len(document), _MOST_PAGES))]
            title = str(document.get_metadata_value("Title") or "")
        except pdfium.PdfiumError:
            raise Unreadable(_DAMAGED) from None
    if not any(segments for segments, _ in pages):
        raise Unreadable(_SCAN)
    size = _body_size(segment for segments, _ in pages for segment in segments)
    blocks: list[Block] = []
    for segments, rules in pages:
        blocks.extend(block for block in arrange(segments, rules, size) if not _is_number(block))
    return Reading(name, FileKind.PDF, (Part(Place.BODY, tuple(blocks)),), title.strip())


def _page(document: pdfium.PdfDocument, number: int) -> tuple[list[Segment], Rules]:
    page = document[number]
    try:
        if raw.FPDFPage_GetAnnotCount(page):
            # What was typed into a form becomes part of the page, so that it is read too.
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number]
        rules = _rules(page)
        return read_segments(page, rules), rules
    finally:
        page.close()


def _rules(page: pdfium.PdfPage) -> Rules:
    """The lines drawn on a page, alone or as the sides of boxes."""
    across: set[float] = set()
    down: set[tuple[float, float, float]] = set()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        left, bottom, right, top = (round(edge, 1) for edge in item.get_bounds())
        if right - left >= _SIDE:
            across |= {top} if top - bottom <= _THIN else {top, bottom}
        if top - bottom >= _THIN * 3:
            down |= {(place, bottom, top) for place in (left, right)}
    return Rules(tuple(sorted(across, reverse=True)), tuple(sorted(down)[:_MOST_RULES]))


def _body_size(segments: object) -> float:
    """The size most of the letters have."""
    sizes: Counter[float] = Counter()
    for segment in segments:  # type: ignore[attr-defined]
        sizes[round(segment.size, 1)] += len(segment.text)
    return max(sizes, key=lambda size: (sizes[size], -size))


def _is_number(block: Block) -> bool:
    return isinstance(block, Line) and bool(_PAGE_NUMBER.match(block.text))
