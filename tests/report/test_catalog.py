import pytest

from litreview.errors import CatalogError, ParameterError, ReportError, UnknownTheme
from litreview.paths import ReviewFolder
from litreview.report import catalog as module
from litreview.report.catalog import Report, checked_parameters, chosen_reports, given_values, load_catalog

ROW = "- name: one\n  notebook: 00-one.ipynb\n  title: One\n  question: What?\n"
CELL = """corpus: str = ""  # a folder; empty = the shipped one
since: int = 0  # first year, 0 = no limit
until: int = 0  # last year
theme: str = "offline_rl"  # a key of themes.yml
ratio: float = 0.5  # a share
full: bool = False  # everything"""


@pytest.fixture
def catalog(tmp_path, monkeypatch):
    def write(text):
        home = ReviewFolder(tmp_path)
        home.notebooks.mkdir(exist_ok=True)
        (home.notebooks / "catalog.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.setattr(module, "NOTEBOOKS", home.notebooks)  # no other catalogue is shared
        return home

    return write


def test_rows_become_reports_in_order(catalog):
    home = catalog(ROW + ROW.replace("one", "two") + "  parameters: {since: 2020}\n")
    one, two = load_catalog(home).values()
    assert (one.name, one.notebook, one.title, one.question) == ("one", home.notebooks / "00-one.ipynb", "One", "What?")
    assert two.parameters == {"since": 2020}


BROKEN = [
    ("one: two", "must be a list"),
    ("- one:\n  - [unclosed", "line 2"),
    (b"\xff\xfe\x00", "cannot be read"),
    (ROW.replace("title", "titel"), "line 3: item 1, titel: there is no such key"),
    (ROW.replace("title: One", "title: ''"), "line 3: item 1, title: "),
    (ROW.replace("name: one", "name: ../one"), "it is '../one'"),  # a name is a file name and an address
    (ROW.replace("name: one", "name: index"), "it is 'index'"),
    (ROW.replace("title: One", "title: ''") + ROW.replace("name: one", "name: A b"), "line 5: item 2, name: "),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_a_broken_catalogue_is_one_message_that_names_the_line(catalog, text, expected):
    with pytest.raises(CatalogError) as error:
        load_catalog(catalog(text))
    assert expected in str(error.value)


def test_reports_are_chosen_by_name_once_and_in_the_catalogues_order(catalog):
    reports = load_catalog(catalog(ROW + ROW.replace("one", "two")))
    for names in ([], ["two", "one", "two"], ["00-two", "one"]):  # the last by the name of a notebook
        assert [report.name for report in chosen_reports(names, reports)] == ["one", "two"]


@pytest.fixture
def report(saved):
    return Report(name="one", notebook=saved(parameters=CELL), title="One", question="What?")


def test_what_is_no_notebook_is_told(report, saved):
    saved(parameters="since: int =")
    with pytest.raises(ParameterError, match="no Python"):
        checked_parameters(report, {})
    report.notebook.write_text("text")
    with pytest.raises(ReportError, match="damaged"):
        checked_parameters(report, {})


VALUES = [
    ({"since": "2020"}, {"since": 2020}),
    ({"ratio": "1e-3"}, {"ratio": 0.001}),
    ({"full": "True"}, {"full": True}),
    ({"corpus": 'it\'s "quoted"; import os'}, {"corpus": 'it\'s "quoted"; import os'}),  # a value, never code
    ({"corpus": "2020"}, {"corpus": "2020"}),  # papermill would make a number of it
]


@pytest.mark.parametrize(("given", "expected"), VALUES)
def test_values_take_the_type_of_the_notebook(report, given, expected):
    assert checked_parameters(report, given) == expected


WRONG = [
    ({"sinc": "2020"}, "Report 'one': there is no parameter 'sinc'. Did you mean 'since'? Parameters: 'corpus',"),
    ({"since": "abc"}, "parameter 'since': Input should be a valid integer"),
    ({"since": "٢٠٢٠"}, "valid integer"),  # digits of another script
    ({"since": ""}, "valid integer"),
    ({"ratio": "nan"}, "finite number"),
    ({"full": "perhaps"}, "valid boolean"),
    ({"theme": "offlin_rl"}, "There is no theme 'offlin_rl'. Did you mean 'offline_rl'?"),
]


@pytest.mark.parametrize(("given", "expected"), WRONG)
def test_a_wrong_parameter_is_told_with_what_is_allowed(report, given, expected):
    with pytest.raises((ParameterError, UnknownTheme)) as error:
        checked_parameters(report, given)
    assert expected in str(error.value)


def test_a_report_has_the_parameters_of_its_row_and_over_them_those_that_are_given(report):
    on_theme = report.model_copy(update={"parameters": {"theme": "rl_theory", "since": 2019}})
    assert checked_parameters(on_theme, {"since": "2020"}) == {"theme": "rl_theory", "since": 2020}


def test_pairs_are_split_at_the_first_equals_sign_and_the_last_value_counts():
    assert given_values(["a=1", "b=x=y", " a =2"]) == {"a": "2", "b": "x=y"}
