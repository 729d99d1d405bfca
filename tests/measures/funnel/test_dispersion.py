"""How wide units spread, against the peer's printed figure and by hand."""

from __future__ import annotations

from math import asin, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.funnel import overdispersion

# FunnelPlotR, tests/testthat/test-classes_methods.R.
OBSERVED = [100, 150, 180, 80, 120, 225]
EXPECTED = [108, 112, 165, 95, 100, 220]


def test_spread_of_ratios_is_the_peers() -> None:
    # Printed there: φ = 2.948033 for SHMI's way (logarithm, truncation of a tenth at each end), the
    # only printed spread that was found. What it does to 54 hospitals is in test_compare.
    found = overdispersion(OBSERVED, EXPECTED, kind="ratio", method="truncate", transform="shmi")
    assert found.phi == pytest.approx(2.948033, abs=5e-7)


def test_spread_of_ratios_by_hand() -> None:
    # Spiegelhalter et al. 2012: z = 2 √E (√(O / E) − 1).
    found = overdispersion([121, 81], [100, 100], kind="ratio", trim=0)
    assert found.z == (pytest.approx(2.0), pytest.approx(-2.0))
    assert found.phi == pytest.approx(4.0)
    # N φ − (N − 1) = 7; Σ w = 2 × 400, Σ w² / Σ w = 400.
    assert found.tau2 == pytest.approx(7 / 400)


def test_spread_of_ratios_on_the_logarithm_by_hand() -> None:
    found = overdispersion([121, 81], [100, 100], kind="ratio", trim=0, transform="shmi")
    assert found.z == (pytest.approx(10 * log(1.21)), pytest.approx(10 * log(0.81)))


def test_spread_of_shares_is_on_the_arcsine_scale() -> None:
    # Spiegelhalter et al. 2012: z = 2 √n (arcsin √p − arcsin √θ).
    found = overdispersion([30, 50], [100, 100], trim=0)
    assert found.target == 0.4
    assert found.z[0] == pytest.approx(20 * (asin(sqrt(0.3)) - asin(sqrt(0.4))))


def test_spread_wider_than_chance_is_found() -> None:
    tops = [100, 120, 140, 150, 160, 170, 180, 190]
    found = overdispersion(tops, [200] * 8, trim=0)
    assert found.phi > 10
    # With equal sizes DerSimonian–Laird is (N φ − (N − 1)) s² / (N − 1), s² = 1 / 4n.
    assert found.tau2 == pytest.approx((8 * found.phi - 7) / (4 * 200) / 7)


def test_spread_of_equal_shares_is_none() -> None:
    found = overdispersion([50, 100, 25], [100, 200, 50])
    assert (found.phi, found.tau2, found.target) == (0.0, 0.0, 0.5)


def test_spread_where_everybody_reaches_everything_is_none() -> None:
    found = overdispersion([10, 20], [10, 20])
    assert (found.phi, found.tau2, found.target, found.z) == (0.0, 0.0, 1.0, (0.0, 0.0))


def test_winsorising_keeps_one_outlier_from_hiding_itself() -> None:
    tops = [70, 72, 68, 71, 69, 73, 70, 67, 71, 69, 5]
    plain, pulled = (overdispersion(tops, [100] * 11, trim=trim) for trim in (0, 0.1))
    assert plain.tau2 > 0.01
    assert pulled.phi < plain.phi / 5
    assert pulled.z == plain.z


def test_truncation_of_nothing_keeps_everybody() -> None:
    both = [overdispersion(OBSERVED, EXPECTED, kind="ratio", trim=0, method=m) for m in METHODS]
    assert both[0] == both[1]


METHODS = ("winsorise", "truncate")


@pytest.mark.parametrize(
    ("tops", "bottoms", "trim", "says"),
    [
        ([1], [2], 0.1, "two units"),
        ([1, 0], [2, 0], 0.1, "with cases"),
        ([1, 2, 3], [2, 2], 0.1, "for each unit"),
        ([3, 1], [2, 2], 0.1, "more than there are"),
        ([1, 1], [2, 2], 0.5, "below one half"),
        ([1, float("nan")], [2, 2], 0.1, "not a number"),
        ([1, -1], [2, 2], 0.1, "below zero"),
    ],
)
def test_spread_of_units_that_cannot_be_compared_is_refused(
    tops: list[float], bottoms: list[float], trim: float, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        overdispersion(tops, bottoms, trim=trim)


def test_ratio_of_zero_has_no_logarithm() -> None:
    with pytest.raises(ValueError, match="no logarithm"):
        overdispersion([0, 3], [2, 2], kind="ratio", transform="shmi")


def test_truncation_that_leaves_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="trim less"):
        overdispersion([1, 2], [3, 4], trim=0.4, method="truncate")


@given(
    st.lists(st.tuples(st.integers(1, 90), st.just(100)), min_size=2, max_size=15),
    st.integers(0, 14),
    st.sampled_from(["proportion", "ratio"]),
)
def test_spread_does_not_depend_on_the_order_of_units(
    units: list[tuple[int, int]], turn: int, kind: str
) -> None:
    turned = units[turn % len(units) :] + units[: turn % len(units)]
    found, again = (
        overdispersion([u[0] for u in us], [u[1] for u in us], kind=kind)  # type: ignore[arg-type]
        for us in (units, turned)
    )
    assert (found.phi, found.tau2, found.target) == (again.phi, again.tau2, again.target)
    assert sorted(found.z) == sorted(again.z)
