"""Why a paper is in a theme or not: what the theme says, what its rules find, and who stands at the edge.

`matches` is what `themes.theme_matches` gives for the whole corpus: the mentions that count, in papers that are in the
theme and in papers that are not.
"""

from collections import Counter

import pandas as pd

from litreview.analysis import trends
from litreview.corpus import Corpus
from litreview.corpus.citations import cited_papers
from litreview.text.wording import part
from litreview.themes.definitions import Rule, Theme

MOST_WORDS = 6  # words shown for a rule
FACTORS = (0.75, 1.0, 1.25, 1.5, 2.0)  # of the threshold


def definition(theme: Theme) -> pd.DataFrame:
    """What the file of themes says of a theme: entry, text (str)."""
    questions = "; ".join(dimension.question for dimension in theme.facets.values()) or "none"
    said = {
        "The theme": theme.title,
        "What it is about": theme.about,
        "Points that bring a paper in": f"{theme.threshold:g}",
        "Rules for and against": f"{sum(rule.weight > 0 for rule in theme.rules)} for, "
        f"{sum(rule.weight < 0 for rule in theme.rules)} against",
        "Questions of its own": questions,
    }
    return pd.DataFrame({"entry": [*said], "text": [*said.values()]}, dtype="str")


def rules(corpus: Corpus, theme: Theme, matches: pd.DataFrame, members: Corpus) -> pd.DataFrame:
    """The rules in the order of the file, and what they find in `corpus`.

    Columns: rule (str), weight (float64), looks_in (str), papers_in, papers_out (int64; papers in the theme and
    not in it that have a mention), words (str; those found most often, in lower case).
    """
    found = matches.assign(words=_words(corpus, matches), member=matches["paper_id"].isin(members.papers["paper_id"]))
    names = [rule.name for rule in theme.rules]
    papers = found.drop_duplicates(["paper_id", "rule"])
    n = {side: papers[papers["member"] == side].groupby("rule").size() for side in (True, False)}
    words = {name: _most_frequent(rows["words"]) for name, rows in found.groupby("rule")}
    table = pd.DataFrame({"rule": names, "weight": [rule.weight for rule in theme.rules]})
    return table.assign(
        looks_in=pd.Series([_where(rule) for rule in theme.rules], dtype="str"),
        papers_in=n[True].reindex(names, fill_value=0).to_numpy(),
        papers_out=n[False].reindex(names, fill_value=0).to_numpy(),
        words=pd.Series([words.get(name, "") for name in names], dtype="str"),
    )


def borderline(corpus: Corpus, theme: Theme, matches: pd.DataFrame, members: Corpus, most: int = 5) -> pd.DataFrame:
    """The papers nearest to the threshold, `most` in the theme and `most` out of it, by score.

    Columns: paper (who, when), title, url, score (float64), side ("in" or "out"), rule and quote of the mention that
    adds most (str).
    """
    strongest = matches.sort_values("points", ascending=False, kind="stable").drop_duplicates("paper_id")
    inside = strongest["paper_id"].isin(members.papers["paper_id"])
    rows = strongest.assign(side=inside.map({True: "in", False: "out"}))
    rows["distance"] = (rows["score"] - theme.threshold).abs()
    near = rows.sort_values(["distance", "paper_id"]).groupby("side").head(most)
    near = near.merge(cited_papers(corpus), on="paper_id")
    near = near.sort_values(["score", "paper_id"], ascending=[False, True], ignore_index=True)
    columns = ["paper", "title", "url", "side", "rule", "quote"]
    return near[["score", *columns]].astype(dict.fromkeys(columns, "str"))


def thresholds(theme: Theme, matches: pd.DataFrame) -> pd.DataFrame:
    """How many papers the rules alone bring in at other thresholds: threshold (float64), choice (str), papers (int64)."""
    scores = matches.drop_duplicates("paper_id")["score"]
    values = [factor * theme.threshold for factor in FACTORS]
    choices = ["as the file has it" if factor == 1 else f"{factor:g} times as much" for factor in FACTORS]
    papers = [int((scores >= value).sum()) for value in values]
    return pd.DataFrame({"threshold": values, "choice": pd.Series(choices, dtype="str"), "papers": papers})


def questions(theme: Theme, papers: Corpus, facets: pd.DataFrame) -> pd.DataFrame:
    """The theme's own questions with their answers, in the order of the file: question, answer, papers (str).

    `facets` is what `themes.assign_facets` gives. An answer that no paper gives stays; a theme without questions has
    no rows.
    """
    rows = []
    for name, dimension in theme.facets.items():
        asked = trends.counts(papers, facets[facets["dimension"] == name], "facet").set_index("facet")["n"]
        for key, title in theme.labels(name).items():
            rows.append({"question": dimension.question, "answer": title, "n": int(asked.get(key, 0))})
    table = pd.DataFrame(rows, columns=["question", "answer", "n"]).astype({"question": "str", "answer": "str"})
    said = [part(row) for _, row in trends.with_share(table.assign(of=len(papers))).iterrows()]
    return table[["question", "answer"]].assign(papers=pd.Series(said, dtype="str"))


def outside(corpus: Corpus, near: pd.DataFrame, members: Corpus) -> pd.DataFrame:
    """The papers out of the theme that stand nearest to its papers, those near to most of them first.

    `near` is a table of `similarity.neighbours`. Columns: paper (who, when), title, url (str), n (int64; papers of the
    theme that have it among their nearest), similarity (float64; the highest), shared (str; the terms of that pair).
    """
    ids = members.papers["paper_id"]
    pairs = near[near["paper_id"].isin(ids) & ~near["neighbour_id"].isin(ids)]
    pairs = pairs.sort_values("similarity", ascending=False, kind="stable")
    found = pairs.groupby("neighbour_id", sort=False).agg(
        n=("paper_id", "size"), similarity=("similarity", "first"), shared=("shared", "first")
    )
    found = found.reset_index(names="paper_id").merge(cited_papers(corpus), on="paper_id")
    found = found.sort_values(["n", "similarity", "paper_id"], ascending=[False, False, True], ignore_index=True)
    return found[["paper", "title", "url", "n", "similarity", "shared"]]


def _words(corpus: Corpus, matches: pd.DataFrame) -> list[str]:
    """The words of each mention, in lower case."""
    texts = corpus.papers.set_index("paper_id")[["title", "abstract"]].to_dict("index")
    places = zip(matches["paper_id"], matches["field"], matches["start"], matches["end"], strict=True)
    return [texts[paper][field][start:end].lower() for paper, field, start, end in places]


def _most_frequent(words: pd.Series) -> str:
    """The most frequent words, then in alphabetical order: "a; b"."""
    n = Counter(words)
    return "; ".join(sorted(n, key=lambda word: (-n[word], word))[:MOST_WORDS])


def _where(rule: Rule) -> str:
    return " and ".join(rule.fields) + (", beside other words" if rule.needs else "")
