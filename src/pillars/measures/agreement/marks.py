"""Marks as numbers: which marker gave which file what, and how far apart two marks lie."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ratings = Sequence[Sequence[Any]]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
Weights = Literal["linear", "quadratic", "ordinal"]

MISSING = -1
NOTHING_TO_COMPARE = "not estimable: no file has marks from two markers"
NO_VARIATION = "not estimable: every mark is the same"


def check_ratings(ratings: Ratings) -> None:
    if not len(ratings) or not len(ratings[0]):
        raise ValueError("There are no marks. Give each marker's marks over the same files.")
    if len({len(marks) for marks in ratings}) > 1:
        raise ValueError("Every marker needs a mark, or None, for each of the same files.")


def numbers(ratings: Ratings) -> Floats:
    """Markers × files, NaN where there is no mark. Raises ValueError for what is no number."""
    check_ratings(ratings)
    try:
        found = np.array([list(marks) for marks in ratings], dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("Marks at this level have to be numbers, or None.") from None
    missing = sum(1 for marks in ratings for mark in marks if mark is None)
    if np.isinf(found).any() or int(np.isnan(found).sum()) != missing:
        raise ValueError("A mark is not a number. Use None where there is no mark.")
    return found


def codes(ratings: Ratings, scale: Sequence[Hashable]) -> npt.NDArray[np.int64]:
    """Markers × files, each mark as its place on the scale, −1 where there is none."""
    check_ratings(ratings)
    if len(scale) < 2 or len(set(scale)) != len(scale):
        raise ValueError("A scale needs two or more different categories.")
    places: dict[Any, int] = {mark: place for place, mark in enumerate(scale)}
    places[None] = MISSING
    try:
        found = [[places[mark] for mark in marks] for marks in ratings]
    except KeyError as problem:
        raise ValueError(f"The mark {problem.args[0]!r} is not on the scale.") from None
    return np.array(found, dtype=np.int64)


def counted(found: npt.NDArray[np.int64], categories: int) -> Floats:
    """Files × categories: how many markers gave each file each mark."""
    files = np.arange(found.shape[1])
    flat = np.where(found == MISSING, categories, found) + files * (categories + 1)
    table = np.bincount(flat.ravel(), minlength=files.size * (categories + 1))
    return table.reshape(files.size, categories + 1)[:, :categories].astype(np.float64)


def distinct(ratings: Ratings, level: Level) -> tuple[npt.NDArray[np.int64], Floats]:
    """Codes into the marks that happen to be used, and those marks in order, for alpha."""
    if level == "nominal":
        check_ratings(ratings)
        used = dict.fromkeys(m for marks in ratings for m in marks if m is not None)
        if any(mark != mark for mark in used):  # noqa: PLR0124 (only NaN differs from itself)
            raise ValueError("A mark is not a number. Use None where there is no mark.")
        places: dict[Any, int] = {mark: place for place, mark in enumerate(used)}
        places[None] = MISSING
        found = np.array([[places[m] for m in marks] for marks in ratings], dtype=np.int64)
        return found, np.arange(len(used), dtype=np.float64)
    marks = numbers(ratings)
    if level == "ratio" and (marks < 0).any():
        raise ValueError("Marks on a ratio scale cannot be below zero.")
    values, inverse = np.unique(marks[~np.isnan(marks)], return_inverse=True)
    coded = np.full(marks.shape, MISSING, dtype=np.int64)
    coded[~np.isnan(marks)] = inverse
    return coded, values


def distances(values: Floats, totals: Floats, level: Level) -> Floats:
    """Krippendorff's squared distance between each two marks. totals: how often each was given."""
    if level == "nominal":
        return 1.0 - np.eye(values.size)
    if level == "ordinal":
        at = np.cumsum(totals) - totals / 2
        return np.subtract.outer(at, at) ** 2
    difference = np.subtract.outer(values, values)
    if level == "interval":
        return difference**2
    together = np.add.outer(values, values)
    return np.divide(difference, together, out=np.zeros_like(together), where=together > 0) ** 2


def agreement_weights(categories: int, weights: Weights | None) -> Floats:
    """How much two marks agree, 1 on the diagonal. Gwet 2014, chapter 3."""
    if weights is None:
        return np.eye(categories)
    apart = np.abs(np.subtract.outer(np.arange(categories), np.arange(categories)))
    if weights == "ordinal":
        apart = apart * (apart + 1) // 2
    power = 2 if weights == "quadratic" else 1
    scaled: Floats = (apart / apart.max()) ** power
    return 1.0 - scaled
