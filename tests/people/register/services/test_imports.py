"""A register is brought in whole or not at all, and bringing it in again changes nothing.

All pupils are invented.
"""

from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import World, scope_for
from tests.people.register.makers import make_pupil, make_upn

from pillars.exchange.tables import write_csv
from pillars.foundation.permissions import Role
from pillars.foundation.services import Refused
from pillars.people.register.models import (
    ColumnMapping,
    NeedPeriod,
    Pupil,
    RegisterImport,
    StatusPeriod,
)
from pillars.people.register.previews import Preview, make_preview
from pillars.people.register.services import (
    apply_register_import,
    bulk,
    import_register,
    preview_register_import,
    remember_columns,
    set_aside_register_import,
)
from pillars.people.register.services.locks import IMPORTS
from pillars.people.register.upn import check_letter

HEAD = "UPN,Surname,Forename,DOB,Year,Reg,SEN,Need,Secondary need,SEN start date,PP\n"
ONE, TWO, THREE = make_upn(50_001), make_upn(50_002), make_upn(50_003)
EXAMPLES = Path(__file__).parents[4] / "examples" / "register"


def bring_in(world: World, text: str, *, left: bool = False) -> Preview:
    """Previews and applies a file as the SENCo, in the web role."""
    senco = world[Role.SENCO]
    with scope_for(senco):
        made = preview_register_import(
            school=world.school, name="register.csv", content=text.encode(), by=senco
        )
        if not left:
            return apply_register_import(register_import=made, by=senco)
        gone = make_preview(
            school_id=world.school.pk,
            source=text.encode(),
            name="register.csv",
            today=timezone.localdate(),
        ).plan.left
        return apply_register_import(register_import=made, by=senco, left=gone)


def counts(preview: Preview) -> tuple[int, int, int, int]:
    found = preview.counts
    return found["new"], found["changed"], found["unchanged"], found["left"]


def test_apply_register_import_into_an_empty_school(world: World) -> None:
    text = HEAD + (
        f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,MLD,01/09/2025,Y\n"
        f"{TWO},Finch,Bo,01/02/2015,6,6B,,,,,\n"
        f"{make_upn(50_003, '832')},Jay,Cy,01/02/2015,6,6B,S,ASD,,,\n"
        f"A801200005001,Kite,Di,01/02/2015,6,6B,K,ASD,,,\n"
    )
    preview = bring_in(world, text)
    assert counts(preview) == (3, 0, 0, 0)
    assert [issue.row for issue in preview.problems] == [5]
    wren = Pupil.objects.get(upn=ONE)
    assert (wren.school, wren.date_of_birth, wren.pupil_premium) == (
        world.school, date(2014, 9, 3), True,
    )  # fmt: skip
    assert wren.eal is None
    (status,) = wren.status_periods.all()
    assert (status.status, status.start_on, status.end_on) == ("K", date(2025, 9, 1), None)
    assert [(n.code, n.rank) for n in wren.need_periods.all()] == [("SLCN", 1), ("MLD", 2)]
    assert not StatusPeriod.objects.filter(pupil__upn=TWO).exists()
    applied = RegisterImport.objects.get()
    assert applied.state == RegisterImport.State.APPLIED
    assert applied.counts["new"] == 3
    assert applied.problems[0][0] == 5


@pytest.mark.parametrize(
    "name",
    ["osier-brook-sims.csv", "sedgeway-arbor.xlsx", "reedmace-bromcom.csv",
     "tarnbeck-scholarpack.csv", "8309994_CTF_8559992_001.xml"],
)  # fmt: skip
def test_bringing_the_same_file_in_again_changes_nothing(world: World, name: str) -> None:
    senco = world[Role.SENCO]
    content = (EXAMPLES / name).read_bytes()
    found = []
    with scope_for(senco):
        for _ in range(2):
            made = preview_register_import(
                school=world.school, name=name, content=content, by=senco
            )
            found.append(apply_register_import(register_import=made, by=senco))
    first, second = found
    assert first.counts["new"] > 0
    assert counts(second) == (0, 0, first.counts["new"], 0)
    assert Pupil.objects.count() == first.counts["new"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM register_pupilevent")
        assert cursor.fetchone()[0] == first.counts["new"]


def test_changes_keep_the_history_of_status_and_needs(world: World) -> None:
    bring_in(world, HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,MLD,01/09/2025,Y\n")
    preview = bring_in(world, HEAD + f"{ONE},Wren,Ada,03/09/2014,8,8A,E,MLD,ASD,,N\n")
    assert counts(preview) == (0, 1, 0, 0)
    today = timezone.localdate()
    pupil = Pupil.objects.get(upn=ONE)
    assert (pupil.year_group, pupil.class_group, pupil.pupil_premium) == ("8", "8A", False)
    spans = [(s.status, s.start_on, s.end_on) for s in pupil.status_periods.all()]
    assert spans == [("K", date(2025, 9, 1), today), ("E", today, None)]
    needs = {n.code: (n.rank, n.end_on) for n in pupil.need_periods.all()}
    assert needs == {"SLCN": (1, today), "MLD": (1, None), "ASD": (2, None)}


def test_a_status_in_the_file_with_its_date_ends_the_one_before_on_that_day(world: World) -> None:
    bring_in(world, HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,01/09/2025,Y\n")
    bring_in(world, HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,E,SLCN,,01/10/2026,Y\n")
    bring_in(world, HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,N,,,,Y\n")
    today = timezone.localdate()
    spans = [(s.status, s.start_on, s.end_on) for s in StatusPeriod.objects.filter(pupil__upn=ONE)]
    assert spans == [
        ("K", date(2025, 9, 1), date(2026, 10, 1)),
        ("E", date(2026, 10, 1), today),
    ]
    assert not NeedPeriod.objects.filter(end_on__isnull=True).exists()


def test_pupils_not_in_the_file_leave_only_if_a_person_says_so(world: World) -> None:
    both = HEAD + (
        f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n{TWO},Finch,Bo,01/02/2015,6,6B,N,,,,\n"
    )
    one = HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n"
    bring_in(world, both)
    assert counts(bring_in(world, one)) == (0, 0, 1, 1)
    assert Pupil.objects.on_roll().count() == 2
    bring_in(world, one, left=True)
    assert Pupil.objects.on_roll().get().upn == ONE
    assert counts(bring_in(world, one)) == (0, 0, 1, 0)
    back = bring_in(world, both)
    assert counts(back) == (0, 1, 1, 0)
    assert Pupil.objects.on_roll().count() == 2


def test_a_pupil_who_moved_school_is_taken_and_the_other_school_is_not_named(world: World) -> None:
    make_pupil(world.other_school, upn=ONE)
    preview = bring_in(world, HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n")
    assert counts(preview) == (1, 0, 0, 0)
    said = [issue.reason for issue in preview.warnings if issue.row == 2]
    assert any("another school’s register" in reason for reason in said)
    assert not any("Hillside" in reason for reason in said)
    assert Pupil.objects.filter(upn=ONE).count() == 2


def test_every_row_of_history_names_the_service_and_the_person(world: World) -> None:
    bring_in(world, HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n")
    with connection.cursor() as cursor:
        for table in ("pupilevent", "statusperiodevent", "needperiodevent"):
            cursor.execute(f"SELECT pgh_label, pgh_context FROM register_{table}")
            ((label, context),) = cursor.fetchall()
            assert label == "insert"
            assert f'"person": {world[Role.SENCO].pk}' in str(context).replace("'", '"')
            assert "apply_register_import" in str(context)


def test_two_imports_at_once_the_second_gets_a_sentence(world: World) -> None:
    senco = world[Role.SENCO]
    settings = connection.get_connection_params()
    text = HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n"
    with scope_for(senco):
        made = preview_register_import(
            school=world.school, name="r.csv", content=text.encode(), by=senco
        )
        names = {
            k: settings[k] for k in ("host", "port", "user", "password", "dbname") if k in settings
        }
        with psycopg.connect(**names) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", [IMPORTS, world.school.pk])
            with pytest.raises(Refused, match="Another import for this school"):
                apply_register_import(register_import=made, by=senco)
        assert Pupil.objects.count() == 0
        apply_register_import(register_import=made, by=senco)
        assert Pupil.objects.count() == 1


def test_nothing_is_half_written_when_something_fails(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "START_NEEDS", "SELECT 1/0")
    with pytest.raises(Exception, match="division by zero"), transaction.atomic():
        bring_in(world, HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n")
    assert Pupil.objects.count() == 0
    assert not StatusPeriod.objects.exists()


def test_what_a_person_did_not_see_is_not_applied(world: World) -> None:
    senco = world[Role.SENCO]
    text = HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n"
    with scope_for(senco):
        made = preview_register_import(
            school=world.school, name="r.csv", content=text.encode(), by=senco
        )
    bring_in(world, text)
    with scope_for(senco), pytest.raises(Refused, match="has changed since"):
        apply_register_import(register_import=made, by=senco, as_shown=made.fingerprint)


def test_a_file_is_applied_once_or_set_aside(world: World) -> None:
    senco = world[Role.SENCO]
    text = HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n"
    with scope_for(senco):
        made = [
            preview_register_import(
                school=world.school, name="r.csv", content=text.encode(), by=senco
            )
            for _ in range(2)
        ]
        apply_register_import(register_import=made[0], by=senco)
        with pytest.raises(Refused, match="applied already"):
            apply_register_import(register_import=made[0], by=senco)
        set_aside_register_import(register_import=made[1], by=senco)
        with pytest.raises(Refused, match="set aside"):
            apply_register_import(register_import=made[1], by=senco)


def test_remember_columns_corrects_this_file_and_the_next(world: World) -> None:
    senco = world[Role.SENCO]
    text = f"Ident,Surname,First,DOB,SEN,Group\n{ONE},Wren,Ada,03/09/2014,K,7A\n"
    with scope_for(senco):
        made = preview_register_import(
            school=world.school, name="r.csv", content=text.encode(), by=senco
        )
        with pytest.raises(Refused, match="No column holds the pupils’ names"):
            apply_register_import(register_import=made, by=senco)
        preview = remember_columns(
            register_import=made,
            mapping={"Ident": "upn", "First": "forename", "Group": "class_group",
                     "Surname": "surname", "DOB": "date_of_birth", "SEN": "sen_status"},
            by=senco,
        )  # fmt: skip
        assert preview.counts["new"] == 1
        # Only what was not recognised is worth remembering.
        kept = ColumnMapping.objects.get(school=world.school).mapping
        assert kept == {"Ident": "upn", "First": "forename", "Group": "class_group"}
        again = preview_register_import(
            school=world.school, name="r.csv", content=text.encode(), by=senco
        )
        assert again.counts["new"] == 1


@pytest.mark.parametrize("role", [Role.TEACHER, Role.GOVERNOR, Role.AUDITOR])
def test_who_may_not_import_is_refused(world: World, role: Role) -> None:
    with scope_for(world[role]), pytest.raises(Refused, match="lead SEND"):
        preview_register_import(school=world.school, name="r.csv", content=b"UPN", by=world[role])


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"%PDF-1.4", "a PDF"), (b"UPN,Surname\n", "no rows"),
     (b"<!DOCTYPE a [<!ENTITY x 'y'>]><CTfile>&x;</CTfile>", "document type")],
)  # fmt: skip
def test_a_file_that_is_no_register_is_refused_and_not_kept(
    world: World, content: bytes, words: str
) -> None:
    senco = world[Role.SENCO]
    with scope_for(senco), pytest.raises(Refused, match=words):
        preview_register_import(school=world.school, name="r.csv", content=content, by=senco)
    assert not RegisterImport.objects.exists()


CTF = """<CTfile><CTFpupilData><Pupil><UPN>{upn}</UPN><Surname>Wren (invented)</Surname>
<Forename>Ada</Forename><DOB>2014-09-03</DOB><SENhistory>
<SEN><StartDate>2020-09-01</StartDate><EndDate>2024-01-10</EndDate><SENprovision>K</SENprovision></SEN>
<SEN><StartDate>2024-01-10</StartDate><SENprovision>E</SENprovision></SEN></SENhistory><SENneeds>
<SENneed><NeedStartDate>2020-09-01</NeedStartDate><SENtypeRank>1</SENtypeRank><SENtype>ASD</SENtype>
</SENneed></SENneeds></Pupil></CTFpupilData></CTfile>"""


def test_a_transfer_file_brings_the_history_with_it_once(world: World) -> None:
    senco = world[Role.SENCO]
    for _ in range(2):
        with scope_for(senco):
            made = preview_register_import(
                school=world.school, name="c.xml", content=CTF.format(upn=ONE).encode(), by=senco
            )
            apply_register_import(register_import=made, by=senco)
    pupil = Pupil.objects.get(upn=ONE)
    assert [(s.status, s.start_on, s.end_on) for s in pupil.status_periods.all()] == [
        ("K", date(2020, 9, 1), date(2024, 1, 10)),
        ("E", date(2024, 1, 10), None),
    ]
    assert [(n.code, n.start_on) for n in pupil.need_periods.all()] == [("ASD", date(2020, 9, 1))]


def test_columns_that_were_right_leave_nothing_to_remember(world: World) -> None:
    senco = world[Role.SENCO]
    text = HEAD + f"{ONE},Wren,Ada,03/09/2014,7,7A,K,SLCN,,,\n"
    with scope_for(senco):
        made = preview_register_import(
            school=world.school, name="r.csv", content=text.encode(), by=senco
        )
        remember_columns(register_import=made, mapping={"UPN": "upn", "Gone": "sex"}, by=senco)
        remember_columns(register_import=made, mapping={"PP": ""}, by=senco)
        assert ColumnMapping.objects.get().mapping == {"PP": ""}
        remember_columns(register_import=made, mapping={"PP": "pupil_premium"}, by=senco)
    assert ColumnMapping.objects.get().mapping == {}


def cells(*usual: str) -> st.SearchStrategy[str]:
    """Mostly what stands in such a column, and now and then anything at all."""
    return st.one_of(*[st.sampled_from(usual)] * 5, st.text(max_size=12))


TEMPORARY = check_letter("80190000001A") + "80190000001A"
ROWS = st.lists(
    st.tuples(
        cells(ONE, TWO, TEMPORARY, ""), cells("Wren", "Finch"), cells("Ada", "Bo"),
        cells("03/09/2014", "01/02/2015", ""), cells("7", "Year 8", ""), cells("7A", ""),
        cells("K", "E", "N", "S", ""), cells("SLCN", "ASD", "NSA", ""), cells("MLD", "SLCN", ""),
        cells("01/09/2025", ""), cells("Y", "N", ""),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_whatever_stands_in_the_cells_is_taken_or_refused(
    world: World, rows: list[tuple[str, ...]]
) -> None:
    content = write_csv(HEAD.strip().split(","), rows)
    with transaction.atomic(), scope_for(world[Role.SENCO]):
        try:
            import_register(
                school=world.school, name="r.csv", content=content, by=world[Role.SENCO]
            )
        except Refused:
            return
        again = import_register(
            school=world.school, name="r.csv", content=content, by=world[Role.SENCO]
        )
        assert again.plan.is_empty
        transaction.set_rollback(True)
