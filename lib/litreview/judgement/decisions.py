"""Which papers people include and exclude: `data/curated/decisions.csv`, to which each decision adds a line.

The latest line of a reader on a paper stands, and one without a decision takes the earlier back. A line names its paper
by every identifier and by its title, so that it finds the paper when records are merged, or identifiers become known.
"""

import warnings
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.curated_tables import check_cells
from litreview.corpus.match_keys import title_hash
from litreview.errors import CorpusError, listed, shown
from litreview.judgement.appended_rows import append_row, appended_rows
from litreview.judgement.notes import exclusion_reasons
from litreview.text.wording import agreed, plural

DECISIONS = "decisions.csv"
ALLOWED = ("include", "exclude", "maybe", "")
AnyCorpus = TypeVar("AnyCorpus", bound=Corpus)
OPEN = "open"  # a paper that nobody has decided on


def decide(
    review: Corpus, paper_id: str, decision: str, reason: str = "", note: str = "", who: str = "", rank_shown: int = 0
) -> None:
    """Record a reader's decision on a paper: include, exclude, maybe, or "", which takes the earlier one back.

    reason: why it is excluded, one of `exclusion_reasons`. rank_shown: its place in the list that the reader saw,
    0 for none.
    Raises: `CorpusError` for a paper that the review does not have; `CurationError` for another decision or reason, or
    a file that cannot be written.
    """
    paper = review.whole.where([paper_id]).papers.fillna({"doi": "", "arxiv_id": ""}).iloc[0]
    row = {name: paper[name] for name in ("paper_id", "doi", "arxiv_id")} | {"rank_shown": rank_shown or ""}
    row |= {"title_hash": title_hash(paper["title"]) if paper["title"] else "", "decision": decision, "reason": reason}
    row |= {"note": note, "who": who, "when": datetime.now(UTC).isoformat(timespec="seconds")}
    allowed = {"decision": ALLOWED, "reason": exclusion_reasons(review) if decision == "exclude" else [""]}
    append_row(review.home.curated / DECISIONS, schema.DECISIONS.names, row, allowed)


def load_decisions(corpus: Corpus) -> pd.DataFrame:
    """Load what readers decided on the papers of a corpus: `schema.DECISIONS`, one row a paper and reader.

    Lines on papers that the whole corpus does not have stay in the file, and a warning counts them.
    Raises: `CurationError` for a line that cannot be used.
    """
    path = corpus.home.curated / DECISIONS
    rows = appended_rows(path, schema.DECISIONS.names)
    check_cells(path, rows, "decision", ALLOWED.__contains__, listed(ALLOWED))
    check_cells(path, rows[rows["decision"] == "exclude"], "reason", bool, "why it is excluded")
    check_cells(path, rows[rows["rank_shown"] != ""], "rank_shown", str.isdecimal, "a whole number, or nothing")
    found = _papers_of(rows, corpus.whole)
    if lost := sorted(set(rows["paper_id"][found.isna()])):
        told = f"{plural(len(lost), 'paper')} of {shown(path)} {agreed(len(lost), 'are')} not in this corpus"
        warnings.warn(f"{told}: {listed(lost[:5])}. The lines are kept.", stacklevel=2)
    rows = rows.assign(paper_id=found, rank_shown=pd.to_numeric(rows["rank_shown"]))
    rows = rows[found.isin(corpus.ids)].drop_duplicates(["paper_id", "who"], keep="last")
    return schema.shape(rows[rows["decision"] != ""], schema.DECISIONS)[schema.DECISIONS.names]


def _papers_of(rows: pd.DataFrame, corpus: Corpus) -> pd.Series:
    """The paper of each row: by paper_id, then DOI, arXiv id, title; missing where the corpus has none."""
    found = rows["paper_id"].where(rows["paper_id"].isin(corpus.ids))
    if found.notna().all():  # the other keys of ten thousand papers take a while
        return found
    papers, records = corpus.papers.set_index("paper_id", drop=False), corpus.records
    titles = pd.concat([papers["title"], records["title_raw"]]).map(title_hash)
    keys = pd.concat([papers, records])[["paper_id", "doi", "arxiv_id"]].assign(title_hash=titles.array)
    for column in ("doi", "arxiv_id", "title_hash"):
        known = keys[["paper_id", column]].dropna().drop_duplicates().drop_duplicates(column, keep=False)
        other = rows[column].map(known.set_index(column)["paper_id"]).astype("str")
        for name in ("doi", "arxiv_id") if column == "title_hash" else ():  # of one title, and yet two papers
            other = other.mask((rows[name] != "") & other.map(papers[name]).notna())
        found = found.fillna(other)
    return found


def decisions_by_paper(corpus: Corpus) -> pd.Series:
    """Return the decision (str) that stands for each paper, by paper_id; "open" where there is none."""
    stands = standing_decisions(load_decisions(corpus)).set_index("paper_id")["decision"]
    return stands.reindex(corpus.papers["paper_id"]).fillna(OPEN)


def with_decision(corpus: AnyCorpus, decided: str) -> AnyCorpus:
    """Return the papers of which a decision stands: include, exclude or maybe; "open" for none, "" for all papers.

    Raises: `CorpusError` for another word.
    """
    if not decided:
        return corpus
    if decided not in (known := [*ALLOWED[:-1], OPEN]):
        raise CorpusError(f"decided={decided}: there is no such decision. Allowed: {listed(known)}, or '' for all.")
    stands = decisions_by_paper(corpus)
    return replace(corpus.where(stands.index[stands == decided]), decided=decided)


def standing_decisions(decisions: pd.DataFrame, who: str = "") -> pd.DataFrame:
    """Return the decision that stands for each paper over all readers, the latest: a row a paper.

    who: a reader who decides without seeing what others decided: her own decisions, and those without a name.
    Columns: those of `schema.DECISIONS`.
    """
    latest = decisions[decisions["who"].isin(["", who]) | (not who)].sort_values("when", kind="stable")
    return latest.drop_duplicates("paper_id", keep="last").reset_index(drop=True)
