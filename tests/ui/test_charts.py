from __future__ import annotations

import json
from datetime import date

import pytest
from lxml import etree

from pillars.ui.charts import Chart, Limit, Point, bar_chart, funnel_chart, line_chart

LINE = line_chart(
    [(date(2026, 9, 7), 0.61), (date(2026, 11, 23), 0.84)],
    title="Paperwork in place",
    summary="From 61 to 84 per cent.",
    target=0.9,
)
BARS = bar_chart([("A table", 12), ("Headings", 7)], title="Formats", summary="Two formats.")
FUNNEL = funnel_chart(
    [
        Point("Meadow (invented)", 60, 0.78, differs=False),
        Point("Hillside (invented)", 210, 0.5, differs=True),
        Point("Brook (invented)", 20, 0.1, differs=True),
    ],
    [Limit(20, 0.5, 0.92, 0.3, 1.2), Limit(240, 0.67, 0.78, -0.1, 0.81)],
    middle=0.72,
    title="Schools",
    summary="Two schools are lower.",
)


@pytest.mark.parametrize("chart", [LINE, BARS, FUNNEL], ids=["line", "bars", "funnel"])
def test_a_chart_can_be_drawn_for_every_medium(chart: Chart) -> None:
    assert json.loads(json.dumps(chart.spec)) == chart.spec
    drawing = etree.fromstring(chart.svg().encode())
    assert drawing.tag.endswith("svg")
    assert chart.png(scale=1).startswith(b"\x89PNG")


@pytest.mark.parametrize("chart", [LINE, BARS, FUNNEL], ids=["line", "bars", "funnel"])
def test_a_chart_has_its_figures_under_named_columns(chart: Chart) -> None:
    assert chart.rows
    assert all(chart.head)
    assert {len(row) for row in chart.rows} == {len(chart.head)}


def test_a_line_tells_days_and_shares_in_words() -> None:
    assert LINE.rows == (("7 September 2026", "61 %"), ("23 November 2026", "84 %"))


def test_a_line_of_numbers_is_not_told_in_per_cent() -> None:
    chart = line_chart([(date(2026, 9, 7), 9)], title="T", summary="S", percent=False)
    assert chart.rows == (("7 September 2026", "9"),)


def test_only_schools_that_differ_are_named_in_the_drawing() -> None:
    drawn = FUNNEL.svg()
    assert "Hillside (invented)" in drawn
    assert "Brook (invented)" in drawn
    assert "Meadow (invented)" not in drawn
    assert ("Meadow (invented)", "60", "78 %", "no") in FUNNEL.rows


def test_limits_stay_between_nothing_and_all() -> None:
    shares = [
        row[edge]
        for layer in FUNNEL.spec["layer"]
        for row in layer["data"]["values"]
        for edge in ("lowest", "highest")
        if edge in row
    ]
    assert shares
    assert all(0 <= share <= 1 for share in shares)


def test_a_name_stands_on_the_side_where_there_is_room() -> None:
    texts = [layer for layer in FUNNEL.spec["layer"] if layer["mark"]["type"] == "text"]
    sides = {text["mark"]["align"]: text["transform"][0]["filter"] for text in texts}
    assert sides == {
        "left": "datum.differs && datum.size < 120.0",
        "right": "datum.differs && datum.size >= 120.0",
    }
