"""Pupils, their SEN status and their needs over time, and how the register was brought in."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from pillars.foundation.history import tracked
from pillars.foundation.models import SchoolOwned, StoredFile
from pillars.people.register.codes import NEED_TYPES, YEAR_TITLES, Provision
from pillars.people.register.upn import LENGTH


class PupilQuerySet(models.QuerySet["Pupil"]):
    """Pupils by school, by roll and by status. Combine them: `.of_school(s).on_roll()`."""

    def of_school(self, school_id: int) -> PupilQuerySet:
        return self.filter(school_id=school_id)

    def on_roll(self) -> PupilQuerySet:
        """Pupils who have not left."""
        return self.filter(left_on__isnull=True)

    def with_status(self) -> PupilQuerySet:
        """Adds `status_now`: N, K or E. A pupil without a period that runs now is N."""
        now = StatusPeriod.objects.filter(pupil=OuterRef("pk"), end_on__isnull=True)
        return self.annotate(
            status_now=Coalesce(
                Subquery(now.values("status")[:1]), Value("N"), output_field=models.CharField()
            )
        )

    def on_register(self) -> PupilQuerySet:
        """Pupils on roll at SEN support or with an EHC plan: the school's SEN register."""
        return self.on_roll().filter(status_periods__end_on__isnull=True,
                                     status_periods__status__in=("K", "E"))  # fmt: skip


@tracked()
class Pupil(SchoolOwned):
    """A pupil of a school, as the MIS knows them. Only the register's services write here."""

    upn = models.CharField("UPN", max_length=LENGTH, blank=True)
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100)
    known_as = models.CharField(max_length=100, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    year_group = models.CharField(max_length=2, blank=True)
    class_group = models.CharField(max_length=50, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    pupil_premium = models.BooleanField(null=True, blank=True)
    eal = models.BooleanField(null=True, blank=True)
    free_school_meals = models.BooleanField(null=True, blank=True)
    free_school_meals_ever6 = models.BooleanField(null=True, blank=True)
    looked_after = models.BooleanField(null=True, blank=True)
    young_carer = models.BooleanField(null=True, blank=True)
    service_child = models.BooleanField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects: ClassVar = PupilQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["surname", "forename", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "upn"], condition=~Q(upn=""), name="pupil_upn_once_a_school"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "surname", "forename"], name="pupil_by_name"),
            models.Index(fields=["upn"], condition=~Q(upn=""), name="pupil_by_upn"),
        ]

    def __str__(self) -> str:
        # What ends up in a log or an admin page: never a name.
        return f"pupil {self.pk}"

    @property
    def first_name(self) -> str:
        """What the pupil is called."""
        return self.known_as or self.forename

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.surname}"

    @property
    def list_name(self) -> str:
        """As in a register: surname first."""
        return f"{self.surname}, {self.first_name}"

    @property
    def year_title(self) -> str:
        return YEAR_TITLES.get(self.year_group, self.year_group)


class Period(SchoolOwned):
    """Something that was so from one day to another. `end_on` is the first day it was not.

    Without `start_on` it began on a day nobody wrote down; without `end_on` it is so today.
    """

    start_on = models.DateField(null=True, blank=True)
    end_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_current(self) -> bool:
        return self.end_on is None

    def covers(self, day: date) -> bool:
        began = self.start_on is None or self.start_on <= day
        return began and (self.end_on is None or day < self.end_on)


@tracked()
class StatusPeriod(Period):
    """That a pupil was at SEN support or had an EHC plan. Between periods the status is N."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="status_periods")
    status = models.CharField(
        max_length=1, choices=[(p.value, p.label) for p in (Provision.SUPPORT, Provision.PLAN)]
    )

    class Meta:
        ordering: ClassVar = [F("start_on").asc(nulls_first=True), "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(end_on__isnull=True), name="status_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True)
                | Q(start_on__isnull=True)
                | Q(end_on__gte=F("start_on")),
                name="status_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(status__in=("K", "E")), name="status_is_k_or_e"),
        ]

    def __str__(self) -> str:
        return f"{self.status} of pupil {self.pupil_id}"

    @property
    def label(self) -> str:
        return Provision(self.status).label


@tracked()
class NeedPeriod(Period):
    """That a pupil had a type of need; rank 1 is the primary need."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="need_periods")
    code = models.CharField(max_length=4, choices=[(n.code, n.title) for n in NEED_TYPES.values()])
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["rank", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "code"], condition=Q(end_on__isnull=True), name="need_once_now"
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True)
                | Q(start_on__isnull=True)
                | Q(end_on__gte=F("start_on")),
                name="need_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="need_rank_from_one"),
            models.CheckConstraint(
                condition=Q(code__in=list(NEED_TYPES)), name="need_is_a_dfe_type"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} of pupil {self.pupil_id}"

    @property
    def label(self) -> str:
        return NEED_TYPES[self.code].title


@tracked()
class ColumnMapping(SchoolOwned):
    """What a school's headings mean, as somebody there decided: {heading: field, "" to ignore}."""

    mapping = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school"], name="column_mapping_once_a_school")
        ]

    def __str__(self) -> str:
        return f"columns of school {self.school_id}"


@tracked()
class RegisterImport(SchoolOwned):
    """A register file somebody brought in: looked at first, then applied or set aside."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Waiting to be applied"
        APPLIED = "applied", "Applied"
        SET_ASIDE = "set_aside", "Set aside"

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    mapping = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"register import {self.pk}"
