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

    Columns: rule (str), weight (float64), looks_in (str), papers_in, papers_out (int64; papers in the theme and
    not in it that have a mention), words (str; those found most often, in lower case).
    """
    names = [rule.name for rule in theme.rules]
    found = matches.assign(words=_words(corpus, matches), member=matches["paper_id"].isin(members.papers["paper_id"]))
    once = found.drop_duplicates(["paper_id", "rule"])
    n = pd.crosstab(once["rule"], once["member"]).reindex(index=names, columns=[True, False], fill_value=0)
    words = found.groupby("rule")["words"].agg(_most_frequent).reindex(names).astype("str").fillna("")
    where = [(one.field or "title and abstract") + (", beside other words" if one.needs else "") for one in theme.rules]
    table = pd.DataFrame({"rule": names, "weight": [rule.weight for rule in theme.rules], "looks_in": where})
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


def outside(corpus: Corpus, near: pd.DataFrame, members: Corpus) -> pd.DataFrame:
    """List the papers out of the theme that are nearest to its papers, those near to most of them first.

    `near` is a table of `similarity.neighbours`. Columns: paper (who, when), title, url (str), n (int64; papers of the
    theme that have it among their nearest), similarity (float64; the highest), shared (str; the terms of that pair).
    """
    ids = members.papers["paper_id"]
    pairs = near[near["paper_id"].isin(ids) & ~near["neighbour_id"].isin(ids)]
    groups = pairs.sort_values("similarity", ascending=False, kind="stable").groupby("neighbour_id", sort=False)
    found = groups.agg(n=("paper_id", "size"), similarity=("similarity", "first"), shared=("shared", "first"))
    found = found.reset_index(names="paper_id").merge(cited_papers(corpus), on="paper_id")
    found = found.sort_values(["n", "similarity", "paper_id"], ascending=[False, False, True], ignore_index=True)
    return found[["paper", "title", "url", "n", "similarity", "shared"]]


def _words(corpus: Corpus, matches: pd.DataFrame) -> list[str]:
    """The words of each mention, in lower case."""
    texts = corpus.papers.set_index("paper_id")[["title", "abstract"]].to_dict("index")
    places = zip(matches["paper_id"], matches["field"], matches["start"], matches["end"], strict=True)
    return [texts[paper][field][start:end].lower() for paper, field, start, end in places]


def _most_frequent(words: pd.Series) -> str:
    """The most frequent words, equals in alphabetical order: "a; b"."""
    return "; ".join(words.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:MOST_WORDS])
