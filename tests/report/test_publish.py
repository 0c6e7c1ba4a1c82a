"""What is published is whole, and the manifest says which files belong together."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from conftest import code, markdown, notebook

from litreview.charts import style
from litreview.errors import ReportError
from litreview.report.execute import Outcome, Task
from litreview.report.page_checks import problems
from litreview.report.publish import card, check_folder, front_page, misfits, publish, verified

CORPUS = {"checksum": "3f2a", "summary": "3 papers, 2020", "as_of": "", "papers": 3, "of": 3, "frame": "2020"}
BARS = {
    "datasets": {"d": [{"name": "a", "n": 2}, {"name": "b", "n": 1}]},
    "data": {"name": "d"},
    "description": "Two <bars>.",
    "mark": "bar",
    "encoding": {"y": {"field": "name", "type": "nominal"}, "x": {"field": "n", "type": "quantitative"}},
}


def task(name="small", corpus=CORPUS, rules="1"):
    facts = {"name": name, "title": f"Title of {name}", "question": "What?", "notebook": "n.ipynb", "corpus": corpus}
    facts |= {"parameters": {"since": "2020"}, "rules": {"themes.yml": rules, "lexicon.yml": "1"}}
    return Task("n.ipynb", {}, facts)


def outcome(name="small", page="<html>page", notebook="", problem=""):
    return Outcome(name, page, notebook, problem)


FOUND = code("1", "findings", shows=[{"text/markdown": "- **First** thing\n- second"}])
EXECUTED = nbformat.writes(notebook(markdown("# T"), FOUND, code("2", "preview", shows=[{style.MIME: BARS}])))


def rows(folder):
    return json.loads((folder / "manifest.json").read_text())["reports"]


def test_a_folder_of_reports_is_whole_and_names_what_each_is_made_of(tmp_path):
    folder = tmp_path / "out"
    assert publish([task()], [outcome(notebook=EXECUTED)], [], folder) == []
    assert {path.name for path in folder.iterdir()} == {"small.html", "small.ipynb", "index.html", "manifest.json"}
    entry = rows(folder)["small"]
    assert (entry["notebook"], entry["parameters"], entry["corpus"]) == ("n.ipynb", {"since": "2020"}, CORPUS)
    assert list(entry["files"]) == ["small.html", "small.ipynb"]
    assert str(tmp_path) not in (folder / "manifest.json").read_text()
    assert misfits(folder) == {}
    assert verified(folder)[folder / "index.html"] == []


def test_a_failed_run_takes_the_old_notebook_away_and_other_reports_stay_while_their_pages_are_there(tmp_path):
    publish([task("one")], [outcome("one", notebook=EXECUTED)], ["two", "one"], tmp_path)
    publish([task("one")], [outcome("one", page="failed", problem="why")], ["two", "one"], tmp_path)
    publish([task("two")], [outcome("two")], ["two", "one"], tmp_path)
    assert (tmp_path / "one.html").read_text() == "failed"
    assert not (tmp_path / "one.ipynb").exists()
    assert [(name, row["problem"]) for name, row in rows(tmp_path).items()] == [("two", ""), ("one", "why")]
    (tmp_path / "one.html").unlink()
    publish([task("two")], [outcome("two")], ["two", "one"], tmp_path)
    assert list(rows(tmp_path)) == ["two"]
    with pytest.raises(ReportError, match="No such file"):
        verified(tmp_path / "one.html")


def test_pages_that_nothing_makes_any_more_leave_the_folder(tmp_path):
    publish([task("theme-old"), task("mine")], [outcome("theme-old"), outcome("mine")], ["theme-old"], tmp_path)
    first = Outcome("papers", "page", parts={"papers-2020": "cards", "papers-2021": "cards"})
    publish([task("papers")], [first], ["papers"], tmp_path)  # the theme is gone; "mine" is a notebook without a row
    assert misfits(tmp_path) == {}
    publish([task("papers")], [Outcome("papers", "page", parts={"papers-2021": "cards"})], ["papers"], tmp_path)
    pages = {path.name for path in tmp_path.glob("*.html")}
    assert pages == {"index.html", "mine.html", "papers.html", "papers-2021.html"}


@pytest.mark.parametrize(
    ("newer", "said"),
    [
        ({"rules": "2"}, "Made with another themes.yml than the newest page; render it again."),
        ({"corpus": CORPUS | {"checksum": "new"}}, "Made with another corpus than"),
        ({"corpus": CORPUS | {"checksum": "new"}, "rules": "2"}, "Made with another themes.yml and corpus than"),
        ({}, ""),
    ],
)
def test_pages_of_another_corpus_or_other_rules_are_marked_until_they_are_made_again(tmp_path, newer, said):
    publish([task("one")], [outcome("one")], [], tmp_path)
    publish([task("two", **newer)], [outcome("two")], [], tmp_path)
    front = (tmp_path / "index.html").read_text()
    assert list(misfits(tmp_path)) == (["one.html"] if said else [])
    assert (said in front, "1 of 2 pages are out of date" in front) == (True, bool(said))


@pytest.mark.parametrize("content", ["not json", "[]", '{"reports": 3}', '{"reports": {"a": 3, "b": {"title": "x"}}}'])
def test_a_damaged_manifest_is_written_anew(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    assert not any(name.startswith("a") for name in misfits(tmp_path))
    publish([task()], [outcome()], [], tmp_path)
    assert list(rows(tmp_path)) == ["small"]


@pytest.mark.parametrize(
    ("name", "content", "refused"),
    [
        ("essay.ipynb", "{}", True),  # a report of that name would be written over it
        ("page.html", "mine", True),
        ("manifest.json", '{"tables": {}}', True),  # a corpus
        ("manifest.json", "cut", True),
        ("README.md", "about these reports", False),
    ],
)
def test_reports_keep_out_of_a_folder_of_other_things(tmp_path, name, content, refused):
    (tmp_path / name).write_text(content)
    if refused:
        with pytest.raises(ReportError, match=f"this folder holds {name}, which is no report"):
            check_folder(tmp_path)
    else:
        check_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("small.html", "older page", "is not the one that manifest.json names"),
        ("index.html", "older front", "is not the one"),
        ("small.html", None, "it is not there"),
        ("b.html", "page", "does not name this page"),
    ],
)
def test_a_file_of_another_run_is_named(tmp_path, name, content, expected):
    publish([task()], [outcome(notebook=EXECUTED)], [], tmp_path)
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
    publish(tasks, [Outcome(name, f"state {state:05}" * 5000) for name in "abc"], [], Path(sys.argv[1]))
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
    publish([task(name) for name in "abc"], [outcome(name) for name in "abc"], [], tmp_path)
    assert misfits(tmp_path) == {}


def test_a_folder_that_cannot_be_written_is_one_clear_message(tmp_path):
    (tmp_path / "file").write_text("in the way")
    place = tmp_path / "file"
    for refused in (lambda: check_folder(place), lambda: publish([task()], [outcome()], [], place)):
        with pytest.raises(ReportError, match="the reports cannot be written"):
            refused()


def test_a_full_disk_leaves_each_file_whole(tmp_path, monkeypatch):
    publish([task()], [outcome(page="old")], [], tmp_path)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ReportError, match="cannot be written: No space left on device"):
        publish([task()], [outcome(page="new")], [], tmp_path)
    assert (tmp_path / "small.html").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"small.html", "index.html", "manifest.json"}


@pytest.mark.parametrize("executed", [EXECUTED, "damaged", nbformat.writes(notebook(markdown("# T")))])
def test_a_card_has_what_its_notebook_gives_and_says_what_is_wrong(tmp_path, executed):
    (tmp_path / "one.ipynb").write_text(executed)
    row = task().run | {"title": "A <b>title", "problem": "", "outdated": "Made <b>."}
    page = front_page([card("one", row, tmp_path), card("two", row | {"problem": "<script>"}, tmp_path)], "")
    assert ("<strong>First</strong> thing" in page) is (executed == EXECUTED)
    assert ('alt="Two &lt;bars&gt;."' in page) is (executed == EXECUTED)
    assert '<a href="one.html">A &lt;b&gt;title</a>' in page
    assert '<span class="status-failed">Failed.</span> &lt;script&gt;' in page
    assert '<span class="status-failed">Out of date.</span> Made &lt;b&gt;.' in page
    assert problems(page) == problems(front_page([], "")) == []
