"""Which pupil a file is about, by the name in it or in its file name. A person decides."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from rapidfuzz import fuzz, process

LEAST_LIKENESS = 80
SURE = 97
_MOST = 5
_NOT_NAMES = re.compile(
    r"\b(?:pupil|student|learner|one|page|passports?|profiles?|plans?|support|send?|pp|opp|"
    r"v\d+|final|draft|copy|new|old|updated?|version|v|year|yr|class|form|term|autumn|spring|summer|"
    r"review|reviewed|the|of|for)\b|\d+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A pupil as the register names them. `names` are the ways the name may be written."""

    key: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """A pupil that a file may be about, and how like the names are, to 100."""

    key: int
    likeness: int


def named(
    key: int, forename: str, surname: str, known_as: str = "", class_group: str = ""
) -> Named:
    """A pupil with each first name, and with the class, which tells two of one name apart."""
    firsts = dict.fromkeys(name for name in (forename, known_as) if name)
    names = [f"{first} {surname}" for first in firsts]
    with_class = [f"{name} {class_group}" for name in names] if class_group else []
    return Named(key, tuple(_plain(name) for name in (*names, *with_class)))


def likely_pupils(
    file: str, name: str, pupils: Sequence[Named], class_group: str = ""
) -> list[Likely]:
    """The pupils whose names are like the one in the file, the likeliest first; at most five.

    The name in the document counts; where there is none, the words of the file's name do. Two
    pupils of one name are told apart by the class the file gives, or left for a person to tell.
    """
    said = _plain(name) or _plain(_NOT_NAMES.sub(" ", _stem(file)))
    if not said:
        return []
    best: Counter[int] = Counter()
    spelled = [(one.key, spelling) for one in pupils for spelling in one.names]
    hits = process.extract(
        said,
        [spelling for _, spelling in spelled],
        scorer=_likeness,
        score_cutoff=LEAST_LIKENESS,
        limit=20,
    )
    for _, score, place in hits:
        key = spelled[place][0]
        best[key] = max(best[key], int(score))
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    if class_group and len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        ranked = _by_class(ranked, f"{said} {_plain(class_group)}", pupils)
    return [Likely(key, score) for key, score in ranked[:_MOST]]


def is_sure(found: Sequence[Likely]) -> bool:
    """Whether one pupil has the very name, and no other comes near."""
    if not found or found[0].likeness < SURE:
        return False
    return len(found) == 1 or found[1].likeness < SURE


def _by_class(
    ranked: list[tuple[int, int]], said: str, pupils: Sequence[Named]
) -> list[tuple[int, int]]:
    """Of pupils with one name, the one in the class the file gives comes first."""
    top = ranked[0][1]
    names = {one.key: one.names for one in pupils}
    score = {
        key: max(fuzz.token_set_ratio(said, name) + fuzz.ratio(said, name) for name in names[key])
        for key, likeness in ranked
        if likeness == top
    }
    first = max(score, key=lambda key: (score[key], -key))
    clear = sum(1 for value in score.values() if value == score[first]) == 1
    if not clear:
        return ranked
    return [(first, top), *((key, min(like, SURE - 1)) for key, like in ranked if key != first)]


def _likeness(one: str, other: str, **_: object) -> float:
    """As written, or with the surname first; a lone forename is only ever a possibility."""
    score = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    if " " not in one and one == other.split(" ", 1)[0]:
        return max(score, 85.0)
    return score


def _stem(file: str) -> str:
    return re.sub(r"[_.,()\[\]-]+", " ", PurePosixPath(file).stem)


def _plain(text: str) -> str:
    """Small letters without accents or marks; "Martin, Theo" turned round."""
    surname, comma, first = text.partition(",")
    turned = f"{first} {surname}" if comma else text
    folded = unicodedata.normalize("NFKD", turned).lower()
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded.replace("'", "").replace("’", "")).split())
