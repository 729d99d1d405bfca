"""The pupils on roll, before any file has made a mess of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .names import BOYS, GIRLS, SURNAMES
from .trust import LONE, PRIMARY, SCHOOLS, SECONDARY, SPECIAL, School
from .upn import make_upn

TODAY = date(2026, 11, 20)
SCHOOL_YEAR = 2026

_MAINSTREAM_NEEDS = {
    "SLCN": 24, "SEMH": 20, "SPLD": 15, "MLD": 13, "ASD": 16, "HI": 2, "VI": 1, "PD": 3,
    "OTH": 3, "NSA": 4, "DS": 1,
}  # fmt: skip
_SPECIAL_NEEDS = {
    "ASD": 38,
    "SLD": 25,
    "SEMH": 12,
    "PMLD": 10,
    "MLD": 6,
    "PD": 4,
    "DS": 4,
    "MSI": 1,
}
_SECOND_NEEDS = ("SLCN", "SEMH", "MLD", "SPLD", "PD", "HI", "ASD", "VI")


@dataclass(frozen=True)
class Pupil:
    """One invented child. `year` is the NC year (0 is Reception); needs run from rank 1."""

    school: str
    upn: str
    surname: str
    forename: str
    sex: str
    born: date
    year: int
    form: str
    status: str
    needs: tuple[str, ...] = ()
    since: date | None = None
    flags: frozenset[str] = field(default_factory=frozenset)

    @property
    def full_name(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def year_name(self) -> str:
        return "Reception" if self.year == 0 else f"Year {self.year}"


def make_roster(seed: int) -> dict[str, list[Pupil]]:
    """Every pupil of every school by URN, the same for the same seed."""
    rng = random.Random(seed)
    names = _Names(rng)
    return {school.urn: _pupils_of(school, rng, names) for school in SCHOOLS}


class _Names:
    """Deals names so that no two pupils of the trust share both, and twins are rare."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._dealt: set[tuple[str, str]] = set()

    def deal(self, sex: str) -> tuple[str, str]:
        while True:
            forename = self._rng.choice(GIRLS if sex == "F" else BOYS)
            pair = (forename, self._rng.choice(SURNAMES))
            if pair not in self._dealt:
                self._dealt.add(pair)
                return pair


def _pupils_of(school: School, rng: random.Random, names: _Names) -> list[Pupil]:
    pupils = []
    for serial, (year, form) in enumerate(_places(school), start=1):
        sex = rng.choice("MMMF") if school is SPECIAL else rng.choice("MF")
        forename, surname = names.deal(sex)
        born = date(SCHOOL_YEAR - year - 5, 9, 1) + timedelta(days=rng.randrange(365))
        status, needs = _need_of(school, rng)
        since = _since(born, rng) if status != "N" else None
        issued = SCHOOL_YEAR - year
        number = _first_school(school, rng)
        pupils.append(
            Pupil(
                school.urn,
                make_upn(int(school.la_code), number, issued, serial % 1000),
                surname,
                forename,
                sex,
                born,
                year,
                form,
                status,
                needs,
                since,
                _flags(status, rng),
            )
        )
    return pupils


def _places(school: School) -> list[tuple[int, str]]:
    """The year and class of each place on roll."""
    if school is PRIMARY:
        trees = ("Acorn", "Beech", "Cherry", "Damson", "Elder", "Fir", "Hazel")
        return [(year, trees[year]) for year in range(7) for _ in range(33)]
    if school is SECONDARY:
        return [(year, f"{year}{'SEDGE'[n % 5]}") for year in range(7, 12) for n in range(140)]
    if school is SPECIAL:
        sizes = (6, 6, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8)
        groups = ("Willow", "Willow", "Alder", "Alder", "Rowan", "Rowan", "Aspen", "Aspen",
                  "Maple", "Maple", "Larch", "Larch")  # fmt: skip
        return [(year, groups[year]) for year, size in enumerate(sizes) for _ in range(size)]
    if school is LONE:
        classes = (20, 21, 22, 21, 23, 22, 21)
        return [
            (year, f"Class {year // 2 + 1}") for year, n in enumerate(classes) for _ in range(n)
        ]
    raise ValueError(f"No places are planned for {school.name}.")


def _first_school(school: School, rng: random.Random) -> int:
    """Secondary pupils keep the number of the primary that first took them."""
    if school is SECONDARY:
        return rng.choice((9981, 9982, 9983, 9984, 9991))
    return school.establishment


def _need_of(school: School, rng: random.Random) -> tuple[str, tuple[str, ...]]:
    if school is SPECIAL:
        return "E", _needs(_SPECIAL_NEEDS, rng, second=0.7)
    draw = rng.random()
    if draw < 0.05:
        return "E", tuple(
            need for need in _needs(_MAINSTREAM_NEEDS, rng, second=0.6) if need != "NSA"
        ) or ("ASD",)
    if draw < 0.19:
        return "K", _needs(_MAINSTREAM_NEEDS, rng, second=0.25)
    return "N", ()


def _needs(weights: dict[str, int], rng: random.Random, *, second: float) -> tuple[str, ...]:
    first = rng.choices(list(weights), list(weights.values()))[0]
    if first == "NSA" or rng.random() > second:
        return (first,)
    other = rng.choice([need for need in _SECOND_NEEDS if need != first])
    return (first, other)


def _since(born: date, rng: random.Random) -> date:
    """A day in term, after the fourth birthday and before today."""
    first = date(born.year + 4, 9, 15)
    days = max((date(SCHOOL_YEAR, 10, 30) - first).days, 1)
    return first + timedelta(days=rng.randrange(days))


def _flags(status: str, rng: random.Random) -> frozenset[str]:
    chances = {"pp": 0.27, "fsm": 0.22, "eal": 0.16, "lac": 0.01}
    lift = 1.0 if status == "N" else 1.5
    flags = {flag for flag, chance in chances.items() if rng.random() < chance * lift}
    return frozenset(flags | ({"pp"} if flags & {"fsm", "lac"} else set()))


def on_register(pupils: Sequence[Pupil]) -> list[Pupil]:
    """Those with SEN support or an EHC plan."""
    return [pupil for pupil in pupils if pupil.status != "N"]
