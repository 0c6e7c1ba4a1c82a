"""A real cluster of two worker processes gives the rows of one process, whatever happens to a worker or a file."""

import os
import signal
import sys
from functools import cache
from itertools import starmap

import pandas as pd
import pytest
from conftest import listing
from distributed import LocalCluster
from reading import SAMPLES

from litreview import build_corpus, open_review
from litreview.corpus.match_keys import Identity, identities
from litreview.corpus.matching import candidate_pairs
from litreview.corpus.storage import TABLES
from litreview.engine import cluster, partitions
from litreview.errors import LitreviewError
from litreview.paths import PROJECT
from litreview.review import DERIVED, last_kept


@pytest.fixture(scope="module")
def workers():
    """Two worker processes that nothing beyond this machine reaches, and no dashboard."""
    off = {"dashboard": False, "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", scheduler_kwargs=off) as two:
        yield two


@pytest.fixture
def client(workers):
    with cluster.dask_client(workers.scheduler_address) as client:
        yield client


def silent(step, results, total):
    return results


def test_a_worker_that_is_killed_and_a_file_that_is_gone_change_no_row(client, tmp_path, monkeypatch):
    """The parts are far smaller than those of real use, so that works lie across files and pieces."""

    def killing(step, results, total):
        for place, result in enumerate(results):
            if step == "parts built" and place == 0:
                assert total > 2
                os.kill(client.run(os.getpid).popitem()[1], signal.SIGKILL)
            yield result

    monkeypatch.setattr(partitions, "PART", 16)
    first = listing(tmp_path / "first.txt", 0, 30)
    files = [first, listing(tmp_path / "again.txt", 20, 20), SAMPLES / "mixed.ris", tmp_path / "gone.ris"]
    partitions.build_on_cluster(files, tmp_path / "made", PROJECT, DERIVED, client, killing)
    made, local = open_review(tmp_path / "made"), build_corpus(files, PROJECT)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(made, name), getattr(local, name))
    for name, derive in DERIVED.items():
        pd.testing.assert_frame_equal(last_kept(name, tmp_path / "made"), derive(local))
    assert (made.unread["source_file"].tolist(), made.ledger["merged"].sum()) == (["gone.ris"], 10)
    assert {path.name for path in tmp_path.iterdir()} == {"again.txt", "first.txt", "made"}


def test_several_workers_read_one_file(client, tmp_path, monkeypatch):
    """Each a share of its batches; a file may have no more than one, or no record."""
    monkeypatch.setattr(partitions, "PART", 16)
    file, empty, line = listing(tmp_path / "one.txt", 0, 30), tmp_path / "empty.txt", tmp_path / "line.bib"
    empty.touch()
    line.write_text("".join(f"@misc{{k, title={{Tide {n % 20}}}}}" for n in range(40)))  # all on one line
    for files in ([file], [file, empty], [empty], [line]):
        partitions.build_on_cluster(files, tmp_path / "made", PROJECT, {}, client, silent, anew=True)
        made, local = open_review(tmp_path / "made"), build_corpus(files, PROJECT)
        for name in TABLES:
            pd.testing.assert_frame_equal(getattr(made, name), getattr(local, name))


def test_any_number_of_parts_has_the_pairs_of_one(corpus):
    rows = identities(pd.concat([corpus.papers] * 3, ignore_index=True))
    entries = dict(enumerate(starmap(cache(Identity), rows)))
    parted = {pair for part in range(7) for pair in candidate_pairs(entries, part, 7)}
    assert parted == set(candidate_pairs(entries)) != set(candidate_pairs(entries, 0, 7))


def test_the_command_prints_the_ledger_and_leaves_alone_what_it_would_drop(litreview, workers, saved, tmp_path):
    refs = "TY  - JOUR\nTI  - Tides\nER  - \nTY  - JOUR\nAU  - Nobody\nER  - \n"
    for name in ("refs.ris", "more.ris"):
        (tmp_path / name).write_text(refs)
    (tmp_path / "more.bib").write_text("@misc{a, title={Waves}")
    words = [tmp_path / "refs.ris", tmp_path / "more.bib", "--to", tmp_path / "made", "--engine", "dask"]
    words += ["--scheduler", workers.scheduler_address]
    status, out, _ = litreview("corpus", *words)
    assert status == 0
    assert "All files      3       2       0         1" in out
    assert "repaired: more.bib, line 1" in out
    assert "rejected: refs.ris, line 4" in out
    assert "something is there already" in litreview("corpus", *words[:3], tmp_path, *words[4:])[2]
    again = [tmp_path / "more.ris", *words[1:]]
    assert "would drop the papers from 'refs.ris'" in litreview("corpus", *again)[2]
    assert litreview("corpus", *again, "--replace")[0] == litreview("corpus", *again)[0] == 0
    report = saved("print(lr.open_review(corpus).papers['title'][0])".replace("lr.", "__import__('litreview')."))
    words = [report, "--corpus", tmp_path / "made", *words[4:], "--to", tmp_path / "pages"]
    assert litreview("report", *words)[0] == 0
    assert "Tides" in (tmp_path / "pages" / "small.html").read_text()


REMEDIES = [
    (["--engine", "dask"], "--to FOLDER"),
    (["--engine", "dask", "--to", "made", "--scheduler", "tcp://127.0.0.1:1"], "No Dask scheduler answers"),
]


@pytest.mark.parametrize(("words", "said"), REMEDIES)
def test_what_cannot_be_done_is_said_with_the_remedy(litreview, monkeypatch, words, said):
    monkeypatch.setattr(cluster, "SECONDS", 0.5)
    status, _, errors = litreview("corpus", *words)
    assert (status, said in errors) == (2, True), errors


def test_without_dask_the_remedy_is_its_extra(litreview, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, cluster.__name__)
    assert "pip install 'litreview[dask]'" in litreview("corpus", "--engine", "dask", "--to", tmp_path)[2]


def test_work_at_which_every_worker_dies_is_an_error(client, workers):
    workers.scheduler.allowed_failures = 0
    with pytest.raises(LitreviewError, match="workers died at the same piece of work"):
        list(cluster.spread(client, os._exit, [9]))
