"""Form fields that know their GOV.UK component."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

DATE_FORMATS = [
    "%d/%m/%Y",
    "%d/%m/%y",
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d %B %y",
    "%d %b %y",
    "%d %m %Y",
]


class DateField(forms.DateField):
    """One box that takes a date as people in England write it."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DATE_FORMATS)
        kwargs.setdefault("help_text", "For example, 9 November 2026 or 9/11/2026.")
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "Enter a date, such as 9 November 2026."

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%-d %B %Y}" if isinstance(value, date) else value


class LinesField(forms.CharField):
    """A list, one point a line. Cleans to a list of non-empty lines."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in str(text).splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one go. Cleans to a list of uploads."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        # Without any file, the field itself says whether one is needed.
        taken = [super(ManyFilesField, self).clean(one, initial) for one in given or [None]]
        return [file for file in taken if file]


_KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.Widget, "input"),
]


def errors_of(bound: BoundField) -> list[str]:
    """What is wrong with a field, in sentences that make sense away from it, as in the summary."""
    default = forms.Field.default_error_messages["required"]
    return [
        _missing(bound) if error.code == "required" and error.message == default else said
        for error in bound.errors.as_data()
        for said in error.messages
    ]


def _missing(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.FileInput):
        return f"Choose a file for “{bound.label}”."
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{bound.label}” to go on."
    if isinstance(widget, forms.Select | forms.RadioSelect):
        return f"Choose an answer for “{bound.label}”."
    return f"Fill in “{bound.label}”."


def component(bound: BoundField) -> dict[str, Any]:
    """What a GOV.UK macro needs to draw this field: {"kind": …, "params": …}."""
    widget = bound.field.widget
    kind = next(name for of, name in _KINDS if isinstance(widget, of))
    params: dict[str, Any] = {
        "id": bound.id_for_label or bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "label": {"text": bound.label, "classes": widget.attrs.get("label_classes", "")},
        "attributes": _attributes(bound),
        "classes": widget.attrs.get("class", ""),
        "errorMessage": {"text": " ".join(errors_of(bound))} if bound.errors else None,
    }
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    if kind in ("checkboxes", "radios", "select"):
        params |= _choices(bound, kind)
    elif kind == "checkbox":
        params |= _single_checkbox(bound)
    elif kind not in ("file", "password"):
        value = bound.value()
        params["value"] = "" if value is None else str(value)
    if kind == "input":
        params |= _input_type(widget)
    if kind == "textarea":
        params["rows"] = widget.attrs.get("rows", 5)
    if kind == "file":
        params["multiple"] = bool(getattr(widget, "allow_multiple_selected", False))
    if "autocomplete" in widget.attrs:
        params["autocomplete"] = widget.attrs["autocomplete"]
    return {"kind": kind, "params": {k: v for k, v in params.items() if v is not None}}


def _input_type(widget: forms.Widget) -> dict[str, Any]:
    """A number is typed into a box of text: what is no number is kept and said, and a wheel that
    turns over the page does not change it."""
    if isinstance(widget, forms.NumberInput):
        whole = "step" not in widget.attrs
        return {"type": "text", "inputmode": "numeric" if whole else "decimal"}
    return {"type": getattr(widget, "input_type", "text")}


_OWN = {"class", "rows", "cols", "label_classes", "autocomplete", "legend_size"}
_OF_NUMBERS = {"min", "max", "step"}


def _attributes(bound: BoundField) -> dict[str, Any]:
    unused = _OWN | _OF_NUMBERS if isinstance(bound.field.widget, forms.NumberInput) else _OWN
    attributes = {k: v for k, v in bound.field.widget.attrs.items() if k not in unused}
    grouped = (forms.CheckboxSelectMultiple, forms.RadioSelect, forms.CheckboxInput)
    if bound.field.required and not isinstance(bound.field.widget, grouped):
        attributes["aria-required"] = "true"
    return attributes


def _choices(bound: BoundField, kind: str) -> dict[str, Any]:
    value = bound.value()
    chosen = {str(v) for v in (value if isinstance(value, list | tuple | set) else [value])}
    flag = "selected" if kind == "select" else "checked"
    items: list[dict[str, Any]] = []
    for key, text in getattr(bound.field, "choices", []):
        value_ = "" if key is None else str(key)
        items.append({"value": value_, "text": str(text), flag: value_ in chosen or None})
    if kind == "select":
        return {"items": items}
    legend = {"text": bound.label, "classes": "govuk-fieldset__legend--s"}
    return {"items": items, "idPrefix": bound.auto_id, "fieldset": {"legend": legend}}


def _single_checkbox(bound: BoundField) -> dict[str, Any]:
    item: dict[str, Any] = {
        "value": "on",
        "text": bound.label,
        "checked": bool(bound.value()) or None,
        "id": bound.id_for_label,
    }
    if bound.help_text:
        item["hint"] = {"text": bound.help_text}
    return {"items": [item], "idPrefix": bound.auto_id, "hint": None}
