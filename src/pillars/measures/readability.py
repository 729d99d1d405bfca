"""How hard a text is to read."""

from __future__ import annotations

import textstat

EASY_GRADE, PLAIN_GRADE, HARD_GRADE = 0, 8, 12


def grade(text: str) -> float | None:
    """How many years of schooling a reader needs: the Flesch–Kincaid grade.

    Add five for a reading age in years. A figure from fewer than some twenty words is rough, and
    it counts long words and long sentences only: it does not know whether the text makes sense.

    text: English, any length. Returns a US school grade, below zero for very easy text, or None
    where there is no word to count. Raises nothing.

    Source: Kincaid, Fishburne, Rogers & Chissom 1975, 0.39 × words per sentence + 11.8 ×
    syllables per word − 15.59. Words, sentences and syllables as textstat 0.7.8 counts them: a
    stretch of one or two words is no sentence of its own.
    """
    if not any(character.isalpha() for character in text):
        return None
    return float(textstat.textstat.flesch_kincaid_grade(text))


def describe(value: float | None) -> str:
    """A grade in words, for a page: "very easy" below zero, "hard" from grade 12.

    Grade 8 is the level of plain English for the public (a reading age of about 13).
    """
    if value is None:
        return "nothing to read"
    if value < EASY_GRADE:
        return "very easy"
    if value <= PLAIN_GRADE:
        return "plain"
    return "fairly hard" if value < HARD_GRADE else "hard"
