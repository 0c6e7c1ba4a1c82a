"""What occurs together: themes, methods and benchmarks in a paper; its baselines, its authors, its venue.

Tables of categories, `n` and `of` are as in `shares`.
"""

import pandas as pd

from litreview.analysis.shares import counts, pairs_of, titled
from litreview.corpus import Corpus
from litreview.corpus.citations import cited, cited_papers
from litreview.evidence.extraction import lexicon_of
from litreview.text.person_names import names

# The roles that tie a paper's method to an older one, closest first, and how a chart says them.
LINKS = {"builds_on": "builds on", "studies": "studies", "compares_to": "compares with"}


def together(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count how often two categories occur in one paper, each pair both ways round.

    Columns: a, b, n, of (all papers), n_a (papers of a), expected (float64: the papers that would have both if the two
    were independent).
    """
    met = crossed(corpus, table, table, by, by).rename(columns={"row": "a", "column": "b"})
    met = met[met["a"] != met["b"]].reset_index(drop=True).assign(of=len(corpus.papers))
    size = counts(corpus, table, by).set_index(by)["n"]
    n_a, n_b = (met[side].map(size).astype("int64") for side in "ab")
    return met.assign(n_a=n_a, expected=n_a * n_b / max(len(corpus.papers), 1))


def crossed(corpus: Corpus, first: pd.DataFrame, second: pd.DataFrame, rows_by: str, columns_by: str) -> pd.DataFrame:
    """Count the papers by a category of one table and a category of another, such as method × benchmark.

    Columns: row, column (str), n, of (papers in both tables; int64). Most frequent first. Every row meets every column,
    with n = 0 where no paper has both.
    """
    met = pairs_of(corpus, first, rows_by).rename(columns={rows_by: "row"})
    met = met.merge(pairs_of(corpus, second, columns_by).rename(columns={columns_by: "column"}), on="paper_id")
    rows, columns = (counts(corpus, met, side)[side] for side in ("row", "column"))
    n = pd.crosstab(met["column"], met["row"]).reindex(index=columns, columns=rows).reset_index(names="column")
    cells = n.melt("column", var_name="row", value_name="n").assign(of=met["paper_id"].nunique())
    return cells[["row", "column", "n", "of"]].astype({"row": "str", "column": "str", "n": "int64", "of": "int64"})


def lineage(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """Link each paper's method to the methods that it builds on, studies or compares with, by date and name.

    A parent is a method of the lexicon, or one that a paper here introduces. Columns: paper_id, child (what the paper
    introduces first, else its authors and year), parent, link (builds on, studies, compares with: the closest of the
    three), paper (title), published, date.
    """
    own = evidence[evidence["kind"] == "introduces"]
    ties = evidence[evidence["kind"].isin([*LINKS])].sort_values("kind", key=lambda kind: kind.map([*LINKS].index))
    ties = ties.drop_duplicates(["paper_id", "name"]).assign(parent=ties["name"], link=ties["kind"].map(LINKS))
    edges = titled(corpus).dropna(subset="published").merge(ties, on="paper_id")
    first = own.drop_duplicates("paper_id").set_index("paper_id")["name"]
    edges["child"] = edges["paper_id"].map(first).fillna(edges["paper_id"].map(cited(corpus)))
    known = {*lexicon_of(corpus).kinds.get("methods", {}), *own["name"]}
    edges = edges[edges["parent"].isin(known) & (edges["parent"] != edges["child"])]
    edges = edges.sort_values(["published", "paper_id", "parent"], ignore_index=True)
    return edges[["paper_id", "child", "parent", "link", "paper", "published", "date"]]


def abstract_links(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """List the links in abstracts, one an address and paper: the columns of evidence, and of papers.

    Further columns: address, paper (who, when), title, url (str).
    """
    once = evidence[evidence["kind"] == "link"].drop_duplicates(["paper_id", "text"])
    once = once.assign(address=once["text"].where(once["text"].str.contains("://"), "https://" + once["text"]))
    return once.merge(cited_papers(corpus), on="paper_id").sort_values("text", ignore_index=True)


def authorships(corpus: Corpus) -> pd.DataFrame:
    """List who wrote which paper, one row a paper and author: paper_id, author (str; a name as it is written)."""
    rows = corpus.papers[["paper_id"]].assign(author=[names(written) for written in corpus.papers["authors"]])
    return rows.explode("author").dropna().astype("str").drop_duplicates(ignore_index=True)


def venues(corpus: Corpus) -> pd.DataFrame:
    """List where papers appeared, one row a paper with a known venue: paper_id, venue (str, without a year)."""
    rows = corpus.papers[["paper_id", "venue"]].dropna()
    bare = rows["venue"].str.replace(r"\W*\b(?:19|20)\d\d\b\W*", " ", regex=True).str.strip()
    return rows.assign(venue=bare)[bare != ""].reset_index(drop=True)
