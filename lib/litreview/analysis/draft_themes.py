"""Draft themes for a corpus that has none: clusters of papers, named by their words, with rules to read and edit.

`themes.clusters` says how papers are clustered, `themes.draft_rules` how rules come from terms. A draft is named by the
terms that set its cluster apart (`key_terms`), without those that more than half of the papers have.
"""

from typing import NamedTuple

import pandas as pd

from litreview.analysis.key_terms import distinctive_terms
from litreview.analysis.similarity import tfidf
from litreview.corpus import Corpus
from litreview.text.wording import plural
from litreview.themes import Theme, assign_themes, themes_of
from litreview.themes.clusters import MOST_ROWS, cluster
from litreview.themes.draft_rules import draft_themes

LEAST_PAPERS, LEAST_TERMS = 30, 10  # below that each further paper moves the clusters
LEAST_AGREEMENT = 0.6  # of all clusters; shuffled words reach 0.55 with 30 papers, 0.4 with 100 and 0.2 with 240
COLUMNS = ["theme", "paper_id", "margin", "stability", "score", "quote"]
LEAST_STABILITY = 0.5  # of one; below that it counts as dissolved (Hennig 2007)


class Suggestion(NamedTuple):
    """Draft themes by name, largest first, and what speaks for them.

    papers: theme, paper_id, margin (missing where only the rules say so; small at the border), stability (of the
    draft), score and quote (missing where the rules do not find the paper); most typical first.
    told: what was clustered, what was left out, and why.
    """

    themes: dict[str, Theme]
    papers: pd.DataFrame
    told: list[str]


def suggest_themes(corpus: Corpus, kept: dict[str, Theme] | None = None) -> Suggestion:
    """Suggest themes for the papers that no kept theme has. The same corpus gives the same drafts.

    kept: themes that stay; those of themes.yml that are no drafts when None.

    >>> suggest_themes(review).themes
    """
    if kept is None:
        kept = {name: theme for name, theme in themes_of(corpus).items() if theme.status != "draft"}
    corpus = corpus.where(~corpus.papers["paper_id"].isin(assign_themes(corpus, kept)["paper_id"]))
    weights, common = tfidf(corpus)
    told = [f"{plural(len(corpus), 'paper')} without a theme, with {plural(len(common), 'term')} in common."]
    if len(corpus) < LEAST_PAPERS or len(common) < LEAST_TERMS:
        told += [f"Draft themes need {LEAST_PAPERS} papers and {LEAST_TERMS} common terms."]
        return Suggestion({}, pd.DataFrame(columns=COLUMNS), told)
    members, agreement = cluster(weights)
    members["paper_id"] = corpus.papers["paper_id"].array
    terms = _telling_terms(corpus, members, agreement)
    told += _told_of_clusters(members, agreement, set(terms["group"]))
    themes, papers = draft_themes(corpus, terms, members, kept) if len(terms) else ({}, pd.DataFrame(columns=COLUMNS))
    return Suggestion(themes, papers.sort_values("margin", ascending=False, kind="stable"), told)


def _telling_terms(corpus: Corpus, members: pd.DataFrame, agreement: float) -> pd.DataFrame:
    """The terms of clusters that are stable, without those that most papers have: `schema.TERMS`."""
    stable = members[(members["stability"] >= LEAST_STABILITY) & (agreement >= LEAST_AGREEMENT)]
    terms = distinctive_terms(corpus, stable, "group")
    return terms[terms["n_in"] + terms["n_out"] <= len(corpus) / 2]


def _told_of_clusters(members: pd.DataFrame, agreement: float, named: set[str]) -> list[str]:
    left = members.loc[~members["group"].isin(named), "group"]
    agree = f"those of samples agree with them to {agreement:.2f} (0 is chance, 1 is in full)"
    told = [f"They make {plural(members['group'].nunique(), 'cluster')}; {agree}."]
    if len(members) > MOST_ROWS:
        told += [f"A fixed sample of {MOST_ROWS:,} was clustered; each other paper went to the nearest cluster."]
    if len(left):
        out = f"{plural(left.nunique(), 'cluster')} of {plural(len(left), 'paper')} left out"
        told += [f"{out}: samples agree too little on them, or no word tells them apart."]
    return told
