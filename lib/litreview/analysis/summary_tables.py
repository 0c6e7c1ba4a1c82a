"""What a report lays on the table: quotes to read, names and claims with their papers, one row of evidence a paper.

Tables in, tables out; tables.py and citations.py show them. Lists inside a cell are joined by "; ".
"""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from litreview import schema
from litreview.analysis import cooccurrence, trends
from litreview.corpus import Corpus
from litreview.corpus.citations import cited, cited_papers
from litreview.text.wording import label
from litreview.themes import Theme, assign_themes, load_themes, theme_matches

FIGURES = ("speed-up", "percentage", "rate", "other")  # kinds of figure, in the order of a table


def sample(rows: pd.DataFrame, by: str, most: int, order: Iterable[str] = ()) -> pd.DataFrame:
    """The `most` rows of each category to quote: those of the highest score first, one a paper.

    The categories stand in this order, then in the table's.

    Takes and gives the columns of `rows` (with paper_id and `by`); 0 keeps one row for every paper and category.
    """
    ranked = rows.sort_values("score", ascending=False, kind="stable") if "score" in rows else rows
    once = ranked.drop_duplicates([by, "paper_id"])
    kept = once.groupby(by, sort=False).head(most) if most else once
    place = {name: at for at, name in enumerate(dict.fromkeys([*order, *rows[by].unique()]))}
    return kept.sort_values(by, key=lambda names: names.map(place), kind="stable").reset_index(drop=True)


def named(corpus: Corpus, table: pd.DataFrame, by: str = "name") -> pd.DataFrame:
    """The names in a column of evidence, most frequent first: `by`, n (int64, papers), papers (who, when; str)."""
    pairs = trends.pairs_of(corpus, table, by)
    pairs["papers"] = pairs["paper_id"].map(cited(corpus)).astype("str")
    names = pairs.groupby(by).agg(n=("paper_id", "size"), papers=("papers", "; ".join)).reset_index()
    return names.sort_values(["n", by], ascending=[False, True], ignore_index=True)


def claims(corpus: Corpus, evidence: pd.DataFrame) -> pd.DataFrame:
    """The claims with their papers, by kind of figure: the columns of `cooccurrence.claims`, paper (who, when) and url."""
    found = cooccurrence.claims(evidence).merge(cited_papers(corpus).drop(columns="title"), on="paper_id", how="left")
    found = found.sort_values(["paper", "start"], kind="stable")
    return found.sort_values("figure", key=lambda kinds: kinds.map(FIGURES.index), kind="stable", ignore_index=True)


def overview(corpus: Corpus, evidence: pd.DataFrame, contribution: pd.DataFrame) -> pd.DataFrame:
    """One row of evidence a paper, by date: what it is, introduces, compares with, is tested on, claims and links to.

    Columns: paper_id, paper (who, when), title, url, contribution, introduces, compares_to, evaluated_on, claim, link
    (str; what was not found is missing, a contribution "Not said").
    """
    names = evidence[evidence["paper_id"].isin(corpus.papers["paper_id"])].drop_duplicates(["paper_id", "kind", "name"])
    wide = names.pivot_table(index="paper_id", columns="kind", values="name", aggfunc="; ".join)
    wide = wide.reindex(columns=["introduces", "compares_to", "evaluated_on", "claim", "link"]).astype("str")
    papers, kind = cited_papers(corpus), contribution.set_index("paper_id")["contribution"].map(label)
    papers["contribution"] = papers["paper_id"].map(kind).astype("str").fillna("Not said")
    return papers.merge(wide, left_on="paper_id", right_index=True, how="left").reset_index(drop=True)


def side_by_side(
    choices: dict[str, Corpus], table: pd.DataFrame, by: str, labels: dict[str, str] | None = None
) -> pd.DataFrame:
    """The same count under several choices of papers: `by` (shown name), and a column of "n of all" for each choice."""
    return _beside({name: (corpus, table) for name, corpus in choices.items()}, by, labels)


def recounted(
    corpus: Corpus, tables: dict[str, pd.DataFrame], by: str, labels: dict[str, str] | None = None
) -> pd.DataFrame:
    """The same papers counted by several tables of categories, such as stricter rules: shown as by `side_by_side`."""
    return _beside({name: (corpus, table) for name, table in tables.items()}, by, labels)


def at_thresholds(corpus: Corpus, factors: dict[str, float]) -> dict[str, pd.DataFrame]:
    """The themes of the papers with each threshold times a factor, by the factor's name: `schema.THEMES` each."""
    themes = load_themes().values()
    return {
        name: assign_themes(
            corpus, {theme.name: replace(theme, threshold=factor * theme.threshold) for theme in themes}
        )
        for name, factor in factors.items()
    }


def own_words(
    corpus: Corpus,
    contribution: pd.DataFrame,
    table: pd.DataFrame,
    by: str,
    labels: dict[str, str] | None = None,
) -> pd.DataFrame:
    """What each paper says that it does: `by` (its strongest category; shown name), paper (who, when), url, quote.

    In the order of `labels` and then by date. A paper without a category comes last, with a missing one; the quote of a
    paper that has no row in `contribution` is missing.
    """
    said = cited_papers(corpus).merge(contribution[["paper_id", "quote"]], on="paper_id", how="left")
    said = said.merge(trends.strongest(corpus, table, by), on="paper_id", how="left")
    names = [*dict.fromkeys([*(labels or {}), *sorted(said[by].dropna().unique())])]
    said[by] = pd.Categorical(said[by], names)  # which sorts by the order of the names
    said = said.sort_values(by, kind="stable", ignore_index=True)
    said[by] = said[by].astype("str").map({name: label(name, labels) for name in names})
    return said[[by, "paper", "url", "quote"]].astype("str")


def gathered(table: pd.DataFrame, labels: dict[str, str] | None = None) -> pd.DataFrame:
    """The columns that each row of `cooccurrence.crossed` meets, on one line: group (shown name), n (int64), names (str).

    `n` is the number of names; a name that more than one paper has is followed by their number.
    """
    met = table[table["n"] > 0]
    more = " (" + met["n"].astype("str") + ")"
    met = met.assign(name=met["column"].astype("str") + more.where(met["n"] > 1, ""))
    lines = met.groupby("row", sort=False).agg(n=("name", "size"), names=("name", "; ".join)).reset_index()
    lines.insert(0, "group", _labelled(lines.pop("row"), labels))
    return lines.astype({"n": "int64", "names": "str"})


def answers(corpus: Corpus, facets: pd.DataFrame, labels: dict[str, str], least: int = 1) -> pd.DataFrame:
    """What a paper says to each answer, side by side and oldest first: paper (who, when), url, and a column a label.

    A cell is the sentence that decided, or missing; one that stands there already is not repeated. Only papers with at
    least `least` of the answers.
    """
    rows = facets[facets["facet"].isin(list(labels)) & facets["paper_id"].isin(corpus.papers["paper_id"])]
    said = rows.pivot_table(index="paper_id", columns="facet", values="quote", aggfunc="first")
    said = said.reindex(columns=list(labels)).dropna(thresh=least).astype("str")
    for place, name in enumerate(labels):
        repeats = said.iloc[:, :place].eq(said[name], axis="index").any(axis="columns")
        said[name] = said[name].mask(repeats, "The same sentence.")
    shown = cited_papers(corpus).merge(said.rename(columns=labels), left_on="paper_id", right_index=True)
    return shown.drop(columns=["paper_id", "title"]).reset_index(drop=True)


def every_answer(corpus: Corpus, theme: Theme, facets: pd.DataFrame) -> pd.DataFrame:
    """Each answer that a paper gives, with the sentence that decided it, in the order of the theme's questions.

    `facets` is what `themes.assign_facets` gives. Columns: question, answer, paper (who, when), url, quote (str).
    """
    asked = [
        {"dimension": key, "facet": name, "question": dimension.question, "answer": title}
        for key, dimension in theme.facets.items()
        for name, title in theme.labels(key).items()
    ]
    known = pd.DataFrame(asked, columns=["dimension", "facet", "question", "answer"], dtype="str")
    rows = known.merge(facets, on=["dimension", "facet"]).merge(cited_papers(corpus), on="paper_id")
    return rows[["question", "answer", "paper", "url", "quote"]]


def nearest(corpus: Corpus, themes: dict[str, Theme] | None = None) -> pd.DataFrame:
    """The theme that comes nearest to taking each paper, the nearest misses first: why a paper belongs to none.

    Columns: paper_id, paper (title), url, theme (title of the theme), score, threshold (float64), rule, quote (of the
    mention that adds most). A paper in which no rule of any theme finds a word has no theme and no score.
    """
    themes = load_themes() if themes is None else themes
    found = [theme_matches(corpus, theme).assign(threshold=theme.threshold) for theme in themes.values()]
    matched = pd.concat(found, ignore_index=True).query("score > 0")
    matched = matched.assign(part=matched["score"] / matched["threshold"])
    matched = matched.sort_values(["part", "points"], ascending=False, kind="stable").drop_duplicates("paper_id")
    matched["theme"] = matched["theme"].map({name: theme.title for name, theme in themes.items()}).astype("str")
    papers = corpus.papers[["paper_id", "title", "url"]].rename(columns={"title": "paper"})
    shown = papers.merge(matched, on="paper_id", how="left").sort_values(["part", "paper_id"], ascending=[False, True])
    return shown[["paper_id", "paper", "url", "theme", "score", "threshold", "rule", "quote"]].reset_index(drop=True)


def pairs(met: pd.DataFrame, labels: dict[str, str] | None = None) -> pd.DataFrame:
    """The pairs of `cooccurrence.together`, each once, most papers first: a, b (shown names), n, expected, n_a, n_b."""
    once = met[(met["a"] < met["b"]) & (met["n"] > 0)].sort_values(["n", "a", "b"], ascending=[False, True, True])
    return once.assign(**{side: _labelled(once[side], labels) for side in "ab"})[
        ["a", "b", "n", "expected", "n_a", "n_b"]
    ].reset_index(drop=True)


def per_paper(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """How many categories a paper has: categories (int64, from 0), n (papers), of, share, low, high as in `trends`."""
    size = trends.pairs_of(corpus, table, by).groupby("paper_id").size()
    each = size.reindex(corpus.papers["paper_id"], fill_value=0).astype("int64")
    n = each.value_counts().sort_index().rename_axis("categories").rename("n").reset_index()
    return trends.with_share(n.assign(of=len(corpus)))


def assigned(corpus: Corpus, themes: pd.DataFrame, theme: str) -> pd.DataFrame:
    """The papers of a theme, surest first: `schema.THEMES` with paper (who, when), title and url."""
    rows = themes[themes["theme"] == theme].merge(cited_papers(corpus), on="paper_id")
    rows = rows.sort_values(["score", "paper_id"], ascending=[False, True], ignore_index=True)
    return schema.shape(rows, schema.THEMES)


def linked(corpus: Corpus, links: pd.DataFrame) -> pd.DataFrame:
    """The links of `cooccurrence.links`, one an address and paper, with address, paper (who, when), title and url; by host."""
    once = links.drop_duplicates(["paper_id", "text"]).merge(cited_papers(corpus), on="paper_id")
    once["address"] = once["text"].where(once["text"].str.contains("://"), "https://" + once["text"])
    return once.sort_values(["host", "text"], ignore_index=True)


def _beside(choices: dict[str, tuple[Corpus, pd.DataFrame]], by: str, labels: dict[str, str] | None) -> pd.DataFrame:
    """The counts of some papers by some table, and their wholes, beside each other, in the order of the first."""
    counts = {name: trends.counts(corpus, table, by).set_index(by) for name, (corpus, table) in choices.items()}
    n = pd.concat({name: count["n"] for name, count in counts.items()}, axis="columns", sort=False)
    n = n.fillna(0).astype("int64").astype("str").reset_index()
    said = {name: n[name] + f" of {len(corpus)}" for name, (corpus, _) in choices.items()}
    return n.assign(**{by: _labelled(n[by], labels)}, **said)


def _labelled(names: pd.Series, labels: dict[str, str] | None) -> pd.Series:
    """How categories are shown."""
    return pd.Series([label(name, labels) for name in names], names.index, dtype="str")
