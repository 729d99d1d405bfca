"""Where effort would reach the most pupils at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from pillars.home.queries.due import Looking
from pillars.people.register.codes import YEAR_TITLES, YEARS
from pillars.people.register.extensions import Lacking, extensions
from pillars.people.register.models import Pupil

FOCUS = 3


@dataclass(frozen=True, slots=True)
class Focus:
    """Something to look at first, why, and where it opens."""

    title: str
    why: str
    url: str


def years_to_focus_on(looking: Looking) -> list[Focus]:
    """At most three year groups where most pupils on the register lack something they need.

    What can be lacking is what other rooms told the register. One query for the pupils, and what
    each of those needs.
    """
    school = looking.school
    years = dict(
        Pupil.objects.of_school(school.pk).on_register().order_by().values_list("pk", "year_group")
    )
    whole = Counter(years.values())
    found = [
        (number, year, lacking)
        for lacking in extensions.lacking.allowed(looking.scope, school.pk)
        for year, number in Counter(
            years[pk] for pk in lacking.pupils(school.pk) if years.get(pk)
        ).items()
    ]
    found.sort(key=lambda each: (-each[0], YEARS.index(each[1]) if each[1] in YEARS else 99))
    return [_focus(looking, *each, of=whole[each[1]]) for each in found[:FOCUS]]


def _focus(looking: Looking, number: int, year: str, lacking: Lacking, *, of: int) -> Focus:
    title = YEAR_TITLES.get(year, year)
    address = reverse("register:pupils", kwargs={"urn": looking.school.urn})
    chosen = urlencode({"year": year, "status": "KE", "lacking": lacking.key})
    return Focus(
        title=f"{title}: {lacking.title[0].lower()}{lacking.title[1:]}",
        why=f"Missing for {number} of {of} on the register.",
        url=f"{address}?{chosen}",
    )
