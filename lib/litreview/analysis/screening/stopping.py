"""When enough is read: the hypergeometric test of Callaghan and Müller-Hansen (2020, doi:10.1186/s13643-020-01521-4).

Papers read last are taken for a random sample of those that were left then. The ranking puts relevant papers first, so
a sample that finds few of them speaks more strongly than it claims; a `control_sample` needs no such argument.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import hypergeom

from litreview.corpus import Corpus
from litreview.judgement import load_decisions, standing_decisions
from litreview.text.wording import percent, plural


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
    likely, most = (
        bisect_left(range(left), True, key=lambda missed: _chance(samples, left, missed + 1) < chance)
        for chance in (0.5, 1 - sure)
    )
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
