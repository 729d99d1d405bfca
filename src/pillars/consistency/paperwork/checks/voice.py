"""Is it in the pupil's own words, and in words everybody knows?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pillars.consistency.paperwork.checks.model import Case, Finding, is_empty
from pillars.consistency.paperwork.checks.wording import (
    JARGON,
    JARGON_FOUND,
    sentences,
    shortened,
    words,
)
from pillars.consistency.paperwork.definition import Field
from pillars.measures.readability import grade

# Case matters: “ME” is an illness, “i.e.” a note, and “Part I” a number.
_FIRST = re.compile(
    r"(?<!Part )(?<!Phase )(?<!Stage )(?<!Level )\b(?:I(?!\.T|[A-Z])|I[’']\w+|i(?!\.e)\b|i[’']\w+"
    r"|[Mm]e|[Mm]y|MY|[Mm]ine|[Mm]yself)\b"
)
_HE = re.compile(
    r"\b(?:he|she|his|her|hers|him|himself|herself|the (?:pupil|child|student|young person))\b",
    re.IGNORECASE,
)
_THEY = re.compile(r"\b(?:they|their|them|themselves)\b", re.IGNORECASE)
# Who “they” may be, when the pupil speaks: “Adults help when they wait.”
_OTHERS = re.compile(
    r"\b(?:people|adults?|teachers?|staff|friends?|others?|every(?:one|body)|grown-ups|children"
    r"|classmates|parents|mum and dad|some(?:one|body)|any(?:one|body)|rooms|things|lessons"
    r"|instructions|words|tasks|noises|sounds|jokes|animals|trains|dogs|cats)\b",
    re.IGNORECASE,
)
# Forenames that begin sentences as words of their own: “Will help to tidy up.”
_ALSO_WORDS = frozenset(
    re.findall(
        r"[\w-]+",
        "will may mark grace bill rose faith hope art joy amber sunny summer april june august dawn"
        " eve drew frank jack rob sue chase skip pat miles max iris ivy olive violet",
    )
)
_QUOTED = re.compile(r"[“\"][^”\"]+[”\"]")
FEW_WORDS = 20  # a grade of less text than this says little


def pupil_voice(case: Case) -> Iterable[Finding]:
    """Sentences speak as the pupil ("I", "my"), not about the pupil."""
    wanted = case.number("share", 0.5)
    found = [(f, s) for f in case.fields for s in sentences(case.text(f))]
    if not found:
        return
    own = [s for _, s in found if _speaks_as_pupil(s)]
    about = [(f, s) for f, s in found if _speaks_about(s, case.forename)]
    who = f"{case.forename}’s" if case.forename else "the pupil’s"
    # Short notes ("Trains, maps") speak for nobody; they count neither way.
    telling = len(own) + len(about)
    if about and len(own) < wanted * telling:
        field, sentence = about[0]
        yield case.problem(
            field,
            f"“{shortened(sentence)}” speaks about the pupil",
            f"Ask, and write it down in {who} own words.",
        )
    elif own:
        yield case.good(None, f"In {who} own words")
    else:
        yield case.problem(
            case.fields[0],
            "Nothing is in the pupil’s own words",
            f"Write whole sentences in {who} words, with “I” and “my”.",
        )


def _speaks_as_pupil(sentence: str) -> bool:
    return bool(_FIRST.search(sentence))


def _speaks_about(sentence: str, forename: str) -> bool:
    plain = _QUOTED.sub("", sentence)
    if _FIRST.search(plain):
        return False
    if _HE.search(plain) or (forename and _named(plain, forename)):
        return True
    return bool(_THEY.search(plain)) and not _OTHERS.search(plain)


def _named(sentence: str, forename: str) -> bool:
    """Whether the pupil's name stands in a sentence, and not a word that is also a name."""
    for match in re.finditer(rf"\b{re.escape(forename)}\b", sentence):
        after = sentence[match.end() :][:2]
        doubtful = match.start() == 0 and after not in ("’s", "'s")
        if not (doubtful and forename.lower() in _ALSO_WORDS):
            return True
    return False


def plain_english(case: Case) -> Iterable[Finding]:
    """Short sentences, everyday words, a low reading grade."""
    longest, hardest = int(case.number("words", 20)), case.number("grade", 7)
    texts = [(f, case.text(f)) for f in case.fields if not is_empty(f, case.answers.get(f.key))]
    problems = [p for f, text in texts for p in _hard_words(case, f, text)]
    problems += [p for f, text in texts for p in _long_sentences(case, f, text, longest)]
    yield from problems
    whole = "\n".join(_stopped(line) for _, text in texts for line in text.splitlines())
    if len(words(whole)) < FEW_WORDS:
        return
    found = grade(whole)
    if found is None:
        return
    if found > hardest:
        yield case.problem(
            None,
            f"Hard to read: about a reading age of {_age(found)}",
            "Use shorter sentences and everyday words. Read it aloud with the pupil.",
        )
    elif not problems:
        yield case.good(None, "Easy to read", f"About a reading age of {_age(found)}.")


def _stopped(line: str) -> str:
    """Points have no full stop; without one the whole list would read as one sentence."""
    return line if not line or line.rstrip()[-1:] in ".!?" else f"{line.rstrip()}."


def _age(found: float) -> int:
    return max(5, round(found) + 5)


def _hard_words(case: Case, field: Field, text: str) -> Iterable[Finding]:
    seen: set[str] = set()
    for match in JARGON_FOUND.finditer(text):
        word = match.group()
        if word.lower() not in seen:
            seen.add(word.lower())
            yield case.problem(
                field,
                f"“{word}” is a word for specialists",
                f"Say what it means here: {JARGON[word.lower()]}.",
            )


def _long_sentences(case: Case, field: Field, text: str, longest: int) -> Iterable[Finding]:
    for sentence in sentences(text):
        count = len(words(sentence))
        if count > longest:
            yield case.problem(
                field,
                f"A sentence of {count} words: “{shortened(sentence, 50)}”",
                f"Make two sentences of it. {longest} words are enough.",
            )
            return
