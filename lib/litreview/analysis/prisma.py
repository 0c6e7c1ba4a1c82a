"""The flow of records from the files into the review, as PRISMA 2020 counts it.

Boxes and wording are those of the flow diagram for new reviews that search databases and registers only (Page et al.
2021, BMJ 372:n71). A file stands where a database stands there. A limit on years is an automation tool: it removes
records without a person looking at them. Several records of one work are the reports of one study.
"""

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.errors import LedgerError

MOST_NAMED = 6  # files that a box names one by one


def prisma_counts(corpus: Corpus) -> pd.DataFrame:
    """Count the records in each box of the PRISMA flow diagram, a row a line: `schema.FLOW`.

    Nobody has screened the records yet, so the diagram has no boxes of screening.
    Raises: LedgerError when the records of a file, or those of the boxes, do not add up.
    """
    found, loaded, merged, rejected = map(int, corpus.ledger[["found", "loaded", "merged", "rejected"]].sum())
    reports = corpus.records[corpus.records["merged_into"].isna()]
    lines = [
        ("Identification", "identified", "Records identified from files", found),
        *(("Identification", "identified", *each) for each in _named(corpus.ledger.set_index("source_file")["found"])),
        ("Identification", "removed", "Records removed before screening", found - len(reports)),
        ("Identification", "removed", "Duplicate records removed", merged),
        ("Identification", "removed", "Records marked as ineligible by automation tools", loaded - len(reports)),
        ("Identification", "removed", "Records removed for other reasons", rejected),
        ("Included", "included", "Studies included in review", reports["paper_id"].nunique()),
        ("Included", "included", "Reports of included studies", len(reports)),
    ]
    table = pd.DataFrame(lines, columns=["stage", "box", "text", "n"])
    if found != loaded + merged + rejected or loaded < len(reports):
        raise LedgerError(
            f"{found} records are identified, but {merged} are merged, {rejected} rejected and {loaded} loaded; "
            f"{len(reports)} are in included reports. A record is lost or counted twice; build the corpus again."
        )
    return schema.shape(table.assign(heads=~table["box"].duplicated()), schema.FLOW)


def _named(counts: pd.Series) -> list[tuple[str, int]]:
    """The count of each file with its name; of many, the largest, and the others together."""
    if len(counts) > MOST_NAMED:
        largest = counts.sort_values(ascending=False, kind="stable").head(MOST_NAMED - 1)
        others = f"{len(counts) - len(largest)} other files"
        counts = pd.concat([largest, pd.Series({others: counts.sum() - largest.sum()})])
    return [(str(name), int(n)) for name, n in counts.items()]
