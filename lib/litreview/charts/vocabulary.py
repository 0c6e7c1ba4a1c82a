"""Which words set groups apart."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview import style
from litreview.charts.dressing import dress, nothing, told
from litreview.wording import label, listed, plural, within

PANEL, LEAST, BESIDE = 190, 150, 180  # pixels across a panel: as drawn, at least, and its words beside it
ROW, WORDS = 20, 135  # pixels of a row, of its term


def terms(
    table: pd.DataFrame,
    title: str = "",
    subtitle: str = "",
    labels: dict[str, str] | None = None,
    most: int = 8,
    columns: int = 2,
) -> ChartType:
    """The terms that set each group apart: log-odds ratio with 95% interval, z beside it, a panel a group.

    Takes group, term, n_in, of_in, log_odds, low, high, z from `terms.key_terms`, strongest first.
    """
    source = "terms.key_terms"
    if table.empty:
        return nothing(title, source)
    rows = table.sort_values(["group", "z"], ascending=[True, False], kind="stable").groupby("group").head(most)
    keys = [*(key for key in labels or {} if (rows["group"] == key).any())] or sorted(rows["group"].unique())
    names = {key: label(key, labels) for key in keys}
    data = rows.assign(name=rows["group"].map(names))[
        ["name", "term", "n_in", "of_in", "log_odds", "low", "high", "z"]
    ].round(2)
    palette = style.colours(keys) if len(keys) > 1 else {keys[0]: style.accent(keys[0])}
    span = alt.Scale(domain=[min(0, float(data["low"].min())), 1.22 * float(data["high"].max())], nice=False)
    panels = [_panel(data, names[key], palette[key], span) for key in keys]
    chart = alt.concat(*panels, columns=columns, data=data, spacing=18)
    n = int((table["of_in"] + table["of_out"]).max())
    group = within(keys[0], labels) if len(keys) == 1 else "each group"
    title = title or f"The words that set {group} apart"
    measure = f"Log-odds ratio against all other papers, with 95% interval; the number is z. {plural(n, 'paper')}"
    words = told(
        (f"{name}: {listed(data.loc[data['name'] == name, 'term'].head(4))}" for name in names.values()), "group"
    )
    return dress(chart, title, subtitle or measure, f"Dots with intervals. {words}", source, n, LEAST, BESIDE, 0)


def _panel(data: pd.DataFrame, name: str, colour: str, span: alt.Scale) -> alt.LayerChart:
    beside = alt.Axis(grid=False, labelColor=style.INK, title=None, minExtent=WORDS)  # so that panels stand in line
    rows = alt.Chart(height=ROW * int((data["name"] == name).sum()), width=PANEL)
    rows = rows.transform_filter(alt.FieldEqualPredicate(field="name", equal=name))
    base = rows.encode(y=alt.Y("term:N", sort=None, axis=beside))
    across = alt.X("low:Q", scale=span, axis=alt.Axis(title=None, tickCount=4))
    interval = base.mark_rule(strokeWidth=2, color=colour).encode(x=across, x2="high:Q")
    dot = base.mark_point(filled=True, size=55, color=colour).encode(
        x="log_odds:Q",
        tooltip=[
            alt.Tooltip("term:N", title="Term"),
            alt.Tooltip("n_in:Q", title="Papers of the group with it", format=",d"),
            alt.Tooltip("of_in:Q", title="Papers of the group", format=",d"),
            alt.Tooltip("log_odds:Q", title="Log-odds ratio", format=".2f"),
            alt.Tooltip("z:Q", title="z", format=".1f"),
        ],
    )
    z = base.mark_text(align="left", dx=5, fontSize=10.5, color=style.SOFT)
    heading = alt.Title(name, fontSize=12.5, offset=6, frame="group", dx=-WORDS)
    return alt.layer(interval, dot, z.encode(x="high:Q", text=alt.Text("z:Q", format=".1f"))).properties(title=heading)
