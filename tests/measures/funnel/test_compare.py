"""Who is called different, and who is not."""

from __future__ import annotations

import csv
from math import asin, exp, log, sin, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.funnel import compare, overdispersion, poisson_limits

SCHOOLS = Path("/work/shared/data/dfe_sen_by_school_2023.csv")

positive = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
WIDE = [100, 120, 140, 150, 160, 170, 180, 190]


def test_one_school_far_below_the_rest_is_named_and_chance_is_not() -> None:
    tops = [72, 70, 75, 71, 73, 74, 69, 72, 20]
    found = compare(tops, [100] * 9, names=[f"s{n}" for n in range(9)])
    differing = [u.name for u in found.units if u.where[0.998] != "within"]
    assert differing == ["s8"]
    assert found.units[8].where[0.95] == "low"


def test_wide_spread_names_nobody_that_plain_limits_would() -> None:
    found = compare(WIDE, [200] * 8, names=list("abcdefgh"))
    plain = compare(WIDE, [200] * 8, names=list("abcdefgh"), adjust=False)
    assert found.adjusted
    assert not plain.adjusted
    assert all(unit.where[0.998] == "within" for unit in found.units)
    assert sum(unit.where[0.998] != "within" for unit in plain.units) >= 4


# FunnelPlotR's vignette on indirectly standardised ratios: days in 54 hospitals of Arizona (medpar,
# in the R package COUNT) against days expected, summed here by hospital from the regression it
# prints: exp(2.26875 − .07637 hmo − .24574 died − .02141 age80, + .24921 or .74869 by type).
DAYS = [
    *(406, 642, 46, 764, 82, 201, 193, 569, 404, 134, 614, 491, 501, 131, 274, 124, 456, 48),
    *(429, 14, 369, 8, 37, 128, 145, 493, 104, 6, 308, 34, 7, 935, 134, 339, 458, 22),
    *(2, 160, 87, 55, 252, 174, 43, 228, 210, 321, 631, 543, 105, 389, 92, 1012, 283, 95),
]
EXPECTED_DAYS = [
    *(523.7, 613.0, 53.8, 763.7, 120.9, 250.2, 155.5, 484.7, 362.2, 188.9, 554.4, 616.7, 360.1),
    *(245.6, 263.6, 154.7, 475.0, 38.9, 445.1, 28.8, 347.5, 7.6, 73.2, 118.1, 273.3, 449.8),
    *(172.4, 19.2, 321.9, 36.6, 20.0, 851.7, 198.9, 302.4, 410.2, 45.9, 9.7, 212.3, 38.9, 31.7),
    *(285.6, 186.7, 34.0, 255.7, 242.0, 279.5, 619.3, 626.1, 145.7, 413.9, 111.3, 685.6, 181.1),
    24.8,
]
HOSPITALS = [f"hospital {n}" for n in range(54)]


def test_plain_limits_name_the_peers_hospitals() -> None:
    # Printed there: 54 points, 25 outliers at 99.8 %, not adjusted.
    found = compare(DAYS, EXPECTED_DAYS, names=HOSPITALS, kind="ratio", adjust=False)
    assert sum(unit.where[0.998] != "within" for unit in found.units) == 25


def test_adjusted_limits_name_the_peers_hospitals() -> None:
    # Printed there: 9 outliers at 99.8 %, adjusted SHMI's way, which truncates.
    spread = overdispersion(DAYS, EXPECTED_DAYS, kind="ratio", method="truncate", transform="shmi")
    named = [
        abs(log(top / size)) > 3.090232 * sqrt(1 / size + spread.tau2)
        for top, size in zip(DAYS, EXPECTED_DAYS, strict=True)
    ]
    assert sum(named) == 9
    # `compare` always pulls in extremes (winsorises), so its limits are wider: it names 6 of the 9.
    found = compare(DAYS, EXPECTED_DAYS, names=HOSPITALS, kind="ratio", transform="shmi")
    ours = [unit.where[0.998] != "within" for unit in found.units]
    assert sum(ours) == 6
    assert all(peer for peer, own in zip(named, ours, strict=True) if own)


def test_adjusted_limits_by_hand() -> None:
    # Spiegelhalter et al. 2012, as FunnelPlotR writes it: sin²(arcsin √θ ± z √(1/4n + τ²)). Nobody
    # was found who prints adjusted limits of shares, or of ratios by the square root, with the
    # counts behind them: here and below those are formulas worked by hand.
    found = compare(WIDE, [200] * 8, names=list("abcdefgh"))
    spread = found.dispersion
    half = 1.959964 * sqrt(1 / 800 + spread.tau2)
    low = sin(asin(sqrt(spread.target)) - half) ** 2
    assert found.limits[0.95][0][0] == pytest.approx(low, abs=1e-6)
    assert found.limits_at(200, 0.95) == found.limits[0.95][0]


def test_adjusted_limits_of_ratios_are_turned_back_from_the_square_root() -> None:
    # FunnelPlotR (calculate_limits.R) draws 1 ± z √(s² + τ²) here without squaring, beside ratios
    # that are not square-rooted. Squared is what the method means: √(O / E) lies between those.
    found = compare([200, 50, 160, 60], [100] * 4, names=list("abcd"), kind="ratio")
    assert found.adjusted
    half = 1.959964 * sqrt(1 / 400 + found.dispersion.tau2)
    low, high = max(0.0, 1 - half) ** 2, (1 + half) ** 2
    assert found.limits[0.95][0] == (pytest.approx(low), pytest.approx(high))


def test_adjusted_limits_of_ratios_on_the_logarithm_are_the_peers() -> None:
    found = compare(
        [200, 50, 160, 60], [100] * 4, names=list("abcd"), kind="ratio", transform="shmi"
    )
    high = exp(1.959964 * sqrt(1 / 100 + found.dispersion.tau2))
    assert found.limits[0.95][0] == (pytest.approx(1 / high), pytest.approx(high))


def test_plain_limits_of_ratios_are_exact() -> None:
    found = compare([101, 51, 19], [100, 50, 20], names=list("abc"), kind="ratio")
    assert not found.adjusted
    assert found.limits[0.998] == poisson_limits([100, 50, 20], level=0.998)
    assert [unit.where[0.95] for unit in found.units] == ["within"] * 3


def test_everybody_at_the_top_is_within() -> None:
    found = compare([3, 40, 12], [3, 40, 12], names=list("abc"))
    assert {unit.where[0.95] for unit in found.units} == {"within"}


def test_plain_limits_name_a_small_unit_only_where_the_odds_say_so() -> None:
    # Half of 10 is meant: 8 or more happens 5.5 times in 100 by chance, 9 or more 1.1 times. The
    # appendix's own upper limit (7.7) would name 8.
    tops, bottoms = [8, 500, 492], [10, 1000, 990]
    found = compare(tops, bottoms, names=list("abc"), adjust=False)
    assert found.units[0].where[0.95] == "within"
    nine = compare([9, 500, 491], bottoms, names=list("abc"), adjust=False)
    assert nine.units[0].where[0.95] == "high"


def test_compare_needs_a_name_for_each_unit() -> None:
    with pytest.raises(ValueError, match="one name"):
        compare([1, 2], [3, 4], names=["a"])


def test_compare_needs_a_level() -> None:
    with pytest.raises(ValueError, match="at least one level"):
        compare([1, 2], [3, 4], names=["a", "b"], levels=())


def test_limits_at_no_size_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one case"):
        compare([1, 2], [3, 4], names=["a", "b"]).limits_at(0, 0.95)


def test_empty_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="with cases"):
        compare([1, 0], [3, 0], names=["a", "b"])


@given(st.lists(positive, min_size=3, max_size=20), st.integers(0, 19))
def test_order_of_units_changes_nothing(pairs: list[tuple[int, int]], turn: int) -> None:
    names = [str(n) for n in range(len(pairs))]
    rows = list(zip(names, pairs, strict=True))
    turned = rows[turn % len(rows) :] + rows[: turn % len(rows)]
    found, again = (
        compare([p[0] for _, p in r], [p[1] for _, p in r], names=[n for n, _ in r])
        for r in (rows, turned)
    )
    assert {u.name: u.where for u in found.units} == {u.name: u.where for u in again.units}


@given(st.lists(positive, min_size=2, max_size=20))
def test_counting_what_is_missing_swaps_high_and_low(pairs: list[tuple[int, int]]) -> None:
    tops, bottoms = [p[0] for p in pairs], [p[1] for p in pairs]
    names = [str(n) for n in range(len(pairs))]
    found = compare(tops, bottoms, names=names)
    missing = compare([b - t for t, b in pairs], bottoms, names=names)
    swap = {"high": "low", "low": "high", "within": "within"}
    for one, other in zip(found.units, missing.units, strict=True):
        low, high = found.limits_at(one.denominator, 0.95)
        if min(abs(one.share - low), abs(one.share - high)) > 1e-9:  # not exactly on a limit
            assert swap[one.where[0.95]] == other.where[0.95]


@given(st.lists(positive, min_size=3, max_size=20), st.integers(1, 200))
def test_limits_of_a_comparison_widen_as_numbers_shrink(
    pairs: list[tuple[int, int]], n: int
) -> None:
    found = compare([p[0] for p in pairs], [p[1] for p in pairs], names=["s"] * len(pairs))
    if found.adjusted:
        small, large = found.limits_at(n, 0.95), found.limits_at(4 * n, 0.95)
        assert small[0] <= large[0] <= large[1] <= small[1]
        wider = found.limits_at(n, 0.998)
        assert wider[0] <= small[0] <= small[1] <= wider[1]


# The "303 real areas" of which plain limits name many and adjusted ones 2 are most likely those of
# PHEindicatormethods (testdata_funnel_prop_inputs.csv, 303 of them). On them `compare` adjusted
# names 2 at 99.8 %. Plain limits name 260, as the package's own marks do (168 high, 92 low), not
# the 132 that is told; no limits tried gave 132. The marks are held to in test_limits.
@pytest.mark.skipif(not SCHOOLS.exists(), reason=f"{SCHOOLS} is not here")
def test_schools_of_england_spread_far_wider_than_chance() -> None:
    with SCHOOLS.open(encoding="utf-8-sig") as file:
        rows = [
            (int(row["SEN support"]), int(row["Total pupils"]), row["school_name"])
            for row in csv.DictReader(file)
            if row["Total pupils"].isdigit() and row["SEN support"].isdigit()
        ]
    rows = [row for row in rows if 0 <= row[0] <= row[1] and row[1] > 0]
    assert len(rows) > 24_000
    tops, bottoms, names = (list(column) for column in zip(*rows, strict=True))
    plain, fair = (compare(tops, bottoms, names=names, adjust=a) for a in (False, True))
    share = [sum(u.where[0.998] != "within" for u in f.units) / len(rows) for f in (plain, fair)]
    assert fair.dispersion.phi > 5
    assert share[0] > 0.25
    assert share[1] < share[0] / 3
