"""How hard a text is to read."""

from __future__ import annotations

import functools

import textstat


@functools.lru_cache(maxsize=4096)
def grade(text: str) -> float | None:
    """The Flesch–Kincaid grade: years of schooling a reader needs. Add five for a reading age.

    text: any length; None where it holds no word. Below zero reads "very easy". Short texts give
    rough figures: use it on some twenty words or more.
    Source: Kincaid, Fishburne, Rogers & Chissom 1975, 0.39 × words per sentence + 11.8 ×
    syllables per word − 15.59; counted by textstat 0.7.8.
    """
    if not any(character.isalpha() for character in text):
        return None
    return float(textstat.textstat.flesch_kincaid_grade(text))
