import json

import pytest

from litreview.paths import PROJECT
from litreview.report import execute
from litreview.report.execute import Task, run
from litreview.report.page_checks import problems

FACTS = {
    "name": "small",
    "title": "Small",
    "question": "What?",
    "notebook": "small.ipynb",
    "parameters": {},
    "corpus": {"checksum": "3f2a", "summary": "3 papers", "as_of": "2025-01-01", "papers": 3, "of": 3, "frame": ""},
}


def ran(path, **parameters):
    return run(Task(str(path), parameters, FACTS))


def test_a_run_gives_a_page_and_the_notebook_with_its_results(saved):
    outcome = ran(saved("print(since + 1)"), since=2020)
    assert outcome.problem == ""
    assert problems(outcome.page) == []
    assert '<pre class="output" tabindex="0">2021</pre>' in outcome.page
    assert "2021" in json.dumps(json.loads(outcome.notebook)["cells"][-1]["outputs"])


def test_two_runs_give_the_same_bytes(saved):
    """Neither clock times, random ids, process numbers, addresses in memory nor paths of this machine are left."""
    sources = [
        "import warnings; warnings.warn('careful', UserWarning)",
        "import litreview; print(litreview.__file__)",
        "object()",
    ]
    first, second = (ran(saved(*sources), since=2020) for _ in range(2))
    assert first == second
    assert "careful" in first.page
    assert str(PROJECT) not in first.page + first.notebook


@pytest.mark.parametrize(
    ("source", "message", "place"),
    [
        ("raise ValueError('no <b>such</b> thing')", "ValueError: no &lt;b&gt;such&lt;/b&gt; thing", "Cell 3"),
        ("1 +", "SyntaxError", "Cell 3"),
        ("import sys; sys.exit(0)", "ended before this cell", "Cell 4"),  # papermill calls this success
        ("import sys; sys.exit(3)", "SystemExit: 3", "Cell 3"),
        ("import os; os._exit(0)", "The kernel died", ""),  # papermill's record says "completed"
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "The kernel died", ""),
    ],
)
def test_a_run_that_fails_gives_a_page_that_says_so_and_no_numbers(saved, source, message, place):
    outcome = ran(saved(source, "print('a number: 42')"))
    assert outcome.problem
    assert outcome.notebook == ""
    assert message in outcome.page
    assert place in outcome.page
    assert "a number: 42</pre>" not in outcome.page or place == "Cell 4"
    assert problems(outcome.page) == []


def test_a_cell_that_takes_too_long_is_stopped(saved, monkeypatch):
    monkeypatch.setattr(execute, "CELL_SECONDS", 1)
    assert "took longer than 1 seconds" in ran(saved("import time; time.sleep(60)")).problem


def test_a_page_that_breaks_a_rule_is_not_published(saved):
    outcome = ran(saved("from IPython.display import HTML; HTML('<table><tr><td>4242</td></tr></table>')"))
    assert "breaks the rules" in outcome.problem
    assert "no caption" in outcome.page
    assert "<td>4242" not in outcome.page


def test_a_parameter_is_a_value_and_never_code(saved, tmp_path):
    hostile = f"'; open({str(tmp_path / 'made')!r}, 'w'); x='{{7*7}}"
    outcome = ran(saved("print(corpus)"), corpus=hostile)
    assert outcome.problem == ""
    assert not (tmp_path / "made").exists()
    assert "{7*7}" in outcome.page


def test_a_page_that_cannot_be_made_costs_no_other_report(saved, monkeypatch):
    monkeypatch.setattr(execute, "export", lambda _: 1 / 0)
    outcome = ran(saved("1"))
    assert outcome.problem == "The page could not be made: ZeroDivisionError: division by zero"
    assert outcome.problem in outcome.page
