"""Counts, shares, and how shares change over time. Tables in, tidy tables out.

A *table of categories* has a row for each paper and category: `paper_id` and the column named by `by`, such as themes
(`theme`), facets (`facet`), contribution (`contribution`) or evidence (`name`). A paper counts once in each category,
however many rows it has there. Every share stands beside its denominator `of`:

    n int64 (papers in the category), of int64 (papers in all), share float64 (0 to 1; NaN where `of` is 0)

The corpus is counted in full, so a share has no interval.
"""

import pandas as pd

from litreview.corpus import Corpus
from litreview.text.wording import ENOUGH, NO_TITLE, dated


def counts(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the papers of each category, most first: `by`, n, of (all papers of the corpus), share, named.

    `named` (int64) is the number of papers that have any category.
    """
    pairs = pairs_of(corpus, table, by)
    n = pairs.groupby(by).size().rename("n").reset_index()
    n = n.assign(of=len(corpus.papers), named=pairs["paper_id"].nunique())
    return with_share(n).sort_values(["n", by], ascending=[False, True], ignore_index=True)


def by_year(corpus: Corpus) -> pd.DataFrame:
    """Count the dated papers of each year, from the first to the last: year, n, unfinished (bool), undated (int64)."""
    year = _years(corpus)["year"]
    span = range(year.min(), year.max() + 1) if len(year) else range(0)
    n = year.value_counts().reindex(span, fill_value=0).rename_axis("year").rename("n").reset_index()
    return n.assign(unfinished=n["year"] == corpus.as_of.year, undated=undated(corpus)).astype({"n": "int64"})


def shares_over_time(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give the share of each category among the dated papers of each year, by category and time.

    Columns: `by`, period (str: the year as it is shown), year (int64), n, of, share, enough (bool: `of` is
    ten or more), unfinished (bool: the year of the latest paper), undated (int64: papers without a date, left out).
    Every category has a row for every year, with n = 0 where it has no paper.
    """
    pairs, when = pairs_of(corpus, table, by), by_year(corpus).rename(columns={"n": "of"})
    n = pairs.merge(_years(corpus), on="paper_id").groupby([by, "year"]).size().rename("n").reset_index()
    full = pairs[[by]].drop_duplicates().sort_values(by).merge(when, how="cross").merge(n, on=[by, "year"], how="left")
    full = with_share(full.fillna({"n": 0}))
    full = full.assign(period=full["year"].astype("str"), enough=full["of"] >= ENOUGH)
    return full[[by, "period", "year", "n", "of", "share", "enough", "unfinished", "undated"]]


def change(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Compare the share of each category before the year `split` with that from it on, largest rise first.

    It is the year that halves the dated papers best. Columns: `by`, split (int64), n_before, of_before, share_before,
    n_after, of_after, share_after, difference, enough (bool: both denominators are ten or more).
    """
    yearly, split = shares_over_time(corpus, table, by), _middle(by_year(corpus))
    rows = yearly[[by]].drop_duplicates().assign(split=split).set_index(by)
    for side, years in {"before": yearly["year"] < split, "after": yearly["year"] >= split}.items():
        sums = yearly[["n", "of"]].where(years, 0).groupby(yearly[by]).sum()
        rows[[f"n_{side}", f"of_{side}", f"share_{side}"]] = with_share(sums)
    rows["difference"] = rows["share_after"] - rows["share_before"]
    rows["enough"] = (rows["of_before"] >= ENOUGH) & (rows["of_after"] >= ENOUGH)
    return rows.reset_index().sort_values(["difference", by], ascending=[False, True], ignore_index=True)


def strongest(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Choose one category for each paper that has any: paper_id, `by`; the highest score, then the first name.

    In a table without `score` (contribution) the first name is chosen.
    """
    rows = table[table["paper_id"].isin(corpus.papers["paper_id"])].dropna(subset=[by])
    ranked = rows.assign(score=rows.get("score", 0.0)).sort_values(["score", by], ascending=[False, True])
    return ranked.drop_duplicates("paper_id").sort_values("paper_id", ignore_index=True)[["paper_id", by]]


def dated_rows(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give one row for each dated paper, oldest first: the columns of `titled`, `by` (str), undated (int64).

    `by` is the paper's strongest category, missing where it has none.
    """
    rows = titled(corpus).merge(strongest(corpus, table, by), on="paper_id", how="left").dropna(subset=["published"])
    return rows.sort_values(["published", "paper_id"], ignore_index=True).assign(undated=undated(corpus))


def placed(corpus: Corpus, places: pd.DataFrame, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give the papers of a map: the columns of `titled`, `by` (str: the strongest category), x, y.

    `places` has paper_id, x, y (float64), as `similarity.map_positions` gives them.
    """
    return titled(corpus).merge(strongest(corpus, table, by), on="paper_id", how="left").merge(places, on="paper_id")


def titled(corpus: Corpus) -> pd.DataFrame:
    """Give what a mark of one paper needs: paper_id, paper (title), published, date (str, as exact as known), url.

    `url` is missing unless it is an https address.
    """
    papers = corpus.papers.rename(columns={"title": "paper"})[["paper_id", "paper", "published", "url"]]
    papers["paper"] = papers["paper"].mask(papers["paper"] == "", NO_TITLE)
    known = zip(papers["published"], corpus.papers["date_precision"], strict=True)
    papers["date"] = pd.Series([dated(*date) for date in known], index=papers.index, dtype="str")
    return papers.assign(url=papers["url"].where(papers["url"].str.startswith("https://")))


def pairs_of(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Distinct pairs of paper and category, for papers of the corpus: paper_id, `by` (str), sorted."""
    pairs = table.loc[table["paper_id"].isin(corpus.papers["paper_id"]), ["paper_id", by]].dropna().drop_duplicates()
    return pairs.astype("str").sort_values(["paper_id", by], ignore_index=True)


def _years(corpus: Corpus) -> pd.DataFrame:
    """The dated papers: paper_id, published, year (int64)."""
    known = corpus.papers.loc[corpus.papers["published"].notna(), ["paper_id", "published"]]
    return known.assign(year=known["published"].dt.year.astype("int64"))


def undated(corpus: Corpus) -> int:
    """Count the papers without a date: every trend leaves them out, and says so."""
    return int(corpus.papers["published"].isna().sum())


def with_share(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with n and of as int64, and with share."""
    table = table.astype({"n": "int64", "of": "int64"})
    return table.assign(share=table["n"] / table["of"].where(table["of"] > 0))


def _middle(year: pd.DataFrame) -> int:
    """The year that splits the dated papers into most equal halves; 0 without dated papers."""
    if year.empty:
        return 0
    before = year["n"].cumsum() - year["n"]
    return int(year["year"][(before - year["n"].sum() / 2).abs().idxmin()])
