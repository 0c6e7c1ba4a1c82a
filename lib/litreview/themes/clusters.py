"""Which papers use the same words, as clusters that come out the same each time.

**Space.** TF-IDF weights, centred; the first `COMPONENTS` principal components, each times the third power of its
singular value, so that what many papers share counts more than what two share; rows of length one. **Clusters.**
Ward's method. **Their number** is the largest, up to `MOST` and to the root of the number of papers, whose stability
is at least `NEAR_BEST` of the best. **Stability** is how far the clusters of a sample of four in five papers agree
with those of all: adjusted mutual information for all clusters together (Vinh, Epps and Bailey 2010,
jmlr.org/papers/v11/vinh10a), the Jaccard index of the most similar cluster for one (Hennig 2007,
doi:10.1016/j.csda.2006.11.025), each the mean over `SAMPLES` samples.

Ward's method needs all distances: of more than `MOST_ROWS` papers a fixed sample is clustered, and each other paper
goes to the cluster whose centre is nearest.
"""

from collections.abc import Iterable
from itertools import starmap
from math import ceil
from typing import NamedTuple

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_mutual_info_score
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

COMPONENTS, POWER = 50, 3
SAMPLES, PART = 10, 0.8
MOST, NEAR_BEST = 20, 0.9
MOST_ROWS = 4_000


class Clusters(NamedTuple):
    """The clusters of the rows of a matrix."""

    labels: np.ndarray  # the cluster of each row, from 0
    similarity: np.ndarray  # rows × clusters: cosine with the centre
    stability: float  # of all clusters together: 0 agrees by chance only, 1 in full
    each: np.ndarray  # the stability of each cluster
    clustered: int  # rows that were clustered; the others were assigned


@threadpool_limits.wrap(limits=1)
def cluster(weights: csr_array, k: int = 0) -> Clusters:
    """Cluster the rows of a matrix of TF-IDF weights into `k` clusters, or as many as are stable.

    The matrix has at least two rows that differ.
    """
    random = np.random.default_rng(0)
    rows = _sample(random, weights.shape[0], min(weights.shape[0], MOST_ROWS))
    place = _places(weights[rows], weights)
    tree = linkage(place[rows], "ward")
    pairs = _resampled(tree, weights[rows], random, [k] if k else range(2, min(MOST, ceil(len(rows) ** 0.5)) + 1))
    stability = {n: float(np.mean([*starmap(adjusted_mutual_info_score, both)])) for n, both in pairs.items()}
    n = max(n for n, value in stability.items() if value >= NEAR_BEST * max(stability.values()))
    found = _cut(tree, n)
    similarity = place @ normalize([place[rows[found == one]].mean(axis=0) for one in np.unique(found)]).T
    labels = similarity.argmax(axis=1)
    labels[rows] = found
    each = np.mean([_overlap(n, *both) for both in pairs[n]], axis=0)
    return Clusters(labels, similarity, stability[n], each[: found.max() + 1], len(rows))


def _sample(random: np.random.Generator, n: int, size: int) -> np.ndarray:
    return np.sort(random.choice(n, size, replace=False))


def _places(weights: csr_array, others: csr_array) -> np.ndarray:
    """The places of `others` in the space of `weights`."""
    model = PCA(min(COMPONENTS, min(weights.shape) - 1), svd_solver="arpack", random_state=0).fit(weights)
    return normalize(model.transform(others) * model.singular_values_**POWER)


def _cut(tree: np.ndarray, n: int) -> np.ndarray:
    return fcluster(tree, n, "maxclust") - 1


def _resampled(
    tree: np.ndarray, weights: csr_array, random: np.random.Generator, numbers: Iterable[int]
) -> dict[int, list[tuple[np.ndarray, np.ndarray]]]:
    """For each number of clusters, the clusters of the papers of each sample: among all, and clustered alone."""
    size = len(tree) + 1
    samples = [_sample(random, size, round(PART * size)) for _ in range(SAMPLES)]
    trees = [linkage(_places(weights[sample], weights[sample]), "ward") for sample in samples]
    both = [*zip(samples, trees, strict=True)]
    return {n: [(_cut(tree, n)[sample], _cut(alone, n)) for sample, alone in both] for n in numbers}


def _overlap(n: int, whole: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """For each of `n` clusters the Jaccard index of the most similar one of the sample; 0 where the sample lacks it."""
    shared = np.eye(n)[whole].T @ np.eye(n)[alone]
    united = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0) - shared
    return (shared / np.maximum(united, 1)).max(axis=1)
