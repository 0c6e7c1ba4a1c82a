"""The flow of records from the files into the review, as PRISMA 2020 counts it.

Boxes and wording are those of the flow diagram for new reviews that search databases and registers only (Page et al.
2021, BMJ 372:n71). A file stands where a database stands there. A limit on years is an automation tool: it removes
records without a person looking at them. Several records of one work are the reports of one study.
"""

import pandas as pd

from litreview import schema
from litreview.analysis.data_quality import closed
from litreview.corpus import Corpus
from litreview.errors import LedgerError
from litreview.judgement.decisions import OPEN, load_decisions, standing_decisions

MOST_NAMED = 6  # files; of more, none has a line of its own


def prisma_counts(corpus: Corpus) -> pd.DataFrame:
    """Count the records in each box of the PRISMA flow diagram, a row a line: `schema.FLOW`.

    Where nobody has decided on a paper yet, the diagram has no boxes of screening, and all count as included.
    Raises: LedgerError when the records of a file, or those of the boxes, do not add up.
    """
    whole = corpus.whole.between(corpus.since, corpus.until) if corpus.decided else corpus
    files = corpus.ledger.set_index("source_file")["found"]
    found, loaded, merged, rejected = closed(corpus.ledger).iloc[-1][["found", "loaded", "merged", "rejected"]]
    reports = whole.records.loc[whole.records["merged_into"].isna(), ["paper_id"]]
    reports = reports.merge(standing_decisions(load_decisions(whole)), how="left").fillna({"decision": OPEN})
    screening = _screening(reports)
    included = reports[reports["decision"] == "include"] if screening else reports
    lines = [
        ("Identification", "identified", "Records identified from files", found),
        *(("Identification", "identified", *each) for each in files.items() if len(files) <= MOST_NAMED),
        ("Identification", "removed", "Records removed before screening", found - len(reports)),
        ("Identification", "removed", "Duplicate records removed", merged),
        ("Identification", "removed", "Records marked as ineligible by automation tools", loaded - len(reports)),
        ("Identification", "removed", "Records removed for other reasons", rejected),
        *(("Screening", *each) for each in screening),
        ("Included", "included", "Studies included in review", included["paper_id"].nunique()),
        ("Included", "included", "Reports of included studies", len(included)),
    ]
    table = pd.DataFrame(lines, columns=["stage", "box", "text", "n"])
    if loaded < len(reports):
        raise LedgerError(f"{loaded} records are loaded, but {len(reports)} are in reports; build the corpus again.")
    return schema.shape(table.assign(heads=~table["box"].duplicated()), schema.FLOW)


def _screening(reports: pd.DataFrame) -> list[tuple[str, str, int]]:
    """The lines of screening, of reports with decision and reason; none before the first decision."""
    n = reports["decision"].value_counts().reindex(["exclude", "maybe", OPEN], fill_value=0)
    reasons = reports.loc[reports["decision"] == "exclude", "reason"].value_counts()
    lines = [
        ("screened", "Records screened", len(reports) - n[OPEN]),
        ("screened", "Of these without a final decision", n["maybe"]),
        ("screened", "Records not screened yet", n[OPEN]),
        *(("excluded", *each) for each in [("Records excluded", n["exclude"]), *reasons.items()]),
    ]
    return lines if n[OPEN] < len(reports) else []
