"""The account of the records: which were merged and why, whether every sum closes, what is known, what was mended.

Tables in, tables out; tables.py shows them.
"""

import json

import pandas as pd
from rapidfuzz.distance import Prefix

from litreview import schema
from litreview.analysis import trends
from litreview.corpus import Corpus
from litreview.corpus.citations import cited
from litreview.errors import LedgerError

FIELDS = {
    "title": "Title",
    "abstract": "Abstract",
    "published": "Date",
    "authors": "Authors",
    "venue": "Venue",
    "category": "arXiv category",
    "arxiv_id": "arXiv identifier",
    "doi": "DOI",
}


def merges(corpus: Corpus) -> pd.DataFrame:
    """The records that were put with another, in file order.

    Columns: record_id, relation ("same record" or "version" of the work), merged_into (the record it repeats, or the first
    of the work), merge_reason, paper_id, title (of the paper), url (str). A line of `corrections.csv` with paper_id and
    record_id undoes it.
    """
    records = corpus.records
    firsts = records[records["merge_reason"].isna()].drop_duplicates("paper_id").set_index("paper_id")["record_id"]
    joined = records[records["merge_reason"].notna()]
    relation = joined["merged_into"].isna().map({True: "version", False: "same record"}).astype("str")
    table = joined.assign(
        relation=relation, merged_into=joined["merged_into"].fillna(joined["paper_id"].map(firsts).astype("str"))
    )[["record_id", "relation", "merged_into", "merge_reason", "paper_id"]]
    return table.merge(corpus.papers[["paper_id", "title", "url"]], on="paper_id")


def faulty(corpus: Corpus) -> pd.DataFrame:
    """The records with a fault, by file and line: the columns of `schema.REJECTED` and fate ("rejected" or "mended").

    A mended record is loaded; its reader found its way round a fault in the file, and the fields deserve a look.
    """
    told = corpus.records["extra"].str.contains('"mended":', regex=False, na=False)  # few; the others stay unread
    records = corpus.records[told]
    reasons = pd.Series([json.loads(extra).get("mended") for extra in records["extra"]], records.index, dtype="str")
    records = records[reasons.notna()]
    mended = records.assign(
        line=records["source_line"],
        reason=reasons,
        text=records["title_raw"],
        fate="mended",
    )
    both = pd.concat(
        [corpus.rejected.assign(fate="rejected"), schema.shape(mended, schema.REJECTED)], ignore_index=True
    )
    both = both[[*schema.REJECTED.names, "fate"]].astype({"fate": "str"})
    return both.sort_values(["source_file", "line"], ignore_index=True)


def idle(corpus: Corpus, corrections: pd.DataFrame) -> pd.DataFrame:
    """The rows of `schema.CORRECTIONS` on a field, a theme or a fact of a paper that this corpus does not have."""
    on_paper = corrections["what"].isin(["field", "theme", "fact"])
    return corrections[on_paper & ~corrections["paper_id"].isin(corpus.papers["paper_id"])]


def closed(ledger: pd.DataFrame) -> pd.DataFrame:
    """The ledger with a row of totals. Raises `LedgerError` when a file's sum does not close."""
    open_rows = ledger[ledger["found"] != ledger["loaded"] + ledger["merged"] + ledger["rejected"]]
    if len(open_rows):
        raise LedgerError.open_sum(open_rows.iloc[0])
    totals = ledger[["found", "loaded", "merged", "rejected"]].sum()
    return pd.concat([ledger, pd.DataFrame([{"source_file": "All files", **totals}])], ignore_index=True)


def completeness(corpus: Corpus) -> pd.DataFrame:
    """How many papers have what: field (str), n, of, share, low, high as in `trends`."""
    asked = corpus.papers[list(FIELDS)]
    n = (asked.notna() & (asked != "")).sum()
    table = pd.DataFrame(
        {"field": pd.Series(FIELDS.values(), dtype="str"), "n": n.to_numpy(), "of": len(corpus.papers)}
    )
    return trends.with_share(table)


def mended(corpus: Corpus) -> pd.DataFrame:
    """Where cleaning first changed each abstract: paper (who, when), before, after (str; the words round it), url."""
    raw = corpus.records[["record_id", "abstract_raw"]].rename(columns={"record_id": "abstract_from"})
    both = corpus.papers.merge(raw, on="abstract_from")
    changed = both[both["abstract"] != both["abstract_raw"]]
    table = pd.DataFrame({"paper": changed["paper_id"].map(cited(corpus)).astype("str"), "url": changed["url"]})
    return table.join(differing(changed["abstract_raw"], changed["abstract"])).sort_values("paper", ignore_index=True)


def differing(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Two columns of text, `before` and `after`, cut to the words round the first place in which they differ."""
    pairs = [(*pair, int(Prefix.similarity(*pair))) for pair in zip(before, after, strict=True)]
    cut = [(_around(old, place), _around(new, place)) for old, new, place in pairs]
    return pd.DataFrame(cut, before.index, ["before", "after"], dtype="str")


def _around(text: str, place: int) -> str:
    start, end = max(0, place - 24), place + 30
    return f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"
