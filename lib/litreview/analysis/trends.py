"""Tables in, tidy tables out: counts, shares with intervals, change over time, co-occurrence. No charts here.

A *table of categories* has a row for each paper and category: `paper_id` and the column named by `by`, such as themes
(`theme`), facets (`facet`), contribution (`contribution`) or evidence (`name`). A paper counts once in each category,
however many rows say so. Every share stands beside its denominator `of` and a 95% interval:

    n int64 (papers in the category), of int64 (papers in all), share, low, high float64 (0 to 1; NaN where `of` is 0)

The interval of a share is Wilson's (1927, JASA 22), the interval of a difference is Newcombe's hybrid score interval
(1998, Statistics in Medicine 17, method 10). Both speak of chance alone, as if these papers were a random sample.
"""

from statistics import NormalDist

import numpy as np
import pandas as pd

from litreview.corpus import Corpus
from litreview.text.wording import ENOUGH, NO_TITLE, dated

Z = NormalDist().inv_cdf(0.975)


def wilson(n: pd.Series, of: pd.Series) -> pd.DataFrame:
    """Share n / of with its 95% Wilson score interval: columns share, low, high (float64, NaN where `of` is 0)."""
    whole = of.astype("float64").where(of > 0)
    share = n / whole
    centre = (share + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    half = Z * np.sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2)) / (1 + Z**2 / whole)
    low, high = (centre - half).clip(0, share), (centre + half).clip(share, 1)
    return pd.DataFrame({"share": share, "low": low, "high": high})


def newcombe(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Difference of two shares, after - before, with its 95% Newcombe interval: columns difference, low, high.

    Both tables have share, low and high as `wilson` gives them, on the same index.
    """
    difference = after["share"] - before["share"]
    down = np.hypot(after["share"] - after["low"], before["high"] - before["share"])
    up = np.hypot(after["high"] - after["share"], before["share"] - before["low"])
    return pd.DataFrame({"difference": difference, "low": difference - down, "high": difference + up})


def counts(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Papers in each category, most first: `by`, n, of (all papers of the corpus), share, low, high."""
    n = pairs_of(corpus, table, by).groupby(by).size().rename("n").reset_index()
    n["of"] = len(corpus.papers)
    return with_share(n).sort_values(["n", by], ascending=[False, True], ignore_index=True)


def by_year(corpus: Corpus) -> pd.DataFrame:
    """Dated papers of each year, from the first to the last: year, n, unfinished (bool), undated (int64)."""
    year = _years(corpus)["year"]
    span = range(year.min(), year.max() + 1) if len(year) else range(0)
    n = year.value_counts().reindex(span, fill_value=0).rename_axis("year").rename("n").reset_index()
    return n.assign(unfinished=n["year"] == corpus.as_of.year, undated=undated(corpus)).astype({"n": "int64"})


def shares_over_time(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Share of each category among the dated papers of each year, by category and time.

    Columns: `by`, period (str: the year as it is shown), year (int64), n, of, share, low, high, enough (bool: `of` is ten
    or more), unfinished (bool: the year of the latest paper), undated (int64: papers without a date, left out). Every
    category has a row for every year, with n = 0 where nothing is there.
    """
    pairs, when = pairs_of(corpus, table, by), by_year(corpus).rename(columns={"n": "of"})
    n = pairs.merge(_years(corpus), on="paper_id").groupby([by, "year"]).size().rename("n").reset_index()
    full = pairs[[by]].drop_duplicates().sort_values(by).merge(when, how="cross").merge(n, on=[by, "year"], how="left")
    full = with_share(full.fillna({"n": 0}))
    full = full.assign(period=full["year"].astype("str"), enough=full["of"] >= ENOUGH)
    return full[[by, "period", "year", "n", "of", "share", "low", "high", "enough", "unfinished", "undated"]]


def change(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Share of each category before the year `split` and from it on, and the difference, largest first.

    It is the year that halves the dated papers best. Columns: `by`, split (int64), n_before,
    of_before, share_before, n_after, of_after, share_after, difference, low, high (of the difference, 95%), enough
    (bool: both denominators are ten or more), undated (int64).
    """
    when, split = _years(corpus), _middle(by_year(corpus))
    pairs = pairs_of(corpus, table, by)
    result = pd.DataFrame({by: pd.Series(sorted(pairs[by].unique()), dtype="str"), "split": split})
    sides = []
    for side, inside in (("before", when["year"] < split), ("after", when["year"] >= split)):
        of, members = int(inside.sum()), pairs[pairs["paper_id"].isin(when.loc[inside, "paper_id"])]
        n = result[by].map(members.groupby(by).size()).fillna(0).astype("int64")
        sides.append(wilson(n, pd.Series(of, index=n.index)))
        result = result.assign(**{f"n_{side}": n, f"of_{side}": of, f"share_{side}": sides[-1]["share"]})
    result = result.join(newcombe(*sides))
    result["enough"] = (result["of_before"] >= ENOUGH) & (result["of_after"] >= ENOUGH)
    result["undated"] = undated(corpus)
    return result.sort_values(["difference", by], ascending=[False, True], ignore_index=True)


def strongest(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """One category for each paper that has any: paper_id, `by`; the highest score, then the first name.

    A table without `score` (contribution) is taken as it stands, first name first.
    """
    rows = table[table["paper_id"].isin(corpus.papers["paper_id"])].dropna(subset=[by])
    ranked = rows.assign(score=rows.get("score", 0.0)).sort_values(["score", by], ascending=[False, True])
    return (
        ranked.sort_values("paper_id", kind="stable")
        .drop_duplicates("paper_id")[["paper_id", by]]
        .reset_index(drop=True)
    )


def timeline(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row for each dated paper, oldest first: the columns of `titled`, `by` (str), undated (int64).

    `by` is the paper's strongest category, missing where it has none.
    """
    named = titled(corpus).merge(strongest(corpus, table, by), on="paper_id", how="left").dropna(subset=["published"])
    named = named.sort_values(["published", "paper_id"], ignore_index=True)
    return named.assign(undated=undated(corpus))


def placed(corpus: Corpus, places: pd.DataFrame, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Papers with a place on a map: the columns of `titled`, `by` (str: its strongest category), x, y.

    `places` has paper_id, x, y (float64), as `similarity.corpus_map` gives them.
    """
    named = titled(corpus).merge(strongest(corpus, table, by), on="paper_id", how="left")
    return named.merge(places[["paper_id", "x", "y"]], on="paper_id")


def dating(corpus: Corpus) -> pd.DataFrame:
    """How exactly the papers are dated: precision (day, month, year, undated), n, of, share, low, high."""
    precision = corpus.papers["date_precision"].where(corpus.papers["published"].notna(), "undated")
    names = ["day", "month", "year", "undated"]
    n = precision.value_counts().reindex(names, fill_value=0).rename_axis("precision").rename("n").reset_index()
    return with_share(n.assign(of=len(corpus.papers)))


def without(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """The papers that no row of `table` names: the columns of papers, in the order of the corpus."""
    return corpus.papers[~corpus.papers["paper_id"].isin(table["paper_id"])].reset_index(drop=True)


def titled(corpus: Corpus) -> pd.DataFrame:
    """What a mark of one paper needs: paper_id, paper (title), published, date (str, as exactly as it is known), url.

    `url` is missing unless it is an https address.
    """
    papers = corpus.papers.rename(columns={"title": "paper"})[["paper_id", "paper", "published", "url"]]
    papers["paper"] = papers["paper"].mask(papers["paper"] == "", NO_TITLE)
    known = zip(papers["published"], corpus.papers["date_precision"], strict=True)
    papers["date"] = pd.Series([dated(*date) for date in known], index=papers.index, dtype="str")
    return papers.assign(url=papers["url"].where(papers["url"].str.startswith("https://")))


def pairs_of(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Distinct paper and category of the papers in the corpus: paper_id, `by` (str), sorted."""
    pairs = table.loc[table["paper_id"].isin(corpus.papers["paper_id"]), ["paper_id", by]].dropna().drop_duplicates()
    return pairs.astype("str").sort_values(["paper_id", by], ignore_index=True)


def _years(corpus: Corpus) -> pd.DataFrame:
    """The dated papers: paper_id, published, year (int64)."""
    known = corpus.papers.loc[corpus.papers["published"].notna(), ["paper_id", "published"]]
    return known.assign(year=known["published"].dt.year.astype("int64"))


def undated(corpus: Corpus) -> int:
    """Papers of the corpus without a date: every trend leaves them out, and says so."""
    return int(corpus.papers["published"].isna().sum())


def with_share(table: pd.DataFrame) -> pd.DataFrame:
    """The table with n and of as int64, and with share, low, high."""
    table = table.astype({"n": "int64", "of": "int64"})
    return table.join(wilson(table["n"], table["of"]))


def _middle(year: pd.DataFrame) -> int:
    """The year that splits the dated papers into most equal halves; 0 without dated papers."""
    if year.empty:
        return 0
    before = year["n"].cumsum() - year["n"]
    return int(year["year"][(before - year["n"].sum() / 2).abs().idxmin()])
