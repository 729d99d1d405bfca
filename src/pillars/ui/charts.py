"""Charts as Vega-Lite specifications: the same description for the page, PDF and Word.

Every chart carries its figures as a table and a sentence that says what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import altair as alt
import vl_convert

FONT = "Atkinson Hyperlegible Next"
INK = "#14202b"
SOFT = "#4a5966"
LINE = "#d9d5cc"
POOR = "#b3261e"
HUES = {
    "consistency": "#1f5fa8",
    "quality": "#7a3d8f",
    "collaboration": "#1d7a55",
    "progress": "#8a5100",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """spec: Vega-Lite as plain data. head, rows: the same figures as a table. summary: one
    sentence that says what the drawing shows."""

    spec: dict[str, Any]
    title: str
    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def svg(self) -> str:
        """The drawing for PDF and Word."""
        return str(vl_convert.vegalite_to_svg(self.spec))

    def png(self, *, scale: float = 2.0) -> bytes:
        return bytes(vl_convert.vegalite_to_png(self.spec, scale=scale))


@dataclass(frozen=True, slots=True)
class Point:
    """A unit in a funnel: its size, its share, and whether chance explains it."""

    name: str
    size: int
    share: float
    differs: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """The funnel's limits at one size, as shares: 95 % inside, 99.8 % outside."""

    size: int
    low: float
    high: float
    lowest: float
    highest: float


def line_chart(
    points: Sequence[tuple[date, float]],
    *,
    title: str,
    summary: str,
    hue: str = "consistency",
    target: float | None = None,
    percent: bool = True,
) -> Chart:
    """A value over time. points: day and value (a share where `percent`)."""
    values = [{"day": d.isoformat(), "value": v} for d, v in points]
    base = alt.Chart(_data(values)).encode(
        x=alt.X(
            "day:T", title=None, axis=alt.Axis(format="%-d %b", labelOverlap=True, tickCount=6)
        ),
        y=alt.Y("value:Q", title=None, **_share_axis(percent=percent)),
    )
    layers: list[Any] = [
        base.mark_line(color=HUES[hue], strokeWidth=2.5),
        base.mark_circle(color=HUES[hue], size=45, opacity=1),
    ]
    if target is not None:
        rule = alt.Chart(_data([{"target": target}]))
        layers.append(rule.mark_rule(color=SOFT, strokeDash=[5, 4]).encode(y="target:Q"))
    shown = [(f"{d:%-d %B %Y}", _said(v, percent=percent)) for d, v in points]
    return Chart(_spec(alt.layer(*layers)), title, summary, ("Day", "Value"), tuple(shown))


def bar_chart(
    bars: Sequence[tuple[str, float]],
    *,
    title: str,
    summary: str,
    hue: str = "consistency",
    percent: bool = False,
    name_title: str = "Name",
) -> Chart:
    """Values side by side, in the order given. name_title: what the names are, for the table."""
    values = [{"name": n, "value": v} for n, v in bars]
    drawing = (
        alt.Chart(_data(values))
        .mark_bar(color=HUES[hue])
        .encode(
            x=alt.X("value:Q", title=None, **_share_axis(percent=percent)),
            y=alt.Y("name:N", title=None, sort=None),
        )
    )
    shown = tuple((n, _said(v, percent=percent)) for n, v in bars)
    return Chart(_spec(drawing), title, summary, (name_title, "Value"), shown)


def funnel_chart(
    points: Sequence[Point],
    limits: Sequence[Limit],
    *,
    middle: float,
    title: str,
    summary: str,
    hue: str = "consistency",
    size_title: str = "pupils on the register",
) -> Chart:
    """Units by size, with what chance would give at each size. Only those that differ are named."""
    edges = alt.Chart(_data([_limit(each) for each in limits]))
    x = alt.X("size:Q", title=size_title.capitalize(), scale=alt.Scale(nice=False, zero=True))
    layers: list[Any] = []
    for name, dash in (("low", [5, 4]), ("high", [5, 4]), ("lowest", [1, 0]), ("highest", [1, 0])):
        y = alt.Y(f"{name}:Q", title=None, **_share_axis(percent=True))
        layers.append(edges.mark_line(color=HUES[hue], strokeDash=dash).encode(x=x, y=y))
    centre = alt.Chart(_data([{"middle": middle}]))
    layers.append(centre.mark_rule(color=SOFT).encode(y="middle:Q"))
    dots = alt.Chart(_data([_point(each) for each in points]))
    colour = alt.condition("datum.differs", alt.value(POOR), alt.value(SOFT))
    layers.append(
        dots.mark_circle(size=80, opacity=1).encode(x="size:Q", y="share:Q", color=colour)
    )
    # A name stands on the side where there is room for it.
    middle_size = max((limit.size for limit in limits), default=0) / 2
    sides: list[tuple[Literal["left", "right"], str, int]] = [
        ("left", "<", 10),
        ("right", ">=", -10),
    ]
    for side, test, away in sides:
        layers.append(
            dots.transform_filter(f"datum.differs && datum.size {test} {middle_size}")
            .mark_text(dx=away, align=side, color=POOR, fontWeight="bold")
            .encode(x="size:Q", y="share:Q", text="name:N")
        )
    shown = tuple(
        (p.name, f"{p.size}", _said(p.share, percent=True), "yes" if p.differs else "no")
        for p in points
    )
    head = ("School", size_title.capitalize(), "Share", "Differs by more than chance")
    return Chart(_spec(alt.layer(*layers)), title, summary, head, shown)


def _data(values: list[dict[str, Any]]) -> Any:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]


def _limit(limit: Limit) -> dict[str, Any]:
    clipped = {
        n: min(1.0, max(0.0, getattr(limit, n))) for n in ("low", "high", "lowest", "highest")
    }
    return {"size": limit.size, **clipped}


def _point(point: Point) -> dict[str, Any]:
    return {
        "name": point.name,
        "size": point.size,
        "share": point.share,
        "differs": point.differs,
    }


def _share_axis(*, percent: bool) -> dict[str, Any]:
    if not percent:
        return {"axis": alt.Axis(tickMinStep=1), "scale": alt.Scale(zero=True)}
    return {"axis": alt.Axis(format="%"), "scale": alt.Scale(domain=[0, 1])}


def _said(value: float, *, percent: bool) -> str:
    return f"{value * 100:.0f} %" if percent else f"{value:g}"


def _spec(drawing: Any) -> dict[str, Any]:
    spec: dict[str, Any] = (
        drawing.properties(width="container", height=240)
        .configure(font=FONT, background="transparent")
        .configure_axis(
            labelFontSize=14, titleFontSize=14, labelColor=SOFT, titleColor=SOFT, gridColor=LINE
        )
        .configure_view(stroke=None)
        .configure_text(fontSize=14)
        .to_dict()
    )
    return spec
