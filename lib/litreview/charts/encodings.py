"""Axes, scales, colours and tooltips that several charts share."""

from collections.abc import Iterable

import altair as alt
import pandas as pd

from litreview.charts import style

ROW = 28  # pixels of a row
PHONE = 500  # pixels of a narrow screen
PLACE = f"(containerSize()[0] || {style.WIDTH})"  # pixels that a chart has; outside a page no container says
NAME, NARROW_NAME = 260, 150  # pixels of a row's name, at most
PADDING = 16  # pixels left and right of a chart, together
PAPERS = alt.Tooltip("n:Q", title="Papers", format=",d")
PERCENTAGES = alt.Axis(title=None, format=".0%", tickCount=5)
FITTING = alt.ExprRef(f"({PLACE} < {PHONE}) ? {NARROW_NAME} : {NAME}")  # a phone has no room for a long name
NAMES = alt.Axis(grid=False, title=None, labelColor=style.INK, labelLimit=FITTING)  # of rows


def on_rows(data: pd.DataFrame) -> alt.Chart:
    """Return a chart with a row for each `name`, in the order of the data."""
    rows = alt.Chart(data, width="container", height=ROW * data["name"].nunique())
    return rows.encode(y=alt.Y("name:N", sort=None, axis=NAMES))


def hues(shown: Iterable[str], colours: Iterable[str], legend: alt.Legend | None = None) -> alt.Color:
    """Return the colour of column `name`: a fixed colour for each shown name, in their order."""
    return alt.Color("name:N", legend=legend, scale=alt.Scale(domain=[*shown], range=[*colours]))


def paper_tooltip(category: str = "") -> list[alt.Tooltip]:
    """Return what a mark of one paper says: title, date, category. A field called `title` would become a heading."""
    fields = {"paper:N": "Paper", "date:N": "Submitted"} | ({"name:N": category} if category else {})
    return [alt.Tooltip(field, title=title) for field, title in fields.items()]
