"""Word files out: a blank page in the house's manners, and a template filled in.

A template is itself a Word file with Jinja marks (docxtpl). What is filled in is escaped and is
never read as a mark, so text of any kind stays text.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docxtpl import DocxTemplate

# XML 1.0 allows no control character but tab and line break, and no half of a surrogate pair.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INK = RGBColor(0x14, 0x20, 0x2B)


class WordError(Exception):
    """A Word file could not be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How a Word file looks: its typeface, the size of its text in points, and its margins."""

    face: str = "Arial"
    size: float = 11
    margin_mm: float = 18


def blank_document(manners: Manners) -> WordDocument:
    """An empty A4 page in British English whose headings a screen reader can find."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(manners.margin_mm)
    section.top_margin = section.bottom_margin = Mm(manners.margin_mm)
    sizes = {"Normal": 1.0, "Heading 1": 1.9, "Heading 2": 1.25, "Heading 3": 1.0, "Footer": 0.85}
    for name, factor in sizes.items():
        style = document.styles[name]
        style.font.name = manners.face
        style.font.size = Pt(round(manners.size * factor, 1))
        style.font.color.rgb = _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(side), None)
        for side in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(side), manners.face)
    _speak_english(document)
    return document


def mark_header_row(table: Table) -> None:
    """Make the first row of `table` its heading, said again on each page it runs onto."""
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    properties.append(heading)


def fill_width(table: Table) -> None:
    """Make `table` as wide as the text, its columns as wide as what they hold asks for."""
    properties = table._tbl.tblPr  # noqa: SLF001
    width = properties.find(qn("w:tblW"))
    if width is None:
        width = OxmlElement("w:tblW")
        properties.append(width)
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")
    for fixed in table._tbl.iter(qn("w:tcW")):  # noqa: SLF001
        fixed.set(qn("w:type"), "auto")
        fixed.set(qn("w:w"), "0")


def fill_template(template: bytes, content: Mapping[str, Any], *, title: str, author: str) -> bytes:
    """A Word file made from `template` (bytes of a .docx with Jinja marks) and its `content`.

    Every text in `content` is escaped; characters that Word cannot hold are left out. `title`
    and `author` are the file's own properties. Raises `WordError` with a sentence.
    """
    try:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(_storable(content), autoescape=True)
    except Exception as problem:
        raise WordError(f"The Word file could not be made: {problem}") from problem
    properties = filled.docx.core_properties
    properties.title = _storable(title)
    properties.author = _storable(author)
    properties.language = "en-GB"
    properties.comments = ""
    made = io.BytesIO()
    filled.save(made)
    return made.getvalue()


def _speak_english(document: WordDocument) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    properties = defaults.find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-GB")


def _storable(content: Any) -> Any:
    if isinstance(content, str):
        return _NOT_XML.sub("", content)
    if isinstance(content, Mapping):
        return {key: _storable(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_storable(value) for value in content]
    return content
