"""Tables that rules derive, computed over batches of papers in worker processes.

A rule looks at one paper at a time, so the rows are the same for any number of processes. Few papers stay in this
process: what they cost is less than what a second one does. A worker process, and a kernel that was forked, starts
none of its own.
"""

import gc
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from litreview.errors import CorpusError
from litreview.paths import JOBS

LEAST = 300  # papers that are worth a process of their own
_SHARES = 8  # batches of each process: one that ends early takes from the rest
_FORKS = hasattr(os, "sched_getaffinity")  # Linux: workers begin with the papers and rules that this process has
SELDOM = 100_000, 20, 100  # how often a worker looks for garbage; rows of texts hold none, and many are made
_held: list[Any] = []  # in a worker: what is computed, and of which papers


def jobs() -> int:
    """Return how many processes may work at a time: what was asked for, else every core that this process may use.

    Where processes cannot be forked, a script that does not expect it would run again in each: one, unless asked for.
    """
    asked = os.environ.get(JOBS, "")
    return int(asked) if asked.isdecimal() and int(asked) else len(os.sched_getaffinity(0)) if _FORKS else 1


def in_batches(compute: Callable[[Any], pd.DataFrame], corpus: Any) -> pd.DataFrame:
    """Return what `compute` makes of a corpus, a row or several for each paper, in the order of the papers.

    Raises: what `compute` does; `CorpusError` where a worker process ends before its batch is done.
    """
    workers = min(jobs(), len(corpus) // LEAST)
    if workers < 2 or parent_process():
        return compute(corpus)
    ids = corpus.papers["paper_id"].to_numpy()
    compute(corpus.where(ids[:1]))  # so that rules are loaded once, and workers begin with them
    batches = np.array_split(ids, workers * _SHARES)
    pool = ProcessPoolExecutor(workers, get_context("fork" if _FORKS else "spawn"), _hold, (compute, corpus))
    try:
        tables = pool.map(_of_batch, batches)
        watched = tqdm(tables, total=len(batches), unit="batch", disable=None, delay=1, leave=False)
        return pd.concat(list(watched), ignore_index=True)
    except BrokenProcessPool:
        told = f"A worker process ended before its share of {len(corpus):,} papers was done; memory may have run out."
        raise CorpusError(f"{told} {workers} worked at a time: ask for fewer with --jobs.") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _hold(*work: Any) -> None:
    """What a worker begins with. Ctrl-C is for the process that waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()
    _held[:] = work
    gc.set_threshold(*SELDOM)
    gc.freeze()  # what the two processes share is not looked through for garbage, which would copy it


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended; until then, wait."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _of_batch(ids: np.ndarray) -> pd.DataFrame:
    compute, corpus = _held
    return compute(corpus.where(ids))
