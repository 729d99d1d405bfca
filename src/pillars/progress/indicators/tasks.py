"""Counting every night, so that there is a history to learn from."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from pillars.foundation.scope import Scope, entered
from pillars.foundation.services import SYSTEM
from pillars.people.organisations.models import School
from pillars.progress.indicators.services import record_readings


@app.periodic(cron="30 4 * * *")
@app.task(queue="nightly", queueing_lock="record_all_readings", pass_context=False)
def record_all_readings(timestamp: int) -> None:
    """Before school begins: one reading of each indicator in each school that has joined."""
    with transaction.atomic():
        schools = list(School.objects.filter(joined_on__isnull=False).values_list("pk", "trust_id"))
    for school_id, trust_id in schools:
        # A transaction a school: one that fails does not take the others' readings with it.
        with (
            transaction.atomic(),
            entered(Scope.of_system(schools=[school_id], trusts=filter(None, [trust_id]))),
        ):
            record_readings(school_ids=[school_id], day=timezone.localdate(), by=SYSTEM)
