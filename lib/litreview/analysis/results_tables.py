"""What papers report: guarantees with whose they are, and figures beside method, benchmark and baseline."""

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers

WHOSE = {
    "own": "Proved here",
    "lower": "Lower bound, proved here",
    "other": "Known before",
    "condition": "Condition",
    "damaged": "Damaged in the saved page",
}
# The names that a figure's sentence may hold, by kind of evidence, and the column that they make.
NAMES = {"evaluated_on": "benchmark", "compares_to": "baseline", "builds_on": "base"}


def guarantees(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """List the rates and bounds that abstracts state, oldest paper first; own ones before those of others.

    Columns (str): paper, url, bound, whose (in words; a formula that the saved page damaged says so and is no result),
    quote. Uses the rows of kind `bound` of `schema.EVIDENCE`.
    """
    bounds = evidence[evidence["kind"] == "bound"]
    rows = cited_papers(corpus).reset_index(names="order").merge(bounds, on="paper_id")
    rows = rows.assign(whose=rows["of"].map(WHOSE), place=rows["of"].map([*WHOSE].index))
    rows = rows.sort_values(["order", "place"], kind="stable", ignore_index=True)
    return rows.rename(columns={"text": "bound"})[["paper", "url", "bound", "whose", "quote"]]


def results_grid(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """Set each claimed figure beside what its sentence names, oldest paper first.

    Columns (str): paper, url, method (the first name that the paper introduces), figure, benchmark, baseline, base
    (what it builds on, such as a base model), quote. A figure whose sentence names neither benchmark nor baseline is
    left out: nobody can compare it. Takes `schema.EVIDENCE`.
    """
    claims = evidence[evidence["kind"] == "claim"].rename(columns={"text": "figure"})
    claims = claims[["paper_id", "figure", "quote"]].reset_index(drop=True)
    for kind, column in NAMES.items():
        claims[column] = _named_in(claims, evidence[evidence["kind"] == kind])
    claims = claims[(claims["benchmark"] != "") | (claims["baseline"] != "")]
    methods = evidence[evidence["kind"] == "introduces"].drop_duplicates("paper_id").set_index("paper_id")["name"]
    rows = cited_papers(corpus).merge(claims, on="paper_id")
    rows["method"] = rows["paper_id"].map(methods)
    return rows[["paper", "url", "method", "figure", "benchmark", "baseline", "base", "quote"]]


def _named_in(claims: pd.DataFrame, names: pd.DataFrame) -> list[str]:
    """The names of each claim's paper that stand in its quote: "a; b"."""
    pairs = claims.reset_index(names="claim").merge(names[["paper_id", "text", "name"]], on="paper_id")
    inside = [text in quote for text, quote in zip(pairs["text"], pairs["quote"], strict=True)]
    joined = (
        pairs[pd.Series(inside, dtype="bool")]
        .groupby("claim")["name"]
        .agg(lambda found: "; ".join(dict.fromkeys(found)))
    )
    return joined.reindex(claims.index).fillna("").tolist()
