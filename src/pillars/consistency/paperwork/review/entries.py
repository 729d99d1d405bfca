"""The labels found in a file and the text under each, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pillars.consistency.paperwork.review.labels import Match
from pillars.exchange.documents import Place


@dataclass(slots=True)
class Entry:
    """One label as the school wrote it, what it means, and the lines that stand under it.

    `shape` says how the label stood out ("heading", "left", "inline" …); `rank` orders shapes
    from titles (small) to words in a line (large): a lower label never ends a higher one.
    """

    label: str
    match: Match | None
    shape: str
    rank: int
    place: Place
    lines: list[str] = field(default_factory=list)
    items: list[bool] = field(default_factory=list)
    table: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines under the label."""
        return "\n".join(self.lines).strip()

    @property
    def fields(self) -> tuple[str, ...]:
        """The standard's fields that this label means."""
        return self.match.fields if self.match else ()

    def add(self, text: str, *, item: bool = False) -> None:
        """Puts a line under the label."""
        if text.strip():
            self.lines.append(text.strip())
            self.items.append(item)


@dataclass(slots=True)
class Gathered:
    """Everything taken from one file: labels with text, and the words that stand under none."""

    entries: list[Entry] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
