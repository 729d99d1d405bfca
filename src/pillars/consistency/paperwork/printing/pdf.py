"""Documents as PDF: one, or many in one file, in the school's name."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pillars.consistency.paperwork.printing import passport
from pillars.consistency.paperwork.printing.blocks import block_of
from pillars.consistency.paperwork.printing.fit import plan_side
from pillars.consistency.paperwork.printing.printable import Layout, Printable
from pillars.exchange.typeset import page_counts, typeset

TEMPLATE = Path(__file__).with_name("print.typ")

# Sizes of type in points, largest first; the last is the smallest that is still easy to read.
_ORDINARY = [16, 15, 14, 13, 12.5, 12, 11.5, 11, 10.5, 10]
_LARGE = [20, 18, 17, 16]
_LAYOUTS: dict[Layout, dict[str, Any]] = {
    Layout.STANDARD: {"sizes": _ORDINARY, "text": 11, "boxes": True, "colour": True, "footer": 8.5},
    Layout.LARGE_PRINT: {"sizes": _LARGE, "text": 16, "boxes": True, "colour": True, "footer": 12},
    Layout.PLAIN: {"sizes": _ORDINARY, "text": 11, "boxes": False, "colour": False, "footer": 8.5},
}


def print_documents(
    printables: Sequence[Printable],
    *,
    layout: Layout = Layout.STANDARD,
    made_at: datetime | None = None,
) -> bytes:
    """Documents on paper: a tagged PDF, each document starting on a page of its own.

    A Pupil Passport takes one side of A4, in the largest type that fits; when even the smallest
    readable type runs over, it takes two. Other standards take the pages they need. Raises
    `ValueError` when there is nothing to print and `TypesettingError` when a page cannot be made.
    """
    if not printables:
        raise ValueError("There is nothing to print. Choose at least one document.")
    documents = [_document(one, _LAYOUTS[layout]) for one in printables]
    titles = {one.definition.title for one in printables}
    data = {
        "title": titles.pop() if len(titles) == 1 else "Documents",
        "school": printables[0].school,
        "layout": _LAYOUTS[layout],
        "documents": documents,
    }
    made = typeset(TEMPLATE, data, made_at=made_at)
    if _measure_overruns(documents, made, _LAYOUTS[layout]["sizes"]):
        made = typeset(TEMPLATE, data, made_at=made_at)
    return made


def _document(one: Printable, layout: dict[str, Any]) -> dict[str, Any]:
    shared = {"footer": one.footer, "about": one.about, "size": None}
    if one.definition.key != passport.KEY:
        named = {"form": "plan", "name": one.definition.title}
        return shared | named | {"sections": _sections(one)}
    name = one.forename.strip() or one.pupil.strip() or one.definition.title
    rows = passport.passport_rows(one)
    plan = plan_side(name, one.about, rows, layout)
    fit: dict[str, Any] = {"sizes": layout["sizes"][-1:]}
    if plan:
        fit = {"size": plan.size, "gap": plan.gap}
    return shared | {"form": "passport", "name": name, "rows": rows} | fit


def _measure_overruns(documents: list[dict[str, Any]], made: bytes, sizes: list[float]) -> bool:
    """Have the documents that came out longer than planned measured instead; whether any did."""
    if all(one["size"] is None for one in documents):
        return False
    overrun = [
        one
        for one, pages in zip(documents, page_counts(made), strict=True)
        if one["size"] is not None and pages > 1
    ]
    for one in overrun:
        one["sizes"] = [size for size in sizes if size <= one["size"]]
        one["size"] = None
    return bool(overrun)


def _sections(one: Printable) -> list[dict[str, Any]]:
    return [
        {
            "title": section.title,
            "fields": [
                {
                    "title": field.title,
                    "block": block_of(field, one.answers.get(field.key)).as_data(),
                }
                for field in section.fields
            ],
        }
        for section in one.definition.sections
    ]
