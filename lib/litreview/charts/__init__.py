"""Charts: a tidy table goes in, an `alt.Chart` comes out; one function a chart form. Nothing is counted here.

Every chart has a title that states the finding, a subtitle with unit, population and n, a text alternative made from
its data (`description`), and `usermeta["litreview"]` with the table it comes from and n. It holds only the columns it
draws. `labels` maps keys to shown names. Colour says theme and nothing else (`style.accent`). Importing this package
enables our Altair theme and renderer.
"""

from litreview.charts.bar_charts import bars, recall_curves, scores
from litreview.charts.prisma import flow
from litreview.charts.relations import corpus_map, family_tree, matrix
from litreview.charts.timeline import timeline
from litreview.charts.trend_charts import papers_by_period, profiles, shares

__all__ = ["bars", "corpus_map", "family_tree", "flow", "matrix", "papers_by_period"]
__all__ += ["profiles", "recall_curves", "scores", "shares", "timeline"]
