"""What is published is whole: pages, notebooks, manifest and front page of one state, whatever comes between."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from conftest import code, notebook
from invented import corpus_of
from test_run_all import DATED, outcome, report

from litreview.errors import ReportError
from litreview.report import run_all
from litreview.report.manifest import misfits
from litreview.report.publish import publish, start_publishing, without_papers
from litreview.report.run_all import prepare
from litreview.text import atomic_files


@pytest.fixture(autouse=True)
def corpus(monkeypatch):
    """Three dated papers stand in for the shipped corpus."""
    made = corpus_of(*DATED)
    monkeypatch.setattr(run_all, "load_corpus", lambda _: made)
    return made


NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


def test_the_manifest_ties_each_report_to_its_notebook_parameters_and_corpus(corpus, saved, tmp_path):
    tasks = prepare([(report(saved()), {"since": "2020"})])
    publish(tasks, [outcome()], [], tmp_path)
    entry = json.loads((tmp_path / "manifest.json").read_text())["reports"]["small"]
    assert (entry["notebook"], entry["parameters"], entry["status"]) == ("small.ipynb", {"since": "2020"}, "ok")
    assert entry["corpus"]["checksum"] == corpus.checksum
    assert entry["files"] == {"small.html": hashlib.sha256((tmp_path / "small.html").read_bytes()).hexdigest()}
    assert str(tmp_path) not in (tmp_path / "manifest.json").read_text()


def test_a_failed_run_takes_the_place_of_the_old_page_and_its_notebook(saved, tmp_path):
    tasks = prepare([(report(saved()), {})])
    publish(
        tasks,
        [outcome(page="old number", notebook='{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')],
        [],
        tmp_path,
    )
    publish(tasks, [outcome(page="failed", problem="why")], [], tmp_path)
    assert (tmp_path / "small.html").read_text() == "failed"
    assert not (tmp_path / "small.ipynb").exists()
    assert json.loads((tmp_path / "manifest.json").read_text())["reports"]["small"]["status"] == "failed"


def test_reports_of_earlier_runs_stay_on_the_front_page_while_their_pages_are_there(saved, tmp_path):
    one, two = prepare([(report(saved(), "one"), {})]), prepare([(report(saved(), "two"), {})])
    publish(one, [outcome("one")], ["two", "one"], tmp_path)
    publish(two, [outcome("two")], ["two", "one"], tmp_path)
    assert list(json.loads((tmp_path / "manifest.json").read_text())["reports"]) == ["two", "one"]
    (tmp_path / "one.html").unlink()
    publish(two, [outcome("two")], ["two", "one"], tmp_path)
    assert list(json.loads((tmp_path / "manifest.json").read_text())["reports"]) == ["two"]


def test_pages_of_earlier_runs_under_other_rules_are_out_of_date_until_they_are_made_again(
    saved, tmp_path, monkeypatch
):
    tasks = {}
    for state in ("old", "new"):
        monkeypatch.setattr(run_all, "rules", lambda state=state: {"themes.yml": state})
        tasks[state] = {name: prepare([(report(saved(), name), {})]) for name in ("one", "two")}
    for name in ("one", "two"):
        publish(tasks["old"][name], [outcome(name)], [], tmp_path)
    assert misfits(tmp_path) == {}
    publish(tasks["new"]["two"], [outcome("two")], [], tmp_path)
    assert list(misfits(tmp_path)) == ["one.html"]
    front = (tmp_path / "index.html").read_text()
    assert "Out of date, 1 of 2 pages: Title of one" in front
    assert "Made with another themes.yml than the newest page; render it again." in front
    publish(tasks["new"]["one"], [outcome("one")], [], tmp_path)
    assert misfits(tmp_path) == {}
    assert "Out of date" not in (tmp_path / "index.html").read_text()


def looked_at(papers):
    """The executed notebook of a report that says how many papers it looks at."""
    made = code("findings.made(pile, papers)", shows=[{"text/markdown": "Made."}])
    made.outputs[0].metadata = {"text/markdown": {"papers": papers, "frame": ""}}
    return nbformat.writes(notebook(made))


@pytest.mark.parametrize(
    ("told", "of", "comparison", "expected"),
    [
        (looked_at(0), 3, "", {"small": "Title of small"}),
        (looked_at(1), 3, "", {}),
        (looked_at(0), 0, "", {}),  # a corpus without papers: that is what its pages have to say
        (looked_at(0), 3, "small--since", {}),  # the comparison links to it
        (NOTEBOOK, 3, "", {}),  # no account of its own
        ("", 3, "", {}),  # failed
    ],
)
def test_a_report_to_which_no_paper_belongs_is_known_by_its_own_account(saved, told, of, comparison, expected):
    (task,) = prepare([(report(saved()), {})])
    task.run["corpus"]["papers"] = of
    task.run["comparison"] = comparison
    assert without_papers([task], [outcome(notebook=told)]) == expected


def test_a_report_that_is_left_out_takes_its_old_files_and_its_card_away(saved, tmp_path):
    tasks = prepare([(report(saved(), "one"), {}), (report(saved(), "two"), {})])
    results = [outcome("one", notebook=NOTEBOOK), outcome("two", notebook=NOTEBOOK)]
    folder = tmp_path / "out"
    publish(tasks, results, [], folder)
    publish(tasks, results, [], folder, left_out=["one"])
    assert {path.name for path in folder.iterdir()} == {"two.html", "two.ipynb", "index.html", "manifest.json"}
    assert misfits(folder) == {}
    assert "Title of one" not in (folder / "index.html").read_text()


@pytest.mark.parametrize("content", ["not json", "[]", "{}", '{"reports": 3}'])
def test_a_damaged_manifest_is_written_anew(saved, tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    publish(prepare([(report(saved()), {})]), [outcome()], [], tmp_path)
    assert list(json.loads((tmp_path / "manifest.json").read_text())["reports"]) == ["small"]


def test_a_folder_that_cannot_be_written_is_one_clear_message(saved, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReportError, match="the reports cannot be written: .*A file stands where a folder is needed"):
        publish(prepare([(report(saved()), {})]), [outcome()], [], tmp_path / "file")


@pytest.mark.parametrize(
    ("name", "content", "refused"),
    [
        ("essay.ipynb", "{}", True),  # a report of that name would be written over it
        ("page.html", "mine", True),
        ("manifest.json", '{"tables": {}}', True),  # a corpus
        ("README.md", "about these reports", False),
        ("manifest.json", "cut", False),
    ],
)
def test_reports_keep_out_of_a_folder_of_other_things(tmp_path, name, content, refused):
    (tmp_path / name).write_text(content)
    if refused:
        with pytest.raises(ReportError, match=f"this folder holds '{name}', which no report is"):
            start_publishing(tmp_path)
    else:
        start_publishing(tmp_path)


FOREVER = """import itertools, sys, time
from pathlib import Path
from litreview.report.publish import publish
from litreview.report.execute import Outcome, Task
corpus = {"checksum": "3f2a", "summary": "", "papers": 1, "of": 1, "frame": ""}
tasks = [
    Task("x", {}, {"name": n, "title": n, "question": "?", "notebook": "x", "parameters": {}, "corpus": corpus})
    for n in ("a", "b", "c")
]
replace = Path.replace
def slowly(self, target):
    time.sleep(float(sys.argv[2]))
    return replace(self, target)
Path.replace = slowly
for state in itertools.count():
    print(state, flush=True)
    for task in tasks:
        task.run["title"] = f"state {state}"
    publish(tasks, [Outcome(n, f"state {state}" * 5000) for n in ("a", "b", "c")], [], Path(sys.argv[1]))
"""


def state_of(folder: Path) -> set[str]:
    """The states that the files of a folder are of; each file must be whole."""
    pages = [(folder / f"{name}.html").read_text() for name in "abc"]
    assert all(page == page[: len(page) // 5000] * 5000 for page in pages)
    titles = [entry["title"] for entry in json.loads((folder / "manifest.json").read_text())["reports"].values()]
    front = (folder / "index.html").read_text()
    return {*(page[: len(page) // 5000] for page in pages), *titles} | {
        title for title in titles if f">{title}</a>" not in front
    }


def killed(folder: Path, slow: float, when: Callable[[], None]) -> None:
    """Publish states into a folder without end, `slow` seconds a move, and kill -9 that when `when` returns.

    Returns when what was left to move has come to its place: until then the output is open.
    """
    command = [sys.executable, "-c", FOREVER, str(folder), str(slow)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        while running.stdout.readline().strip() != "1":
            pass
        when()
        os.kill(running.pid, signal.SIGKILL)
        running.stdout.read()


can_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="where nothing can fork, the next run carries the moves on"
)


@can_fork
def test_kill_at_any_moment_leaves_the_old_or_the_new(tmp_path):
    moment = random.Random(7)  # noqa: S311  (a moment, no secret)
    for _ in range(4):
        killed(tmp_path, 0, lambda: time.sleep(moment.random() / 10))
        assert len(state_of(tmp_path)) == 1
        assert misfits(tmp_path) == {}


@can_fork
def test_kill_in_the_middle_of_the_moves_leaves_the_new(tmp_path):
    """What moves the files is not what was killed; the next run waits for it."""

    def until_moves_begin():
        while not (tmp_path / ".new").exists():
            time.sleep(0.001)

    killed(tmp_path, 0.05, until_moves_begin)
    assert state_of(tmp_path) == {"state 1"}
    assert misfits(tmp_path) == {}


@can_fork
def test_an_interrupt_in_the_middle_of_the_moves_is_answered_when_they_are_done(tmp_path, monkeypatch):
    decide = atomic_files._decide

    def interrupted(prepared):
        os.kill(os.getppid(), signal.SIGINT)
        time.sleep(0.2)
        decide(prepared)

    monkeypatch.setattr(atomic_files, "_decide", interrupted)
    with atomic_files.held(tmp_path), pytest.raises(KeyboardInterrupt):
        atomic_files.write_files(tmp_path, {"a.html": "new"}, gone=[])
    assert (tmp_path / "a.html").read_text() == "new"


def test_a_run_waits_for_another_that_holds_the_folder(tmp_path):
    script = (
        "import sys, pathlib, litreview.text.atomic_files as f\nwith f.held(pathlib.Path(sys.argv[1])): print('mine')"
    )
    with atomic_files.held(tmp_path):
        other = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.5)
    assert other.communicate(timeout=30)[0] == "mine\n"


@pytest.mark.parametrize("step", ["mkdtemp", "write_bytes", "rename"])
def test_a_full_disk_leaves_the_old_reports(saved, tmp_path, monkeypatch, step):
    tasks = prepare([(report(saved()), {})])
    folder = tmp_path / "out"
    publish(tasks, [outcome(page="old", notebook=NOTEBOOK)], [], folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_files if step == "mkdtemp" else Path, step, full)
    with pytest.raises(ReportError, match="No space left on device. Make room"):
        publish(tasks, [outcome(page="new", problem="why")], [], folder)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_disk_that_fills_up_while_files_go_to_their_places_is_settled_by_the_next_run(saved, tmp_path, monkeypatch):
    tasks = prepare([(report(saved()), {})])
    publish(tasks, [outcome(page="old", notebook=NOTEBOOK)], [], tmp_path)
    replace = Path.replace

    def fails_at_the_page(self, target):
        if self.name == "small.html":
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails_at_the_page)
    with pytest.raises(ReportError, match="Input/output error"):
        publish(tasks, [outcome(page="new", notebook=NOTEBOOK)], [], tmp_path)
    monkeypatch.undo()
    start_publishing(tmp_path)
    assert (tmp_path / "small.html").read_text() == "new"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_a_killed_run_had_prepared_is_cleared_away_in_time(tmp_path):
    old, young = tmp_path / ".new-old", tmp_path / ".new-young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (0, 0))
    start_publishing(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".new-young"]


def test_seeing_whether_a_folder_can_be_written_makes_nothing(tmp_path):
    start_publishing(tmp_path / "not" / "there")
    assert list(tmp_path.iterdir()) == []
