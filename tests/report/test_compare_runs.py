from pathlib import Path

import nbformat
import pytest
from conftest import code, notebook

from litreview.errors import UnknownTheme
from litreview.report.catalog import Report
from litreview.report.compare_runs import planned, with_comparisons
from litreview.report.execute import Outcome, Task
from litreview.report.page_checks import problems

SMALL = Report("small", Path("small.ipynb"), "Small", "What?")
THEMED = Report("30-theme", Path("30-theme.ipynb"), "One theme", "What?")
HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(1)</script>'


def names(given):
    return [run.name for run, _ in planned([SMALL], given, {})]


def test_one_value_each_is_one_run_under_the_reports_own_name():
    assert planned([SMALL], {"since": ["2020"]}, {}) == [(SMALL, {"since": "2020"})]
    assert planned([SMALL], {}, {}) == [(SMALL, {})]


def test_every_combination_of_several_values_is_a_run_that_knows_its_comparison():
    runs = planned([SMALL], {"since": ["2020", ""], "until": ["2022", "2023"], "theme": ["x"]}, {})
    assert [values["since"] + values["until"] for _, values in runs] == ["20202022", "20202023", "2022", "2023"]
    assert runs[1][0].name == "small--since-2020--until-2023"
    assert runs[3][0].title == "Small, since = empty, until = 2023"
    assert {run.comparison for run, _ in runs} == {"small--since--until"}


@pytest.mark.parametrize(
    "value", ["../../etc/passwd", "a/b", "a b", "", "ä", "x" * 300, "<script>", "..", "C:\\x", "a\x00b", "nul"]
)
def test_a_value_can_name_no_other_place_and_two_values_share_no_name(value):
    made = names({"corpus": [value, "other", f"{value}!"]})
    assert len(set(made)) == 3
    assert all(name.startswith("small--corpus-") and len(name) < 80 for name in made)
    assert not set("".join(made)) & set("/\\.<>\x00 ")


def test_a_run_on_a_theme_has_the_themes_name_and_title():
    ((run, _),) = planned([THEMED], {"theme": ["rl_theory"]}, {})
    assert (run.name, run.title) == ("theme-rl-theory", "Reinforcement learning theory")
    assert planned([SMALL], {"theme": ["rl_theory"]}, {})[0][0] is SMALL  # its own parameter may be called so
    runs = planned([THEMED], {"theme": ["rl_theory", "multi_agent"], "since": ["2020", "2021"]}, {})
    assert runs[1][0].title == "Reinforcement learning theory, since = 2021"
    with pytest.raises(UnknownTheme, match="Did you mean 'rl_theory'"):
        planned([THEMED], {"theme": ["rl_teory", "multi_agent"]}, {})


def compared(*findings, word="x"):
    """Task and outcome of the comparison of a run for each finding; a run without one has failed."""
    corpus = {"checksum": "3f2a", "summary": "3 papers", "papers": 3, "of": 3, "frame": ""}
    tasks, results = [], []
    for place, finding in enumerate(findings):
        facts = {"name": f"t--k-{place}", "title": f"{word} {place}", "notebook": "t.ipynb", "comparison": "t--k"}
        tasks.append(Task("t.ipynb", {}, facts | {"parameters": {"k": word}, "rules": {}, "corpus": corpus}))
        executed = nbformat.writes(notebook(code("1", "findings", shows=[{"text/markdown": f"- {finding}"}])))
        results.append(Outcome(facts["name"], "", executed if finding else "", "" if finding else "why"))
    tasks, results = with_comparisons(tasks, results)
    return tasks[-1], results[-1]


def test_findings_stand_side_by_side_and_lead_to_their_runs():
    task, outcome = compared("3 of 9 papers", "4 of 9 papers")
    assert (outcome.name, outcome.problem, task.run["title"]) == ("t--k", "", "Compared: x 0 and x 1")
    assert all(f'href="t--k-{n}.html">x {n}</a>' in outcome.page for n in (0, 1))
    assert all(f"<li>{n} of 9 papers</li>" in outcome.page for n in (3, 4))
    assert problems(outcome.page) == []
    assert compared("3 of 9 papers", "4 of 9 papers") == (task, outcome)  # the same bytes


def test_hostile_words_are_text_on_a_comparison():
    page, plain = compared(HOSTILE, "", word=HOSTILE)[1].page, compared("x", "")[1].page
    assert page.count("<script") == plain.count("<script")
    assert "<img" not in page
    assert problems(page) == []
