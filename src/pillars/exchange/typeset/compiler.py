"""One Typst compiler per process, kept warm: starting it and reading its fonts is the slow part."""

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst

from pillars.exchange.typeset.characters import changed, named, readable, texts

HOUSE = Path(__file__).resolve().parents[2]
"""The folder a template's absolute imports start from (`/exchange/typeset/house.typ`)."""

FONTS = HOUSE.parents[1] / "build" / "fonts"
"""Where the house typeface is put, in the form Typst reads, when the product is set up."""

_SHAPELESS = re.compile(r"could not be displayed")
_PROBE = Path(__file__).with_name("probe.typ")

# Typst keeps what it laid out until it has compiled ten times without needing it again.
_UNTIL_FORGOTTEN = 11
_LARGE = 100_000

# A compiler holds what it read last; two threads must not change that under each other.
_TURN = threading.Lock()


class TypesettingError(Exception):
    """A page could not be made; the text says what was wrong with the template or its data."""


@cache
def _compiler(*, borrowed: bool) -> typst.Compiler:
    """The warm compiler; `borrowed` also takes the machine's fonts, for scripts ours lack."""
    folders = [FONTS] if FONTS.is_dir() else []
    fonts = typst.Fonts(include_system_fonts=borrowed, font_paths=folders)
    return typst.Compiler(root=HOUSE, font_paths=fonts, ignore_system_fonts=not borrowed)


def _compile(
    source: Path, data: Any, *, root: Path, when: datetime | None, borrowed: bool = False
) -> bytes:
    with _TURN:
        made = _compiler(borrowed=borrowed).compile(
            input=source,
            root=root,
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards="ua-1",
            timestamp=when,
        )
    if not isinstance(made, bytes):
        raise TypesettingError("The page came out in pieces. Ask for one PDF at a time.")
    return made


@lru_cache(maxsize=4096)
def _has_shape(letter: str, *, borrowed: bool) -> bool:
    try:
        _compile(_PROBE, {"letter": letter}, root=HOUSE, when=None, borrowed=borrowed)
    except typst.TypstError:
        return False
    return True


def _with_stand_ins(data: Any) -> tuple[Any, bool]:
    """`data` with every shapeless character named, and whether the machine's fonts are needed."""
    shapeless = {letter for letter in texts(data) if not _has_shape(letter, borrowed=False)}
    found = {letter for letter in shapeless if _has_shape(letter, borrowed=True)}
    swap = {ord(letter): named(letter) for letter in shapeless - found}
    return changed(data, lambda text: text.translate(swap)), bool(found)


def typeset(
    template: Path | str, data: Mapping[str, Any], *, made_at: datetime | None = None
) -> bytes:
    """A printed page as a PDF that a screen reader can read (PDF/UA-1, tagged).

    `template` is a `.typ` file, which reads its content with `json(bytes(sys.inputs.data))`.
    `data` holds only what JSON can say; it never becomes part of the program, so a pupil's text
    may hold any character. `made_at` (aware, UTC now when absent) is written as the date made;
    the same template, data and moment give the same bytes. Raises `TypesettingError` with a
    sentence. Source: Typst 0.15, ISO 14289-1.
    """
    path = Path(template).resolve()
    if not path.is_file():
        raise TypesettingError(f"There is no template called {path.name}.")
    root = HOUSE if path.is_relative_to(HOUSE) else path.parent
    when = (made_at or datetime.now(UTC)).replace(microsecond=0)
    content = changed(data, readable)
    try:
        made = _attempt(path, content, root=root, when=when)
    except typst.TypstError as problem:
        raise TypesettingError(f"{path.name} could not be printed: {problem.message}.") from problem
    except (TypeError, ValueError) as problem:
        raise TypesettingError(f"{path.name} was given something that is not text.") from problem
    if len(made) > _LARGE:
        _forget()
    return made


def _attempt(path: Path, content: Any, *, root: Path, when: datetime) -> bytes:
    try:
        return _compile(path, content, root=root, when=when)
    except typst.TypstError as problem:
        if not _SHAPELESS.search(problem.message):
            raise
    content, borrowed = _with_stand_ins(content)
    return _compile(path, content, root=root, when=when, borrowed=borrowed)


def _forget() -> None:
    """Give back the memory of a long print: a whole school's passports take hundreds of MB."""
    for _ in range(_UNTIL_FORGOTTEN):
        _compile(_PROBE, {"letter": "a"}, root=HOUSE, when=None)
