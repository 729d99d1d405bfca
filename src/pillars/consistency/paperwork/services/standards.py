"""Taking up, writing and publishing standards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from pillars.consistency.paperwork.definition import (
    CheckSetting,
    Definition,
    Field,
    FieldType,
    Section,
)
from pillars.consistency.paperwork.differences import definition_differences
from pillars.consistency.paperwork.editing import key_for
from pillars.consistency.paperwork.models.documents import Document
from pillars.consistency.paperwork.models.standards import (
    RequiredStandard,
    Standard,
    StandardDraft,
    StandardVersion,
)
from pillars.consistency.paperwork.queries.standards import standards_of
from pillars.consistency.paperwork.rules.standards import (
    check_can_edit,
    check_can_publish,
    check_can_take_up,
    check_revision,
)
from pillars.consistency.paperwork.shipped import SHIPPED
from pillars.foundation.scope import current_scope
from pillars.foundation.services import Refused, service
from pillars.people.organisations.models import Person, School, Trust


@service
def install_shipped_standards(*, by: None) -> int:
    """Bring the standards that come with the product up to date. Runs after each migrate.

    A shipped standard that has changed gets a next version; nothing else happens. Returns how
    many versions were published.
    """
    published = 0
    for key, definition in SHIPPED.items():
        standard, _ = Standard.objects.get_or_create(
            key=key, school=None, trust=None, defaults={"title": definition.title}
        )
        newest = standard.versions.order_by("-number").first()
        if newest is None or newest.definition != definition.to_json():
            _publish(standard, definition, newest, by=None)
            published += 1
    return published


@service
def take_up_standard(
    *,
    shipped: Standard,
    by: Person,
    school: School | None = None,
    trust: Trust | None = None,
) -> Standard:
    """Make a standard the school's or trust's own: its newest version becomes their version 1.

    Documents written on that version move with it: not a word of what it asks has changed, so
    nobody is behind.
    """
    check_can_take_up(scope=current_scope(), school=school, trust=trust)
    if Standard.objects.filter(key=shipped.key, school=school, trust=trust).exists():
        raise Refused(f"“{shipped.title}” has been taken up already.")
    newest = shipped.versions.order_by("-number").first()
    if newest is None:
        raise Refused(f"“{shipped.title}” has no published version yet.")
    own = Standard.objects.create(key=shipped.key, title=shipped.title, school=school, trust=trust)
    first = _publish(own, newest.parsed, None, by=by)
    theirs = {"school": school} if school is not None else {"school__trust": trust}
    Document.objects.filter(version=newest, **theirs).update(version=first)
    return own


@service
def begin_standard(
    *,
    title: str,
    description: str,
    by: Person,
    school: School | None = None,
    trust: Trust | None = None,
) -> StandardDraft:
    """Begin a standard nobody has written before: a draft that holds the pupil's name so far."""
    check_can_take_up(scope=current_scope(), school=school, trust=trust)
    taken = [standard.key for standard in standards_of(school=school, trust=trust)]
    key = key_for(title, taken, joint="-")
    name = Field("pupil_name", "Name", FieldType.SHORT_TEXT)
    first = Definition(
        key=key,
        title=title,
        description=description,
        sections=(Section("about", "About the pupil", (name,)),),
        checks=(CheckSetting("complete"),),
    )
    standard = Standard.objects.create(key=key, title=title, school=school, trust=trust)
    return StandardDraft.objects.create(
        standard=standard, school=school, trust=trust, definition=first.to_json(), saved_by=by
    )


@service
def start_draft(*, standard: Standard, by: Person) -> StandardDraft:
    """The draft of the next version: the one there is, else a copy of the newest version."""
    check_can_edit(standard, scope=current_scope())
    newest = standard.versions.order_by("-number").first()
    draft, _ = StandardDraft.objects.get_or_create(
        standard=standard,
        defaults={
            "school": standard.school,
            "trust": standard.trust,
            "definition": newest.definition if newest else {},
            "saved_by": by,
        },
    )
    return draft


@service
def save_standard_draft(
    *, draft: StandardDraft, definition: Definition, revision: int, by: Person
) -> StandardDraft:
    """Keep a change to the draft. revision: the one the person had in front of them."""
    locked = StandardDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    check_can_edit(locked.standard, scope=current_scope())
    check_revision(locked, revision)
    locked.definition = definition.to_json()
    locked.revision += 1
    locked.saved_at, locked.saved_by = timezone.now(), by
    locked.save(update_fields=["definition", "revision", "saved_at", "saved_by"])
    return locked


@service
def discard_draft(*, draft: StandardDraft, by: Person) -> None:
    """Leave the standard as it was last published; one never published is gone."""
    standard = draft.standard
    check_can_edit(standard, scope=current_scope())
    draft.delete()
    if not standard.versions.exists():
        standard.delete()


@service
def publish_standard(*, draft: StandardDraft, revision: int, by: Person) -> StandardVersion:
    """Make the draft the next version. From now on documents on the one before are behind."""
    locked = StandardDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    standard = Standard.objects.select_for_update().get(pk=locked.standard_id)
    check_can_edit(standard, scope=current_scope())
    check_revision(locked, revision)
    newest = standard.versions.order_by("-number").first()
    definition = check_can_publish(locked, newest.parsed if newest else None)
    version = _publish(standard, definition, newest, by=by)
    locked.delete()
    return version


def _publish(
    standard: Standard, definition: Definition, newest: StandardVersion | None, *, by: Person | None
) -> StandardVersion:
    if standard.title != definition.title:
        standard.title = definition.title
        standard.save(update_fields=["title"])
    return StandardVersion.objects.create(
        standard=standard,
        school=standard.school,
        trust=standard.trust,
        number=newest.number + 1 if newest else 1,
        definition=definition.to_json(),
        changes=definition_differences(newest.parsed, definition) if newest else [],
        published_by=by,
    )


@service
def require_standards(
    *,
    statuses: Mapping[str, str],
    by: Person,
    school: School | None = None,
    trust: Trust | None = None,
) -> None:
    """Say which documents every pupil of a status needs. statuses: key → "K", "E" or "KE";
    an empty string: nobody has to have one."""
    check_can_take_up(scope=current_scope(), school=school, trust=trust)
    owner: dict[str, Any] = {"school": school, "trust": trust}
    RequiredStandard.objects.filter(**owner).delete()
    RequiredStandard.objects.bulk_create(
        RequiredStandard(key=key, statuses=each, **owner) for key, each in statuses.items()
    )
