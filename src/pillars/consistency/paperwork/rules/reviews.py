"""What may be done with a review, and the sentence when it may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pillars.consistency.paperwork.models import Review, ReviewedFile
from pillars.foundation.permissions import Permission
from pillars.foundation.scope import Scope
from pillars.foundation.services import Refused

MOST_FILES = 1_000
MOST_AT_ONCE = 500


def check_can_review_files(*, school_id: int, files: int, scope: Scope) -> None:
    """Files can be brought in by those who may review paperwork, a thousand at a time."""
    _check_permission(Permission.REVIEW_PAPERWORK, school_id, scope, "review paperwork")
    if not files:
        raise Refused("There are no documents in what you chose. Choose .docx, .pdf, .odt or .txt.")
    if files > MOST_FILES:
        raise Refused(f"These are {files:,} files. Bring in {MOST_FILES:,} at most at a time.")


def check_can_read_again(*, review: Review, scope: Scope) -> None:
    """A review that stopped can be started again."""
    _check_permission(Permission.REVIEW_PAPERWORK, review.school_id, scope, "review paperwork")
    if not review.is_stuck:
        raise Refused("This review is ready or on its way. There is nothing to start again.")


def check_can_match(*, file: ReviewedFile, scope: Scope) -> None:
    """A file's pupil can be changed until the file has become a document."""
    _check_permission(Permission.REVIEW_PAPERWORK, file.school_id, scope, "match files to pupils")
    if not file.is_readable:
        raise Refused("This file could not be read, so it cannot become a document.")
    if file.document_id is not None:
        raise Refused("This file has become a document already. Change the document instead.")


def check_can_turn(*, review: Review, choices: Mapping[int, int], scope: Scope) -> None:
    """Files become documents when each has a pupil, and no pupil has two of them."""
    _check_permission(
        Permission.WRITE_DOCUMENTS, review.school_id, scope, "make passports and plans"
    )
    if not review.is_ready:
        raise Refused("The files are still being read. Wait until the report is ready.")
    if not choices:
        raise Refused("Tick at least one file, and say which pupil it is about.")
    if len(choices) > MOST_AT_ONCE:
        raise Refused(f"Turn {MOST_AT_ONCE} files at most at a time into documents.")


def check_one_file_a_pupil(*, files: Sequence[ReviewedFile], choices: Mapping[int, int]) -> None:
    """Two files of one pupil cannot both become the pupil's draft."""
    twice = {pupil for pupil, count in Counter(choices.values()).items() if count > 1}
    if twice:
        names = " and ".join(f"“{one.name}”" for one in files if choices.get(one.pk) in twice)
        raise Refused(f"{names} are ticked for the same pupil. Leave one of them ticked.")


def _check_permission(permission: Permission, school_id: int, scope: Scope, what: str) -> None:
    if not scope.can(permission, school=school_id):
        raise Refused(f"Your role does not let you {what}. Ask your SENCo if you need to.")
