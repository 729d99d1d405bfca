"""The scale against printed fits, by hand, and what must always hold."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.judgement import fit, plan_pairs, split_half

# Agresti 2002, Categorical Data Analysis, table 10.10: the American League's east, 1987.
TEAMS = ["Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore"]
GAMES = [
    [0, 7, 9, 7, 7, 9, 11],
    [6, 0, 7, 5, 11, 9, 9],
    [4, 6, 0, 7, 7, 8, 12],
    [6, 8, 6, 0, 6, 7, 10],
    [6, 2, 6, 7, 0, 7, 12],
    [4, 4, 5, 6, 6, 0, 6],
    [2, 4, 1, 3, 1, 7, 0],
]
# Stigler 1994, citations between statistics journals: rows are cited by columns.
JOURNALS = ["Biometrika", "Comm Statist", "JASA", "JRSS-B"]
CITATIONS = [[0, 730, 498, 221], [33, 0, 68, 17], [320, 813, 0, 142], [284, 276, 325, 0]]

wins = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda p: p[0] != p[1]), max_size=40
)


def judged(names: list[str], table: list[list[int]]) -> list[tuple[str, str]]:
    return [
        (names[i], names[j])
        for i, row in enumerate(table)
        for j, count in enumerate(row)
        for _ in range(count)
    ]


def test_scale_of_the_league_is_agrestis() -> None:
    # The vignette of BradleyTerry2 (section on order effects, Agresti's data) prints these scores
    # above Baltimore and their standard errors.
    printed = {
        "Milwaukee": (1.5814, 0.3433),
        "Detroit": (1.4364, 0.3396),
        "Toronto": (1.2945, 0.3367),
        "New York": (1.2476, 0.3359),
        "Boston": (1.1077, 0.3339),
        "Cleveland": (0.6839, 0.3319),
    }
    scale = fit(judged(TEAMS, GAMES), items=TEAMS)
    for team, figures in printed.items():
        found = scale.difference(team, "Baltimore")
        assert found == (pytest.approx(figures[0], abs=6e-5), pytest.approx(figures[1], abs=6e-5))
    assert scale.undetermined == ()


def test_scale_of_the_journals_is_the_one_bradleyterry2_prints() -> None:
    # Turner & Firth's package (2012, Journal of Statistical Software 48(9)) keeps these against
    # Biometrika in tests/BTabilities.Rout.save of version 1.1-0; its vignette prints them to four
    # digits without errors.
    scale = fit(judged(JOURNALS, CITATIONS), items=JOURNALS)
    printed = {
        "Comm Statist": (-2.9490725, 0.10254534),
        "JASA": (-0.4795698, 0.06058873),
        "JRSS-B": (0.2689541, 0.07082997),
    }
    for journal, figures in printed.items():
        found = scale.difference(journal, "Biometrika")
        assert found == (pytest.approx(figures[0], abs=1e-6), pytest.approx(figures[1], abs=1e-6))


def test_scale_of_four_teams_is_the_encyclopaedias() -> None:
    # Wikipedia, "Bradley-Terry model", worked example: strengths .640, 1.043, .660 and 2.270 with a
    # geometric mean of 1, so their logarithms sum to zero.
    games = [[0, 2, 0, 1], [3, 0, 5, 0], [0, 3, 0, 1], [4, 0, 3, 0]]
    scale = fit(judged(list("ABCD"), games), items=list("ABCD"))
    strengths = [exp(score) for score in scale.scores if score is not None]
    assert strengths == pytest.approx([0.640, 1.043, 0.660, 2.270], abs=6e-4)


def test_two_items_by_hand() -> None:
    # 3 of 4: ln 3 apart; information of the difference 4 × 3/4 × 1/4, so its error is √(4/3).
    scale = fit([("a", "b")] * 3 + [("b", "a")], items=["a", "b"])
    apart, error = scale.difference("a", "b")
    assert apart == pytest.approx(log(3))
    assert error == pytest.approx(sqrt(4 / 3))
    assert scale.scores == (pytest.approx(log(3) / 2), pytest.approx(-log(3) / 2))
    assert scale.standard_errors == (pytest.approx(sqrt(1 / 3)),) * 2
    # Two scores ± ln 3 / 2: SD² is ln² 3 / 2, the mean squared error 1/3.
    variance = log(3) ** 2 / 2
    assert scale.reliability == pytest.approx((variance - 1 / 3) / variance)
    # Infit: (3 (1/4)² + (3/4)²) / (4 × 3/16) = 1.
    assert scale.misfit == (pytest.approx(1), pytest.approx(1))


def test_prior_by_hand() -> None:
    # One judgement and a prior of 1: b = 1 / (1 + e^2b) has its root at .4008… .
    scale = fit([("a", "b")], items=["a", "b"], prior=1)
    b = scale.scores[0]
    assert b is not None
    assert b == pytest.approx(1 / (1 + np.exp(2 * b)))
    assert scale.undetermined == ()


def test_undefeated_file_is_undetermined_and_never_huge() -> None:
    scale = fit([("a", "b"), ("a", "c"), ("b", "c"), ("c", "b")], items=["a", "b", "c"])
    assert scale.undetermined == ("a",)
    assert scale.scores[0] is None
    assert scale.standard_errors[0] is None
    assert scale.scores[1:] == (pytest.approx(0), pytest.approx(0))
    with pytest.raises(ValueError, match="no place"):
        scale.difference("a", "b")


def test_undefeated_file_has_a_place_with_a_prior() -> None:
    scale = fit([("a", "b"), ("a", "c"), ("b", "c")], items=["a", "b", "c", "d"], prior=0.5)
    a, b, c, d = scale.scores
    assert a is not None
    assert b is not None
    assert c is not None
    assert a > b > c
    assert d == pytest.approx(0)
    assert scale.undetermined == ()
    assert scale.misfit[3] is None


def test_two_groups_that_never_met_have_no_common_scale() -> None:
    judgements = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]
    assert fit(judgements, items=list("abcd")).undetermined == tuple("abcd")


def test_group_that_always_beats_another_leaves_the_smaller_out() -> None:
    ring = [("a", "b"), ("b", "c"), ("c", "a")]
    scale = fit([*ring, ("a", "x"), ("x", "y"), ("y", "x")], items=list("abcxy"))
    assert scale.undetermined == ("x", "y")
    assert scale.scores[:3] == (pytest.approx(0),) * 3
    assert scale.reliability is None


@pytest.mark.parametrize("items", [[], ["a"], ["a", "b"]])
def test_no_judgements_leave_everything_open(items: list[str]) -> None:
    scale = fit([], items=items)
    assert scale.undetermined == tuple(items)
    assert scale.reliability is None


def test_one_item_with_a_prior_is_in_the_middle() -> None:
    assert fit([], items=["a"], prior=1).scores == (0,)


@pytest.mark.parametrize(
    ("judgements", "items", "prior", "says"),
    [
        ([("a", "z")], ["a", "b"], 0, "'z' was judged"),
        ([("a", "a")], ["a", "b"], 0, "against itself"),
        ([], ["a", "a"], 0, "listed twice"),
        ([], ["a", "b"], -1, "below zero"),
        ([], ["a", "b"], float("nan"), "below zero"),
    ],
)
def test_judgements_that_cannot_be_are_refused(
    judgements: Any, items: list[str], prior: float, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        fit(judgements, items=items, prior=prior)


def _judge(truth: np.ndarray[Any, Any], seed: int, judges: int, fair: bool) -> Any:
    """Invented judges on invented files: by the model, or tossing a coin."""
    random = np.random.default_rng(seed)
    names = [f"judge {n}" for n in range(judges)]
    plan = plan_pairs(list(range(truth.size)), per_item=20, judges=names, seed=seed)

    def winner(a: int, b: int) -> tuple[int, int]:
        chance = 1 / (1 + np.exp(truth[b] - truth[a])) if fair else 0.5
        return (a, b) if random.random() < chance else (b, a)

    return {name: [winner(a, b) for a, b in share] for name, share in plan.items()}


def test_good_judges_are_reliable_and_coin_tossers_are_not() -> None:
    truth = np.random.default_rng(4).normal(0, 1.5, 60)
    items = list(range(60))
    found = []
    for fair in (True, False):
        shares = _judge(truth, 7, 10, fair)
        scale = fit([pair for share in shares.values() for pair in share], items=items)
        halves = split_half(shares, items=items, seed=1)
        assert scale.reliability is not None
        assert halves.value is not None
        found.append((scale.reliability, halves.value))
    assert found[0][0] > 0.75
    assert found[0][1] > 0.45
    assert found[1][0] < 0.4
    assert abs(found[1][1]) < 0.4


def test_standard_errors_are_as_wide_as_repetition_shows() -> None:
    truth = np.linspace(-1, 1, 12)
    scores, errors = [], []
    for seed in range(60):
        shares = _judge(truth, seed, 3, fair=True)
        scale = fit([p for s in shares.values() for p in s], items=range(12), prior=1e-3)
        scores.append(scale.scores)
        errors.append(scale.standard_errors)
    spread = np.array(scores, dtype=float).std(axis=0, ddof=1).mean()
    assert spread == pytest.approx(np.array(errors, dtype=float).mean(), rel=0.15)


def test_large_scale_is_the_same_as_by_dense_algebra() -> None:
    truth = np.random.default_rng(2).normal(size=80)
    shares = _judge(truth, 3, 8, fair=True)
    pairs = [p for s in shares.values() for p in s]
    scale = fit(pairs, items=range(80), prior=0.1)
    scores = np.array(scale.scores, dtype=float)
    slope, information = -0.1 * scores, 0.1 * np.eye(80)
    for a, b in pairs:
        p = 1 / (1 + np.exp(scores[b] - scores[a]))
        slope[a] += 1 - p
        slope[b] -= 1 - p
        for i, j, sign in ((a, a, 1), (b, b, 1), (a, b, -1), (b, a, -1)):
            information[i, j] += sign * p * (1 - p)
    assert np.abs(slope).max() < 1e-6
    middle = np.eye(80) - 1 / 80
    errors = np.sqrt(np.diag(middle @ np.linalg.inv(information) @ middle))
    assert scale.standard_errors == pytest.approx(errors, rel=1e-6)


def test_lopsided_judgements_are_still_the_likeliest() -> None:
    # A long way from where the search begins, and hardly joined.
    judgements = [("a", "b")] * 400 + [("b", "a")] + [("b", "c")] * 400 + [("c", "b")]
    judgements += [("c", "a")] * 2 + [("a", "c")]
    scale = fit(judgements, items=["a", "b", "c"])
    score = dict(zip(scale.items, scale.scores, strict=True))
    for item in "abc":
        won = sum(winner == item for winner, _ in judgements)
        meant = sum(
            1 / (1 + np.exp(score[y if x == item else x] - score[item]))
            for x, y in judgements
            if item in (x, y)
        )
        assert won == pytest.approx(meant, abs=1e-4)


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ({"j": [(0, 1), (1, 0)]}, "two judges"),
        ({"j": [(0, 1), (1, 0)], "k": [(0, 1)]}, "too few"),
        ({"j": [(0, 1), (1, 2), (2, 0)], "k": [(0, 1), (1, 2), (2, 0)]}, "all files alike"),
    ],
)
def test_halves_that_cannot_be_compared_say_why(shares: Any, says: str) -> None:
    found = split_half(shares, items=[0, 1, 2], seed=0)
    assert found.value is None
    assert says in str(found.reason)


def test_judges_who_agree_correlate_fully_whatever_the_seed() -> None:
    share = [(0, 1)] * 3 + [(1, 0)] + [(1, 2)] * 2 + [(2, 1)] + [(2, 3), (3, 2)] * 2 + [(2, 3)]
    for seed in range(3):
        found = split_half({"j": share, "k": share}, items=range(4), seed=seed)
        assert found.value == pytest.approx(1)
        assert found.n == 4


@given(wins, st.permutations(range(5)))
def test_relabelling_files_and_order_of_judgements_change_nothing(
    judgements: list[tuple[int, int]], names: list[int]
) -> None:
    plain = fit(judgements, items=range(5), prior=0.3)
    moved = fit([(names[w], names[x]) for w, x in judgements[::-1]], items=names, prior=0.3)
    assert moved.scores == pytest.approx(plain.scores, abs=1e-7)
    assert moved.standard_errors == pytest.approx(plain.standard_errors, abs=1e-7)


@given(wins)
def test_swapping_better_and_worse_flips_every_score(judgements: list[tuple[int, int]]) -> None:
    plain = fit(judgements, items=range(5))
    turned = fit([(x, w) for w, x in judgements], items=range(5))
    assert turned.undetermined == plain.undetermined
    for a, b in zip(plain.scores, turned.scores, strict=True):
        assert (a is None) == (b is None)
        if a is not None:
            assert b == pytest.approx(-a, abs=1e-6)


@given(wins, st.sampled_from([0.0, 0.3]))
def test_placed_scores_sum_to_zero_and_have_errors(
    judgements: list[tuple[int, int]], prior: float
) -> None:
    scale = fit(judgements, items=range(5), prior=prior)
    placed = [s for s in scale.scores if s is not None]
    assert sum(placed) == pytest.approx(0, abs=1e-9)
    assert len(placed) == 5 - len(scale.undetermined)
    assert all(abs(s) < 30 for s in placed)
    errors = [e for e in scale.standard_errors if e is not None]
    assert len(errors) == len(placed)
    assert all(e > 0 for e in errors)
