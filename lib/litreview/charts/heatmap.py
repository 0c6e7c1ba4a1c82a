"""Heatmaps: cells coloured by a count, with the count in them."""

import altair as alt
import pandas as pd

from litreview.charts import style
from litreview.charts.encodings import PAPERS, ROW, names_axis

CELL = 92  # pixels that a cell is wide, at most
DARKEST = 4  # papers, at least, before a cell takes the darkest colour
LEVEL = 80  # characters of all column names together that stand side by side
TILTED = 130  # pixels that a tilted name reaches beyond its cell
SMALL = 9  # pixels of a cell without room for its number


def cells(data: pd.DataFrame, rows: list[str], columns: list[str]) -> alt.LayerChart:
    """Return cells coloured by n, with n in them: row, column, n. A cell is as wide as it needs, at most."""
    top = max(int(data["n"].max()), DARKEST)
    tilted = len(columns) * max(map(len, columns)) > LEVEL
    room = alt.ExprRef(f"min(width - {TILTED * tilted}, {CELL * len(columns)})")
    base = alt.Chart(data, width="container", height=ROW * len(rows)).encode(
        x=alt.X("column:N", sort=columns, title=None, axis=_columns_axis(tilted), scale=alt.Scale(range=[0, room])),
        y=alt.Y("row:N", sort=rows, axis=names_axis()),
    )
    some = base.transform_filter("datum.n > 0")
    blank = base.mark_rect(color=style.GRID, opacity=0.45, stroke=style.PAPER, strokeWidth=2)
    depth = alt.Scale(domain=[0, top], range=[style.FEW, style.MOST])
    filled = some.mark_rect(color=style.ACCENT, stroke=style.PAPER, strokeWidth=2).encode(
        fillOpacity=alt.FillOpacity("n:Q", legend=None, scale=depth),
        tooltip=[alt.Tooltip("row:N", title="Row"), alt.Tooltip("column:N", title="Column"), PAPERS],
    )
    size = alt.ExprRef(f"bandwidth('x') < {SMALL} ? 0 : bandwidth('x') < 20 ? 11 : 12")
    return alt.layer(blank, filled, some.mark_text(fontSize=size).encode(text=alt.Text("n:Q", format=",d")))


def _columns_axis(tilted: bool) -> alt.Axis:
    """Return the axis of column names above the cells, tilted where they have no room side by side."""
    lie = {"labelAngle": -40, "labelLimit": 190, "labelAlign": "left"} if tilted else {"labelAngle": 0}
    return alt.Axis(orient="top", grid=False, labelOverlap=False, labelSeparation=0, **lie)
