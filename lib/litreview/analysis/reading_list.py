"""What to read first: the papers of a theme in an order, each with its part in the theme and what it says.

Four questions take turns, and each names its next paper: what gives an overview, what do the others compare with, what
fits the theme most surely, what is newest? A paper stands where it is first named.
"""

import pandas as pd

from litreview import schema
from litreview.analysis.search import search
from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers
from litreview.evidence import classify_contribution, extract_evidence
from litreview.judgement import decisions_by_paper, load_notes
from litreview.judgement.decisions import OPEN
from litreview.text.wording import dated
from litreview.themes import assign_themes, get_theme, themes_of

OVERVIEWS = {"systematic_review": "A systematic review", "review": "A review"}
OVERVIEWS |= {"survey_or_position": "A survey or position paper", "benchmark_or_dataset": "A benchmark or data set"}
FEW = 5  # at most so many papers count as the newest, or as typical


def reading_list(corpus: Corpus, theme: str, k: int = 10) -> pd.DataFrame:
    """Choose the first `k` papers to read of a theme, all of them for 0: `schema.READING`.

    Excluded papers leave; another decision stands behind the reason. Who compares with a paper is counted in the whole
    corpus. Raises: UnknownTheme.
    """
    get_theme(themes_of(corpus), theme)
    decided = decisions_by_paper(corpus)
    assigned = assign_themes(corpus.where(decided.index[decided != "exclude"])).query("theme == @theme")
    papers = corpus.papers.merge(assigned[["paper_id", "score", "rule"]], on="paper_id")
    papers = papers.sort_values(["score", "paper_id"], ascending=[False, True], ignore_index=True)
    surest = papers[["paper_id"]].assign(reason="At the core of the theme")
    queues = [_overviews(corpus, papers), _compared(corpus, papers), surest, _newest(papers)]
    named = pd.concat([queue.assign(turn=turn, place=range(len(queue))) for turn, queue in enumerate(queues)])
    named = named.sort_values(["place", "turn"], kind="stable")
    rows = named.drop_duplicates("paper_id").merge(cited_papers(corpus), on="paper_id")
    said = rows["paper_id"].map(_content(corpus)).fillna("")
    rows["reason"] += rows["paper_id"].map((" (decided: " + decided + ")").mask(decided == OPEN, ""))
    return schema.shape(rows.assign(rank=range(1, len(rows) + 1), says=said), schema.READING).head(k or None)


def _content(corpus: Corpus) -> pd.Series:
    """What each paper says, by paper_id: a reader's note of its idea, else its first finding, else the problem."""
    ideas = load_notes(corpus).rename(columns={"field": "kind", "value": "text"})
    said = pd.concat([ideas, extract_evidence(corpus)])
    said["text"] = said["text"].where(said["kind"] != "problem", "It starts from this: " + said["text"])
    rows = pd.concat([said[said["kind"] == kind] for kind in ("idea", "finding", "problem")])
    return rows.drop_duplicates("paper_id").set_index("paper_id")["text"].astype("str")


def chosen(corpus: Corpus, theme: str = "", query: str = "", k: int = 0) -> pd.Series:
    """Choose the papers of a theme, or that answer a query, or both, best first: the reason for each, by paper_id.

    At most `k` papers, all for 0. With neither theme nor query, all papers, without a reason.
    Raises: UnknownTheme, SearchError.
    """
    reasons = pd.Series("", index=corpus.papers["paper_id"], dtype="str")
    if theme:
        listed = reading_list(corpus, theme, 0).set_index("paper_id")
        reasons = (listed["reason"] + ". " + listed["says"]).str.strip()
    if query:
        hits = search(corpus.where(reasons.index), query, len(reasons)).set_index("paper_id")
        reasons = "Has " + hits["matched"] + ": “" + hits["quote"] + "”"
    return reasons.head(k or None)


def _overviews(corpus: Corpus, papers: pd.DataFrame) -> pd.DataFrame:
    """Surveys, then benchmarks, the surest first."""
    kinds = pd.DataFrame(OVERVIEWS.items(), columns=["contribution", "reason"])
    work = papers[["paper_id"]].merge(classify_contribution(corpus), on="paper_id")
    return kinds.merge(work, on="contribution")[["paper_id", "reason"]]


def _compared(corpus: Corpus, papers: pd.DataFrame) -> pd.DataFrame:
    """The papers whose method or benchmark most other papers compare with or use."""
    evidence = extract_evidence(corpus)[["paper_id", "kind", "name"]].drop_duplicates()
    own = evidence[(evidence["kind"] == "introduces") & evidence["paper_id"].isin(papers["paper_id"])]
    used = evidence[evidence["kind"].isin(["compares_to", "evaluated_on"])]
    met = own.merge(used[["paper_id", "name"]].drop_duplicates(), on="name", suffixes=("", "_other"))
    n = met[met["paper_id"] != met["paper_id_other"]].groupby(["paper_id", "name"]).size().reset_index(name="n")
    n = n.sort_values(["n", "paper_id", "name"], ascending=[False, True, True]).drop_duplicates("paper_id")
    return n[["paper_id"]].assign(reason="Others measure themselves against its " + n["name"])


def _newest(papers: pd.DataFrame) -> pd.DataFrame:
    """The last papers by their date."""
    few = max(1, min(FEW, len(papers) // 3))
    latest = papers.dropna(subset=["published"]).sort_values("published", ascending=False, kind="stable").head(few)
    when = [dated(*date) for date in zip(latest["published"], latest["date_precision"], strict=True)]
    return latest[["paper_id"]].assign(reason=[f"Among the newest ({date})" for date in when])
