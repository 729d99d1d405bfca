"""Which pupil's passport is written, by whom, how well, and in which layout."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .roster import TODAY, Pupil, on_register
from .trust import SCHOOLS, staff
from .voices import HOPES, IMPORTANT, LIKED, LONG_WINDED, NEEDS, PARENTS, VAGUE_STRATEGIES

# Field keys of the shipped Pupil Passport, in the order a passport usually runs.
FIELDS = (
    "pupil_name", "class_group", "about_me", "important_to_me", "needs", "strategies", "avoid",
    "my_part", "access_arrangements", "aspirations", "parent_view", "contributors", "owner",
    "review_date",
)  # fmt: skip
LISTS = frozenset({"strategies", "avoid", "my_part", "access_arrangements"})
QUALITIES = ("excellent", "sound", "sound", "vague", "thin", "overlong", "stale", "third_person")


@dataclass(frozen=True)
class Passport:
    """One invented passport. A value is a text, or a list where the layout shows points."""

    pupil: Pupil
    quality: str
    answers: Mapping[str, str | list[str]]
    day_style: str

    def text(self, key: str) -> str:
        """The answer as plain text, points on lines of their own; "" where there is none."""
        value = self.answers.get(key, "")
        return value if isinstance(value, str) else "\n".join(value)

    def points(self, key: str) -> list[str]:
        value = self.answers.get(key, "")
        if isinstance(value, str):
            return [value] if value else []
        return value


def choose_pupils(
    roster: Mapping[str, Sequence[Pupil]], spoilt: frozenset[str], count: int, rng: random.Random
) -> list[Pupil]:
    """Pupils on the register of each school, leaving out those whose row was spoilt."""
    shares = {"999001": 0.5, "999002": 0.25, "999003": 0.1, "999004": 0.15}
    chosen: list[Pupil] = []
    for urn, share in shares.items():
        fit = [
            pupil
            for pupil in on_register(roster[urn])
            if pupil.upn not in spoilt and pupil.needs and pupil.needs[0] in NEEDS
        ]
        chosen.extend(rng.sample(fit, min(round(count * share), len(fit))))
    rng.shuffle(chosen)
    if len(chosen) < count:
        raise ValueError(f"Only {len(chosen)} pupils for {count} passports.")
    return chosen[:count]


def write_passport(pupil: Pupil, quality: str, rng: random.Random) -> Passport:
    """An invented passport of the given quality for this pupil."""
    answers = _full(pupil, rng)
    {
        "excellent": lambda: None,
        "sound": lambda: _make_sound(answers, rng),
        "vague": lambda: _make_vague(answers, rng),
        "thin": lambda: _make_thin(answers, rng),
        "overlong": lambda: _make_overlong(answers, pupil, rng),
        "stale": lambda: _make_stale(answers, rng),
        "third_person": lambda: _make_third_person(answers, pupil),
    }[quality]()
    style = rng.choice(("%d/%m/%Y", "%d.%m.%y", "{d} %B %Y", "%d/%m/%y"))
    for key in ("review_date",):
        if answers.get(key):
            answers[key] = _say_day(date.fromisoformat(str(answers[key])), style)
    return Passport(pupil, quality, {k: v for k, v in answers.items() if v}, style)


def _say_day(day: date, style: str) -> str:
    return day.strftime(style.replace("{d}", str(day.day)))


def _full(pupil: Pupil, rng: random.Random) -> dict[str, str | list[str]]:
    bank = NEEDS[pupil.needs[0]]
    other = NEEDS.get(pupil.needs[1], bank) if len(pupil.needs) > 1 else bank
    needs = rng.choice(bank["needs"])
    strategies = rng.sample(bank["strategies"], min(4, len(bank["strategies"])))
    if other is not bank:
        needs += " " + rng.choice(other["needs"])
        strategies += rng.sample(other["strategies"], 1)
    owner, teacher, assistant = _adults(pupil, rng)
    spoken = _say_day(TODAY - timedelta(days=rng.randrange(10, 60)), "{d} %B %Y")
    who = rng.choice(("Mum", "Dad", "Mum and Dad", "Nan", "Foster carer"))
    answers: dict[str, str | list[str]] = {
        "pupil_name": pupil.full_name,
        "class_group": f"{pupil.year_name}, {pupil.form}",
        "about_me": " ".join(rng.sample(LIKED, 2)),
        "important_to_me": rng.choice(IMPORTANT),
        "needs": needs,
        "strategies": strategies,
        "avoid": rng.sample(bank["avoid"], 2),
        "my_part": list(bank["my_part"]),
        "access_arrangements": rng.sample(bank["access"], min(2, len(bank["access"]))),
        "aspirations": rng.choice(HOPES),
        "parent_view": rng.choice(PARENTS).format(name=pupil.forename, who=who, day=spoken),
        "contributors": f"{pupil.forename}, {who}, {teacher}",
        "owner": owner,
        "review_date": (TODAY + timedelta(days=rng.randrange(60, 200))).isoformat(),
    }
    return {key: _named(value, teacher, assistant) for key, value in answers.items()}


def _named(value: str | list[str], teacher: str, assistant: str) -> str | list[str]:
    """The adults of this pupil's own school in place of the braces."""
    if isinstance(value, list):
        return [line.format(teacher=teacher, ta=assistant) for line in value]
    return value.format(teacher=teacher, ta=assistant)


def _adults(pupil: Pupil, rng: random.Random) -> tuple[str, str, str]:
    """The SENDCo who keeps the passport, a teacher and a teaching assistant."""
    here = [person for person in staff() if person["school"] == pupil.school]
    titled = {
        role: [f"{p['title']} {p['surname']}" for p in here if p["role"] == role]
        for role in ("senco", "teacher", "teaching_assistant")
    }
    return (
        titled["senco"][0],
        rng.choice(titled["teacher"]),
        rng.choice(titled["teaching_assistant"]),
    )


def _make_sound(answers: dict[str, str | list[str]], rng: random.Random) -> None:
    answers["aspirations"] = ""
    if rng.random() < 0.5:
        answers["my_part"] = []


def _make_vague(answers: dict[str, str | list[str]], rng: random.Random) -> None:
    answers["strategies"] = rng.sample(VAGUE_STRATEGIES, rng.choice((2, 3, 9 - 5)))
    answers["parent_view"] = "Parents are happy with the support."
    answers["access_arrangements"] = ["As appropriate."]
    answers["my_part"] = []


def _make_thin(answers: dict[str, str | list[str]], rng: random.Random) -> None:
    for key in ("important_to_me", "my_part", "aspirations", "parent_view", "contributors"):
        answers[key] = ""
    for key in rng.sample(("avoid", "access_arrangements", "review_date", "about_me"), 2):
        answers[key] = ""
    answers["strategies"] = list(answers["strategies"])[:2]


def _make_overlong(answers: dict[str, str | list[str]], pupil: Pupil, rng: random.Random) -> None:
    _, teacher, assistant = _adults(pupil, rng)
    everything = [
        line.format(teacher=teacher, ta=assistant)
        for code in pupil.needs
        for line in NEEDS[code]["strategies"]
    ]
    extra = rng.sample(VAGUE_STRATEGIES, 5)
    answers["strategies"] = list(dict.fromkeys([*everything, *extra]))
    answers["needs"] = "".join(LONG_WINDED) + str(answers["needs"])


def _make_stale(answers: dict[str, str | list[str]], rng: random.Random) -> None:
    answers["review_date"] = (TODAY - timedelta(days=rng.randrange(120, 900))).isoformat()
    answers["aspirations"] = ""


def _make_third_person(answers: dict[str, str | list[str]], pupil: Pupil) -> None:
    pronoun = "She" if pupil.sex == "F" else "He"
    answers["about_me"] = f"{pupil.forename} is a polite member of the class. {pronoun} tries hard."
    answers["important_to_me"] = f"{pronoun} likes football and being with friends."
    answers["needs"] = (
        f"{pupil.forename} has {'/'.join(pupil.needs)}. {pronoun} struggles with focus."
    )


def qualities(count: int) -> list[str]:
    """Qualities in turn, so that each layout holds good and weak ones."""
    return [QUALITIES[number * 5 % len(QUALITIES)] for number in range(count)]


def schools_by_urn() -> dict[str, str]:
    return {school.urn: school.title for school in SCHOOLS}
