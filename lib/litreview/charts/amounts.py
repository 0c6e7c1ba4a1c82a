"""Amounts: bars with optional intervals, differences between two groups, and scores."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import (
    PAPERS,
    count_tooltip,
    dots_with_intervals,
    hues,
    interval_tooltip,
    numbered,
    on_rows,
    percentages,
    share_tooltip,
)
from litreview.charts.titles import dress, headline, leader, nothing, told
from litreview.text.wording import ENOUGH, Labels, label, percent, plural, within


def bars(
    table: pd.DataFrame,
    by: str,
    title: str = "",
    labels: Labels = None,
    theme: str = "",
    share: bool = False,
    most: int = 0,
) -> ChartType:
    """Draw horizontal bars of n, a row of `trends.counts` each, in its order; with `share`, shares with intervals.

    Takes `by`, n, of, share, low, high; without `share`, `by`, n and of will do. Bars of themes have each its colour,
    others that of `theme`. `most` keeps the first rows. Under ten papers in all, n is drawn whatever `share` says.
    In `title`, `{first}` and `{amount}` are the largest row and its papers.
    """
    source = "trends.counts"
    if table.empty:
        return nothing(title, source)
    rows = table.head(most) if most else table
    rows = rows.assign(name=[label(name, labels) for name in rows[by]])
    of, left = int(rows["of"].max()), len(table) - len(rows)
    share = share and of >= ENOUGH
    colour = hues(rows["name"], style.colours(rows[by], by, theme))
    data = rows[["name", "n", "of", *(["share", "low", "high"] if share else [])]].round(4)
    chart = _share_bars(data, colour, by) if share else _count_bars(data, colour, by)
    facts = leader(table[by].tolist(), table["n"].tolist(), of, labels)
    plain = f"{{First}}: {{amount}}{', the most' if len(table) > 1 else ''}"
    title = headline(title or plain, **facts) if table["n"].any() else f"None of {plural(of, 'paper')} has any of these"
    measure = f"Share of {plural(of, 'paper')}; lines are 95% intervals" if share else f"Papers, of {of:,} in all"
    measure += f"; {plural(left, 'more row')} not drawn" if left else ""
    values = rows["share"].map(percent) if share else rows["n"]
    return dress(chart, title, measure, told("Bar chart", zip(rows["name"], values, strict=True)), source, of)


def differences(table: pd.DataFrame, by: str, title: str = "", labels: Labels = None, theme: str = "") -> ChartType:
    """Draw the change of each share, of `trends.change`, with its 95% interval; hollow where zero is inside."""
    source = "trends.change"
    table = table[table["enough"]]
    if table.empty:
        return nothing(title, source)
    clear = (table["low"] > 0) | (table["high"] < 0)
    rows = table.assign(name=[label(name, labels) for name in table[by]], clear=clear)
    columns = ["name", "difference", "low", "high", "n_before", "of_before", "n_after", "of_after", "clear"]
    chart = _difference_dots(rows[columns].round(4), hues(rows["name"], style.colours(rows[by], by, theme)), by)
    first = rows.loc[rows["difference"].abs().idxmax()]
    before, after = (int(first[name]) for name in ("of_before", "of_after"))
    groups = f"{plural(after, 'paper')} from {first['split']} on, less the share among the {before:,} before"
    title = title or f"{first['name']} changed most: {_points(first['difference'])}"
    measure = f"Share among the {groups}; 95% intervals; a hollow dot has zero inside"
    words = told("Dots with intervals", zip(rows["name"], rows["difference"].map(_points), strict=True))
    return dress(chart, title, measure, words, source, before + after)


def scores(table: pd.DataFrame, by: str, title: str = "", labels: Labels = None) -> ChartType:
    """Draw F1 of each row of an evaluation as a dot with its 95% bootstrap interval; rows without one are left out.

    Takes `by`, n, f1, low, high from `evaluation.evaluate`, in the table's order. In `title`, `{first}` and `{amount}`
    are the row with the lowest F1 and its F1.
    """
    source = "evaluation.evaluate"
    known = table.dropna(subset=["f1"])
    if known.empty:
        return nothing(title, source)
    data = known.assign(name=[label(name, labels) for name in known[by]])[["name", "n", "f1", "low", "high"]].round(4)
    worst, papers = known.loc[known["f1"].idxmin()], int(known["n"].max())
    facts = {"first": within(worst[by], labels), "amount": f"{worst['f1']:.2f}"}
    title = headline(title or "Least sure: {first}, with an F1 of {amount}", **facts)
    measure = f"F1 against the labels of {plural(papers, 'paper')}; lines are 95% bootstrap intervals over papers"
    sure = data.sort_values("f1", kind="stable")
    words = told("Dots with intervals", zip(sure["name"], sure["f1"].map("{:.2f}".format), strict=True))
    scale = alt.Scale(domain=[min(0.5, float(data["low"].min())), 1], nice=False)
    across = alt.X("low:Q", scale=scale, axis=alt.Axis(title="F1", format=".1f", tickCount=5))
    f1 = alt.Tooltip("f1:Q", title="F1", format=".2f")
    tooltip = [alt.Tooltip("name:N", title=by.capitalize()), f1, *interval_tooltip(".2f"), PAPERS]
    colour = hues(data["name"], style.colours(known[by], by))
    chart = alt.layer(*dots_with_intervals(data, "f1", across, colour, tooltip))
    return dress(chart, title, measure, words, source, papers)


def _share_bars(data: pd.DataFrame, colour: alt.Color, by: str) -> alt.LayerChart:
    """Draw bars of shares; the number stands behind the interval."""
    base = on_rows(data)
    across = alt.X("share:Q", scale=numbered(float(data["high"].max())), axis=percentages())
    bar = base.mark_bar(height={"band": 0.62}).encode(x=across, color=colour, tooltip=share_tooltip(by.capitalize()))
    interval = base.mark_rule(strokeWidth=1.5, color=style.INK).encode(x="low:Q", x2="high:Q")
    number = base.mark_text(align="left", dx=6).encode(x="high:Q", text=alt.Text("share:Q", format=".0%"))
    return alt.layer(bar, interval, number)


def _count_bars(data: pd.DataFrame, colour: alt.Color, by: str) -> alt.LayerChart:
    """Draw bars of counts; the number behind the bar takes the place of an axis."""
    base = on_rows(data).encode(x=alt.X("n:Q", scale=numbered(max(int(data["n"].max()), 1)), axis=None))
    tooltip = [alt.Tooltip("name:N", title=by.capitalize()), PAPERS]
    bar = base.mark_bar(height={"band": 0.62}).encode(color=colour, tooltip=tooltip)
    return alt.layer(bar, base.mark_text(align="left", dx=6).encode(text=alt.Text("n:Q", format=",d")))


def _difference_dots(data: pd.DataFrame, colour: alt.Color, by: str) -> alt.LayerChart:
    signed = "datum.value == 0 ? '0' : format(100 * datum.value, '+.0f')"
    across = alt.X("low:Q", axis=alt.Axis(title="change, in points", labelExpr=signed, tickCount=5))
    change = alt.Tooltip("difference:Q", title="Change", format="+.0%")
    tooltip = [
        *[alt.Tooltip("name:N", title=by.capitalize()), change, *interval_tooltip("+.0%")],
        *[count_tooltip("n_before", "Papers, before"), count_tooltip("of_before", "Of, before")],
        *[count_tooltip("n_after", "Papers, after"), count_tooltip("of_after", "Of, after")],
    ]
    zero = alt.Chart(data).mark_rule(color=style.INK).encode(x=alt.datum(0))
    line, dot = dots_with_intervals(data, "difference", across, colour, tooltip)
    fill = alt.condition("datum.clear", colour, alt.value(style.PAPER))
    return alt.layer(zero, line, dot.mark_point(filled=False, size=75, strokeWidth=2).encode(fill=fill))


def _points(difference: float) -> str:
    return f"{100 * difference:+.0f} points".replace("-", "−")
