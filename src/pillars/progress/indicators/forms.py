"""What to reach, entered as people say it."""

from __future__ import annotations

from typing import Any

from django import forms

from pillars.foundation.indicators import Indicator, Unit


class TargetForm(forms.Form):
    """A target in per cent for a share, as a plain number otherwise. Cleans to the stored value."""

    target = forms.FloatField(min_value=0)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        field = self.fields["target"]
        if indicator.unit is Unit.SHARE:
            field.label, field.help_text = "Target in per cent", "From 0 to 100."
        else:
            field.label, field.help_text = "Target", "A whole number is best."
        self.initial.setdefault("target", _shown(indicator))

    def clean_target(self) -> float:
        value = float(self.cleaned_data["target"])
        if self.indicator.unit is Unit.SHARE:
            if value > 100:
                raise forms.ValidationError("Enter a target between 0 and 100 per cent.")
            return value / 100
        return value


def _shown(indicator: Indicator) -> str:
    value = indicator.target * 100 if indicator.unit is Unit.SHARE else indicator.target
    return f"{value:g}"
