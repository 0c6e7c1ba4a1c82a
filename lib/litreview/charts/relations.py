"""Relations: a heatmap of pairs, the family tree of methods, and the map of the corpus."""

import json

import altair as alt
import numpy as np
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import NAMES, PAPERS, PHONE, PLACE, ROW, hues, on_rows, paper_tooltip
from litreview.charts.paper_list import ROOM, over_list
from litreview.charts.titles import dress, flat, headline, in_order, led, nothing, set_apart, thinned, told
from litreview.text.wording import Labels, label, plural, within

CELL = 92  # pixels that a cell is wide, at most
DARKEST = 4  # papers, at least, before a cell takes the darkest colour
LEVEL = 80  # characters of all column names together that stand side by side
TILTED, UPRIGHT = 195, 150  # pixels that a tilted name reaches beyond its cell, and of an upright one
SMALL = 9  # pixels of a cell without room for its number
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
OTHER, NONE = "Another theme, or none", "No theme"
PARENTS, CHILDREN = 15, 40  # columns and rows of a family tree, at most: the most frequent, the newest
MARKS = {"builds on": "circle", "studies": "square", "compares with": "triangle-up"}  # of the links of a family tree
LINE = 15  # pixels from one name on a map up to the next, at least
SIDES = [-1, 0.25, 0.75, 2]  # parts of a map's width, whose names begin, lie in the middle, or end at their papers
LEAST, HEIGHT = 280, 380  # pixels across a map, at least; of its height


def matrix(table: pd.DataFrame, title: str = "", subtitle: str = "", labels: Labels = None) -> ChartType:
    """Draw a heatmap of papers that have both a row and a column, the number in the cell, in the table's order.

    In `title`, `{pair}` and `{amount}` are the fullest cell and its papers; in `subtitle`, `{n}` are all papers. Takes
    row, column, n, of from `cooccurrence.crossed`, or a, b, n, of from `cooccurrence.together`.
    """
    symmetric = "a" in table
    source = "cooccurrence.together" if symmetric else "cooccurrence.crossed"
    table = table.rename(columns={"a": "row", "b": "column"})
    met = table[(table["n"] > 0) & ((table["row"] < table["column"]) | (not symmetric))]
    if flat(met["n"]):
        return nothing()
    shown = {side: [label(name, labels) for name in table[side]] for side in ("row", "column")}
    rows, columns = ([*dict.fromkeys(shown[side])] for side in ("row", "column"))
    chart = _cells(pd.DataFrame({**shown, "n": table["n"]}), rows, rows if symmetric else columns)
    first, n = met.loc[met["n"].idxmax()], int(table["of"].max())
    cell = first[["row", "column"]].tolist()
    pair = " and ".join(set_apart(within(name, labels), cell) for name in cell)
    title = headline(title or "Most often together: {pair}, in {amount}", pair=pair, amount=plural(first["n"], "paper"))
    whole = "of {n}" if symmetric else "of {n} with one of each"
    measure = headline(subtitle or f"Number of papers that have both, {whole}; an empty cell has none", n=f"{n:,}")
    counted = f"{plural(len(met), 'pair')} with papers, {first['n']:,} at most"
    return dress(chart, title, measure, f"Heatmap, {len(rows):,} by {len(columns):,}: {counted}", source, n)


def _cells(data: pd.DataFrame, rows: list[str], columns: list[str]) -> alt.LayerChart:
    """Return cells coloured by n, with n in them: row, column, n. A cell is as wide as it needs, at most."""
    top = max(int(data["n"].max()), DARKEST)
    across = _columns("column", columns, CELL, tilted=len(columns) * max(map(len, columns)) > LEVEL)
    base = alt.Chart(data, width="container", height=ROW * len(rows))
    base = base.encode(x=across, y=alt.Y("row:N", title=None, sort=rows, axis=NAMES))
    some = base.transform_filter("datum.n > 0")
    blank = base.mark_rect(color=style.GRID, opacity=0.45, stroke=style.PAPER, strokeWidth=2)
    depth = alt.Scale(domain=[0, top], range=[style.FEW, style.MOST])
    filled = some.mark_rect(color=style.ACCENT, stroke=style.PAPER, strokeWidth=2).encode(
        fillOpacity=alt.FillOpacity("n:Q", legend=None, scale=depth),
        tooltip=[alt.Tooltip("row:N", title="Row"), alt.Tooltip("column:N", title="Column"), PAPERS],
    )
    size = alt.ExprRef(f"bandwidth('x') < {SMALL} ? 0 : bandwidth('x') < 20 ? 11 : 12")
    return alt.layer(blank, filled, some.mark_text(fontSize=size).encode(text=alt.Text("n:Q", format=",d")))


def _columns(field: str, names: list[str], widest: int, tilted: bool = True) -> alt.X:
    """Return the channel of columns with their names above, level or tilted, and each at most so wide.

    On a narrow screen tilted names stand upright, or the last would run out of the chart.
    """
    narrow = f"{PLACE} < {PHONE}"
    room = alt.ExprRef(f"min(width - ({narrow} ? 0 : {TILTED * tilted}), {widest * len(names)})")
    turn, cut = alt.ExprRef(f"{narrow} ? -90 : -40"), alt.ExprRef(f"{narrow} ? {UPRIGHT} : 255")
    lie = {"labelAngle": turn, "labelLimit": cut, "labelAlign": "left"} if tilted else {"labelAngle": 0}
    axis = alt.Axis(orient="top", grid=False, labelOverlap=False, **lie)
    return alt.X(f"{field}:N", sort=names, title=None, axis=axis, scale=alt.Scale(range=[0, room]))


def family_tree(table: pd.DataFrame, theme: str = "") -> ChartType:
    """Draw which methods come from which: a row a method by date, a column a parent, a mark where they are tied.

    Takes child, parent, link, paper, published, date from `cooccurrence.lineage`. A line down a column joins the
    descendants of a parent.
    """
    if len(table) < 2:
        return nothing()
    rows = table.assign(name=table["child"] + " · " + table["published"].dt.strftime("%b %Y").astype("str"))
    sizes = rows["parent"].value_counts()
    drawn = rows[rows["parent"].isin(sizes.index[:PARENTS])]
    drawn = drawn[drawn["name"].isin(drawn["name"].unique()[-CHILDREN:])]
    data, n = drawn[["name", "parent", "link", "paper", "date"]], rows["name"].nunique()
    left = f"; {plural(len(rows) - len(data), 'more tie')} not drawn" if len(rows) > len(data) else ""
    title = led("Built on, studied or compared with most often: {first}, by {amount}", sizes, n)
    drawn_as = "Rows: papers or their methods, oldest first; columns: the methods that they are tied to"
    measure = f"{drawn_as}. {plural(n, 'paper')}{left}"
    words = told("Family tree", [(str(name), f"{size:,} tied to it") for name, size in sizes.items()], "parent")
    return dress(_tied(data, style.accent(theme)), title, measure, words, "cooccurrence.lineage", n)


def _tied(data: pd.DataFrame, colour: str) -> alt.LayerChart:
    """Return the marks of a family tree, joined across a row and down a column: name, parent, link, paper, date."""
    base = on_rows(data).encode(x=_columns("parent", data["parent"].unique().tolist(), CELL // 2))
    line = base.mark_line(color=style.RULE, strokeWidth=2)
    across, down = line.encode(detail="name:N"), line.encode(detail="parent:N")
    shapes = alt.Scale(domain=[*MARKS], range=[*MARKS.values()])
    mark = base.mark_point(filled=True, size=90, color=colour).encode(
        shape=alt.Shape("link:N", scale=shapes, legend=alt.Legend(columns=alt.ExprRef(f"{PLACE} < {PHONE} ? 1 : 3"))),
        tooltip=[alt.Tooltip("link:N", title="Link"), alt.Tooltip("parent:N", title="Parent"), *paper_tooltip()],
    )
    return alt.layer(down, across, mark)


def corpus_map(table: pd.DataFrame, labels: Labels = None) -> ChartType:
    """Draw papers placed by likeness of their words, coloured by theme; drag over some, and the list shows them.

    Takes paper_id, paper, published, date, theme, url, x, y from `shares.placed`. Names without a colour of their own
    are grey; where there is room, every name stands in the middle of its papers.
    """
    if len(table[["x", "y"]].drop_duplicates()) < 2:  # no papers, or none whose words set it apart
        return nothing()
    keys = in_order(table["theme"], labels)
    shown = {key: label(key, labels) for key in keys}
    palette = dict(zip(shown.values(), style.colours(keys, "theme"), strict=True))
    palette = {name: hue for name, hue in palette.items() if hue != style.GREY} | {OTHER: style.GREY}
    rows = table.assign(own=table["theme"].map(shown).fillna(NONE), **table[["x", "y"]].round(3))
    rows = rows.sort_values("own", key=lambda own: own.isin(list(palette)), kind="stable")  # grey below the colours
    data = rows[["paper", "published", "date", "own", "url", "x", "y"]]
    drawn, fewer = thinned(data)
    view = alt.layer(_points(drawn, palette), _names(data))
    chart = over_list(view.properties(width=style.WIDTH, height=HEIGHT, name="map"), drawn)
    title = f"{plural(len(data), 'paper')}, placed by the words that they use"
    hue = "; colour: the strongest theme" if keys else ""
    measure = f"Those near each other use like words{hue}. Drag to list some{fewer}"
    words = told("Map", data["own"].value_counts().items(), "group")
    return dress(chart, title, measure, words, "shares.placed", len(data), panel=LEAST)


def _points(data: pd.DataFrame, palette: dict[str, str]) -> alt.Chart:
    brush = alt.selection_interval(name="brush")
    legend = alt.Legend(columns=alt.ExprRef(f"{ROOM} < {PHONE} ? 1 : 3"))
    shapes = alt.Scale(domain=[*palette], range=[*SHAPES[: len(palette) - 1], "circle"])
    known = json.dumps([*palette], ensure_ascii=False)
    marks = _place(data).transform_calculate(name=f"indexof({known}, datum.own) < 0 ? '{OTHER}' : datum.own")
    mark = marks.mark_point(filled=True, size=55).encode(
        color=hues(palette, palette.values(), legend),
        shape=alt.Shape("name:N", legend=legend, scale=shapes),
        opacity=alt.condition(brush, alt.value(0.9), alt.value(0.15)),
        tooltip=[*paper_tooltip(), alt.Tooltip("own:N", title="Theme")],
    )
    return mark.add_params(brush)


def _place(data: pd.DataFrame) -> alt.Chart:
    scale = alt.Scale(zero=False, nice=False, padding=12)
    return alt.Chart(data).encode(x=alt.X("x:Q", axis=None, scale=scale), y=alt.Y("y:Q", axis=None, scale=scale))


def _names(data: pd.DataFrame) -> alt.LayerChart:
    """Write the name of each theme above the middle of its papers, where there is room, with a pale edge."""
    middle = data[data["own"] != NONE].groupby("own", as_index=False)[["x", "y"]].median().astype({"own": "str"})
    span = data["x"].max() - data["x"].min()  # a name near an edge runs inwards
    middle["side"] = pd.cut((middle["x"] - data["x"].min()) / (span or 1), SIDES, labels=["left", "center", "right"])
    middle = middle.astype({"side": "str"}).sort_values("y")
    line = LINE / HEIGHT * (data["y"].max() - data["y"].min())  # a name moves up where another lies on it
    middle["y"] = (middle["y"] - line * np.arange(len(middle))).cummax() + line * np.arange(len(middle))
    text = _place(middle).transform_calculate(words=f"{ROOM} < {PHONE} ? '' : datum.own").encode(text="words:N")
    look = {"fontWeight": 600, "dy": -10, "align": alt.ExprRef("datum.side")}
    edge = text.mark_text(**look, stroke=style.PAPER, strokeWidth=4, strokeOpacity=0.8, strokeJoin="round")
    return alt.layer(edge, text.mark_text(**look))
