"""Axes, scales, colours and tooltips that several charts share."""

from collections.abc import Iterable

import altair as alt
import pandas as pd

from litreview.charts import style

ROW = 28  # pixels of a row
PHONE = 500  # pixels of a narrow screen
PLACE = f"(containerSize()[0] || {style.WIDTH})"  # pixels that a chart has; outside a page no container says
PADDING = 16  # pixels left and right of a chart, together
PAPERS = alt.Tooltip("n:Q", title="Papers", format=",d")
PERCENTAGES = alt.Axis(title=None, format=".0%", tickCount=5)
FITTING = alt.ExprRef(f"{PLACE} < {PHONE} ? 150 : 260")  # pixels of a row's name, at most


def two_lines(first: int) -> str:
    """Return the expression of a label that breaks a longer name at the last blank of its first letters."""
    return f"split(replace(datum.label, regexp('^(?=.{{{first + 3}}})(.{{6,{first}}}) '), '$1|'), '|')"


BROKEN = f"({PLACE} < {PHONE} ? {two_lines(21)} : {two_lines(38)})"
MIDDLE = {"condition": {"test": f"length({BROKEN}) > 1", "value": "bottom"}, "value": "middle"}  # of both lines
NAMES = alt.Axis(grid=False, labelColor=style.INK, labelLimit=FITTING, labelExpr=BROKEN, labelBaseline=MIDDLE)  # rows'


def on_rows(data: pd.DataFrame) -> alt.Chart:
    """Return a chart with a row for each `name`, in the order of the data."""
    rows = alt.Chart(data, width="container", height=ROW * data["name"].nunique())
    return rows.encode(y=alt.Y("name:N", title=None, sort=None, axis=NAMES))


def hues(shown: Iterable[str], colours: Iterable[str], legend: alt.Legend | None = None) -> alt.Color:
    """Return the colour of column `name`: a fixed colour for each shown name, in their order."""
    return alt.Color("name:N", legend=legend, scale=alt.Scale(domain=[*shown], range=[*colours]))


def paper_tooltip(category: str = "") -> list[alt.Tooltip]:
    """Return what a mark of one paper says: title, date, category. A field called `title` would become a heading."""
    fields = {"paper:N": "Paper", "date:N": "Submitted"} | ({"name:N": category} if category else {})
    return [alt.Tooltip(field, title=title) for field, title in fields.items()]
