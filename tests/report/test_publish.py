"""What is published is whole, and the manifest says which files belong together."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import pytest
from conftest import CORPUS, RUN, code, notebook
from nbformat import writes

from litreview.charts import style
from litreview.errors import ReportError
from litreview.report.execute import Outcome, Task
from litreview.report.page_safety import problems
from litreview.report.publish import LOCK, card, check_folder, front_page, misfits, publish, verified

BARS = {"data": {"values": [{"n": 2}]}, "description": "Two <bars>.", "mark": "bar", "encoding": {"x": {"field": "n"}}}
FOUND = code("1", "findings", shows=[{"text/markdown": "- **First** thing\n- second"}])
EXECUTED = writes(notebook(FOUND, code("2", "preview", shows=[{style.MIME: BARS}])))


def published(folder, name, problem="", order=("two", "one"), parts=(), executed="", checksum="3f2a", rules="1"):
    """Publish one report, as if the catalogue had these in this order."""
    facts = RUN | {"name": name, "corpus": CORPUS | {"checksum": checksum}}
    facts |= {"rules": {"themes.yml": rules, "other": "1"}}
    files = {f"{each}.html": f"page {problem}" for each in (name, *parts)}
    files |= {f"{name}.ipynb": executed} if executed else {}
    return publish([Task("n.ipynb", {}, facts)], [Outcome(name, files, problem)], list(order), folder)


def rows(folder):
    return json.loads((folder / "manifest.json").read_text())["reports"]


def test_a_folder_of_reports_is_whole_and_names_what_each_is_made_of(tmp_path):
    folder = tmp_path / "out"
    assert published(folder, "small", executed=EXECUTED) == []
    assert {path.name for path in folder.glob("[!.]*")} == {"small.html", "small.ipynb", "index.html", "manifest.json"}
    entry = rows(folder)["small"]
    assert (entry["notebook"], entry["parameters"], entry["corpus"]) == ("21.ipynb", {"since": "2020"}, CORPUS)
    assert list(entry["files"]) == ["small.html", "small.ipynb"]
    assert str(tmp_path) not in (folder / "manifest.json").read_text()
    assert misfits(folder) == {}
    assert verified(folder)[folder / "index.html"] == []


def test_a_failed_run_takes_the_old_notebook_away_and_other_reports_stay_while_their_pages_are_there(tmp_path):
    published(tmp_path, "one", executed=EXECUTED)
    published(tmp_path, "one", problem="why")
    published(tmp_path, "two")
    assert (tmp_path / "one.html").read_text() == "page why"
    assert not (tmp_path / "one.ipynb").exists()
    assert [(name, row["problem"]) for name, row in rows(tmp_path).items()] == [("two", ""), ("one", "why")]
    (tmp_path / "one.html").unlink()
    published(tmp_path, "two")
    assert list(rows(tmp_path)) == ["two"]
    with pytest.raises(ReportError, match="No such file"):
        verified(tmp_path / "one.html")


def test_pages_that_nothing_makes_any_more_leave_the_folder(tmp_path):
    for name in ("theme-old", "mine"):
        published(tmp_path, name, order=["theme-old"])
    published(tmp_path, "papers", parts=["papers-2020", "papers-2021"])  # "mine" is a notebook without a row
    assert misfits(tmp_path) == {}
    published(tmp_path, "papers", parts=["papers-2021"])
    pages = {path.name for path in tmp_path.glob("*.html")}
    assert pages == {"index.html", "mine.html", "papers.html", "papers-2021.html"}


NEWER = [
    ({"rules": "2"}, "Made with another themes.yml than the newest page; render it again."),
    ({"checksum": "new"}, "Made with another corpus than"),
    ({"checksum": "new", "rules": "2"}, "Made with another themes.yml and corpus than"),
    ({}, ""),
]


@pytest.mark.parametrize(("newer", "said"), NEWER)
def test_pages_of_another_corpus_or_other_rules_are_marked_until_they_are_made_again(tmp_path, newer, said):
    published(tmp_path, "one")
    published(tmp_path, "two", **newer)
    front = (tmp_path / "index.html").read_text()
    assert list(misfits(tmp_path)) == (["one.html"] if said else [])
    assert (said in front, "1 of 2 pages are out of date" in front) == (True, bool(said))


@pytest.mark.parametrize("content", ["not json", "[]", '{"reports": {"a": {"title": "of an earlier version"}}}'])
def test_a_damaged_manifest_is_written_anew(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    assert "a.html" not in misfits(tmp_path)
    published(tmp_path, "small")
    assert list(rows(tmp_path)) == ["small"]


OTHER_THINGS = [
    ("essay.ipynb", "{}", True),  # a report of that name would be written over it
    ("page.html", "mine", True),
    ("manifest.json", '{"tables": {}}', True),  # a corpus
    ("manifest.json", "cut", True),
    ("README.md", "about these reports", False),
]


@pytest.mark.parametrize(("name", "content", "refused"), OTHER_THINGS)
def test_reports_keep_out_of_a_folder_of_other_things(tmp_path, name, content, refused):
    (tmp_path / name).write_text(content)
    told = pytest.raises(ReportError, match=f"this folder holds {name}, which is no report")
    with told if refused else nullcontext():
        check_folder(tmp_path)


OTHER_RUNS = [
    ("small.html", "older page", "is not the one that manifest.json names"),
    ("index.html", None, "it is not there"),
    ("b.html", "page", "does not name this page"),
]


@pytest.mark.parametrize(("name", "content", "expected"), OTHER_RUNS)
def test_a_file_of_another_run_is_named(tmp_path, name, content, expected):
    published(tmp_path, "small")
    (tmp_path / name).unlink() if content is None else (tmp_path / name).write_text(content)
    assert list(misfits(tmp_path)) == [name]
    assert any(expected in problem for problem in verified(tmp_path)[tmp_path / name])


FOREVER = """import itertools, sys, time
from pathlib import Path
from litreview.report.execute import Outcome, Task
from litreview.report.publish import publish
facts = {"question": "?", "notebook": "x", "parameters": {}, "rules": {}}
facts["corpus"] = {"checksum": "3", "summary": "", "of": 1}
tasks = [Task("x", {}, facts | {"name": name, "title": name}) for name in "abc"]
replace = Path.replace
Path.replace = lambda self, target: (time.sleep(0.02), replace(self, target))[1]
for state in itertools.count():
    results = [Outcome(name, {f"{name}.html": f"state {state:05}" * 5000}) for name in "abc"]
    publish(tasks, results, [], Path(sys.argv[1]))
    print(state, flush=True)
"""


@pytest.mark.parametrize("moment", [0.03, 0.07])
def test_a_kill_while_files_are_renamed_leaves_whole_files_and_verify_names_those_of_another_run(tmp_path, moment):
    with subprocess.Popen([sys.executable, "-c", FOREVER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as running:
        assert any(line == "1\n" for line in running.stdout)
        time.sleep(moment)
        os.kill(running.pid, signal.SIGKILL)
    texts = {name: (tmp_path / f"{name}.html").read_text() for name in "abc"}
    assert all(text == text[:11] * 5000 for text in texts.values())
    found = misfits(tmp_path)
    assert len({text for name, text in texts.items() if f"{name}.html" not in found}) <= 1
    for name in "abc":
        published(tmp_path, name)
    assert misfits(tmp_path) == {}


def test_runs_that_write_into_one_folder_at_once_keep_the_pages_of_all(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(partial(published, tmp_path), "abcdefgh"))
    assert sorted(rows(tmp_path)) == list("abcdefgh")
    assert misfits(tmp_path) == {}


def test_a_folder_that_cannot_be_written_is_one_clear_message(tmp_path):
    place = tmp_path / "file"
    place.write_text("in the way")
    for refused in (lambda: check_folder(place), lambda: published(place, "small")):
        with pytest.raises(ReportError, match="the reports cannot be written"):
            refused()


def test_a_full_disk_leaves_each_file_whole(tmp_path, monkeypatch):
    published(tmp_path, "small")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ReportError, match="cannot be written: No space left on device"):
        published(tmp_path, "small", problem="new")
    assert {path.name for path in tmp_path.iterdir()} == {LOCK, "small.html", "index.html", "manifest.json"}
    assert misfits(tmp_path) == {}


@pytest.mark.parametrize("executed", [EXECUTED, "damaged", writes(notebook())])
def test_a_card_has_what_its_notebook_gives_and_says_what_is_wrong(executed):
    row = RUN | {"title": "A <b>title", "problem": "", "outdated": "Made <b>."}
    page = front_page([card("one", row, executed), card("two", row | {"problem": "<script>"}, "")], "")
    assert ("<strong>First</strong> thing" in page) is (executed == EXECUTED)
    assert ('alt="Two &lt;bars&gt;."' in page) is (executed == EXECUTED)
    assert '<a href="one.html">A &lt;b&gt;title</a>' in page
    assert '<span class="status-failed">Failed.</span> &lt;script&gt;' in page
    assert '<span class="status-failed">Out of date.</span> Made &lt;b&gt;.' in page
    assert problems(page) == problems(front_page([], "")) == []
