"""Batches of papers in worker processes give the rows that one process gives, or say why not."""

import os
import signal
from dataclasses import replace

import pandas as pd
import psutil
import pytest
from conftest import waited

from litreview.engine import worker_processes
from litreview.errors import CorpusError, CurationError
from litreview.paths import JOBS
from litreview.review import DERIVED


@pytest.fixture
def many(corpus, monkeypatch):
    """The shipped papers, as if they were many; nothing of them is kept."""
    monkeypatch.setattr(worker_processes, "LEAST", 50)
    return replace(corpus, kept={})


@pytest.mark.parametrize("name", DERIVED)
def test_any_number_of_processes_gives_the_same_rows(name, corpus, many, monkeypatch):
    monkeypatch.setenv(JOBS, "3")
    rows = worker_processes.in_batches(DERIVED[name], many)
    pd.testing.assert_frame_equal(rows, corpus.kept[name])


def worker_of(papers):
    """A row a paper: the process that made it. One that is wrong raises, one that has died is not there."""
    return papers.papers[["paper_id"]].assign(process=os.getpid())


@pytest.mark.parametrize(("asked", "processes"), [("1", 1), ("2", 2)])
def test_so_many_processes_work_as_were_asked_for(many, monkeypatch, asked, processes):
    monkeypatch.setenv(JOBS, asked)
    rows = worker_processes.in_batches(worker_of, many)
    assert rows["paper_id"].tolist() == many.papers["paper_id"].tolist()
    assert 1 <= rows["process"].nunique() <= processes
    assert (os.getpid() in set(rows["process"])) == (processes == 1)


def failing(papers):
    """A correction that cannot be used, met by a worker."""
    if len(papers) > 1:
        raise CurationError("line 7")
    return papers.papers


def dying(papers):
    """Ends its process, as the system does when memory runs out."""
    if len(papers) > 1:
        os._exit(9)
    return papers.papers


@pytest.mark.parametrize(
    ("compute", "error", "said"), [(failing, CurationError, "line 7"), (dying, CorpusError, "ask for fewer")]
)
def test_what_goes_wrong_in_a_worker_is_said(many, monkeypatch, compute, error, said):
    monkeypatch.setenv(JOBS, "2")
    with pytest.raises(error, match=said):
        worker_processes.in_batches(compute, many)


def waiting(papers):
    """Comes to no end."""
    return papers.papers if len(papers) == 1 else signal.pause()


def test_workers_end_with_the_process_that_waits_for_them(many, monkeypatch):
    monkeypatch.setenv(JOBS, "2")
    if not (parent := os.fork()):
        try:
            worker_processes.in_batches(waiting, many)
        finally:
            os._exit(1)
    assert waited(lambda: len(psutil.Process(parent).children()) == 2)
    workers = psutil.Process(parent).children()
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert waited(lambda: not any(each.is_running() and each.status() != "zombie" for each in workers))
