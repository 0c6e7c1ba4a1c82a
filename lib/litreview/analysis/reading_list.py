"""What to read first: the papers of a theme in an order, each with the reason in words.

Five questions take turns, and each names its next paper: what gives an overview, what do the others compare with, what
is surest to belong here, what speaks like most of the others, what is newest? A paper stands where it is first named
and keeps every reason it has, the best one first.
"""

import pandas as pd

from litreview import schema
from litreview.analysis.similarity import neighbours, search
from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers
from litreview.errors import UnknownTheme
from litreview.evidence import classify_contribution, extract_evidence
from litreview.text.wording import dated, plural, sentence
from litreview.themes import assign_themes, load_themes

OVERVIEWS = {"survey_or_position": "a survey or position paper", "benchmark_or_dataset": "a benchmark or data set"}
FEW = 5  # papers that count as the newest, or as the most typical, at the most


def reading_list(corpus: Corpus, theme: str, k: int = 10) -> pd.DataFrame:
    """The first `k` papers to read of a theme, all of them for 0: `schema.READING`.

    Who compares with a paper is counted in the whole corpus. Raises `UnknownTheme`.
    """
    themes = load_themes()
    if theme not in themes:
        raise UnknownTheme.theme(theme, themes)
    assigned = assign_themes(corpus, {theme: themes[theme]})
    papers = corpus.papers.merge(assigned[["paper_id", "score", "rule"]], on="paper_id")
    papers = papers.sort_values(["score", "paper_id"], ascending=[False, True], ignore_index=True)
    asked = [
        _overviews(corpus, papers),
        _compared(corpus, papers),
        _surest(papers),
        _typical(corpus, papers),
        _newest(papers),
    ]
    named = pd.concat([queue.assign(turn=turn) for turn, queue in enumerate(asked)])
    return _in_turn(corpus, named).head(k or None)


def chosen(corpus: Corpus, theme: str = "", query: str = "", k: int = 0) -> pd.Series:
    """The papers of a theme, or that answer a query, or both, best first: the reason for each (str), by paper_id.

    At most `k` papers, all for 0. With neither theme nor query, all papers, without a reason. Raises `UnknownTheme`,
    `SearchError`.
    """
    reasons = pd.Series("", index=corpus.papers["paper_id"], dtype="str")
    if theme:
        reasons = reading_list(corpus, theme, 0).set_index("paper_id")["reason"]
    if query:
        part = corpus.where(reasons.index)
        hits = search(part, query, len(part)).set_index("paper_id")
        found = "Has " + hits["matched"] + ": “" + hits["quote"] + "”"
        reasons = (found + " " + reasons.reindex(found.index)).str.strip()
    return reasons.head(k or None)


def _overviews(corpus: Corpus, papers: pd.DataFrame) -> pd.DataFrame:
    """Surveys, then benchmarks, the surest first."""
    kinds = papers.merge(classify_contribution(corpus)[["paper_id", "contribution"]], on="paper_id")
    kinds = kinds[kinds["contribution"].isin(OVERVIEWS)]
    kinds = kinds.sort_values("contribution", key=lambda kind: kind.map([*OVERVIEWS].index), kind="stable")
    return _queue(kinds["paper_id"], kinds["contribution"].map(OVERVIEWS))


def _compared(corpus: Corpus, papers: pd.DataFrame) -> pd.DataFrame:
    """The papers whose method, or test bed, most other papers compare with."""
    evidence = extract_evidence(corpus)[["paper_id", "kind", "name"]].drop_duplicates()
    own = evidence[(evidence["kind"] == "introduces") & evidence["paper_id"].isin(papers["paper_id"])]
    used = evidence[evidence["kind"].isin(["compares_to", "evaluated_on"])]
    met = own.merge(used[["paper_id", "name"]].drop_duplicates(), on="name", suffixes=("", "_other"))
    met = met[met["paper_id"] != met["paper_id_other"]]
    n = met.groupby(["paper_id", "name"]).size().rename("n").reset_index()
    n = n.sort_values(["n", "paper_id", "name"], ascending=[False, True, True]).drop_duplicates("paper_id")
    said = [
        f"{plural(count, 'other paper')} here {'uses' if count == 1 else 'use'} or {'compares' if count == 1 else 'compare'}"
        f" with {name}, which it introduces"
        for count, name in zip(n["n"], n["name"], strict=True)
    ]
    return _queue(n["paper_id"], pd.Series(said, n.index, dtype="str"))


def _typical(corpus: Corpus, papers: pd.DataFrame) -> pd.DataFrame:
    """The papers that stand among the nearest of most others of the theme, by their words."""
    near = neighbours(corpus.where(papers["paper_id"]))
    n = near.groupby("neighbour_id").agg(n=("paper_id", "size"), likeness=("similarity", "sum")).reset_index()
    n = (
        n.sort_values(["n", "likeness", "neighbour_id"], ascending=[False, False, True])
        .head(_few(papers))
        .query("n > 1")
    )
    return _queue(n["neighbour_id"], "among the nearest in words to " + n["n"].astype("str") + " others of the theme")


def _surest(papers: pd.DataFrame) -> pd.DataFrame:
    """The papers of the theme by their score."""
    rows = zip(papers["score"], papers["rule"], strict=True)
    said = [
        f"number {place} of {len(papers)} by its points for the theme ({score:.1f}, most by the rule “{rule}”)"
        for place, (score, rule) in enumerate(rows, start=1)
    ]
    return _queue(papers["paper_id"], pd.Series(said, papers.index, dtype="str"))


def _newest(papers: pd.DataFrame) -> pd.DataFrame:
    """The last papers by their date."""
    latest = (
        papers.dropna(subset=["published"]).sort_values("published", ascending=False, kind="stable").head(_few(papers))
    )
    when = [dated(*date) for date in zip(latest["published"], latest["date_precision"], strict=True)]
    return _queue(
        latest["paper_id"], pd.Series([f"among the newest ({date})" for date in when], latest.index, dtype="str")
    )


def _few(papers: pd.DataFrame) -> int:
    """How many papers are the newest or the most typical: at most a third."""
    return max(1, min(FEW, len(papers) // 3))


def _queue(papers: pd.Series, reasons: pd.Series) -> pd.DataFrame:
    """Papers in the order in which a question names them, with what it says of each."""
    queue = pd.DataFrame({"paper_id": papers, "reason": reasons}, dtype="str")
    return queue.assign(place=range(len(queue)))


def _in_turn(corpus: Corpus, named: pd.DataFrame) -> pd.DataFrame:
    ordered = named.sort_values(["place", "turn"], kind="stable")
    reasons = ordered.groupby("paper_id")["reason"].agg("; ".join).map(sentence)
    rows = ordered[["paper_id"]].drop_duplicates().merge(cited_papers(corpus), on="paper_id")
    rows = rows.assign(rank=range(1, len(rows) + 1), reason=rows["paper_id"].map(reasons))
    return schema.shape(rows, schema.READING)
