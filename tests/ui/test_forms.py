from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from pillars.ui.forms import DateField, LinesField, ManyFilesField, component, errors_of


@pytest.mark.parametrize(
    "typed",
    [
        "9/11/2026",
        "09/11/2026",
        "9/11/26",
        "2026-11-09",
        "9-11-2026",
        "9.11.2026",
        "9 November 2026",
        "9 nov 2026",
        " 9 Nov 26 ",
        "9 11 2026",
    ],
)
def test_a_date_is_taken_as_people_in_england_write_it(typed: str) -> None:
    assert DateField().clean(typed) == date(2026, 11, 9)


@pytest.mark.parametrize("typed", ["soon", "31/2/2026", "11/31/2026", "9 Nvember 2026"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="Enter a date, such as 9 November 2026"):
        DateField().clean(typed)


def test_a_date_is_shown_in_words_and_what_was_typed_as_it_was_typed() -> None:
    field = DateField()
    assert field.prepare_value(date(2026, 11, 9)) == "9 November 2026"
    assert field.prepare_value("soon") == "soon"


def test_lines_become_a_list_without_empty_ones() -> None:
    assert LinesField().clean(" one \n\n two\r\n") == ["one", "two"]
    assert LinesField(required=False).clean("") == []
    assert LinesField().prepare_value(["one", "two"]) == "one\ntwo"
    assert LinesField().prepare_value("one\n\ntwo") == "one\n\ntwo"
    with pytest.raises(forms.ValidationError):
        LinesField().clean(" \n ")


class Upload(forms.Form):
    files = ManyFilesField(label="Files")


def test_several_files_come_as_a_list() -> None:
    given = [SimpleUploadedFile(name, b"x") for name in ("a.txt", "b.txt")]
    form = Upload({}, MultiValueDict({"files": given}))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["a.txt", "b.txt"]


def test_no_file_at_all_is_said_so() -> None:
    form = Upload({}, MultiValueDict())
    assert not form.is_valid()
    assert errors_of(form["files"]) == ["Choose a file for “Files”."]
    assert ManyFilesField(required=False).clean([]) == []


class Everything(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it.")
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    about = forms.CharField(label="About", widget=forms.Textarea({"rows": 3}), required=False)
    year = forms.ChoiceField(label="Year", choices=[("", "Choose"), ("5", "Year 5")])
    status = forms.ChoiceField(
        label="Status", widget=forms.RadioSelect, choices=[("K", "SEN support")]
    )
    areas = forms.MultipleChoiceField(
        label="Areas", widget=forms.CheckboxSelectMultiple, choices=[("c", "One"), ("s", "Two")]
    )
    agreed = forms.BooleanField(label="Agreed", help_text="With parents.")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    upload = forms.FileField(label="File")
    hidden = forms.CharField(widget=forms.HiddenInput, initial="7")


def params_of(name: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
    form = Everything(data) if data is not None else Everything()
    return dict(component(form[name])["params"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name", "input"),
        ("about", "textarea"),
        ("year", "select"),
        ("status", "radios"),
        ("areas", "checkboxes"),
        ("agreed", "checkbox"),
        ("secret", "password"),
        ("upload", "file"),
        ("hidden", "hidden"),
    ],
)
def test_each_field_knows_its_component(name: str, kind: str) -> None:
    assert component(Everything()[name])["kind"] == kind


def test_a_text_field_carries_label_hint_type_and_autocomplete() -> None:
    name, email = params_of("name"), params_of("email")
    assert name["label"]["text"] == "Name"
    assert name["hint"] == {"text": "As people say it."}
    assert name["attributes"]["aria-required"] == "true"
    assert email["type"] == "email"
    assert email["autocomplete"] == "email"
    assert "errorMessage" not in name
    assert params_of("about")["rows"] == 3


def test_a_number_is_typed_as_text_so_that_what_is_none_is_kept() -> None:
    class Numbers(forms.Form):
        whole = forms.IntegerField(min_value=1)
        share = forms.FloatField(max_value=100)

    form = Numbers({"whole": "seven", "share": "1.5"})
    whole, share = (component(form[name])["params"] for name in ("whole", "share"))
    assert (whole["type"], whole["inputmode"], whole["value"]) == ("text", "numeric", "seven")
    assert share["inputmode"] == "decimal"
    assert not {"min", "max", "step"} & (whole["attributes"].keys() | share["attributes"].keys())
    assert errors_of(form["whole"]) == ["Enter a whole number."]


def test_what_was_typed_is_kept_beside_its_error() -> None:
    data = {"email": "nobody", "about": "kept", "year": "9", "areas": ["s"]}
    assert params_of("email", data)["value"] == "nobody"
    assert "errorMessage" in params_of("email", data)
    assert params_of("about", data)["value"] == "kept"
    chosen = [item.get("checked") for item in params_of("areas", data)["items"]]
    assert chosen == [None, True]
    assert params_of("hidden")["value"] == "7"


def test_a_password_is_never_sent_back() -> None:
    assert "value" not in params_of("secret", {"secret": "typed before"})


def test_grouped_choices_have_no_aria_required_of_their_own() -> None:
    for name in ("status", "areas", "agreed"):
        assert "aria-required" not in params_of(name)["attributes"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("name", "Fill in “Name”."),
        ("year", "Choose an answer for “Year”."),
        ("status", "Choose an answer for “Status”."),
        ("areas", "Choose an answer for “Areas”."),
        ("agreed", "Tick “Agreed” to go on."),
        ("upload", "Choose a file for “File”."),
    ],
)
def test_a_missing_answer_is_named_in_its_error(name: str, said: str) -> None:
    form = Everything({})
    assert not form.is_valid()
    assert errors_of(form[name]) == [said]
    assert component(form[name])["params"]["errorMessage"] == {"text": said}


def test_an_error_written_for_the_field_is_left_as_it_is() -> None:
    class Own(forms.Form):
        name = forms.CharField(label="Name", error_messages={"required": "Say who it is for."})

    assert errors_of(Own({})["name"]) == ["Say who it is for."]
