"""How well records are matched, against labelled pairs, each with a note on what is nasty about it.

`data/curated/matching_pairs.csv` has two rows a pair: its set, what is expected ("same record", "version" of one work,
"apart"), the note, and the fields of a record. The pairs are hard cases, picked after known mistakes of other programs:
the scores say how hard cases are met, not how often a case is hard. The set `fitted` is invented, and the rules were
written with it in view. The set `held out` is of works that exist, and was written before the rules were run on it;
`data/README.md` has the scores of that first look. Each pair is matched by itself.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from litreview.analysis.trends import wilson
from litreview.corpus.cleaning import clean_column
from litreview.corpus.corrections import first_days, table_rows
from litreview.corpus.match_keys import IDENTIFIERS
from litreview.corpus.matching import SAME, VERSION, match_records
from litreview.paths import CURATED
from litreview.sources import identifiers

PAIRS = CURATED / "matching_pairs.csv"
APART = "apart"
_ABOUT = ("pair", "set", "expected", "note")
_FIELDS = ("title", "abstract", "authors", "published", "arxiv_version", *IDENTIFIERS)


def evaluate_matching(path: Path | str = PAIRS) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Match each labelled pair and compare with what is expected; gives the pairs and the scores.

    Pairs: pair, set, expected, note, found, reason (str; empty where the two are apart): one row a pair. Scores: set,
    question (str), tp, fp, fn (int64), precision, precision_low, precision_high, recall, recall_low, recall_high
    (float64; Wilson's 95% intervals; missing where nothing is found or expected).
    Raises `CurationError` for a file that cannot be read as such pairs.
    """
    rows = table_rows(Path(path), [*_ABOUT, *_FIELDS])
    records = rows.assign(
        title=clean_column(rows["title"]),
        abstract=clean_column(rows["abstract"]),
        published=first_days(rows["published"].replace("", pd.NA)),
        doi=pd.Series([identifiers.doi(text) for text in rows["doi"]], index=rows.index, dtype="str"),
    )
    pairs = pd.DataFrame([_judged(pair) for _, pair in records.groupby("pair", sort=False)]).astype("str")
    return pairs, pd.concat([_scores(*part) for part in pairs.groupby("set")], ignore_index=True)


def _judged(pair: pd.DataFrame) -> dict[str, str]:
    matched = match_records(pair.reset_index(drop=True))
    first, reason = int(matched["first"].iloc[-1]), matched["reason"].iloc[-1]
    found = SAME if first == 0 else VERSION if matched["work"].iloc[-1] == 0 else APART
    about = {name: pair[name].iloc[0] for name in _ABOUT}
    return {**about, "found": found, "reason": reason if isinstance(reason, str) else ""}


def _scores(name: Any, pairs: pd.DataFrame) -> pd.DataFrame:
    """For both questions the pairs of one set that were joined rightly (tp), wrongly (fp), or missed (fn)."""
    rows = []
    for question, joined in (("one work", {SAME, VERSION}), ("one record", {SAME})):
        expected, found = pairs["expected"].isin(joined), pairs["found"].isin(joined)
        counts = (sum(expected & found), sum(~expected & found), sum(expected & ~found))
        rows.append((name, question, *counts))
    table = pd.DataFrame(rows, columns=["set", "question", "tp", "fp", "fn"])
    for name, of in (("precision", "fp"), ("recall", "fn")):
        rates = wilson(table["tp"], table["tp"] + table[of])
        table[[name, f"{name}_low", f"{name}_high"]] = rates[["share", "low", "high"]]
    return table
