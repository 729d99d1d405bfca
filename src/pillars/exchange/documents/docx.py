"""Reads Word files (.docx) straight from the XML inside them.

Quicker than a library that builds an object for every run, and it sees what such libraries pass
over: text boxes, content controls, ticked boxes, headers and footers.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from pillars.exchange.documents.docx_styles import VAL, Styles, W, read_styles
from pillars.exchange.documents.docx_text import ParagraphReader, control_of
from pillars.exchange.documents.model import (
    Block,
    Cell,
    FileKind,
    Part,
    Place,
    Reading,
    Table,
    Unreadable,
)
from pillars.exchange.documents.office import BROKEN, Package, open_package

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WRAPPERS = frozenset(f"{W}{tag}" for tag in ("ins", "moveTo", "smartTag", "customXml"))
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MOST_DEEP = 40


def read_docx(data: bytes, name: str) -> Reading:
    """The words of a Word file with what makes its labels stand out, or Unreadable."""
    package = open_package(data, name)
    root = package.xml_of("word/document.xml")
    if root is None:
        raise Unreadable(BROKEN)
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable(BROKEN)
    styles = Styles()
    if "word/styles.xml" in package.names:
        styles = read_styles(package.bytes_of("word/styles.xml"))
    walker = _Walker(ParagraphReader(styles))
    headers, footers = _margins(package, root, walker)
    parts = (*headers, Part(Place.BODY, walker.blocks(body)), *footers)
    return Reading(name, FileKind.DOCX, parts, _title(package))


class _Walker:
    """Turns block-level elements into blocks, at any depth a real file reaches."""

    def __init__(self, reader: ParagraphReader) -> None:
        self._reader = reader
        self._reader.blocks_of = self.blocks
        self._depth = 0

    def blocks(self, parent: etree._Element, control: str = "") -> tuple[Block, ...]:
        self._depth += 1
        try:
            if self._depth > _MOST_DEEP:
                raise Unreadable("Its tables are nested too deeply to read. Send it as a PDF.")
            found: list[Block] = []
            for child in parent:
                found.extend(self._block(child, control))
            return tuple(found)
        finally:
            self._depth -= 1

    def _block(self, element: etree._Element, control: str) -> tuple[Block, ...]:
        tag = element.tag
        if tag == f"{W}p":
            return self._reader.read(element, control)
        if tag == f"{W}tbl":
            return (self._table(element, control),)
        if tag == f"{W}sdt":
            name, content = control_of(element)
            return () if content is None else self.blocks(content, name or control)
        if tag in _WRAPPERS:
            return self.blocks(element, control)
        return ()

    def _table(self, element: etree._Element, control: str) -> Table:
        grid = _Grid()
        for row, row_control in _unwrap(element, f"{W}tr", control):
            grid.next_row()
            before = row.find(f"{W}trPr/{W}gridBefore")
            grid.skip(_number(before))
            for cell, cell_control in _unwrap(row, f"{W}tc", row_control):
                self._cell(cell, cell_control, grid)
        return Table(grid.rows())

    def _cell(self, element: etree._Element, control: str, grid: _Grid) -> None:
        span, merge, shaded = 1, "", False
        properties = element.find(f"{W}tcPr")
        if properties is not None:
            span = max(_number(properties.find(f"{W}gridSpan"), 1), 1)
            vertical = properties.find(f"{W}vMerge")
            if vertical is not None:
                merge = vertical.get(VAL) or "continue"
            shaded = _is_shaded(properties.find(f"{W}shd"))
        if merge == "continue":
            grid.carry(span)
        else:
            grid.add(self.blocks(element, control), span, shaded)


class _Grid:
    """Places cells on a table's grid, so that merged cells keep their neighbours."""

    def __init__(self) -> None:
        self._rows: list[list[list[object]]] = []
        self._open: dict[int, list[object]] = {}
        self._column = 0

    def next_row(self) -> None:
        self._rows.append([])
        self._column = 0

    def skip(self, columns: int) -> None:
        self._column += columns

    def add(self, blocks: tuple[Block, ...], span: int, shaded: bool) -> None:
        cell: list[object] = [blocks, self._column, span, 1, shaded]
        self._rows[-1].append(cell)
        for column in range(self._column, self._column + span):
            self._open[column] = cell
        self._column += span

    def carry(self, span: int) -> None:
        above = self._open.get(self._column)
        if above is not None:
            above[3] = int(str(above[3])) + 1
        self._column += span

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(
            tuple(Cell(*cell) for cell in row)  # type: ignore[arg-type]
            for row in self._rows
        )


def _unwrap(parent: etree._Element, tag: str, control: str) -> list[tuple[etree._Element, str]]:
    """The rows or cells in an element, also those that a content control is wrapped around."""
    found: list[tuple[etree._Element, str]] = []
    for child in parent:
        if child.tag == tag:
            found.append((child, control))
        elif child.tag == f"{W}sdt":
            name, content = control_of(child)
            if content is not None:
                found.extend(_unwrap(content, tag, name or control))
        elif child.tag in _WRAPPERS:
            found.extend(_unwrap(child, tag, control))
    return found


def _margins(
    package: Package, root: etree._Element, walker: _Walker
) -> tuple[list[Part], list[Part]]:
    """Headers and footers that the text refers to; two pages' identical ones count once."""
    targets = _targets(package)
    found: dict[Place, list[Part]] = {Place.HEADER: [], Place.FOOTER: []}
    for place, tag in ((Place.HEADER, "headerReference"), (Place.FOOTER, "footerReference")):
        for reference in root.iter(f"{W}{tag}"):
            path = targets.pop(reference.get(f"{_RELATIONSHIP}id") or "", "")
            part = package.xml_of(path) if path else None
            if part is None:
                continue
            made = Part(place, walker.blocks(part))
            if made.blocks and made not in found[place]:
                found[place].append(made)
    return found[Place.HEADER], found[Place.FOOTER]


def _targets(package: Package) -> dict[str, str]:
    root = package.xml_of("word/_rels/document.xml.rels")
    if root is None:
        return {}
    return {
        relation.get("Id") or "": posixpath.normpath(
            posixpath.join("word", relation.get("Target") or "")
        ).lstrip("/")
        for relation in root
        if relation.get("TargetMode") != "External"
    }


def _title(package: Package) -> str:
    root = package.xml_of("docProps/core.xml")
    found = root.findtext(_DC_TITLE) if root is not None else None
    return (found or "").strip()


def _number(element: etree._Element | None, default: int = 0) -> int:
    value = element.get(VAL) if element is not None else None
    return min(int(value), 200) if value and value.isdecimal() else default


def _is_shaded(element: etree._Element | None) -> bool:
    if element is None:
        return False
    fill = (element.get(f"{W}fill") or "auto").lower()
    return fill not in {"auto", "ffffff", ""}
