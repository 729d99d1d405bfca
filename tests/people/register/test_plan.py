"""What a file would do is said pupil by pupil, and doing it twice does nothing. All invented."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pillars.people.register.plan import CurrentPupil, Difference, in_words, plan_import
from pillars.people.register.reading import Identity, Need, PupilRecord, RegisterReading
from pillars.people.register.upn import check_letter

FIELDS = frozenset({"upn", "surname", "forename", "date_of_birth", "sen_status", "need"})


def upn(serial: int) -> str:
    rest = f"80120000{serial:04d}"
    return check_letter(rest) + rest


ADA = Identity(upn=upn(1), surname="Wren", forename="Ada", date_of_birth="2014-09-03")
BO = Identity(upn=upn(2), surname="Finch", forename="Bo", date_of_birth="2015-02-01")


def reading(*records: PupilRecord) -> RegisterReading:
    return RegisterReading({}, FIELDS, len(records), records)


def record(identity: Identity, status: str = "N", *needs: str, row: int = 2) -> PupilRecord:
    return PupilRecord(row, identity, status, "", tuple(Need(code) for code in needs))


def test_an_empty_register_makes_every_pupil_new() -> None:
    plan = plan_import({}, reading(record(ADA, "K", "SLCN"), record(BO, row=3)))
    assert [(c.row, c.status, c.pupil) for c in plan.new] == [(2, "K", None), (3, "N", None)]
    assert not plan.changed
    assert not plan.is_empty


def test_changes_are_named_field_by_field() -> None:
    current = {7: CurrentPupil(ADA._replace(year_group="7", sex="F"), "K", ("SLCN",))}
    now = record(ADA._replace(year_group="8"), "E", "SLCN", "ASD")
    (change,) = plan_import(current, reading(now)).changed
    assert change.pupil == 7
    assert change.differences == (
        Difference("year_group", "7", "8"),
        Difference("sen_status", "K", "E"),
        Difference("need", "SLCN", "SLCN, ASD"),
    )
    assert change.identity.sex == "F"  # a blank cell does not wipe out what is known
    assert in_words(change.differences[0]) == "Year group: Year 7 to Year 8"
    assert in_words(change.differences[1]) == "SEN status: SEN support to EHC plan"


def test_a_status_without_needs_keeps_the_needs_there_are() -> None:
    current = {7: CurrentPupil(ADA, "K", ("SLCN",))}
    assert plan_import(current, reading(record(ADA, "K"))).unchanged == ((2, 7),)


def test_leaving_sen_support_ends_the_needs() -> None:
    current = {7: CurrentPupil(ADA, "K", ("SLCN",))}
    (change,) = plan_import(current, reading(record(ADA, "N"))).changed
    assert (change.status, change.needs) == ("N", ())


def test_a_temporary_upn_gives_way_to_the_permanent_one() -> None:
    rest = "80120000500A"
    current = {7: CurrentPupil(ADA._replace(upn=check_letter(rest) + rest))}
    plan = plan_import(current, reading(record(ADA)))
    assert [d.field for d in plan.changed[0].differences] == ["upn"]
    assert plan.left == ()


def test_another_permanent_upn_is_another_pupil() -> None:
    plan = plan_import({7: CurrentPupil(ADA)}, reading(record(ADA._replace(upn=upn(9)))))
    assert len(plan.new) == 1
    assert plan.left == (7,)


def test_two_pupils_of_one_name_and_birth_are_told_apart_by_upn_only() -> None:
    current = {7: CurrentPupil(ADA), 8: CurrentPupil(ADA._replace(upn=upn(9)))}
    plan = plan_import(current, reading(record(ADA._replace(upn=""))))
    assert [issue.row for issue in plan.problems] == [2]
    assert plan.left == ()
    assert plan.is_empty


def test_two_rows_for_one_pupil_on_the_register_are_a_problem() -> None:
    current = {7: CurrentPupil(ADA._replace(upn=""))}
    rows = (record(ADA), record(ADA._replace(upn=""), row=3))
    plan = plan_import(current, reading(*rows))
    assert [issue.row for issue in plan.problems] == [3]


def test_someone_else_under_the_same_upn_is_warned_about() -> None:
    other = BO._replace(upn=ADA.upn)
    plan = plan_import({7: CurrentPupil(ADA)}, reading(record(other)))
    assert "another surname and date of birth" in plan.warnings[0].reason


def test_pupils_not_in_the_file_have_left_unless_their_row_was_refused() -> None:
    current = {7: CurrentPupil(ADA), 8: CurrentPupil(BO)}
    one_left = plan_import(current, reading(record(ADA)))
    assert one_left.left == (8,)
    refused = replace(reading(record(ADA)), refused_upns=frozenset({BO.upn}))
    assert plan_import(current, refused).left == ()
    named = replace(reading(record(ADA)), refused_names=frozenset({("finch", "bo")}))
    assert plan_import(current, named).left == ()


def test_a_file_that_cannot_be_read_as_a_register_does_nothing() -> None:
    blocked = replace(reading(), blockers=("No column holds the pupils’ names.",))
    plan = plan_import({7: CurrentPupil(ADA)}, blocked)
    assert plan.is_empty
    assert plan.left == ()


CODES = st.sampled_from(["SLCN", "ASD", "SEMH"])


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30), st.sampled_from("NKE"), st.lists(CODES, unique=True), st.booleans()
        ),
        unique_by=lambda row: row[0],
    )
)
def test_applying_a_plan_and_planning_again_changes_nothing(
    rows: list[tuple[int, str, list[str], bool]],
) -> None:
    records = []
    for number, (serial, status, codes, has_upn) in enumerate(rows, start=2):
        identity = Identity(
            upn=upn(serial) if has_upn else "",
            surname=f"Wren{serial}",
            forename="Ada",
            date_of_birth=date(2014, 1, 1 + serial).isoformat(),
        )
        needs = tuple(Need(code) for code in (codes if status != "N" else []))
        records.append(PupilRecord(number, identity, status, "", needs))
    first = plan_import({}, reading(*records))
    applied = {
        key: CurrentPupil(c.identity, c.status or "N", tuple(n.code for n in c.needs or ()))
        for key, c in enumerate(first.new)
    }
    second = plan_import(applied, reading(*records))
    assert second.is_empty
    assert len(second.unchanged) == len(records)
    assert second.left == ()


def test_a_pupil_who_had_left_comes_back() -> None:
    plan = plan_import({7: CurrentPupil(ADA, on_roll=False)}, reading(record(ADA)))
    (change,) = plan.changed
    assert [in_words(each) for each in change.differences] == ["Back on the register after leaving"]
    assert plan_import({7: CurrentPupil(ADA, on_roll=False)}, reading()).left == ()


def test_differences_are_said_in_words() -> None:
    said = [
        in_words(Difference(*each))
        for each in (
            ("date_of_birth", "2014-09-03", ""),
            ("eal", "0", "1"),
            ("need", "", "SLCN, ASD"),
            ("class_group", "7A", "8A"),
            ("surname", "Wren", "Jay"),
        )
    ]
    assert said == [
        "Date of birth: 03/09/2014 to not known",
        "English as an additional language: no to yes",
        "SEN need: none to Speech, language and communication needs, Autistic spectrum disorder",
        "Class: 7A to 8A",
        "Surname: Wren to Jay",
    ]
