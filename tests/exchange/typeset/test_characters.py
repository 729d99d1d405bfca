"""Characters that cannot be shown, and what stands for them."""

import pytest

from pillars.exchange.typeset.characters import changed, named, readable, texts


@pytest.mark.parametrize(
    ("letter", "stand_in"),
    [
        ("\N{STEAM LOCOMOTIVE}", "(steam locomotive)"),
        ("\N{VARIATION SELECTOR-16}", ""),
        ("\N{ZERO WIDTH JOINER}", ""),
        ("中", "□"),
        ("∮", "(contour integral)"),
    ],
)
def test_named_by_kind_of_character(letter: str, stand_in: str) -> None:
    assert named(letter) == stand_in


def test_readable_turns_odd_line_ends_into_line_breaks() -> None:
    assert readable("one\u2028two\x0cthree\r\nfour") == "one\ntwo\nthree\n\nfour"


def test_changed_reaches_every_text() -> None:
    data = {"a": ["x", ("y", {"b": "z"})], "n": 3, "none": None}
    assert changed(data, str.upper) == {"a": ["X", ["Y", {"b": "Z"}]], "n": 3, "none": None}


def test_texts_finds_unusual_characters_only() -> None:
    assert texts({"a": "plain é", "b": ["中"]}) == {"中"}
