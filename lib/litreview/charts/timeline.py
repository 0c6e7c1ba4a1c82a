"""One dot a paper on a time line, and the list of papers that follows a brush on it."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview import style
from litreview.charts.dressing import dress, hues, nothing, paper_tooltip, told, unit
from litreview.charts.listing import listing
from litreview.wording import label, plural

STACK_DAYS = 45  # papers nearer than this stand above each other
DOT, HEAD = 11, 26  # pixels a dot, pixels for the name of a row
UNNAMED = "none named"


def timeline(
    table: pd.DataFrame,
    by: str,
    title: str = "",
    subtitle: str = "",
    labels: dict[str, str] | None = None,
    source: str = "trends.timeline",
) -> ChartType:
    """One dot a paper by date, a row a category; drag over a period, and the list below shows its papers.

    Takes paper_id, paper, published, `by`, url, undated from `trends.timeline` (or `crosstabs.comparisons`). Rows and
    colours follow `labels`, then the names.
    """
    dated = table.dropna(subset=["published"])
    if dated.empty:
        return nothing(title, source)
    keys = _in_order(dated[by].fillna(UNNAMED), labels)
    names = [label(key, labels) for key in keys]
    palette = style.colours(labels or keys)
    rows = dated.assign(name=dated[by].fillna(UNNAMED).map(dict(zip(keys, names, strict=True))), step=_steps(dated, by))
    data = rows[["paper", "published", "name", "url", "paper_id", "step"]]
    chart = alt.vconcat(_dots(data, names, [palette.get(key, style.GREY) for key in keys]), listing(data), spacing=12)
    n, sizes = rows["paper_id"].nunique(), rows["name"].value_counts()
    title = title or f"{sizes.index[0]} has the most papers: {sizes.iloc[0]} of {n}"
    measure = (
        f"One dot a paper, by first submission; drag over a period to list its papers. {unit(n, table.get('undated'))}"
    )
    words = told(_span(name, data.loc[data["name"] == name, "published"]) for name in names)
    return dress(chart, title, subtitle or measure, f"Time line. {words}", source, n)


def _in_order(keys: pd.Series, labels: dict[str, str] | None) -> list[str]:
    """The categories in the order of `labels`, then by name; the papers without one last."""
    place = {name: at for at, name in enumerate(labels or {})}
    return sorted(keys.unique(), key=lambda name: (name == UNNAMED, place.get(name, len(place)), name))


def _steps(dated: pd.DataFrame, by: str) -> pd.Series:
    """How high a dot stands among its neighbours in time and row: 0, 1, 2 …"""
    days = (dated["published"] - dated["published"].min()).dt.days
    return dated.groupby([dated[by].fillna(UNNAMED), days // STACK_DAYS]).cumcount()


def _dots(data: pd.DataFrame, names: list[str], colours: list[str]) -> alt.LayerChart:
    tallest = int(data["step"].max()) + 1
    height = HEAD + DOT * tallest
    band = alt.Y("name:N", sort=names, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    place = alt.YOffset("step:Q", scale=alt.Scale(domain=[-0.6, tallest - 0.6 + HEAD / DOT], range=[height, 0]))
    brush = alt.selection_interval(name="brush", encodings=["x"])
    base = alt.Chart(data, width=style.WIDTH, height=alt.Step(height)).encode(y=band, yOffset=place)
    year = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, labelOverlap="greedy")
    dot = base.mark_circle(size=85, stroke=style.PAPER, strokeWidth=1).encode(
        x=alt.X("published:T", title=None, axis=year),
        color=hues(names, colours),
        opacity=alt.condition(brush, alt.value(1), alt.value(0.25)),
        tooltip=paper_tooltip("Row"),
    )
    heads = base.transform_aggregate(n="count()", groupby=["name"])
    heads = heads.transform_calculate(head="datum.name + '  ' + datum.n", step=f"{tallest - 0.6 + 0.5 * HEAD / DOT}")
    head = heads.mark_text(align="left", baseline="middle", fontWeight=600).encode(x=alt.value(0), text="head:N")
    return alt.layer(dot.add_params(brush), head).properties(name="dots")


def _span(name: str, published: pd.Series) -> str:
    first, last = (f"{date:%B %Y}" for date in (published.min(), published.max()))
    return f"{name}: {plural(len(published), 'paper')}, {first if first == last else f'{first} to {last}'}"
