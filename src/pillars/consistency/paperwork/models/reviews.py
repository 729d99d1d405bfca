"""Reviews of the files a school already has, and what each file was found to hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from pillars.consistency.paperwork.models.documents import Document
from pillars.consistency.paperwork.models.standards import StandardVersion
from pillars.foundation.history import tracked
from pillars.foundation.models import SchoolOwned, StoredFile
from pillars.people.register.models import Pupil

# A review that has not moved for this long was left lying by a worker that stopped.
STUCK_AFTER = timedelta(minutes=10)


class ReviewState(models.TextChoices):
    """How far a review has come."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    READY = "ready", "Ready"
    FAILED = "failed", "Stopped"


@tracked(exclude=("layouts", "done", "moved_at"))
class Review(SchoolOwned):
    """Files brought in together and compared with one version of a standard on one day."""

    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ReviewState, default=ReviewState.WAITING)
    on = models.DateField("judged as on", default=timezone.localdate)
    done = models.PositiveIntegerField("files read so far", default=0)
    of = models.PositiveIntegerField("files", default=0)
    layouts: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        "formats found", default=list
    )
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "paperwork review"
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["school", "-made_at"], name="review_newest")]

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def is_ready(self) -> bool:
        return self.state == ReviewState.READY

    @property
    def is_at_work(self) -> bool:
        return self.state in {ReviewState.WAITING, ReviewState.READING}

    @property
    def is_stuck(self) -> bool:
        """Whether it can only go on when somebody starts it again."""
        late = timezone.now() - self.moved_at > STUCK_AFTER
        return self.state == ReviewState.FAILED or (self.is_at_work and late)


@tracked(exclude=("fields", "findings", "unmatched", "answers", "missing", "proposed"))
class ReviewedFile(SchoolOwned):
    """One file of a review: kept as it came, with what was found in it.

    `name` is the file's path as it was brought in. Without `stored` it was not kept, and
    `reason` says why. `pupil` is who a person says it is about; `proposed` are the likeliest.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=500)
    stored = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("why it could not be read", max_length=300, blank=True)
    layout = models.PositiveIntegerField("format", null=True)
    score = models.IntegerField(default=0)
    fields: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    findings: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    unmatched: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        default=list
    )
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    missing: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    proposed: models.JSONField[list[dict[str, int]], list[dict[str, int]]] = models.JSONField(
        "pupils it may be about", default=list
    )
    pupil = models.ForeignKey(
        Pupil, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_at = models.BooleanField("a person has said who it is about", default=False)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "name"], name="reviewed_file_once"),
            models.CheckConstraint(
                condition=Q(document__isnull=True) | Q(pupil__isnull=False),
                name="reviewed_file_turned_for_a_pupil",
            ),
        ]

    def __str__(self) -> str:
        return f"reviewed file {self.pk}"

    @property
    def is_readable(self) -> bool:
        return self.layout is not None
