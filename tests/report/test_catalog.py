import pytest

from litreview.errors import CatalogError, UnknownTheme
from litreview.report.catalog import CATALOG_FILE, chosen_reports, load_catalog, theme_report
from litreview.themes.definitions import load_themes

ROW = "- name: one\n  notebook: 00-one.ipynb\n  title: One\n  question: What?\n"


@pytest.fixture
def catalog(tmp_path):
    def write(text):
        path = tmp_path / "catalog.yml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_rows_become_reports_in_order(catalog):
    path = catalog(ROW + ROW.replace("one", "two") + "  parameters: {since: 2020}\n")
    one, two = load_catalog(path).values()
    assert (one.name, one.notebook, one.title, one.question, one.parameters) == (
        "one",
        path.parent / "00-one.ipynb",
        "One",
        "What?",
        {},
    )
    assert two.parameters == {"since": 2020}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "is not a list"),
        ("name: one", "is not a list"),
        ("- one:\n  - [unclosed", "line 2"),
        (b"\xff\xfe\x00", "cannot be read"),
        ("- just text", "row 1: it is not a mapping"),
        (ROW.replace("title", "titel"), "'titel' is no key. Did you mean 'title'?"),
        (ROW.replace("title: One", "title: ''"), "'title' is missing"),
        (ROW.replace("question: What?", "question: 7"), "'question' is missing or is no text"),
        (ROW + "  parameters: [1]\n", "'parameters' is not a mapping"),
        (ROW + ROW, "the name 'one' occurs twice"),
        (ROW.replace("name: one", "name: ../one"), "'../one' is not made of small letters"),
        (ROW.replace("name: one", "name: index"), "or is taken"),
        (ROW.replace("00-one.ipynb", "../../secret.ipynb"), "is not the name of a notebook"),
    ],
)
def test_a_broken_catalogue_is_one_message_that_names_the_place(catalog, text, expected):
    with pytest.raises(CatalogError) as error:
        load_catalog(catalog(text))
    assert expected in str(error.value)


def test_all_problems_are_told_at_once(catalog):
    with pytest.raises(CatalogError, match="has 2 problems"):
        load_catalog(catalog(ROW.replace("title: One", "title: ''") + ROW.replace("name: one", "name: A b")))


def test_a_missing_catalogue_is_one_message(tmp_path):
    with pytest.raises(CatalogError, match="No such file"):
        load_catalog(tmp_path / "catalog.yml")


def test_reports_are_chosen_by_name_once_and_in_the_catalogues_order(catalog):
    reports = load_catalog(catalog(ROW + ROW.replace("one", "two")))
    assert [report.name for report in chosen_reports([], reports)] == ["one", "two"]
    assert [report.name for report in chosen_reports(["two", "one", "two"], reports)] == ["one", "two"]
    with pytest.raises(CatalogError, match="no report 'tow'. Did you mean 'two'\\? Reports: 'one', 'two'"):
        chosen_reports(["tow"], reports)


def test_the_shipped_catalogue_has_a_report_on_every_theme():
    reports = load_catalog(CATALOG_FILE)
    themed = {report.parameters["theme"] for report in reports.values() if "theme" in report.parameters}
    assert set(load_themes()) - themed == {"preference_optimization", "offline_rl", "scheduling"}


def test_a_theme_is_reported_under_its_row_or_under_its_own_name():
    reports = load_catalog(CATALOG_FILE)
    assert theme_report("rl_theory", reports) == reports["theme-rl-theory"]
    made = theme_report("offline_rl", reports)
    assert (made.name, made.parameters) == ("theme-offline-rl", {"theme": "offline_rl"})
    with pytest.raises(UnknownTheme, match="Did you mean 'rl_theory'"):
        theme_report("rl_teory", reports)
