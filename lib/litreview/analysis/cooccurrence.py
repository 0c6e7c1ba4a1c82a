"""What occurs together: themes, methods and benchmarks in a paper, its rivals, its authors, its venue, source files.

Tables of categories, `n` and `of` are as in `trends`.
"""

import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from litreview.analysis.trends import pairs_of, titled
from litreview.corpus import Corpus
from litreview.corpus.citations import cited, cited_papers
from litreview.evidence.extraction import lexicon_of
from litreview.text.person_names import names

# The roles that tie a paper's method to an older one, closest first, and how a chart says them.
LINKS = {"builds_on": "builds on", "studies": "studies", "compares_to": "compares with"}
GROUPS = ["authors", "n_authors", "n", "papers"]
NAMED = 6  # authors of a group that are named, those with most papers first


def together(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count how often two categories occur in one paper, each pair both ways round.

    Columns: a, b, n, n_a, n_b, of (all papers), expected (float64: the papers that would have both if the two were
    independent).
    """
    pairs = pairs_of(corpus, table, by)
    met = crossed(corpus, pairs, pairs, by, by).rename(columns={"row": "a", "column": "b"})
    met = met[met["a"] != met["b"]].reset_index(drop=True).assign(of=len(corpus.papers))
    size = pairs.groupby(by).size()
    met = met.assign(n_a=met["a"].map(size).astype("int64"), n_b=met["b"].map(size).astype("int64"))
    met["expected"] = met["n_a"] * met["n_b"] / max(len(corpus.papers), 1)
    return met[["a", "b", "n", "n_a", "n_b", "of", "expected"]]


def crossed(corpus: Corpus, rows: pd.DataFrame, columns: pd.DataFrame, rows_by: str, columns_by: str) -> pd.DataFrame:
    """Count the papers by a category of one table and a category of another, such as method × benchmark.

    Columns: row, column (str), n, of (papers in both tables; int64). Most frequent first. Every row meets every column,
    with n = 0 where no paper has both.
    """
    left = pairs_of(corpus, rows, rows_by).rename(columns={rows_by: "row"})
    right = pairs_of(corpus, columns, columns_by).rename(columns={columns_by: "column"})
    met = left.merge(right, on="paper_id")
    every = pd.MultiIndex.from_product([_frequent(met, "row"), _frequent(met, "column")], names=["row", "column"])
    n = met.groupby(["row", "column"]).size().reindex(every, fill_value=0)
    cells = n.reset_index(name="n").assign(of=met["paper_id"].nunique())
    return cells.astype({"row": "str", "column": "str", "n": "int64", "of": "int64"})


def comparisons(corpus: Corpus, evidence: pd.DataFrame, kind: str = "compares_to") -> pd.DataFrame:
    """List who compares with whom: an edge from each paper to each name it compares with, by date and name.

    Columns: paper_id, paper (title), source (what the paper introduces first, else its title), name (compared with),
    published, date, url (as in `trends.titled`), undated (int64: papers here that have no date). Another `kind` of
    evidence gives the edges of that role.
    """
    own = evidence[evidence["kind"] == "introduces"].sort_values(["field", "start"], ascending=[False, True])
    edges = pairs_of(corpus, evidence[evidence["kind"] == kind], "name").merge(titled(corpus), on="paper_id")
    edges["source"] = edges["paper_id"].map(own.groupby("paper_id")["name"].first()).fillna(edges["paper"])
    edges["undated"] = edges.loc[edges["published"].isna(), "paper_id"].nunique()
    edges = edges.sort_values(["published", "paper_id", "name"], ignore_index=True)
    return edges[["paper_id", "paper", "source", "name", "published", "date", "url", "undated"]]


def lineage(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """Link each paper's method to the methods that it builds on, studies or compares with, by date and name.

    A parent is a method of the lexicon, or one that a paper here introduces. Columns: paper_id, child (what the paper
    introduces first, else its authors and year), parent, link (builds on, studies, compares with: the closest of the
    three), paper (title), published, date.
    """
    edges = pd.concat([comparisons(corpus, evidence, kind).assign(link=link) for kind, link in LINKS.items()])
    known = {*lexicon_of(corpus).kinds.get("methods", {}), *evidence.loc[evidence["kind"] == "introduces", "name"]}
    unnamed = edges["source"] == edges["paper"]
    edges = edges.assign(child=edges["source"].mask(unnamed, edges["paper_id"].map(cited(corpus))))
    edges = edges.rename(columns={"name": "parent"}).drop_duplicates(["paper_id", "parent"]).dropna(subset="published")
    edges = edges[edges["parent"].isin(known) & (edges["parent"] != edges["child"])]
    edges = edges.sort_values(["published", "paper_id", "parent"], ignore_index=True)
    return edges[["paper_id", "child", "parent", "link", "paper", "published", "date"]]


def abstract_links(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """List the links in abstracts, one an address and paper, by host: the columns of evidence, and of papers.

    Further columns: host (lower case, without "www."), address, paper (who, when), title, url (str).
    """
    once = evidence[evidence["kind"] == "link"].drop_duplicates(["paper_id", "text"])
    bare = once["text"].str.lower().str.replace(r"^[a-z]+://", "", regex=True)
    once = once.assign(host=bare.str.replace(r"^www\.|[/?#:].*$", "", regex=True))
    once["address"] = once["text"].where(once["text"].str.contains("://"), "https://" + once["text"])
    return once.merge(cited_papers(corpus), on="paper_id").sort_values(["host", "text"], ignore_index=True)


def authorships(corpus: Corpus) -> pd.DataFrame:
    """List who wrote which paper, one row a paper and author: paper_id, author (str; a name as it is written)."""
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
        return pd.DataFrame(columns=GROUPS).astype({"n_authors": "int64", "n": "int64"})
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
    who = size.groupby("group")["author"].agg([_first_authors, "size"]).set_axis(["authors", "n_authors"], axis=1)
    rows = who.join(told).sort_values(["n", "authors"], ascending=[False, True], ignore_index=True)
    return rows[GROUPS].astype({"n_authors": "int64", "n": "int64"})


def _frequent(met: pd.DataFrame, column: str) -> list[str]:
    """The values of a column by the papers they stand in, most first."""
    size = met.drop_duplicates(["paper_id", column]).groupby(column).size().reset_index(name="n")
    return size.sort_values(["n", column], ascending=[False, True])[column].tolist()


def _first_authors(authors: pd.Series) -> str:
    more = f" and {len(authors) - NAMED} more" if len(authors) > NAMED else ""
    return "; ".join(authors.head(NAMED)) + more
