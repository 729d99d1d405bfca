"""What the trail is filtered by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pillars.ui.forms import DateField


class TrailFilterForm(forms.Form):
    """Person, kind of row, first and last day. Each may be left open."""

    person = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(required=False)
    since = DateField(label="From", required=False, help_text="")
    until = DateField(label="To", required=False, help_text="")

    def __init__(
        self,
        *args: Any,
        people: Iterable[tuple[int, str]],
        kinds: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(pk), name) for pk, name in people]
        self.fields["person"].choices = [("", "Anybody"), *names]  # type: ignore[attr-defined]
        words = sorted((name, words.capitalize()) for name, words in kinds.items())
        self.fields["kind"].choices = [("", "Anything"), *words]  # type: ignore[attr-defined]
