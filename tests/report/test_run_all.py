import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from invented import corpus_of

from litreview.errors import CorpusError, ParameterError
from litreview.report import run_all
from litreview.report.catalog import Report
from litreview.report.execute import Outcome, Task
from litreview.report.publish import publish
from litreview.report.run_all import corpus_facts, outcomes, prepare

DATED = [{"paper_id": str(year), "published": pd.Timestamp(f"{year}-05-01")} for year in (2019, 2020, 2022)]


@pytest.fixture
def corpus(monkeypatch):
    """Three dated papers and one without a date stand in for the shipped corpus."""
    made = corpus_of(*DATED, {"paper_id": "undated"})
    monkeypatch.setattr(run_all, "load_corpus", lambda _: made)
    return made


needs_proc = pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks the system which processes run")
needs_corpus = pytest.mark.usefixtures("corpus")


def report(path, name="small"):
    return Report(name, path, f"Title of {name}", "What?", {})


def outcome(name="small", page="<html>page", notebook="", problem=""):
    return Outcome(name, page, notebook, problem)


def test_a_task_says_what_a_page_tells_of_its_run(corpus, saved):
    (task,) = prepare([(report(saved()), {"since": "2020"})])
    assert task.parameters == {"since": 2020}
    assert task.run["parameters"] == {"since": "2020"}
    assert task.run["corpus"] == {
        "checksum": corpus.checksum,
        "as_of": "2022-05-01",
        "papers": 2,
        "of": 4,
        "frame": "May 2020 to May 2022, 1 without a date left out",
        "summary": "2 of 4 papers, May 2020 to May 2022, 1 without a date left out",
    }


def test_a_task_notes_the_rules_that_its_numbers_hang_on(saved, tmp_path, monkeypatch, corpus):
    for name in ("themes.yml", "lexicon.yml"):
        (tmp_path / name).write_text("old")
    monkeypatch.setattr(run_all.paths, "CURATED", tmp_path)
    before = prepare([(report(saved()), {})])[0].run["rules"]
    assert prepare([(report(saved()), {})])[0].run["rules"] == before
    (tmp_path / "themes.yml").write_text("new")
    after = prepare([(report(saved()), {})])[0].run["rules"]
    assert [name for name in before if before[name] != after[name]] == ["themes.yml"]


@pytest.mark.parametrize(("precision", "as_of"), [("day", "2022-05-01"), ("month", "2022-05"), ("year", "2022")])
def test_a_corpus_is_as_of_a_date_that_is_no_exacter_than_known(precision, as_of):
    made = corpus_of(*({**each, "date_precision": precision} for each in DATED))
    assert corpus_facts(made, made)["as_of"] == as_of


def test_a_corpus_without_papers_has_facts_as_well():
    facts = corpus_facts(corpus_of(), corpus_of())
    assert (facts["papers"], facts["as_of"], facts["summary"]) == (0, "", "0 papers, no dates")


@needs_corpus
def test_nothing_runs_before_every_parameter_is_right(saved):
    with pytest.raises(ParameterError, match="from 2019 to 2022"):
        prepare([(report(saved()), {"since": "2024"})])
    with pytest.raises(ParameterError, match="no parameter 'sinc'"):
        prepare([(report(saved()), {"sinc": "2020"})])


@pytest.mark.parametrize("name", ["corpus", "old"])
def test_a_missing_corpus_folder_is_told_before_a_kernel_starts(saved, tmp_path, name):
    notebook = saved(parameters='corpus: str = ""  # a folder\nold: str = ""  # another')
    with pytest.raises(CorpusError, match="there is no corpus here"):
        prepare([(report(notebook), {name: str(tmp_path / "none")})])


@needs_corpus
def test_one_failing_notebook_leaves_the_others_their_reports(saved, tmp_path):
    good = prepare([(report(saved("import os; print('a number: 42, server:', os.getppid())"), "good"), {})])
    bad_notebook = tmp_path / "bad.ipynb"
    bad_notebook.write_text(saved("raise ValueError('no')").read_text())
    saved("import os; print('a number: 42, server:', os.getppid())")
    tasks = good + prepare([(report(bad_notebook, "bad"), {})])
    results = list(outcomes(tasks, jobs=2))
    assert {each.name: each.problem for each in results} == {"good": "", "bad": "ValueError: no"}
    page = next(each.page for each in results if each.name == "good")
    server = int(re.search(r"a number: 42, server: (\d+)</pre>", page)[1])
    assert not Path("/proc").is_dir() or waited(lambda: not alive(server))  # what keeps kernels warm ends with the run
    folder = tmp_path / "out"
    assert publish(tasks, results, ["good", "bad"], folder) == []
    assert sorted(path.name for path in folder.iterdir()) == [
        "bad.html",
        "good.html",
        "good.ipynb",
        "index.html",
        "manifest.json",
    ]
    assert "Failed." in (folder / "index.html").read_text()


KILL = """import os, signal
from pathlib import Path
server = os.getppid()  # forks kernels; its parent runs the notebooks
os.kill(int(Path(f"/proc/{server}/stat").read_text().split(")")[1].split()[1]), signal.SIGKILL)"""


@needs_proc
def test_a_process_that_is_killed_fails_its_report_and_no_other(saved, tmp_path):
    facts = {"name": "x", "title": "X", "question": "?", "notebook": "x.ipynb", "parameters": {}, "corpus": {}}
    kill = tmp_path / "kill.ipynb"
    kill.write_text(saved(KILL).read_text())
    tasks = [Task(str(kill), {}, facts), Task(str(saved("print(42)")), {}, facts | {"name": "y"})]
    results = {result.name: result for result in outcomes(tasks, jobs=2)}
    assert results["y"].problem == ""
    assert "ended from outside" in results["x"].problem
    assert "ended from outside" in results["x"].page


SLOW = """import os, time
open({started!r} + f"{{os.getpid()}}-{{os.getppid()}}", "w").close()
time.sleep(600)"""
SCRIPT = """import sys
from litreview import commands
from litreview.report import run_all
from litreview.report.execute import Task
if __name__ == "__main__":
    facts = {{"name": "x", "title": "X", "question": "?", "notebook": "x.ipynb", "parameters": {{}}, "corpus": {{}}}}
    run_all.prepare = lambda *_: [Task({path!r}, {{}}, facts), Task({path!r}, {{}}, facts)]
    sys.argv = ["litreview", "report", "--to", {folder!r}]
    commands.main()
"""


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended but not been waited for does not."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text()


def waited(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def running(saved, tmp_path):
    """A command that makes reports which never end, in a session of its own; what it says goes to the file `said`."""
    (tmp_path / "started").mkdir()
    path = saved(SLOW.format(started=f"{tmp_path}/started/"))
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(path=str(path), folder=str(tmp_path / "out")))
    with (tmp_path / "said").open("w") as errors:  # a file: whoever is left over could keep a pipe open
        process = subprocess.Popen([sys.executable, str(script)], stderr=errors, start_new_session=True)
    yield process
    process.kill()


@needs_proc
@pytest.mark.parametrize("everyone", [True, False], ids=["terminal", "one process"])
def test_an_interrupt_stops_at_once_and_leaves_no_kernel(running, tmp_path, everyone):
    """A terminal interrupts the whole group; `kill -INT` only the process it names."""
    started = tmp_path / "started"
    assert waited(lambda: len(list(started.iterdir())) == 2, 60)
    processes = [int(pid) for mark in started.iterdir() for pid in mark.name.split("-")]
    (os.killpg if everyone else os.kill)(running.pid, signal.SIGINT)
    assert running.wait(timeout=10) == 130
    assert (tmp_path / "said").read_text().strip() == "Stopped. No report was changed."
    assert not (tmp_path / "out").exists()
    assert waited(lambda: not any(alive(pid) for pid in processes), 10)


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@needs_proc
def test_a_kill_of_the_command_leaves_no_process(running, tmp_path):
    started = tmp_path / "started"
    assert waited(lambda: len(list(started.iterdir())) == 2, 60)
    processes = [int(pid) for mark in started.iterdir() for pid in mark.name.split("-")] + children(running.pid)
    running.kill()
    assert waited(lambda: not any(alive(pid) for pid in processes), 20)


@needs_proc
def test_an_interrupt_while_processes_start_is_one_message_as_well(running, tmp_path):
    def starting():
        """The processes that are to run notebooks and load what they need."""
        return [pid for pid in children(running.pid) if "numpy" in Path(f"/proc/{pid}/maps").read_text()]

    assert waited(lambda: len(starting()) == 2)
    for pid in (*starting(), running.pid):  # what a terminal does at once, in the order that shows most
        os.kill(pid, signal.SIGINT)
        time.sleep(0.2)
    assert running.wait(timeout=10) == 130
    assert (tmp_path / "said").read_text().strip() == "Stopped. No report was changed."
