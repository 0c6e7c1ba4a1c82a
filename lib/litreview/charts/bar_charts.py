"""Amounts: bars of counts, scores with their intervals, and how recall grows with reading."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import PAPERS, PERCENTAGES, hues, on_rows
from litreview.charts.titles import COMMON, dress, flat, headline, led, nothing, told
from litreview.text.wording import Labels, label, percent, plural, within

BEHIND = 46  # pixels for the number behind a bar


def bars(
    table: pd.DataFrame, by: str, title: str = COMMON, labels: Labels = None, theme: str = "", most: int = 0
) -> ChartType:
    """Draw horizontal bars of n, a row of `shares.counts` each, in its order.

    Takes `by`, n, of, and maybe named (the papers that have any). Bars of themes have each its colour, others that of
    `theme`. Of more than `most` rows the largest are drawn, of equals all or none. In `title`, `{first}` and `{amount}`
    are the largest row and its papers.
    """
    rows = table[table["n"] > (table["n"].iloc[most] if 0 < most < len(table) else 0)]
    if flat(rows["n"]):
        return nothing()
    rows = rows.assign(name=[label(name, labels) for name in rows[by]])
    of, left = int(rows["of"].max()), len(table) - len(rows)
    some = int(rows.get("named", rows["of"]).max())
    chart = _count_bars(rows[["name", "n", "of"]], hues(rows["name"], style.colours(rows[by], by, theme)), by)
    title = led(title, table.set_index(by)["n"], some, labels)
    fewer = f"; {plural(left, 'more row')} not drawn" if left else ""
    measure = f"Number of papers; {some:,} of {of:,} have at least one of these{fewer}"
    words = told("Bar chart", zip(rows["name"], rows["n"], strict=True))
    return dress(chart, title, measure, words, "shares.counts", of)


def scores(table: pd.DataFrame, by: str, title: str = "", labels: Labels = None) -> ChartType:
    """Draw F1 of each row of an evaluation as a dot with its 95% bootstrap interval; rows without one are left out.

    Takes `by`, n, f1, low, high from `evaluation.evaluate_evidence` and its kin, in the table's order. In `title`,
    `{first}` and `{amount}` are the row with the lowest F1 and its F1.
    """
    known = table.dropna(subset=["f1"])
    if len(known) < 2:
        return nothing()
    data = known.assign(name=[label(name, labels) for name in known[by]])[["name", "n", "f1", "low", "high"]].round(4)
    worst, papers = known.loc[known["f1"].idxmin()], int(known["n"].max())
    facts = {"first": within(worst[by], labels), "amount": f"{worst['f1']:.2f}"}
    title = headline(title or "Lowest score: {first}, with an F1 of {amount}", **facts)
    measure = f"F1 against the labels of up to {plural(papers, 'paper')}; lines are 95% bootstrap intervals over papers"
    sure = data.sort_values("f1", kind="stable")
    words = told("Dots with intervals", zip(sure["name"], sure["f1"].map("{:.2f}".format), strict=True))
    scale = alt.Scale(domain=[min(0.5, float(data["low"].min())), 1], nice=False)
    across = alt.X("low:Q", scale=scale, axis=alt.Axis(title="F1", format=".1f", tickCount=5))
    f1 = alt.Tooltip("f1:Q", title="F1", format=".2f")
    tooltip = [alt.Tooltip("name:N", title=by.capitalize()), f1, *_ends(".2f"), PAPERS]
    base = on_rows(data).encode(color=hues(data["name"], style.colours(known[by], by)))
    interval = base.mark_rule(strokeWidth=2).encode(x=across, x2="high:Q")
    chart = alt.layer(interval, base.mark_point(filled=True, size=80).encode(x="f1:Q", tooltip=tooltip))
    return dress(chart, title, measure, words, "evaluation.scores", papers)


def recall_curves(table: pd.DataFrame, title: str) -> ChartType:
    """Draw how recall grows as papers are read in the order of a ranking, with its interval; dashed: read at random.

    Takes read, recall, low, high, of (papers in all), from `simulation.recall_curve` or `screening.recall_so_far`.
    """
    if table.empty:
        return nothing()
    data, of = table[["read", "recall", "low", "high"]].round(4), int(table["of"].max())
    share = alt.Scale(domain=[0, 1])
    x = alt.X("read:Q", scale=share, axis=alt.Axis(title="Papers read", format=".0%", tickCount=5))
    base = alt.Chart(data, width="container", height=280).encode(x=x)
    told_by = [alt.Tooltip(f"{name}:Q", title=name.capitalize(), format=".0%") for name in ("read", "recall")]
    band = base.mark_area(opacity=0.2, color=style.ACCENT).encode(y=alt.Y("low:Q", scale=share), y2="high:Q")
    recall = alt.Y("recall:Q", scale=share, axis=PERCENTAGES)
    line = base.mark_line(strokeWidth=2.5, color=style.ACCENT).encode(y=recall, tooltip=[*told_by, *_ends(".0%")])
    chance = base.mark_line(strokeDash=[3, 3], strokeWidth=1.5, color=style.SOFT).encode(y=alt.Y("read:Q", scale=share))
    measure = f"Recall by the part of {plural(of, 'paper')} that is read; band: 95% interval; dashed: read at random"
    words = told("Line chart", zip(data["read"].map(percent), data["recall"].map(percent), strict=True), "point")
    return dress(alt.layer(band, chance, line), title, measure, words, "simulation.recall_curve", of)


def _ends(form: str) -> list[alt.Tooltip]:
    """Return what a mark says of its interval."""
    ways = {"low": "95% interval from", "high": "95% interval to"}
    return [alt.Tooltip(f"{end}:Q", title=title, format=form) for end, title in ways.items()]


def _count_bars(data: pd.DataFrame, colour: alt.Color, by: str) -> alt.LayerChart:
    """Draw bars of counts; the number behind the bar takes the place of an axis."""
    scale = alt.Scale(domain=[0, int(data["n"].max())], nice=False, range=[0, alt.ExprRef(f"width - {BEHIND}")])
    base = on_rows(data).encode(x=alt.X("n:Q", scale=scale, axis=None))
    tooltip = [alt.Tooltip("name:N", title=by.capitalize()), PAPERS]
    bar = base.mark_bar(height={"band": 0.62}).encode(color=colour, tooltip=tooltip)
    return alt.layer(bar, base.mark_text(align="left", dx=6).encode(text=alt.Text("n:Q", format=",d")))
