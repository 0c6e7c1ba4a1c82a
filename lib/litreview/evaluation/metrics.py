"""Labels and finds → precision, recall, F1 with an interval, and every disagreement.

Intervals are percentile bootstrap intervals over papers (Efron and Tibshirani 1993, An Introduction to the Bootstrap,
chapter 13; seeded), for the labelled papers are a sample of those that rules may meet.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from litreview.corpus import Corpus
from litreview.evaluation.labels import PAIR
from litreview.text.sentences import sentence_at

RESAMPLES = 2000
TAILS = (2.5, 97.5)  # percentiles between which the interval lies
COUNTS = ["tp", "fp", "fn"]


class Evaluation(NamedTuple):
    """One comparison of rules with labels.

    `scores`: kind (str), n (papers read for it), tp, fp, fn (int64), precision, recall, f1, low, high (float64; missing
    where nothing was to be found and nothing was found).
    `disagreements`: paper_id, title, kind, expected, found, quote, rule (str): one row a label that was missed (its
    sentence as quote, where the abstract has it) or a find without a label.
    """

    scores: pd.DataFrame
    disagreements: pd.DataFrame


def score_table(compared: pd.DataFrame) -> pd.DataFrame:
    """Count and score each kind over the papers that were read for it: the columns of `Evaluation.scores`."""
    kinds = compared.groupby(PAIR, sort=False)[COUNTS].sum().groupby("kind", sort=False)
    table = kinds.sum().assign(n=kinds.size())
    table["precision"], table["recall"], table["f1"] = precision_recall_f1(table[COUNTS].to_numpy())
    table["low"], table["high"] = np.reshape([bootstrap_interval(rows.to_numpy()) for _, rows in kinds], (-1, 2)).T
    return table.reset_index()[["kind", "n", *COUNTS, "precision", "recall", "f1", "low", "high"]]


def evaluation(corpus: Corpus, compared: pd.DataFrame) -> Evaluation:
    """Score what was compared, and list every miss and every find without label, in the order of kinds and papers."""
    wrong = compared[compared["fp"] + compared["fn"] > 0].fillna({"expected": "", "found": "", "rule": ""})
    rows = wrong.merge(corpus.papers[["paper_id", "title", "abstract"]], on="paper_id")
    sentences = [sentence_with(*row) for row in zip(rows["expected"], rows["abstract"], strict=True)]
    rows["quote"] = rows["quote"].fillna(pd.Series(sentences, index=rows.index, dtype="str"))
    rows = rows.sort_values([*PAIR[::-1], "expected", "found"], ignore_index=True)
    columns = ["paper_id", "title", "kind", "expected", "found", "quote", "rule"]
    return Evaluation(score_table(compared), rows[columns].astype("str"))


def sentence_with(text: str, abstract: str) -> str:
    """Return the sentence of an abstract in which a label stands; empty where it does not stand there as written."""
    start = abstract.casefold().find(text.casefold()) if text else -1
    end = min(start + len(text), len(abstract))
    return abstract[slice(*sentence_at(abstract, start, end))] if start >= 0 else ""


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
