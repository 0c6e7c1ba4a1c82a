from pathlib import Path

import pytest

from litreview.errors import UnknownTheme
from litreview.report.catalog import Report
from litreview.report.sweeps import combined, planned, swept

SMALL = Report("small", Path("small.ipynb"), "Small", "What?")
THEMED = Report("30-theme", Path("30-theme.ipynb"), "One theme", "What?")


def names(given):
    return [run.name for run, _ in planned([SMALL], given, {})[0]]


def test_one_value_each_is_one_run_and_no_sweep():
    assert planned([SMALL], {"since": ["2020"]}, {}) == ([(SMALL, {"since": "2020"})], [])
    assert planned([SMALL], {}, {}) == ([(SMALL, {})], [])


def test_two_parameters_make_a_grid():
    given = {"since": ["2020", "2021"], "until": ["2022", "2023"], "theme": ["x"]}
    assert combined(given)[:2] == [
        {"since": "2020", "until": "2022", "theme": "x"},
        {"since": "2020", "until": "2023", "theme": "x"},
    ]
    assert list(swept(given)) == ["since", "until"]
    assert names(given)[1] == "small--since-2020--until-2023"
    assert planned([SMALL], given, {})[1][0].name == "small--since--until"


@pytest.mark.parametrize(
    "value", ["../../etc/passwd", "a/b", "a b", "", "ä", "x" * 300, "<script>", "..", "C:\\x", "a\x00b", "nul"]
)
def test_a_value_can_name_no_other_place_and_two_values_share_no_name(value):
    made = names({"corpus": [value, "other", f"{value}!"]})
    assert len(set(made)) == 3
    assert all(name.startswith("small--corpus-") and len(name) < 80 for name in made)
    assert not set("".join(made)) & set("/\\.<>\x00 ")


def test_runs_are_called_by_their_values_and_know_their_comparison():
    runs, (sweep,) = planned([SMALL], {"since": ["2020", ""]}, {})
    assert list(sweep.runs.values()) == ["since = 2020", "since = empty"]
    assert [run.title for run, _ in runs] == ["Small, since = 2020", "Small, since = empty"]
    assert {run.comparison for run, _ in runs} == {sweep.name} == {"small--since"}


def test_one_run_on_a_theme_is_the_report_on_it():
    ((run, _),), _ = planned([THEMED], {"theme": ["rl_theory"]}, {})
    assert (run.name, run.title) == ("theme-rl-theory", "Reinforcement learning theory")
    assert planned([SMALL], {"theme": ["rl_theory"]}, {})[0][0][0] is SMALL  # its own parameter may be called so


def test_a_run_on_a_theme_has_the_themes_title():
    runs, _ = planned([THEMED], {"theme": ["rl_theory", "multi_agent"], "since": ["2020", "2021"]}, {})
    assert [run.title for run, _ in runs][:2] == [
        "Reinforcement learning theory, since = 2020",
        "Reinforcement learning theory, since = 2021",
    ]
    with pytest.raises(UnknownTheme, match="Did you mean 'rl_theory'"):
        planned([THEMED], {"theme": ["rl_teory", "multi_agent"]}, {})
