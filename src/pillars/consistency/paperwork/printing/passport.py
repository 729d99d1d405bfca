"""How a Pupil Passport fills its one side of A4: which rooms, how wide, in which colour."""

from dataclasses import replace
from typing import Any

from pillars.consistency.paperwork.definition import Field, FieldType
from pillars.consistency.paperwork.printing.blocks import Block, block_of, is_blank
from pillars.consistency.paperwork.printing.printable import Printable

KEY = "pupil-passport"

# These stand in the heading and the footer of the page.
_ELSEWHERE = frozenset({"pupil_name", "class_group", "review_date"})
_HUES = {
    "about_me": "blue",
    "important_to_me": "blue",
    "my_part": "blue",
    "aspirations": "blue",
    "needs": "purple",
    "strategies": "green",
    "avoid": "red",
}
_WIDE = frozenset({"needs", "strategies"})
# Beyond this many characters a half-width room is taller than it is wide.
_HALF = 240


def passport_rows(printable: Printable) -> list[list[dict[str, Any]]]:
    """The rooms of the page, row by row, each row one room wide or two side by side.

    An optional field that nobody filled in is left out; a required one says it is empty.
    """
    rows: list[list[dict[str, Any]]] = []
    waiting: dict[str, Any] | None = None
    for field in printable.definition.fields:
        block = _block(printable, field)
        if block is None:
            continue
        room = _room(field, block)
        if _is_wide(field, block):
            rows.append([room])
        elif waiting is None:
            waiting = room
            rows.append([room])
        else:
            row = next(row for row in rows if row[0] is waiting)
            row.append(room)
            waiting = None
    return rows


def _block(printable: Printable, field: Field) -> Block | None:
    answer = printable.answers.get(field.key)
    if field.key in _ELSEWHERE or (is_blank(answer) and not field.required):
        return None
    if field.key == "owner" and _shares(printable):
        return None
    block = block_of(field, answer, numbered=field.key == "strategies")
    if field.key == "contributors" and _shares(printable):
        block = _with_owner(block, str(printable.answers["owner"]).strip())
    return block


def _room(field: Field, block: Block) -> dict[str, Any]:
    return {
        "title": field.title,
        "hue": _HUES.get(field.key, "plain"),
        "strong": field.key == "strategies",
        "block": block.as_data(),
    }


def _shares(printable: Printable) -> bool:
    """Whether who to ask can stand in the room that says who made this."""
    return all(
        printable.definition.has(key) and not is_blank(printable.answers.get(key))
        for key in ("owner", "contributors")
    )


def _with_owner(block: Block, owner: str) -> Block:
    ask = f"Ask: {owner}."
    if block.kind == "list":
        made_by = ", ".join(block.items)
        return Block("paragraphs", items=(f"{made_by}.", ask))
    if block.kind == "table":
        made_by = ", ".join(" ".join(filter(None, row)) for row in block.rows)
        return Block("paragraphs", items=(f"{made_by}.", ask))
    return replace(block, items=(*block.items, ask))


def _is_wide(field: Field, block: Block) -> bool:
    return field.key in _WIDE or field.type is FieldType.TABLE or block.letters > _HALF
