"""Whether somebody wrote something under a label, and what it is in the standard's own types."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from dateutil import parser as dates
from rapidfuzz import fuzz

from pillars.consistency.paperwork.definition import Field, FieldType

Rows = Sequence[Sequence[str]]

_DASHES = (
    "n/a na n.a. n.a none nil - -- --- . .. ... ? tbc tbd tba t.b.c. tbc. todo xxx xx x blank "
    "nothing unknown"
)
_NOTHING = frozenset(_DASHES.split()) | {
    "to be confirmed", "to be completed", "to be added", "to follow", "not applicable",
    "not known", "none given", "not yet", "not yet completed", "as above", "see above",
    "click or tap to enter a date", "choose an item", "select an item", "enter text",
    "insert text", "type here", "name here", "dd/mm/yyyy", "dd/mm/yy", "insert date",
    "insert photo", "photo", "no response",
}  # fmt: skip
_FORM_PROMPT = re.compile(
    r"^(click|tap|press)( here)?( or (tap|click))?( here)? to (enter|add|type|choose|select|insert)"
    r"|^(choose|select|pick) an? (item|date|option)"
    r"|^(insert|enter|type|add|write) [\w' ]{0,30}here$",
    re.IGNORECASE,
)
_MARKS_ONLY = re.compile(r"^[\W_]*$")
_BRACKETED = re.compile(r"^(\[[^\]]*\]|<[^>]*>|\([^()]*\?\s*\))$")
_ASKS_YOU = re.compile(r"\b(you|your|the (?:pupil|child|student|learner)|they|their)\b", re.I)
_ASKS = re.compile(
    r"^(what|how|who|when|where|why|which|list|describe|think|e\.?g|for example|include|add|"
    r"consider|record|explain|write|insert|use this)\b",
    re.IGNORECASE,
)
_TICKED = re.compile(r"[☒☑✓✔]")
_UNTICKED = re.compile(r"☐[^☐☒☑\n]*")
_JOINED_LIST = re.compile(r"\s*;\s*(?=\S)|\s+[•▪●◦]\s+")
_DAY = re.compile(
    r"\b(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[A-Za-z]{3,9},?\s+\d{2,4}"
    r"|[A-Za-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})\b"
)
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?,?\s+(20\d\d)\b", re.IGNORECASE
)
_YES = frozenset({"yes", "y", "true", "1", "✓", "x", "☒"})
_NO = frozenset({"no", "n", "false", "0", "☐"})


def written(lines: Sequence[str], field: Field, prompts: frozenset[str] = frozenset()) -> list[str]:
    """The lines that somebody really wrote: no prompts, no "N/A", no dotted lines, no empty box.

    `prompts` are lines known to belong to the template because file after file repeats them.
    """
    found = []
    for line in lines:
        text = _UNTICKED.sub("", line)
        text = _TICKED.sub("", text).strip()
        if text and not is_placeholder(text) and not _is_own(text, field) and text not in prompts:
            found.append(text)
    return found


def is_placeholder(text: str) -> bool:
    """Whether these words stand where nobody has written anything."""
    plain = text.strip().strip("*_… ").rstrip(".:").strip().lower()
    if not plain or plain in _NOTHING or _MARKS_ONLY.match(plain):
        return True
    return bool(_FORM_PROMPT.match(plain) or _BRACKETED.match(text.strip())) or _is_question(text)


def asks(text: str) -> bool:
    """Whether a line reads like a template's prompt; it is one if several files repeat it."""
    return bool(_ASKS.match(text.strip(" (["))) or text.rstrip(" )]").endswith("?")


def _is_question(text: str) -> bool:
    """A question put to whoever fills the form in, and nothing more."""
    bare = text.strip(" ()[]")
    return (
        bare.endswith("?")
        and bare.count("?") == 1
        and bool(_ASKS.match(bare))
        and bool(_ASKS_YOU.search(bare))
    )


def _is_own(text: str, field: Field) -> bool:
    """The standard's own guidance left standing, as in a printed blank."""
    return len(text) > 12 and text in {field.guidance, field.example}


def answer_of(field: Field, text: str, tables: Sequence[Rows]) -> Any:
    """The text as an answer of the field's type; None when it cannot be one.

    `tables` are the rows of cells that stood under the field's label, when it asks for a table.
    """
    if field.type is FieldType.TABLE:
        return _table(field, text, tables)
    return _READERS.get(field.type, _as_written)(field, text)


def points_of(text: str) -> list[str]:
    """A list as written: a line each, or joined by semicolons or by bullets in the line."""
    points = [point for line in text.split("\n") for point in _JOINED_LIST.split(line)]
    if len(points) == 1 and "," in text:
        names = re.split(r",\s*|\s+and\s+", text.rstrip(" ."))
        if all(0 < len(name.split()) <= 3 for name in names):
            points = names  # names in a row: "Theo, his mum and Mr Lee"
    return [point.strip() for point in points if point.strip(" ;•-")]


def day_in(text: str) -> date | None:
    """The last day named in a text, in any form usual here; a month alone means its first day."""
    days = [day for found in _DAY.finditer(text) if (day := _day(found[0]))]
    if days:
        return days[-1]
    months = [day for found in _MONTH.finditer(text) if (day := _day(f"1 {found[1]} {found[2]}"))]
    return months[-1] if months else None


def _day(text: str) -> date | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        return dates.parse(text.replace(" of ", " "), dayfirst=True).date()
    except (ValueError, OverflowError):
        return None


def _choices(field: Field, points: list[str]) -> list[str]:
    found = []
    for point in points:
        scored = [(fuzz.ratio(point.lower(), choice.lower()), choice) for choice in field.choices]
        score, best = max(scored, default=(0.0, ""))
        if score >= 85 and best not in found:
            found.append(best)
    return found


def _table(field: Field, text: str, tables: Sequence[Rows]) -> list[dict[str, str]]:
    """Rows under the columns that their headings name; else each line in the first column."""
    if not field.columns:
        return []
    keys = [column.key for column in field.columns]
    titles = {column.title.lower(): column.key for column in field.columns}
    for table in tables:
        if len(table) < 2:
            continue
        heads = [_column(head, titles) for head in table[0]]
        if any(heads):
            rows = [
                {head: value for head, value in zip(heads, row, strict=False) if head}
                for row in table[1:]
            ]
            return [dict.fromkeys(keys, "") | row for row in rows if any(row.values())]
    return [dict.fromkeys(keys, "") | {keys[0]: point} for point in points_of(text)]


def _column(head: str, titles: dict[str, str]) -> str:
    scored = [(fuzz.ratio(head.lower().strip(), title), key) for title, key in titles.items()]
    score, key = max(scored, default=(0.0, ""))
    return key if score >= 80 else ""


def _yes_no(text: str) -> bool | None:
    word = text.strip().lower().split()[0].strip(".,:") if text.strip() else ""
    if word in _YES:
        return True
    return False if word in _NO else None


def _as_written(_field: Field, text: str) -> Any:
    return text


def _as_day(_field: Field, text: str) -> Any:
    found = day_in(text)
    return found.isoformat() if found else None


def _as_number(_field: Field, text: str) -> Any:
    number = re.search(r"\d+", text)
    return int(number[0]) if number else None


_READERS: dict[FieldType, Callable[[Field, str], Any]] = {
    FieldType.LIST: lambda _field, text: points_of(text),
    FieldType.MANY_CHOICE: lambda field, text: _choices(field, points_of(text)),
    FieldType.CHOICE: lambda field, text: next(iter(_choices(field, [text])), None),
    FieldType.DATE: _as_day,
    FieldType.RATING: _as_number,
    FieldType.YES_NO: lambda _field, text: _yes_no(text),
}
