"""Terms, days without pupils, and calendar files."""

from __future__ import annotations

from django import forms

from pillars.foundation.models import ClosureKind, TermKind
from pillars.ui.forms import DateField


class TermForm(forms.Form):
    """A term or half term."""

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="For example, Autumn 1.",
        error_messages={"required": "Give the term a name."},
    )
    kind = forms.ChoiceField(label="Part of the year", choices=TermKind.choices)
    first_day = DateField(label="First day", error_messages={"required": "Give the first day."})
    last_day = DateField(label="Last day", error_messages={"required": "Give the last day."})


class ClosureForm(forms.Form):
    """A day in term without pupils."""

    day = DateField(label="Day", error_messages={"required": "Give the day."})
    kind = forms.ChoiceField(label="What it is", choices=ClosureKind.choices)
    name = forms.CharField(label="Name (optional)", max_length=80, required=False)


class CalendarFileForm(forms.Form):
    file = forms.FileField(
        label="Calendar file",
        help_text=(
            "A spreadsheet with the columns What, Name, First day and Last day, "
            "or an iCalendar file (.ics)."
        ),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
