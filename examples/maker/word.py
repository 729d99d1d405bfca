"""Word files in nine layouts, each as a school's own template would have it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Cm, Pt

from .layouts import Layout
from .passports import LISTS, Passport
from .zipping import repack

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BOX = (
    f"{_W} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def make_word(layout: Layout, passport: Passport) -> bytes:
    """The passport as .docx in this layout."""
    document = Document()
    document.core_properties.author = "Invented"
    document.core_properties.title = layout.title
    document.core_properties.created = datetime(2026, 9, 7, 9, 0)  # noqa: DTZ001
    document.core_properties.modified = datetime(2026, 11, 2, 9, 0)  # noqa: DTZ001
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
    _DRAW[layout.name](document, layout, passport)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _shown(layout: Layout, passport: Passport, key: str) -> list[str]:
    return passport.points(key) or ([layout.empty] if layout.empty else [])


def _headings(document: Any, layout: Layout, passport: Passport) -> None:
    document.add_heading(layout.title, level=0)
    for key, label in layout.labels.items():
        document.add_heading(label, level=2)
        style = "List Bullet" if key in LISTS and len(passport.points(key)) > 1 else None
        for line in _shown(layout, passport, key):
            document.add_paragraph(line, style=style)


def _table_left(document: Any, layout: Layout, passport: Passport) -> None:
    document.add_paragraph().add_run(layout.title).bold = True
    rows = {**layout.labels, **layout.extra}
    table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
    for row, (key, label) in zip(table.rows, rows.items(), strict=True):
        if key in layout.extra:
            _fill(row.cells[0], [key], bold=True)
            _fill(row.cells[1], [label])
            continue
        _fill(row.cells[0], [label], bold=True)
        _fill(row.cells[1], _shown(layout, passport, key))


def _fill(cell: Any, lines: list[str], *, bold: bool = False) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold or None


def _table_above(document: Any, layout: Layout, passport: Passport) -> None:
    title = document.add_paragraph(layout.title)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    keys = list(layout.labels)
    top, rest = keys[:3], keys[3:]
    table = document.add_table(rows=2 + 2 * len(rest), cols=3, style="Table Grid")
    for cell, key in zip(table.rows[0].cells, top, strict=True):
        _fill(cell, [layout.labels[key]], bold=True)
    for cell, key in zip(table.rows[1].cells, top, strict=True):
        _fill(cell, _shown(layout, passport, key))
    for number, key in enumerate(rest, start=1):
        for row, lines, bold in (
            (table.rows[2 * number], [layout.labels[key]], True),
            (table.rows[2 * number + 1], _shown(layout, passport, key), False),
        ):
            cell = row.cells[0].merge(row.cells[2])
            _fill(cell, lines, bold=bold)


def _bold_labels(document: Any, layout: Layout, passport: Passport) -> None:
    run = document.add_paragraph().add_run(layout.title)
    run.bold, run.font.size = True, Pt(20)
    for key, label in layout.labels.items():
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        for line in passport.points(key):
            document.add_paragraph(f"- {line}" if key in LISTS else line)


def _text_boxes(document: Any, layout: Layout, passport: Passport) -> None:
    run = document.add_paragraph().add_run(layout.title)
    run.bold, run.font.size = True, Pt(28)
    for number, (key, label) in enumerate(layout.labels.items(), start=1):
        run = document.add_paragraph().add_run()
        run.element.addnext(parse_xml(_box(number, label, passport.points(key))))


def _box(number: int, label: str, lines: list[str]) -> str:
    """A text box as Word writes it: a DrawingML shape, and the same in VML for old readers."""
    inside = f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{escape(label)}</w:t></w:r></w:p>" + "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines
    )
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    width, height = 5_400_000, 360_000 + 220_000 * max(len(lines), 2)
    return (
        f'<w:r {_BOX}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Text Box {number}"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:ln w="19050"><a:solidFill><a:srgbClr val="1B6B72"/></a:solidFill></a:ln>'
        f'</wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr wrap="square"><a:spAutoFit/>'
        "</wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f'<mc:Fallback><w:pict><v:shape id="box{number}" style="width:425pt;height:60pt">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def _content_controls(document: Any, layout: Layout, passport: Passport) -> None:
    document.add_heading(layout.title, level=1)
    body = document.element.body
    last = body[-1]
    for number, (key, label) in enumerate(layout.labels.items(), start=1):
        paragraph = document.add_paragraph(label)
        paragraph.style = document.styles["Caption"]
        last.addprevious(parse_xml(_control(number, key, label, layout, passport)))


def _control(number: int, key: str, label: str, layout: Layout, passport: Passport) -> str:
    lines = passport.points(key)
    hint = "" if lines else "<w:showingPlcHdr/>"
    kind = "<w:date/>" if key == "review_date" else "<w:text w:multiLine='1'/>"
    shown = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in _shown(layout, passport, key)
    )
    return (
        f'<w:sdt {_W}><w:sdtPr><w:alias w:val="{escape(label)}"/><w:tag w:val="field{number}"/>'
        f'<w:id w:val="{1000 + number}"/>{hint}{kind}</w:sdtPr>'
        f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )


def _bullets(document: Any, layout: Layout, passport: Passport) -> None:
    labels = dict(layout.labels)
    section = document.sections[0]
    top, foot = ("pupil_name", "class_group"), ("review_date", "owner")
    section.header.paragraphs[0].text = _ends(labels, passport, top)
    section.footer.paragraphs[0].text = _ends(labels, passport, foot)
    document.add_heading(layout.title, level=1)
    for key, label in labels.items():
        if key in top + foot:
            continue
        document.add_paragraph().add_run(label).bold = True
        for line in passport.points(key):
            for sentence in _sentences(line) if key not in LISTS else [line]:
                document.add_paragraph(sentence, style="List Bullet")


def _ends(labels: dict[str, str], passport: Passport, keys: tuple[str, ...]) -> str:
    """What stands in a header or footer: labels and values with tabs between."""
    return "\t".join(f"{labels[key]}: {passport.text(key)}" for key in keys)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in text.replace(". ", ".\n").split("\n") if part.strip()]


def _inline(document: Any, layout: Layout, passport: Passport) -> None:
    document.add_paragraph(layout.title.upper())
    for label, text in layout.extra.items():
        document.add_paragraph(f"{label}: {text}")
    for key, label in layout.labels.items():
        joined = "; ".join(line.rstrip(".") for line in passport.points(key))
        document.add_paragraph(f"{label}: {joined if key in LISTS else passport.text(key)}")


def _grid(document: Any, layout: Layout, passport: Passport) -> None:
    document.add_heading(layout.title, level=1)
    keys = list(layout.labels)
    table = document.add_table(rows=(len(keys) + 1) // 2, cols=2, style="Table Grid")
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, key in zip(cells, keys, strict=False):
        _fill(cell, [layout.labels[key]], bold=True)
        for line in passport.points(key):
            cell.add_paragraph(line)


_DRAW: dict[str, Callable[[Any, Layout, Passport], None]] = {
    "word-headings": _headings,
    "word-table-label-left": _table_left,
    "word-table-label-above": _table_above,
    "word-bold-labels": _bold_labels,
    "word-text-boxes": _text_boxes,
    "word-content-controls": _content_controls,
    "word-bullets": _bullets,
    "word-inline-labels": _inline,
    "word-two-column-grid": _grid,
}
