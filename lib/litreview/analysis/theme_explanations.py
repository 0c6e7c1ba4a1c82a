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
    texts = corpus.papers.melt("paper_id", ["title", "abstract"], "field", "text")
    found = matches.merge(texts).assign(member=lambda rows: rows["paper_id"].isin(members.papers["paper_id"]))
    found["words"] = [row.text[row.start : row.end].lower() for row in found.itertuples()]
    once = found.drop_duplicates(["paper_id", "rule"])
    n = pd.crosstab(once["rule"], once["member"]).reindex(index=names, columns=[True, False], fill_value=0)
    most = found.groupby("rule")["words"].agg(lambda words: "; ".join(words.value_counts().index[:MOST_WORDS]))
    words = most.reindex(names).astype("str").fillna("")
    table = pd.DataFrame({"rule": names, "weight": [rule.weight for rule in theme.rules]})
    return table.assign(papers_in=n[True].array, papers_out=n[False].array, words=words.array)


def near_misses(corpus: Corpus, matches: pd.DataFrame, members: Corpus, most: int = 5) -> pd.DataFrame:
    """List the papers out of the theme that are nearest to it, highest score first.

    Columns: score (float64), paper (who, when), title, url, rule and quote of the mention that adds most (str).
    """
    rows = matches[~matches["paper_id"].isin(members.papers["paper_id"])]
    rows = rows.sort_values(["score", "paper_id", "points"], ascending=[False, True, False], kind="stable")
    near = rows.drop_duplicates("paper_id").head(most).merge(cited_papers(corpus))
    return near[["score", "paper", "title", "url", "rule", "quote"]]
