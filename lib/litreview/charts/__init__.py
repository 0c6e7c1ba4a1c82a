"""Tidy table in, `alt.Chart` out: one function a chart form. Nothing is counted here.

Every chart has a title that says what is found, a subtitle with unit, population and n, a text alternative made from
its data (`description`), and `usermeta["litreview"]` with the table it comes from and n. It holds only the columns it
draws. `labels` maps keys to shown names. Colour says theme and nothing else (`style.accent`). Importing this package
makes the house theme and renderer current.
"""

from litreview.charts import style
from litreview.charts.amounts import bars, differences
from litreview.charts.dots import compared, scores
from litreview.charts.prisma import flow
from litreview.charts.profiles import profiles
from litreview.charts.provenance import ledger, pages
from litreview.charts.relations import corpus_map, matrix
from litreview.charts.time import shares, strip, years
from litreview.charts.timeline import timeline
from litreview.charts.vocabulary import terms

__all__ = [
    "bars",
    "compared",
    "corpus_map",
    "differences",
    "flow",
    "ledger",
    "matrix",
    "pages",
    "profiles",
    "scores",
    "shares",
    "strip",
    "terms",
    "timeline",
    "years",
]

style.enable()
