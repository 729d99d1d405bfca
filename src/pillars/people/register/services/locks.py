"""Who may write to a school's register at this moment. Every lock ends with the transaction."""

from __future__ import annotations

from django.db import connection

from pillars.foundation.services import Refused
from pillars.people.register.models import Pupil

# The first half of the key of an advisory lock; the second is the school.
IMPORTS = 0x7265_6769
CHANGES = 0x7265_676A
BUSY = (
    "Another import for this school is running now. "
    "Wait until it is done, then look at this one again."
)


def lock_register(school_id: int) -> None:
    """Holds the whole register for an import. A second import is refused at once, with a
    sentence; a change to one pupil that is under way is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [IMPORTS, school_id])
        if not cursor.fetchone()[0]:
            raise Refused(BUSY)
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CHANGES, school_id])


def lock_pupil(pupil: Pupil) -> None:
    """Holds one pupil for a change by hand: after an import that is running, and one at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [CHANGES, pupil.school_id])
    Pupil.objects.select_for_update().filter(pk=pupil.pk).first()
