"""Effect sizes against textbooks and papers, and what must always hold."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.effect import (
    Effect,
    Group,
    independent_effect,
    paired_effect,
    pre_post_control,
    standardised_gain,
)
from pillars.measures.effect.sizes import correction

means = st.floats(-100, 100)
spreads = st.floats(0.5, 30)
sizes = st.integers(5, 200)
NAN = float("nan")

# Morris 2008, table 5 (five studies of Carlson & Schmidt 1999): treatment, then control.
TREATED = [
    Group(30.6, 38.5, 15.0, 11.6, 20),
    Group(23.5, 26.8, 3.1, 4.1, 50),
    Group(0.5, 0.7, 0.1, 0.1, 9),
    Group(53.4, 75.9, 14.5, 4.4, 10),
    Group(35.6, 36.0, 4.7, 4.6, 14),
]
CONTROLS = [
    Group(23.1, 19.7, 13.8, 14.8, 20),
    Group(24.9, 25.3, 4.1, 3.3, 42),
    Group(0.6, 0.6, 0.2, 0.2, 9),
    Group(55.7, 60.7, 17.3, 17.9, 11),
    Group(34.8, 33.4, 3.1, 6.9, 14),
]
CORRELATIONS = [0.47, 0.64, 0.77, 0.89, 0.44]
# d ppc2 there; and the variances that metafor's page on the paper computes, with g where we take d.
PRINTED = [0.77, 0.80, 1.20, 1.05, 0.44]
METAFOR_G = [0.7684, 0.8010, 1.2045, 1.0476, 0.4389]
METAFOR_VARIANCE = [0.1134, 0.0350, 0.1425, 0.0681, 0.1634]


def same(found: float | None, printed: float, digits: int = 4) -> None:
    assert found is not None
    assert round(found, digits) == pytest.approx(printed, abs=0.6 * 10**-digits)


def test_independent_effect_is_borensteins() -> None:
    # Borenstein et al. 2009, page 26 f.: d .5970, V .0418, g .5924, V .0411; read in the tests of
    # three other projects that quote the example, not in the book.
    found = independent_effect(103, 5.5, 50, 100, 4.5, 50)
    same(found.d, 0.5970)
    same(found.variance_d, 0.0418)
    same(found.g, 0.5924)
    same(found.variance_g, 0.0411)
    assert found.n == 100


def test_paired_effect_is_borensteins() -> None:
    # Borenstein et al. 2009, page 29 f.: d .4225, V .0131, g .4160, V .0127. No other copy of these
    # was found. By hand: d = 3 / (5.5 / √.6) and V = (1/50 + d²/100) × .6.
    found = paired_effect(100, 103, 5.5, 50, 0.7)
    same(found.d, 0.4225)
    same(found.variance_d, 0.0131)
    same(found.g, 0.4160)
    same(found.variance_g, 0.0127)


# Metafor's test_misc_escalc.r, measure SMD on two trials of Normand 1999 (stroke units).
@pytest.mark.parametrize(
    ("figures", "g"),
    [((55, 47, 155, 75, 64, 156), -0.3552), ((27, 7, 31, 29, 4, 32), -0.3479)],
)
def test_independent_effect_is_metafors(figures: tuple[int, ...], g: float) -> None:
    mean_1, sd_1, n_1, mean_2, sd_2, n_2 = figures
    same(independent_effect(mean_1, sd_1, n_1, mean_2, sd_2, n_2).g, g)


@pytest.mark.parametrize("i", range(5))
def test_effect_against_controls_is_morriss(i: int) -> None:
    found = pre_post_control(TREATED[i], CONTROLS[i], r=CORRELATIONS[i])
    same(found.g, PRINTED[i], 2)
    same(found.g, METAFOR_G[i])
    assert found.d is not None
    assert found.g is not None
    assert found.variance_d is not None
    n = found.n
    same(found.variance_d - (found.d**2 - found.g**2) / (2 * n), METAFOR_VARIANCE[i])


@pytest.mark.parametrize("i", range(5))
def test_gain_of_the_treated_is_metafors(i: int) -> None:
    # Metafor's test of Morris 2008, measure SMCR: .5056, 1.0481, 1.8054, 1.4181, .0801 with
    # variances .0594, .0254, .2322, .1225, .0802. Made here from scores with just those figures.
    group, r = TREATED[i], CORRELATIONS[i]
    pre, post = _scores(group, r)
    found = standardised_gain(pre, post)
    same(found.g, [0.5056, 1.0481, 1.8054, 1.4181, 0.0801][i])
    assert found.d is not None
    assert found.g is not None
    assert found.variance_d is not None
    variance = found.variance_d - (found.d**2 - found.g**2) / (2 * group.n)
    same(variance, [0.0594, 0.0254, 0.2322, 0.1225, 0.0802][i])


def _scores(group: Group, r: float) -> tuple[list[float], list[float]]:
    """Scores of a group whose means, spreads and correlation are exactly those."""
    raw = np.random.default_rng(1).normal(size=(group.n, 2))
    raw -= raw.mean(axis=0)
    first = raw[:, 0] / raw[:, 0].std(ddof=1)
    rest = raw[:, 1] - first * (first @ raw[:, 1]) / (first @ first)
    second = r * first + (1 - r * r) ** 0.5 * rest / rest.std(ddof=1)
    pre = group.mean_pre + group.sd_pre * first
    return pre.tolist(), (group.mean_post + group.sd_post * second).tolist()


def test_correction_is_exact_and_near_the_usual_shortcut() -> None:
    # Hedges 1981 by hand: Γ(m/2) / (√(m/2) Γ((m − 1)/2)), with Γ(1/2) = √π.
    for degrees, exact in ((2, pi**-0.5), (3, pi**0.5 / 2 / 1.5**0.5), (4, 2 / (2 * pi) ** 0.5)):
        assert correction(degrees) == pytest.approx(exact)
        assert correction(degrees) == pytest.approx(1 - 3 / (4 * degrees - 1), abs=0.011)


def test_no_correlation_gives_a_value_without_an_interval() -> None:
    found = pre_post_control(TREATED[0], CONTROLS[0])
    assert found.g is not None
    assert found.low is None
    assert "correlation" in str(found.reason)


@pytest.mark.parametrize(
    "found",
    [
        standardised_gain([1, 2, 3, 4], [2, 3, 4, 5]),
        paired_effect(1, 2, 1, 4, 0.5),
        independent_effect(1, 1, 4, 2, 1, 40),
        pre_post_control(Group(1, 2, 1, 1, 4), Group(1, 2, 1, 1, 40)),
        standardised_gain([], []),
    ],
)
def test_few_pupils_give_no_verdict(found: Effect) -> None:
    assert found.d is None
    assert found.g is None
    assert "fewer than 5 pupils" in str(found.reason)


def test_pupils_who_all_began_alike_give_no_verdict() -> None:
    found = standardised_gain([3] * 6, [3, 4, 5, 6, 7, 8])
    assert found.d is None
    assert "began with the same score" in str(found.reason)


def test_pupils_who_all_ended_alike_give_no_interval() -> None:
    found = standardised_gain([3, 4, 5, 6, 7, 8], [9] * 6)
    assert found.g is not None
    assert found.low is None
    assert "ended with the same score" in str(found.reason)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: standardised_gain([1, 2], [1]), "one score before"),
        (lambda: standardised_gain([1, NAN], [1, 2]), "score is missing"),
        (lambda: paired_effect(1, 2, 0, 9, 0.5), "above zero"),
        (lambda: paired_effect(1, 2, 1, 0, 0.5), "at least one"),
        (lambda: paired_effect(1, 2, 1, 9, 1), "below 1"),
        (lambda: paired_effect(NAN, 2, 1, 9, 0), "not a number"),
        (lambda: independent_effect(1, 0, 9, 1, 1, 9), "above zero"),
        (lambda: independent_effect(1, 1, 9, 1, 1, 0), "at least one"),
        (lambda: pre_post_control(TREATED[0], CONTROLS[0], r=1.1), "correlation"),
        (lambda: pre_post_control(TREATED[0], Group(1, 1, 0, 1, 9)), "above zero"),
    ],
)
def test_figures_that_cannot_be_are_refused(call: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()  # type: ignore[operator]


@given(means, spreads, sizes, means, spreads, sizes)
def test_swapping_groups_flips_every_sign(  # noqa: PLR0917
    m1: float, s1: float, n1: int, m2: float, s2: float, n2: int
) -> None:
    one, other = (
        independent_effect(m1, s1, n1, m2, s2, n2),
        independent_effect(m2, s2, n2, m1, s1, n1),
    )
    assert one.g is not None
    assert one.low is not None
    assert other.high is not None
    assert other.g == pytest.approx(-one.g)
    assert other.high == pytest.approx(-one.low)
    first, second = Group(m1, m2, s1, s1, n1), Group(m2, m1, s2, s2, n2)
    forth, back = pre_post_control(first, second, r=0.5), pre_post_control(second, first, r=0.5)
    assert forth.g is not None
    assert back.g == pytest.approx(-forth.g)


@given(st.lists(st.tuples(means, means), min_size=5, max_size=20))
def test_swapping_better_and_worse_flips_the_gain(pairs: list[tuple[float, float]]) -> None:
    pre, post = [p for p, _ in pairs], [q for _, q in pairs]
    found = standardised_gain(pre, post)
    turned = standardised_gain([-p for p in pre], [-q for q in post])
    if found.g is not None:
        assert turned.g == pytest.approx(-found.g, abs=1e-9)


@given(means, spreads, means, spreads, sizes)
def test_interval_holds_the_value_and_narrows_with_more_pupils(
    m1: float, s1: float, m2: float, s2: float, n: int
) -> None:
    few, many = (
        independent_effect(m1, s1, n, m2, s2, n),
        independent_effect(m1, s1, 4 * n, m2, s2, 4 * n),
    )
    assert few.low is not None
    assert few.high is not None
    assert few.g is not None
    assert few.low < few.g < few.high
    assert few.d is not None
    assert abs(few.g) <= abs(few.d)
    assert many.variance_d is not None
    assert few.variance_d is not None
    assert many.variance_d < few.variance_d
