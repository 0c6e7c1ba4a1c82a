"""How many: bars with optional intervals, and the differences between two eras."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import PAPERS, hues, interval_tooltip, numbered, on_rows, percentages, share_tooltip
from litreview.charts.titles import dress, headline, leader, nothing, told
from litreview.text.wording import ENOUGH, Labels, label, percent, plural


def bars(
    table: pd.DataFrame,
    by: str,
    title: str = "",
    labels: Labels = None,
    theme: str = "",
    share: bool = False,
    most: int = 0,
) -> ChartType:
    """Horizontal bars of n, one a row of `trends.counts`, in the table's order; with `share`, shares and 95% intervals.

    Takes `by`, n, of, share, low, high; without `share`, `by`, n and of will do. Bars of themes have each its colour,
    others that of `theme`. `most` keeps the first rows. Under ten papers in all, n is drawn whatever `share` says.
    """
    source = "trends.counts"
    if table.empty:
        return nothing(title, source)
    rows = table.head(most) if most else table
    rows = rows.assign(name=[label(name, labels) for name in rows[by]])
    of = int(rows["of"].max())
    share = share and of >= ENOUGH
    colour = hues(rows["name"], style.colours(rows[by], by, theme))
    data = rows[["name", "n", "of", *(["share", "low", "high"] if share else [])]].round(4)
    chart = _share_bars(data, colour, by) if share else _count_bars(data, colour, by)
    left = len(table) - len(rows)
    facts = leader(table[by].tolist(), table["n"].tolist(), of, labels)
    plain = f"{{First}}: {{amount}}{', the most' if len(table) > 1 else ''}"
    title = headline(title or plain, **facts) if table["n"].any() else f"None of {plural(of, 'paper')} has any of these"
    measure = f"Share of {plural(of, 'paper')}; lines are 95% intervals" if share else f"Papers, of {of:,} in all"
    measure += f"; {plural(left, 'more row')} not drawn" if left else ""
    values = rows["share"].map(percent) if share else rows["n"]
    alternative = told("Bar chart", zip(rows["name"], values, strict=True))
    return dress(chart, title, measure, alternative, source, of)


def differences(table: pd.DataFrame, by: str, title: str = "", labels: Labels = None, theme: str = "") -> ChartType:
    """Change of each share between two groups with 95% interval; hollow where zero is inside.

    Takes `trends.change`, of two eras, or `changes.shares`, of the papers that came and those that were there.
    """
    source = "trends.change" if "split" in table else "changes.shares"
    table = table[table["enough"]]
    if table.empty:
        return nothing(title, source)
    rows = table.assign(
        name=[label(name, labels) for name in table[by]], clear=(table["low"] > 0) | (table["high"] < 0)
    )
    columns = ["name", "difference", "low", "high", "n_before", "of_before", "n_after", "of_after", "clear"]
    chart = _difference_dots(rows[columns].round(4), hues(rows["name"], style.colours(rows[by], by, theme)), by)
    first = rows.loc[rows["difference"].abs().idxmax()]
    before, after = (int(first[name]) for name in ("of_before", "of_after"))
    groups = (
        f"from {first['split']} on, less the share among the {before:,} before"
        if "split" in first
        else f"that came, less the share among the {before:,} that were there"
    )
    most = "changed most" if "split" in first else "differs most among the papers that came"
    title = title or f"{first['name']} {most}: {_points(first['difference'])}"
    measure = (
        f"Share among the {plural(after, 'paper')} {groups}; lines are 95% intervals, hollow dots have zero inside"
    )
    words = told("Dots with intervals", zip(rows["name"], rows["difference"].map(_points), strict=True))
    return dress(chart, title, measure, words, source, before + after)


def _share_bars(data: pd.DataFrame, colour: alt.Color, by: str) -> alt.LayerChart:
    """Bars of shares; the number stands behind the interval."""
    base = on_rows(data)
    bar = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X("share:Q", scale=numbered(float(data["high"].max())), axis=percentages()),
        color=colour,
        tooltip=share_tooltip(by.capitalize()),
    )
    interval = base.mark_rule(strokeWidth=1.5, color=style.INK).encode(x="low:Q", x2="high:Q")
    number = base.mark_text(align="left", dx=6).encode(x="high:Q", text=alt.Text("share:Q", format=".0%"))
    return alt.layer(bar, interval, number)


def _count_bars(data: pd.DataFrame, colour: alt.Color, by: str) -> alt.LayerChart:
    """Bars of counts; the number behind the bar takes the place of an axis."""
    base = on_rows(data).encode(x=alt.X("n:Q", scale=numbered(max(int(data["n"].max()), 1)), axis=None))
    tooltip = [alt.Tooltip("name:N", title=by.capitalize()), PAPERS]
    bar = base.mark_bar(height={"band": 0.62}).encode(color=colour, tooltip=tooltip)
    return alt.layer(bar, base.mark_text(align="left", dx=6).encode(text=alt.Text("n:Q", format=",d")))


def _difference_dots(data: pd.DataFrame, colour: alt.Color, by: str) -> alt.LayerChart:
    signed = "datum.value == 0 ? '0' : format(100 * datum.value, '+.0f')"
    axis = alt.Axis(title="change, in points", labelExpr=signed, tickCount=5)
    base = on_rows(data).encode(color=colour)
    parts = [("n", "Papers"), ("of", "Of")]
    zero = alt.Chart(data).mark_rule(color=style.INK).encode(x=alt.datum(0))
    line = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", axis=axis), x2="high:Q")
    dot = base.encode(
        x="difference:Q",
        tooltip=[
            alt.Tooltip("name:N", title=by.capitalize()),
            alt.Tooltip("difference:Q", title="Change", format="+.0%"),
            *interval_tooltip("+.0%"),
            *(
                alt.Tooltip(f"{part}_{when}:Q", title=f"{title}, {when}", format=",d")
                for part, title in parts
                for when in ("before", "after")
            ),
        ],
    )
    fill = alt.condition("datum.clear", colour, alt.value(style.PAPER))
    return alt.layer(zero, line, dot.mark_point(filled=False, size=75, strokeWidth=2).encode(fill=fill))


def _points(difference: float) -> str:
    return f"{100 * difference:+.0f} points".replace("-", "−")
