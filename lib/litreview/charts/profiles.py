"""Learning-rate profiles beside each other."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.titles import dress, nothing
from litreview.text.wording import listed, percent, plural

PANEL, LEAST = 156, 126  # pixels across a panel: as drawn, at least
BETWEEN, AXIS = 16, 64  # pixels between panels, of the axis beside them and the edge


def profiles(table: pd.DataFrame, title: str = "") -> ChartType:
    """Draw each learning-rate profile in a panel of its own, from `lr_schedules.lr_profiles`.

    Takes profile, title, formula, source, progress, rate. The title of a panel is its label, so there is no legend.
    """
    source = "lr_schedules.lr_profiles"
    if table.empty:
        return nothing(title, source)
    data = table.rename(columns={"title": "name"})[["name", "progress", "rate"]].round(3)
    names = data["name"].drop_duplicates().tolist()
    halves = {"format": ".0%", "values": [0, 0.5, 1], "title": None}
    across = alt.X("progress:Q", axis=alt.Axis(**halves, grid=False, labelFlush=True))
    up = alt.Y("rate:Q", axis=alt.Axis(**halves), scale=alt.Scale(domain=[0, 1]))
    tooltip = [
        alt.Tooltip("name:N", title="Profile"),
        alt.Tooltip("progress:Q", title="Training done", format=".0%"),
        alt.Tooltip("rate:Q", title="Of the peak", format=".1%"),
    ]
    line = alt.Chart(data, width=PANEL, height=100).mark_line(strokeWidth=2.5, color=style.accent("scheduling"))
    panel = line.encode(x=across, y=up, tooltip=tooltip)
    chart = panel.facet(facet=alt.Facet("name:N", sort=names), columns=4)
    chart = chart.properties(spacing=BETWEEN).resolve_axis(x="independent")
    half = data.loc[(data["progress"] - 0.5).abs().groupby(data["name"], sort=False).idxmin()].set_index("name")["rate"]
    measure = f"Learning rate, as part of its peak, over the part of training done. {plural(len(names), 'profile')}"
    low, high = (f"{end} ({percent(half[end])} of the peak)" for end in (half.idxmin(), half.idxmax()))
    title = title or f"Halfway, the learning rate is lowest with {low}, highest with {high}"
    words = f"A panel a profile: {listed(names)}"
    return dress(chart, title, measure, words, source, len(names), LEAST, BETWEEN, AXIS)
