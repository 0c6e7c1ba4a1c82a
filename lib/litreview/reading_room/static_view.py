"""The room where no widget can live: the papers, what was decided of them and what was noted, as tables."""

import pandas as pd

from litreview.corpus.citations import cited_papers
from litreview.judgement import by_paper, coding_sheet, standing_decisions
from litreview.report.tables import Shown, table
from litreview.review import Review


def static_view(review: Review, paper_ids: list[str]) -> Shown:
    """Show papers with decision, reason and note, and the coding sheet of those that readers noted something of."""
    order = pd.DataFrame({"paper_id": paper_ids}, dtype="str")
    papers = order.merge(cited_papers(review), on="paper_id").merge(standing_decisions(review.decisions), on="paper_id", how="left")
    decided = papers["decision"].notna()
    columns = {"paper": "Paper", "title": "Title"} | (
        {"decision": "Decision", "reason": "Reason", "note": "Note"} if decided.any() else {}
    )
    note = f"{decided.sum():,} of {len(papers):,} are decided." if decided.any() else "No paper is decided yet."
    shown = table(papers, "The papers in the reading room", columns=columns, note=note).source
    notes = review.notes
    coded = review.where(notes["paper_id"].unique())
    if len(notes):
        sheet = coding_sheet(coded, [*review.titles], notes, coded.evidence.head(0))
        shown += table(by_paper(coded, sheet), "What readers noted").source
    return Shown(shown)
