"""Reads OpenDocument text (.odt), as LibreOffice and some tablets write it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pillars.exchange.documents.lines import LineMaker
from pillars.exchange.documents.model import (
    Block,
    Box,
    Cell,
    FileKind,
    Part,
    Place,
    Reading,
    Table,
    Unreadable,
)
from pillars.exchange.documents.office import BROKEN, open_package

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE, _STYLE, _DRAW, _FO = (
    f"{{{_SPACE}{name}}}"
    for name in (
        "office:1.0",
        "text:1.0",
        "table:1.0",
        "style:1.0",
        "drawing:1.0",
        "xsl-fo-compatible:1.0",
    )
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SKIP = frozenset(f"{_TEXT}{tag}" for tag in ("note", "tracked-changes", "bookmark", "ruby-text"))
_MOST_REPEATS = 50
_MOST_DEEP = 40


def read_odt(data: bytes, name: str) -> Reading:
    """The words of an OpenDocument text, or Unreadable."""
    package = open_package(data, name)
    root = package.xml_of("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise Unreadable(BROKEN)
    styles = package.xml_of("styles.xml")
    reader = _Reader(_bold_styles(root) | _bold_styles(styles))
    parts = [Part(Place.BODY, tuple(reader.blocks(body)))]
    for place, tag in ((Place.HEADER, "header"), (Place.FOOTER, "footer")):
        blocks = tuple(reader.margin(styles, tag))
        if blocks:
            parts.insert(0 if place is Place.HEADER else len(parts), Part(place, blocks))
    meta = package.xml_of("meta.xml")
    title = meta.findtext(f".//{_TITLE}") if meta is not None else ""
    return Reading(name, FileKind.ODT, tuple(parts), (title or "").strip())


def _bold_styles(root: etree._Element | None) -> frozenset[str]:
    if root is None:
        return frozenset()
    found = set()
    for style in root.iter(f"{_STYLE}style"):
        text = style.find(f"{_STYLE}text-properties")
        if text is not None and _stands_out(text):
            found.add(style.get(f"{_STYLE}name") or "")
    return frozenset(found)


def _stands_out(properties: etree._Element) -> bool:
    weight = properties.get(f"{_FO}font-weight") or "normal"
    underline = properties.get(f"{_STYLE}text-underline-style") or "none"
    return weight not in {"normal", "400", "300"} or underline != "none"


class _Reader:
    def __init__(self, bold: frozenset[str]) -> None:
        self._bold = bold
        self._depth = 0

    def margin(self, styles: etree._Element | None, tag: str) -> Iterator[Block]:
        """The words of every header or footer; those of left and first pages count once."""
        seen: set[Block] = set()
        found = styles.iter(f"{_STYLE}{tag}", f"{_STYLE}{tag}-first") if styles is not None else ()
        for element in found:
            for block in self.blocks(element):
                if block not in seen:
                    seen.add(block)
                    yield block

    def blocks(self, parent: etree._Element, *, item: bool = False) -> list[Block]:
        self._depth += 1
        try:
            if self._depth > _MOST_DEEP:
                raise Unreadable("Its tables are nested too deeply to read. Send it as a PDF.")
            found: list[Block] = []
            for child in parent:
                found.extend(self._block(child, item=item))
            return found
        finally:
            self._depth -= 1

    def _block(self, element: etree._Element, *, item: bool) -> list[Block]:
        tag = element.tag
        if tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level") or "1"
            return self._lines(element, heading=int(level) if level.isdecimal() else 1)
        if tag == f"{_TEXT}p":
            return self._lines(element, item=item)
        if tag == f"{_TEXT}list":
            return [b for part in element for b in self.blocks(part, item=True)]
        if tag == f"{_TABLE}table":
            return [self._table(element)]
        if tag == f"{_DRAW}frame":
            return _boxed(self._frame(element))
        inside = tag in {f"{_TEXT}section", f"{_TEXT}index-body"}
        return self.blocks(element, item=item) if inside else []

    def _lines(
        self, element: etree._Element, *, heading: int = 0, item: bool = False
    ) -> list[Block]:
        maker = LineMaker(heading=min(heading, 6), item=item)
        boxes: list[Block] = []
        bold = (element.get(f"{_TEXT}style-name") or "") in self._bold
        self._content(element, maker, boxes, bold)
        return [*maker.lines(), *boxes]

    def _content(
        self, element: etree._Element, maker: LineMaker, boxes: list[Block], bold: bool
    ) -> None:
        maker.add(_flat(element.text), bold)
        for child in element:
            self._piece(child, maker, boxes, bold)
            maker.add(_flat(child.tail), bold)

    def _piece(
        self, child: etree._Element, maker: LineMaker, boxes: list[Block], bold: bool
    ) -> None:
        tag = child.tag
        if tag == f"{_TEXT}line-break":
            maker.add("\n", bold)
        elif tag == f"{_TEXT}tab":
            maker.add("\t", bold)
        elif tag == f"{_TEXT}s":
            maker.add(" ", bold)
        elif tag == f"{_DRAW}frame":
            boxes.extend(_boxed(self._frame(child)))
        elif tag not in _SKIP:
            named = child.get(f"{_TEXT}style-name")
            self._content(child, maker, boxes, bold or named in self._bold)

    def _frame(self, element: etree._Element) -> list[Block]:
        box = element.find(f"{_DRAW}text-box")
        return self.blocks(box) if box is not None else []

    def _table(self, element: etree._Element) -> Table:
        rows = []
        for row in element.iter(f"{_TABLE}table-row"):
            if _owner(row) is not element:
                continue
            rows.append(tuple(self._cells(row)))
        return Table(tuple(rows))

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        column = 0
        for cell in row:
            if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                continue
            repeats = _number(cell, "number-columns-repeated")
            if cell.tag == f"{_TABLE}table-cell":
                blocks = tuple(self.blocks(cell))
                columns = _number(cell, "number-columns-spanned")
                rows = _number(cell, "number-rows-spanned")
                for again in range(repeats):
                    yield Cell(blocks, column + again, columns, rows)
            column += repeats


def _boxed(blocks: list[Block]) -> list[Block]:
    return [Box(tuple(blocks))] if blocks else []


def _owner(row: etree._Element) -> etree._Element | None:
    parent = row.getparent()
    while parent is not None and parent.tag != f"{_TABLE}table":
        parent = parent.getparent()
    return parent


def _number(cell: etree._Element, name: str) -> int:
    value = cell.get(f"{_TABLE}{name}") or "1"
    return max(min(int(value), _MOST_REPEATS), 1) if value.isdecimal() else 1


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\t", " ")
