"""Matching against labelled pairs of records: enough of them, and few mistakes.

`data/curated/labels/matching_pairs.csv` has two rows a pair: its set, what is expected ("same record", "version" of
one work, "apart"), a note on what is nasty about it, and the fields of a record. The set `fitted` was in view when the
rules were written; data/README.md has the first look on the set `held out`. Each pair is matched by itself.
"""

import pandas as pd
import pytest

from litreview.corpus.cleaning import clean_column
from litreview.corpus.curated_tables import first_days
from litreview.corpus.matching import SAME, VERSION, match_records
from litreview.paths import PROJECT
from litreview.sources import identifiers


def cleaned(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as records that are ready to be matched."""
    return rows.assign(
        title=clean_column(rows["title"]),
        abstract=clean_column(rows["abstract"]),
        published=first_days(rows["published"].replace("", pd.NA)),
        doi=pd.Series([identifiers.doi(text) for text in rows["doi"]], index=rows.index, dtype="str"),
    )


def matched(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a pair: pair, set, expected, note, found, reason (missing where the two are apart)."""
    found = []
    for _, pair in cleaned(rows).groupby("pair", sort=False):
        last = match_records(pair.reset_index(drop=True)).iloc[-1]
        state = SAME if last["first"] == 0 else VERSION if last["work"] == 0 else "apart"
        about = pair.iloc[0][["pair", "set", "expected", "note"]]
        found.append({**about, "found": state, "reason": last["reason"]})
    return pd.DataFrame(found)


def rates(pairs: pd.DataFrame, *joined: str) -> tuple[float, float]:
    """Precision and recall of joining a pair in one of these ways."""
    expected, found = pairs["expected"].isin(joined), pairs["found"].isin(joined)
    both = (expected & found).sum()
    return both / found.sum(), both / expected.sum()


@pytest.fixture(scope="module")
def rows():
    return pd.read_csv(PROJECT.labels / "matching_pairs.csv", dtype="str", keep_default_na=False)


@pytest.fixture(scope="module")
def pairs(rows):
    return matched(rows)


def test_there_are_pairs_of_every_sort(pairs):
    assert pairs["set"].value_counts().to_dict() == {"held out": 170, "fitted": 87}
    assert set(pairs["expected"]) == {"same record", "version", "apart"}
    assert pairs["note"].is_unique


LEAST = [
    ("fitted", (SAME, VERSION), 1.0, 0.95),
    ("fitted", (SAME,), 1.0, 0.95),
    ("held out", (SAME, VERSION), 0.95, 0.83),  # 71 of 74 and 71 of 85; the first look was 0.87 and 0.56
    ("held out", (SAME,), 0.94, 0.9),
]


@pytest.mark.parametrize(("of", "joined", "precision", "recall"), LEAST)
def test_few_works_are_joined_wrongly_and_few_copies_are_missed(pairs, of, joined, precision, recall):
    got = rates(pairs[pairs["set"] == of], *joined)
    assert got[0] >= precision
    assert got[1] >= recall


def test_every_join_says_why(pairs):
    assert (pairs["reason"].notna() == (pairs["found"] != "apart")).all()


def test_the_order_of_a_pair_does_not_matter(rows, pairs):
    turned = matched(rows.iloc[::-1]).set_index("pair")["found"]
    assert turned.to_dict() == pairs.set_index("pair")["found"].to_dict()
