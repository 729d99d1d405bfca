"""Trusts, schools, the people who work in them and the roles they hold."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from pillars.foundation.history import tracked
from pillars.foundation.permissions import Role
from pillars.foundation.tenancy import (
    DIRECTORY_OF_SCHOOLS,
    DIRECTORY_OF_TRUSTS,
    HISTORY_OF_SCHOOLS,
    HISTORY_OF_TRUSTS,
    OF_EITHER,
    OF_MEMBER,
)


class PersonManager(BaseUserManager["Person"]):
    """Django's commands and sign-in make people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


@tracked(exclude=("password", "last_login"))
class Person(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from their memberships, not from here."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(
        default=False, help_text="Looks after this installation: brings in the list of schools."
    )
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Trust(models.Model):
    """A trust (MAT or SAT), as GIAS lists it. A public directory row until its leads use it."""

    tenancy = DIRECTORY_OF_TRUSTS
    tenancy_of_history = HISTORY_OF_TRUSTS

    uid = models.CharField(max_length=12, unique=True, help_text="GIAS group UID or trust code.")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    companies_house = models.CharField(max_length=12, blank=True)
    joined_on = models.DateField(null=True, blank=True, help_text="When the trust began here.")
    schools_may_publish = models.BooleanField(
        default=False, help_text="Schools may publish standards of their own."
    )

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


@tracked()
class School(models.Model):
    """A school as GIAS lists it; one that has joined has `joined_on`."""

    tenancy = DIRECTORY_OF_SCHOOLS
    tenancy_of_history = HISTORY_OF_SCHOOLS

    urn = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=200)
    la_code = models.CharField(max_length=3, blank=True)
    la_name = models.CharField(max_length=80, blank=True)
    establishment_number = models.CharField(max_length=4, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=40, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    pupil_count = models.PositiveIntegerField(null=True, blank=True)
    trust = models.ForeignKey(
        Trust, null=True, blank=True, on_delete=models.PROTECT, related_name="schools"
    )
    joined_on = models.DateField(null=True, blank=True, help_text="When the school began here.")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, *, on: date) -> MembershipQuerySet:
        """Memberships in force on a day: begun, and not ended before it."""
        return self.filter(starts_on__lte=on).filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on)
        )


@tracked()
class Membership(models.Model):
    """One role of one person in one school, or over one trust, from a day until a day."""

    tenancy = OF_MEMBER

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in Role])
    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    trust = models.ForeignKey(
        Trust, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day of access.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(school__isnull=False, trust__isnull=True)
                | models.Q(school__isnull=True, trust__isnull=False),
                name="membership_of_one_place",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "school"],
                condition=models.Q(ends_on__isnull=True, school__isnull=False),
                name="membership_once_in_school",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "trust"],
                condition=models.Q(ends_on__isnull=True, trust__isnull=False),
                name="membership_once_in_trust",
            ),
            models.CheckConstraint(
                condition=~models.Q(role="auditor") | models.Q(ends_on__isnull=False),
                name="membership_of_auditor_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.pk})"


@tracked(exclude=("secret_hash",))
class Invitation(models.Model):
    """An offer of a role, taken up once by whoever holds the link before it runs out."""

    tenancy = OF_EITHER

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in Role])
    school = models.ForeignKey(
        School, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    trust = models.ForeignKey(
        Trust, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    access_ends_on = models.DateField(null=True, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(school__isnull=False, trust__isnull=True)
                | models.Q(school__isnull=True, trust__isnull=False),
                name="invitation_to_one_place",
            )
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


@tracked()
class JoinRequest(models.Model):
    """A school asks to join a trust, or a trust asks a school. The other side answers."""

    tenancy = OF_EITHER

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="join_requests")
    trust = models.ForeignKey(Trust, on_delete=models.PROTECT, related_name="join_requests")
    from_school = models.BooleanField(help_text="True: the school asked. False: the trust did.")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "trust"],
                condition=models.Q(answered_at__isnull=True),
                name="join_request_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"join request {self.pk}"


class DirectoryFile(models.Model):
    """A GIAS file on its way into the directory of schools: seen first, then brought in.

    GIAS is public and belongs to no school, so the operator's pages guard it, not a policy.
    """

    name = models.CharField(max_length=255)
    content = models.BinaryField(help_text="Compressed with zlib.")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-added_at"]

    def __str__(self) -> str:
        return f"directory file {self.pk}"
