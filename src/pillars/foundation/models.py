"""The base of every row that a school or a trust owns, and the rows all rooms share."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from pillars.foundation.history import tracked


class SchoolOwned(models.Model):
    """A row of one school. Nobody outside the school's scope can read it or write it."""

    school = models.ForeignKey(
        "organisations.School", on_delete=models.PROTECT, related_name="+", db_index=True
    )

    class Meta:
        abstract = True


class TrustOwned(models.Model):
    """A row of one trust: its schools read it, its leads write it."""

    trust = models.ForeignKey(
        "organisations.Trust", on_delete=models.PROTECT, related_name="+", db_index=True
    )

    class Meta:
        abstract = True


class TermKind(models.TextChoices):
    AUTUMN_1 = "autumn_1", "Autumn, first half"
    AUTUMN_2 = "autumn_2", "Autumn, second half"
    SPRING_1 = "spring_1", "Spring, first half"
    SPRING_2 = "spring_2", "Spring, second half"
    SUMMER_1 = "summer_1", "Summer, first half"
    SUMMER_2 = "summer_2", "Summer, second half"
    OTHER = "other", "Another stretch of days"


@tracked()
class SchoolTerm(SchoolOwned):
    """Days the school is open: a term or half term, first and last day included."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=TermKind, default=TermKind.OTHER)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering: ClassVar = ["first_day"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="school_term_ends_after_it_starts",
            ),
            models.UniqueConstraint(fields=["school", "first_day"], name="school_term_first_day"),
        ]

    def __str__(self) -> str:
        return self.name


class ClosureKind(models.TextChoices):
    INSET = "inset", "INSET day"
    BANK_HOLIDAY = "bank_holiday", "Bank holiday"
    CLOSED = "closed", "Closed for another reason"


@tracked()
class SchoolClosure(SchoolOwned):
    """One day within a term on which pupils are not in school."""

    day = models.DateField()
    kind = models.CharField(max_length=12, choices=ClosureKind)
    name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "day"], name="school_closure_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day:%-d %B %Y}"


class StoredFile(SchoolOwned):
    """A file somebody gave us, kept as it came. In the database, so that the same policy guards
    it, one backup holds it and no web server has to share a disk."""

    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["school", "sha256"], name="stored_file_hash")]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @classmethod
    def holding(
        cls, *, school_id: int, name: str, content_type: str, content: bytes, by_id: int | None
    ) -> StoredFile:
        """An unsaved row for these bytes, with their size and hash worked out."""
        return cls(
            school_id=school_id,
            name=name[-255:],
            content_type=content_type,
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            added_by_id=by_id,
        )


class Viewing(SchoolOwned):
    """Somebody opened a pupil's record. Written once per request, never changed."""

    append_only = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    page = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["school", "-at"], name="viewing_when"),
            models.Index(fields=["school", "subject_kind", "subject_id"], name="viewing_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} at {self.at:%Y-%m-%d %H:%M}"
