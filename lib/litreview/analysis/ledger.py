"""The ledger: which records were merged and why, whether every sum closes, what is known, what was cleaned."""

import json

import pandas as pd
from rapidfuzz.distance import Prefix

from litreview import schema
from litreview.analysis import shares
from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers
from litreview.corpus.cleaning import clean
from litreview.errors import LedgerError
from litreview.text.wording import label

FIELDS = "title abstract published authors venue category arxiv_id doi".split()
_SHOWN = {"published": "Date", "category": "arXiv category", "arxiv_id": "arXiv identifier", "doi": "DOI"}


def merges(corpus: Corpus) -> pd.DataFrame:
    """List the records that were merged with another, in file order.

    Columns: record_id, relation ("same record" or "version" of the work), merged_into (the record it repeats, or the
    first of the work), merge_reason, paper_id, title (of the paper), url (str). A line of `corrections.csv` with
    paper_id and record_id undoes it.
    """
    merged = corpus.records["merge_reason"].notna()
    firsts = corpus.records[~merged].drop_duplicates("paper_id").set_index("paper_id")["record_id"]
    table = corpus.records.loc[merged, ["record_id", "merged_into", "merge_reason", "paper_id"]]
    table.insert(1, "relation", table["merged_into"].isna().map({True: "version", False: "same record"}).astype("str"))
    table["merged_into"] = table["merged_into"].fillna(table["paper_id"].map(firsts).astype("str"))
    return table.merge(corpus.papers[["paper_id", "title", "url"]], on="paper_id")


def faulty(corpus: Corpus) -> pd.DataFrame:
    """List the records with a fault, by file and line: `schema.REJECTED`, and fate ("rejected" or "repaired").

    A repaired record is loaded; its reader worked around a fault in the file, so its fields deserve a look.
    """
    records = corpus.records.rename(columns={"source_line": "line", "title_raw": "text"})
    records["reason"] = [json.loads(extra).get("repaired") for extra in records["extra"].fillna("{}")]
    loaded = schema.shape(records.dropna(subset="reason"), schema.REJECTED).assign(fate="repaired")
    both = pd.concat([corpus.rejected.assign(fate="rejected"), loaded]).astype({"fate": "str"})
    return both.sort_values(["source_file", "line"], ignore_index=True)


def idle(corpus: Corpus, corrections: pd.DataFrame) -> pd.DataFrame:
    """Select the corrections (`schema.CORRECTIONS`) that do nothing, for their paper is not in this corpus."""
    on_paper = corrections["what"].isin(["field", "passage", "theme", "fact"])
    return corrections[on_paper & ~corrections["paper_id"].isin(corpus.papers["paper_id"])]


def closed(ledger: pd.DataFrame) -> pd.DataFrame:
    """Check that the sum of every file closes, and add a row of totals.

    Raises: LedgerError when found differs from loaded + merged + rejected.
    """
    for row in ledger[ledger["found"] != ledger["loaded"] + ledger["merged"] + ledger["rejected"]].itertuples():
        sums = f"{row.loaded} loaded + {row.merged} merged + {row.rejected} rejected"
        raise LedgerError(f"{row.source_file}: {row.found} records found, but {sums}. Build the corpus again.")
    totals = ledger[["found", "loaded", "merged", "rejected"]].sum()
    return pd.concat([ledger, pd.DataFrame([{"source_file": "All files", **totals}])], ignore_index=True)


def completeness(corpus: Corpus) -> pd.DataFrame:
    """Count the papers for which each field is known: field (str), n, of, share as in `shares`.

    What only arXiv gives is left out where no paper has it.
    """
    asked = corpus.papers[FIELDS].rename(columns=lambda name: label(name, _SHOWN))
    n = (asked.notna() & (asked != "")).sum().rename_axis("field").reset_index(name="n")
    n = n[(n["n"] > 0) | ~n["field"].str.startswith("arXiv")]
    return shares.with_share(n.astype({"field": "str"}).assign(of=len(corpus.papers)))


def cleaned_abstracts(corpus: Corpus) -> pd.DataFrame:
    """Show where cleaning first changed each abstract: paper (who, when), url, before, after (str; the words there)."""
    first = corpus.records.dropna(subset="abstract_raw").drop_duplicates("paper_id")
    chosen = corpus.records[corpus.records["record_id"].isin(corpus.papers["abstract_from"])]
    raw = pd.concat([chosen, first]).drop_duplicates("paper_id")[["paper_id", "abstract_raw"]]  # a corrected one: first
    raw = raw.rename(columns={"abstract_raw": "before"}).assign(after=raw["abstract_raw"].map(clean))
    table = cited_papers(corpus).merge(raw.query("before != after"), on="paper_id")
    return shortened(table)[["paper", "url", "before", "after"]].sort_values("paper", ignore_index=True)


def shortened(rows: pd.DataFrame) -> pd.DataFrame:
    """Cut the columns `before` and `after` of a table to the words around the first place in which they differ."""
    places = [int(Prefix.similarity(*pair)) for pair in zip(rows["before"], rows["after"], strict=True)]
    return rows.assign(**{name: [*map(_around, rows[name], places)] for name in ("before", "after")})


def _around(text: str, place: int) -> str:
    start, end = max(0, place - 24), place + 30
    return f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"
