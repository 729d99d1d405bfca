"""Cover, assignments and coaching: printed cases, every case tried, and what must always hold."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.measures.coverage import cover, match, pair_coaches

# Invented staff.
TEAM = {
    "Ana (invented)": {"phonics": 4, "makaton": 3},
    "Ben (invented)": {"phonics": 3, "makaton": 1},
    "Cas (invented)": {"phonics": 1, "sensory": 2},
}
teams = st.dictionaries(
    st.sampled_from("abcdef"),
    st.dictionaries(st.sampled_from(["x", "y", "z"]), st.integers(0, 4), max_size=3),
    max_size=5,
)
costs = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 20), min_size=size[0], max_size=size[0]),
        min_size=size[1],
        max_size=size[1],
    )
)


def test_cover_names_gaps_and_single_points() -> None:
    found = cover(TEAM, needed=["phonics", "makaton", "sensory"])
    assert found.holders["phonics"] == ("Ana (invented)", "Ben (invented)")
    assert found.depth == {"makaton": 1, "phonics": 2, "sensory": 0}
    assert found.gaps == ("sensory",)
    assert found.single_points == {"makaton": "Ana (invented)"}
    assert found.fewest_departures == 0


def test_cover_of_what_is_needed_counts_departures() -> None:
    assert cover(TEAM, needed=["phonics"]).fewest_departures == 2
    assert cover(TEAM, needed=["phonics", "makaton"]).fewest_departures == 1
    assert cover(TEAM, level=1).fewest_departures == 1


def test_cover_of_nobody_and_nothing() -> None:
    assert cover({}).fewest_departures is None
    assert cover({}, needed=["phonics"]).gaps == ("phonics",)


def test_level_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="not below zero"):
        cover({"a": {"x": -1}})


@given(teams, st.integers(1, 4))
def test_fewest_departures_are_those_found_by_trying_all(
    team: dict[str, dict[str, int]], level: int
) -> None:
    needed = ["x", "y"]
    found = cover(team, level=level, needed=needed).fewest_departures

    def gone(leaving: tuple[str, ...]) -> bool:
        left = {p: s for p, s in team.items() if p not in leaving}
        return any(all(s.get(k, 0) < level for s in left.values()) for k in needed)

    tried = (n for n in range(len(team) + 1) if any(map(gone, combinations(team, n))))
    assert found == next(tried)


def test_assignment_is_the_one_in_scipys_manual() -> None:
    found = match([[4, 1, 3], [2, 0, 5], [3, 2, 2]])
    assert (found.pairs, found.total) == (((0, 1), (1, 0), (2, 2)), 5)


def test_assignment_costs_what_the_munkres_package_prints() -> None:
    # Its own test, test_munkres.py, prints 12: by 5 + 3 + 4, and by 1 + 3 + 8 as well.
    assert match([[5, 9, 1], [10, 3, 2], [8, 7, 4]]).total == 12


def test_pair_that_cannot_be_is_left_out() -> None:
    assert match([[None, 5], [1, 1]]).pairs == ((0, 1), (1, 0))


@pytest.mark.parametrize(
    ("cost", "says"),
    [
        ([], "at least one"),
        ([[]], "at least one"),
        ([[1, 2], [3]], "same number"),
        ([[float("nan")]], "not a number"),
        ([[None, 1], [None, 2]], "too few possible pairs"),
    ],
)
def test_costs_that_cannot_be_are_refused(cost: list[list[float | None]], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        match(cost)


@given(costs)
def test_assignment_is_the_cheapest_of_all(cost: list[list[float]]) -> None:
    rows, columns = len(cost), len(cost[0])
    if rows <= columns:
        totals = (
            sum(cost[i][j] for i, j in enumerate(order))
            for order in permutations(range(columns), rows)
        )
    else:
        totals = (
            sum(cost[i][j] for j, i in enumerate(order))
            for order in permutations(range(rows), columns)
        )
    found = match(cost)
    assert found.total == min(totals)
    assert len(found.pairs) == min(rows, columns)


def test_coaching_meets_as_many_wishes_as_time_allows() -> None:
    wishes = [("Cas (invented)", "phonics"), ("Ben (invented)", "makaton")]
    found = pair_coaches(TEAM, wishes=wishes, time={"Ana (invented)": 1, "Ben (invented)": 1})
    # Ana could coach either; only she can coach Makaton, so Ben takes phonics.
    assert found.pairs == (
        ("Ana (invented)", "Ben (invented)", "makaton"),
        ("Ben (invented)", "Cas (invented)", "phonics"),
    )
    assert found.unmet == ()


def test_coaching_prefers_the_more_skilled_coach() -> None:
    wish = [("Cas (invented)", "phonics")]
    found = pair_coaches(TEAM, wishes=wish, time={"Ana (invented)": 1, "Ben (invented)": 1})
    assert found.pairs == (("Ana (invented)", "Cas (invented)", "phonics"),)


def test_wish_without_a_coach_is_unmet() -> None:
    wishes = [("Ana (invented)", "phonics"), ("Ben (invented)", "sensory")]
    found = pair_coaches(TEAM, wishes=wishes, time={"Ben (invented)": 3, "Cas (invented)": 3})
    assert found.pairs == ()
    assert found.unmet == tuple(wishes)


def test_coaching_without_time_or_wishes() -> None:
    wishes = [("Cas (invented)", "phonics")]
    assert pair_coaches(TEAM, wishes=wishes, time={"Ana (invented)": 0}).unmet == tuple(wishes)
    assert pair_coaches(TEAM, wishes=[], time={"Ana (invented)": 2}).pairs == ()


def test_time_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        pair_coaches(TEAM, wishes=[], time={"Ana (invented)": -1})


@given(
    teams,
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz")), max_size=6),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2), max_size=4),
)
def test_coaches_are_able_have_time_and_never_coach_themselves(
    team: dict[str, dict[str, int]], wishes: list[tuple[str, str]], time: dict[str, int]
) -> None:
    found = pair_coaches(team, wishes=wishes, time=time)
    assert found == pair_coaches(
        dict(reversed(team.items())), wishes=wishes[::-1], time=dict(reversed(time.items()))
    )
    assert {(learner, skill) for _, learner, skill in found.pairs} | set(found.unmet) == set(wishes)
    for coach, learner, skill in found.pairs:
        assert coach != learner
        assert team[coach][skill] >= 3
        assert team[coach][skill] > team.get(learner, {}).get(skill, 0)
    for coach, slots in time.items():
        assert sum(pair[0] == coach for pair in found.pairs) <= slots
