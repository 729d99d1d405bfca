"""Due things of the register and of the people: files that wait, requests that wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from pillars.foundation.permissions import Permission
from pillars.home.queries.due import Due, Looking
from pillars.people.organisations.models import JoinRequest, Trust
from pillars.people.register.models import Pupil, RegisterImport
from pillars.people.register.queries import natural
from pillars.ui.environment import count

FEW = 5  # below this a number could point at a child where names are hidden


@dataclass(frozen=True, slots=True)
class RegisterHead:
    """How many pupils a school has, and how many at SEN support or with an EHC plan."""

    pupils: int
    support: int
    plans: int

    @property
    def on_register(self) -> int:
        return self.support + self.plans

    def sentence(self, *, names_hidden: bool) -> str:
        """'62 pupils on the register: 51 SEN support, 11 EHC plans.' Numbers that could point at
        a child are left out where names are hidden."""
        if names_hidden and 0 < self.on_register < FEW:
            return f"Fewer than {FEW} pupils on the register."
        head = f"{count(self.on_register, 'pupil')} on the register"
        parts_small = any(0 < part < FEW for part in (self.support, self.plans))
        if not self.on_register or (names_hidden and parts_small):
            return f"{head}."
        return f"{head}: {self.support:,} SEN support, {count(self.plans, 'EHC plan')}."


def register_heads(school_ids: Iterable[int]) -> dict[int, RegisterHead]:
    """The head of each school's register, in one query for all of them."""
    wanted = list(school_ids)
    now = Q(status_periods__end_on__isnull=True)
    rows = (
        Pupil.objects.on_roll()
        .filter(school_id__in=wanted)
        .order_by()
        .values_list("school_id")
        .annotate(
            pupils=Count("pk", distinct=True),
            support=Count("pk", filter=now & Q(status_periods__status="K"), distinct=True),
            plans=Count("pk", filter=now & Q(status_periods__status="E"), distinct=True),
        )
    )
    found = {pk: RegisterHead(pupils, support, plans) for pk, pupils, support, plans in rows}
    return {pk: found.get(pk, RegisterHead(0, 0, 0)) for pk in wanted}


@dataclass(frozen=True, slots=True)
class ClassHead:
    """A class of the school, and how many of its pupils are on the register."""

    name: str
    on_register: int


def classes_of(school_id: int) -> list[ClassHead]:
    """Classes with pupils on the register, as people count them: 2A before 10A. One query."""
    rows = (
        Pupil.objects.of_school(school_id)
        .on_register()
        .exclude(class_group="")
        .order_by()
        .values_list("class_group")
        .annotate(number=Count("pk", distinct=True))
    )
    return [ClassHead(name, number) for name, number in sorted(rows, key=_by_class)]


def _by_class(row: tuple[str, int]) -> tuple[tuple[int, int, str], ...]:
    return natural(row[0])


def register_due(looking: Looking) -> list[Due]:
    """Register files that somebody looked at and nobody has applied or set aside."""
    school = looking.school
    if not looking.scope.can(Permission.IMPORT_REGISTER, school=school.pk):
        return []
    waiting = RegisterImport.objects.filter(
        school=school, state=RegisterImport.State.PREVIEWED
    ).values_list("pk", "file__name")
    return [
        Due(
            title="Apply the register you brought in",
            url=reverse("register:import", kwargs={"urn": school.urn, "import_id": pk}),
            action="Look",
            detail=f"{name} waits to be applied or set aside",
        )
        for pk, name in waiting[:3]
    ]


def joining_due(looking: Looking) -> list[Due]:
    """Trusts that ask this school to join them."""
    school = looking.school
    if not looking.scope.can(Permission.MANAGE_SCHOOL, school=school.pk):
        return []
    waiting = JoinRequest.objects.filter(
        school=school, from_school=False, answered_at=None
    ).select_related("trust")
    return [
        Due(
            title=f"Answer {row.trust.name}",
            url=reverse("organisations:school_trust", kwargs={"urn": school.urn}),
            action="Answer",
            detail="The trust asks the school to join",
        )
        for row in waiting
    ]


def joining_due_of_trust(trust: Trust) -> list[Due]:
    """Schools that ask to join this trust."""
    waiting = JoinRequest.objects.filter(
        trust=trust, from_school=True, answered_at=None
    ).select_related("school")
    return [
        Due(
            title=f"Answer {row.school.name}",
            url=reverse("organisations:trust", kwargs={"trust_id": trust.pk}),
            action="Answer",
            detail="The school asks to join the trust",
        )
        for row in waiting
    ]
