"""Dots on rows: who compares with a name and when, and scores with their intervals."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview import style
from litreview.charts.dressing import dress, names_axis, nothing, told, unit
from litreview.wording import label, plural

STEP = 22  # pixels a row


def compared(table: pd.DataFrame, least: int = 2, title: str = "", subtitle: str = "") -> ChartType:
    """A row for each name that `least` dated papers or more compare with, and a dot on it for each of these papers.

    Takes source, name, paper, published, url from `crosstabs.comparisons`. The most frequent name comes first.
    A click on a dot opens the paper.
    """
    source = "crosstabs.comparisons"
    dated = table.dropna(subset=["published"])
    sizes = dated.groupby("name").size()
    rows = dated[dated["name"].isin(sizes.index[sizes >= least])]
    if rows.empty:
        return nothing(title, source)
    names = sorted(sizes.index[sizes >= least], key=lambda name: (-sizes[name], name))
    data = rows[["name", "source", "paper", "published", "url"]]
    n, undated = table["paper_id"].nunique(), table.loc[table["published"].isna(), "paper_id"].nunique()
    title = (
        title or f"{names[0]} is what most compare with: {sizes[names[0]]} of {plural(n, 'paper')} that name another"
    )
    measure = (
        f"One dot a paper, by date, on the row of what it compares with; {plural(len(names), 'name')} of "
        f"{plural(least, 'paper')} or more. {unit(n - undated, pd.Series([undated]))}"
    )
    words = told((_who(name, rows[rows["name"] == name]) for name in names), "name")
    return dress(_lines_of_dots(data, names), title, subtitle or measure, f"Dots on rows. {words}", source, n)


def scores(
    table: pd.DataFrame, by: str, title: str = "", subtitle: str = "", labels: dict[str, str] | None = None
) -> ChartType:
    """F1 of each row of an evaluation as a dot, with its 95% bootstrap interval; rows without a score are left out.

    Takes `by`, n, f1, low, high from `evaluation.evaluate`, in the table's order.
    """
    source = "evaluation.evaluate"
    known = table.dropna(subset=["f1"])
    if known.empty:
        return nothing(title, source)
    data = known.assign(name=[label(name, labels) for name in known[by]])[["name", "n", "f1", "low", "high"]].round(4)
    worst = data.loc[data["f1"].idxmin()]
    title = title or f"Least sure: {worst['name']}, with an F1 of {worst['f1']:.2f}"
    papers = int(known["n"].max())
    measure = f"F1 against the labels of {plural(papers, 'paper')}; lines are 95% bootstrap intervals over papers"
    words = told(f"{r.name}: F1 {r.f1:.2f}, {r.low:.2f} to {r.high:.2f}" for r in data.itertuples(index=False))
    return dress(_intervals(data, by), title, subtitle or measure, f"Dots with intervals. {words}", source, papers)


def _who(name: str, rows: pd.DataFrame) -> str:
    return f"{name}: " + ", ".join(f"{r.source} ({r.published.year})" for r in rows.itertuples())


def _on_rows(data: pd.DataFrame, order: list[str] | None) -> alt.Chart:
    rows = alt.Chart(data, width="container", height=STEP * data["name"].nunique())
    return rows.encode(y=alt.Y("name:N", sort=order, axis=names_axis()))


def _lines_of_dots(data: pd.DataFrame, names: list[str]) -> alt.LayerChart:
    years = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, labelOverlap="greedy", orient="top")
    base = _on_rows(data, names)
    line = base.mark_rule(color=style.RULE).encode(x="min(published):T", x2="max(published):T")
    dot = base.mark_circle(size=80, color=style.ACCENT, stroke=style.PAPER, strokeWidth=1).encode(
        x=alt.X("published:T", title=None, axis=years, scale=alt.Scale(padding=12)),
        href="url:N",
        tooltip=[
            alt.Tooltip("source:N", title="Who"),
            alt.Tooltip("name:N", title="Compares with"),
            alt.Tooltip("paper:N", title="Paper"),
            alt.Tooltip("published:T", title="Submitted", format="%B %Y"),
        ],
    )
    return alt.layer(line, dot)


def _intervals(data: pd.DataFrame, by: str) -> alt.LayerChart:
    scale = alt.Scale(domain=[min(0.5, float(data["low"].min())), 1], nice=False)
    axis = alt.Axis(title="F1", format=".1f", tickCount=5)
    base = _on_rows(data, None)
    line = base.mark_rule(strokeWidth=2, color=style.SOFT).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high:Q")
    number = [
        ("f1", "F1", ".2f"),
        ("low", "95% interval from", ".2f"),
        ("high", "95% interval to", ".2f"),
        ("n", "Papers", ",d"),
    ]
    dot = base.mark_point(filled=True, size=80, color=style.ACCENT).encode(
        x=alt.X("f1:Q", scale=scale),
        tooltip=[
            alt.Tooltip("name:N", title=by.capitalize()),
            *(alt.Tooltip(f"{name}:Q", title=title, format=form) for name, title, form in number),
        ],
    )
    return alt.layer(line, dot)
