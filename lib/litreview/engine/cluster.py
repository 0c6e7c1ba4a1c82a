"""A Dask cluster to work on, and work that is spread over it.

Workers see the same files as the client under the same paths: a disk that they share. Each stands in the client's
working folder and review.
"""

import gc
import logging
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from litreview.engine.worker_processes import SELDOM, jobs
from litreview.errors import LitreviewError
from litreview.paths import CHOSEN, JOBS

try:
    from distributed import Client, KilledWorker, WorkerPlugin, as_completed
except ModuleNotFoundError as missing:
    raise LitreviewError(
        f"The engine dask needs Dask, and the module {missing.name} is not installed. Install it with `pip install "
        "'litreview[dask]'` (conda: `conda install distributed bokeh`), or leave --engine dask out."
    ) from None

SECONDS = 30  # that a scheduler has to answer


class _Place(WorkerPlugin):
    """Lets a worker stand where the client stands; it starts no processes of its own."""

    name = "litreview-place"

    def __init__(self) -> None:
        self._folder, self._places = Path.cwd(), {CHOSEN: os.environ.get(CHOSEN, ""), JOBS: "1"}

    def setup(self, worker: Any) -> None:  # noqa: ARG002
        """Called in each worker, also in one that takes the place of a dead one."""
        os.chdir(self._folder)
        os.environ.update(self._places)
        gc.set_threshold(*SELDOM)


@contextmanager
def dask_client(scheduler: str = "") -> Iterator[Client]:
    """Give a client of a running scheduler, or of as many worker processes on this machine as `jobs` says.

    Raises: `LitreviewError` where no scheduler answers.
    """
    # Off the network: the workers of one machine and their dashboard listen on the loopback.
    here = {"n_workers": jobs(), "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    here |= {"silence_logs": logging.CRITICAL}  # a worker that is stopped says at length that it was
    try:
        client = Client(scheduler, timeout=SECONDS) if scheduler else Client(**here)
    except (OSError, ValueError) as error:
        told = f"No Dask scheduler answers at '{scheduler}': {error}. Start one with `dask scheduler`"
        raise LitreviewError(f"{told}, and give the address that it prints.") from error
    with client:
        client.register_plugin(_Place())
        yield client


def spread(client: Client, function: Callable[..., Any], *columns: Collection[Any]) -> Iterator[tuple[int, Any]]:
    """Yield what a function makes of each row of columns, with the place of the row, as the results come.

    Raises: what the function does; `LitreviewError` for a row at which workers died again and again.
    """
    futures = client.map(function, *columns, pure=False)
    places = {future.key: place for place, future in enumerate(futures)}
    try:
        for future in as_completed(futures):
            result = future.result()
            future.release()  # or it is made again, beside all that follows, when the worker that holds it dies
            yield places[future.key], result
    except KilledWorker as error:
        told = f"Several workers died at the same piece of work ({function.__name__}, number {places[str(error.task)]})"
        raise LitreviewError(f"{told}; memory may have run out. Give each worker more of it.") from error
    finally:
        client.cancel(futures)
