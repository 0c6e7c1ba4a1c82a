"""Vocabulary: the terms that set groups apart."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import count_tooltip, interval_tooltip
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
    colours = style.colours(keys, "group" if theme else "theme", theme)
    panels = [_panel(data, names[key], colour) for key, colour in zip(keys, colours, strict=True)]
    chart = alt.concat(*panels, columns=columns, data=data, spacing=18)
    n = int((table["of_in"] + table["of_out"]).max())
    first = rows.loc[rows["z"].idxmax()]
    title = title or f"“{first['term']}” sets {within(first['group'], labels)} apart most clearly"
    measure = f"Log-odds ratio against all other papers, with 95% interval; the number is z. {plural(n, 'paper')}"
    words = f"Dots with intervals, {plural(len(rows), 'term')} in {plural(len(keys), 'panel')}"
    return dress(chart, title, measure, words, source, n, panel=LEAST, beside=BESIDE, once=0)


def _panel(data: pd.DataFrame, name: str, colour: str) -> alt.LayerChart:
    """Draw the terms of a group: minExtent keeps the panels in line."""
    beside = alt.Axis(grid=False, labelColor=style.INK, title=None, minExtent=WORDS, labelLimit=WORDS - 6)
    span = alt.Scale(domain=[min(0, float(data["low"].min())), 1.22 * float(data["high"].max())], nice=False)
    rows = alt.Chart(width=PANEL, height=ROW * int((data["name"] == name).sum()))
    own = rows.transform_filter(alt.FieldEqualPredicate(field="name", equal=name))
    base = own.encode(y=alt.Y("term:N", sort=None, axis=beside))
    tooltip = [
        *[alt.Tooltip("name:N", title="Group"), alt.Tooltip("term:N", title="Term")],
        *[count_tooltip("n_in", "Papers of the group with it"), count_tooltip("of_in", "Papers of the group")],
        alt.Tooltip("log_odds:Q", title="Log-odds ratio", format=".2f"),
        *[*interval_tooltip(".2f"), alt.Tooltip("z:Q", title="z", format=".1f")],
    ]
    across = alt.X("low:Q", scale=span, axis=alt.Axis(title=None, tickCount=4))
    interval = base.mark_rule(strokeWidth=2, color=colour).encode(x=across, x2="high:Q")
    dot = base.mark_point(filled=True, size=55, color=colour).encode(x="log_odds:Q", tooltip=tooltip)
    number = base.mark_text(align="left", dx=5, fontSize=11, color=style.SOFT).encode(x="high:Q")
    heading = alt.Title(name, fontSize=12.5, offset=6, frame="group", dx=-WORDS, anchor="start", limit=WORDS + PANEL)
    return alt.layer(interval, dot, number.encode(text=alt.Text("z:Q", format=".1f"))).properties(title=heading)
