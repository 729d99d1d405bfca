"""A register of 50,000 rows brought in: ours, a bare COPY, and django-import-export.

    python bench/register.py [--rows 50000] [--runs 3] [--peer-rows 2500]

Ours goes the whole way: read the file, check every row, compare with the register, keep the file,
write. COPY puts ready-made rows into the same three tables, with the same history triggers
and policies. The peer reads the same file into the same tables, with its fastest setting (bulk,
no diff), on fewer rows, since its time grows in step with them, and is scaled up; so is ours on
as few, to be fair to both. All pupils are invented.
"""

# ruff: noqa: PLC0415 (nothing of Django can be imported before it is set up)

import argparse
import csv
import io
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("PILLARS_DATABASE_ROLE", "owner")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pillars.config.settings")

PEER_TARGET, COPY_TARGET = 10.0, 4.0
HEADINGS = ("UPN", "Legal Surname", "Legal Forename", "DOB", "NC Year", "Reg", "Sex", "SEN Status",
            "SEN Need", "Secondary need", "SEN start date", "PP", "EAL", "FSM")  # fmt: skip


def make_rows(count: int) -> list[list[str]]:
    """Invented pupils: a fifth with SEN, a third of those with a second need."""
    from pillars.people.register.upn import check_letter

    dice = random.Random(20261124)
    rows = []
    for number in range(count):
        rest = f"801{9000 + number // 1000:04d}{14:02d}{number % 1000:03d}"
        status = dice.choices(["N", "K", "E"], [80, 15, 5])[0]
        need = dice.choice(["SLCN", "ASD", "SEMH", "MLD"]) if status != "N" else ""
        second = "SPLD" if need and number % 3 == 0 else ""
        born = date(2009, 9, 1) + timedelta(days=dice.randrange(2500))
        rows.append(
            [check_letter(rest) + rest, f"Surname{number % 9000}", f"Forename{number % 700}",
             born.strftime("%d/%m/%Y"), f"Year {7 + number % 7}",
             f"{7 + number % 7}{'ABCD'[number % 4]}",
             "MF"[number % 2], status, need, second, "01/09/2025" if need else "",
             "Y" if number % 4 == 0 else "N", "Y" if number % 9 == 0 else "N",
             "Y" if number % 5 == 0 else "N"]
        )  # fmt: skip
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return text.getvalue().encode()


def ours(content: bytes, school: Any, person: Any) -> None:
    """The whole way, as the command line goes it, in the web role."""
    from django.db import transaction
    from django.utils import timezone

    from pillars.foundation.scope import entered
    from pillars.people.organisations.queries import scope_of
    from pillars.people.register.services import import_register

    with transaction.atomic(), entered(scope_of(person, on=timezone.localdate())):
        import_register(school=school, name="register.csv", content=content, by=person)


def shown_first(content: bytes, school: Any, person: Any) -> None:
    """The way of the pages: a preview in one request, the applying in another."""
    from django.db import transaction
    from django.utils import timezone

    from pillars.foundation.scope import entered
    from pillars.people.organisations.queries import scope_of
    from pillars.people.register.services import apply_register_import, preview_register_import

    with transaction.atomic(), entered(scope_of(person, on=timezone.localdate())):
        made = preview_register_import(
            school=school, name="register.csv", content=content, by=person
        )
    with transaction.atomic(), entered(scope_of(person, on=timezone.localdate())):
        apply_register_import(register_import=made, by=person, as_shown=made.fingerprint)


def bare_copy(content: bytes, school: Any) -> Callable[[], None]:
    """COPY of the same rows, made ready beforehand, as the owner (COPY is refused to others)."""
    from django.db import connection, transaction
    from django.utils import timezone

    from pillars.people.register.plan import Change, plan_import
    from pillars.people.register.reading import Identity, read_register_file

    reading = read_register_file(content, "register.csv", today=timezone.localdate()).reading
    changes: tuple[Change, ...] = plan_import({}, reading).new
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('register_pupil', 'id'))"
            " FROM generate_series(1, %s)",
            [len(changes)],
        )
        keys = [key for (key,) in cursor.fetchall()]
    flags = {"1": True, "0": False, "": None}
    pupils = [
        (key, school.pk, *c.identity[:4], c.identity.date_of_birth or None, *c.identity[5:8],
         *(flags[f] for f in c.identity[8:]))
        for key, c in zip(keys, changes, strict=True)
    ]  # fmt: skip
    statuses = [
        (school.pk, key, c.status, c.status_start or None)
        for key, c in zip(keys, changes, strict=True)
        if c.status != "N"
    ]
    needs = [
        (school.pk, key, need.code, rank, need.start or None)
        for key, c in zip(keys, changes, strict=True)
        for rank, need in enumerate(c.needs or (), start=1)
    ]
    fields = ", ".join(Identity._fields)
    tables = (
        (f"register_pupil (id, school_id, {fields})", pupils),
        ("register_statusperiod (school_id, pupil_id, status, start_on)", statuses),
        ("register_needperiod (school_id, pupil_id, code, rank, start_on)", needs),
    )

    def run() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, lines in tables:
                with cursor.copy(f"COPY {table} FROM STDIN") as target:
                    for line in lines:
                        target.write_row(line)

    return run


def peer(content: bytes, school: Any) -> None:
    """django-import-export, as its documentation says to make it fast."""
    from import_export import fields, resources, widgets
    from tablib import Dataset

    from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod

    day = widgets.DateWidget("%d/%m/%Y")
    yes = widgets.BooleanWidget()
    yes.TRUE_VALUES, yes.FALSE_VALUES = ["Y"], ["N"]

    class YearWidget(widgets.CharWidget):
        def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
            return str(value).removeprefix("Year ")

    class PupilResource(resources.ModelResource):
        upn = fields.Field("upn", "UPN")
        surname = fields.Field("surname", "Legal Surname")
        forename = fields.Field("forename", "Legal Forename")
        date_of_birth = fields.Field("date_of_birth", "DOB", widget=day)
        year_group = fields.Field("year_group", "NC Year", widget=YearWidget())
        class_group = fields.Field("class_group", "Reg")
        sex = fields.Field("sex", "Sex")
        pupil_premium = fields.Field("pupil_premium", "PP", widget=yes)
        eal = fields.Field("eal", "EAL", widget=yes)
        free_school_meals = fields.Field("free_school_meals", "FSM", widget=yes)

        class Meta:
            model = Pupil
            fields = ("upn", "surname", "forename", "date_of_birth", "year_group", "class_group",
                      "sex", "pupil_premium", "eal", "free_school_meals")  # fmt: skip
            import_id_fields = ("upn",)
            use_bulk = True
            batch_size = 1000
            skip_diff = True
            skip_html_diff = True

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            instance.school_id = school.pk

    # Pupils first, then the rows that point at them, from the same file.
    data = Dataset().load(content.decode(), format="csv")
    result = PupilResource().import_data(data, use_transactions=True, raise_errors=True)
    assert not result.has_errors()
    keys = dict(Pupil.objects.filter(school=school).values_list("upn", "pk"))

    class Child(resources.ModelResource):
        start_on = fields.Field("start_on", "SEN start date", widget=day)

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            instance.school_id, instance.pupil_id = school.pk, keys[row["UPN"]]

    class StatusResource(Child):
        status = fields.Field("status", "SEN Status")

        class Meta:
            model = StatusPeriod
            fields = ("status", "start_on")
            import_id_fields = ()
            force_init_instance = True
            use_bulk = True
            batch_size = 1000
            skip_diff = True
            skip_html_diff = True

        def skip_row(self, instance: Any, original: Any, row: Any, errors: Any = None) -> bool:
            return row["SEN Status"] == "N"

    class NeedResource(Child):
        code = fields.Field("code", "SEN Need")
        heading = "SEN Need"

        class Meta(StatusResource.Meta):
            model = NeedPeriod
            fields = ("code", "start_on")

        def skip_row(self, instance: Any, original: Any, row: Any, errors: Any = None) -> bool:
            return not row[self.heading]

    class SecondNeedResource(NeedResource):
        code = fields.Field("code", "Secondary need")
        heading = "Secondary need"

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            super().before_save_instance(instance, row, **kwargs)
            instance.rank = 2

    for resource in (StatusResource, NeedResource, SecondNeedResource):
        done = resource().import_data(data, use_transactions=True, raise_errors=True)
        assert not done.has_errors()


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def schools() -> Iterator[tuple[Any, Any]]:
    """A fresh school and its SENCo for each run, so that every table has the same to do."""
    from django.utils import timezone

    from pillars.people.organisations.models import Membership, Person, School

    for number in range(1, 1000):
        school = School.objects.create(
            urn=800_000 + number, name=f"Bench {number} (invented)", joined_on=timezone.localdate()
        )
        person = Person.objects.create(email=f"bench{number}@example.org", name="Bench (invented)")
        Membership.objects.create(
            person=person, role="senco", school=school, starts_on=timezone.localdate()
        )
        yield school, person


def counted(school: Any) -> tuple[int, int, int]:
    from pillars.people.register.models import NeedPeriod, Pupil, StatusPeriod

    rows = [m.objects.filter(school=school).count() for m in (Pupil, StatusPeriod, NeedPeriod)]
    return rows[0], rows[1], rows[2]


def emptied() -> None:
    """Takes away what a run left, so that each starts with the same tables."""
    from django.db import connection

    tables = ("pupil", "statusperiod", "needperiod", "registerimport")
    names = [f"register_{table}{event}" for table in tables for event in ("", "event")]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(names)}, foundation_storedfile CASCADE")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer-rows", type=int, default=2_500)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pillars-bench-") as folder:
        os.environ["PILLARS_DATA"] = folder
        return measure(asked.rows, asked.runs, asked.peer_rows)


def measure(rows: int, runs: int, peer_rows: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    whole = make_rows(rows)
    content, few = as_csv(whole), as_csv(whole[:peer_rows])
    fresh = schools()
    times: dict[str, list[float]] = {name: [] for name in ("ours", "shown", "copy", "peer", "few")}
    for _ in range(runs):
        school, person = next(fresh)
        times["ours"].append(timed(lambda s=school, p=person: ours(content, s, p)))  # type: ignore[misc]
        expected = counted(school)
        emptied()
        school, person = next(fresh)
        times["shown"].append(timed(lambda s=school, p=person: shown_first(content, s, p)))  # type: ignore[misc]
        emptied()
        school, _person = next(fresh)
        times["copy"].append(timed(bare_copy(content, school)))
        assert counted(school) == expected
        emptied()
        school, person = next(fresh)
        times["few"].append(timed(lambda s=school, p=person: ours(few, s, p)))  # type: ignore[misc]
        expected = counted(school)
        emptied()
        school, _person = next(fresh)
        times["peer"].append(timed(lambda s=school: peer(few, s)))  # type: ignore[misc]
        assert counted(school) == expected
        emptied()
    median = {name: statistics.median(found) for name, found in times.items()}
    scaled = median["peer"] * rows / peer_rows
    against_peer, against_copy = scaled / median["ours"], median["ours"] / median["copy"]
    few_times = f"{peer_rows:,} rows"
    lines = (
        ("ours, file to register", f"{median['ours']:8.2f} s"),
        ("ours, with a preview first", f"{median['shown']:8.2f} s"),
        ("bare COPY, policies and triggers", f"{median['copy']:8.2f} s"),
        ("django-import-export, scaled up", f"{scaled:8.2f} s   (read {few_times})"),
        ("ours / COPY", f"{against_copy:8.2f}     (target: at most {COPY_TARGET:g})"),
        ("peer / ours", f"{against_peer:8.2f}     (target: at least {PEER_TARGET:g})"),
        (f"peer / ours on {few_times}", f"{median['peer'] / median['few']:8.2f}"),
    )
    print(f"{rows:,} rows, medians of {runs}")
    for title, value in lines:
        print(f"  {title:34}{value}")
    return 0 if against_peer >= PEER_TARGET and against_copy <= COPY_TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
