"""The way of the records from the files into the review, as PRISMA 2020 counts it.

Boxes and wording are those of the flow diagram for new reviews that search databases and registers only (Page et al.
2021, BMJ 372:n71). A file stands where a database stands there. A limit on years is an automation tool: it removes
records without a person looking at them. Several records of one work are the reports of one study.
"""

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.errors import LedgerError

MOST_NAMED = 6  # files, or reasons, that a box names one by one
INCLUDE, EXCLUDE = "include", "exclude"
WAITING = "Records not screened yet"


def flow(corpus: Corpus, decisions: pd.DataFrame | None = None) -> pd.DataFrame:
    """The lines of the diagram, box by box: `schema.FLOW`.

    `decisions` has paper_id, decision (include or exclude) and reason (str); a paper without a decision is not screened
    yet. Without decisions nothing was screened, and the diagram has no such boxes.

    Raises `LedgerError` when the records of a file, or those of the boxes, do not add up.
    """
    found, loaded, merged, rejected = (
        int(corpus.ledger[name].sum()) for name in ("found", "loaded", "merged", "rejected")
    )
    reports = corpus.records[corpus.records["merged_into"].isna()]
    limited = loaded - len(reports)
    lines = [
        ("Identification", "identified", "Records identified from files", found),
        *(("Identification", "identified", *each) for each in _files(corpus.ledger)),
        ("Identification", "removed", "Records removed before screening", found - len(reports)),
        ("Identification", "removed", "Duplicate records removed", merged),
        ("Identification", "removed", "Records marked as ineligible by automation tools", limited),
        ("Identification", "removed", "Records removed for other reasons", rejected),
    ]
    screening = [] if decisions is None else _screening(reports, decisions)
    included = reports if decisions is None else _included(reports, decisions)
    lines += [
        *screening,
        ("Included", "included", "Studies included in review", included["paper_id"].nunique()),
        ("Included", "included", "Reports of included studies", len(included)),
    ]
    table = pd.DataFrame(lines, columns=["stage", "box", "text", "n"])
    return _closed(schema.shape(table.assign(heads=~table["box"].duplicated()), schema.FLOW))


def _files(ledger: pd.DataFrame) -> list[tuple[str, int]]:
    """The records of each file, in the order of the ledger."""
    return _named(ledger.set_index("source_file")["found"], "files")


def _named(counts: pd.Series, what: str) -> list[tuple[str, int]]:
    """Each count with its name; where they are many, the largest, and the others together."""
    if len(counts) <= MOST_NAMED:
        return [(str(name), int(n)) for name, n in counts.items()]
    largest = counts.sort_values(ascending=False, kind="stable").head(MOST_NAMED - 1)
    more = (f"{len(counts) - len(largest)} other {what}", int(counts.sum() - largest.sum()))
    return [*((str(name), int(n)) for name, n in largest.items()), more]


def _screening(reports: pd.DataFrame, decisions: pd.DataFrame) -> list[tuple[str, str, str, int]]:
    """The boxes of screening: who was looked at, and who left for which reason, the most frequent first."""
    decided = reports.merge(decisions[["paper_id", "decision", "reason"]], on="paper_id")
    out = decided[decided["decision"] == EXCLUDE]
    reasons = out["reason"].fillna("").replace("", "No reason given").value_counts().sort_index()
    reasons = reasons.sort_values(ascending=False, kind="stable")
    waiting = len(reports) - len(decided)
    return [
        ("Screening", "screened", "Records screened", len(decided)),
        *([("Screening", "screened", WAITING, waiting)] if waiting else []),
        ("Screening", "excluded", "Records excluded", len(out)),
        *(("Screening", "excluded", *each) for each in _named(reasons, "reasons")),
    ]


def _included(reports: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    return reports[reports["paper_id"].isin(decisions.loc[decisions["decision"] == INCLUDE, "paper_id"])]


def _closed(table: pd.DataFrame) -> pd.DataFrame:
    """The table, when every record that is identified is removed, excluded, waiting or in an included report."""
    n = table.set_index("text")["n"]
    of = table[table["heads"]].set_index("box")["n"]
    out = int(of["removed"] + of.get("excluded", 0) + n.get(WAITING, 0))
    inside = int(n["Reports of included studies"])
    files = int(table.loc[(table["box"] == "identified") & ~table["heads"], "n"].sum())
    parts = int(table.loc[(table["box"] == "removed") & ~table["heads"], "n"].sum())
    if (
        (table["n"] < 0).any()
        or of["identified"] != out + inside
        or of["identified"] != files
        or of["removed"] != parts
    ):
        raise LedgerError.open_flow(int(of["identified"]), out, inside)
    return table
