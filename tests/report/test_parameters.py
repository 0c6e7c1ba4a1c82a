from pathlib import Path

import pandas as pd
import pytest

from litreview.errors import ParameterError, ReportError
from litreview.report.catalog import Report
from litreview.report.parameters import Parameter, check_period, checked_parameters, given_values, known_parameters

CELL = """corpus: str = ""  # a folder; empty = the shipped one
since: int = 0  # first year, 0 = no limit
until: int = 0  # last year
theme: str = "offline_rl"  # a key of themes.yml
ratio: float = 0.5  # a share
full: bool = False  # everything"""


@pytest.fixture
def report(saved):
    return Report("one", saved(parameters=CELL), "One", "What?", {})


def test_a_notebook_says_what_it_takes(report):
    known = known_parameters(report.notebook)
    assert list(known) == ["corpus", "since", "until", "theme", "ratio", "full"]
    assert known["since"] == Parameter("since", "int", "first year, 0 = no limit")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"since": "2020"}, {"since": 2020}),
        ({"ratio": "1e-3"}, {"ratio": 0.001}),
        ({"ratio": "2"}, {"ratio": 2.0}),
        ({"full": "True"}, {"full": True}),
        ({"corpus": 'it\'s "quoted"; import os'}, {"corpus": 'it\'s "quoted"; import os'}),  # a value, never code
        ({"corpus": "2020"}, {"corpus": "2020"}),  # papermill would make a number of it
        ({"theme": "scheduling"}, {"theme": "scheduling"}),
    ],
)
def test_values_take_the_type_of_the_notebook(report, given, expected):
    assert checked_parameters(report, given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"sinc": "2020"},
            "Report 'one' has no parameter 'sinc'. Did you mean 'since'? It takes 'corpus', 'since', 'until'",
        ),
        ({"since": "abc"}, "must be a whole number, but 'abc' was given. It means: first year, 0 = no limit."),
        ({"since": "2020.0"}, "must be a whole number"),
        ({"since": "٢٠٢٠"}, "must be a whole number"),  # digits of another script
        ({"since": ""}, "must be a whole number"),
        ({"ratio": "nan"}, "must be a number"),
        ({"ratio": "inf"}, "must be a number"),
        ({"full": "no"}, "must be true or false"),
        ({"theme": "offlin_rl"}, "there is no theme 'offlin_rl'. Did you mean 'offline_rl'? Themes: "),
        ({"since": "1899"}, "a year from 1900 to 2100, or 0 for no limit, but 1899"),
        ({"until": "-1"}, "a year from 1900 to 2100"),
        ({"since": "2022", "until": "2020"}, "since=2022, until=2020 ends before it begins"),
    ],
)
def test_a_wrong_parameter_is_told_with_what_is_allowed(report, given, expected):
    with pytest.raises(ParameterError) as error:
        checked_parameters(report, given)
    assert expected in str(error.value)


def test_the_catalogues_values_are_checked_as_well(report):
    wrong = Report("one", report.notebook, "One", "What?", {"since": "2020"})  # YAML with quotes: text
    with pytest.raises(ParameterError, match="must be a whole number"):
        checked_parameters(wrong, {})
    with pytest.raises(ParameterError, match="has no parameter 'x'"):
        checked_parameters(Report("one", report.notebook, "One", "What?", {"x": 1}), {})


def test_a_report_on_one_theme_cannot_be_made_of_another(report):
    on_theme = Report("theme-rl", report.notebook, "RL", "What?", {"theme": "rl_theory"})
    assert checked_parameters(on_theme, {"since": "2020"}) == {"theme": "rl_theory", "since": 2020}
    with pytest.raises(
        ParameterError, match="always has theme=rl_theory. For another one run `litreview theme scheduling`"
    ):
        checked_parameters(on_theme, {"theme": "scheduling"})


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], {}),
        (["a=1", "b=x=y"], {"a": ["1"], "b": ["x=y"]}),
        (["a="], {"a": [""]}),
        (["a=1", "b=2", "a=3"], {"a": ["1", "3"], "b": ["2"]}),  # a sweep
    ],
)
def test_pairs_are_split_at_the_first_equals_sign(texts, expected):
    assert given_values(texts) == expected


@pytest.mark.parametrize(
    ("texts", "expected"), [(["since"], "no value"), (["=1"], "no value"), (["a=1", "a=1"], "given twice")]
)
def test_a_malformed_pair_is_told(texts, expected):
    with pytest.raises(ParameterError, match=expected):
        given_values(texts)


YEARS = pd.Series(pd.to_datetime(["2016-03-01", None, "2025-06-01"]))


@pytest.mark.parametrize(
    "values", [{}, {"since": 2010}, {"since": 2025}, {"until": 2016}, {"since": 2018, "until": 2019}]
)
def test_a_period_may_reach_into_the_corpus(values):
    check_period(values, YEARS)


@pytest.mark.parametrize(
    ("values", "given"), [({"since": 2026}, "since=2026"), ({"since": 2000, "until": 2015}, "since=2000, until=2015")]
)
def test_a_period_beyond_the_corpus_is_told_with_its_range(values, given):
    with pytest.raises(ParameterError, match=f"in the period {given}: this corpus has papers from 2016 to 2025"):
        check_period(values, YEARS)


def test_a_corpus_without_dates_forbids_no_period():
    check_period({"since": 2020}, pd.Series(pd.to_datetime([None])))


def test_what_is_no_notebook_is_told(tmp_path, saved):
    (tmp_path / "text.ipynb").write_text("text")
    with pytest.raises(ReportError, match="damaged"):
        known_parameters(tmp_path / "text.ipynb")
    with pytest.raises(ReportError, match="no Python"):
        known_parameters(saved(parameters="since: int ="))
    with pytest.raises(ReportError, match="No such file"):
        known_parameters(Path("none.ipynb"))
    untagged = saved(parameters="")
    untagged.write_text(untagged.read_text().replace('"parameters"', '"other"'))
    with pytest.raises(ParameterError, match="no cell tagged 'parameters'"):
        known_parameters(untagged)
