"""The flow of records from the files into the review, as PRISMA 2020 counts it.

Boxes and wording are those of the flow diagram for new reviews that search databases and registers only (Page et al.
2021, BMJ 372:n71). A file stands where a database stands there. A limit on years is an automation tool: it removes
records without a person looking at them. Several records of one work are the reports of one study.
"""

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.errors import LedgerError

COUNTS = ("found", "loaded", "merged", "rejected")
MOST_NAMED = 6  # files, or reasons, that a box names one by one
INCLUDE, EXCLUDE = "include", "exclude"
WAITING = "Records not screened yet"


def prisma_counts(corpus: Corpus, decisions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the records in each box of the PRISMA flow diagram, a row a line: `schema.FLOW`.

    `decisions` has paper_id, decision (include or exclude) and reason (str); a paper without a decision is not screened
    yet. Without decisions nothing was screened, and the diagram has no such boxes.
    Raises: LedgerError when the records of a file, or those of the boxes, do not add up.
    """
    found, loaded, merged, rejected = (int(corpus.ledger[name].sum()) for name in COUNTS)
    reports = corpus.records[corpus.records["merged_into"].isna()]
    screening, included = ([], reports) if decisions is None else _screening(reports, decisions)
    lines = [
        ("Identification", "identified", "Records identified from files", found),
        *(("Identification", "identified", *each) for each in _named(corpus.ledger.set_index("source_file")["found"])),
        ("Identification", "removed", "Records removed before screening", found - len(reports)),
        ("Identification", "removed", "Duplicate records removed", merged),
        ("Identification", "removed", "Records marked as ineligible by automation tools", loaded - len(reports)),
        ("Identification", "removed", "Records removed for other reasons", rejected),
        *screening,
        ("Included", "included", "Studies included in review", included["paper_id"].nunique()),
        ("Included", "included", "Reports of included studies", len(included)),
    ]
    table = pd.DataFrame(lines, columns=["stage", "box", "text", "n"])
    screened = table[table["text"].isin(["Records excluded", WAITING])]["n"].sum() if screening else 0
    out = found - len(reports) + screened
    open_sum = found != loaded + merged + rejected or len(reports) != screened + len(included)
    if open_sum or (table["n"] < 0).any():
        raise LedgerError(
            f"{found} records are identified, but {out} are removed, excluded or waiting and {len(included)} are in "
            "included reports. A record is lost or counted twice, or a paper has two decisions; build the corpus again."
        )
    return schema.shape(table.assign(heads=~table["box"].duplicated()), schema.FLOW)


def _named(counts: pd.Series, what: str = "files") -> list[tuple[str, int]]:
    """Each count with its name; of many, the largest, and the others together."""
    if len(counts) > MOST_NAMED:
        largest = counts.sort_values(ascending=False, kind="stable").head(MOST_NAMED - 1)
        others = f"{len(counts) - len(largest)} other {what}"
        counts = pd.concat([largest, pd.Series({others: counts.sum() - largest.sum()})])
    return [(str(name), int(n)) for name, n in counts.items()]


def _screening(reports: pd.DataFrame, decisions: pd.DataFrame) -> tuple[list[tuple[str, str, str, int]], pd.DataFrame]:
    """The boxes of screening, with the most frequent reasons first, and the reports that are included."""
    decided = reports.merge(decisions[["paper_id", "decision", "reason"]], on="paper_id")
    out = decided[decided["decision"] == EXCLUDE]
    reasons = out["reason"].fillna("").replace("", "No reason given").value_counts().sort_index()
    reasons = reasons.sort_values(ascending=False, kind="stable")
    waiting = len(reports) - len(decided)
    boxes = [
        ("Screening", "screened", "Records screened", len(decided)),
        *([("Screening", "screened", WAITING, waiting)] if waiting else []),
        ("Screening", "excluded", "Records excluded", len(out)),
        *(("Screening", "excluded", *each) for each in _named(reasons, "reasons")),
    ]
    return boxes, decided[decided["decision"] == INCLUDE]
