"""The best of several records of one work, field by field. Each record is kept; only the choice is made here.

- Where no rule speaks, the first record that has the field.
- title: one that says that the paper was retracted, so that nobody reads it unaware.
- abstract: one that is whole before one that breaks off with an ellipsis.
- authors: the longest list; pages and styles cut it.
- published: the earliest year, because a preprint comes before its journal version; in it the finest date.
- venue, doi: those of a journal or conference before those of a repository of preprints; of one record where one has
  both. A citation follows the record of the venue in all that belongs to it (exports/publications.py).
"""

import pandas as pd

from litreview.corpus.match_keys import PREPRINT_DOI, REPOSITORY, RETRACTED

_CUT = r"(?:…|\.\.\.)\W*$"


def best_records(records: pd.DataFrame) -> dict[str, pd.Series]:
    """Choose for each field of papers which record of each work has it best.

    `records`: title, abstract, authors, venue, published, date_precision, doi, arxiv_id, category, url, and `work`
    (int64), in the order in which the first is the first. Each result: index labels of records, indexed by work; works
    of which no record has the field are missing.
    """
    ranks = _ranks(records[records["work"].duplicated(keep=False)])  # a single record is the best
    chosen = {name: _best(records, name, by) for name, by in ranks.items()}
    return chosen | {"date_precision": chosen["published"]}


def _ranks(records: pd.DataFrame) -> dict[str, list[pd.Series]]:
    """For each field what to sort by, the better the lower."""
    dates = records["published"]
    venue = records["venue"].notna() & ~records["venue"].str.contains(REPOSITORY, na=False)
    doi = records["doi"].notna() & ~records["doi"].str.match(PREPRINT_DOI, na=False)
    return {
        "title": [~records["title"].str.contains(RETRACTED)],
        "abstract": [records["abstract"].str.contains(_CUT)],
        "authors": [-records["authors"].str.count(";").fillna(-1)],
        "venue": [~venue, ~doi],
        "published": [dates.dt.year, records["date_precision"].fillna("~"), dates],
        "doi": [~doi, ~venue],
        **{name: [] for name in ("arxiv_id", "category", "url")},
    }


def _best(records: pd.DataFrame, name: str, ranks: list[pd.Series]) -> pd.Series:
    has = records[name].notna() & (records[name] != "")
    table = pd.concat([records["work"], *ranks], axis=1, keys=["work", *range(len(ranks))])[has]
    works = table.sort_values([*table], kind="stable").drop_duplicates("work")["work"]
    return pd.Series(works.index, works)
