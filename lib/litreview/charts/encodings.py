"""What a chart draws along: axes, scales, colours and tooltips that several charts share."""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd

from litreview.charts import style

ROW = 28  # pixels of a row; a name may take two lines on a phone
PHONE, SHORT = 500, 20  # pixels of a narrow screen, characters of a line of a name there
PLACE = f"(containerSize()[0] || {style.WIDTH})"  # pixels that a chart has; outside a page no container says
NARROW = f"({PLACE} < {PHONE})"
NAME, NARROW_NAME = 260, 150  # pixels of a name, at most
BEHIND = 46  # pixels for the number behind a bar
PADDING = 16  # pixels left and right of a chart, together
PAPERS = alt.Tooltip("n:Q", title="Papers", format=",d")


def percentages() -> alt.Axis:
    """An axis of shares, as percentages."""
    return alt.Axis(title=None, format=".0%", tickCount=5)


def names_axis(most: int = NARROW_NAME) -> alt.Axis:
    """The axis of row names: in ink, without lines; on a phone they are smaller, and long ones take two lines."""
    broken = f"{NARROW} && {breaks(SHORT)}"
    size, limit = alt.ExprRef(f"{NARROW} ? 11 : 12"), alt.ExprRef(f"{NARROW} ? {most} : {NAME}")
    up = {"condition": {"test": broken, "value": -6}, "value": 0}  # else the first of two lines is in the middle
    quiet = {"grid": False, "title": None, "labelColor": style.INK, "labelLineHeight": 12, "labelOffset": up}
    names = f"{broken} ? {two_lines(SHORT)} : datum.label"
    return alt.Axis(**quiet, labelExpr=names, labelFontSize=size, labelLimit=limit)


def numbered(top: float) -> alt.Scale:
    """The scale of bars from zero to `top`, with room for the number behind the longest."""
    return alt.Scale(domain=[0, top], nice=False, range=[0, alt.ExprRef(f"width - {BEHIND}")])


def breaks(fits: int) -> str:
    """The Vega expression that is true for a label longer than fits, with a blank to break it at."""
    return f"(length(datum.label) > {fits} && {_blank(fits)} > 0)"


def two_lines(fits: int) -> str:
    """The Vega expression that breaks a label at the last blank among the first characters that fit."""
    return f"[slice(datum.label, 0, {_blank(fits)}), slice(datum.label, {_blank(fits)} + 1)]"


def _blank(fits: int) -> str:
    return f"lastindexof(slice(datum.label, 0, {fits}), ' ')"


def panel_header(width: int) -> alt.Header:
    """The name above one of several panels; a long one breaks into two lines."""
    fits = width // 7
    return alt.Header(labelExpr=f"{breaks(fits)} ? {two_lines(fits)} : datum.label", labelLimit=width + 40)


def on_rows(data: pd.DataFrame, order: Sequence[str] | None = None) -> alt.Chart:
    """A row for each `name` in the data, in this order or that of the data."""
    rows = alt.Chart(data, width="container", height=ROW * data["name"].nunique())
    return rows.encode(y=alt.Y("name:N", sort=order, axis=names_axis()))


def years_axis(step: int = 1, **looks: Any) -> alt.Axis:
    """The axis of dates: a tick every `step` years."""
    tick = {"interval": "year", "step": step}
    return alt.Axis(format="%Y", tickCount=tick, labelOverlap="greedy", labelFlush=True, **looks)


def hues(shown: Iterable[str], colours: Iterable[str], legend: alt.Legend | None = None) -> alt.Color:
    """The colour of column `name`: a fixed colour for each shown name, in their order."""
    return alt.Color("name:N", legend=legend, scale=alt.Scale(domain=[*shown], range=[*colours]))


def paper_tooltip(category: str = "") -> list[alt.Tooltip]:
    """What a mark of one paper says: title, date, category. A field called `title` would become a heading."""
    fields = {"paper:N": "Paper", "date:N": "Submitted"} | ({"name:N": category} if category else {})
    return [alt.Tooltip(field, title=title) for field, title in fields.items()]


def share_tooltip(category: str) -> list[alt.Tooltip]:
    """What a mark of a share says: category, n, of, share and interval."""
    return [
        alt.Tooltip("name:N", title=category),
        PAPERS,
        alt.Tooltip("of:Q", title="Of", format=",d"),
        alt.Tooltip("share:Q", title="Share", format=".0%"),
        *interval_tooltip(".0%"),
    ]


def interval_tooltip(form: str) -> list[alt.Tooltip]:
    """The ends of an interval."""
    return [
        alt.Tooltip(f"{end}:Q", title=f"95% interval {way}", format=form)
        for end, way in (("low", "from"), ("high", "to"))
    ]
