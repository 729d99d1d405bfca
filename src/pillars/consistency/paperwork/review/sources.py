"""Finds the files to review: in folders, in zips, or named one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pillars.consistency.paperwork.review.report import UnreadableFile
from pillars.exchange.documents import MOST_BYTES, Unreadable
from pillars.exchange.uploads import (
    MEGABYTE,
    UploadRefused,
    ZipLimits,
    files_in_zip,
    is_litter,
    open_zip_safely,
    read_entry,
)

MOST_FILES = 5_000
ZIP_LIMITS = ZipLimits(entries=MOST_FILES, entry_bytes=64 * MEGABYTE)
# What lies beside documents in a folder and nobody takes for one.
_BESIDE = ".json .ini .db .lnk .url .tmp .log .py .exe .dll .css .js .html .htm .bak"
_NO_DOCUMENTS = frozenset(_BESIDE.split())


@dataclass(frozen=True, slots=True)
class Source:
    """One file to review: where it lies, and inside a zip under which entry."""

    name: str
    path: Path
    entry: str = ""

    def data(self) -> Path | bytes:
        """The path, or the bytes when the file lies in a zip."""
        if not self.entry:
            return self.path
        try:
            with (
                self.path.open("rb") as stream,
                open_zip_safely(stream, self.path.name, ZIP_LIMITS) as archive,
            ):
                if archive.getinfo(self.entry).file_size > MOST_BYTES:
                    raise Unreadable(
                        f"It is over {MOST_BYTES // MEGABYTE} MB. "
                        "Make its pictures smaller and save it again."
                    )
                return read_entry(archive, self.entry, ZIP_LIMITS)
        except UploadRefused as refused:
            raise Unreadable(refused.reason) from None


class NothingToReview(ValueError):  # noqa: N818 (it is told to a person, not an error)
    """There is no file to review at all; the message says what was looked for and where."""


def find_sources(paths: Sequence[Path]) -> tuple[list[Source], list[UnreadableFile]]:
    """The files in these paths, each under a name of its own, sorted; and zips that do not open.

    A file in a folder is named by its path from that folder, one in a zip by its path in the zip.
    """
    sources: list[Source] = []
    broken: list[UnreadableFile] = []
    for path in sorted(dict.fromkeys(paths)):
        if not path.exists():
            raise NothingToReview(f"There is no file or folder {path}. Check the name.")
        for inner, name in _files_in(path):
            try:
                sources.extend(_in_file(inner, name))
            except UploadRefused as refused:
                broken.append(UnreadableFile(name, refused.reason))
    kept = _named_apart(sources)
    if not kept and not broken:
        named = ", ".join(str(path) for path in paths)
        raise NothingToReview(
            f"There are no documents in {named}. "
            "Name a folder with .docx, .pdf, .odt or .txt files."
        )
    if len(kept) > MOST_FILES:
        raise NothingToReview(
            f"There are {len(kept):,} files. Review {MOST_FILES:,} at most at a time."
        )
    return kept, broken


def _files_in(path: Path) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, path.name
        return
    for inner in sorted(path.rglob("*")):
        pieces = inner.relative_to(path).parts
        if inner.is_file() and not is_litter(pieces) and may_be_document(inner.name):
            yield inner, "/".join(pieces)


def _in_file(path: Path, name: str) -> Iterator[Source]:
    if path.suffix.lower() != ".zip":
        yield Source(name, path)
        return
    with path.open("rb") as stream, open_zip_safely(stream, path.name, ZIP_LIMITS) as archive:
        prefix = name.removesuffix(path.name)
        for inside, entry in files_in_zip(archive):
            if may_be_document(inside):
                yield Source(prefix + inside, path, entry.filename)


def may_be_document(name: str) -> bool:
    """Whether a file may be somebody's document, told by its name alone."""
    return PurePosixPath(name).suffix.lower() not in _NO_DOCUMENTS


def _named_apart(sources: list[Source]) -> list[Source]:
    """Two files of one name, from two folders, get their folder's name before it."""
    counts: dict[str, int] = {}
    for source in sources:
        counts[source.name] = counts.get(source.name, 0) + 1
    found: dict[str, Source] = {}
    for source in sources:
        name = source.name
        if counts[name] > 1:
            holder = source.path.name if source.entry else source.path.parent.name
            name = f"{holder}/{name}"
        number = 2
        unique = name
        while unique in found:
            unique, number = f"{name} ({number})", number + 1
        found[unique] = Source(unique, source.path, source.entry)
    return sorted(found.values(), key=lambda source: source.name)
