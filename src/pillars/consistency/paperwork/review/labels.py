"""Which field of the standard a school's own label means.

Every school words its labels its own way: "What people like about Theo", "Strengths", "I am good
at". A label is matched by the wordings the standard lists for each field, then by likeness. A
wrong match hides a pupil's words under the wrong heading, so in doubt there is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pillars.consistency.paperwork.definition import Definition, FieldType
from pillars.consistency.paperwork.review.cues import cued_field

EXACT = 100
SAME_WORDS = 96
JOINED = 92
LEAST_LIKENESS = 88
CUED = 80
_SHORT = 12
_LONGEST_LABEL = 110
_MOST_WORDS = 16
# A date stands in an answer, not in a label.
_MOST_DIGITS = 3

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": " "})
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.):]|[a-h][.)])\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_WORDS = re.compile(r"[^a-z0-9' ]+")
_JOINS = re.compile(r"\s*[&/+,;]\s*")
_SPLIT = re.compile(r"\s*\b(?:and|or)\b\s*")
_ANYONE = (
    "i me my mine myself he him his himself she her hers herself they them their themselves "
    "pupil pupil's pupils child child's student student's learner learner's"
)
_ME = frozenset(_ANYONE.split())
_LITTLE = "the a an to of is are be am that this these it in for"
_SMALL = frozenset(_LITTLE.split())
_TURNS = frozenset({"not", "avoid", "never", "unhelpful"})
_ALIKE = {
    "whats": "what", "what's": "what", "don't": "not", "dont": "not", "doesn't": "not",
    "doesnt": "not", "not": "not", "do": "", "does": "", "can't": "cannot", "parents": "parent",
    "parents'": "parent", "parent's": "parent", "carers": "carer", "carers'": "carer",
    "carer's": "carer", "views": "view", "targets": "target", "strengths": "strength",
    "needs": "need", "strategies": "strategy", "dates": "date", "reviewed": "review",
    "difficulties": "difficulty", "arrangements": "arrangement", "triggers": "trigger",
    "helps": "help", "teachers": "teacher", "adults": "adult", "things": "what", "thing": "what",
}  # fmt: skip


def plain_label(text: str) -> str:
    """A label in small letters without numbers, brackets, marks or doubled spaces."""
    folded = unicodedata.normalize("NFKD", text.translate(_QUOTES)).lower()
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    folded = _BRACKETS.sub(" ", _NUMBERED.sub("", folded))
    folded = _JOINS.sub(" and ", folded)
    return " ".join(_NOT_WORDS.sub(" ", folded.replace("-", " ")).split())


def bare_words(plain: str, names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words that carry the meaning: who is meant (me, him, Theo) is made one word.

    "What's important to Theo" and "What is important to me" come out the same.
    """
    found = []
    for word in plain.split():
        bare = word.removesuffix("'s")
        if word in _ME or bare in _ME or bare in names:
            found.append("me")
        elif word not in _SMALL:
            alike = _ALIKE.get(word, word.strip("'"))
            if alike:
                found.append(alike)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Match:
    """The fields a label means (more than one when it joins two), and how sure that is, to 100."""

    fields: tuple[str, ...]
    score: int


@dataclass(frozen=True, slots=True)
class _Wording:
    field: str
    plain: str
    words: tuple[str, ...]

    @property
    def phrase(self) -> str:
        return " ".join(self.words)


_OTHERS = (
    "dob|date of birth|upn|age|gender|sex|year|school|academy|attendance|reading age|spelling age|"
    "sen status|send status|status|teacher|class teacher|form tutor|teaching assistant|ta|photo|"
    "date|date completed|date written|eal|pupil premium|pp|fsm|key stage|home language|agencies|"
    "outside agencies|external agencies|medical|diagnosis date|target|targets|outcomes|"
    "head of year|phone|address|religion|ethnicity|cat scores|sats"
)
_OTHER_LABELS = frozenset(_OTHERS.split("|"))


def is_other_label(label: str) -> bool:
    """Whether these words head a box on many forms, though no field of a standard is meant."""
    return plain_label(label) in _OTHER_LABELS


class LabelMatcher:
    """Matches labels against one standard; remembers what it has seen."""

    def __init__(self, definition: Definition) -> None:
        self._keys = tuple(field.key for field in definition.fields)
        self._dates = {one.key for one in definition.fields if one.type is FieldType.DATE}
        self._wordings: list[_Wording] = []
        self._plain: dict[str, str] = {}
        self._phrases: dict[str, str] = {}
        self._seen: dict[tuple[str, frozenset[str]], Match | None] = {}
        for field in definition.fields:
            for wording in (field.title, *field.aliases):
                self._add(field.key, wording)
        self._all = [known.phrase for known in self._wordings]

    def is_date(self, key: str) -> bool:
        """Whether a field takes a date."""
        return key in self._dates

    def _add(self, key: str, wording: str) -> None:
        plain = plain_label(wording)
        if not plain:
            return
        known = _Wording(key, plain, bare_words(plain))
        self._wordings.append(known)
        self._plain.setdefault(plain, key)
        # Words left after small ones go can be too few to mean one thing ("my", "for me").
        for phrase in {known.phrase, _without_me(known.phrase)} - {"", "me"}:
            if phrase != known.phrase and not _is_distinct(phrase.split()):
                continue
            other = self._phrases.setdefault(phrase, key)
            if other != key and plain != phrase:
                self._phrases[phrase] = ""

    def match(self, label: str, names: frozenset[str] = frozenset()) -> Match | None:
        """What the label means, or None. `names` are the pupil's, in small letters."""
        if len(label) > _LONGEST_LABEL or sum(map(str.isdigit, label)) > _MOST_DIGITS:
            return None
        key = (label, names)
        if key not in self._seen:
            self._seen[key] = self._find(label, names)
        return self._seen[key]

    def _find(self, label: str, names: frozenset[str]) -> Match | None:
        plain = plain_label(label)
        if not plain or len(plain.split()) > _MOST_WORDS:
            return None
        return (
            self._same(plain, names)
            or self._joined(plain, names)
            or self._contained(plain, names)
            or self._alike(plain, names)
            or self._cued(plain, names)
        )

    def _same(self, plain: str, names: frozenset[str]) -> Match | None:
        if plain in self._plain:
            return Match((self._plain[plain],), EXACT)
        phrase = " ".join(bare_words(plain, names))
        field = self._phrases.get(phrase) or self._phrases.get(_without_me(phrase))
        return Match((field,), SAME_WORDS) if field else None

    def _joined(self, plain: str, names: frozenset[str]) -> Match | None:
        """ "Strengths and interests": each half is looked up; one known half is enough."""
        parts = [part for part in _SPLIT.split(plain) if part]
        if len(parts) < 2:
            return None
        found: list[str] = []
        known = 0
        for part in parts:
            match = self._same(part, names)
            if match:
                known += 1
                found.extend(key for key in match.fields if key not in found)
        if not found or known * 2 < len(parts):
            return None
        return Match(tuple(found), JOINED if known == len(parts) else LEAST_LIKENESS)

    def _contained(self, plain: str, names: frozenset[str]) -> Match | None:
        """A known wording with a word or two around it: "My main strengths at school"."""
        words = bare_words(plain, names)
        best: dict[str, float] = {}
        for known in self._wordings:
            size = len(known.words)
            if size >= len(words) or not _is_distinct(known.words):
                continue
            share = sum(map(len, known.words)) / sum(map(len, words))
            if share > 0.6 and _runs_in(known.words, words) and not _opposed(known.words, words):
                best[known.field] = max(best.get(known.field, 0), share)
        return self._only(best, 90, 0.08)

    def _alike(self, plain: str, names: frozenset[str]) -> Match | None:
        words = bare_words(plain, names)
        phrase = " ".join(words)
        if len(phrase) < 5:
            return None
        best: dict[str, float] = {}
        for place in _near(phrase, self._all):
            known = self._wordings[place]
            score = 0.0 if _opposed(known.words, words) else _likeness(phrase, known.phrase)
            if score >= LEAST_LIKENESS:
                best[known.field] = max(best.get(known.field, 0), score / 100)
        return self._only(best, 0, 0.02)

    def _cued(self, plain: str, names: frozenset[str]) -> Match | None:
        """By the words that give it away; a label that joins two may mean two fields."""
        whole = cued_field(plain, self._keys, names)
        parts = {cued_field(part, self._keys, names) for part in _SPLIT.split(plain)} - {None}
        if whole is None or len(parts) < 2:
            return Match((whole,), CUED) if whole else None
        return Match(tuple(key for key in self._keys if key in parts), CUED)

    @staticmethod
    def _only(best: dict[str, float], score: int, clear: float) -> Match | None:
        """The best field, unless another comes so near that either could be meant."""
        if not best:
            return None
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < clear:
            return None
        return Match((ranked[0][0],), score or int(ranked[0][1] * 100))


def _without_me(phrase: str) -> str:
    """ "What helps me" and "What helps", "My strengths" and "Strengths" are one."""
    return phrase.removeprefix("me ").removesuffix(" me")


def _is_distinct(words: Iterable[str]) -> bool:
    """Long enough that finding it inside a longer label means something."""
    return sum(len(word) for word in words if word != "me") >= 7


def _runs_in(words: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    size = len(words)
    return any(longer[at : at + size] == words for at in range(len(longer) - size + 1))


def _opposed(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """ "What helps" and "what does not help" look alike and mean the opposite."""
    return bool(_TURNS.intersection(words)) != bool(_TURNS.intersection(others))


def _near(phrase: str, phrases: list[str]) -> set[int]:
    """Which phrases may be alike: a quick sieve before each pair is weighed."""
    found: set[int] = set()
    for scorer, least in ((fuzz.ratio, LEAST_LIKENESS), (fuzz.token_sort_ratio, LEAST_LIKENESS)):
        hits = process.extract(phrase, phrases, scorer=scorer, score_cutoff=least, limit=20)
        found.update(place for _, _, place in hits)
    if len(phrase) < _SHORT + 2:
        slips = process.extract(phrase, phrases, scorer=OSA.distance, score_cutoff=2, limit=20)
        found.update(place for _, _, place in slips)
    return found


def _likeness(one: str, other: str) -> float:
    """Likeness up to 100. Few letters leave no room for doubt: only a slip of the pen counts."""
    if min(len(one), len(other)) < _SHORT:
        slips = OSA.distance(one, other, score_cutoff=2)
        allowed = 1 if min(len(one), len(other)) < 8 else 2
        return 100 - 4 * slips if slips <= allowed and one[:1] == other[:1] else 0.0
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other) - 2)
