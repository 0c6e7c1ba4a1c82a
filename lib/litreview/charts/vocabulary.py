"""Vocabulary: the terms that set groups apart."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import count_tooltip, hues, interval_tooltip
from litreview.charts.titles import dress, in_order, nothing
from litreview.text.wording import Labels, label, plural, within

PANEL, LEAST, BESIDE = 190, 150, 195  # pixels across a panel: as drawn, at least, and its terms beside it
ROW, WORDS = 20, 156  # pixels of a row, of its term


def terms(
    table: pd.DataFrame, title: str = "", labels: Labels = None, theme: str = "", most: int = 8, columns: int = 2
) -> ChartType:
    """Draw the terms that set each group apart: log-odds ratio with 95% interval, z beside it, a panel a group.

    Takes group, term, n_in, of_in, log_odds, low, high, z from `key_terms.distinctive_terms`, strongest first.
    Groups are themes, each in its colour, or parts of `theme` in its colour.
    """
    source = "key_terms.distinctive_terms"
    if table.empty:
        return nothing(title, source)
    rows = table.sort_values(["group", "z"], ascending=[True, False], kind="stable").groupby("group").head(most)
    keys = in_order(rows["group"], labels)
    names = {key: label(key, labels) for key in keys}
    drawn = ["name", "term", "n_in", "of_in", "log_odds", "low", "high", "z"]
    data = rows.assign(name=rows["group"].map(names))[drawn].round(2)
    colour = hues(names.values(), style.colours(keys, "group" if theme else "theme", theme))
    panel = _panel(data, colour).properties(width=PANEL, height=alt.Step(ROW))
    chart = panel.facet(facet=alt.Facet("name:N", sort=[*names.values()]), columns=columns, spacing=18)
    chart = chart.resolve_scale(y="independent").resolve_axis(x="independent")
    n = int((table["of_in"] + table["of_out"]).max())
    first = rows.loc[rows["z"].idxmax()]
    title = title or f"“{first['term']}” sets {within(first['group'], labels)} apart most clearly"
    measure = f"Log-odds ratio against all other papers, with 95% interval; the number is z. {plural(n, 'paper')}"
    words = f"Dots with intervals, {plural(len(rows), 'term')} in {plural(len(keys), 'panel')}: z from "
    words += f"{rows['z'].max():.1f} down to {rows['z'].min():.1f}"
    return dress(chart, title, measure, words, source, n, LEAST, BESIDE, 0)


def _panel(data: pd.DataFrame, colour: alt.Color) -> alt.LayerChart:
    """Draw the terms of a group: minExtent keeps the panels in line."""
    beside = alt.Axis(grid=False, labelColor=style.INK, title=None, minExtent=WORDS, labelLimit=WORDS - 6)
    span = alt.Scale(domain=[min(0, float(data["low"].min())), 1.22 * float(data["high"].max())], nice=False)
    base = alt.Chart(data).encode(y=alt.Y("term:N", sort=None, axis=beside), color=colour)
    across = alt.X("low:Q", scale=span, axis=alt.Axis(title=None, tickCount=4))
    ratio, z = (alt.Tooltip(f"{field}:Q", title=name, format=form) for field, name, form in _FIGURES)
    tooltip = [
        *[alt.Tooltip("name:N", title="Group"), alt.Tooltip("term:N", title="Term")],
        *[count_tooltip("n_in", "Papers of the group with it"), count_tooltip("of_in", "Papers of the group")],
        *[ratio, *interval_tooltip(".2f"), z],
    ]
    interval = base.mark_rule(strokeWidth=2).encode(x=across, x2="high:Q")
    dot = base.mark_point(filled=True, size=55).encode(x="log_odds:Q", tooltip=tooltip)
    number = base.mark_text(align="left", dx=5, fontSize=11).encode(x="high:Q", text=alt.Text("z:Q", format=".1f"))
    return alt.layer(interval, dot, number.encode(color=alt.value(style.SOFT)))


_FIGURES = [("log_odds", "Log-odds ratio", ".2f"), ("z", "z", ".1f")]
