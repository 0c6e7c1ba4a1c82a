"""Why a paper is in a theme or not: what the rules find, and which papers are near the threshold.

`matches` is what `themes.theme_matches` gives for the whole corpus: the mentions that count, in papers of the theme and
in others.
"""

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers
from litreview.themes import Theme

MOST_WORDS = 6  # words shown for a rule


def theme_rules(corpus: Corpus, theme: Theme, matches: pd.DataFrame, members: Corpus) -> pd.DataFrame:
    """List the rules in the order of the file, and what they find in `corpus`.

    Columns: rule (str), weight (float64), papers_in, papers_out (int64; papers in the theme and not in it that have a
    mention), words (str; those found most often, in lower case).
    """
    names = [rule.name for rule in theme.rules]
    found = matches.assign(words=_words(corpus, matches), member=matches["paper_id"].isin(members.papers["paper_id"]))
    once = found.drop_duplicates(["paper_id", "rule"])
    n = pd.crosstab(once["rule"], once["member"]).reindex(index=names, columns=[True, False], fill_value=0)
    most = found.groupby("rule")["words"].agg(lambda words: "; ".join(words.value_counts().index[:MOST_WORDS]))
    words = most.reindex(names).astype("str").fillna("")
    table = pd.DataFrame({"rule": names, "weight": [rule.weight for rule in theme.rules]})
    return table.assign(papers_in=n[True].array, papers_out=n[False].array, words=words.array)


def borderline(corpus: Corpus, theme: Theme, matches: pd.DataFrame, members: Corpus, most: int = 5) -> pd.DataFrame:
    """List the papers nearest to the threshold, `most` in the theme and `most` out of it, by score.

    Columns: score (float64), paper (who, when), title, url, side ("in" or "out"), rule and quote of the mention that
    adds most (str).
    """
    rows = matches.sort_values("points", ascending=False, kind="stable").drop_duplicates("paper_id")
    rows["side"] = rows["paper_id"].isin(members.papers["paper_id"]).map({True: "in", False: "out"}).astype("str")
    rows["distance"] = (rows["score"] - theme.threshold).abs()
    near = rows.sort_values(["distance", "paper_id"]).groupby("side").head(most).merge(cited_papers(corpus))
    near = near.sort_values(["score", "paper_id"], ascending=[False, True], ignore_index=True)
    return near[["score", "paper", "title", "url", "side", "rule", "quote"]]


def _words(corpus: Corpus, matches: pd.DataFrame) -> list[str]:
    """The words of each mention, in lower case."""
    texts = corpus.papers.set_index("paper_id")[["title", "abstract"]].to_dict("index")
    places = zip(matches["paper_id"], matches["field"], matches["start"], matches["end"], strict=True)
    return [texts[paper][field][start:end].lower() for paper, field, start, end in places]
