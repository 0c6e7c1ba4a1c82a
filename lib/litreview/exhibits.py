"""What a report lays on the table: quotes to read, names and claims with their papers, one row of evidence a paper.

Tables in, tables out; tables.py and citations.py show them. Lists inside a cell are joined by "; ".
"""

import pandas as pd

from litreview import crosstabs, schema, trends
from litreview.citations import citation
from litreview.corpus import Corpus
from litreview.wording import label


def sample(rows: pd.DataFrame, by: str, most: int) -> pd.DataFrame:
    """The `most` rows of each category to quote: those of the highest score first, one a paper, in the table's order.

    Takes and gives the columns of `rows` (with paper_id and `by`); 0 keeps one row for every paper and category.
    """
    ranked = rows.sort_values("score", ascending=False, kind="stable") if "score" in rows else rows
    once = ranked.drop_duplicates([by, "paper_id"])
    kept = once.groupby(by, sort=False).head(most) if most else once
    place = {name: at for at, name in enumerate(rows[by].unique())}
    return kept.sort_values(by, key=lambda names: names.map(place), kind="stable").reset_index(drop=True)


def named(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """The names of an evidence table, most frequent first: name, n (int64, papers), papers (who, when; str)."""
    cited = _cited(corpus)
    pairs = trends.pairs_of(corpus, evidence, "name").assign(papers=lambda pairs: pairs["paper_id"].map(cited))
    table = pairs.groupby("name").agg(n=("paper_id", "size"), papers=("papers", "; ".join)).reset_index()
    return table.sort_values(["n", "name"], ascending=[False, True], ignore_index=True)


def claims(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """The claims with their papers, by kind of figure: the columns of `crosstabs.claims`, paper (who, when) and url."""
    found = crosstabs.claims(evidence)
    url = corpus.papers.set_index("paper_id")["url"]
    found = found.assign(paper=found["paper_id"].map(_cited(corpus)), url=found["paper_id"].map(url))
    return found.sort_values(["figure", "paper", "start"], kind="stable", ignore_index=True)


def overview(corpus: Corpus, evidence: pd.DataFrame, contribution: pd.DataFrame) -> pd.DataFrame:
    """One row of evidence a paper, by date: what it is, introduces, compares with, is tested on, claims and links to.

    Columns: paper_id, paper (who, when), title, url, contribution, introduces, compares_to, evaluated_on, claim, link
    (str; what was not found is missing).
    """
    names = evidence[evidence["paper_id"].isin(corpus.papers["paper_id"])].drop_duplicates(["paper_id", "kind", "name"])
    wide = names.groupby(["paper_id", "kind"], sort=False)["name"].agg("; ".join).unstack()
    wide = wide.reindex(columns=["introduces", "compares_to", "evaluated_on", "claim", "link"]).astype("str")
    papers = corpus.papers.sort_values(["published", "paper_id"])[["paper_id", "title", "url"]]
    papers.insert(1, "paper", papers["paper_id"].map(_cited(corpus)).astype("str"))
    kind = contribution.set_index("paper_id")["contribution"].map(label)
    papers["contribution"] = papers["paper_id"].map(kind).astype("str")
    return papers.merge(wide, left_on="paper_id", right_index=True, how="left").reset_index(drop=True)


def side_by_side(
    choices: dict[str, Corpus], table: pd.DataFrame, by: str, labels: dict[str, str] | None = None
) -> pd.DataFrame:
    """The same count under several choices of papers: `by` (shown name), and a column of "n of all" for each choice."""
    counts = {name: trends.counts(corpus, table, by).set_index(by) for name, corpus in choices.items()}
    keys = sorted({key for count in counts.values() for key in count.index})
    shown = pd.DataFrame({by: pd.Series([label(key, labels) for key in keys], dtype="str")})
    for name, count in counts.items():
        n = count["n"].reindex(keys, fill_value=0)
        shown[name] = pd.Series([f"{papers} of {len(choices[name])}" for papers in n], dtype="str")
    return shown


def assigned(corpus: Corpus, themes: pd.DataFrame, theme: str) -> pd.DataFrame:
    """The papers of a theme, surest first: `schema.THEMES` with paper (who, when), title and url."""
    rows = themes[themes["theme"] == theme].merge(corpus.papers[["paper_id", "title", "url"]], on="paper_id")
    rows["paper"] = rows["paper_id"].map(_cited(corpus)).astype("str")
    rows = rows.sort_values(["score", "paper_id"], ascending=[False, True], ignore_index=True)
    return schema.shape(rows, schema.THEMES)


def _cited(corpus: Corpus) -> pd.Series:
    """How a text names each paper, by paper_id."""
    papers = corpus.papers
    names = [citation(*row) for row in zip(papers["authors"], papers["published"], papers["title"], strict=True)]
    return pd.Series(names, index=papers["paper_id"], dtype="str")
