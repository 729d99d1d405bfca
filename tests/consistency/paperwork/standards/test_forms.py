"""Forms of the editor: what they make of what was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict
from tests.consistency.paperwork.definitions import make_definition, make_field, two_sections

from pillars.consistency.paperwork.checks import CHECKS
from pillars.consistency.paperwork.definition import CheckSetting, Column, Field, FieldType
from pillars.consistency.paperwork.editing import with_field
from pillars.consistency.paperwork.forms.standards import CheckForm, FieldForm, RequiredForm
from pillars.consistency.paperwork.shipped import SHIPPED

D = two_sections()


def sent(**values: Any) -> QueryDict:
    """What a browser sends; “column_0_title” stands for “column-0-title”."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        named = name.replace("_", "-") if name.startswith(("column_", "set_")) else name
        data.setlist(named, value if isinstance(value, list) else [str(value)])
    return data


def written(field: Field | None = None, **values: Any) -> Field:
    """The field a form makes of these values."""
    usual = {"revision": 0, "title": "New one", "type": "long_text", "section": "one"}
    inside = D if field is None or D.has(field.key) else with_field(D, "one", field)
    form = FieldForm(sent(**(usual | values)), definition=inside, field=field)
    assert form.is_valid(), form.errors
    return form.to_field()


def test_new_field_gets_a_key_of_its_title() -> None:
    assert written(title="A", required="on") == make_field("a_2", title="A")


def test_field_keeps_its_key_when_it_is_renamed() -> None:
    assert written(D.field("a"), title="Alpha").key == "a"


def test_words_come_back_line_by_line() -> None:
    field = written(guidance="One\r\ntwo", example="x\r\ny", aliases="Help\r\n\r\n Aid ")
    assert (field.guidance, field.example) == ("One\ntwo", "x\ny")
    assert field.aliases == ("Help", "Aid")
    assert not field.required


def test_choices_count_only_where_the_type_has_them() -> None:
    assert written(type="choice", choices="Yes\r\nNo").choices == ("Yes", "No")
    assert written(type="long_text", choices="Yes\r\nNo").choices == ()


def test_columns_are_made_kept_and_left_out() -> None:
    table = make_field("t", FieldType.TABLE)
    field = written(
        table,
        type="table",
        column_0_key="what",
        column_0_title="What now",
        column_0_type="long_text",
        column_1_key="who",
        column_1_title="",
        column_2_key="",
        column_2_title="What",
        column_2_type="choice",
        column_2_choices="A\r\nB",
        column_3_key="what",
        column_3_title="Twice",
        column_3_type="",
    )
    assert field.columns == (
        Column("what", "What now", FieldType.LONG_TEXT),
        Column("what_2", "What", FieldType.CHOICE, ("A", "B")),
        Column("twice", "Twice"),
    )


def test_columns_of_a_field_that_is_no_table_are_forgotten() -> None:
    assert written(column_0_title="What", column_0_type="date").columns == ()


def test_form_shows_the_field_as_it_is() -> None:
    table = replace(
        make_field("t", FieldType.TABLE, columns=(Column("d", "Day", FieldType.DATE),)),
        aliases=("Grid",),
    )
    form = FieldForm(definition=make_definition(table), field=table, revision=4)
    assert form["revision"].value() == 4
    assert form["section"].value() == "one"
    assert form["aliases"].value() == "Grid"
    assert [box.value() for box in form.columns[0][:3]] == ["d", "Day", "date"]
    assert len(form.columns) == 3
    assert "column-0-key" not in [box.name for box in form.plain]


def test_new_field_stands_in_the_section_asked_for_or_the_last() -> None:
    assert FieldForm(definition=D, section="one")["section"].value() == "one"
    assert FieldForm(definition=D)["section"].value() == "two"


@pytest.mark.parametrize("missing", ["title", "type", "section", "revision"])
def test_field_without_what_it_needs_is_not_taken(missing: str) -> None:
    data = sent(revision=0, title="New", type="long_text", section="one")
    del data[missing]
    form = FieldForm(data, definition=D)
    assert missing in form.errors


def test_renewed_form_keeps_what_was_typed() -> None:
    data = sent(revision=1, title="New", type="long_text", section="one")
    form = FieldForm(data, definition=D)
    assert form.is_valid()
    form.renew(5)
    assert (form["revision"].value(), form["title"].value()) == ("5", "New")


def setting(check: str, **values: Any) -> CheckSetting | None:
    """The setting a form makes of these values."""
    form = CheckForm(sent(revision=0, **values), check=CHECKS[check], definition=D)
    assert form.is_valid(), form.errors
    return form.to_setting()


def test_check_not_made_has_no_setting() -> None:
    assert setting("complete") is None
    assert setting("in_date", set_months="12") is None


def test_check_of_one_field() -> None:
    made = setting("in_date", used="on", required="on", fields="d", set_months="4")
    assert made == CheckSetting("in_date", ("d",), {"months": 4})
    form = CheckForm(
        sent(revision=0, used="on", set_months="4"), check=CHECKS["in_date"], definition=D
    )
    assert form.errors == {"fields": ["Choose the field this check looks at."]}


def test_check_of_many_fields() -> None:
    assert setting("vague_wording", used="on", fields=["a", "c"]) == CheckSetting(
        "vague_wording", ("a", "c"), {}, required=False
    )
    assert setting("vague_wording", used="on") == CheckSetting("vague_wording", required=False)
    assert setting("complete", used="on") == CheckSetting("complete", required=False)


def test_limits_are_numbers() -> None:
    made = setting("pupil_voice", used="on", set_share="0.75")
    assert made is not None
    assert made.settings == {"share": 0.75}
    form = CheckForm(
        sent(revision=0, used="on", set_share="half"), check=CHECKS["pupil_voice"], definition=D
    )
    assert form.errors["set-share"] == [
        "Enter a number: at least this share of sentences, from 0 to 1."
    ]


def test_golden_thread_takes_the_fields_of_the_support_plan() -> None:
    plan = SHIPPED["support-plan"]
    data = sent(revision=0, used="on")
    form = CheckForm(data, check=CHECKS["golden_thread"], definition=plan)
    assert form.is_valid()
    made = form.to_setting()
    assert made is not None
    assert made.fields == ("needs", "outcomes", "provision", "review_date")
    other = CheckForm(data, check=CHECKS["golden_thread"], definition=D)
    assert other.errors["used"] == [
        "This check follows the fields of the Support plan."
        " This standard has no “needs”, “outcomes” and “provision”."
    ]
    nearly = make_definition(make_field("needs"), make_field("outcomes"))
    close = CheckForm(data, check=CHECKS["golden_thread"], definition=nearly)
    assert "has no “provision”." in close.errors["used"][0]


@pytest.mark.parametrize("key", CHECKS)
def test_form_shows_a_check_as_it_is_set(key: str) -> None:
    for definition in (*SHIPPED.values(), D):
        form = CheckForm(check=CHECKS[key], definition=definition)
        was = definition.setting(key)
        assert form["used"].value() is (was is not None)
        if "fields" in form.fields and was is not None:
            shown = form["fields"].value()
            assert (shown if isinstance(shown, list) else [shown]) == list(was.fields)
        for name, (default, _) in CHECKS[key].settings.items():
            expected = was.settings.get(name, default) if was else default
            assert form[f"set-{name}"].value() == expected


def test_required_documents_are_asked_for_each_standard() -> None:
    standards = {"pupil-passport": "Pupil Passport", "support-plan": "Support plan"}
    form = RequiredForm(standards=standards, required={"pupil-passport": "KE"})
    assert [form[key].value() for key in standards] == ["KE", ""]
    data = QueryDict("pupil-passport=E&support-plan=")
    form = RequiredForm(data, standards=standards, required={})
    assert form.is_valid()
    assert form.statuses() == {"pupil-passport": "E", "support-plan": ""}
