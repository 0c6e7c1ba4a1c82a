"""The list of papers under a chart, which follows what is brushed in it."""

import altair as alt
import pandas as pd

from litreview import style

SHOWN = 12  # papers
LINE = 19  # pixels a paper


def listing(data: pd.DataFrame, brush: str = "brush") -> alt.LayerChart:
    """The newest papers inside the selection named `brush`, a line each, linked where `url` is there.

    `data` has paper, published, url. Give the very table of the chart above, so that both share one copy.
    """
    chosen = alt.Chart(data, width=style.WIDTH, height=LINE * (SHOWN + 1)).transform_filter({"param": brush})
    papers = chosen.transform_aggregate(groupby=["paper", "published", "url"])
    down = alt.Y("place:Q", axis=None, scale=alt.Scale(domain=[0, SHOWN + 0.5], reverse=True, nice=False))
    newest = [alt.SortField("published", order="descending"), alt.SortField("paper", order="ascending")]
    lines = papers.transform_window(place="row_number()", sort=newest).transform_filter(f"datum.place <= {SHOWN}")
    lines = lines.transform_calculate(
        line="(datum.published ? timeFormat(datum.published, '%b %Y') : 'undated') + '   ' + datum.paper"
    )
    written = lines.mark_text(align="left", baseline="middle", limit=style.WIDTH).encode(
        x=alt.value(0),
        y=down,
        text="line:N",
        href="url:N",
        tooltip=[alt.Tooltip("paper:N", title="Paper"), alt.Tooltip("published:T", title="Submitted", format="%B %Y")],
    )
    count = "datum.n == 1 ? '1 paper' : datum.n + ' papers'"
    words = f"datum.n > {SHOWN} ? 'The newest {SHOWN} of ' + datum.n + ' papers' : {count}"
    heads = papers.transform_aggregate(n="count()").transform_calculate(head=words, place="0")
    head = heads.mark_text(align="left", baseline="middle", fontWeight=600, color=style.SOFT)
    return alt.layer(head.encode(x=alt.value(0), y=down, text="head:N"), written).properties(name="list")
