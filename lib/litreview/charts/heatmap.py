"""Cells with numbers in them, and the names above them: upright where there is room, else tilted."""

from collections.abc import Sequence
from textwrap import wrap

import altair as alt
import pandas as pd

from litreview.charts import style
from litreview.charts.encodings import NAME, NARROW, NARROW_NAME, PADDING, PAPERS, PLACE, ROW, names_axis

CELL = 92  # pixels that a cell is wide, at most
DARKEST = 4  # papers, at least, before a cell takes the darkest colour
EMPTY, LINE_HEIGHT = r"\u00a0\n", 13  # a line without words (quite without characters it has no height), pixels
LINE, LETTER = 13, 6.6  # characters of a line above a column, pixels of a character
LIMIT = f"({NARROW} ? 140 : 250)"  # pixels of a tilted name
NARROWEST = 19  # pixels of a cell under a tilted name; in narrower ones names run into each other, and stand on end
TILTED = 0.68  # pixels across for each pixel of a tilted name, less what stands above its own cell
MANY = 12  # columns that leave a phone little room for the names of rows
ILLEGIBLE = 9  # pixels of a cell that has no room for its number


def cells(data: pd.DataFrame, rows: list[str], columns: list[str]) -> alt.LayerChart:
    """Cells coloured by n, with n in them: row, column, n. As wide as there is room, but no wider than a cell needs."""
    top = max(int(data["n"].max()), DARKEST)
    widest = alt.Scale(range=[0, alt.ExprRef(f"min(width - {overhang(columns, rows)}, {CELL * len(columns)})")])
    base = alt.Chart(data, width="container", height=ROW * len(rows)).encode(
        x=alt.X("column:N", sort=columns, title=None, axis=columns_axis(columns, rows), scale=widest),
        y=alt.Y("row:N", sort=rows, axis=names_axis(_most(columns))),
    )
    some = base.transform_filter("datum.n > 0")
    blank = base.mark_rect(color=style.GRID, opacity=0.45, stroke=style.PAPER, strokeWidth=2)
    depth = alt.Scale(domain=[0, top], range=[style.FEW, style.MOST])
    filled = some.mark_rect(color=style.ACCENT, stroke=style.PAPER, strokeWidth=2).encode(
        fillOpacity=alt.FillOpacity("n:Q", legend=None, scale=depth),
        tooltip=[
            alt.Tooltip("row:N", title="Row"),
            alt.Tooltip("column:N", title="Column"),
            PAPERS,
        ],
    )
    size = f"bandwidth('x') < {ILLEGIBLE} ? 0 : bandwidth('x') < 20 ? 11 : 12"
    number = some.mark_text(fontSize=alt.ExprRef(size)).encode(text=alt.Text("n:Q", format=",d"))
    return alt.layer(blank, filled, number)


def tilted(columns: Sequence[str], rows: Sequence[str]) -> str:
    """The Vega expression that is true where names above cells have no room to stand upright.

    It asks for the size of the place and not of the cells, which changes while Vega makes room for the names.
    """
    across = len(columns) * min(max(map(len, columns)), _line(columns)) + max(map(len, rows))
    return f"{PLACE} < {across * LETTER + PADDING:.0f}"


def overhang(columns: Sequence[str], rows: Sequence[str]) -> str:
    """The Vega expression of the pixels that a tilted name reaches beyond its cell."""
    return f"({tilted(columns, rows)} && !{_upended(columns, rows)} ? {_reach(columns)} : 0)"


def columns_axis(columns: Sequence[str], rows: Sequence[str]) -> alt.Axis:
    """The axis of column names above cells: in lines where the place is wide enough for them, else tilted."""
    fits, leans = _line(columns), tilted(columns, rows)
    most = max(len(wrap(name, fits)) for name in columns)
    broken = f"slice(replace(datum.label, regexp('(.{{1,{fits}}})( |$)', 'g'), '$1\\n'), 0, -1)"
    above = f"slice('{most * EMPTY}', 0, 2 * ({most} - length(split({broken}, '\\n'))))"
    lines = f"split({above} + {broken}, '\\n')"
    return alt.Axis(
        orient="top",
        grid=False,
        labelAngle=alt.ExprRef(f"{leans} ? {_upended(columns, rows)} ? -90 : -40 : 0"),
        labelAlign=alt.ExprRef(f"{leans} ? 'left' : 'center'"),
        labelBaseline=alt.ExprRef(f"{leans} && {_upended(columns, rows)} ? 'middle' : 'bottom'"),
        labelExpr=f"{leans} ? datum.label : {lines}",
        labelFontSize=alt.ExprRef(f"{NARROW} ? 11 : 12"),
        labelLimit=alt.ExprRef(LIMIT),
        labelLineHeight=LINE_HEIGHT,
        labelOverlap=alt.ExprRef(f"{leans} && {_upended(columns, rows)} ? 'greedy' : false"),
        labelSeparation=0,
        labelPadding=alt.ExprRef(f"{leans} ? 4 : {4 + (most - 1) * LINE_HEIGHT}"),
    )


def _upended(columns: Sequence[str], rows: Sequence[str]) -> str:
    """The Vega expression that is true where tilted names would run into each other, and have to stand on end."""
    longest = max(map(len, rows)) * LETTER
    names = f"({NARROW} ? {min(longest, _most(columns)):.0f} : {min(longest, NAME):.0f})"
    return f"({PLACE} - {PADDING} - {names} - {_reach(columns)} < {NARROWEST * len(columns)})"


def _most(columns: Sequence[str]) -> int:
    """Pixels of a row's name on a phone, at most: less of it where many columns need the room."""
    return NARROW_NAME if len(columns) <= MANY else 110


def _reach(columns: Sequence[str]) -> str:
    """The Vega expression of the pixels across that the longest name takes when it is tilted."""
    return f"({TILTED} * min({max(map(len, columns)) * LETTER:.0f}, {LIMIT}))"


def _line(columns: Sequence[str]) -> int:
    """The characters of a line above a column: none of the words breaks."""
    return max(LINE, *(len(word) for name in columns for word in name.split()))
