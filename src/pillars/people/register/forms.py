"""The forms of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from pillars.people.register.codes import NEED_TYPES, SEX_TITLES, YEAR_TITLES, YEARS, Provision
from pillars.people.register.columns import COLUMNS, FLAGS
from pillars.people.register.models import Pupil
from pillars.ui.forms import DateField

MOST_MEGABYTES = 60
YES_NO = [("", "Not known"), ("1", "Yes"), ("0", "No")]
STATUS_CHOICES = [(p.value, p.label) for p in Provision]


class RegisterFileForm(forms.Form):
    """The file a school's MIS exports."""

    file = forms.FileField(
        label="Register file",
        help_text="CSV, XLSX, XLS or ODS from your MIS, or a common transfer file (XML).",
        error_messages={
            "required": "Choose the file your MIS exported.",
            "empty": "The file is empty. Export it again and check that it has rows.",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(
                f"The file is over {MOST_MEGABYTES} MB. Export one year group at a time."
            )
        return file


class ColumnsForm(forms.Form):
    """What each heading of a file means. One choice a heading, "" to leave the column out."""

    def __init__(
        self,
        headings: Mapping[str, str],
        samples: Mapping[str, Sequence[str]],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.headings = list(headings)
        choices = [("", "Leave out"), *((c.field, c.title) for c in COLUMNS.values())]
        for place, (heading, field) in enumerate(headings.items()):
            shown = ", ".join(samples.get(heading, ()))
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=field,
                help_text=f"For example: {shown}" if shown else "No entries in this column.",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [field for field in self.mapping().values() if field]
        for field in sorted({f for f in chosen if chosen.count(f) > 1}):
            title = COLUMNS[field].title
            raise forms.ValidationError(
                f"Two columns are “{title}”. Leave one out, or choose what else it is."
            )
        return cleaned

    def mapping(self) -> dict[str, str]:
        """{heading: field, or "" to leave it out} as chosen."""
        return {
            heading: self.cleaned_data.get(f"column-{place}", "")
            for place, heading in enumerate(self.headings)
        }


class PupilForm(forms.Form):
    """A pupil's details. What the MIS says comes back with the next import."""

    surname = forms.CharField(
        max_length=100, error_messages={"required": "Enter the surname, as your MIS has it."}
    )
    forename = forms.CharField(
        max_length=100, error_messages={"required": "Enter the forename, as your MIS has it."}
    )
    known_as = forms.CharField(
        max_length=100, required=False, help_text="What the pupil is called, if not the forename."
    )
    upn = forms.CharField(label="UPN", max_length=20, required=False)
    date_of_birth = DateField(required=False)
    year_group = forms.ChoiceField(
        required=False, choices=[("", "Not known"), *((y, YEAR_TITLES[y]) for y in YEARS)]
    )
    class_group = forms.CharField(label="Class", max_length=50, required=False)
    sex = forms.ChoiceField(required=False, choices=[("", "Not known"), *SEX_TITLES.items()])
    left_on = DateField(label="Left the school on", required=False)

    def __init__(self, pupil: Pupil, data: Any = None) -> None:
        initial = {name: getattr(pupil, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        for name in FLAGS:
            value = getattr(pupil, name)
            self.fields[name] = forms.TypedChoiceField(
                label=COLUMNS[name].title,
                choices=YES_NO,
                required=False,
                initial="" if value is None else "1" if value else "0",
                coerce=lambda text: text == "1",
                empty_value=None,
            )

    def changed_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class StatusForm(forms.Form):
    """A pupil's SEN status from a day on."""

    status = forms.ChoiceField(
        label="SEN status",
        choices=STATUS_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a status."},
    )
    on = DateField(label="From", error_messages={"required": "Enter the day it begins."})


class NeedForm(forms.Form):
    """A type of need a pupil has."""

    code = forms.ChoiceField(
        label="Type of need",
        choices=[(need.code, need.title) for need in NEED_TYPES.values()],
        error_messages={"required": "Choose a type of need."},
    )
    on = DateField(label="Since", required=False)


class EndNeedForm(forms.Form):
    """The day a need ended."""

    on = DateField(label="Ended on", error_messages={"required": "Enter the day it ended."})
