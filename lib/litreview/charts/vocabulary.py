"""Which words set groups apart."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import interval_tooltip
from litreview.charts.titles import dress, in_order, nothing
from litreview.text.wording import Labels, label, plural, within

PANEL, LEAST, BESIDE = 190, 150, 195  # pixels across a panel: as drawn, at least, and its words beside it
ROW, WORDS = 20, 156  # pixels of a row, of its term


def terms(
    table: pd.DataFrame, title: str = "", labels: Labels = None, theme: str = "", most: int = 8, columns: int = 2
) -> ChartType:
    """The terms that set each group apart: log-odds ratio with 95% interval, z beside it, a panel a group.

    Takes group, term, n_in, of_in, log_odds, low, high, z from `key_terms.key_terms`, strongest first. Groups are themes,
    each in its colour, or parts of `theme` in the colour of that.
    """
    source = "key_terms.key_terms"
    if table.empty:
        return nothing(title, source)
    rows = table.sort_values(["group", "z"], ascending=[True, False], kind="stable").groupby("group").head(most)
    keys = in_order(rows["group"], labels)
    names = {key: label(key, labels) for key in keys}
    columns_drawn = ["name", "term", "n_in", "of_in", "log_odds", "low", "high", "z"]
    data = rows.assign(name=rows["group"].map(names))[columns_drawn].round(2)
    span = alt.Scale(domain=[min(0, float(data["low"].min())), 1.22 * float(data["high"].max())], nice=False)
    colours = style.colours(keys, "group" if theme else "theme", theme)
    panels = [_panel(data, names[key], colour, span) for key, colour in zip(keys, colours, strict=True)]
    chart = alt.concat(*panels, columns=columns, data=data, spacing=18)
    n = int((table["of_in"] + table["of_out"]).max())
    first = rows.loc[rows["z"].idxmax()]
    title = title or f"“{first['term']}” sets {within(first['group'], labels)} apart most clearly"
    measure = f"Log-odds ratio against all other papers, with 95% interval; the number is z. {plural(n, 'paper')}"
    words = f"Dots with intervals, {plural(len(rows), 'term')} in {plural(len(keys), 'panel')}: z from "
    words += f"{rows['z'].max():.1f} down to {rows['z'].min():.1f}"
    return dress(chart, title, measure, words, source, n, LEAST, BESIDE, 0)


def _panel(data: pd.DataFrame, name: str, colour: str, span: alt.Scale) -> alt.LayerChart:
    in_line = {"minExtent": WORDS, "labelLimit": WORDS - 6}  # so that panels stand in line
    beside = alt.Axis(grid=False, labelColor=style.INK, title=None, **in_line)
    rows = alt.Chart(height=ROW * int((data["name"] == name).sum()), width=PANEL)
    rows = rows.transform_filter(alt.FieldEqualPredicate(field="name", equal=name))
    base = rows.encode(y=alt.Y("term:N", sort=None, axis=beside))
    across = alt.X("low:Q", scale=span, axis=alt.Axis(title=None, tickCount=4))
    interval = base.mark_rule(strokeWidth=2, color=colour).encode(x=across, x2="high:Q")
    dot = base.mark_point(filled=True, size=55, color=colour).encode(
        x="log_odds:Q",
        tooltip=[
            alt.Tooltip("name:N", title="Group"),
            alt.Tooltip("term:N", title="Term"),
            alt.Tooltip("n_in:Q", title="Papers of the group with it", format=",d"),
            alt.Tooltip("of_in:Q", title="Papers of the group", format=",d"),
            alt.Tooltip("log_odds:Q", title="Log-odds ratio", format=".2f"),
            *interval_tooltip(".2f"),
            alt.Tooltip("z:Q", title="z", format=".1f"),
        ],
    )
    z = base.mark_text(align="left", dx=5, fontSize=11, color=style.SOFT)
    heading = alt.Title(name, fontSize=12.5, offset=6, frame="group", dx=-WORDS, anchor="start", limit=WORDS + PANEL)
    return alt.layer(interval, dot, z.encode(x="high:Q", text=alt.Text("z:Q", format=".1f"))).properties(title=heading)
