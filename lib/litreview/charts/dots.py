"""Dots on rows: who compares with a name and when, and scores with their intervals."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import PAPERS, hues, interval_tooltip, on_rows, paper_tooltip, years_axis
from litreview.charts.titles import dress, headline, nothing, told, unit
from litreview.text.wording import Labels, label, plural, within, years


def compared(table: pd.DataFrame, least: int = 2, title: str = "") -> ChartType:
    """A row for each name that `least` dated papers or more compare with, and a dot on it for each of these papers.

    Takes source, name, paper, published, date, url from `cooccurrence.comparisons`. The most frequent name comes first.
    A click on a dot opens the paper.
    """
    source = "cooccurrence.comparisons"
    dated = table.dropna(subset=["published"])
    sizes = dated.groupby("name").size()
    rows = dated[dated["name"].isin(sizes.index[sizes >= least])]
    if rows.empty:
        return nothing(title, source)
    names = sorted(sizes.index[sizes >= least], key=lambda name: (-sizes[name], name))
    data = rows[["name", "source", "paper", "published", "date", "url"]]
    n, undated = table["paper_id"].nunique(), table.loc[table["published"].isna(), "paper_id"].nunique()
    title = title or f"Compared with most: {names[0]}, by {sizes[names[0]]} of {plural(n, 'paper')} that name another"
    measure = (
        f"One dot a paper, by date, on the row of what it compares with; {plural(len(names), 'name')} of "
        f"{plural(least, 'paper')} or more. {unit(n - undated, pd.Series([undated]))}"
    )
    words = told("Dots by date", [(name, plural(sizes[name], "paper")) for name in names])
    span = years(rows["published"].dt.year.tolist())
    return dress(_lines_of_dots(data, names), title, measure, f"{words}, {span}", source, n)


def scores(table: pd.DataFrame, by: str, title: str = "", labels: Labels = None) -> ChartType:
    """F1 of each row of an evaluation as a dot, with its 95% bootstrap interval; rows without a score are left out.

    In `title`, `{first}` and `{amount}` are the row with the lowest F1 and its F1. Takes `by`, n, f1, low, high from `evaluation.evaluate`, in the table's order.
    """
    source = "evaluation.evaluate"
    known = table.dropna(subset=["f1"])
    if known.empty:
        return nothing(title, source)
    data = known.assign(name=[label(name, labels) for name in known[by]])[["name", "n", "f1", "low", "high"]].round(4)
    worst = known.loc[known["f1"].idxmin()]
    facts = {"first": within(worst[by], labels), "amount": f"{worst['f1']:.2f}"}
    title = headline(title or "Least sure: {first}, with an F1 of {amount}", **facts)
    papers = int(known["n"].max())
    measure = f"F1 against the labels of {plural(papers, 'paper')}; lines are 95% bootstrap intervals over papers"
    sure = data.sort_values("f1", kind="stable")
    words = told("Dots with intervals", zip(sure["name"], sure["f1"].map("{:.2f}".format), strict=True))
    chart = _intervals(data, hues(data["name"], style.colours(known[by], by)), by)
    return dress(chart, title, measure, words, source, papers)


def _lines_of_dots(data: pd.DataFrame, names: list[str]) -> alt.LayerChart:
    base = on_rows(data, names)
    line = base.mark_rule(color=style.RULE).encode(x="min(published):T", x2="max(published):T")
    dot = base.mark_circle(size=80, stroke=style.PAPER, strokeWidth=1).encode(
        x=alt.X("published:T", title=None, axis=years_axis(orient="top"), scale=alt.Scale(nice="year")),
        href="url:N",
        tooltip=[alt.Tooltip("source:N", title="Who"), *paper_tooltip("Compares with")],
    )
    return alt.layer(line, dot)


def _intervals(data: pd.DataFrame, colour: alt.Color, by: str) -> alt.LayerChart:
    scale = alt.Scale(domain=[min(0.5, float(data["low"].min())), 1], nice=False)
    axis = alt.Axis(title="F1", format=".1f", tickCount=5)
    base = on_rows(data).encode(color=colour)
    line = base.mark_rule(strokeWidth=2).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q")
    dot = base.mark_point(filled=True, size=80).encode(
        x=alt.X("f1:Q", scale=scale),
        tooltip=[
            alt.Tooltip("name:N", title=by.capitalize()),
            alt.Tooltip("f1:Q", title="F1", format=".2f"),
            *interval_tooltip(".2f"),
            PAPERS,
        ],
    )
    return alt.layer(line, dot)
