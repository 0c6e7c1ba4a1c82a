"""Who writes and where: authors, the groups that they form, and venues. Tables in, tables out.

An author is a name as it is written: two people of one name count as one, and one person of two names as two.
"""

import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from litreview.corpus import Corpus
from litreview.corpus.citations import cited
from litreview.text.person_names import names

COLUMNS = ["authors", "n_authors", "n", "papers"]
NAMED = 6  # authors of a group that are named, those with most papers first


def authorships(corpus: Corpus) -> pd.DataFrame:
    """List who wrote which paper, one row a paper and author: paper_id, author (str)."""
    rows = corpus.papers[["paper_id", "authors"]].dropna()
    rows = rows.assign(author=[names(written) for written in rows["authors"]]).explode("author").dropna()
    return rows[["paper_id", "author"]].astype("str").drop_duplicates(ignore_index=True)


def venues(corpus: Corpus) -> pd.DataFrame:
    """List where papers appeared, one row a paper with a known venue: paper_id, venue (str, without a year)."""
    rows = corpus.papers[["paper_id", "venue"]].dropna()
    bare = rows["venue"].str.replace(r"\W*\b(?:19|20)\d\d\b\W*", " ", regex=True).str.strip()
    return rows.assign(venue=bare)[bare != ""].reset_index(drop=True)


def author_groups(corpus: Corpus, least: int = 2) -> pd.DataFrame:
    """Find groups of authors who write together: each shares at least `least` papers with another of the group.

    Columns: authors (str, those with most papers first), n_authors, n (int64; papers that two of the group share),
    papers (who, when; str). Most papers first. The groups are the connected components of the co-author graph.
    """
    wrote = authorships(corpus)
    if wrote.empty:
        return pd.DataFrame(columns=COLUMNS).astype({"n_authors": "int64", "n": "int64"})
    paper, author = (pd.Categorical(wrote[column]) for column in ("paper_id", "author"))
    matrix = csr_array(([1] * len(wrote), (author.codes, paper.codes)))
    shared = matrix @ matrix.T >= least
    shared.setdiag(0)
    shared.eliminate_zeros()
    _, group = connected_components(shared, directed=False)
    wrote = wrote.assign(group=group[author.codes], at=author.codes)
    wrote = wrote[shared.sum(axis=1)[author.codes] > 0]
    papers = wrote.groupby(["group", "paper_id"]).size().loc[lambda n: n >= 2].reset_index()
    papers["cited"] = papers["paper_id"].map(cited(corpus)).astype("str")
    told = papers.groupby("group").agg(n=("paper_id", "size"), papers=("cited", "; ".join))
    size = wrote.groupby(["group", "author"]).size().rename("n").reset_index()
    size = size.sort_values(["n", "author"], ascending=[False, True])
    who = size.groupby("group")["author"].agg([_named, "size"]).set_axis(["authors", "n_authors"], axis=1)
    rows = who.join(told).sort_values(["n", "authors"], ascending=[False, True], ignore_index=True)
    return rows[COLUMNS].astype({"n_authors": "int64", "n": "int64"})


def _named(authors: pd.Series) -> str:
    more = f" and {len(authors) - NAMED} more" if len(authors) > NAMED else ""
    return "; ".join(authors.head(NAMED)) + more
