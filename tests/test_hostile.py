"""Hostile words on their whole way through the notebooks to the pages.

They stand in file and folder names, titles, abstracts, authors, venues, links and the words of a theme.
"""

import csv
import re

import nbformat
import pytest
from browsing import HOSTILE, RAN, Visit, barriers, harmless_text, overflowing
from nbconvert import HTMLExporter
from nbformat import v4

import litreview as lr
from litreview.paths import NOTEBOOKS, PROJECT
from litreview.report.catalog import Report
from litreview.report.execute import outcomes, prepare
from litreview.report.publish import publish

pytestmark = pytest.mark.browser
LONG = f"{HOSTILE} is a long title about regret bounds " + "word " * 200_000  # 1 MB
ABSTRACT = (
    f"We propose {HOSTILE} a method for reinforcement learning theory. {HOSTILE} We prove a regret bound of O(sqrt T) "
    f"and introduce EVIL, which outperforms PPO by 12% on MuJoCo. "
    f'Code is at https://example.org/"onerror="{RAN}. $x_{{1}}$ {HOSTILE}'
)
NOTEBOOK_NAMES = ("00-corpus", "11-evidence", "30-theme", "50-papers")
FOREIGN = "[onerror], [onload], [onmouseover], a[href^='javascript'], body img[src='x'], body meta"


def listing(folder):
    """A table of hostile papers, under a hostile name."""
    folder.mkdir()
    path = folder / f"<img src=x onerror={RAN}> {{{{x}}}} $x$ `y`.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["title", "abstract", "authors", "journal", "date", "url"])
        for place in range(12):
            title = LONG if place == 11 else f"{HOSTILE} {place} regret bounds in reinforcement learning"
            day = f"20{20 + place % 5}-03-{10 + place}"
            link = f"javascript:{RAN}//{place}"
            rows.writerow([title, f"{place} {ABSTRACT}", f"{HOSTILE}; B, A", HOSTILE, day, link])
    return path


def themes_file(folder):
    """The project's themes with hostile words where a person can write words."""
    text, old = PROJECT.themes.read_text(encoding="utf-8"), "title: Reinforcement learning theory"
    quoted = "'" + re.sub("[\x00\x1b\u202e]", "", HOSTILE.replace("'", "''")) + "'"
    assert old in text
    (folder / "themes.yml").write_text(text.replace(old, f"title: {quoted}"), encoding="utf-8")
    return folder / "themes.yml"


def own_themes(name, themes, folder):
    """A copy of a notebook that takes another file of themes."""
    nb = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    source = f"import pathlib; from litreview import paths; paths.ReviewFolder.themes = pathlib.Path({str(themes)!r})"
    place = next(index for index, cell in enumerate(nb.cells) if "parameters" in cell.metadata.get("tags", []))
    nb.cells.insert(place + 1, v4.new_code_cell(source, id="own-themes"))
    nbformat.write(nb, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The reports of a hostile corpus, published."""
    made = tmp_path_factory.mktemp("hostile")
    corpus = made / "corpus <b onmouseover=1> {{7*7}} $x$ `"
    lr.write_corpus(lr.build_corpus(listing(made / "in")), corpus)
    themes = themes_file(made)
    words = {"title": HOSTILE, "question": HOSTILE}
    reports = [Report(name=name, notebook=own_themes(name, themes, made), **words) for name in NOTEBOOK_NAMES]
    tasks = prepare([(report, {"corpus": str(corpus)}) for report in reports])
    results = list(outcomes(tasks, jobs=2))
    assert {each.name: each.problem for each in results} == dict.fromkeys(NOTEBOOK_NAMES, "")
    assert publish(tasks, results, [], made / "out") == []
    return made / "out"


@pytest.mark.parametrize("name", [*NOTEBOOK_NAMES, "index"])
def test_hostile_papers_make_harmless_pages_that_can_be_read(browser, folder, name):
    assert "onerror=" in harmless_text(browser, folder / f"{name}.html")
    visit = Visit(browser, folder / f"{name}.html", viewport={"width": 390, "height": 844}, bypass_csp=True)
    lengths = "[...document.querySelectorAll('h4, td, th, .references li')].map(e => e.textContent.length)"
    assert max(visit.page.evaluate(lengths), default=0) < 4000  # a title of a megabyte is cut
    assert overflowing(visit.page) == []
    assert barriers(visit.page, rows=6) == []


@pytest.mark.parametrize("name", NOTEBOOK_NAMES)
def test_an_executed_notebook_is_harmless_also_as_another_program_shows_it(browser, folder, name):
    """nbconvert cleans nothing, as JupyterLab does not in a notebook that is trusted."""
    made = folder / f"{name}-converted.html"
    made.write_text(HTMLExporter().from_filename(folder / f"{name}.ipynb")[0], encoding="utf-8")
    page = Visit(browser, made).page
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert page.locator(FOREIGN).count() == 0
