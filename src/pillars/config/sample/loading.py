"""Brings the invented trust in through the services and importers that a school uses.

Each step is one transaction and leaves alone what is there already, so an interrupted load is
finished by running it again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from pillars.config.sample import paperwork, people
from pillars.foundation.scope import Scope, entered
from pillars.foundation.services import SYSTEM
from pillars.people.organisations.models import School, Trust
from pillars.progress.indicators.models import IndicatorReading
from pillars.progress.indicators.services import record_readings

Say = Callable[[str], None]


def load(say: Say) -> None:
    """Everything in examples/trust.json, in order. `say` takes one line of progress."""
    say("  schools and trusts from examples/gias.csv")
    with _inside(Scope.of_system(operator=True)):
        people.bring_in_schools()
        trust = people.begin()
    say("  staff and calendars")
    with _inside(_everywhere(trust)):
        people.give_roles(trust)
        people.fill_calendars()
    for school, file in people.registers():
        say(f"  the register of {people.short(school)} from examples/{file}")
        with _inside(Scope.of_system(schools=[school.pk])):
            people.bring_in_register(school, file)
    today = timezone.localdate()
    _count(today - timedelta(days=28))  # before there was any paperwork, so that change shows
    paperwork.load(say)
    _count(today)


def _count(day: date) -> None:
    for school in School.objects.filter(joined_on__isnull=False):
        trusts = [school.trust_id] if school.trust_id is not None else []
        with _inside(Scope.of_system(schools=[school.pk], trusts=trusts)):
            if IndicatorReading.objects.filter(school=school, day=day).exists():
                continue
            record_readings(school_ids=[school.pk], day=day, by=SYSTEM)


@contextmanager
def _inside(scope: Scope) -> Iterator[None]:
    with transaction.atomic(), entered(scope):
        yield


def _everywhere(trust: Trust) -> Scope:
    schools = School.objects.filter(joined_on__isnull=False).values_list("pk", flat=True)
    return Scope.of_system(schools=schools, trusts=[trust.pk], operator=True)
