"""Labels as schools word them, and look-alikes that must not be taken for them."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.consistency.paperwork.definition import Definition
from pillars.consistency.paperwork.review.labels import LabelMatcher, bare_words, plain_label

NAMES = frozenset({"theo"})


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Strengths", "about_me"),
        ("MY STRENGTHS:", "about_me"),
        ("2. My strengths…", "about_me"),
        ("Strenghts", "about_me"),
        ("Strengths and interests", "about_me"),
        ("Strengths / talents", "about_me"),
        ("What people like & admire about me", "about_me"),
        ("What people like and admire about Theo", "about_me"),
        ("What's important to him", "important_to_me"),
        ("Things that are important to me", "important_to_me"),
        ("How best to support the pupil", "strategies"),
        ("How best to support Theo in class", "strategies"),
        ("It would help me if you could", "strategies"),
        ("What doesn’t help me", "avoid"),
        ("What helps Theo", "strategies"),
        ("Name (in full)", "pupil_name"),
        ("Review date", "review_date"),
    ],
)
def test_a_label_means_its_field(matcher: LabelMatcher, label: str, field: str) -> None:
    match = matcher.match(label, NAMES)
    assert match is not None
    assert match.fields == (field,)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "me",
        "Attendance",
        "Name of school and of its headteacher",
        "Game",
        "Date of birth",
        "Farm",
        "Things I find easy",
        "What does not interest me",
        "Review date 12/03/2027",
        "Strengths of the whole staff team as seen by governors at their last visit here",
        "x" * 400,
    ],
)
def test_a_look_alike_means_nothing(matcher: LabelMatcher, label: str) -> None:
    assert matcher.match(label, NAMES) is None


def test_a_label_that_joins_two_fields_feeds_both(matcher: LabelMatcher) -> None:
    match = matcher.match("Strengths and triggers")
    assert match is not None
    assert match.fields == ("about_me", "avoid")


def test_each_wording_of_the_standard_means_its_own_field(
    matcher: LabelMatcher, passport: Definition
) -> None:
    for field in passport.fields:
        for wording in (field.title, *field.aliases):
            match = matcher.match(wording)
            assert match is not None, wording
            assert match.fields == (field.key,), wording


@given(st.text(alphabet=string.printable + "’“”…–é☐", max_size=150))
def test_any_text_is_answered_and_the_answer_does_not_depend_on_case(text: str) -> None:
    plain = plain_label(text)
    assert plain == plain_label(plain) or any(mark in text for mark in "()[]1234567890abcdefgh")
    assert "the" not in bare_words(plain)


@given(
    st.sampled_from(["Strengths", "What I find difficult", "How best to support me"]),
    st.sampled_from(["", ":", " :", "…", "?"]),
    st.sampled_from(["", "1. ", "3) ", "  "]),
)
def test_marks_around_a_label_change_nothing(label: str, after: str, before: str) -> None:
    assert plain_label(before + label + after) == plain_label(label)
    assert plain_label(label.upper()) == plain_label(label)
