"""What a Word file's named styles mean: which are headings, which are bold.

Files made from one template carry the same styles to the byte, so each set is worked out once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from pillars.exchange.xml import XmlError, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_HEADING = re.compile(r"^heading\s*(\d)$", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What one style does to the text that wears it."""

    heading: int = 0
    bold: bool = False
    item: bool = False


@dataclass(slots=True)
class _Raw:
    based_on: str = ""
    heading: int | None = None
    bold: bool | None = None
    item: bool | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one file by their id."""

    by_id: dict[str, Style] = field(default_factory=dict)

    def get(self, style_id: str | None) -> Style:
        """The style of that id; plain when the file does not define it."""
        return self.by_id.get(style_id or "", _PLAIN)


_PLAIN = Style()


def is_on(element: object) -> bool:
    """Whether a Word toggle (`<w:b/>`, `<w:b w:val="0"/>`) is switched on."""
    get = getattr(element, "get", None)
    return get is not None and (get(VAL) or "1").lower() not in _OFF


@lru_cache(maxsize=32)
def read_styles(data: bytes) -> Styles:
    """The styles in `word/styles.xml`; a damaged one gives none, and the words are still read."""
    try:
        root = parse_xml(data, "styles.xml")
    except XmlError:
        return Styles()
    raw = {}
    for element in root.iterchildren(f"{W}style"):
        style_id = element.get(f"{W}styleId")
        if style_id:
            raw[style_id] = _read(element)
    return Styles({style_id: _resolve(style_id, raw) for style_id in raw})


def _read(element: object) -> _Raw:
    found = _Raw()
    find = element.find  # type: ignore[attr-defined]
    name = find(f"{W}name")
    found.name = (name.get(VAL) or "") if name is not None else ""
    base = find(f"{W}basedOn")
    found.based_on = (base.get(VAL) or "") if base is not None else ""
    outline = find(f"{W}pPr/{W}outlineLvl")
    match = _HEADING.match(found.name)
    if match:
        found.heading = int(match[1])
    elif found.name.lower() == "title":
        found.heading = 1
    elif outline is not None and (outline.get(VAL) or "9") in "01234567":
        found.heading = min(int(outline.get(VAL)) + 1, 6)
    bold = find(f"{W}rPr/{W}b")
    if bold is not None:
        found.bold = is_on(bold)
    if find(f"{W}pPr/{W}numPr") is not None or found.name.lower().startswith("list bullet"):
        found.item = True
    return found


def _resolve(style_id: str, raw: dict[str, _Raw]) -> Style:
    heading: int | None = None
    bold: bool | None = None
    item: bool | None = None
    seen: set[str] = set()
    while style_id in raw and style_id not in seen:
        seen.add(style_id)
        style = raw[style_id]
        heading = style.heading if heading is None else heading
        bold = style.bold if bold is None else bold
        item = style.item if item is None else item
        style_id = style.based_on
    return Style(heading or 0, bool(bold), bool(item))
