"""Intervals and limits against printed figures, and what must always hold."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pillars.measures.funnel import binomial_limits, poisson_limits, proportion_limits, wilson

positive = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.floats(0.5, 0.999)


# Newcombe 1998, "Two-sided confidence intervals for the single proportion", Statistics in
# Medicine 17:857-872, table I, method 3 (score, no continuity correction), 95 %. Read in another
# project's tests that quote the same table, not in the paper itself.
@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_figures(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    found = wilson(numerator, denominator)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


# The README of the JavaScript package wilson-score-interval prints these; it takes z as 1.96.
@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (430, 474, 0.8776750858242243, 0.9301239839930541),
        (392, 436, 0.8672311846637769, 0.9239627360567735),
        (10, 14, 0.4535045882751561, 0.882788120898909),
    ],
)
def test_wilson_gives_another_packages_figures(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    found = wilson(numerator, denominator)
    assert found == (pytest.approx(low, abs=1e-5), pytest.approx(high, abs=1e-5))


@pytest.mark.parametrize(
    ("top", "bottom", "says"),
    [
        (5, 4, "5 of 4 cannot be"),
        (-1, 4, "below zero"),
        (0, 0, "Nothing was counted"),
        (float("nan"), 4, "not a number"),
    ],
)
def test_wilson_of_counts_that_cannot_be_is_refused(top: int, bottom: int, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        wilson(top, bottom)


@pytest.mark.parametrize("level", [0, 1, 1.5, float("nan")])
def test_level_outside_zero_and_one_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="level lies between"):
        wilson(1, 2, level=level)


@given(positive, levels)
def test_wilson_holds_the_share_and_stays_in_bounds(pair: tuple[int, int], level: float) -> None:
    top, bottom = pair
    low, high = wilson(top, bottom, level=level)
    assert 0 <= low <= top / bottom <= high <= 1


@given(positive)
def test_wilson_of_what_is_missing_mirrors_what_is_there(pair: tuple[int, int]) -> None:
    top, bottom = pair
    low, high = wilson(top, bottom)
    other_low, other_high = wilson(bottom - top, bottom)
    assert (other_low, other_high) == (pytest.approx(1 - high), pytest.approx(1 - low))


@given(positive, st.integers(2, 9))
def test_wilson_narrows_as_cases_grow(pair: tuple[int, int], times: int) -> None:
    few, many = wilson(*pair), wilson(pair[0] * times, pair[1] * times)
    assert many[1] - many[0] < few[1] - few[0]


def test_score_limits_by_hand() -> None:
    # 0.8 ± 1.959964 × √(0.8 × 0.2 / 100) = 0.8 ± 0.0784
    ((low, high),) = proportion_limits(0.8, [100], level=0.95)
    assert (low, high) == (pytest.approx(0.7216, abs=1e-4), pytest.approx(0.8784, abs=1e-4))


# Public Health England's package PHEindicatormethods, tests/testthat,
# testdata_funnel_prop_outputs.csv, after its spreadsheet: where a Wilson interval just touches the
# average of 303 areas, printed as 80.642448 %. That is the score form.
AREAS = 0.806424478571495


@pytest.mark.parametrize(
    ("size", "at_95", "at_99_8"),
    [
        (3, (35.933491, 100), (10.150815, 100)),
        (10, (56.154344, 100), (42.03259, 100)),
        (50, (69.691035, 91.593861), (63.375595, 97.909301)),
        (395, (76.74611, 84.538786), (74.499177, 86.785719)),
    ],
)
def test_score_limits_are_public_health_englands(
    size: int, at_95: tuple[float, float], at_99_8: tuple[float, float]
) -> None:
    for level, printed in ((0.95, at_95), (0.998, at_99_8)):
        ((low, high),) = proportion_limits(AREAS, [size], level=level)
        assert 100 * low == pytest.approx(printed[0], abs=6e-7)
        assert 100 * high == pytest.approx(printed[1], abs=6e-7)


# The same file of areas (patients satisfied of patients asked, weighted) with the package's own
# marks. Ours are the same for all 303; these few take in each mark.
@pytest.mark.parametrize(
    ("numerator", "denominator", "mark"),
    [
        (35078.488, 41980, "high at 99.8 %"),
        (26882.4969, 32573, "high at 99.8 %"),
        (26789.238, 33012, "high at 95 %"),
        (23910.2469, 29457, "high at 95 %"),
        (50050.7443, 61921, "within"),
        (17321.4088, 21587, "within"),
        (30277.5312, 37828, "low at 95 %"),
        (24803.6256, 31824, "low at 99.8 %"),
        (15808.1975, 20597, "low at 99.8 %"),
    ],
)
def test_areas_are_marked_as_public_health_england_marks_them(
    numerator: float, denominator: int, mark: str
) -> None:
    share, found = numerator / denominator, "within"
    for level, name in ((0.95, "95 %"), (0.998, "99.8 %")):
        ((low, high),) = proportion_limits(AREAS, [denominator], level=level)
        if not low <= share <= high:
            found = f"{'high' if share > high else 'low'} at {name}"
    assert found == mark


# Montgomery's orange juice cans, 50 a sample, three standard errors: the package mistat (Kenett,
# Zacks & Gedeck) tests its charts against these figures of R's qcc.
@pytest.mark.parametrize(
    ("target", "low", "high"),
    [
        (0.2313333, 0.05242755, 0.4102391),
        (0.215, 0.04070284, 0.3892972),
    ],
)
def test_score_limits_are_the_quality_charts(target: float, low: float, high: float) -> None:
    ((found_low, found_high),) = proportion_limits(target, [50], level=0.9973002039367398)
    assert (found_low, found_high) == (pytest.approx(low, abs=1e-7), pytest.approx(high, abs=1e-7))


@given(st.floats(0.01, 0.99), st.integers(1, 200), levels)
def test_score_limits_widen_as_numbers_shrink(target: float, n: int, level: float) -> None:
    small, large = proportion_limits(target, [n, n * 4], level=level)
    assert 0 <= small[0] <= large[0] <= target <= large[1] <= small[1] <= 1


# Nobody was found who prints interpolated binomial limits: not Spiegelhalter's paper as far as it
# could be read, nor FunnelPlotR, PHEindicatormethods or funnelR. So: by hand from the printed
# binomial table, and beside the limits that funnelR draws without interpolation.
def test_exact_limits_by_hand_from_the_binomial_table() -> None:
    # Any table of the binomial, n = 10, p = 1/2: P(R ≤ 1) = .0107, P(R ≤ 2) = .0547,
    # P(R ≤ 7) = .9453, P(R ≤ 8) = .9893. Spiegelhalter's appendix: lower r = 2,
    # a = (.0547 − .025) / .0440 = .675 → 1.325 / 10; upper r = 8, a = .0143 / .0440 = .325.
    ((low, high),) = binomial_limits(0.5, [10], level=0.95)
    assert low == pytest.approx(0.1325, abs=2e-4)
    assert high == pytest.approx(0.7675, abs=2e-4)


def test_exact_limits_of_one_toss_by_hand() -> None:
    # n = 1, p = 1/2: P(R ≤ 0) = .5. Lower r = 0, a = (.5 − .25) / .5; upper r = 1, a = .25 / .5.
    ((low, high),) = binomial_limits(0.5, [1], level=0.5)
    assert (low, high) == (0.0, pytest.approx(0.5))


@given(st.floats(0.05, 0.95), st.integers(1, 300), st.sampled_from([0.95, 0.998]))
def test_exact_limits_lie_within_one_case_inside_the_uninterpolated(
    target: float, n: int, level: float
) -> None:
    # FunnelR (M. Kumar, on CRAN), method "exact": quantiles of the binomial ÷ n.
    ((low, high),) = binomial_limits(target, [n], level=level)
    tail = (1 - level) / 2
    outer_low, outer_high = (float(stats.binom.ppf(p, n, target)) / n for p in (tail, 1 - tail))
    assert outer_low - 1 / n - 1e-9 <= low <= outer_low + 1e-9
    assert outer_high - 1 / n - 1e-9 <= high <= outer_high + 1e-9


def test_exact_limits_near_the_score_form_in_large_units() -> None:
    exact = binomial_limits(0.3, [5000], level=0.95)[0]
    score = proportion_limits(0.3, [5000], level=0.95)[0]
    assert exact == (pytest.approx(score[0], abs=2e-4), pytest.approx(score[1], abs=2e-4))


@pytest.mark.parametrize("target", [0, 1])
def test_exact_limits_where_all_or_none_are_meant_to_be_leave_no_room(target: int) -> None:
    assert binomial_limits(target, [1, 30], level=0.95) == [(target, target)] * 2


@given(st.floats(0.01, 0.99), st.lists(st.integers(1, 300), max_size=5), levels)
def test_exact_limits_are_shares_with_low_below_high(
    target: float, sizes: list[int], level: float
) -> None:
    limits = binomial_limits(target, sizes, level=level)
    assert len(limits) == len(sizes)
    assert all(0 <= low <= high <= 1 for low, high in limits)


# FunnelPlotR's own test, tests/testthat/test-poisson_limits.R (95 % and 99.8 %).
@pytest.mark.parametrize(
    ("level", "printed"),
    [
        (0.95, [(0.5596924, 1.649348), (0.6108260, 1.544419), (0.6746958, 1.427562)]),
        (0.998, [(0.3862650, 2.082907), (0.4479107, 1.902094), (0.5289724, 1.702771)]),
    ],
)
def test_poisson_limits_are_the_peers(level: float, printed: list[tuple[float, float]]) -> None:
    for found, (low, high) in zip(poisson_limits([15, 20, 30], level=level), printed, strict=True):
        assert found == (pytest.approx(low, abs=5e-8), pytest.approx(high, abs=5e-7))


# Garwood's exact limits of a count (1936; his own table was not at hand) as printed by Public
# Health England: PHEindicatormethods, tests/testthat, testdata_funnel_ratio_outputs.csv, columns
# of expected events. They come from bisection, good to about seven figures.
@pytest.mark.parametrize(
    ("count", "at_95", "at_99_8"),
    [
        (1, (0.025317898, 5.571644585), (0.001000547, 9.233410143)),
        (5, (1.623486324, 11.6683331), (0.739371928, 16.45474478)),
        (10, (4.795387629, 18.39035799), (2.960519925, 24.13397235)),
        (30, (20.24087434, 42.82687112), (15.86916711, 51.08312418)),
        (716, (664.5083011, 770.4222128), (636.1521174, 802.60414)),
    ],
)
def test_poisson_limits_are_public_health_englands(
    count: int, at_95: tuple[float, float], at_99_8: tuple[float, float]
) -> None:
    for level, printed in ((0.95, at_95), (0.998, at_99_8)):
        ((low, high),) = poisson_limits([count], level=level)
        assert count * low == pytest.approx(printed[0], rel=2e-6, abs=5e-7)
        assert count * high == pytest.approx(printed[1], rel=2e-6)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=6, unique=True), levels)
def test_poisson_limits_widen_as_numbers_shrink(sizes: list[int], level: float) -> None:
    limits = poisson_limits(sorted(sizes), level=level)
    assert all(a[0] < b[0] < 1 < b[1] < a[1] for a, b in pairwise(limits))


def test_poisson_limits_follow_their_middle() -> None:
    ((low, high),) = poisson_limits([20], level=0.95)
    ((twice_low, twice_high),) = poisson_limits([20], level=0.95, target=2)
    assert (twice_low, twice_high) == (pytest.approx(2 * low), pytest.approx(2 * high))


@pytest.mark.parametrize("size", [0, -3, float("nan"), float("inf")])
def test_limits_of_an_empty_unit_are_refused(size: float) -> None:
    for limits in (proportion_limits, binomial_limits):
        with pytest.raises(ValueError, match="at least one case"):
            limits(0.5, [size], level=0.95)  # type: ignore[list-item]
    with pytest.raises(ValueError, match="at least one case"):
        poisson_limits([size], level=0.95)


@pytest.mark.parametrize("target", [-0.1, 1.2, float("nan")])
def test_middle_that_cannot_be_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        proportion_limits(target, [10], level=0.95)
    with pytest.raises(ValueError, match="between 0 and 1"):
        binomial_limits(target, [10], level=0.95)


def test_ratio_below_zero_as_a_middle_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be below zero"):
        poisson_limits([10], level=0.95, target=-1)
