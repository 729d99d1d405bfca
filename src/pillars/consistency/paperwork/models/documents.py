"""Documents: a pupil's filled-in standard, who helped to write it, and words kept from a clash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from pillars.consistency.paperwork.models.standards import StandardVersion
from pillars.foundation.history import tracked
from pillars.foundation.models import SchoolOwned, StoredFile
from pillars.people.register.models import Pupil


class DocumentState(models.TextChoices):
    """Where a document stands. The table below says which follows which."""

    DRAFT = "draft", "Draft"
    AGREED = "agreed", "Agreed"
    ARCHIVED = "archived", "Archived"


TRANSITIONS: dict[DocumentState, frozenset[DocumentState]] = {
    DocumentState.DRAFT: frozenset({DocumentState.AGREED, DocumentState.ARCHIVED}),
    DocumentState.AGREED: frozenset({DocumentState.DRAFT, DocumentState.ARCHIVED}),
    DocumentState.ARCHIVED: frozenset({DocumentState.DRAFT}),
}
"""A draft is agreed or archived; an agreed document is reopened or archived; an archived one can
be taken up again as a draft."""

LIVE = (DocumentState.DRAFT, DocumentState.AGREED)


def failing_on(day: date) -> Q:
    """Documents that fail a required check on `day`: one stored, or the date that has moved on."""
    dated = Q(date_required=True) & (Q(review_on__isnull=True) | Q(review_on__lt=day))
    return Q(failing_required__gt=0) | dated


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents by school and by how they stand."""

    def of_school(self, school_id: int) -> DocumentQuerySet:
        return self.filter(school_id=school_id)

    def live(self) -> DocumentQuerySet:
        """Those being written or in use, of pupils who have not left."""
        return self.filter(state__in=LIVE, pupil__left_on__isnull=True)

    def past_review(self, *, on: date) -> DocumentQuerySet:
        """Those whose review date has gone by."""
        return self.filter(review_on__lt=on)

    def due_by(self, *, on: date, days: int) -> DocumentQuerySet:
        """Those to be reviewed within so many days from that day."""
        return self.filter(review_on__gte=on, review_on__lte=on + timedelta(days=days))

    def failing(self, *, on: date) -> DocumentQuerySet:
        """Those that fail at least one required check on that day."""
        return self.filter(failing_on(on))

    def ready(self, *, on: date) -> DocumentQuerySet:
        """Drafts that pass every required check on that day: they can be agreed."""
        return self.filter(state=DocumentState.DRAFT).exclude(failing_on(on))

    def behind(self, newest: Iterable[int]) -> DocumentQuerySet:
        """Those on a version that is not among `newest` (ids of the versions now in force)."""
        return self.exclude(version_id__in=list(newest))


@tracked(exclude=("findings",))
class Document(SchoolOwned):
    """A standard filled in for one pupil, pinned to the version it was written on.

    `answers` are by field key. `findings` is what the checks said when they last ran, of which
    `failing_required` must be put right before it can be agreed; that its review date goes by is
    not counted there but read from `review_on`, because it happens without anybody writing.
    """

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="documents")
    version = models.ForeignKey(StandardVersion, on_delete=models.PROTECT, related_name="documents")
    standard_key = models.CharField("standard", max_length=60)
    state = models.CharField(
        max_length=10, choices=DocumentState, default=DocumentState.DRAFT, db_index=False
    )
    answers = models.JSONField(default=dict)
    left_over = models.JSONField(
        "answers without a place on this version", default=dict, blank=True
    )
    revision = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    review_on = models.DateField("review date", null=True, blank=True)
    reviewed_on = models.DateField("last reviewed", null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    renewed_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewals"
    )
    source = models.ForeignKey(
        StoredFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="file it came from",
    )
    findings = models.JSONField(default=list)
    failing_required = models.PositiveSmallIntegerField("required checks failing", default=0)
    date_required = models.BooleanField("its review date is checked", default=False)
    checked_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar = DocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-saved_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pupil", "standard_key"],
                condition=Q(state="draft"),
                name="document_one_draft_of_each",
            ),
            models.UniqueConstraint(
                fields=["pupil", "standard_key"],
                condition=Q(state="agreed"),
                name="document_one_agreed_of_each",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "agreed", "archived"]), name="document_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(agreed_on__isnull=False),
                name="document_agreed_on_a_day",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="document_revision_from_one"),
            models.CheckConstraint(
                condition=Q(renewed_from__isnull=True) | ~Q(renewed_from=F("id")),
                name="document_renews_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["school", "standard_key", "state"], name="document_by_standard"),
            models.Index(fields=["school", "review_on"], name="document_by_review"),
        ]

    def __str__(self) -> str:
        # What ends up in a log: never a name.
        return f"document {self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == DocumentState.DRAFT

    @property
    def is_agreed(self) -> bool:
        return self.state == DocumentState.AGREED

    @property
    def is_archived(self) -> bool:
        return self.state == DocumentState.ARCHIVED

    def can_become(self, state: DocumentState) -> bool:
        """Whether the table of states lets this document go there."""
        return state in TRANSITIONS[DocumentState(self.state)]

    def is_past_review(self, *, on: date) -> bool:
        return self.review_on is not None and self.review_on < on


class Relation(models.TextChoices):
    """What somebody who helped to write a document is to the pupil."""

    PUPIL = "pupil", "The pupil"
    PARENT = "parent", "Parent or carer"
    TEACHER = "teacher", "Teacher"
    ASSISTANT = "assistant", "Teaching assistant"
    SENCO = "senco", "SENCo"
    PROFESSIONAL = "professional", "Professional from outside the school"
    OTHER = "other", "Somebody else"


@tracked()
class Contribution(SchoolOwned):
    """That somebody had a part in a document, and when."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="contributions")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=12, choices=Relation)
    on = models.DateField("day")

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "name", "relation", "on"], name="contribution_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"


class Clash(SchoolOwned):
    """What somebody wrote while another person changed the same document.

    Kept until they choose, field by field, so that nothing either of them wrote is lost.
    `revision` is the one they began from; `base` the answers it held.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="clashes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    base: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "person"],
                condition=Q(settled_at__isnull=True),
                name="clash_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"clash {self.pk}"
