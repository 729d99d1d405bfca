"""Standards as versioned data: shipped with the product, published by a trust or by a school."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from pillars.consistency.paperwork.definition import Definition
from pillars.foundation.history import tracked
from pillars.foundation.tenancy import OF_EITHER_OR_SHIPPED


class Owned(models.Model):
    """A row of a school, of a trust, or of neither: then it was shipped with the product."""

    tenancy = OF_EITHER_OR_SHIPPED

    school = models.ForeignKey(
        "organisations.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    trust = models.ForeignKey(
        "organisations.Trust", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


@tracked()
class Standard(Owned):
    """One way of doing one piece of paperwork. Its versions say what it asks for."""

    key = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(school__isnull=True) | Q(trust__isnull=True),
                name="standard_of_one_owner",
            ),
            models.UniqueConstraint(
                fields=["key", "school"],
                condition=Q(school__isnull=False),
                name="standard_once_in_school",
            ),
            models.UniqueConstraint(
                fields=["key", "trust"],
                condition=Q(trust__isnull=False),
                name="standard_once_in_trust",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(trust__isnull=True, school__isnull=True),
                name="standard_shipped_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_shipped(self) -> bool:
        return self.school_id is None and self.trust_id is None


@tracked(exclude=("definition",))
class StandardVersion(Owned):
    """A published version: never changed again, because documents are pinned to it."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    changes = models.JSONField(
        "what changed, in words", default=list, help_text="One sentence a change."
    )
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "version of a standard"
        ordering: ClassVar = ["standard", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standard", "number"], name="version_number_once")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="published_for_good", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} version {self.number}"

    @cached_property
    def parsed(self) -> Definition:
        """The definition this version holds."""
        return Definition.from_json(self.definition)


@tracked(exclude=("definition",))
class StandardDraft(Owned):
    """The next version while it is being written; one a standard."""

    standard = models.OneToOneField(Standard, on_delete=models.CASCADE, related_name="draft")
    definition = models.JSONField()
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "draft of a standard"

    def __str__(self) -> str:
        return f"draft of {self.standard_id}"

    @cached_property
    def parsed(self) -> Definition:
        return Definition.from_json(self.definition)


@tracked()
class RequiredStandard(Owned):
    """Every pupil at one of these statuses needs a document on this standard.

    statuses: SEN provision codes, such as "KE". Where neither the school nor its trust says
    otherwise, every pupil at K or E needs a Pupil Passport.
    """

    key = models.CharField("standard", max_length=60)
    statuses = models.CharField(max_length=2, default="KE")

    class Meta:
        verbose_name = "required standard"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, trust__isnull=True)
                | Q(school__isnull=True, trust__isnull=False),
                name="required_in_one_place",
            ),
            models.UniqueConstraint(
                fields=["school", "key"],
                condition=Q(school__isnull=False),
                name="required_once_in_school",
            ),
            models.UniqueConstraint(
                fields=["trust", "key"],
                condition=Q(trust__isnull=False),
                name="required_once_in_trust",
            ),
        ]

    def __str__(self) -> str:
        return self.key
