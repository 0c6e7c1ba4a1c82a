"""Themes, names, figures, links and kinds of contribution, against labels of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from litreview.corpus import Corpus
from litreview.corpus.cleaning import clean
from litreview.evaluation.labels import ALSO, EVIDENCE, Labels, check_keys, read_labels, read_papers
from litreview.evaluation.metrics import PAIR, Evaluation, compare_labels, evaluation, score_table
from litreview.evidence import classify_contribution, extract_evidence
from litreview.evidence.results import figures, same_figure
from litreview.themes import assign_themes, themes_of

# key in the file → kind in the tables of this library
KINDS = {"themes": "themes", "introduces": "introduces", "evaluated_on": "evaluated_on"}
KINDS |= {"claim_figures": "claim", "code_urls": "link", "contribution": "contribution"}
# `names` are methods in any role, by readers who were not asked for roles; `claims` the clauses of the figures.
KEYS = ["claims", *(key + ending for key in (*KINDS, "names") for ending in ("", ALSO))]


def evaluate_evidence(corpus: Corpus, path: Path | None = None) -> Evaluation:
    """Compare what the rules find with a file of labels, by default the review's own, kind by kind.

    Names are compared as wholes in any case, figures in their one spelling. A paper has one kind of contribution: a
    wrong one counts as fp and as fn, so its three scores are its accuracy. Themes that the readers were not asked about
    (`themes_asked` in the file, else those that it names) are not judged.
    Raises: `LabelError` for a file that holds no labels.
    """
    labels, found = _labels_and_finds(corpus, path or corpus.home.labels / EVIDENCE)
    return evaluation(corpus, labels, compare_labels(labels, found))


def evaluate_themes(corpus: Corpus, path: Path | None = None) -> pd.DataFrame:
    """Score each theme with a labelled paper or a find, over all papers read for themes: `Evaluation.scores`."""
    labels, found = _labels_and_finds(corpus, path or corpus.home.labels / EVIDENCE)
    compared = compare_labels(labels, found).query("kind == 'themes'")
    compared = compared.assign(kind=compared["expected"].fillna(compared["found"]).str.casefold())
    papers = labels.read.query("kind == 'themes'")[["paper_id"]]
    return score_table(compared, compared[["kind"]].drop_duplicates().sort_values("kind").merge(papers, how="cross"))


def _labels_and_finds(corpus: Corpus, path: Path) -> tuple[Labels, pd.DataFrame]:
    """The labels of a file, and what the rules find in the papers that it names."""
    papers, unmatched = read_papers(corpus, path)
    for _, paper in papers:
        check_keys(path, paper, KEYS)
    rows = [(paper_id, *label) for paper_id, paper in papers for label in _labels_of(paper)]
    read = [(paper_id, kind) for key, kind in KINDS.items() for paper_id, paper in papers if key in paper]
    labels = Labels.of_rows(read, rows, unmatched)
    found = _found(corpus.where({paper_id for paper_id, _ in papers}))
    named = labels.wanted.loc[labels.wanted["kind"] == "themes", "text"]
    judged = {name.casefold() for name in read_labels(path).get("themes_asked", named)} & {*themes_of(corpus)}
    wanted = labels.wanted[(labels.wanted["kind"] != "themes") | labels.wanted["text"].str.casefold().isin(judged)]
    return labels._replace(wanted=wanted), found[(found["kind"] != "themes") | found["found"].isin(judged)]


def _labels_of(paper: dict[str, Any]) -> Iterator[tuple[str, str, set[str], bool]]:
    """Kind, text, forms and also of each label of an entry."""
    for key, kind in KINDS.items():
        for also in (False, True):
            texts = paper.get(key + ALSO * also, [])
            if kind == "contribution":  # of two that readers allow, either is right
                yield from [(kind, " or ".join(texts), {*texts}, also)] if texts else []
            else:
                yield from ((kind, text, {comparable(text, kind)}, also) for text in texts)


def _found(corpus: Corpus) -> pd.DataFrame:
    """paper_id, kind, found (as written), forms, quote, rule: one row a find."""
    evidence = extract_evidence(corpus)
    pairs = zip(evidence["text"], evidence["kind"], strict=True)
    texts = [sorted(figures(text)) if kind == "claim" else [text] for text, kind in pairs]
    tables = [
        evidence.assign(found=texts).explode("found").dropna(subset="found"),
        assign_themes(corpus).rename(columns={"theme": "found"}).assign(kind="themes"),
        classify_contribution(corpus).rename(columns={"contribution": "found"}).assign(kind="contribution"),
    ]
    rows = pd.concat(tables)[[*PAIR, "found", "quote", "rule"]].astype("str")
    rows["forms"] = [comparable(text, kind) for text, kind in zip(rows["found"], rows["kind"], strict=True)]
    return rows.drop_duplicates([*PAIR, "forms"], ignore_index=True)


def comparable(text: str, kind: str) -> str:
    """Bring a text into the form in which it is compared: names in lower case, figures in one spelling."""
    if kind == "claim":
        return same_figure(text)
    return text if kind == "link" else clean(text).casefold()
