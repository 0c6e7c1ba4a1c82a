import nbformat
import pytest
from conftest import code, markdown, notebook
from test_scales import bars

from litreview.charts import style
from litreview.report.comparison import comparison, exhibits, marked, with_comparisons
from litreview.report.execute import Outcome, Task
from litreview.report.page_checks import problems
from litreview.report.sweeps import Sweep

CORPUS = {"checksum": "3f2a", "summary": "3 papers", "papers": 3, "of": 3, "frame": ""}
HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(1)</script>'


def executed(finding, *rows):
    cells = [
        markdown("# T\n\nQ?"),
        code("1", "findings", shows=[{"text/markdown": f"- {finding}\n- same"}]),
        markdown("## How many?\n\nText."),
        code("2", shows=[{style.MIME: bars(*rows)}]),
    ]
    return nbformat.writes(notebook(*cells))


def compared(first, second, word="x"):
    names = {"t--k-1": f"k = {word}", "t--k-2": "k = 2"}
    sweep = Sweep("t--k", word, {"k": [word, "2"]}, names)
    tasks = [
        Task(
            "t.ipynb",
            {},
            {"name": name, "title": word, "notebook": "t.ipynb", "parameters": {}, "rules": {}, "corpus": CORPUS},
        )
        for name in names
    ]
    return comparison(sweep, tasks, [first, second])


def test_a_comparison_joins_findings_and_charts_and_calls_out_differences():
    task, outcome = compared(
        Outcome("t--k-1", "", executed("3 of 9 papers", ("a", 1, 10), ("b", 2, 10))),
        Outcome("t--k-2", "", executed("4 of 9 papers", ("a", 8, 10), ("b", 2, 10))),
    )
    page = outcome.page
    assert (outcome.name, outcome.problem, task.run["parameters"]) == ("t--k", "", {"k": "x | 2"})
    assert problems(page) == []
    assert "<td><mark>3</mark> of 9 papers</td><td><mark>4</mark> of 9 papers</td>" in page
    assert task.run["headline"] == "Furthest apart: A, 10% with k = x and 80% with k = 2"
    assert task.run["headline"] in page
    assert page.count('<figure class="chart"') == 2
    assert 'href="t--k-1.html#how-many"' in page
    assert page.count('id="vega"') == 1


def test_runs_without_a_difference_say_so():
    runs = [Outcome(name, "", executed("1", ("a", 1, 2))) for name in ("t--k-1", "t--k-2")]
    assert "Where these charts meet, they show the same numbers." in compared(*runs)[1].page


def test_the_same_runs_give_the_same_page():
    runs = [Outcome(name, "", executed("1", ("a", 1, 2))) for name in ("t--k-1", "t--k-2")]
    assert compared(*runs) == compared(*runs)


def test_a_run_that_failed_is_named_and_not_compared():
    page = compared(Outcome("t--k-1", "", executed("1", ("a", 1, 2))), Outcome("t--k-2", "x", problem="why"))[1].page
    assert '<span class="status-failed">Failed.</span> why' in page
    assert "<figure" not in page
    assert problems(page) == []


def test_hostile_words_are_text_on_a_comparison():
    names = list(enumerate(("t--k-1", "t--k-2"), 1))
    hostile, harmless = (
        [Outcome(name, "", executed(word, (word, n, 10))) for n, name in names] for word in (HOSTILE, "x")
    )
    page, plain = compared(*hostile, word=HOSTILE)[1].page, compared(*harmless)[1].page
    assert page.count("<script") == plain.count("<script")
    assert "<img" not in page
    assert problems(page) == []


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["12 of 30", "13 of 30"], ["<mark>12</mark> of 30", "<mark>13</mark> of 30"]),
        (["1,204", "1,204"], ["1,204", "1,204"]),
        (["8%, 5–12%.", ""], ["<mark>8%</mark>, <mark>5</mark>–<mark>12%</mark>.", ""]),
        (['<a id="x1">&#39;2</a>', "3"], ['<a id="x1">&#39;<mark>2</mark></a>', "<mark>3</mark>"]),
    ],
)
def test_numbers_that_not_all_share_are_marked_and_markup_is_left_alone(texts, expected):
    assert marked(texts) == expected


def test_charts_are_matched_by_their_cell_and_stand_under_its_heading():
    first, second = (nbformat.reads(executed("1", ("a", n, 10)), as_version=4) for n in (1, 2))
    (found,) = exhibits({"one": first, "two": second})
    assert (found.heading, list(found.charts)) == ("How many?", ["one", "two"])


def test_without_a_sweep_nothing_is_added():
    assert with_comparisons([], [], []) == ([], [])
