"""Finds the labels in a file, however the school made them stand out, and the text under each."""

from __future__ import annotations

import re

from pillars.consistency.paperwork.review import grids
from pillars.consistency.paperwork.review.entries import Entry, Gathered
from pillars.consistency.paperwork.review.labels import (
    EXACT,
    SAME_WORDS,
    LabelMatcher,
    Match,
    is_other_label,
)
from pillars.consistency.paperwork.review.values import asks
from pillars.exchange.documents import Block, Box, Line, Place, Reading, Table

_BOLD, _PLAIN, _BOLD_START, _INLINE = 7, 7, 8, 9
_CELL = 6
_LONGEST_LABEL = 90
_LABEL_WORDS = 14
_COLON = re.compile(r"\s*[:\uff1a]\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
_APART = re.compile(r"\t+|\s{3,}|\s+\|\s+")
_LATER_LABEL = re.compile(
    r"(?<=[\w.)]) +(?=(?:[A-Za-z][\w'’/&()-]*[ ]){0,4}[A-Za-z][\w'’/()-]*\s?:)"
)
_DATED = re.compile(
    r"^(?P<label>[A-Za-z][A-Za-z ]{3,40}?) (?:(?:in|on|by|due|is) )*(?P<day>(?:\d[\d./-]*\d|"
    r"\d{0,2}(?:st|nd|rd|th)? ?[A-Z][a-z]{2,8} \d{2,4}|[A-Z][a-z]+ term \d{4}))\.?$"
)
_SENTENCE_END = (".", "!", ",", ";")
_STARTS_SENTENCE = re.compile(r"^(?:I|I'm|I’m|He|She|They|We|It)\b")
_LIKELY = 85


def gather(
    reading: Reading, matcher: LabelMatcher, names: frozenset[str] = frozenset()
) -> Gathered:
    """The labels of a file with their text, in reading order.

    `names` are the pupil's, in small letters: "How to help Theo" means "How to help me".
    """
    walker = _Walker(matcher, names)
    for part in reading.parts:
        walker.part(part.place, part.blocks)
    return walker.found


class _Walker:
    """Walks a file's blocks, opening an entry at each label and putting text under the last."""

    def __init__(self, matcher: LabelMatcher, names: frozenset[str]) -> None:
        self._matcher = matcher
        self._names = names
        self._place = Place.BODY
        self._current: Entry | None = None
        self._around = ""
        self.found = Gathered()

    # Blocks

    def part(self, place: Place, blocks: tuple[Block, ...]) -> None:
        self._place, self._current = place, None
        self.flow(blocks)
        self._current = None

    def flow(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Line):
                self._line(block)
            elif isinstance(block, Box):
                self._box(block)
            else:
                self._table(block)

    def _box(self, box: Box) -> None:
        """A box without a label of its own is where the label before it is answered."""
        first = next((block for block in box.blocks if isinstance(block, Line)), None)
        answers = self._waits() and not (first and self._is_label(first))
        around, self._around = self._around, "box"
        if not answers:
            self._current = None
        self.flow(box.blocks)
        self._current, self._around = None, around

    def _waits(self) -> bool:
        return self._current is not None and not self._current.lines

    def _table(self, table: Table) -> None:
        grid = grids.read_grid(table, self.is_label_text)
        self.found.tables.append(grid.shape)
        if not grid.has_labels or (self._current_means() and not grid.has_known_labels):
            self._plain_table(table)
            return
        self._current = None
        for step in grid.steps():
            self._step(step)
        self._current = None

    def _step(self, step: grids.Step) -> None:
        if step.label is not None:
            self._open(step.label, self._match(step.label), step.shape, _CELL)
        elif not step.carries_on:
            self._current = None
        self.found.loose.extend(line for line in step.aside.split("\n") if line and not asks(line))
        for cell in step.cells:
            around, self._around = self._around, "cell"
            held = self._current
            self.flow(cell.blocks)
            self._around = around
            if held is not None:
                self._current = held

    def _plain_table(self, table: Table) -> None:
        """A table that answers the label above it: a row is a line."""
        current = self._current
        for row in table.rows:
            cells = [grids.text_of(cell) for cell in row]
            if current is not None and len(cells) > 1:
                current.table.append(cells)
                current.add(" – ".join(cell.replace("\n", " ") for cell in cells if cell))
            else:
                for cell in row:
                    self.flow(cell.blocks)
        if current is not None:
            self._current = current

    # Lines

    def _line(self, line: Line) -> None:
        text = line.text
        self._leave_control(line)
        if line.control and self._control(line):
            return
        pieces = [piece for piece in _APART.split(text) if piece.strip()]
        if len(pieces) > 1 and any(":" in piece for piece in pieces):
            for piece in pieces:
                lead = piece if line.lead and line.lead == text else ""
                self._line(Line(piece.strip(), lead, line.heading, line.item))
            return
        split = self._later_label(text)
        if split:
            self._line(Line(split[0], line.lead[: len(split[0])], line.heading, line.item))
            self._line(Line(split[1], "", line.heading, line.item))
            return
        self._one(line)

    def _one(self, line: Line) -> None:
        found = self._label_in(line)
        if found is None:
            self._text(line)
            return
        label, rest, shape, rank = found
        match = self._match(label)
        if (match is None or match.score < _LIKELY) and self._belongs(rank):
            self._text(line)
            return
        self._open(label, match, shape, rank)
        if rest and self._current is not None:
            self._current.add(rest)

    def _text(self, line: Line) -> None:
        if self._current is not None:
            self._current.add(line.text, item=line.item)
        else:
            self.found.loose.append(line.text)

    def _belongs(self, rank: int) -> bool:
        """An unknown label set lower than a known one is part of what stands under that."""
        current = self._current
        return current is not None and current.match is not None and rank > current.rank

    def _current_means(self) -> bool:
        return self._current is not None and self._current.match is not None

    def _open(self, label: str, match: Match | None, shape: str, rank: int) -> None:
        shape = f"{self._around}:{shape}" if self._around else shape
        self._current = Entry(label.strip(" :"), match, shape, rank, self._place)
        self.found.entries.append(self._current)

    def _control(self, line: Line) -> bool:
        """Text typed into a form control that no printed label explains: its name is the label."""
        if self._label_in(line) is not None:
            return False
        current = self._current
        name = line.control.strip(" :")
        if current is None or current.label != name or not current.shape.endswith("control"):
            if self._current_means():
                return False
            self._open(name, self._match(name), "control", _INLINE)
        if self._current is not None:
            self._current.add(line.text, item=line.item)
        return True

    def _leave_control(self, line: Line) -> None:
        """A control's own name answers for its own lines only."""
        current = self._current
        named = current is not None and current.shape.endswith("control")
        if current is not None and named and line.control.strip(" :") != current.label:
            self._current = None

    # What is a label

    def _is_label(self, line: Line) -> bool:
        return self._label_in(line) is not None

    def _match(self, label: str) -> Match | None:
        return self._matcher.match(label, self._names)

    def is_label_text(self, text: str) -> int:
        """How sure we are that these words are one of the standard's labels, to 100."""
        match = self._match(text)
        if match is None and is_other_label(text):
            return _LIKELY
        return match.score if match else 0

    def _label_in(self, line: Line) -> tuple[str, str, str, int] | None:
        """The label in a line, the text after it, how it stood out, and its rank."""
        text = line.text
        inline = self._inline(line)
        if line.heading:
            return inline or (text, "", "heading", line.heading)
        if line.lead:
            bold = self._bold(line, inline)
            if bold:
                return bold
        if inline:
            return inline
        if self._is_plain_label(line):
            return (text, "", "plain", _PLAIN)
        return None

    def _bold(
        self, line: Line, inline: tuple[str, str, str, int] | None
    ) -> tuple[str, str, str, int] | None:
        text, lead = line.text, line.lead
        if lead == text:
            if inline:
                label, rest, *_ = inline
                return inline if rest else (label, "", "bold", _BOLD)
            return (text, "", "bold", _BOLD) if self._reads_as_label(line) else None
        head, rest = lead.rstrip(), text[len(lead) :].strip()
        ends = head.endswith(":") or rest.startswith((":", "-", "–", "—"))
        ends = ends or text[len(lead) :].startswith("\t")
        head = head.rstrip(" :")
        if _fits(head) and (ends or self.is_label_text(head) >= SAME_WORDS):
            return (head, rest.lstrip(":-–— "), "bold start", _BOLD_START)
        return None

    def _reads_as_label(self, line: Line) -> bool:
        if self.is_label_text(line.text) >= _LIKELY:
            return True
        return _fits(line.text) and not line.item and not line.text.endswith(_SENTENCE_END)

    def _inline(self, line: Line) -> tuple[str, str, str, int] | None:
        text = line.text
        cut = _COLON.search(text)
        if cut and cut.start() > 0:
            head, rest = text[: cut.start()], text[cut.end() :]
            if self._is_inline_head(head, line):
                return (head, rest, "inline", _INLINE)
            return None
        dated = _DATED.match(text)
        if dated and self._is_date_label(dated["label"]):
            return (dated["label"], dated["day"], "inline", _INLINE)
        dash = _DASH.search(text)
        if dash and not line.item and self.is_label_text(text[: dash.start()]) >= SAME_WORDS:
            return (text[: dash.start()], text[dash.end() :], "inline", _INLINE)
        return None

    def _is_date_label(self, label: str) -> bool:
        match = self._match(label)
        return match is not None and all(map(self._matcher.is_date, match.fields))

    def _is_inline_head(self, head: str, line: Line) -> bool:
        score = self.is_label_text(head)
        if line.item or self._around == "cell":
            return score >= (EXACT if self._current_means() else _LIKELY)
        if score >= _LIKELY:
            return True
        short = len(head) <= 45 and len(head.split()) <= 6 and head[:1].isupper()
        return short and not _STARTS_SENTENCE.match(head)

    def _is_plain_label(self, line: Line) -> bool:
        """A line without any mark that is word for word one of the known labels."""
        text = line.text
        if line.item or not _fits(text) or text.endswith(_SENTENCE_END):
            return False
        if self.is_label_text(text) < SAME_WORDS:
            return False
        answers = self._waits() and self._current_means() and len(text.split()) <= 2
        return not (answers and self._current is not None and self._current.shape != "plain")

    def _later_label(self, text: str) -> tuple[str, str] | None:
        """ "Name: Theo Class: 4B" holds two labels: where the second begins."""
        if text.count(":") < 2:
            return None
        best = (SAME_WORDS - 1, 0, 0)
        for gap in _LATER_LABEL.finditer(text, text.index(":")):
            head = text[gap.end() :].split(":", 1)[0]
            best = max(best, (self.is_label_text(head), -gap.start(), gap.end()))
        score, start, end = best
        return (text[:-start], text[end:]) if score >= SAME_WORDS else None


def _fits(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LABEL and len(text.split()) <= _LABEL_WORDS
