"""Who may change which standard."""

from __future__ import annotations

from pillars.consistency.paperwork.definition import Definition, DefinitionError
from pillars.consistency.paperwork.models.standards import Standard, StandardDraft
from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope
from pillars.foundation.services import Refused
from pillars.people.organisations.models import School, Trust


def check_can_take_up(
    *, scope: Scope, school: School | None = None, trust: Trust | None = None
) -> None:
    """Raises Refused unless the person may have standards of the school's or trust's own."""
    if trust is not None:
        if not scope.can(Permission.EDIT_STANDARDS, trust=trust.pk):
            raise Refused("Only those who lead the trust change its standards.")
        return
    assert school is not None
    if not scope.can(Permission.EDIT_STANDARDS, school=school.pk):
        raise Refused("Your role does not let you change standards.")
    if school.trust is not None and not school.trust.schools_may_publish:
        raise Refused(
            f"{school.trust.name} publishes the standards for its schools."
            " Ask the trust lead for a change."
        )


def check_can_edit(standard: Standard, *, scope: Scope) -> None:
    """Raises Refused unless the person may write the next version of this standard."""
    if standard.is_shipped:
        raise Refused("This standard comes with Three Pillars. Take it up first, then change it.")
    check_can_take_up(scope=scope, school=standard.school, trust=standard.trust)


def check_revision(draft: StandardDraft, revision: int) -> None:
    """Raises Refused where somebody else has saved the draft since it was opened."""
    if draft.revision != revision:
        who = draft.saved_by.name if draft.saved_by else "Somebody"
        raise Refused(
            f"{who} changed this standard after you opened it."
            " Your change was not made: look at the new text, then make it again."
        )


def check_can_publish(draft: StandardDraft, current: Definition | None) -> Definition:
    """The definition to publish. Raises Refused where it does not hold together or changes
    nothing."""
    try:
        definition = Definition.from_json(draft.definition)
    except DefinitionError as problem:
        raise Refused(str(problem)) from None
    if definition == current:
        raise Refused("Nothing has changed since the last version, so there is nothing to publish.")
    return definition


def reason_against_publishing(
    draft: StandardDraft, current: Definition | None, *, scope: Scope
) -> str:
    """Why a draft cannot be published now, in a sentence; "" where it can."""
    try:
        check_can_edit(draft.standard, scope=scope)
        check_can_publish(draft, current)
    except Refused as refusal:
        return str(refusal)
    return ""
