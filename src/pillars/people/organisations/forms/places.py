"""Trusts, schools and the directory."""

from __future__ import annotations

from typing import Any

from django import forms

from pillars.people.organisations.models import School, Trust
from pillars.people.organisations.queries import school_by_urn


class TrustSettingsForm(forms.Form):
    schools_may_publish = forms.BooleanField(
        label="Schools may publish standards of their own",
        required=False,
        help_text="Otherwise every school works to the trust’s standards.",
    )


class AskSchoolForm(forms.Form):
    """The trust asks a school, by its URN."""

    urn = forms.CharField(
        label="The school’s URN",
        max_length=12,
        help_text="Six digits. You find it on GOV.UK or ask the school.",
        error_messages={"required": "Give the school’s URN."},
    )

    def clean_urn(self) -> School:
        school = school_by_urn(str(self.cleaned_data["urn"]))
        if school is None:
            raise forms.ValidationError("No school has this URN. It has six digits; check each.")
        return school


class AskTrustForm(forms.Form):
    """The school asks a trust that works here."""

    trust = forms.ModelChoiceField(
        label="Trust",
        queryset=Trust.objects.none(),
        empty_label="Choose a trust",
        error_messages={"required": "Choose a trust."},
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trusts = Trust.objects.filter(joined_on__isnull=False).exclude(pk=school.trust_id or 0)
        self.fields["trust"].queryset = trusts  # type: ignore[attr-defined]


class DirectoryFileForm(forms.Form):
    file = forms.FileField(
        label="File from GIAS",
        help_text="A CSV or spreadsheet of establishments, up to 100 MB.",
        error_messages={
            "required": "Choose the file you downloaded.",
            "empty": "The file is empty.",
        },
    )


class DirectorySearchForm(forms.Form):
    q = forms.CharField(label="Name, URN or trust number", max_length=120, required=False)
