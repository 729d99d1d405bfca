"""Planning how much room words take."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.exchange.typeset import widths
from pillars.exchange.typeset.widths import line_count, word_width


def test_line_count_of_nothing_is_one_line() -> None:
    assert line_count("", 20) == 1


def test_line_count_long_word_is_cut_over_lines() -> None:
    assert line_count("m" * 400, 20) >= 400 * word_width("m") / 20


def test_line_count_bold_needs_no_fewer_lines() -> None:
    text = "My teacher gives me one step at a time on a small whiteboard."
    assert line_count(text, 12, heavier=1.2) >= line_count(text, 12)


@given(st.text(max_size=300), st.integers(2, 60))
def test_line_count_wider_page_never_needs_more_lines(text: str, width: int) -> None:
    assert line_count(text, width * 2) <= line_count(text, width)


def test_word_width_without_the_typeface_errs_wide(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(widths, "FONTS", tmp_path)
    widths._advances.cache_clear()
    word_width.cache_clear()
    widths._word_widths.cache_clear()
    try:
        assert word_width("train") == pytest.approx(5 * 0.56)
    finally:
        widths._advances.cache_clear()
        word_width.cache_clear()
        widths._word_widths.cache_clear()


def test_word_width_damaged_typeface_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "Broken-Regular.ttf").write_bytes(b"not a typeface")
    monkeypatch.setattr(widths, "FONTS", tmp_path)
    widths._advances.cache_clear()
    word_width.cache_clear()
    widths._word_widths.cache_clear()
    try:
        assert word_width("m") == pytest.approx(0.56)
    finally:
        widths._advances.cache_clear()
        word_width.cache_clear()
        widths._word_widths.cache_clear()
