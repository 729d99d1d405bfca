"""Forms of documents. A document's own form is made from its standard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from pillars.consistency.paperwork.definition import Column, Definition, Field, FieldType, Section
from pillars.consistency.paperwork.models import Relation
from pillars.ui.forms import DateField, LinesField

YES_NO = [("yes", "Yes"), ("no", "No")]
RATINGS = [(str(number), str(number)) for number in range(4)]
LONGEST = 20_000
MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table field: its number for people, and a box for each column."""

    number: int
    boxes: list[BoundField]


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the standard as the page shows it: a box, or the rows of a table."""

    field: Field
    bound: BoundField | None
    rows: list[TableRow]

    @property
    def shows_example(self) -> bool:
        """Whether it is worth showing what good looks like: a name or a date needs no model."""
        return self.field.type in {FieldType.LONG_TEXT, FieldType.LIST, FieldType.TABLE}


class DocumentForm(forms.Form):
    """A draft as boxes to write in. Nothing is required here: a draft may be half written.

    Clean values are what the standard stores (`answers`); a box that cannot be read keeps its
    error and does not stop the others. Rows of tables are named `key-row-column`.
    """

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        definition: Definition,
        answers: Mapping[str, Any],
        revision: int,
        more: str = "",
    ) -> None:
        super().__init__(data, initial={"revision": revision}, label_suffix="")
        self.definition = definition
        self.row_counts: dict[str, int] = {}
        for field in definition.fields:
            if field.type is FieldType.TABLE:
                self._add_table(field, answers.get(field.key), more=more == field.key)
            else:
                box = _box(field, answers.get(field.key))
                box.widget.attrs["label_classes"] = "govuk-label--s"
                self.fields[field.key] = box
                self.initial[field.key] = _shown(field, answers.get(field.key))

    def _add_table(self, field: Field, answer: Any, *, more: bool) -> None:
        rows = answer if isinstance(answer, list) else []
        sent = sum(1 for row in range(MOST_ROWS) if self._was_sent(field, row))
        count = min(max(len(rows) + 1, sent, 2) + (1 if more else 0), MOST_ROWS)
        self.row_counts[field.key] = count
        for row in range(count):
            for column in field.columns:
                name = f"{field.key}-{row}-{column.key}"
                self.fields[name] = _column_box(column)
                if row < len(rows) and isinstance(rows[row], Mapping):
                    self.initial[name] = _shown_cell(column, rows[row].get(column.key))

    def _was_sent(self, field: Field, row: int) -> bool:
        return any(f"{field.key}-{row}-{column.key}" in self.data for column in field.columns)

    def answers(self) -> dict[str, Any]:
        """What was written, in the shapes the standard stores; fields with an error are left out.

        Call after `is_valid()`. A field that was not sent at all is left out too, so that half a
        form never empties the rest.
        """
        found = {}
        for field in self.definition.fields:
            if field.type is FieldType.TABLE:
                if self._was_sent(field, 0):
                    found[field.key] = self._table(field)
            elif field.key in self.cleaned_data and self._sent_box(field):
                found[field.key] = _stored(field, self.cleaned_data[field.key])
        return found

    def _sent_box(self, field: Field) -> bool:
        # Radios and tick boxes with nothing chosen send nothing; all other boxes send "".
        return field.key in self.data or field.type in _SILENT

    def _table(self, field: Field) -> list[dict[str, str]]:
        rows = []
        for row in range(self.row_counts[field.key]):
            cells = {
                column.key: _cell(self.cleaned_data.get(f"{field.key}-{row}-{column.key}"))
                for column in field.columns
            }
            if any(cells.values()):
                rows.append(cells)
        return rows

    def parts(self, section: Section) -> list[Part]:
        """The fields of a section in order, each with its box or its rows."""
        return [self._part(field) for field in section.fields]

    def _part(self, field: Field) -> Part:
        if field.type is not FieldType.TABLE:
            return Part(field, self[field.key], [])
        rows = [
            TableRow(row + 1, [self[f"{field.key}-{row}-{c.key}"] for c in field.columns])
            for row in range(self.row_counts[field.key])
        ]
        return Part(field, None, rows)

    def say_revision(self, revision: int) -> None:
        """Show the form again after part of it was saved: what comes next begins from there."""
        data = MultiValueDict(self.data) if isinstance(self.data, MultiValueDict) else {**self.data}
        data["revision"] = str(revision)
        self.data = data

    def problems(self) -> list[str]:
        """One sentence for each box that could not be read."""
        return [
            f"{self[name].label}: {' '.join(map(str, errors))}"
            for name, errors in self.errors.items()
            if name in self.fields
        ]


_SILENT = frozenset({FieldType.MANY_CHOICE, FieldType.YES_NO, FieldType.RATING})
_ROWS = {FieldType.LONG_TEXT: 4, FieldType.LIST: 6}


def _box(field: Field, answer: Any) -> forms.Field:
    shared: dict[str, Any] = {
        "label": field.title,
        "help_text": field.guidance,
        "required": False,
    }
    if field.type is FieldType.DATE:
        return DateField(**{**shared, "help_text": field.guidance or "For example, 26 March 2027."})
    if field.type is FieldType.LIST:
        return LinesField(**shared, max_length=LONGEST, widget=_area(field))
    if field.type is FieldType.MANY_CHOICE:
        return forms.MultipleChoiceField(
            **shared,
            choices=_offered(field.choices, answer),
            widget=forms.CheckboxSelectMultiple,
        )
    choices = _choices(field, answer)
    if choices:
        widget = forms.Select if field.type is FieldType.CHOICE else forms.RadioSelect
        return forms.ChoiceField(**shared, choices=choices, widget=widget)
    if field.type is FieldType.LONG_TEXT:
        return forms.CharField(**shared, max_length=LONGEST, widget=_area(field))
    return forms.CharField(**shared, max_length=500, widget=_line())


def _offered(choices: tuple[str, ...], answer: Any) -> list[tuple[str, str]]:
    # What was chosen before stays on offer, also when the standard no longer has it.
    before = answer if isinstance(answer, list) else [answer]
    kept = [one for one in before if isinstance(one, str) and one and one not in choices]
    return [(choice, choice) for choice in (*choices, *kept)]


def _choices(field: Field, answer: Any) -> list[tuple[str, str]]:
    if field.type is FieldType.CHOICE:
        return [("", "Choose"), *_offered(field.choices, answer)]
    if field.type is FieldType.YES_NO:
        return YES_NO
    return RATINGS if field.type is FieldType.RATING else []


def _column_box(column: Column) -> forms.Field:
    if column.type is FieldType.DATE:
        return DateField(label=column.title, required=False, help_text="")
    if column.type is FieldType.CHOICE:
        choices = [("", "Choose"), *((choice, choice) for choice in column.choices)]
        return forms.ChoiceField(label=column.title, required=False, choices=choices)
    if column.type is FieldType.LONG_TEXT:
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=column.title, required=False, max_length=LONGEST, widget=area)
    return forms.CharField(label=column.title, required=False, max_length=1000, widget=_line())


def _area(field: Field) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": _ROWS[field.type], "spellcheck": "true"})


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off"})


def _shown(field: Field, answer: Any) -> Any:
    if field.type is FieldType.DATE:
        return _as_day(answer)
    if field.type is FieldType.YES_NO and isinstance(answer, bool):
        return "yes" if answer else "no"
    if field.type is FieldType.RATING and answer is not None:
        return str(answer)
    return answer


def _shown_cell(column: Column, answer: Any) -> Any:
    return _as_day(answer) if column.type is FieldType.DATE else answer


def _as_day(answer: Any) -> Any:
    try:
        return date.fromisoformat(answer)
    except (TypeError, ValueError):
        return answer


def _stored(field: Field, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if field.type is FieldType.YES_NO:
        return value == "yes" if value else None
    if field.type is FieldType.RATING:
        return int(value) if value else None
    if value is None:
        return ""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _cell(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).replace("\r\n", "\n")


class ReviewForm(forms.Form):
    """A review found the document still right: when is it looked at again?"""

    review_on = DateField(
        label="Next review date", error_messages={"required": "Enter the next review date."}
    )


class ContributionForm(forms.Form):
    """Who had a part in a document, and when."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        error_messages={"required": "Enter who took part, such as “Mum” or a name."},
        widget=_line(),
    )
    relation = forms.ChoiceField(
        label="Who they are to the pupil",
        choices=[("", "Choose"), *Relation.choices],
        error_messages={"required": "Choose who they are to the pupil."},
    )
    on = DateField(label="Day", error_messages={"required": "Enter the day they took part."})
