"""Where the papers come from: what became of each record, and which papers stand on which pages."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from litreview import style
from litreview.charts.dressing import dress, hues, names_axis, nothing, told, whole
from litreview.wording import plural

FATES = {"loaded": style.INDIGO, "merged": style.SAND, "rejected": style.RED}


def ledger(table: pd.DataFrame, title: str = "", subtitle: str = "") -> ChartType:
    """What became of the records of each file: loaded, merged or rejected, from `corpus.ledger`."""
    source = "corpus.ledger"
    if table.empty or not table["found"].sum():
        return nothing(title, source)
    data = table[["source_file", *FATES]].melt("source_file", var_name="name", value_name="n")
    data = data.merge(table[["source_file", "found"]], on="source_file")
    data["place"] = data["name"].map({fate: place for place, fate in enumerate(FATES)})
    base = alt.Chart(data[data["n"] > 0], width="container", height=34 * len(table)).encode(
        x=alt.X("n:Q", stack="zero", axis=whole("records")),
        y=alt.Y("source_file:N", sort=None, axis=names_axis()),
        order="place:Q",
    )
    bar = base.mark_bar(height={"band": 0.66}, stroke=style.PAPER).encode(
        color=hues(FATES, FATES.values(), alt.Legend(columns=2)),
        tooltip=[
            alt.Tooltip("source_file:N", title="File"),
            alt.Tooltip("name:N", title="Records"),
            alt.Tooltip("n:Q", title="Number", format=",d"),
            alt.Tooltip("found:Q", title="Found in the file", format=",d"),
        ],
    )
    ink = alt.condition("datum.name == 'merged'", alt.value(style.ON_LIGHT), alt.value(style.ON_DARK))
    wide = base.transform_calculate(words=f"datum.n < {0.03 * table['found'].max()} ? '' : format(datum.n, ',d')")
    number = wide.mark_text(fontWeight=600).encode(
        x=alt.X("n:Q", stack="zero", bandPosition=0.5), text="words:N", color=ink
    )
    sums = {name: int(table[name].sum()) for name in ("found", *FATES)}
    title = title or "{found:,} records found: {loaded:,} loaded, {merged:,} merged, {rejected:,} rejected".format(
        **sums
    )
    measure = f"Records in {plural(len(table), 'file')}; merged: says the same as one already loaded"
    words = (
        f"{r.source_file}: {r.found} found, {r.loaded} loaded, {r.merged} merged, {r.rejected} rejected"
        for r in table.itertuples()
    )
    return dress(
        alt.layer(bar, number),
        title,
        subtitle or measure,
        "Stacked bars. " + told(words, "file"),
        source,
        sums["found"],
    )


def pages(table: pd.DataFrame, title: str = "", subtitle: str = "") -> ChartType:
    """How many papers stand on exactly which pages: a row for each set of files, from `crosstabs.pages`."""
    source = "crosstabs.pages"
    if table.empty:
        return nothing(title, source)
    sets = table.drop_duplicates("pages")
    data = table[["pages", "source_file", "member", "n"]]
    row = alt.Y("pages:N", sort=sets["pages"].tolist(), axis=None)
    tooltip = [alt.Tooltip("pages:N", title="Pages"), alt.Tooltip("n:Q", title="Papers", format=",d")]
    base = alt.Chart(data, height=alt.Step(24)).encode(y=row)
    mark = base.properties(width=alt.Step(34)).mark_point(filled=True, size=95)
    marks = mark.encode(
        x=alt.X("source_file:N", title=None, axis=alt.Axis(orient="top", labelAngle=-40, grid=False, labelLimit=170)),
        color=alt.condition("datum.member", alt.value(style.ACCENT), alt.value(style.RULE)),
        tooltip=tooltip,
    )
    once = base.properties(width=180).transform_aggregate(n="max(n)", groupby=["pages"])
    bar = once.mark_bar(height={"band": 0.62}).encode(x=alt.X("n:Q", axis=None), tooltip=tooltip)
    number = once.mark_text(align="left", dx=6).encode(x="n:Q", text="n:Q")
    alone, n = int(sets.loc[sets["n_pages"] == 1, "n"].sum()), int(table["of"].max())
    title = title or f"{alone:,} of {plural(n, 'paper')} stand on one page only"
    words = told((f"{r.pages}: {r.n}" for r in sets.itertuples()), "set")
    chart = alt.hconcat(marks, alt.layer(bar, number), spacing=24, bounds="flush")
    return dress(
        chart,
        title,
        subtitle or "Papers that stand on exactly the marked pages",
        f"Bars by set of pages. {words}",
        source,
        n,
    )
