"""The gallery: each component in every state, so that a change is seen before pupils are."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pillars.ui.charts import Limit, Point, bar_chart, funnel_chart, line_chart
from pillars.ui.forms import DateField, LinesField, ManyFilesField


class GalleryForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As people say it.")
    about = forms.CharField(label="About", widget=forms.Textarea(attrs={"rows": 3}))
    points = LinesField(label="Points", help_text="One a line.")
    day = DateField(label="Review date")
    year = forms.ChoiceField(
        label="Year", choices=[("", "Choose"), ("5", "Year 5"), ("6", "Year 6")]
    )
    status = forms.ChoiceField(
        label="Status", widget=forms.RadioSelect, choices=[("K", "SEN support"), ("E", "EHC plan")]
    )
    areas = forms.MultipleChoiceField(
        label="Areas",
        widget=forms.CheckboxSelectMultiple,
        choices=[("c", "Communication"), ("s", "Sensory")],
    )
    agreed = forms.BooleanField(label="Agreed with parents", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    upload = ManyFilesField(label="Files", help_text="Word, PDF or text.")


def gallery(request: HttpRequest) -> HttpResponse:
    """Each component in every state, with invented words."""
    days = [date(2026, 9, 7) + timedelta(weeks=n) for n in range(12)]
    shares = [0.61, 0.6, 0.63, 0.62, 0.66, 0.65, 0.7, 0.71, 0.74, 0.78, 0.8, 0.84]
    return render(
        request,
        "ui/gallery.html",
        {
            "page_title": "Gallery",
            "empty_form": GalleryForm(),
            "wrong_form": GalleryForm({"name": "", "day": "soon", "about": "Kept as typed"}),
            "shares": shares,
            "page": Paginator(range(95), 20).page(2),
            "line": line_chart(
                list(zip(days, shares, strict=True)),
                title="Paperwork in place",
                summary="Over 12 weeks, from 61 to 84 per cent.",
                target=0.9,
            ),
            "bars": bar_chart(
                [("Two-column table", 12), ("Headings", 7)],
                title="Formats",
                summary="Two formats in 19 files.",
            ),
            "funnel": funnel_chart(
                [
                    Point("Meadow (invented)", 60, 0.78, differs=False),
                    Point("Hillside (invented)", 210, 0.5, differs=True),
                ],
                [
                    Limit(20, 0.5, 0.92, 0.3, 1),
                    Limit(120, 0.64, 0.8, 0.58, 0.85),
                    Limit(240, 0.67, 0.78, 0.62, 0.81),
                ],
                middle=0.72,
                title="Schools",
                summary="One of two schools is lower than chance would explain.",
            ),
        },
    )
