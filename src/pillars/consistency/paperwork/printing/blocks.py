"""A field's answer as a block of print: paragraphs, a list, a table, or word that it is empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pillars.consistency.paperwork.definition import Column, Field, FieldType
from pillars.consistency.paperwork.printing.printable import day

NOT_FILLED_IN = "Not filled in yet."


@dataclass(frozen=True, slots=True)
class Block:
    """One answer, ready for any medium. `kind` says which of the other parts it uses."""

    kind: str
    items: tuple[str, ...] = ()
    numbered: bool = False
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    weights: tuple[float, ...] = ()
    words: str = ""

    def as_data(self) -> dict[str, Any]:
        """The parts that this kind of block uses, as a template reads them."""
        if self.kind == "table":
            return {
                "kind": self.kind,
                "heads": self.heads,
                "rows": self.rows,
                "weights": self.weights,
            }
        if self.kind == "empty":
            return {"kind": self.kind, "words": self.words}
        return {"kind": self.kind, "items": self.items, "numbered": self.numbered}

    @property
    def letters(self) -> int:
        """How much there is to read, in characters."""
        cells = sum(len(cell) for row in self.rows for cell in row)
        return sum(map(len, self.items)) + cells + len(self.words)


def block_of(field: Field, answer: Any, *, numbered: bool = False) -> Block:
    """The answer to `field` as a block; an answer of another shape is shown as plain words."""
    if is_blank(answer):
        return Block("empty", words=NOT_FILLED_IN)
    if field.type is FieldType.TABLE and _is_table(answer):
        return _table(field.columns, answer)
    if field.type in {FieldType.LIST, FieldType.MANY_CHOICE} and isinstance(answer, list):
        items = tuple(str(item).strip() for item in answer if not is_blank(item))
        return Block("list", items=items, numbered=numbered)
    return Block("paragraphs", items=_paragraphs(_plain(field, answer)))


def is_blank(answer: Any) -> bool:
    """Whether nothing has been written: no answer, only spaces, or only blank parts."""
    if answer is None:
        return True
    if isinstance(answer, str):
        return not answer.strip()
    if isinstance(answer, Mapping):
        return all(is_blank(part) for part in answer.values())
    if isinstance(answer, Sequence):
        return all(is_blank(part) for part in answer)
    return False


def _is_table(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(row, Mapping) for row in answer)


def _table(columns: tuple[Column, ...], answer: list[Mapping[str, Any]]) -> Block:
    rows = tuple(
        tuple(_cell(column, row.get(column.key)) for column in columns)
        for row in answer
        if not is_blank(row)
    )
    heads = tuple(column.title for column in columns)
    return Block("table", heads=heads, rows=rows, weights=_weights(heads, rows))


def _weights(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[float, ...]:
    """How wide each column is beside the others: more for more to read, none squeezed out."""
    longest = (max(map(len, column)) for column in zip(heads, *rows, strict=True))
    return tuple(round(min(max(letters, 12), 120) ** 0.5, 2) for letters in longest)


def _cell(column: Column, value: Any) -> str:
    text = "" if value is None else str(value).strip()
    return _as_day(text) if column.type is FieldType.DATE else text


def _plain(field: Field, answer: Any) -> str:
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    if isinstance(answer, Mapping):
        return "; ".join(_plain(field, part) for part in answer.values() if not is_blank(part))
    if isinstance(answer, list):
        return "\n".join(_plain(field, part) for part in answer if not is_blank(part))
    if field.type is FieldType.RATING:
        return f"{answer} of 3"
    text = str(answer)
    return _as_day(text) if field.type is FieldType.DATE else text


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _as_day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
