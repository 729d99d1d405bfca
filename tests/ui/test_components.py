"""Each part drawn from the page's side: what it says, and what it never does."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from lxml import html

from pillars.ui.charts import bar_chart


def draw(call: str, **context: Any) -> html.HtmlElement:
    """What one call of a macro puts on the page."""
    name = call.split("(", maxsplit=1)[0]
    source = "fields" if name in FIELDS else "components"
    template = engines["jinja2"].from_string(
        f'{{% from "ui/{source}.html" import {name} %}}{{{{ {call} }}}}'
    )
    text = template.render(context, RequestFactory().get("/"))
    assert "style=" not in text
    assert "onclick" not in text
    return html.fragment_fromstring(text, create_parent="main")


FIELDS = {"field", "fields", "error_summary", "submit", "action_button", "reason_button"}


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


HOSTILE = "<script>alert(1)</script> & “quotes” \" '"


@pytest.mark.parametrize(
    "call",
    [
        "page_heading(x, x, [{'text': x}])",
        "tag(x)",
        "link(x, '/a/', x)",
        "button_link(x, '/a/')",
        "banner(x, 'error')",
        "figures([{'value': x, 'label': x, 'note': x}])",
        "bar(x, 1, 2)",
        "due_list([{'when': x, 'title': x, 'url': '/a/', 'detail': x, 'action': x}])",
        "finding(x, 'must', x, x)",
        "data_table([x], [[x]], x)",
        "data_table([x], [{'id': 1, 'label': x, 'cells': [{'text': x, 'lines': [x]}]}], x, 'p')",
        "empty_state(x, x, '/a/', x)",
        "summary_list([{'key': x, 'value': x, 'url': '/a/'}])",
        "progress(x, 1, 2)",
        "steps([x])",
        "difference([{'kind': 'added', 'text': x}])",
        "compare_columns(x, x, [{'title': x, 'left': x, 'right': x}])",
        "filters([{'name': 'a', 'label': x, 'choices': [(x, x)], 'value': x}])",
        "sparkline([0.1, 0.2], x)",
        "reason_button(x, x)",
        "submit(x)",
    ],
)
def test_what_people_type_is_never_markup(call: str) -> None:
    drawn = draw(call, x=HOSTILE)
    assert drawn.xpath("//script") == []
    assert "alert(1)" in html.tostring(drawn, encoding="unicode")


def test_a_disabled_button_says_why() -> None:
    drawn = draw("reason_button('Agree', 'Fill in what to avoid first.', id='why')")
    (button,) = drawn.xpath("//button")
    assert button.get("disabled") is not None
    assert button.get("aria-describedby") == "why"
    assert words(drawn.xpath("//*[@id='why']")[0]) == "Fill in what to avoid first."


def test_a_button_without_a_reason_can_be_pressed() -> None:
    (button,) = draw("reason_button('Agree', name='do', value='agree')").xpath("//button")
    assert button.get("disabled") is None
    assert (button.get("name"), button.get("value")) == ("do", "agree")


def test_an_action_is_a_post_with_its_token() -> None:
    request = RequestFactory().get("/")
    drawn = draw(
        "action_button(request, '/end/', 'End', hidden={'id': 4}, describe='access')",
        request=request,
    )
    (form,) = drawn.xpath("//form")
    assert (form.get("method"), form.get("action")) == ("post", "/end/")
    names = [field.get("name") for field in form.xpath(".//input")]
    assert names == ["csrfmiddlewaretoken", "id"]
    assert words(form.xpath(".//button")[0]) == "End access"


def test_a_table_heads_its_columns_and_rows() -> None:
    head = ["Name", {"text": "Plans", "numeric": True, "url": "?sort=plans", "sort": "descending"}]
    rows = [[{"text": "Theo (invented)", "url": "/1/", "hidden": "in 5 Elm"}, 2]]
    drawn = draw("data_table(head, rows, 'Pupils')", head=head, rows=rows)
    (region,) = drawn.xpath("//*[@role='region']")
    assert region.get("aria-label") == "Pupils"
    assert region.get("tabindex") == "0"
    assert [th.get("scope") for th in drawn.xpath("//th")] == ["col", "col", "row"]
    assert drawn.xpath("//th[@aria-sort='descending']/a/@href") == ["?sort=plans"]
    (cell,) = drawn.xpath("//td")
    assert cell.get("data-label") == "Plans"
    assert "numeric" in cell.get("class")


def test_a_table_to_choose_from_names_each_box() -> None:
    rows = [{"id": 7, "label": "Theo (invented)", "cells": ["Theo (invented)"]}]
    drawn = draw("data_table(['Name'], rows, 'Pupils', 'pupil')", rows=rows)
    (box,) = drawn.xpath("//tbody//input[@type='checkbox']")
    assert (box.get("name"), box.get("value")) == ("pupil", "7")
    assert words(box.getparent()) == "Select Theo (invented)"


def test_an_empty_table_says_so() -> None:
    drawn = draw("data_table(['Name'], [], empty='No pupils match.')")
    assert drawn.xpath("//table") == []
    assert words(drawn) == "No pupils match."


def test_filters_keep_what_was_chosen() -> None:
    fields = [{"name": "y", "label": "Year", "choices": [("", "All"), ("5", "Five")], "value": 5}]
    search = {"name": "q", "label": "Name", "value": "Theo"}
    drawn = draw("filters(fields, search, {'sort': 'year'}, '?')", fields=fields, search=search)
    assert drawn.xpath("//form/@method") == ["get"]
    assert drawn.xpath("//option[@selected]/@value") == ["5"]
    assert drawn.xpath("//input[@name='q']/@value") == ["Theo"]
    assert drawn.xpath("//input[@name='sort']/@value") == ["year"]
    assert drawn.xpath("//a[text()='Clear']/@href") == ["?"]


@pytest.mark.parametrize(
    ("number", "links"),
    [(1, ["?y=5&page=2"]), (2, ["?y=5&page=1", "?y=5&page=3"]), (3, ["?y=5&page=2"])],
)
def test_pages_lead_to_their_neighbours(number: int, links: list[str]) -> None:
    page = Paginator(range(50), 20).page(number)
    drawn = draw("pagination(page, 'y=5')", page=page)
    assert drawn.xpath("//a/@href") == links
    assert f"Page {number} of 3" in words(drawn)


def test_one_page_needs_no_pages() -> None:
    assert words(draw("pagination(page)", page=Paginator(range(5), 20).page(1))) == ""


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            "interval(62, 80, 0.67, 0.85)",
            "62 of 80 (78 %) likely between 67 % and 85 %",
        ),
        ("interval(62, 80)", "62 of 80 (78 %)"),
        ("interval(3, 4, 0.3, 0.95)", "3 of 4 too few to compare"),
        ("interval(0, 0)", "nothing to count yet"),
    ],
)
def test_a_number_comes_with_what_chance_allows(call: str, said: str) -> None:
    assert words(draw(call)) == said


@pytest.mark.parametrize(("n", "of", "width"), [(44, 47, "93.6"), (0, 47, "0.0"), (0, 0, "0.0")])
def test_a_bar_is_as_long_as_its_share(n: int, of: int, width: str) -> None:
    drawn = draw(f"bar('Strengths', {n}, {of}, '/list/')")
    assert drawn.xpath("//rect/@width") == [width]
    assert f"{n} of {of}" in words(drawn)


@pytest.mark.parametrize("numbers", [[0.5, 0.5, 0.5], [0.1, 0.9], [9, 4, 1]])
def test_a_sparkline_stays_in_its_box_and_says_what_it_shows(numbers: list[float]) -> None:
    drawn = draw("sparkline(numbers, 'From 1 to 9')", numbers=numbers)
    (line,) = drawn.xpath("//polyline/@points")
    points = [tuple(map(float, pair.split(","))) for pair in line.split()]
    assert len(points) == len(numbers)
    assert all(0 <= x <= 220 and 0 <= y <= 46 for x, y in points)
    assert drawn.xpath("//svg/@aria-label") == ["From 1 to 9"]


def test_a_chart_brings_its_sentence_and_its_figures() -> None:
    chart = bar_chart(
        [("Headings", 7), ("A table", 2)], title="Formats", summary="Two in use.", name_title="Kind"
    )
    drawn = draw("chart(c)", c=chart)
    (drawing,) = drawn.xpath("//*[@data-chart]")
    assert drawing.get("aria-label") == "Two in use."
    assert '"Headings"' in drawing.get("data-chart")
    assert drawn.xpath("//tbody//th/text()") == ["Headings", "A table"]
    assert drawn.xpath("//tbody//td/text()") == ["7", "2"]


def test_two_versions_say_where_they_differ_in_words() -> None:
    rows = [
        {"title": "Strengths", "left": "Trains", "right": "Maps", "differs": True},
        {"title": "To avoid", "left": "", "right": "", "differs": False},
    ]
    drawn = draw("compare_columns('Yours', 'Theirs', rows)", rows=rows)
    first, second = drawn.xpath("//section")
    assert "Different" in words(first)
    assert "Different" not in words(second)


def test_a_difference_is_marked_for_eyes_and_ears() -> None:
    segments = [
        {"kind": "same", "text": "I like "},
        {"kind": "removed", "text": "cars"},
        {"kind": "added", "text": "trains"},
    ]
    drawn = draw("difference(s)", s=segments)
    assert drawn.xpath("//del/text()") == ["cars"]
    assert drawn.xpath("//ins/text()") == ["trains"]


class Wrong(forms.Form):
    name = forms.CharField(label="Name")
    areas = forms.MultipleChoiceField(
        label="Areas", widget=forms.CheckboxSelectMultiple, choices=[("c", "One")]
    )


def test_the_error_summary_leads_to_each_field() -> None:
    form = Wrong({})
    form.is_valid()
    form.add_error(None, "Two people cannot have the same name.")
    drawn = draw("error_summary(form)", form=form)
    page = draw("fields(form)", form=form)
    assert words(drawn.xpath("//li")[0]) == "Two people cannot have the same name."
    targets = [href.removeprefix("#") for href in drawn.xpath("//a/@href")]
    assert len(targets) == 2
    for target in targets:
        assert page.xpath(f"//*[@id='{target}']")


def test_a_form_without_errors_has_no_summary() -> None:
    assert words(draw("error_summary(form)", form=Wrong())) == ""
