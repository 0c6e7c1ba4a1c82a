"""Counts, shares, and how shares change over time. Tables in, tidy tables out.

A *table of categories* has a row for each paper and category: `paper_id` and the column named by `by`, such as themes
(`theme`), facets (`facet`), contribution (`contribution`) or evidence (`name`). A paper counts once in each category,
however many rows it has there. Every share stands beside its denominator `of`:

    n int64 (papers in the category), of int64 (papers in all), share float64 (0 to 1; NaN where `of` is below ten)

The corpus is counted in full, so a share has no interval.
"""

import pandas as pd

from litreview.corpus import Corpus
from litreview.errors import CorpusError
from litreview.text.wording import NO_TITLE, dated, percent, plural

ENOUGH = 10  # papers: below this a share says more about chance than about the papers
PARTS = {"year": 1, "half": 2, "quarter": 4}  # of a year


def counts(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the papers of each category, most first: `by`, n, of (all papers of the corpus), share, named.

    `named` (int64) is the number of papers that have any category.
    """
    pairs = pairs_of(corpus, table, by)
    n = pairs.groupby(by).size().reset_index(name="n").assign(of=len(corpus), named=pairs["paper_id"].nunique())
    return with_share(n).sort_values(["n", by], ascending=[False, True], ignore_index=True)


def papers_over_time(corpus: Corpus, period: str = "year") -> pd.DataFrame:
    """Count the dated papers of each period, from the first to the last: period (str), n, unfinished, undated.

    period: "year", "half" (shown as 2024 H1) or "quarter" (2024 Q1). unfinished (bool) marks the period of the latest
    paper. undated (int64) counts the papers left out: those without a date, or one of a year where a part is asked.

    Raises: `CorpusError` for another period.

    >>> papers_over_time(review, period="half")
    """
    at = _periods(corpus, period)["period"]
    table = at.value_counts(sort=False).rename("n").rename_axis("period").reset_index().astype({"period": "str"})
    return table.assign(unfinished=table["period"] == at.max(), undated=len(corpus.papers) - len(at))


def shares_over_time(corpus: Corpus, table: pd.DataFrame, by: str, period: str = "year") -> pd.DataFrame:
    """Give the share of each category among the dated papers of each period, by category and time.

    Columns: `by`, period, n, of, share, enough (bool: `of` is ten or more), unfinished, undated; period, unfinished
    and undated as in `papers_over_time`. Every category of a dated paper has a row for every period, n = 0 among them.

    Raises: `CorpusError` for a period that is none of year, half and quarter.
    """
    when = papers_over_time(corpus, period).rename(columns={"n": "of"})
    pairs = pairs_of(corpus, table, by).merge(_periods(corpus, period), on="paper_id")
    n = pairs.groupby([by, "period"], observed=False).size().rename("n").reset_index().astype({"period": "str"})
    full = with_share(n.merge(when, on="period"))
    full["enough"] = full["of"] >= ENOUGH
    return full[[by, "period", "n", "of", "share", "enough", "unfinished", "undated"]]


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
    rows = titled(corpus).merge(strongest(corpus, table, by), on="paper_id", how="left")
    known = rows.dropna(subset=["published"]).sort_values(["published", "paper_id"], ignore_index=True)
    return known.assign(undated=len(rows) - len(known))


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
    papers["date"] = [*map(dated, papers["published"], corpus.papers["date_precision"])]
    return papers.assign(url=papers["url"].where(papers["url"].str.startswith("https://")))


def pairs_of(corpus: Corpus, table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Distinct pairs of paper and category, for papers of the corpus: paper_id, `by` (str), sorted."""
    pairs = table.loc[table["paper_id"].isin(corpus.papers["paper_id"]), ["paper_id", by]].dropna().drop_duplicates()
    return pairs.astype("str").sort_values(["paper_id", by], ignore_index=True)


def _periods(corpus: Corpus, period: str) -> pd.DataFrame:
    """The papers whose date tells their period: paper_id, period (an ordered category: 2024, 2024 H1, 2024 Q1)."""
    if period not in PARTS:
        raise CorpusError(f"period is {period!r}; it can be 'year', 'half' or 'quarter'.")
    parts, papers = PARTS[period], corpus.papers
    known = papers[papers["published"].notna() & ((papers["date_precision"] != "year") | (parts == 1))]
    at = known["published"].dt.year * parts + (known["published"].dt.month - 1) * parts // 12
    span = range(int(at.min()), int(at.max()) + 1) if len(at) else []
    names = {n: f"{n // parts}" + f" {period[0].upper()}{n % parts + 1}" * (parts > 1) for n in span}
    return known[["paper_id"]].assign(period=pd.Categorical(at.map(names), names.values(), ordered=True))


def with_share(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with n and of as int64, and with share, which fewer than ten papers do not have."""
    table = table.astype({"n": "int64", "of": "int64"})
    return table.assign(share=table["n"] / table["of"].where(table["of"] >= ENOUGH))


def part(n: int, of: int, noun: str = "paper") -> str:
    """Return a part of a whole: "12 of 29 papers (41%)"; below ten papers without a percentage: "3 of 7 papers"."""
    words = f"{f'{n:,}' if n else 'none'} of {plural(of, noun)}" if of else f"no {noun}"
    return words if of < ENOUGH else f"{words} ({percent(n / of)})"
