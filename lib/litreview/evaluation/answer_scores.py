"""Answers to the questions of themes: against labels of them, and how many no reader has judged."""

import pandas as pd

from litreview.corpus import Corpus
from litreview.evaluation.labels import ANSWERS, Labels, ids_by_title, read_labels
from litreview.evaluation.metrics import PAIR, Evaluation, compare_labels, evaluation
from litreview.themes import assign_answers, themes_of

BY_HAND = "by hand"  # how the rule of an answer begins that a person gave


def questions(corpus: Corpus) -> pd.DataFrame:
    """List what the themes of a review ask: kind ("theme.question"), theme (its title), question (str).

    A question whose answers only gather those of another is left out.
    """
    themes = themes_of(corpus)
    rows = [
        (f"{name}.{key}", theme.title, asked.question)
        for name, theme in themes.items()
        for key, asked in theme.facets.items()
        if not asked.of
    ]
    return pd.DataFrame(rows, columns=["kind", "theme", "question"], dtype="str")


def evaluate_answers(corpus: Corpus) -> Evaluation:
    """Compare the answers to the themes' questions with the review's labels of them, question by question.

    A kind is "theme.question". A paper is judged on all labelled questions of a theme that it has been read for.
    Raises: `LabelError` for a file that cannot be read.
    """
    labels = _labels(corpus)
    return evaluation(corpus, labels, compare_labels(labels, _answers(corpus)))


def never_judged(corpus: Corpus) -> pd.DataFrame:
    """Count the answers to each question that no reader has judged.

    Columns: kind, theme, question (as `questions`), n (answers in papers that were neither read for labels of this
    question nor answered by hand), of (all answers) (int64).
    """
    answers = _answers(corpus).merge(_labels(corpus).read, on=PAIR, how="left", indicator="judged")
    open_still = (answers["judged"] == "left_only") & ~answers["rule"].str.startswith(BY_HAND)
    counts = open_still.groupby(answers["kind"]).agg(n="sum", of="size")
    table = questions(corpus).merge(counts, on="kind", how="left").fillna({"n": 0, "of": 0})
    return table.astype({"n": "int64", "of": "int64"})


def _labels(corpus: Corpus) -> Labels:
    rows = read_labels(corpus.home.labels / ANSWERS).get("labels", [])
    ids = ids_by_title(corpus, [row["title"] for row in rows])
    labels = [
        (paper_id, f"{row['theme']}.{row['question']}", row["answer"], {row["answer"]}, row["also"])
        for paper_id, row in zip(ids, rows, strict=True)
        if paper_id
    ]
    read = {(paper_id, kind.partition(".")[0]) for paper_id, kind, *_ in labels}
    asked = sorted({f"{row['theme']}.{row['question']}" for row in rows} & {*questions(corpus)["kind"]})
    pairs = [(paper_id, kind) for kind in asked for paper_id, theme in sorted(read) if kind.startswith(f"{theme}.")]
    unmatched = {row["title"] for paper_id, row in zip(ids, rows, strict=True) if not paper_id}
    return Labels.of_rows(pairs, [row for row in labels if row[1] in asked], sorted(unmatched))


def _answers(corpus: Corpus) -> pd.DataFrame:
    """paper_id, kind, found, forms, quote, rule: the answers that papers give, not those they only mention."""
    answers = assign_answers(corpus).query("role == 'does'")
    kind = answers["theme"] + "." + answers["question"]
    return answers.assign(kind=kind, found=answers["answer"], forms=answers["answer"])
