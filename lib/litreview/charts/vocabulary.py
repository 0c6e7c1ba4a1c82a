"""Which words set groups apart."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview import style
from litreview.charts.dressing import dress, hues, names_axis, nothing, panel_header, told
from litreview.wording import label, listed, plural

PANEL, ROW = 165, 20  # pixels


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
    palette = style.colours(keys)
    chart = _panel(data, [*names.values()], [palette[key] for key in keys])
    facet = alt.Facet("name:N", sort=[*names.values()], header=panel_header(PANEL + 60))
    chart = (
        chart.facet(facet=facet, columns=columns)
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
        .properties(spacing=18)
    )
    n = int(table.drop_duplicates("group")["of_in"].sum())
    title = title or "What sets each group's words apart"
    measure = (
        f"Log-odds ratio against all other papers, with 95% interval; the number is z. {plural(len(names), 'group')}"
    )
    words = told(
        (f"{name}: {listed(data.loc[data['name'] == name, 'term'].head(4))}" for name in names.values()), "group"
    )
    return dress(chart, title, subtitle or measure, f"Dots with intervals. {words}", source, n)


def _panel(data: pd.DataFrame, names: list[str], colours: list[str]) -> alt.LayerChart:
    span = alt.Scale(domain=[min(0, float(data["low"].min())), 1.22 * float(data["high"].max())], nice=False)
    base = alt.Chart(data, width=PANEL, height=alt.Step(ROW)).encode(
        y=alt.Y("term:N", sort=alt.SortField("z", order="descending"), axis=names_axis(135)), color=hues(names, colours)
    )
    interval = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", scale=span, axis=alt.Axis(title=None, tickCount=4)), x2="high:Q"
    )
    dot = base.mark_point(filled=True, size=55).encode(
        x="log_odds:Q",
        tooltip=[
            alt.Tooltip("term:N", title="Term"),
            alt.Tooltip("n_in:Q", title="Papers of the group with it", format=",d"),
            alt.Tooltip("of_in:Q", title="Papers of the group", format=",d"),
            alt.Tooltip("log_odds:Q", title="Log-odds ratio", format=".2f"),
            alt.Tooltip("z:Q", title="z", format=".1f"),
        ],
    )
    z = base.mark_text(align="left", dx=5, fontSize=10.5).encode(
        x="high:Q", text=alt.Text("z:Q", format=".1f"), color=alt.value(style.SOFT)
    )
    return alt.layer(interval, dot, z)
