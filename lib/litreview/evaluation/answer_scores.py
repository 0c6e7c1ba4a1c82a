"""Answers to the questions of themes: against labels of them, and how many no reader has judged."""

import pandas as pd

from litreview.corpus import Corpus
from litreview.evaluation.labels import ANSWERS, Labels, ids_by_title, read_labels
from litreview.evaluation.metrics import PAIR, Evaluation, compare_labels, evaluation
from litreview.themes import assign_answers, themes_of

BY_HAND = "by hand"  # how the rule of an answer begins that a person gave


def theme_questions(corpus: Corpus) -> pd.DataFrame:
    """List what the themes of a review ask: kind ("theme.question"), theme (its title), question (str)."""
    rows = [
        (f"{name}.{key}", theme.title, asked.question)
        for name, theme in themes_of(corpus).items()
        for key, asked in theme.facets.items()
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

    Columns: kind, theme, question (as `theme_questions`), n (answers that are neither of a paper read for labels of
    this question nor given by hand), of (all answers) (int64).
    """
    answers = _answers(corpus).merge(_labels(corpus).read, on=PAIR, how="left", indicator="judged")
    open_still = (answers["judged"] == "left_only") & ~answers["rule"].str.startswith(BY_HAND)
    counts = open_still.groupby(answers["kind"]).agg(n="sum", of="size")
    table = theme_questions(corpus).merge(counts, on="kind", how="left").fillna({"n": 0, "of": 0})
    return table.astype({"n": "int64", "of": "int64"})


def _labels(corpus: Corpus) -> Labels:
    content = read_labels(corpus.home.labels / ANSWERS).get("labels", [])
    rows = pd.DataFrame(content, columns=["title", "theme", "question", "answer", "also"])
    rows = rows.assign(paper_id=ids_by_title(corpus, rows["title"]), kind=rows["theme"] + "." + rows["question"])
    rows = rows[(rows["paper_id"] != "") & rows["kind"].isin(theme_questions(corpus)["kind"])]
    rows = rows.astype({"paper_id": "str", "kind": "str", "also": "bool"})
    papers = rows[["theme", "paper_id"]].drop_duplicates()
    read = rows[["theme", "kind"]].drop_duplicates().merge(papers, on="theme")
    return Labels(read[PAIR], rows.assign(text=rows["answer"], forms=rows["answer"]), [])


def _answers(corpus: Corpus) -> pd.DataFrame:
    """paper_id, kind, found, forms, quote, rule: the answers that papers give, not those they only mention."""
    answers = assign_answers(corpus).query("role == 'does'")
    kind = answers["theme"] + "." + answers["question"]
    return answers.assign(kind=kind, found=answers["answer"], forms=answers["answer"])
