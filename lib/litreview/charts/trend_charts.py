"""Time: papers and shares by period, and learning rates over training."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import PAPERS, PERCENTAGES, hues, two_lines
from litreview.charts.titles import dress, flat, nothing, told, unit
from litreview.text.wording import Labels, agreed, join_words, label, percent, plural

PANEL, LEAST = 208, 200  # pixels across one of several: as drawn, at least
CURVE, LEAST_CURVE = 156, 126  # the same of a learning-rate profile
BETWEEN, BELOW, AXIS = 16, 30, 42  # pixels between panels, between rows of them, of the axis beside them
SPELLED = 12  # periods, at most, whose counts have room to be written
WIDEST = 120  # pixels of a column
NOT_OVER = alt.Tooltip("unfinished:N", title="Not over")
DASHED, SOLID = alt.value([3, 3]), alt.value([1, 0])


def papers_by_period(table: pd.DataFrame, theme: str = "") -> ChartType:
    """Draw papers by period as columns, from `shares.papers_over_time`; a period that is not over is hollow, dashed."""
    if flat(table["n"]):
        return nothing()
    data, colour = table[["period", "n", "unfinished"]], style.accent(theme)
    base = alt.Chart(data, width="container", height=200).encode(
        x=alt.X("period:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy", grid=False)),
        y=alt.Y("n:Q", axis=None),
    )
    width = alt.ExprRef(f"min(0.7 * bandwidth('x'), {WIDEST})")
    some = base.transform_filter("datum.n > 0")
    column = some.mark_bar(width=width, stroke=colour, strokeWidth=1.5).encode(
        fill=alt.condition("datum.unfinished", alt.value(style.PAPER), alt.value(colour)),
        strokeDash=alt.condition("datum.unfinished", DASHED, SOLID),
        tooltip=[alt.Tooltip("period:O", title="Period"), PAPERS, NOT_OVER],
    )
    narrow = alt.ExprRef(f"width < {20 * len(data)} ? 0 : 1")  # numbers would run into each other
    number = base.mark_text(dy=-8, opacity=narrow).encode(text=alt.Text("n:Q", format=",d"))
    n = int(table["n"].sum())
    dashed = f"; {join_words(table.loc[table['unfinished'], 'period'])} (dashed) is not over"
    measure = f"Papers by period{dashed}. {unit(n, table['undated'])}"
    words = told("Column chart", zip(data["period"], data["n"], strict=True), "period")
    words += f"; most in {data.loc[data['n'].idxmax(), 'period']}, {data['n'].max():,}"
    return dress(alt.layer(column, number), _younger_half(table), measure, words, "shares.papers_over_time", n)


def shares(table: pd.DataFrame, by: str, labels: Labels = None) -> ChartType:
    """Draw the share of each category by period, from `shares.shares_over_time`: small multiples, largest first.

    A period that is not over is hollow. A period of fewer than ten papers has no share: its counts stand on the axis
    instead where there is room. Panels of themes have each its colour.
    """
    if table["period"].nunique() < 2:
        return nothing()
    keys = table.groupby(by)["n"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    names = {key: label(key, labels) for key in keys}
    rows = table.assign(name=table[by].map(names), share=table["share"].round(4))
    data = rows[["name", "period", "n", "of", "enough", "unfinished", "share"]]
    header = alt.Facet("name:N", sort=[*names.values()], header=alt.Header(labelLimit=LEAST, labelExpr=two_lines(24)))
    chart = _panel(data, hues(names.values(), style.colours(keys, by)))
    chart = chart.facet(header, columns=3, spacing={"row": BELOW, "column": BETWEEN}).resolve_axis(x="independent")
    n = int(table.drop_duplicates("period")["of"].sum())
    measure = f"Share of each period's papers, from ten papers on; hollow: not over. {unit(n, table['undated'])}"
    title, latest = _latest(rows)
    words = told("Shares by period", latest, "category")
    return dress(chart, title, measure, words, "shares.shares_over_time", n, panel=LEAST, beside=BETWEEN, once=AXIS)


def _younger_half(table: pd.DataFrame) -> str:
    """Title: how many papers are from the latest period since which at least half of them are."""
    later = table["n"][::-1].cumsum()[::-1]
    at = later[2 * later >= later.iloc[0]].index[-1]
    period, n, of = table.loc[at, "period"], later[at], later.iloc[0]
    return f"{n:,} of {plural(of, 'paper')} {agreed(n, 'are')} from {period}{' or later' * (later.index[-1] != at)}"


def _panel(rows: pd.DataFrame, colour: alt.Color) -> alt.LayerChart:
    """Draw the shares of a category as dots, joined by a line where a period is over."""
    periods = rows["period"].drop_duplicates().tolist()
    axis = alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=2, grid=False)
    x = alt.X("period:O", scale=alt.Scale(domain=periods), title=None, axis=axis)
    base = alt.Chart(rows, width=PANEL, height=110).encode(x=x, color=colour)
    top = min(1.0, 1.04 * float(rows["share"].max())) if rows["enough"].any() else 1.0
    share = alt.Y("share:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=PERCENTAGES)
    drawn = base.transform_filter("datum.enough")
    line = drawn.transform_filter("!datum.unfinished").mark_line(opacity=0.4).encode(y=share)
    names = [alt.Tooltip("period:O", title="Period"), alt.Tooltip("name:N", title="Category"), PAPERS]
    of, part = alt.Tooltip("of:Q", title="Of", format=",d"), alt.Tooltip("share:Q", title="Share", format=".0%")
    dot = drawn.encode(y=share, tooltip=[*names, of, part, NOT_OVER])
    done = dot.transform_filter("!datum.unfinished").mark_point(filled=True, size=60)
    hollow = dot.transform_filter("datum.unfinished").mark_point(filled=False, size=45, fill=style.PAPER, strokeWidth=2)
    few = base.transform_filter("!datum.enough && datum.of > 0").transform_calculate(words="datum.n + '/' + datum.of")
    count = few.mark_text(dy=-7, fontSize=11).encode(y=alt.YDatum(0), text="words:N", color=alt.value(style.SOFT))
    return alt.layer(line, done, hollow, *([count] if len(periods) <= SPELLED else []))


def _latest(rows: pd.DataFrame) -> tuple[str, list[tuple[str, str]]]:
    """Title: the largest share of the last complete period; and the share of each category there, largest first."""
    complete = rows[rows["enough"] & ~rows["unfinished"]]
    if complete.empty:
        none = "No complete period has the ten papers that a share needs"
        return none, [(name, "no share") for name in rows["name"].unique()]
    period = complete["period"].max()
    last = complete[complete["period"] == period].sort_values("share", ascending=False, kind="stable")
    shares = [(name, f"{percent(share)} in {period}") for name, share in zip(last["name"], last["share"], strict=True)]
    return f"{shares[0][0]} has the largest share in {period}: {percent(last['share'].max())}", shares


def profiles(table: pd.DataFrame, title: str) -> ChartType:
    """Draw each learning-rate profile in a panel of its own, from `learning_rate_schedules.lr_profiles`.

    Takes title (the name of the panel), progress and rate.
    """
    data = table.rename(columns={"title": "name"})[["name", "progress", "rate"]].round(3)
    names = data["name"].drop_duplicates().tolist()
    halves = {"format": ".0%", "values": [0, 0.5, 1], "title": None}
    line = alt.Chart(data, width=CURVE, height=100).mark_line(strokeWidth=2.5, color=style.accent("scheduling"))
    panel = line.encode(
        x=alt.X("progress:Q", axis=alt.Axis(**halves, grid=False, labelFlush=True)),
        y=alt.Y("rate:Q", axis=alt.Axis(**halves), scale=alt.Scale(domain=[0, 1])),
        tooltip=["name:N", alt.Tooltip("progress:Q", format=".0%"), alt.Tooltip("rate:Q", format=".1%")],
    )
    chart = panel.facet(facet=alt.Facet("name:N", sort=names), columns=4, spacing=BETWEEN).resolve_axis(x="independent")
    measure = f"Learning rate as a part of its peak, by the part of training done. {plural(len(names), 'profile')}"
    room = {"panel": LEAST_CURVE, "beside": BETWEEN, "once": AXIS}
    words, source = f"A panel a profile: {join_words(names)}", "learning_rate_schedules.lr_profiles"
    return dress(chart, title, measure, words, source, len(names), **room)
