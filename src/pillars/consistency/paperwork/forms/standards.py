"""Forms of the editor of standards. Each makes the next piece of a definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from pillars.consistency.paperwork.checks import Check
from pillars.consistency.paperwork.definition import (
    IN_COLUMNS,
    WITH_CHOICES,
    CheckSetting,
    Column,
    Definition,
    Field,
    FieldType,
)
from pillars.consistency.paperwork.editing import key_for, numbers, section_of
from pillars.ui.forms import LinesField

TITLE = 120
TEXT = 2000
MOST_COLUMNS = 12
TYPES = [(t.value, t.label) for t in FieldType]
COLUMN_TYPES = [(t.value, t.label) for t in FieldType if t in IN_COLUMNS]
STATUSES = [
    ("KE", "Every pupil with SEN support or an EHC plan"),
    ("K", "Pupils with SEN support"),
    ("E", "Pupils with an EHC plan"),
    ("", "Nobody has to have one"),
]


def _title(label: str, missing: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TITLE,
        help_text=help_text,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"label_classes": "govuk-label--s", "autocomplete": "off"}),
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "label_classes": "govuk-label--s"})


class RevisedForm(forms.Form):
    """A form that knows which revision of the draft the person had in front of them."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def renew(self, revision: int) -> None:
        """Go on from a newer revision, after somebody else's change was shown."""
        sent = cast("QueryDict", self.data).copy()
        sent["revision"] = str(revision)
        self.data = sent


class StandardForm(forms.Form):
    """A new standard: what it is called and what it is for."""

    title = _title("Title", "Enter what the standard is called.", "For example, One-page profile.")
    description = forms.CharField(
        label="What it is for",
        required=False,
        max_length=TEXT,
        help_text="One or two sentences for colleagues who have not met it.",
        widget=_area(3),
    )


class AboutForm(RevisedForm, StandardForm):
    """Title and description of a draft."""


class SectionForm(RevisedForm):
    """What a section is called."""

    title = _title("Title of the section", "Enter what the section is called.")


class NewSectionForm(SectionForm):
    """A section, with its first field: no section is empty."""

    first = _title(
        "Its first field",
        "Enter what the first field is called. You can change it and add others afterwards.",
    )


class FieldForm(RevisedForm):
    """Everything about one field. Choices and columns count only for the types that have them."""

    title = _title("Title", "Enter what the field is called.", "What people see above the box.")
    type = forms.ChoiceField(label="What it holds", choices=TYPES)
    required = forms.BooleanField(
        label="It has to be filled in before a document is agreed", required=False
    )
    section = forms.ChoiceField(label="Section")
    guidance = forms.CharField(
        label="What to write",
        required=False,
        max_length=TEXT,
        help_text="Shown above the box. Short and plain.",
        widget=_area(3),
    )
    example = forms.CharField(
        label="What good looks like",
        required=False,
        max_length=TEXT,
        help_text="An invented example. For a table: one row, its cells parted by “·”.",
        widget=_area(4),
    )
    aliases = LinesField(
        label="Other names for it",
        required=False,
        max_length=TEXT * 2,
        help_text="One a line: the labels in the files your schools already have.",
        widget=_area(4),
    )
    choices = LinesField(
        label="Choices",
        required=False,
        max_length=TEXT,
        help_text="One a line. Only for fields that offer choices.",
        widget=_area(4),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        definition: Definition,
        field: Field | None = None,
        section: str = "",
        revision: int = 0,
    ) -> None:
        super().__init__(data, initial={"revision": revision}, label_suffix="")
        self.definition, self.field = definition, field
        self._named("section").choices = [(s.key, s.title) for s in definition.sections]
        if field is None:
            self.initial.update(
                {
                    "type": FieldType.LONG_TEXT.value,
                    "required": True,
                    "section": section or definition.sections[-1].key,
                }
            )
        else:
            self.initial.update(
                {
                    "title": field.title,
                    "type": field.type.value,
                    "required": field.required,
                    "section": section_of(definition, field.key).key,
                    "guidance": field.guidance,
                    "example": field.example,
                    "aliases": field.aliases,
                    "choices": field.choices,
                }
            )
        self._add_columns(field.columns if field else ())

    def _named(self, name: str) -> forms.ChoiceField:
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)
        return found

    def _add_columns(self, columns: Sequence[Column]) -> None:
        sent = sum(1 for n in range(MOST_COLUMNS) if f"column-{n}-title" in self.data)
        self.column_count = min(max(len(columns) + 2, 3, sent), MOST_COLUMNS)
        for n in range(self.column_count):
            column = columns[n] if n < len(columns) else None
            self.fields[f"column-{n}-key"] = forms.CharField(
                required=False, widget=forms.HiddenInput
            )
            self.fields[f"column-{n}-title"] = forms.CharField(
                label="Title", required=False, max_length=TITLE
            )
            self.fields[f"column-{n}-type"] = forms.ChoiceField(
                label="What it holds", required=False, choices=COLUMN_TYPES
            )
            self.fields[f"column-{n}-choices"] = LinesField(
                label="Choices",
                required=False,
                help_text="One a line. Only for a column that offers choices.",
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            if column is not None:
                self.initial[f"column-{n}-key"] = column.key
                self.initial[f"column-{n}-title"] = column.title
                self.initial[f"column-{n}-type"] = column.type.value
                self.initial[f"column-{n}-choices"] = column.choices

    @property
    def plain(self) -> list[BoundField]:
        """The boxes that stand alone, in order."""
        return [self[name] for name in self.base_fields]

    @property
    def columns(self) -> list[list[BoundField]]:
        """The boxes of each column."""
        parts = ("key", "title", "type", "choices")
        return [[self[f"column-{n}-{part}"] for part in parts] for n in range(self.column_count)]

    def to_field(self) -> Field:
        """The field as it was written. Call after `is_valid()`; the key never changes."""
        told = self.cleaned_data
        kind = FieldType(told["type"])
        taken = [f.key for f in self.definition.fields]
        return Field(
            key=self.field.key if self.field else key_for(told["title"], taken),
            title=told["title"],
            type=kind,
            guidance=_lf(told["guidance"]),
            example=_lf(told["example"]),
            required=told["required"],
            choices=tuple(told["choices"]) if kind in WITH_CHOICES else (),
            columns=self._columns() if kind is FieldType.TABLE else (),
            aliases=tuple(told["aliases"]),
        )

    def _columns(self) -> tuple[Column, ...]:
        told = self.cleaned_data
        made: list[Column] = []
        old = {c.key for c in self.field.columns} if self.field else set()
        taken = set(old)
        for n in range(self.column_count):
            title, key = told[f"column-{n}-title"], told[f"column-{n}-key"]
            if not title:
                continue
            if key not in old or any(c.key == key for c in made):
                key = key_for(title, taken)
            taken.add(key)
            kind = FieldType(told[f"column-{n}-type"] or FieldType.SHORT_TEXT)
            choices = tuple(told[f"column-{n}-choices"]) if kind is FieldType.CHOICE else ()
            made.append(Column(key=key, title=title, type=kind, choices=choices))
        return tuple(made)


class CheckForm(RevisedForm):
    """How a standard wants one check."""

    used = forms.BooleanField(label="Make this check", required=False)
    required = forms.BooleanField(
        label="It has to pass before a document can be agreed", required=False
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        check: Check,
        definition: Definition,
        revision: int = 0,
    ) -> None:
        super().__init__(data, initial={"revision": revision}, label_suffix="")
        self.check, self.definition = check, definition
        setting = definition.setting(check.key)
        self.initial.update(
            {
                "used": setting is not None,
                "required": setting.required if setting else False,
            }
        )
        if not check.keys and check.key != "complete":
            self._add_fields(setting.fields if setting else ())
        given = setting.settings if setting else {}
        for name, (default, about) in check.settings.items():
            self.fields[f"set-{name}"] = forms.FloatField(
                label=about,
                min_value=0,
                max_value=1000,
                error_messages={
                    "required": f"Enter a number: {about[0].lower()}{about[1:]}.",
                    "invalid": f"Enter a number: {about[0].lower()}{about[1:]}.",
                },
                widget=forms.TextInput(
                    attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}
                ),
            )
            self.initial[f"set-{name}"] = numbers({name: given.get(name, default)})[name]

    def _add_fields(self, chosen: Sequence[str]) -> None:
        offered = [(f.key, f.title) for f in self.definition.fields]
        if self.check.of_one:
            self.fields["fields"] = forms.ChoiceField(
                label="The field it looks at",
                choices=[("", "Choose a field"), *offered],
                required=False,
            )
            self.initial["fields"] = chosen[0] if chosen else ""
        else:
            self.fields["fields"] = forms.MultipleChoiceField(
                label="The fields it looks at",
                choices=offered,
                required=False,
                help_text="Tick none to look at all of them.",
                widget=forms.CheckboxSelectMultiple,
            )
            self.initial["fields"] = list(chosen)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("used"):
            return told
        if self.check.of_one and not told.get("fields"):
            self.add_error("fields", "Choose the field this check looks at.")
        missing = [key for key in self.check.keys if not self.definition.has(key)]
        if missing:
            self.add_error(
                "used",
                "This check follows the fields of the Support plan."
                f" This standard has no {_and(missing)}.",
            )
        return told

    def to_setting(self) -> CheckSetting | None:
        """The check as it was set; None where it is not to be made. Call after `is_valid()`."""
        told = self.cleaned_data
        if not told["used"]:
            return None
        chosen = told.get("fields") or ()
        if self.check.keys:
            wanted = (*self.check.keys, "review_date")
            chosen = tuple(key for key in wanted if self.definition.has(key))
        return CheckSetting(
            check=self.check.key,
            fields=(chosen,) if isinstance(chosen, str) else tuple(chosen),
            settings=numbers({name: told[f"set-{name}"] for name in self.check.settings}),
            required=told["required"],
        )


class RequiredForm(forms.Form):
    """Which documents every pupil of a status needs: one question for each standard in force."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        standards: Mapping[str, str],
        required: Mapping[str, str],
    ) -> None:
        super().__init__(data, label_suffix="")
        for key, title in standards.items():
            self.fields[key] = forms.ChoiceField(
                label=title,
                choices=STATUSES,
                required=False,
                widget=forms.RadioSelect,
                initial=required.get(key, ""),
            )

    def statuses(self) -> dict[str, str]:
        """Standard key → statuses. Call after `is_valid()`."""
        return dict(self.cleaned_data)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def _and(keys: Sequence[str]) -> str:
    names = [f"“{key.replace('_', ' ')}”" for key in keys]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
