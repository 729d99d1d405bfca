"""The grade, against figures that others printed and against the formula worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.readability import describe, grade

WORDS = st.sampled_from(["cat", "dog", "little", "understanding", "mathematics", "run", "people"])
SENTENCES = st.lists(WORDS, min_size=3, max_size=25).map(" ".join)


def test_grade_of_the_platypus_sentence_is_the_encyclopaedias() -> None:
    # Wikipedia, "Flesch–Kincaid readability tests": 13 words, 24 syllables, grade 11.3.
    text = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade(text) == pytest.approx(11.3, abs=0.05)
    assert grade(text) == pytest.approx(0.39 * 13 + 11.8 * 24 / 13 - 15.59)


def test_grade_of_one_word_of_one_syllable_is_the_lowest_there_is() -> None:
    # Many a manual: the lowest grade in theory is −3.40, a sentence of one short word.
    assert grade("Go.") == pytest.approx(-3.4)


def test_grade_of_six_short_words_is_below_zero_and_very_easy() -> None:
    # Kincaid et al. 1975 by hand: 6 words, 1 sentence, 6 syllables → 2.34 + 11.8 − 15.59.
    value = grade("The cat sat on the mat.")
    assert value == pytest.approx(-1.45)
    assert describe(value) == "very easy"


def test_grade_of_two_sentences_takes_the_mean_length() -> None:
    # 10 words in 2 sentences, 11 syllables (un-der): 1.95 + 12.98 − 15.59 = −0.66.
    assert grade("The dog ran to me. I hid under a bed.") == pytest.approx(-0.66)


def test_stretch_of_two_words_is_no_sentence_of_its_own() -> None:
    # textstat's own habit, so that "Mr. Lee" is no sentence: 9 words, 1 sentence.
    value = grade("I like to sit at the front. It helps.")
    assert value == pytest.approx(0.39 * 9 + 11.8 - 15.59)


def test_hard_text_is_harder_than_easy_text() -> None:
    easy = grade("I like maths. I sit near Sam. We read.")
    hard = grade(
        "Differentiated multi-sensory intervention facilitates considerable improvement"
        " in metacognitive self-regulation capabilities."
    )
    assert easy is not None
    assert hard is not None
    assert easy < 3
    assert hard > 12


@pytest.mark.parametrize("text", ["", "   \n", "12 34 — !", "…"])
def test_text_without_a_word_has_no_grade(text: str) -> None:
    assert grade(text) is None
    assert describe(grade(text)) == "nothing to read"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-0.1, "very easy"),
        (0, "plain"),
        (8, "plain"),
        (8.1, "fairly hard"),
        (12, "hard"),
        (19.5, "hard"),
    ],
)
def test_grade_is_said_in_words(value: float, said: str) -> None:
    assert describe(value) == said


@given(SENTENCES)
def test_saying_the_same_sentence_twice_does_not_change_the_grade(sentence: str) -> None:
    assert grade(f"{sentence}.") == pytest.approx(grade(f"{sentence}. {sentence}."))


@given(SENTENCES)
def test_joining_two_sentences_makes_them_harder(sentence: str) -> None:
    apart, joined = grade(f"{sentence}. {sentence}."), grade(f"{sentence} {sentence}.")
    assert apart is not None
    assert joined is not None
    assert joined > apart
