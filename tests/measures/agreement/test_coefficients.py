"""Agreement against the figures its inventors printed, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.agreement import (
    Agreement,
    cohen_kappa,
    cohen_kappa_from_table,
    gwet_ac,
    krippendorff_alpha,
    percent_agreement,
)

_ = None
# Krippendorff 2011, section E, and Gwet 2014's cac.raw4raters: four observers, twelve units.
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]
# Wikipedia, "Krippendorff's alpha", a computational example: three coders, fifteen units.
THREE = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3],
    [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]
# Gwet 2014, cont3x3abstractors: ectopic, abnormal intrauterine, normal intrauterine.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]

marks = st.one_of(st.none(), st.integers(1, 4))
tables = st.integers(2, 4).flatmap(
    lambda n: st.integers(1, 12).flatmap(
        lambda m: st.lists(st.lists(marks, min_size=m, max_size=m), min_size=n, max_size=n)
    )
)


def from_table(table: list[list[int]]) -> tuple[list[int], list[int]]:
    rows = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return [i for i, _ in rows], [j for _, j in rows]


def value(found: Agreement) -> float:
    assert found.value is not None
    return found.value


# Krippendorff 2011 prints .743, .815, .849 and .797 for these data.
@pytest.mark.parametrize(
    ("level", "printed"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_is_krippendorffs(level: Any, printed: float) -> None:
    assert value(krippendorff_alpha(FOUR, level=level)) == pytest.approx(printed, abs=5e-4)


def test_alpha_of_two_observers_is_krippendorffs() -> None:
    # Krippendorff 2011, section A (binary, .095) and section B (nominal, .692).
    binary = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert value(krippendorff_alpha(binary, level="nominal")) == pytest.approx(0.095, abs=5e-4)
    letters = [list("aabbdcccedda"), list("babbbccceddd")]
    assert value(krippendorff_alpha(letters, level="nominal")) == pytest.approx(0.692, abs=5e-4)


# Wikipedia prints .691 (nominal) and .811 (interval).
@pytest.mark.parametrize(("level", "printed"), [("nominal", 0.691), ("interval", 0.811)])
def test_alpha_is_the_encyclopaedias(level: Any, printed: float) -> None:
    assert value(krippendorff_alpha(THREE, level=level)) == pytest.approx(printed, abs=5e-4)


def test_alpha_of_a_table_is_the_one_gwets_package_prints() -> None:
    # irrCAC, vignette "overview": .7972585, agreement .89.
    pairs = from_table(ABSTRACTORS)
    assert value(krippendorff_alpha(pairs, level="nominal")) == pytest.approx(0.7972585, abs=5e-8)
    assert percent_agreement(pairs) == pytest.approx(0.89)


def test_ordinal_alpha_is_not_gwets_ordinal_weights() -> None:
    # The same data and the same word: Krippendorff prints .815, irrCAC's alpha under Gwet's
    # ordinal weights is another number. Neither is wrong; they measure distance differently.
    alpha = value(krippendorff_alpha(FOUR, level="ordinal"))
    assert abs(alpha - value(gwet_ac(FOUR, scale=[1, 2, 3, 4, 5], weights="ordinal"))) > 0.05


# irrCAC for Python, test/unit/irrCAC/raw/test_gwet.py, after Gwet 2014.
@pytest.mark.parametrize(
    ("weights", "observed", "expected", "printed", "error"),
    [
        (None, 0.818, 0.190, 0.775, 0.143),
        ("linear", 0.939, 0.571, 0.859, 0.117),
        ("ordinal", 0.968, 0.685, 0.899, 0.107),
        ("quadratic", 0.975, 0.714, 0.914, 0.104),
    ],
)
def test_ac_with_missing_marks_is_gwets(
    weights: Any, observed: float, expected: float, printed: float, error: float
) -> None:
    found = gwet_ac(FOUR, scale=[1, 2, 3, 4, 5], weights=weights)
    assert (found.observed, found.expected, found.value, found.standard_error) == (
        pytest.approx(observed, abs=6e-4),
        pytest.approx(expected, abs=6e-4),
        pytest.approx(printed, abs=6e-4),
        pytest.approx(error, abs=6e-4),
    )


def test_ac1_of_two_abstractors_is_the_one_gwets_package_prints() -> None:
    # irrCAC for R, vignette "overview": AC1 .8493305, standard error .04321747. That function, for
    # a table, divides by n; the one for raw marks, and Gwet 2014, by n − 1. We do the latter.
    found = gwet_ac(from_table(ABSTRACTORS), scale=[0, 1, 2])
    assert found.value == pytest.approx(0.8493305, abs=5e-8)
    assert found.standard_error is not None
    assert found.standard_error * (99 / 100) ** 0.5 == pytest.approx(0.04321747, abs=5e-9)


def test_kappa_of_two_abstractors_is_the_one_gwets_package_prints() -> None:
    # irrCAC for R, vignette "overview": .7964094, standard error .05891072.
    found = cohen_kappa_from_table(ABSTRACTORS)
    assert found.value == pytest.approx(0.7964094, abs=5e-8)
    assert found.standard_error == pytest.approx(0.05891072, abs=5e-9)


def test_quadratic_weights_are_the_ones_gwets_package_prints() -> None:
    # irrCAC for R, vignette "weighting", the abstractors again: kappa .8921569 (.03535151), AC2
    # .9402369 (.01792019, by n), alpha .8926487. Interval alpha is the one with quadratic weights.
    pairs = from_table(ABSTRACTORS)
    kappa = cohen_kappa_from_table(ABSTRACTORS, weights="quadratic")
    assert kappa.value == pytest.approx(0.8921569, abs=5e-8)
    assert kappa.standard_error == pytest.approx(0.03535151, abs=5e-9)
    found = gwet_ac(pairs, scale=[0, 1, 2], weights="quadratic")
    assert found.value == pytest.approx(0.9402369, abs=5e-8)
    assert found.standard_error is not None
    assert found.standard_error * (99 / 100) ** 0.5 == pytest.approx(0.01792019, abs=5e-9)
    assert value(krippendorff_alpha(pairs, level="interval")) == pytest.approx(0.8926487, abs=5e-8)


# IrrCAC's distrib.6raters, fifteen patients, six raters: how many chose each of five diagnoses.
SIX = [
    *([0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0]),
    *([2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6]),
    *([1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1]),
]


def test_coefficients_of_six_markers_are_the_ones_gwets_package_prints() -> None:
    # Vignette "overview": alpha .4204384; AC1 .4448007 (.08418757), agreement .5511111.
    files = [[k for k, count in enumerate(row) for _ in range(count)] for row in SIX]
    ratings = [list(marks) for marks in zip(*files, strict=True)]
    assert value(krippendorff_alpha(ratings, level="nominal")) == pytest.approx(0.4204384, abs=5e-8)
    found = gwet_ac(ratings, scale=[0, 1, 2, 3, 4])
    assert found.value == pytest.approx(0.4448007, abs=5e-8)
    assert found.standard_error == pytest.approx(0.08418757, abs=5e-9)
    assert percent_agreement(ratings) == pytest.approx(0.5511111, abs=5e-8)


# Cohen 1968, table 1 (psych's documentation prints κ = .49, weighted .35 as well).
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def test_kappa_is_cohens() -> None:
    assert value(cohen_kappa_from_table(COHEN)) == pytest.approx(0.492, abs=5e-4)
    weighted = cohen_kappa_from_table(COHEN, weights=[[0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert value(weighted) == pytest.approx(0.348, abs=5e-4)


def test_kappa_of_two_yes_and_no_markers_is_the_encyclopaedias() -> None:
    # Wikipedia, "Cohen's kappa", simple example: 20, 5, 10, 15 gives .40.
    found = cohen_kappa_from_table([[20, 5], [10, 15]])
    assert (found.value, found.observed, found.expected) == (
        pytest.approx(0.4),
        pytest.approx(0.7),
        pytest.approx(0.5),
    )


def test_kappa_of_the_film_critics_is_agrestis() -> None:
    # Agresti & Winner 1997, Siskel and Ebert: κ = .389, standard error .060. The page that prints
    # these was not at hand. The counts were read in a script for R's vcd on the article's data; it
    # notes .458 for quadratic weights.
    critics = [[24, 8, 13], [8, 13, 11], [10, 9, 64]]
    found = cohen_kappa_from_table(critics)
    weighted = cohen_kappa_from_table(critics, weights="quadratic")
    assert value(weighted) == pytest.approx(0.458, abs=5e-4)
    assert found.value == pytest.approx(0.389, abs=5e-4)
    assert found.standard_error == pytest.approx(0.060, abs=5e-4)


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_kappa_from_marks_is_kappa_from_the_table(weights: Any) -> None:
    first, second = from_table(COHEN)
    found = cohen_kappa([*first, None, 1], [*second, 2, None], scale=[0, 1, 2], weights=weights)
    assert found == cohen_kappa_from_table(COHEN, weights=weights)


def test_percent_agreement_by_hand() -> None:
    # File 1: 3 of 3 pairs; file 2: 1 of 3; file 3 has one mark and does not count.
    assert percent_agreement([[1, 1, 1], [1, 1, _], [1, 2, _]]) == pytest.approx(2 / 3)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_without_variation_gives_its_reason(level: Any) -> None:
    found = krippendorff_alpha([[3, 3, 3], [3, 3, _]], level=level)
    assert found.value is None
    assert found.reason == "not estimable: every mark is the same"


def test_kappa_without_variation_gives_its_reason() -> None:
    assert cohen_kappa([2, 2], [2, 2], scale=[1, 2, 3]).reason == (
        "not estimable: every mark is the same"
    )


def test_ac_without_variation_is_full_agreement() -> None:
    # Where kappa and alpha fall silent AC1 does not: nobody disagreed.
    assert gwet_ac([[2, 2, 2], [2, 2, 2]], scale=[1, 2, 3]).value == 1


@pytest.mark.parametrize("ratings", [[[1, 2, 3]], [[1, _, 3], [_, 2, _]], [[_, _], [_, _]]])
def test_one_marker_gives_a_reason(ratings: list[list[int | None]]) -> None:
    assert "two markers" in str(gwet_ac(ratings, scale=[1, 2, 3]).reason)
    assert "two markers" in str(krippendorff_alpha(ratings, level="ordinal").reason)
    assert "two markers" in str(krippendorff_alpha(ratings, level="nominal").reason)
    with pytest.raises(ValueError, match="two markers"):
        percent_agreement(ratings)


def test_kappa_of_no_file_gives_a_reason() -> None:
    assert "two markers" in str(cohen_kappa([1, _], [_, 2], scale=[1, 2]).reason)


def test_ac_of_one_file_has_no_standard_error() -> None:
    found = gwet_ac([[1], [1]], scale=[1, 2])
    assert found.value == 1
    assert found.standard_error is None


@pytest.mark.parametrize(
    ("ratings", "says"),
    [([], "no marks"), ([[], []], "no marks"), ([[1, 2], [1]], "each of the same files")],
)
def test_ratings_of_the_wrong_shape_are_refused(ratings: list[list[int]], says: str) -> None:
    for level in ("nominal", "interval"):
        with pytest.raises(ValueError, match=says):
            krippendorff_alpha(ratings, level=level)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=says):
        gwet_ac(ratings, scale=[1, 2])
    with pytest.raises(ValueError, match=says):
        percent_agreement(ratings)


def test_mark_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="7 is not on the scale"):
        gwet_ac([[1, 7], [1, 2]], scale=[1, 2])


@pytest.mark.parametrize("scale", [[1], [1, 1, 2]])
def test_scale_that_is_none_is_refused(scale: list[int]) -> None:
    with pytest.raises(ValueError, match="two or more different"):
        gwet_ac([[1], [1]], scale=scale)


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_mark_that_is_no_number_is_refused(level: Any) -> None:
    with pytest.raises(ValueError, match="not a number"):
        krippendorff_alpha([[1.0, float("nan")], [1.0, 2.0]], level=level)
    with pytest.raises(ValueError, match="not a number"):
        percent_agreement([[1.0, float("nan")], [1.0, 2.0]])


def test_words_are_refused_where_numbers_are_needed() -> None:
    with pytest.raises(ValueError, match="have to be numbers"):
        krippendorff_alpha([["good", "poor"], ["good", "good"]], level="interval")
    with pytest.raises(ValueError, match="cannot be below zero"):
        krippendorff_alpha([[-1, 2], [1, 2]], level="ratio")


@pytest.mark.parametrize("table", [[[1, 2]], [[1]], [[1, 2], [3, -1]], [[1, 2], [3, float("nan")]]])
def test_table_that_cannot_be_is_refused(table: list[list[float]]) -> None:
    with pytest.raises(ValueError, match="The table"):
        cohen_kappa_from_table(table)


@pytest.mark.parametrize(
    "weights", [[[0, 1]], [[1, 1], [1, 0]], [[0, -1], [1, 0]], [[0, 0], [0, 0]]]
)
def test_weights_that_do_not_fit_are_refused(weights: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"weights|weighs"):
        cohen_kappa_from_table([[1, 2], [3, 4]], weights=weights)


def test_ratio_distance_of_two_zeros_is_none() -> None:
    assert value(krippendorff_alpha([[0, 4, 2], [0, 4, 2]], level="ratio")) == 1


@given(tables, st.randoms())
def test_relabelling_markers_changes_nothing(ratings: list[list[int | None]], random: Any) -> None:
    shuffled = list(ratings)
    random.shuffle(shuffled)
    for level in ("nominal", "ordinal", "interval", "ratio"):
        same(krippendorff_alpha(ratings, level=level), krippendorff_alpha(shuffled, level=level))
    scale = [1, 2, 3, 4]
    same(gwet_ac(ratings, scale=scale), gwet_ac(shuffled, scale=scale))


@given(tables, st.randoms())
def test_order_of_files_changes_nothing(ratings: list[list[int | None]], random: Any) -> None:
    order = list(range(len(ratings[0])))
    random.shuffle(order)
    moved = [[row[i] for i in order] for row in ratings]
    same(krippendorff_alpha(ratings, level="ordinal"), krippendorff_alpha(moved, level="ordinal"))
    scale = [1, 2, 3, 4]
    same(
        gwet_ac(ratings, scale=scale, weights="quadratic"),
        gwet_ac(moved, scale=scale, weights="quadratic"),
    )


@given(tables)
def test_turning_the_scale_round_changes_nothing(ratings: list[list[int | None]]) -> None:
    turned = [[None if m is None else 5 - m for m in row] for row in ratings]
    for level in ("nominal", "ordinal", "interval"):
        same(krippendorff_alpha(ratings, level=level), krippendorff_alpha(turned, level=level))
    for weights in (None, "linear", "quadratic", "ordinal"):
        found = [gwet_ac(r, scale=[1, 2, 3, 4], weights=weights) for r in (ratings, turned)]
        same(*found)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30))
def test_kappa_is_at_most_one_and_the_same_either_way(pairs: Sequence[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    found = cohen_kappa(first, second, scale=[0, 1, 2], weights="linear")
    same(found, cohen_kappa(second, first, scale=[0, 1, 2], weights="linear"))
    assert found.value is None or found.value <= 1 + 1e-12


def same(one: Agreement, other: Agreement) -> None:
    assert one.reason == other.reason
    if one.value is not None:
        assert other.value == pytest.approx(one.value, abs=1e-9)
