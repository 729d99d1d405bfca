"""PDF passports with text, one column and two, typeset by Typst."""

from __future__ import annotations

import json

import typst

from .layouts import Layout
from .passports import Passport

_PAGE = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set page(paper: "a4", margin: 18mm)
#set text(size: 10.5pt, lang: "en")
#let show-field(entry) = {
  heading(level: 2, entry.label)
  if entry.lines.len() > 1 { list(..entry.lines) } else { entry.lines.join("") }
}
= #data.title
"""
_ONE = _PAGE + "#for entry in data.entries { show-field(entry) }\n"
_TWO = _PAGE + "#columns(2, gutter: 10mm)[#for entry in data.entries { show-field(entry) }]\n"


def make_pdf(layout: Layout, passport: Passport) -> bytes:
    """The passport as PDF in this layout."""
    entries = [
        {"label": label, "lines": passport.points(key)} for key, label in layout.labels.items()
    ]
    source = _TWO if layout.name == "pdf-two-columns" else _ONE
    data = json.dumps({"title": layout.title, "entries": entries})
    made: bytes = typst.compile(
        source.encode(), format="pdf", sys_inputs={"data": data}, ignore_system_fonts=True
    )
    return made
