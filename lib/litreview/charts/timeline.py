"""One dot a paper on a time line, and the list of papers that follows a brush on it."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview import style
from litreview.charts.dressing import dress, hues, nothing, paper_tooltip, told, unit
from litreview.charts.listing import listing
from litreview.wording import label, plural

DOT, HEAD = 11, 26  # pixels a dot, pixels for the name of a row
UNNAMED = "none named"


def timeline(
    table: pd.DataFrame,
    by: str,
    title: str = "",
    subtitle: str = "",
    labels: dict[str, str] | None = None,
    theme: str = "",
    source: str = "trends.timeline",
) -> ChartType:
    """One dot a paper by date, a row a category; drag over a period, and the list below shows its papers.

    Takes paper_id, paper, published, `by`, url, undated from `trends.timeline` (or `crosstabs.comparisons`). Rows and
    colours follow `labels`; without them the largest row comes first. With `theme` all dots have its colour.
    """
    dated = table.dropna(subset=["published"])
    if dated.empty:
        return nothing(title, source)
    dated = dated.assign(key=dated[by].fillna(UNNAMED))
    keys = _in_order(dated["key"], labels)
    names = [label(key, labels) for key in keys]
    palette = dict.fromkeys(keys, style.accent(theme)) if theme else style.colours(labels or sorted(keys))
    rows = dated.assign(name=dated["key"].map(dict(zip(keys, names, strict=True))), step=_steps(dated))
    data = rows[["paper", "published", "name", "url", "step"]]
    dots = _dots(data, names, [palette.get(key, style.GREY) for key in keys])
    chart = alt.vconcat(dots, listing(data), spacing=12)
    n, sizes = rows["paper_id"].nunique(), rows.loc[rows["key"] != UNNAMED, "name"].value_counts()
    title = title or (f"{sizes.index[0]}: {sizes.iloc[0]} of {plural(n, 'paper')}, the most" if len(sizes) else "When")
    measure = f"One dot a paper, by first submission; drag to list a period. {unit(n, table.get('undated'))}"
    words = told(_span(name, data.loc[data["name"] == name, "published"]) for name in names)
    return dress(chart, title, subtitle or measure, f"Time line. {words}", source, n)


def _in_order(keys: pd.Series, labels: dict[str, str] | None) -> list[str]:
    """The categories in the order of `labels`, then by size and name; the papers without one last."""
    place, size = {name: at for at, name in enumerate(labels or {})}, keys.value_counts()
    return sorted(size.index, key=lambda name: (name == UNNAMED, place.get(name, len(place)), -size[name], name))


def _steps(dated: pd.DataFrame) -> pd.Series:
    """How high a dot stands among its neighbours in time and row: 0, 1, 2 …"""
    days = (dated["published"] - dated["published"].min()).dt.days
    near = max(1, days.max() * DOT // style.WIDTH)  # days that a dot is wide
    return dated.groupby(["key", days // near]).cumcount()


def _dots(data: pd.DataFrame, names: list[str], colours: list[str]) -> alt.LayerChart:
    tallest = int(data["step"].max()) + 1
    height = HEAD + DOT * tallest
    scale = alt.Scale(domain=[-0.9, tallest - 0.9 + HEAD / DOT], range=[height, 0])
    band = alt.Y("name:N", sort=names, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    brush = alt.selection_interval(name="brush", encodings=["x"])
    base = alt.Chart(data, width=style.WIDTH, height=alt.Step(height)).encode(y=band)
    year = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, labelOverlap="greedy")
    dot = base.mark_circle(size=85, stroke=style.PAPER, strokeWidth=1).encode(
        x=alt.X("published:T", title=None, axis=year, scale=alt.Scale(padding=12)),
        yOffset=alt.YOffset("step:Q", scale=scale),
        color=hues(names, colours),
        opacity=alt.condition(brush, alt.value(1), alt.value(0.25)),
        tooltip=paper_tooltip("Row"),
    )
    heads = base.transform_aggregate(n="count()", groupby=["name"]).transform_calculate(
        head="datum.name + ' · ' + datum.n", top=f"{tallest - 0.9 + 0.5 * HEAD / DOT}", foot="-0.9"
    )
    head = heads.mark_text(align="left", baseline="middle", fontWeight=600).encode(
        x=alt.value(0), yOffset=alt.YOffset("top:Q", scale=scale), text="head:N"
    )
    foot = heads.mark_rule(color=style.RULE).encode(
        x=alt.value(0), x2=alt.value(style.WIDTH), yOffset=alt.YOffset("foot:Q", scale=scale)
    )
    return alt.layer(foot, dot.add_params(brush), head).properties(name="dots")


def _span(name: str, published: pd.Series) -> str:
    first, last = (f"{date:%B %Y}" for date in (published.min(), published.max()))
    return f"{name}: {plural(len(published), 'paper')}, {first if first == last else f'{first} to {last}'}"
