"""Time lines: one dot a paper, and the list of papers that follows a brush on it."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import PADDING, hues, paper_tooltip
from litreview.charts.paper_list import ROOM, over_list
from litreview.charts.titles import COMMON, UNNAMED, dress, in_order, led, nothing, thinned, told, unit
from litreview.text.wording import Labels, label, plural

DOT, HEAD = 11, 26  # pixels a dot, pixels for the name of a row
TALLEST = 500  # pixels of dots in all; where there are more, they move together
LEAST = 280  # pixels of a time line, at least
MANY = 12  # years, from which on only every fifth has a line


def timeline(table: pd.DataFrame, by: str, title: str = COMMON, labels: Labels = None, theme: str = "") -> ChartType:
    """Draw one dot a paper by date, a row a category; drag over a period, and the list below shows its papers.

    In `title`, `{first}` and `{amount}` are the largest row and its papers. Takes paper_id, paper, published, date,
    `by`, url, undated from `shares.dated_rows`. Rows follow `labels`; without them the largest comes first. Rows of
    themes have each its colour, others that of `theme`.
    """
    dated = table.dropna(subset=["published"])
    if len(dated) < 2:
        return nothing()
    dated = dated.assign(key=dated[by].fillna(UNNAMED))
    keys = in_order(dated["key"], labels)
    names = [label(key, labels) for key in keys]
    rows = dated.assign(name=dated["key"].map(dict(zip(keys, names, strict=True))), step=_steps(dated))
    bands = _bands(rows, names)
    rows["level"] = rows["name"].map(bands.set_index("name")["foot"]) + (rows["step"] + 0.8) * bands["dot"].iloc[0]
    data, fewer = thinned(rows[["paper", "published", "date", "name", "url", "level"]])
    dots = _dots(data, bands[["name", "n", "foot", "head"]], style.colours(keys, by, theme))
    n, sizes = len(rows), rows.loc[rows["key"] != UNNAMED, "key"].value_counts().sort_index()
    title = led(title, sizes, n, labels) if len(sizes) else "No paper names one of these"
    measure = f"One dot a paper, in the row it speaks of most; drag to list some. {unit(n, table['undated'])}{fewer}"
    words = told("Time line", zip(bands["name"], [plural(size, "paper") for size in bands["n"]], strict=True))
    years = rows["published"].dt.year
    words += ", " + "–".join(map(str, sorted({years.min(), years.max()})))
    return dress(over_list(dots, data), title, measure, words, "shares.dated_rows", n, panel=LEAST, once=PADDING + DOT)


def _steps(dated: pd.DataFrame) -> pd.Series:
    """Return how high a dot stands among its neighbours in time and row: 0, 1, 2 …"""
    days = (dated["published"] - dated["published"].min()).dt.days
    near = max(1, days.max() * DOT // style.WIDTH)  # days that a dot is wide
    return dated.groupby(["key", days // near]).cumcount()


def _bands(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return where each row stands, in pixels from the bottom: name, n, foot, head (of its name), dot (height)."""
    tallest = rows.groupby("name")["step"].max().reindex(names) + 1.6
    dot = min(DOT, TALLEST / tallest.sum())
    height = dot * tallest + HEAD
    head = height[::-1].cumsum()[::-1]
    table = pd.DataFrame({"n": rows["name"].value_counts(), "foot": head - height, "head": head - HEAD / 2, "dot": dot})
    return table.loc[names].rename_axis("name").reset_index().round(1)


def _dots(data: pd.DataFrame, bands: pd.DataFrame, colours: list[str]) -> alt.LayerChart:
    top = float(bands["head"].max()) + HEAD / 2
    scale = alt.Scale(domain=[0, top], nice=False)
    brush = alt.selection_interval(name="brush", encodings=["x"])
    tick = {"interval": "year", "step": 1 if data["published"].dt.year.nunique() <= MANY else 5}
    years = alt.Axis(format="%Y", tickCount=tick, labelOverlap="greedy", labelFlush=True)
    dot = alt.Chart(data).mark_circle(size=85, stroke=style.PAPER, strokeWidth=1)
    dot = dot.encode(
        x=alt.X("published:T", title=None, axis=years, scale=alt.Scale(nice="year")),
        y=alt.Y("level:Q", axis=None, scale=scale),
        color=hues(bands["name"], colours),
        opacity=alt.condition(brush, alt.value(1), alt.value(0.25)),
        tooltip=paper_tooltip("Row"),
    )
    row = alt.Chart(bands).transform_calculate(words="datum.name + ' · ' + datum.n")
    head = row.mark_text(align="left", baseline="middle", fontWeight=600, limit=alt.ExprRef(ROOM))
    head = head.encode(x=alt.value(0), y=alt.Y("head:Q", axis=None, scale=scale), text="words:N")
    foot = row.mark_rule(color=style.RULE)
    foot = foot.encode(x=alt.value(0), x2=alt.value("width"), y=alt.Y("foot:Q", axis=None, scale=scale))
    return alt.layer(foot, dot.add_params(brush), head).properties(name="dots", width=style.WIDTH, height=top)
