"""Labels and finds → precision, recall, F1 with an interval, and every disagreement.

Intervals are percentile bootstrap intervals over papers (Efron and Tibshirani 1993, An Introduction to the Bootstrap,
chapter 13; seeded), for the labelled papers are a sample of those that rules may meet.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from litreview.corpus import Corpus
from litreview.evaluation.labels import Labels
from litreview.text.sentences import sentence_at

RESAMPLES = 2000
TAILS = (2.5, 97.5)  # percentiles between which the interval lies
COUNTS, PAIR = ["tp", "fp", "fn"], ["paper_id", "kind"]


class Evaluation(NamedTuple):
    """One comparison of rules with labels.

    `scores`: kind (str), n (papers read for it), tp, fp, fn (int64), precision, recall, f1, low, high (float64; missing
    where nothing was to be found and nothing was found).
    `disagreements`: paper_id, title, kind, expected, found, quote, rule (str): one row a label that was missed (its
    sentence as quote, where the abstract has it) or a find without a label.
    """

    scores: pd.DataFrame
    disagreements: pd.DataFrame


def compare_labels(labels: Labels, found: pd.DataFrame, forms: Callable[..., set[str]]) -> pd.DataFrame:
    """Set finds (paper_id, kind, found, name, quote, rule) against labels; they meet where they share a form.

    forms: of a label, given paper_id, kind and text, or of a find, given its name as well.
    One row a label that counts and a find that no label allows: paper_id, kind, expected, found, quote, rule, tp, fp,
    fn.
    """
    finds = found.merge(labels.read, on=PAIR).rename_axis("find").reset_index()
    wanted = labels.wanted.rename(columns={"text": "expected"}).rename_axis("label").reset_index()
    left, right = (
        rows.assign(forms=[[*forms(*row)] for row in rows[[*PAIR, *texts]].itertuples(index=False)]).explode("forms")
        for rows, texts in ((wanted, ["expected"]), (finds, ["found", "name"]))
    )
    met = left.merge(right[[*PAIR, "forms", "find"]], on=[*PAIR, "forms"])
    due = wanted[~wanted["also"]]
    hit = due["label"].isin(met["label"])
    beyond = finds[~finds["find"].isin(met["find"])]
    rows = pd.concat([due.assign(tp=hit, fp=False, fn=~hit), beyond.assign(tp=False, fp=True, fn=False)])
    return rows.astype(dict.fromkeys(COUNTS, "int64"))[[*PAIR, "expected", "found", "quote", "rule", *COUNTS]]


def score_table(compared: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """Count and score each kind over the papers that were read for it: the columns of `Evaluation.scores`."""
    counts = read.merge(compared.groupby(PAIR)[COUNTS].sum(), how="left", on=PAIR).fillna(dict.fromkeys(COUNTS, 0))
    kinds = counts.groupby("kind", sort=False)
    table = kinds[COUNTS].sum().astype("int64").assign(n=kinds.size())
    table["precision"], table["recall"], table["f1"] = precision_recall_f1(table[COUNTS].to_numpy())
    ends = np.array([bootstrap_interval(rows[COUNTS].to_numpy()) for _, rows in kinds]).reshape(-1, 2)
    table = table.assign(low=ends[:, 0], high=ends[:, 1]).reset_index()
    return table[["kind", "n", *COUNTS, "precision", "recall", "f1", "low", "high"]]


def evaluation(corpus: Corpus, labels: Labels, compared: pd.DataFrame) -> Evaluation:
    """Score what was compared, and list every miss and every find without label, in the order of kinds and papers."""
    wrong = compared[compared["tp"] == 0].merge(corpus.papers[["paper_id", "title", "abstract"]], on="paper_id")
    rows = wrong.astype({"expected": "str"}).fillna({"expected": "", "found": "", "rule": ""})
    sentences = [sentence_with(*row) for row in zip(rows["expected"], rows["abstract"], strict=True)]
    rows["quote"] = rows["quote"].fillna(pd.Series(sentences, index=rows.index, dtype="str"))
    rows = rows.sort_values([*PAIR[::-1], "expected", "found"], ignore_index=True)
    columns = ["paper_id", "title", "kind", "expected", "found", "quote", "rule"]
    return Evaluation(score_table(compared, labels.read), rows[columns].astype("str"))


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
