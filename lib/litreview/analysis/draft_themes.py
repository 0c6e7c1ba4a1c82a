"""Draft themes for a corpus that has none: clusters of papers, named by their words, with rules to read and edit.

`themes.clusters` says how papers are clustered. A draft is named by the terms that set its cluster apart
(`key_terms`), without those that more than half of the papers have. Its rules give each term its log-odds ratio as the
weight. The threshold is the one at which the rules alone find the cluster best, by F1, and how well is told.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from litreview import schema
from litreview.analysis.key_terms import distinctive_terms
from litreview.analysis.similarity import DIGITS, tfidf
from litreview.corpus import Corpus
from litreview.text.wording import plural
from litreview.themes import Theme, assign_themes, themes_of
from litreview.themes.clusters import Clusters, cluster
from litreview.themes.definitions import Rule

FEWEST = 30  # papers, and words that they share: below that each further paper moves the clusters
LEAST_STABILITY = 0.6  # of all clusters; shuffled words reach 0.55 with 30 papers, 0.4 with 100 and 0.2 with 240
LEAST_OF_ONE = 0.5  # below that a cluster counts as dissolved (Hennig 2007)
HIGHEST_WEIGHT, LOWEST_THRESHOLD = 3.0, 0.5
IN_TITLE, IN_ABOUT, EXAMPLES = 3, 8, 3
TABLE = ["theme", "papers", "stability", "found", "others"]
OF_EXAMPLES = ["theme", "role", "paper_id", "quote"]


class Suggestion(NamedTuple):
    """Draft themes, what speaks for each, and what is to be said of all.

    table: theme, papers, stability, found (papers of it that its rules find), others (papers that they find as well).
    examples: theme, role (typical or borderline), paper_id, quote (the sentence that the rules find; missing for none).
    told: what was clustered, what was left out, and why.
    """

    themes: dict[str, Theme]
    table: pd.DataFrame
    examples: pd.DataFrame
    told: list[str]


def suggest_themes(corpus: Corpus, kept: dict[str, Theme] | None = None) -> Suggestion:
    """Suggest themes, largest first, for the papers that no kept theme has. The same corpus gives the same drafts.

    kept: themes that stay; those of themes.yml that are no drafts when None.

    >>> suggest_themes(review).table
    """
    if kept is None:
        kept = {name: theme for name, theme in themes_of(corpus).items() if theme.status != "draft"}
    having = assign_themes(corpus, kept)["paper_id"]
    corpus = corpus.where(~corpus.papers["paper_id"].isin(having))
    weights, words = tfidf(corpus)
    if min(len(corpus), len(words)) < FEWEST:
        there_are = f"{plural(len(corpus), 'paper')} without a theme, with {plural(len(words), 'word')} in common"
        return _none(f"No draft themes: {there_are}. It takes {FEWEST} of each.")
    found = cluster(weights)
    told = [
        f"{len(corpus):,} papers without a theme make {len(found.each)} clusters. Clusters of four papers in five agree "
        f"with these to {found.stability:.2f} (0: by chance, 1: in full)."
    ]
    if found.clustered < len(corpus):
        told += [f"A fixed sample of {found.clustered:,} was clustered. Each other paper is in the nearest cluster."]
    if found.stability < LEAST_STABILITY:
        return _none(*told, f"No draft themes: they need an agreement of {LEAST_STABILITY}.")
    members = _members(corpus, found)
    drafts = _named(distinctive_terms(corpus, members, "group"), members, set(kept))
    members["theme"] = members["group"].map({group: theme.name for group, theme in drafts.items()})
    if left := int(members["theme"].isna().sum()):
        gone = f"{plural(len(found.each) - len(drafts), 'cluster')} with {plural(left, 'paper')} left out"
        told += [f"{gone}: other samples do not find them, or no word sets them apart."]
    return _fitted(corpus, drafts.values(), members.dropna(), told)


def _none(*told: str) -> Suggestion:
    return Suggestion({}, pd.DataFrame(columns=TABLE), pd.DataFrame(columns=OF_EXAMPLES), [*told])


def _members(corpus: Corpus, found: Clusters) -> pd.DataFrame:
    """The cluster of each paper: paper_id, group, stability, similarity to its centre, margin before the next centre."""
    own = found.similarity[np.arange(len(corpus)), found.labels]
    is_own = np.eye(len(found.each), dtype=bool)[found.labels]
    table = pd.DataFrame({"paper_id": corpus.papers["paper_id"].array, "group": found.labels.astype(str)})
    margin = own - np.where(is_own, -1, found.similarity).max(axis=1)
    return table.assign(stability=found.each[found.labels], similarity=own, margin=margin).round(DIGITS)


def _named(terms: pd.DataFrame, members: pd.DataFrame, taken: set[str]) -> dict[str, Theme]:
    """A theme for each group that is stable and has terms, by group, largest first; its threshold is still the lowest.

    terms: `schema.TERMS`.
    """
    stable = members.loc[members["stability"] >= LEAST_OF_ONE, "group"].value_counts()
    telling = terms[terms["n_in"] + terms["n_out"] <= len(members) / 2].groupby("group")
    themes: dict[str, Theme] = {}
    for group in sorted(stable.index.intersection([*telling.groups]), key=lambda name: (-stable[name], name)):
        rows = telling.get_group(group)
        name = _free_name(rows["term"].iloc[0], taken | {theme.name for theme in themes.values()})
        title, about = (", ".join(rows["term"].head(n)) for n in (IN_TITLE, IN_ABOUT))
        themes[group] = Theme(
            name=name,
            title=title[:1].upper() + title[1:],
            about=f"Papers that say {about}.",
            status="draft",
            threshold=LOWEST_THRESHOLD,
            rules=_rules(rows),
        )
    return themes


def _free_name(term: str, taken: set[str]) -> str:
    """A key for themes.yml: "policy gradient" → policy_gradient, or policy_gradient_2."""
    plain = re.sub("[^a-z0-9]+", "_", term).strip("_")
    base = plain if re.match("[a-z]", plain) else f"theme_{plain}".rstrip("_")
    return next(name for n in range(1, len(taken) + 2) if (name := f"{base}_{n}" if n > 1 else base) not in taken)


def _rules(rows: pd.DataFrame) -> tuple[Rule, ...]:
    """Rules of the terms of a group, heaviest first: weights are log-odds ratios, rounded up to the half."""
    weights = np.ceil(rows["log_odds"].clip(upper=HIGHEST_WEIGHT) * 2) / 2
    return tuple(
        Rule(name=", ".join(terms.head(IN_TITLE)), weight=weight, phrases=tuple(terms))
        for weight, terms in sorted(rows["term"].groupby(weights), reverse=True)
    )


def _fitted(corpus: Corpus, drafts: Iterable[Theme], members: pd.DataFrame, told: list[str]) -> Suggestion:
    """Give each draft its threshold, and tell what its rules find and which papers to look at."""
    named = {theme.name: theme for theme in drafts}
    scores = assign_themes(corpus, named, schema.empty(schema.CORRECTIONS))
    rows, examples = [], []
    for name, theme in named.items():
        own, said = members[members["theme"] == name], scores[scores["theme"] == name]
        inside = said["paper_id"].isin(own["paper_id"])
        threshold = _threshold(said["score"], inside, len(own)) if inside.any() else theme.threshold
        reached = said["score"] >= threshold
        named[name] = theme.model_copy(update={"threshold": threshold})
        about = {"papers": len(own), "stability": own["stability"].iloc[0]}
        rows += [{"theme": name, **about, "found": (reached & inside).sum(), "others": (reached & ~inside).sum()}]
        examples += [_examples(own).merge(said[["paper_id", "quote"]], how="left")]
    return Suggestion(named, pd.DataFrame(rows, columns=TABLE), pd.concat(examples), told)


def _threshold(score: pd.Series, inside: pd.Series, size: int) -> float:
    """The score from which on papers are taken for best F1; the higher one of equals."""
    reached = inside.groupby(score).agg(["sum", "size"]).sort_index(ascending=False).cumsum()
    return float((reached["sum"] / (reached["size"] + size)).idxmax())


def _examples(own: pd.DataFrame) -> pd.DataFrame:
    """The papers nearest to the centre of their cluster, and those nearly as near to another one."""
    typical = own.sort_values(["similarity", "paper_id"], ascending=[False, True]).head(EXAMPLES)
    others = own[~own["paper_id"].isin(typical["paper_id"])]
    borderline = others.sort_values(["margin", "paper_id"]).head(EXAMPLES)
    both = [typical.assign(role="typical"), borderline.assign(role="borderline")]
    return pd.concat(both)[["theme", "role", "paper_id"]]
