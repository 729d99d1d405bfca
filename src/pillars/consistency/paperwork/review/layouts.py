"""Which files share a format: the same labels, set in the same way.

A file's fingerprint is the set of its labels, each with the way it stands out. A missing label or
a heading that somebody added changes a fingerprint a little; another template changes it a lot.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pillars.consistency.paperwork.review.entries import Gathered
from pillars.consistency.paperwork.review.labels import bare_words, plain_label

# Two fingerprints that share this part of all they hold are one format.
ALIKE = 0.55
# A label that means a field says more about a template than one that means none.
_KNOWN, _UNKNOWN = 2, 1
_LONGEST = 60
_SHAPES = {
    "heading": "headings",
    "bold": "bold labels",
    "bold start": "bold labels",
    "inline": "labels with a colon",
    "plain": "plain labels",
    "left": "table, label at the left",
    "above": "table, label above",
    "wide": "table, label above",
    "cell": "boxes in a table",
    "box": "text boxes",
    "control": "form to fill in",
}

Fingerprint = frozenset[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Layout:
    """One format in use: its number (1 is the most used), what it looks like, its files."""

    number: int
    name: str
    files: tuple[str, ...]


def fingerprint(gathered: Gathered, names: frozenset[str]) -> Fingerprint:
    """What a file shares with the others made from its template, whoever the pupil is."""
    found: dict[tuple[str, str], int] = {}
    for entry in gathered.entries:
        if len(entry.label) > _LONGEST:
            continue
        words = bare_words(plain_label(entry.label), names)
        if words and words != ("me",):
            weight = _KNOWN if entry.match else _UNKNOWN
            key = (_coarse(entry.shape), " ".join(words))
            found[key] = max(found.get(key, 0), weight)
    return frozenset((shape, words, weight) for (shape, words), weight in found.items())


def _coarse(shape: str) -> str:
    """Left and above are told apart; a bold label with its text after it is a bold label."""
    around, _, own = shape.partition(":")
    if own == "heading":
        return own  # a heading says enough; columns come and go with the length of the text
    if own:
        return around
    return {"bold start": "bold", "wide": "above", "plain": "bold", "control": "bold"}.get(
        shape, shape
    )


def group(fingerprints: Mapping[str, Fingerprint]) -> list[tuple[str, ...]]:
    """Files that share a format, the largest group first; the order of the files is no matter."""
    by_print: dict[Fingerprint, list[str]] = defaultdict(list)
    for file in sorted(fingerprints):
        by_print[fingerprints[file]].append(file)
    prints = sorted(by_print, key=lambda one: by_print[one][0])
    parent = list(range(len(prints)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in _near(prints):
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: dict[int, list[str]] = defaultdict(list)
    for place, shared in enumerate(prints):
        groups[root(place)].extend(by_print[shared])
    return sorted(
        (tuple(sorted(files)) for files in groups.values()),
        key=lambda files: (-len(files), files[0]),
    )


def _near(prints: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """Pairs that are one format. Only prints that share a label are compared."""
    holders: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    shared: Counter[tuple[int, int]] = Counter()
    weights = [sum(weight for *_, weight in one) for one in prints]
    for number, one in enumerate(prints):
        for token in sorted(one):
            for other in holders[token]:
                shared[other, number] += token[2]
            holders[token].append(number)
    return [
        (one, other)
        for (one, other), both in shared.items()
        if both >= ALIKE * (weights[one] + weights[other] - both)
    ]


def name_layouts(
    groups: Sequence[tuple[str, ...]],
    fingerprints: Mapping[str, Fingerprint],
    wordings: Mapping[str, Mapping[str, str]],
) -> list[Layout]:
    """Each format with a name a person would know it by.

    `wordings` gives each file's labels as written, by their bare words.
    """
    spread: Counter[str] = Counter()
    for files in groups:
        spread.update({words for file in files for _, words, _ in fingerprints[file]})
    return [
        Layout(number, _name(files, fingerprints, wordings, spread), files)
        for number, files in enumerate(groups, start=1)
    ]


def _name(
    files: tuple[str, ...],
    fingerprints: Mapping[str, Fingerprint],
    wordings: Mapping[str, Mapping[str, str]],
    spread: Counter[str],
) -> str:
    shapes: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    for file in files:
        shapes.update(shape for shape, *_ in fingerprints[file])
        labels.update(words for _, words, weight in fingerprints[file] if weight == _KNOWN)
    if not shapes:
        return "free text, no labels"
    shape = min(shapes, key=lambda one: (-shapes[one], one))
    look = _SHAPES.get(shape, shape)
    if not labels:
        return look
    best = min(labels, key=lambda words: (spread[words], -labels[words], -len(words), words))
    wording = Counter(wordings[file][best] for file in files if best in wordings[file])
    said = min(wording, key=lambda one: (-wording[one], one))
    return f"{look}, “{said}”"


def wordings_of(gathered: Gathered, names: frozenset[str]) -> dict[str, str]:
    """A file's labels as written, by their bare words."""
    found: dict[str, str] = {}
    for entry in gathered.entries:
        words = " ".join(bare_words(plain_label(entry.label), names))
        found.setdefault(words, entry.label)
    return found
