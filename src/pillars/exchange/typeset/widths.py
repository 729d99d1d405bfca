"""How wide words are in the house typeface, so that a page can be planned before it is made."""

from collections.abc import Iterable
from functools import cache, lru_cache

from fontTools.ttLib import TTFont, TTLibError

from pillars.exchange.typeset.compiler import FONTS

# Wider than the mean of any face we use: a plan made without the typeface errs on the safe side.
_UNKNOWN = 0.56
_SPACE = 0.3


@cache
def _advances() -> dict[int, float]:
    """The width of each character of the upright face, in em; empty when it is not set up."""
    for path in sorted(FONTS.glob("*Regular*.ttf")):
        try:
            with path.open("rb") as file, TTFont(file, lazy=True) as face:
                scale = face["head"].unitsPerEm
                advances = face["hmtx"].metrics
                return {
                    code: advances[name][0] / scale for code, name in face.getBestCmap().items()
                }
        except (OSError, TTLibError, KeyError):
            continue
    return {}


@lru_cache(maxsize=65536)
def word_width(word: str) -> float:
    """The width of one word in em, without kerning (which only ever makes it narrower)."""
    advances = _advances()
    return sum(advances.get(ord(letter), _UNKNOWN) for letter in word)


def line_count(text: str, width: float, *, heavier: float = 1.0) -> int:
    """How many lines `text` takes when each line holds `width` em.

    `heavier` widens every word, for bold type. A word longer than a line is taken to be cut.
    """
    # Widening every word is the same as narrowing the line.
    return _lines(_word_widths(text), max(width, 1.0) / heavier)


@lru_cache(maxsize=4096)
def _word_widths(text: str) -> tuple[float, ...]:
    return tuple(map(word_width, text.split()))


def _lines(widths: Iterable[float], width: float) -> int:
    space = _advances().get(32, _SPACE)
    lines, used = 1, 0.0
    for word in widths:
        wanted = used + space + word if used else word
        if wanted <= width:
            used = wanted
            continue
        if used:
            lines += 1
        lines += int(word // width)
        used = word % width
    return lines
