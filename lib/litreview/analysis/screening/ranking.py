"""What to read next, learned from the decisions so far.

Words and pairs of words, weighted by TF-IDF with sublinear counts, and a linear support vector machine
with squared hinge loss: the settings that ASReview chose as its default, ELAS u4, on the SYNERGY reviews
(github.com/asreview/asreview). One thing differs: the words of a title count `TITLE` times.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfTransformer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from litreview.analysis.similarity import heaviest_terms
from litreview.corpus import Corpus
from litreview.errors import SearchError
from litreview.judgement import load_decisions, standing_decisions
from litreview.text.wording import plural

TITLE = 3  # times that a title's words are counted
COST, RATIO = 0.11, 9.8  # C of the machine; weight of all included papers, over that of all excluded ones


class Vocabulary(NamedTuple):
    """The weighted words of some papers: made once, ranked by again and again."""

    paper_id: pd.Index
    weights: csr_array
    terms: list[str]
    weigh: Pipeline  # any texts → their weights


def vocabulary(papers: pd.DataFrame) -> Vocabulary:
    """Weigh the words of papers (paper_id, title, abstract), for `rank_papers`. Raises: SearchError without words."""
    count = CountVectorizer(ngram_range=(1, 2), max_df=max(0.95, 1 / max(len(papers), 1)))
    try:
        counts = count.fit_transform(papers["title"] + " " + papers["abstract"])
    except ValueError as error:
        raise SearchError(
            f"No word tells {plural(len(papers), 'paper')} apart. Give papers with titles or abstracts of their own."
        ) from error
    counts += (TITLE - 1) * count.transform(papers["title"])
    weigh = TfidfTransformer(sublinear_tf=True)
    weights, terms = csr_array(weigh.fit_transform(counts)), count.get_feature_names_out().tolist()
    return Vocabulary(pd.Index(papers["paper_id"]), weights, terms, make_pipeline(count, weigh))


def rank_papers(
    words: Vocabulary, included: Iterable[str], excluded: Iterable[str] = (), query: str = "", told: int = 10
) -> pd.DataFrame:
    """Order the papers without a decision, most likely relevant first: paper_id, rank, score, words_for, words_against.

    `included` and `excluded` are paper_ids. The words are those that move the score of a paper most, up and down, as
    "a; b"; the first `told` papers have them. `query` is free text, and counts as an included paper. Without an
    excluded paper the order is by likeness to the included ones.
    Raises: SearchError where nothing was included and the query has no word of a paper.

    >>> words = vocabulary(review.papers)
    >>> rank_papers(words, ["2305.18290"], query="preference optimization without a reward model")
    """
    yes, no = words.paper_id.isin([*included]), words.paper_id.isin([*excluded])
    learned, intercept = _learn(words, yes, no, query)
    rows = np.flatnonzero(~(yes | no))
    score = words.weights[rows] @ learned + intercept
    order = np.argsort(-score, kind="stable")
    ranked = {"paper_id": words.paper_id[rows[order]], "rank": range(1, len(rows) + 1), "score": score[order]}
    return pd.DataFrame(ranked).join(_deciding_words(words, rows[order[:told]], learned)).fillna("")


@lru_cache(maxsize=4)
def _words_of(corpus: Corpus) -> Vocabulary:
    return vocabulary(corpus.papers)


def read_next(corpus: Corpus, query: str = "", who: str = "") -> pd.DataFrame:
    """Order the papers of a review that nobody included or excluded, by the decisions so far: as `rank_papers`.

    who: the reader whose decisions count, as in `standing_decisions`; all readers' without.
    Raises: SearchError where no paper is included and there is no query.

    >>> read_next(review, "preference optimization without a reward model")
    """
    decided = standing_decisions(load_decisions(corpus), who).groupby("decision")["paper_id"].agg(list)
    return rank_papers(_words_of(corpus), decided.get("include", []), decided.get("exclude", []), query)


def _learn(words: Vocabulary, yes: np.ndarray, no: np.ndarray, query: str) -> tuple[np.ndarray, float]:
    """The weight of each word, and the intercept, from the papers that were included and excluded."""
    wanted = vstack([words.weights[yes], *([words.weigh.transform([query])] if query.strip() else [])], "csr")
    if not wanted.nnz:
        raise SearchError(
            f"There is nothing to rank by: no paper of these is included, and the query {query[:80]!r} has no word of "
            "theirs. Include a paper, or describe in a sentence what is sought."
        )
    if not no.any():
        return np.asarray(wanted.mean(axis=0)).ravel(), 0.0
    target = np.repeat([1, 0], [wanted.shape[0], no.sum()])
    weight = np.where(target, 1.0, target.sum() / (RATIO * no.sum()))
    machine = LinearSVC(loss="squared_hinge", C=COST, random_state=0)
    machine.fit(vstack([wanted, words.weights[no]], "csr"), target, weight * len(weight) / weight.sum())
    return machine.coef_[0], float(machine.intercept_[0])


def _deciding_words(words: Vocabulary, rows: np.ndarray, learned: np.ndarray) -> pd.DataFrame:
    """For each row the words for the paper and those against it: words_for, words_against; none of grammar."""
    products = csr_array(words.weights[rows])
    content = [ENGLISH_STOP_WORDS.isdisjoint(words.terms[column].split()) for column in products.indices]
    products.data *= learned[products.indices] * content
    sides = {"words_for": products.maximum(0), "words_against": (-products).maximum(0)}
    return pd.DataFrame({name: heaviest_terms(side, words.terms) for name, side in sides.items()}, dtype="str")
