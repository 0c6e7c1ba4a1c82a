"""What goes with what: a matrix of pairs, and the map of the corpus."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview import style
from litreview.charts.cells import cells
from litreview.charts.dressing import (
    PHONE,
    dress,
    headline,
    hues,
    nothing,
    paper_tooltip,
    told,
)
from litreview.charts.listing import ROOM, over_list
from litreview.wording import label, plural, within

SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
OTHER = "other or none"
LEAST = 280  # pixels of a map, at least


def matrix(
    table: pd.DataFrame,
    title: str = "",
    subtitle: str = "",
    labels: dict[str, str] | None = None,
) -> ChartType:
    """Papers that have both a row and a column, the number in the cell, in the table's order.

    In `title`, `{pair}` and `{amount}` are the fullest cell and its papers. Takes row, column, n, of from `crosstabs.crossed`, or a, b, n, of from `crosstabs.together`.
    """
    symmetric = "a" in table
    source = "crosstabs.together" if symmetric else "crosstabs.crossed"
    table = table.rename(columns={"a": "row", "b": "column"})
    if table.empty or not table["n"].sum():
        return nothing(title, source)
    keys = table[["row", "column"]].add_suffix("_key")
    data = keys.assign(
        n=table["n"], **{side: [label(name, labels) for name in table[side]] for side in ("row", "column")}
    )
    rows, columns = (data[side].drop_duplicates().tolist() for side in ("row", "column"))
    chart = cells(data[["row", "column", "n"]], rows, rows if symmetric else columns)
    met = data[(data["n"] > 0) & ((data["row"] < data["column"]) | (not symmetric))]
    met = met.sort_values("n", ascending=False, kind="stable")
    first, n = met.iloc[0], int(table["of"].max())
    pair = f"{first['row']} and {within(first['column_key'], labels)}"
    often = "{pair} meet most often: in {amount}" if first["n"] > 1 else "No two of these meet in more than one paper"
    title = headline(title or often, pair=pair, amount=plural(first["n"], "paper"))
    measure = "Papers that have both; an empty cell has none"
    words = told((f"{r.row} and {r.column}: {r.n}" for r in met.itertuples()), "cell")
    return dress(chart, title, subtitle or measure, f"Table of cells. {words}", source, n)


def corpus_map(
    table: pd.DataFrame, by: str = "theme", title: str = "", subtitle: str = "", labels: dict[str, str] | None = None
) -> ChartType:
    """Papers placed by likeness of their words, coloured by `by`; drag over some, and the list below shows them.

    Takes paper_id, paper, published, `by`, url, x, y from `trends.placed`. A name without a colour of its own is grey.
    """
    source = "trends.placed"
    if table.empty:
        return nothing(title, source)
    keys = [*(key for key in labels or {} if (table[by] == key).any())] or sorted(table[by].dropna().unique())
    palette = {key: hue for key, hue in style.colours(keys).items() if hue != style.GREY}
    names = {key: label(key, labels) for key in palette}
    rows = table.assign(name=table[by].map(names).fillna(OTHER), **table[["x", "y"]].round(3))
    rows = rows.sort_values("name", key=lambda name: name != OTHER, kind="stable")  # grey below the colours
    data = rows[["paper", "published", "name", "url", "x", "y"]]
    chart = over_list(_points(data, [*names.values(), OTHER], [*palette.values(), style.GREY]), data)
    sizes = data["name"].value_counts()
    title = title or "Papers whose abstracts share words lie near each other"
    measure = (
        f"One mark a paper, {plural(len(data), 'paper')}, in the colour of its strongest {by}; nearness is likeness of "
        "words. Drag over some to list them"
    )
    words = told(f"{name}: {plural(int(sizes.get(name, 0)), 'paper')}" for name in [*names.values(), OTHER])
    return dress(chart, title, subtitle or measure, f"Map. {words}", source, len(data), panel=LEAST)


def _points(data: pd.DataFrame, names: list[str], colours: list[str]) -> alt.Chart:
    brush = alt.selection_interval(name="brush")
    place = alt.Scale(zero=False, nice=False, padding=12)
    legend = alt.Legend(columns=alt.ExprRef(f"{ROOM} < {PHONE} ? 1 : 3"))
    shapes = alt.Scale(domain=names, range=[*SHAPES[: len(names) - 1], "circle"])
    mark = alt.Chart(data, width=style.WIDTH, height=380, name="map").mark_point(filled=True, size=55)
    return mark.encode(
        x=alt.X("x:Q", axis=None, scale=place),
        y=alt.Y("y:Q", axis=None, scale=place),
        color=hues(names, colours, legend),
        shape=alt.Shape("name:N", legend=legend, scale=shapes),
        opacity=alt.condition(brush, alt.value(0.9), alt.value(0.15)),
        tooltip=paper_tooltip("Theme"),
    ).add_params(brush)
