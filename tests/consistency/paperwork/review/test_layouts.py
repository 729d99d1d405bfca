"""Small differences share a format; another template is another format."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from pillars.consistency.paperwork.review.layouts import group, name_layouts

LABELS = ["strength", "important me", "need", "help me", "avoid", "parent view", "review date"]


def print_of(shape: str, labels: list[str]) -> frozenset[tuple[str, str, int]]:
    return frozenset((shape, label, 2) for label in labels)


def test_a_missing_label_or_an_added_one_is_the_same_format() -> None:
    prints = {
        "a": print_of("left", LABELS),
        "b": print_of("left", LABELS[1:]),
        "c": print_of("left", LABELS) | {("left", "attendance", 1)},
        "d": print_of("heading", LABELS),
        "e": print_of("left", ["like", "dislike", "hard", "staff do", "by"]),
        "f": frozenset(),
    }
    assert group(prints) == [("a", "b", "c"), ("d",), ("e",), ("f",)]


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(chance: random.Random) -> None:
    prints = {
        f"file {number}": print_of(
            chance.choice(["left", "heading"]), chance.sample(LABELS, chance.randint(1, 7))
        )
        for number in range(12)
    }
    shuffled = list(prints.items())
    chance.shuffle(shuffled)
    groups = group(prints)
    assert group(dict(shuffled)) == groups
    assert sorted(file for files in groups for file in files) == sorted(prints)
    assert [len(files) for files in groups] == sorted(map(len, groups), reverse=True)


def test_a_format_is_named_by_its_look_and_the_label_it_has_alone() -> None:
    prints = {
        "a": print_of("left", ["strength", "help me"]),
        "b": print_of("heading", ["strength", "tips"]),
        "c": frozenset(),
        "d": frozenset({("odd", "attendance", 1)}),
    }
    wordings = {"a": {"help me": "What helps me"}, "b": {"tips": "Top tips"}, "c": {}, "d": {}}
    named = name_layouts([("a",), ("b",), ("c",), ("d",)], prints, wordings)
    assert [layout.name for layout in named] == [
        "table, label at the left, “What helps me”",
        "headings, “Top tips”",
        "free text, no labels",
        "odd",
    ]
