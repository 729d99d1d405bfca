"""Reads one Word paragraph: its lines, what is bold at their start, its text boxes and controls."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from pillars.exchange.documents.docx_styles import VAL, Styles, W, is_on
from pillars.exchange.documents.lines import LineMaker
from pillars.exchange.documents.model import Block, Box

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIP = frozenset(
    f"{W}{tag}"
    for tag in ("pPr", "rPr", "del", "moveFrom", "delText", "instrText", "footnoteReference")
)
_MARKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
# Wingdings code points that Word writes for ticked and empty boxes.
_TICKED = frozenset({"F0FE", "F052", "F0FC", "F053", "00FE"})
_EMPTY = frozenset({"F0A8", "F06F", "F0A3", "F071", "00A8"})


def control_of(element: etree._Element) -> tuple[str, etree._Element | None]:
    """A content control's name and its content; no content while it shows its own prompt."""
    properties = element.find(f"{W}sdtPr")
    content = element.find(f"{W}sdtContent")
    if properties is None:
        return "", content
    name = ""
    for tag in (f"{W}alias", f"{W}tag"):
        found = properties.find(tag)
        name = name or ((found.get(VAL) or "").strip() if found is not None else "")
    prompt = properties.find(f"{W}showingPlcHdr")
    if prompt is not None and is_on(prompt):
        return name, None
    return name, content


class ParagraphReader:
    """Reads paragraphs of one file. `blocks_of` reads what stands inside a text box."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.blocks_of: Callable[[etree._Element], tuple[Block, ...]] = lambda _: ()

    def read(self, paragraph: etree._Element, control: str = "") -> tuple[Block, ...]:
        """The paragraph's lines, then the text boxes that are anchored in it."""
        properties = paragraph.find(f"{W}pPr")
        style_id, numbered = None, None
        heading = 0
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            style_id = named.get(VAL) if named is not None else None
            numbered = _is_numbered(properties)
            heading = _outline(properties)
        style = self._styles.get(style_id)
        maker = LineMaker(
            heading=style.heading or heading,
            item=(style.item if numbered is None else numbered) and not style.heading,
            control=control,
        )
        boxes: list[etree._Element] = []
        self._content(paragraph, maker, boxes, style.bold)
        found: list[Block] = list(maker.lines())
        for box in boxes:
            inside = self.blocks_of(box)
            if inside:
                found.append(Box(inside))
        return tuple(found)

    def _content(
        self, parent: etree._Element, maker: LineMaker, boxes: list[etree._Element], bold: bool
    ) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, maker, boxes, bold)
            elif tag == f"{W}sdt":
                name, content = control_of(child)
                if content is not None:
                    with maker.control(name):
                        self._content(content, maker, boxes, bold)
                elif name:
                    maker.empty_control(name)
            elif tag not in _SKIP and isinstance(tag, str):
                self._content(child, maker, boxes, bold)

    def _run(
        self, run: etree._Element, maker: LineMaker, boxes: list[etree._Element], bold: bool
    ) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            if is_on(properties.find(f"{W}vanish")):
                return
            bold = self._is_bold(properties, bold)
        for child in run:
            self._piece(child, maker, boxes, bold)

    def _piece(
        self, child: etree._Element, maker: LineMaker, boxes: list[etree._Element], bold: bool
    ) -> None:
        tag = child.tag
        if tag == f"{W}t":
            maker.add(child.text or "", bold)
        elif tag in _MARKS:
            maker.add(_MARKS[tag], bold)
        elif tag == f"{W}sym":
            maker.add(_symbol(child), bold)
        elif tag == f"{W}fldChar":
            maker.add(_form_tick(child), bold)
        elif tag in _DRAWINGS:
            boxes.extend(_text_boxes(child))
        elif tag == f"{_MC}AlternateContent":
            boxes.extend(_alternate(child))

    def _is_bold(self, properties: etree._Element, inherited: bool) -> bool:
        """Bold, or underlined: schools use either to make a label stand out."""
        own = properties.find(f"{W}b")
        if own is not None:
            if is_on(own):
                return True
            inherited = False
        under = properties.find(f"{W}u")
        if under is not None and is_on(under):
            return True
        named = properties.find(f"{W}rStyle")
        return inherited or (named is not None and self._styles.get(named.get(VAL)).bold)


def _text_boxes(element: etree._Element) -> list[etree._Element]:
    """The outermost text boxes in a drawing, each counted once."""
    found: list[etree._Element] = []
    for child in element:
        if child.tag == f"{W}txbxContent":
            found.append(child)
        elif child.tag == f"{_MC}AlternateContent":
            found.extend(_alternate(child))
        else:
            found.extend(_text_boxes(child))
    return found


def _alternate(element: etree._Element) -> list[etree._Element]:
    """Word writes a drawing twice, for new readers and for old ones; take the first with words."""
    for choice in element:
        found = _text_boxes(choice)
        if found:
            return found
    return []


def _is_numbered(properties: etree._Element) -> bool | None:
    number = properties.find(f"{W}numPr")
    if number is None:
        return None
    which = number.find(f"{W}numId")
    return which is None or which.get(VAL) != "0"


def _outline(properties: etree._Element) -> int:
    level = properties.find(f"{W}outlineLvl")
    value = level.get(VAL) if level is not None else None
    return int(value) + 1 if value and value in "012345" else 0


def _symbol(element: etree._Element) -> str:
    code = (element.get(f"{W}char") or "").upper()
    if code in _TICKED:
        return "☒"
    return "☐" if code in _EMPTY else ""


def _form_tick(element: etree._Element) -> str:
    """A legacy form's tick box as ☒ or ☐; nothing for the other form fields."""
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    state = box.find(f"{W}checked")
    if state is None:
        state = box.find(f"{W}default")
    return "☒ " if state is not None and is_on(state) else "☐ "
