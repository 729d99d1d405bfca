"""Small groups borrow from the rest: printed figures and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.effect import shrink

# Raudenbush & Bryk 1985 (teachers' expectations, 19 studies), as metadat holds them.
EXPECTANCY = [
    *(0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.80),
    *(0.54, 0.18, -0.02, 0.23, -0.18, -0.06, 0.30, 0.07, -0.07),
]
EXPECTANCY_V = [
    *(0.0156, 0.0216, 0.0279, 0.1391, 0.1362, 0.0106, 0.0106, 0.0484, 0.0269, 0.0630),
    *(0.0912, 0.0497, 0.0835, 0.0841, 0.0253, 0.0279, 0.0193, 0.0088, 0.0303),
]
# Metafor's test of that chapter prints these empirical Bayes estimates (its figure 2).
EXPECTANCY_SHRUNK = [
    *(0.0543, 0.1006, -0.0064, 0.2144, 0.1051, -0.0082, 0.0174, -0.0293, 0.1604, 0.2485),
    *(0.1618, 0.1102, 0.0646, 0.1105, -0.0288, 0.0258, 0.1905, 0.0744, 0.0248),
]
# Viechtbauer 2005, examples 1 and 2 (pages 271 and 272).
RACES = [-0.581, 0.530, 0.771, 1.031, 0.553, 0.295, 0.078, 0.573, -0.176, -0.232]
RACES_V = [0.023, 0.052, 0.060, 0.115, 0.095, 0.203, 0.200, 0.211, 0.051, 0.040]
CLASSES = [
    *(0.100, -0.162, -0.090, -0.049, -0.046, -0.010, -0.431, -0.261, 0.134),
    *(0.019, 0.175, 0.056, 0.045, 0.103, 0.121, -0.482, 0.290, 0.342),
]
CLASSES_V = [
    *(0.016, 0.015, 0.050, 0.050, 0.032, 0.052, 0.036, 0.024, 0.034),
    *(0.033, 0.031, 0.034, 0.039, 0.167, 0.134, 0.096, 0.016, 0.035),
]
# Normand 1999, table IX: days in stroke units.
STROKE = [-20, -2, -55, -71, -4, 1, 11, -10, 7]
STROKE_V = [40.5863, 2.0468, 15.2809, 150.2222, 20.1923, 1.2235, 95.3756, 8.0321, 20.6936]

groups = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.01, 10)), min_size=2, max_size=15)


def test_shrunk_estimates_are_raudenbush_and_bryks() -> None:
    # Printed there: mean .084, τ² .019, Q 35.85 (35.8295 from the rounded data).
    found = shrink(EXPECTANCY, EXPECTANCY_V)
    assert found.mean == pytest.approx(0.0837, abs=5e-5)
    assert found.tau2 == pytest.approx(0.0188, abs=6e-5)
    assert found.q == pytest.approx(35.8295, abs=5e-5)
    assert found.estimates == pytest.approx(EXPECTANCY_SHRUNK, abs=6e-5)


@pytest.mark.parametrize(
    ("y", "v", "reml", "dl"),
    [
        (RACES, RACES_V, 0.2232, 0.2768),
        (CLASSES, CLASSES_V, 0.0157, 0.0126),
        (STROKE, STROKE_V, 685.1965, 218.7216),
    ],
)
def test_spread_between_groups_is_the_papers(
    y: list[float], v: list[float], reml: float, dl: float
) -> None:
    assert shrink(y, v).tau2 == pytest.approx(reml, rel=3e-3)
    assert shrink(y, v, method="dl").tau2 == pytest.approx(dl, rel=4e-3)


def test_mean_of_the_stroke_units_is_normands() -> None:
    assert shrink(STROKE, STROKE_V).mean == pytest.approx(-15.12, abs=5e-3)
    assert shrink(STROKE, STROKE_V, method="dl").mean == pytest.approx(-14.10, abs=5e-3)


def test_group_as_unsure_as_groups_differ_goes_half_way() -> None:
    found = shrink([0, 10, 0, 10], [1, 1, 1, 1], method="dl")
    kept = found.tau2 / (found.tau2 + 1)
    assert found.mean == 5
    assert found.estimates == pytest.approx([5 - 5 * kept, 5 + 5 * kept] * 2)


@pytest.mark.parametrize("method", ["reml", "dl"])
def test_groups_alike_all_get_the_mean(method: str) -> None:
    found = shrink([3, 3, 3], [1, 2, 3], method=method)  # type: ignore[arg-type]
    assert (found.mean, found.tau2, found.q) == (3, 0, 0)
    assert found.estimates == (3, 3, 3)


def test_one_group_keeps_its_own() -> None:
    assert shrink([2.5], [1]).estimates == (2.5,)


@pytest.mark.parametrize(
    ("y", "v", "says"),
    [
        ([], [], "one estimate and one variance"),
        ([1, 2], [1], "one estimate and one variance"),
        ([1, float("nan")], [1, 1], "is missing"),
        ([1, 2], [1, 0], "above zero"),
    ],
)
def test_groups_that_cannot_be_are_refused(y: list[float], v: list[float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        shrink(y, v)


@given(groups, st.sampled_from(["reml", "dl"]))
def test_every_estimate_lies_between_its_own_and_the_mean(
    pairs: list[tuple[float, float]], method: str
) -> None:
    y, v = [p for p, _ in pairs], [q for _, q in pairs]
    found = shrink(y, v, method=method)  # type: ignore[arg-type]
    assert found.tau2 >= 0
    assert min(y) - 1e-9 <= found.mean <= max(y) + 1e-9
    for own, drawn in zip(y, found.estimates, strict=True):
        low, high = sorted([own, found.mean])
        assert low - 1e-9 <= drawn <= high + 1e-9


@given(groups, st.sampled_from(["reml", "dl"]))
def test_swapping_better_and_worse_flips_every_estimate(
    pairs: list[tuple[float, float]], method: str
) -> None:
    y, v = [p for p, _ in pairs], [q for _, q in pairs]
    found = shrink(y, v, method=method)  # type: ignore[arg-type]
    turned = shrink([-x for x in y], v, method=method)  # type: ignore[arg-type]
    assert turned.tau2 == pytest.approx(found.tau2, abs=1e-9)
    assert turned.estimates == pytest.approx([-e for e in found.estimates], abs=1e-7)
