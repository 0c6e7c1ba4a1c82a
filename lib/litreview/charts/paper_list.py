"""The list of papers under a chart, which follows what is brushed in it."""

import altair as alt
import pandas as pd

from litreview.charts import style
from litreview.charts.encodings import paper_tooltip

SHOWN = 12  # papers
LINE = 19  # pixels a paper
ROOM = "room"  # the parameter that holds the width of joined views; a report sets it to the room there is


def over_list(chart: alt.Chart | alt.LayerChart, data: pd.DataFrame) -> alt.VConcatChart:
    """Put below a chart the list of the newest papers inside its selection `brush`, linked where `url` is there.

    `data` has paper, published, date (as exactly as it is known; the day is left out), url. Give the table of the chart
    itself, so that both share one copy.
    """
    lines = min(SHOWN, data["paper"].nunique())
    chosen = alt.Chart(data).transform_filter({"param": "brush"})
    papers = chosen.transform_aggregate(groupby=["paper", "published", "date", "url"])
    down = alt.Y("place:Q", axis=None, scale=alt.Scale(domain=[0, lines + 0.5], reverse=True, nice=False))
    newest = [alt.SortField("published", order="descending"), alt.SortField("paper", order="ascending")]
    listed = papers.transform_window(place="row_number()", sort=newest).transform_filter(f"datum.place <= {SHOWN}")
    month = "replace(datum.date, regexp('^([0-9]+ )?([A-Z]..)[a-z]* '), '$2 ')"  # "29 May 2023" and "May 2023" alike
    listed = listed.transform_calculate(line=f"{month} + ' · ' + datum.paper")
    written = listed.mark_text(align="left", baseline="middle", limit=alt.ExprRef(ROOM)).encode(
        x=alt.value(0), y=down, text="line:N", href="url:N", tooltip=paper_tooltip()
    )
    count = "datum.n == 1 ? '1 paper' : datum.n + ' papers'"
    words = f"datum.n > {SHOWN} ? 'The newest {SHOWN} of ' + datum.n + ' papers' : {count}"
    heads = papers.transform_aggregate(n="count()").transform_calculate(head=words, place="0")
    head = heads.mark_text(align="left", baseline="middle", fontWeight=600, color=style.SOFT)
    size = {"width": style.WIDTH, "height": LINE * (lines + 1)}
    below = alt.layer(head.encode(x=alt.value(0), y=down, text="head:N"), written).properties(name="list", **size)
    return alt.vconcat(chart, below, spacing=12).add_params(alt.param(name=ROOM, value=style.WIDTH))
