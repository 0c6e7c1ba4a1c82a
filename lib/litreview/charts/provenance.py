"""Where the papers come from: what became of each record, and which papers stand on which pages."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview.charts import style
from litreview.charts.encodings import BEHIND, NARROW, PAPERS, ROW, hues, names_axis
from litreview.charts.titles import dress, nothing, told
from litreview.text.wording import plural

FATES = {"loaded": style.INDIGO, "merged": style.SAND, "rejected": style.RED}
DOT = 30  # pixels a file


def ledger(table: pd.DataFrame, title: str = "") -> ChartType:
    """What became of the records of each file: loaded, merged or rejected, from `corpus.ledger`."""
    source = "corpus.ledger"
    if table.empty or not table["found"].sum():
        return nothing(title, source)
    data = table[["source_file", *FATES]].melt("source_file", var_name="name", value_name="n")
    data = data.merge(table[["source_file", "found"]], on="source_file")
    data["place"] = data["name"].map({fate: place for place, fate in enumerate(FATES)})
    fates = {fate: colour for fate, colour in FATES.items() if table[fate].any()}
    legend = alt.Legend(columns=alt.ExprRef(f"{NARROW} ? 2 : 3"))
    base = alt.Chart(data, width="container", height=(ROW + 4) * len(table)).encode(
        x=alt.X("n:Q", stack="zero", axis=alt.Axis(title="records", format=",d", tickMinStep=1, tickCount=5)),
        y=alt.Y("source_file:N", sort=None, axis=names_axis()),
        order="place:Q",
    )
    bar = base.mark_bar(height={"band": 0.66}, stroke=style.PAPER).encode(
        color=hues(fates, fates.values(), legend),
        tooltip=[
            alt.Tooltip("source_file:N", title="File"),
            alt.Tooltip("name:N", title="Records"),
            alt.Tooltip("n:Q", title="Number", format=",d"),
            alt.Tooltip("found:Q", title="Found in the file", format=",d"),
        ],
    )
    ink = alt.condition("datum.name == 'merged'", alt.value(style.ON_LIGHT), alt.value(style.ON_DARK))
    room = f"width * datum.n / {table['found'].max()}"
    wide = base.transform_calculate(words=f"{room} < 9 * length(format(datum.n, ',d')) ? '' : format(datum.n, ',d')")
    number = wide.mark_text(fontWeight=600).encode(
        x=alt.X("n:Q", stack="zero", bandPosition=0.5), text="words:N", color=ink
    )
    sums = {name: int(table[name].sum()) for name in ("found", *FATES)}
    title = title or f"{sums['found']:,} records found: {', '.join(f'{sums[fate]:,} {fate}' for fate in FATES)}"
    measure = f"Records in {plural(len(table), 'file')}; merged: says the same as one already loaded"
    words = told("Stacked bars", zip(table["source_file"], table["found"].map(_records), strict=True), "file")
    return dress(alt.layer(bar, number), title, measure, words, source, sums["found"])


def _records(n: int) -> str:
    return plural(n, "record")


def pages(table: pd.DataFrame, title: str = "") -> ChartType:
    """How many papers stand on exactly which pages: a row for each set of files, from `cooccurrence.pages`."""
    source = "cooccurrence.pages"
    if table.empty:
        return nothing(title, source)
    sets = table.drop_duplicates("pages")
    data = table[["pages", "source_file", "member", "n"]]
    tooltip = [alt.Tooltip("pages:N", title="Pages"), PAPERS]
    base = alt.Chart(data).encode(y=alt.Y("pages:N", sort=sets["pages"].tolist(), axis=None), tooltip=tooltip)
    left = f"min({DOT * data['source_file'].nunique()}, width / 2)"
    files = alt.Axis(orient="top", labelAngle=-40, grid=False, labelLimit=170)
    marks = base.mark_point(filled=True, size=95).encode(
        x=alt.X("source_file:N", title=None, axis=files, scale=alt.Scale(range=[0, alt.ExprRef(left)])),
        color=alt.condition("datum.member", alt.value(style.ACCENT), alt.value(style.RULE)),
    )
    scale = alt.Scale(range=[alt.ExprRef(f"{left} + 12"), alt.ExprRef(f"width - {BEHIND}")], domainMin=0, nice=False)
    once = base.transform_aggregate(n="max(n)", groupby=["pages"])
    once = once.encode(x=alt.X("n:Q", axis=None, scale=scale))
    number = once.mark_text(align="left", dx=6).encode(text=alt.Text("n:Q", format=",d"))
    bars = alt.layer(once.mark_bar(height={"band": 0.62}), number)
    chart = alt.layer(marks, bars).resolve_scale(x="independent").properties(width="container", height=24 * len(sets))
    alone, n = int(sets.loc[sets["n_pages"] == 1, "n"].sum()), int(table["of"].max())
    title = title or f"{alone:,} of {plural(n, 'paper')} stand on one page only"
    measure = f"Papers that stand on exactly the marked pages, of {n:,} in all"
    sizes = [(plural(r.n_pages, "page"), plural(r.n, "paper")) for r in sets.itertuples()]
    return dress(chart, title, measure, told("Bars by set of pages", sizes, "set"), source, n)
