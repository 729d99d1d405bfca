"""What was measured on which day, and what each school and trust wants to reach."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from pillars.foundation.history import tracked
from pillars.foundation.models import SchoolOwned
from pillars.foundation.tenancy import OF_EITHER


class IndicatorReading(SchoolOwned):
    """One indicator of one school on one day, as it was counted then."""

    key = models.CharField(max_length=60)
    day = models.DateField()
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()

    class Meta:
        verbose_name = "indicator reading"
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "key", "day"], name="reading_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} on {self.day}"


@tracked()
class IndicatorTarget(models.Model):
    """What a school, or a trust for its schools, wants an indicator to reach."""

    tenancy = OF_EITHER

    school = models.ForeignKey(
        "organisations.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    trust = models.ForeignKey(
        "organisations.Trust", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=60)
    target = models.FloatField(help_text="A share between 0 and 1, or a number.")

    class Meta:
        verbose_name = "indicator target"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(school__isnull=False, trust__isnull=True)
                | models.Q(school__isnull=True, trust__isnull=False),
                name="target_of_one_place",
            ),
            models.UniqueConstraint(
                fields=["school", "key"],
                condition=models.Q(school__isnull=False),
                name="target_once_in_school",
            ),
            models.UniqueConstraint(
                fields=["trust", "key"],
                condition=models.Q(trust__isnull=False),
                name="target_once_in_trust",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.target}"
