"""Who could we not do without? Skills held, missing, and in one head only; who can coach whom.

Sources: the assignment problem, Kuhn 1955, as SciPy's `linear_sum_assignment` solves it (Crouse
2016); the truck (or bus) factor for the fewest departures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from scipy import optimize

Levels = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Cover:
    """A team's skills.

    holders: skill → people at the level or above, in order of name. depth: skill → how many.
    gaps: skills nobody holds. single_points: skill → the one person who does.
    fewest_departures: how few people would have to leave for a needed skill to be gone; 0 where
    one is missing now, None where no skill is needed.
    """

    holders: dict[str, tuple[str, ...]]
    depth: dict[str, int]
    gaps: tuple[str, ...]
    single_points: dict[str, str]
    fewest_departures: int | None


def cover(levels: Levels, *, level: int = 3, needed: Iterable[str] | None = None) -> Cover:
    """Which skills the team holds, which nobody does, and which leave with one person.

    levels: person → skill → level (0 to 4 or the school's own scale). level: from where a person
    counts as able without help. needed: the skills that matter; all that anybody has without it.
    Not an appraisal: it counts cover, not people. Raises ValueError for a level that is no number.
    """
    for skills in levels.values():
        if any(isnan(held) or held < 0 for held in skills.values()):
            raise ValueError("A level of skill has to be a number, not below zero.")
    named = {skill for skills in levels.values() for skill in skills}
    wanted = sorted(named if needed is None else set(needed))
    holders = {
        skill: tuple(sorted(p for p, skills in levels.items() if skills.get(skill, 0) >= level))
        for skill in wanted
    }
    depth = {skill: len(people) for skill, people in holders.items()}
    return Cover(
        holders=holders,
        depth=depth,
        gaps=tuple(skill for skill in wanted if not depth[skill]),
        single_points={skill: people[0] for skill, people in holders.items() if len(people) == 1},
        fewest_departures=min(depth.values()) if depth else None,
    )


@dataclass(frozen=True, slots=True)
class Assignment:
    """pairs: (row, column), in order of row. total: what they cost together."""

    pairs: tuple[tuple[int, int], ...]
    total: float


def match(cost: Sequence[Sequence[float | None]]) -> Assignment:
    """The cheapest way to give each row a column of its own: pupils to slots, people to tasks.

    cost: rows × columns, None where a pair is out of the question. With more rows than columns, or
    the other way, the shorter side is matched in full. Raises ValueError for an empty or uneven
    table, a cost that is no number, or where no full matching exists.
    """
    if not len(cost) or not len(cost[0]) or len({len(row) for row in cost}) > 1:
        raise ValueError("Give the same number of costs for each row, at least one.")
    table = np.array(
        [[np.inf if value is None else value for value in row] for row in cost], dtype=np.float64
    )
    if np.isnan(table).any() or np.isneginf(table).any():
        raise ValueError("A cost is not a number. Use None where a pair cannot be.")
    try:
        rows, columns = optimize.linear_sum_assignment(table)
    except ValueError:
        raise ValueError("There are too few possible pairs to match everybody.") from None
    pairs = tuple(zip(rows.tolist(), columns.tolist(), strict=True))
    return Assignment(pairs, float(table[rows, columns].sum()))


@dataclass(frozen=True, slots=True)
class Coaching:
    """pairs: (coach, learner, skill). unmet: (learner, skill) for whom no coach has time."""

    pairs: tuple[tuple[str, str, str], ...]
    unmet: tuple[tuple[str, str], ...]


def pair_coaches(
    levels: Levels,
    *,
    wishes: Iterable[tuple[str, str]],
    time: Mapping[str, int],
    level: int = 3,
) -> Coaching:
    """Who coaches whom, so that as many wishes as can be are met in the coaches' time.

    levels as in `cover`. wishes: (learner, skill). time: coach → how many wishes they have time
    for; nobody else coaches. A coach holds the skill at `level` or above, and higher than the
    learner. Of equal matchings, the one with the more skilled coaches. Order changes nothing.

    Raises ValueError for time below zero.
    """
    if any(slots < 0 for slots in time.values()):
        raise ValueError("A coach's time cannot be below zero.")
    asked = sorted(set(wishes))
    places = [coach for coach in sorted(time) for _ in range(min(time[coach], len(asked)))]
    if not asked or not places:
        return Coaching((), tuple(asked))
    fit = np.array([[_fit(levels, coach, wish, level) for coach in places] for wish in asked])
    # One more wish met outweighs every gain in skill together.
    worth = np.where(fit > 0, fit + (fit.max() + 1) * len(asked), 0)
    rows, columns = optimize.linear_sum_assignment(worth, maximize=True)
    met = {
        asked[row]: places[column]
        for row, column in zip(rows, columns, strict=True)
        if fit[row, column] > 0
    }
    pairs = tuple((coach, learner, skill) for (learner, skill), coach in sorted(met.items()))
    return Coaching(pairs, tuple(wish for wish in asked if wish not in met))


def _fit(levels: Levels, coach: str, wish: tuple[str, str], level: int) -> int:
    """The coach's level, or 0 where they cannot coach this wish."""
    learner, skill = wish
    held = levels.get(coach, {}).get(skill, 0)
    higher = held > levels.get(learner, {}).get(skill, 0)
    return held if coach != learner and held >= max(level, 1) and higher else 0
