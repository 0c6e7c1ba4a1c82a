"""Which papers are near each other in what they say: neighbours, a map, and search.

**Neighbours and map** use latent semantic analysis (Deerwester et al. 1990,
doi:10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9): words and pairs of words, weighted by TF-IDF with
sublinear counts, then a truncated singular value decomposition. On labelled papers of the shipped listings, 72 of 100
neighbours share a theme with their paper; with TF-IDF alone it is 67. **Search** ranks with Okapi BM25 (Robertson and
Zaragoza 2009, doi:10.1561/1500000019), and shows the sentence that matched.

No model is downloaded, so only words count: two papers that say the same in other words are not near. Nearness is
about vocabulary; it is no judgement that two papers agree.

The same corpus gives the same numbers: the decomposition and the layout are seeded, scikit-learn fixes the signs,
results are rounded to `DIGITS`, and all runs in one thread, whose sums do not depend on the number of cores.
"""

import re
import warnings
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice, pairwise
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process
from scipy.sparse import csr_array
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.manifold import TSNE
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from litreview import schema
from litreview.analysis.key_terms import STOP_WORDS, count_matrix, paper_texts, word_runs
from litreview.corpus import Corpus
from litreview.errors import SearchError, SearchHint
from litreview.text.patterns import any_of, compiled, phrase_pattern
from litreview.text.sentences import sentence_spans

DIMENSIONS = 30  # of the latent space; 25 to 50 serve neighbours equally well, 100 worse
PERPLEXITY = 10  # t-SNE: about as many neighbours hold a paper in its place
EXACT_UP_TO = 1_000  # papers; above that t-SNE approximates, and its layout may differ between machines
SATURATION, LENGTH = 1.2, 0.75  # BM25's k1 and b, at their usual values
EXPLAINED_BY = 5  # shared terms shown for a pair
DIGITS = 5
_ODD_QUOTES = re.compile("[“”„‟«»]")
_QUOTED = re.compile(r'"\s*([^"]*\w[^"]*?)\s*"')


@threadpool_limits.wrap(limits=1)
def neighbours(corpus: Corpus, k: int = 5) -> pd.DataFrame:
    """Find for each paper the `k` papers nearest to it, nearest first, with the terms they share.

    The columns are those of `schema.NEIGHBOURS`. A paper whose vocabulary no other paper shares has no rows.
    """
    weights, terms = tfidf(corpus)
    table = _nearest(_latent(weights), min(k, len(corpus.papers) - 1))
    here, there = table["here"].to_numpy(), table["there"].to_numpy()
    ids = corpus.papers["paper_id"].array
    shared = heaviest_terms(weights[here] * weights[there], terms)
    table = table.assign(paper_id=ids[here], neighbour_id=ids[there], shared=shared)
    table = table.sort_values(["paper_id", "similarity", "neighbour_id"], ascending=[True, False, True])
    table["rank"] = table.groupby("paper_id").cumcount() + 1
    return schema.shape(table.drop(columns=["here", "there"]), schema.NEIGHBOURS)


def similar(corpus: Corpus, paper_id: str, k: int = 10) -> pd.DataFrame:
    """Find the `k` papers nearest to one paper, nearest first, in a corpus or a review.

    Columns: paper_id, title, similarity, shared (the terms that both have, as in `schema.NEIGHBOURS`), url.
    Raises: CorpusError for a paper that is not in the corpus.

    >>> similar(review, "2305.18290")
    """
    corpus.where([paper_id])  # raises for a paper that is not there
    near = neighbours(corpus, k).query("paper_id == @paper_id")[["neighbour_id", "similarity", "shared"]]
    found = near.rename(columns={"neighbour_id": "paper_id"}).merge(corpus.papers, on="paper_id")
    return found[["paper_id", "title", "similarity", "shared", "url"]]


@threadpool_limits.wrap(limits=1)
def map_positions(corpus: Corpus) -> pd.DataFrame:
    """Place the papers on a map where papers of similar vocabulary lie together: paper_id (str), x, y (float64).

    The layout is t-SNE (van der Maaten and Hinton 2008, jmlr.org/papers/v9/vandermaaten08a) from a start by principal
    components, and for fewer papers than its perplexity allows the principal components alone. Near means similar; the
    axes, the gaps between clusters and their sizes mean nothing. Both coordinates lie between -1 and 1.
    """
    place = np.zeros((len(corpus.papers), 2))
    latent = _latent(tfidf(corpus)[0])
    if len(latent) > 3 * PERPLEXITY:
        method = "exact" if len(latent) <= EXACT_UP_TO else "barnes_hut"
        place = TSNE(perplexity=PERPLEXITY, init="pca", method=method, random_state=0).fit_transform(latent)
    elif latent.size and np.ptp(latent, axis=0).any():
        axes = min(2, latent.shape[1])
        place[:, :axes] = PCA(n_components=axes, random_state=0).fit_transform(latent)
    place = place.astype(float) / (np.abs(place).max(initial=0) or 1)
    table = pd.DataFrame({"paper_id": corpus.papers["paper_id"].array, "x": place[:, 0], "y": place[:, 1]})
    return table.astype({"paper_id": "str"}).round(DIGITS)


def search(corpus: Corpus, query: str, k: int = 10) -> pd.DataFrame:
    """Find the `k` papers that answer a query best, best first: columns of `schema.HITS`; a title counts twice.

    Words match in any order, in the singular and in any case; words that stand together in the query and in a paper
    count more. A paper need not have all of them, but it has the phrases in quotes: "direct preference" is these words
    in this order, as `text.patterns.phrase_pattern` reads them. Without a match the table is empty. A `SearchHint`, a
    warning, names each word that no paper has, with the nearest word that some have.
    Raises: SearchError when the query has no word to look for.
    """
    wanted, phrases = _asked(query)
    said = [f"{title}.\n{text}" for title, text in zip(corpus.papers["title"], paper_texts(corpus), strict=True)]
    documents = [_features(text) for text in said]
    counts = count_matrix(documents, wanted)
    _hint(wanted, documents)
    rarity = _rarity(counts)
    score = _bm25(counts, rarity, np.array([len(document) for document in documents])).round(DIGITS)
    whole = np.array([_holds(text, phrases) == len(phrases) for text in said], dtype=bool)
    if phrases and not whole.any():
        said_so = "No paper has all that stands in quotes. Without quotes the words may stand anywhere."
        warnings.warn(SearchHint(said_so), stacklevel=2)
    hits = corpus.papers[["paper_id", "title", "abstract"]].reset_index(drop=True).assign(score=score)
    hits = hits[(score > 0) & whole].sort_values(["score", "paper_id"], ascending=[False, True]).head(max(k, 0))
    hits["matched"] = heaviest_terms(csr_array(counts[hits.index.to_numpy()] * rarity), wanted)
    worth = dict(zip(wanted, rarity, strict=True))
    passages = [_passage(*texts, worth, phrases) for texts in zip(hits["title"], hits["abstract"], strict=True)]
    found = pd.DataFrame(passages, index=hits.index, columns=["quote", "field", "start", "end"])
    return schema.shape(hits.join(found), schema.HITS)


def _asked(query: str) -> tuple[list[str], list[Any]]:
    """The features of a query, and the patterns of its phrases in quotes."""
    plain = _ODD_QUOTES.sub('"', query.encode(errors="ignore").decode())
    if not (wanted := sorted(set(_features(plain)))):
        raise SearchError(
            f"The query {query[:80]!r} has no word to look for. Give one or more words of content, in any order: "
            "'offline reinforcement learning'. Words such as 'the', 'of' or 'method' and single letters do not count."
        )
    return wanted, [compiled(any_of([phrase_pattern(phrase)])) for phrase in _QUOTED.findall(plain)]


def _holds(text: str, phrases: Sequence[Any]) -> int:
    """How many of the phrases a text has."""
    return sum(bool(phrase.search(text)) for phrase in phrases)


def _hint(wanted: list[str], documents: list[list[str]]) -> None:
    """Warn of each word of a query that no paper has, with the nearest word of the papers, most frequent first."""
    words = [word for word, _ in Counter(chain.from_iterable(documents)).most_common() if " " not in word]
    for word in [word for word in wanted if " " not in word and word not in words]:
        near = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=75)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        warnings.warn(SearchHint(f"No paper has '{word[:40]}'{hint}"), stacklevel=3)


def _features(text: str) -> list[str]:
    """The words of a text that have content, and pairs of neighbours among them.

    A word with hyphens is taken apart, so that "fine-tuning" and "fine tuning" are one; "off-policy" is kept whole.
    """
    found = []
    for run in word_runs(text):
        parts = [part for word in run for part in word.split("-")]
        found += [part for part in parts if part not in STOP_WORDS and len(part) > 1]
        found += [f"{a} {b}" for a, b in pairwise(parts) if a not in STOP_WORDS and b not in STOP_WORDS]
        found += [word for word in run if word not in STOP_WORDS and not STOP_WORDS.isdisjoint(word.split("-"))]
    return found


def tfidf(corpus: Corpus) -> tuple[csr_array, list[str]]:
    """Weigh words and pairs by TF-IDF: papers × features, rows of length one, and the features that two papers have."""
    documents = [_features(text) for text in paper_texts(corpus)]
    papers_of = Counter(feature for document in documents for feature in set(document))
    shared = sorted(feature for feature, n in papers_of.items() if n > 1)
    counts = count_matrix(documents, shared)
    return csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(counts)) if shared else counts, shared


def _latent(weights: csr_array) -> np.ndarray:
    """Papers × dimensions, rows of length one; a corpus too small for the decomposition keeps its features."""
    if min(weights.shape) <= DIMENSIONS:
        return weights.toarray() if weights.shape[1] else np.zeros((weights.shape[0], 1))
    return normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(weights))


def _nearest(latent: np.ndarray, k: int) -> pd.DataFrame:
    """Pairs of row numbers, here and there, with their similarity; only those above zero."""
    if k < 1:
        return pd.DataFrame({"here": np.array([], dtype=int), "there": np.array([], dtype=int), "similarity": []})
    distance, there = NearestNeighbors(n_neighbors=k, metric="cosine").fit(latent).kneighbors()
    here, similarity = np.repeat(np.arange(len(latent)), k), (1 - distance.ravel()).round(DIGITS)
    return pd.DataFrame({"here": here, "there": there.ravel(), "similarity": similarity}).query("similarity > 0")


def heaviest_terms(products: csr_array, terms: Sequence[str]) -> list[str]:
    """For each row the terms of greatest weight, as "a; b"; none that stands inside another one."""
    found = []
    for first, last in pairwise(products.indptr):
        weighed = zip(products.data[first:last], products.indices[first:last], strict=True)
        ranked = [terms[column] for weight, column in sorted(weighed, key=lambda pair: (-pair[0], pair[1])) if weight]
        padded = [f" {term} " for term in ranked]
        whole = (term for term in ranked if sum(f" {term} " in other for other in padded) == 1)
        found.append("; ".join(islice(whole, EXPLAINED_BY)))
    return found


def _rarity(counts: csr_array) -> np.ndarray:
    """BM25's weight of each term: the fewer papers have it, the more it tells."""
    papers = (counts > 0).sum(axis=0)
    return np.log1p((counts.shape[0] - papers + 0.5) / (papers + 0.5))


def _bm25(counts: csr_array, rarity: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Each paper's score: saturating counts of the wanted terms, tempered by its length."""
    relative = length / (length.mean() or 1) if len(length) else length
    tempered = SATURATION * (1 - LENGTH + LENGTH * relative)
    found = counts.tocoo()
    worth = rarity[found.col] * found.data * (SATURATION + 1) / (found.data + tempered[found.row])
    return np.bincount(found.row, weights=worth, minlength=counts.shape[0])


def _passage(title: str, abstract: str, rarity: dict[str, float], phrases: Sequence[Any]) -> tuple[str, str, int, int]:
    """The sentence that says most of what was looked for, the first of equals; the title where no sentence does."""
    spans = [("abstract", abstract, *span) for span in sentence_spans(abstract)] + [("title", title, 0, len(title))]
    parts = [text[start:end] for _, text, start, end in spans]
    weight = [(_holds(part, phrases), sum(rarity.get(word, 0) for word in set(_features(part)))) for part in parts]
    field, text, start, end = spans[weight.index(max(weight))]
    return text[start:end], field, start, end
