"""Screening: what to read next, learned from the decisions so far, when enough is read, and the flow of all records.

**Ranking.** Words and pairs of words, weighted by TF-IDF with sublinear counts, and a linear support vector machine
with squared hinge loss: the settings that ASReview chose as its default, ELAS u4, on the SYNERGY reviews
(github.com/asreview/asreview). One thing differs: the words of a title count `TITLE` times.

**Stopping.** The hypergeometric test of Callaghan and Müller-Hansen (2020, doi:10.1186/s13643-020-01521-4). Papers
read last are taken for a random sample of those that were left then. The ranking puts relevant papers first, so a
sample that finds few of them speaks more strongly than it claims; a `control_sample` needs no such argument.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack
from scipy.stats import hypergeom
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfTransformer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from litreview import schema
from litreview.analysis.ledger import closed
from litreview.analysis.similarity import heaviest_terms
from litreview.corpus import Corpus
from litreview.errors import LedgerError, SearchError
from litreview.judgement.decisions import OPEN, load_decisions, standing_decisions
from litreview.text.wording import percent, plural

TITLE = 3  # times that a title's words are counted
MOST_NAMED = 6  # files; of more, none has a line of its own in the flow
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
        told = f"No word tells {plural(len(papers), 'paper')} apart."
        raise SearchError(f"{told} Give other titles or abstracts.") from error
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
        told = f"no paper of these is included, and the query {query[:80]!r} has no word of theirs"
        raise SearchError(f"There is nothing to rank by: {told}. Include a paper, or say in a sentence what is sought.")
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


class StoppingHint(NamedTuple):
    """Whether enough is read, and the evidence: see `stopping_hint`."""

    stop: bool
    p: float
    missed: int
    missed_at_most: int
    recall_at_least: float
    said: str


def screened(corpus: Corpus, who: str = "") -> list[bool]:
    """List whether each paper read so far, by one reader or all, is included, in their order, for `stopping_hint`."""
    decided = standing_decisions(load_decisions(corpus), who).query("decision in ['include', 'exclude']")
    return (decided.sort_values("when", kind="stable")["decision"] == "include").tolist()


def control_sample(left: Iterable[str], n: int, seed: int = 0) -> list[str]:
    """Draw `n` papers at random among those left to read (paper_ids): all of them where fewer are left.

    Reading them says how much the ranking missed: give their number to `stopping_hint` as `sampled`.
    """
    return np.random.default_rng(seed).permutation(sorted(left))[:n].tolist()


def stopping_hint(
    decisions: Sequence[bool], total: int, sampled: int = 0, target: float = 0.95, sure: float = 0.95
) -> StoppingHint:
    """Test whether `target` of the relevant papers are found, as in Callaghan and Müller-Hansen (2020).

    decisions: whether each paper read so far is relevant, in the order of reading; total: papers to read in all. The
    last `sampled` ones are a control sample; 0 where none was drawn, and every run of papers read last is tried.

    p is the chance to find so little lately if recall were below the target; at 1 - `sure` it says stop. `missed` is
    the number of missed papers that is as likely exceeded as not, `missed_at_most` is exceeded with chance 1 - `sure`.
    """
    found, left = int(sum(decisions)), total - len(decisions)
    samples = _samples(decisions, sampled)
    p = _chance(samples, left, missed=int(found / target - found + 1e-9) + 1)

    def exceeded(chance: float) -> int:
        return bisect_left(range(left), True, key=lambda missed: _chance(samples, left, missed + 1) < chance)

    likely, most = exceeded(0.5), exceeded(1 - sure)
    stop, least = p < 1 - sure, found / (found + most) if found + most else 0.0
    said = (
        f"{'Enough is read' if stop else 'Read on'}: {plural(found, 'relevant paper')} found in {len(decisions):,} of "
        f"{total:,}. Of the {left:,} left, likely {likely:,} and, with {sure:.0%} confidence, at most {most:,} are "
        f"relevant; then recall is at least {percent(least)}. That it is below {target:.0%} has p "
        f"{'< 0.001' if p < 0.001 else f'= {p:.3f}'}."
    )
    return StoppingHint(stop, p, likely, most, least, said)


def recall_so_far(decisions: Sequence[bool], total: int, sampled: int = 0) -> pd.DataFrame:
    """Estimate the recall after each paper read, or at 100 of many: read (part of all), recall, low, high, of.

    The relevant papers are those found and those that `stopping_hint` says are missed: likely, at most, and none.
    """
    hint, places = stopping_hint(decisions, total, sampled), even_places(len(decisions))
    found, every = np.cumsum(decisions)[places - 1], sum(decisions)
    missed = {"recall": hint.missed, "low": hint.missed_at_most, "high": 0}
    shares = {name: found / max(every + n, 1) for name, n in missed.items()}
    return pd.DataFrame({"read": places / total, **shares, "of": total})


def even_places(n: int, points: int = 100) -> np.ndarray:
    """Return places from 1 to n at even distances, at most so many as `points`."""
    return np.unique(np.linspace(1, n, min(points, n)).round().astype(int))


def _samples(decisions: Sequence[bool], sampled: int) -> tuple[np.ndarray, np.ndarray]:
    """Papers, and relevant ones among them, in each run of papers read last that is tried.

    Of the runs with equally many relevant papers the longest is the strongest evidence, so the others are left out.
    """
    latest = np.asarray(decisions, dtype=bool)[::-1]
    sizes = np.array([sampled]) if sampled else np.append(np.flatnonzero(latest), len(latest))
    return sizes, np.cumsum([0, *latest])[sizes]


def _chance(samples: tuple[np.ndarray, np.ndarray], left: int, missed: int) -> float:
    """The least chance of a run with so few relevant papers, if `missed` or more are among those left."""
    sizes, relevant = samples
    return float(hypergeom.cdf(relevant, left + sizes, relevant + missed, sizes).min()) if missed <= left else 0.0


def prisma_counts(corpus: Corpus) -> pd.DataFrame:
    """Count the records in each box of the flow diagram of PRISMA 2020, a row a line: `schema.FLOW`.

    Boxes and wording are those for new reviews that search databases and registers only (Page et al. 2021, BMJ
    372:n71). A file stands where a database stands there. A limit on years is an automation tool: it removes records
    without a person looking at them. Several records of one work are the reports of one study.
    Where nobody has decided on a paper yet, the diagram has no boxes of screening, and all count as included.
    Raises: LedgerError when the records of a file, or those of the boxes, do not add up.
    """
    whole = corpus.whole.between(corpus.since, corpus.until) if corpus.decided else corpus
    files = corpus.ledger.set_index("source_file")["found"]
    found, loaded, merged, rejected = closed(corpus.ledger).iloc[-1][["found", "loaded", "merged", "rejected"]]
    reports = whole.records.loc[whole.records["merged_into"].isna(), ["paper_id"]]
    reports = reports.merge(standing_decisions(load_decisions(whole)), how="left").fillna({"decision": OPEN})
    screening = _screening(reports)
    included = reports[reports["decision"] == "include"] if screening else reports
    lines = [
        ("Identification", "identified", "Records identified from files", found),
        *(("Identification", "identified", *each) for each in files.items() if len(files) <= MOST_NAMED),
        ("Identification", "removed", "Records removed before screening", found - len(reports)),
        ("Identification", "removed", "Duplicate records removed", merged),
        ("Identification", "removed", "Records marked as ineligible by automation tools", loaded - len(reports)),
        ("Identification", "removed", "Records removed for other reasons", rejected),
        *(("Screening", *each) for each in screening),
        ("Included", "included", "Studies included in review", included["paper_id"].nunique()),
        ("Included", "included", "Reports of included studies", len(included)),
    ]
    table = pd.DataFrame(lines, columns=["stage", "box", "text", "n"])
    if loaded < len(reports):
        raise LedgerError(f"{loaded} records are loaded, but {len(reports)} are in reports; build the corpus again.")
    return schema.shape(table.assign(heads=~table["box"].duplicated()), schema.FLOW)


def _screening(reports: pd.DataFrame) -> list[tuple[str, str, int]]:
    """The lines of screening, of reports with decision and reason; none before the first decision."""
    n = reports["decision"].value_counts().reindex(["exclude", "maybe", OPEN], fill_value=0)
    reasons = reports.loc[reports["decision"] == "exclude", "reason"].value_counts()
    lines = [
        ("screened", "Records screened", len(reports) - n[OPEN]),
        ("screened", "Of these without a final decision", n["maybe"]),
        ("screened", "Records not screened yet", n[OPEN]),
        *(("excluded", *each) for each in [("Records excluded", n["exclude"]), *reasons.items()]),
    ]
    return lines if n[OPEN] < len(reports) else []
