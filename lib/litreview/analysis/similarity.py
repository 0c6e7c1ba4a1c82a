"""Which papers are near each other in what they say: neighbours, and a map.

**Neighbours and map** use latent semantic analysis (Deerwester et al. 1990,
doi:10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9): words and pairs of words, weighted by TF-IDF with
sublinear counts, then a truncated singular value decomposition. On labelled papers of the shipped listings, 72 of 100
neighbours share a theme with their paper; with TF-IDF alone it is 67.

No model is downloaded, so only words count: two papers that say the same in other words are not near. Nearness is
about vocabulary; it is no judgement that two papers agree.

The same corpus gives the same numbers: the decomposition and the layout are seeded, scikit-learn fixes the signs,
results are rounded to `DIGITS`, and all runs in one thread, whose sums do not depend on the number of cores.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, pairwise
from math import ceil

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.manifold import TSNE
from sklearn.neighbors import KNeighborsRegressor, NearestNeighbors
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from litreview import schema
from litreview.analysis.key_terms import STOP_WORDS, count_shared, paper_texts, word_runs
from litreview.corpus import Corpus

DIMENSIONS = 30  # of the latent space; 25 to 50 serve neighbours equally well, 100 worse
PLACED = 3_000  # papers that t-SNE places; of more, a sample, and each other paper amid the nearest of these
PERPLEXITY = 10  # t-SNE: about as many neighbours hold a paper in its place
EXACT_UP_TO = 1_000  # papers; above that t-SNE approximates, and its layout may differ between machines
EXPLAINED_BY = 5  # shared terms shown for a pair
DIGITS = 5


@lru_cache(maxsize=4)
@threadpool_limits.wrap(limits=1)
def _space(corpus: Corpus) -> tuple[csr_array, list[str], np.ndarray]:
    """Give the weights of a corpus, their features, and its papers in the latent space, rows of length one.

    A corpus too small for the decomposition keeps its features.
    """
    weights, terms = tfidf(corpus)
    if min(weights.shape) > DIMENSIONS:
        return weights, terms, normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(weights))
    return weights, terms, np.pad(weights.toarray(), [(0, 0), (0, int(not terms))])


def neighbours(corpus: Corpus, k: int = 5) -> pd.DataFrame:
    """Find for each paper the `k` papers nearest to it, nearest first, with the terms they share.

    The columns are those of `schema.NEIGHBOURS`. A paper whose vocabulary no other paper shares has no rows.
    """
    return _nearest(corpus, np.arange(len(corpus)), k)


def similar(corpus: Corpus, paper_id: str, k: int = 10) -> pd.DataFrame:
    """Find the `k` papers nearest to one paper, nearest first, in a corpus or a review.

    Columns: paper_id, title, similarity, shared (the terms that both have, as in `schema.NEIGHBOURS`), url.
    Raises: CorpusError for a paper that is not in the corpus.

    >>> similar(review, "2305.18290")
    """
    corpus.where([paper_id])  # raises for a paper that is not there
    near = _nearest(corpus, np.flatnonzero(corpus.papers["paper_id"] == paper_id), k).drop(columns="paper_id")
    near = near.merge(corpus.papers, left_on="neighbour_id", right_on="paper_id")
    return near[["paper_id", "title", "similarity", "shared", "url"]]


@threadpool_limits.wrap(limits=1)
def _nearest(corpus: Corpus, here: np.ndarray, k: int) -> pd.DataFrame:
    """The `k` papers nearest to each of the papers at the places `here`: `schema.NEIGHBOURS`."""
    weights, terms, latent = _space(corpus)
    if (most := min(k + 1, len(latent))) < 2:
        return schema.empty(schema.NEIGHBOURS)
    distance, there = NearestNeighbors(metric="cosine").fit(latent).kneighbors(latent[here], most)
    here, there, ids = np.repeat(here, most), there.ravel(), corpus.papers["paper_id"].array
    table = pd.DataFrame({"paper_id": ids[here], "neighbour_id": ids[there]})
    table["similarity"] = (1 - distance.ravel()).round(DIGITS)
    table["shared"] = heaviest_terms(weights[here] * weights[there], terms)
    table = table.query("similarity > 0 and paper_id != neighbour_id")
    table = table.sort_values(["paper_id", "similarity", "neighbour_id"], ascending=[True, False, True])
    rank = table.groupby("paper_id").cumcount() + 1
    return schema.shape(table.assign(rank=rank)[rank <= k], schema.NEIGHBOURS)


@threadpool_limits.wrap(limits=1)
def map_positions(corpus: Corpus) -> pd.DataFrame:
    """Place the papers on a map where papers of similar vocabulary lie together: paper_id (str), x, y (float64).

    The layout is t-SNE (van der Maaten and Hinton 2008, jmlr.org/papers/v9/vandermaaten08a) from a start by principal
    components, and for fewer papers than its perplexity allows the principal components alone. Near means similar; the
    axes, the gaps between clusters and their sizes mean nothing. Both coordinates lie between -1 and 1.
    """
    latent = _space(corpus)[2]
    place = np.zeros((len(latent), 2))
    if latent.size and np.ptp(latent, axis=0).max() > 10**-DIGITS:  # else all say the same
        many = len(latent) > 3 * PERPLEXITY
        place = _layout(latent) if many else PCA(2).fit_transform(np.pad(latent, [(0, 0), (0, 1)]))
        place = (place.astype(float) / np.abs(place).max()).round(DIGITS)
    return corpus.papers[["paper_id"]].assign(x=place[:, 0], y=place[:, 1]).reset_index(drop=True)


def _layout(latent: np.ndarray) -> np.ndarray:
    """Places by t-SNE; of many papers a sample is placed, and each paper between the three of these nearest to it."""
    drawn = latent[:: ceil(len(latent) / PLACED)]
    method = "exact" if len(drawn) <= EXACT_UP_TO else "barnes_hut"
    place = TSNE(perplexity=PERPLEXITY, init="pca", method=method, random_state=0).fit_transform(drawn)
    return KNeighborsRegressor(n_neighbors=3, weights="distance", metric="cosine").fit(drawn, place).predict(latent)


@lru_cache(maxsize=2)
def documents(corpus: Corpus) -> list[list[str]]:
    """Return the features of each paper's title and abstract, found once."""
    return [features(text) for text in paper_texts(corpus)]


def features(text: str) -> list[str]:
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
    counts, shared = count_shared(documents(corpus), 2)
    return csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(counts)) if shared else counts, shared


def heaviest_terms(products: csr_array, terms: Sequence[str]) -> list[str]:
    """For each row the terms of greatest weight, as "a; b"; none that stands inside another one."""
    found = []
    for first, last in pairwise(products.indptr):
        weighed = zip(-products.data[first:last], products.indices[first:last], strict=True)
        padded = [f" {terms[column]} " for weight, column in sorted(weighed) if weight]
        whole = (term.strip() for term in padded if sum(term in other for other in padded) == 1)
        found.append("; ".join(islice(whole, EXPLAINED_BY)))
    return found
