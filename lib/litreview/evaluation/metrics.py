"""Precision, recall and F1 with an interval.

Intervals are percentile bootstrap intervals over papers (Efron and Tibshirani 1993, An Introduction to the Bootstrap,
chapter 13; seeded).
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

RESAMPLES = 2000
TAILS = (2.5, 97.5)  # percentiles between which the interval lies
COUNTS, PAIR = ["tp", "fp", "fn"], ["paper_id", "kind"]


def compare_labels(wanted: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Join labels and finds on paper_id, kind and name: one row each, with tp, fp, fn; `also` labels count nowhere."""
    rows = wanted[[*PAIR, "name", "text", "also"]].merge(found, on=[*PAIR, "name"], how="outer", indicator="side")
    must = ~rows["also"].fillna(value=False).astype(bool)
    return rows.assign(
        tp=((rows["side"] == "both") & must).astype("int64"),
        fp=(rows["side"] == "right_only").astype("int64"),
        fn=((rows["side"] == "left_only") & must).astype("int64"),
    )


def score_table(compared: pd.DataFrame, by: str, groups: dict[str, Iterable[str]]) -> pd.DataFrame:
    """Count and score each group, over the papers that were read for it, with the interval of F1."""
    rows = []
    for group, papers in groups.items():
        counts = compared[compared[by] == group].groupby("paper_id")[COUNTS].sum().reindex(papers, fill_value=0)
        low, high = bootstrap_interval(counts.to_numpy())
        rows.append({by: group, "n": len(counts), **counts.sum(), "low": low, "high": high})
    table = pd.DataFrame(rows, columns=[by, "n", *COUNTS, "low", "high"])
    table = table.astype({by: "str", **dict.fromkeys(["n", *COUNTS], "int64")})
    table["precision"], table["recall"], table["f1"] = precision_recall_f1(table[COUNTS].to_numpy())
    return table[[by, "n", *COUNTS, "precision", "recall", "f1", "low", "high"]]


def precision_recall_f1(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compute precision, recall and F1 of the last axis (tp, fp, fn); NaN where there is nothing to divide by."""
    tp, fp, fn = np.moveaxis(counts.astype(float), -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)


def bootstrap_interval(counts: np.ndarray) -> np.ndarray:
    """Return between which values 95% of the F1s lie when the papers are drawn again with replacement."""
    if not counts.sum():
        return np.array([np.nan, np.nan])
    draws = np.random.default_rng(0).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=RESAMPLES)
    return np.nanpercentile(precision_recall_f1(draws @ counts)[2], TAILS)
