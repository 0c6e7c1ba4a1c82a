"""The account of the records: which were merged and why, whether every sum closes, what is known, what was cleaned.

The flow diagram of a review shows the same account, with what readers decided.
"""

import json

import pandas as pd
from rapidfuzz.distance import Prefix

from litreview import schema
from litreview.analysis import trends
from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers
from litreview.corpus.cleaning import clean
from litreview.errors import LedgerError
from litreview.judgement.decisions import OPEN, load_decisions, standing_decisions
from litreview.text.wording import label

MOST_NAMED = 6  # files; of more, none has a line of its own in the flow
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
    """Count the papers for which each field is known: field (str), n, of, share as in `trends`.

    What only arXiv gives is left out where no paper has it.
    """
    asked = corpus.papers[FIELDS].rename(columns=lambda name: label(name, _SHOWN))
    n = (asked.notna() & (asked != "")).sum().rename_axis("field").reset_index(name="n")
    n = n[(n["n"] > 0) | ~n["field"].str.startswith("arXiv")]
    return trends.with_share(n.astype({"field": "str"}).assign(of=len(corpus.papers)))


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
    pairs = [(*pair, int(Prefix.similarity(*pair))) for pair in zip(rows["before"], rows["after"], strict=True)]
    cut = [(_around(old, place), _around(new, place)) for old, new, place in pairs]
    return rows.assign(**pd.DataFrame(cut, rows.index, ["before", "after"], dtype="str"))


def _around(text: str, place: int) -> str:
    start, end = max(0, place - 24), place + 30
    return f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"


def prisma_counts(corpus: Corpus) -> pd.DataFrame:
    """Count the records in each box of the flow diagram of PRISMA 2020, a row a line: `schema.FLOW`.

    Boxes and wording are those for new reviews that search databases and registers only (Page et al. 2021, BMJ
    372:n71). A file stands where a database stands there. A limit on years is an automation tool: it removes records
    without a person looking at them. Several records of one work are the reports of one study.
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
