"""The same notebooks in JupyterLab, as far from a network as a report: its outputs look and work as on their page."""

import itertools
import os
import re
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import HOSTILE
from conftest import code, markdown, notebook, shown, waited
from nbformat.sign import NotebookNotary

import litreview as lr
from litreview import charts
from litreview.analysis import shares, similarity
from litreview.report import bullets, paper_cards, quotes, references, table
from litreview.report.findings import escape_markdown

pytestmark = pytest.mark.browser
numbers = itertools.count()  # no notebook is like another, and no workspace has the tabs of another
OWN = ("JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
OUTPUT, CHART = ".litreview-output", ".vega-embed :is(svg.marks, canvas)"
MOUNTED = f"count => [...document.querySelectorAll('{OUTPUT}')].filter(each => each.shadowRoot).length === count"
OF_A_MARK = (
    "e => ['borderBottom', 'fontWeight', 'fontStyle', 'background'].map(look => getComputedStyle(e)[look]).join()"
)
ROWS = pd.DataFrame({"title": [f"row {place}" for place in range(1_400)], "size": range(1_400)})
PRICES = r"It costs $5, \(x\) and $6"  # and no formula
STRANGER = "<table><caption>c</caption><thead><tr><th>h</th></tr></thead><tr><td>d</td></tr></table><mark>m</mark>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What JupyterLab opens, with settings and signatures of its own."""
    made = tmp_path_factory.mktemp("lab")
    with pytest.MonkeyPatch.context() as patch:
        for name in OWN:
            patch.setenv(name, str(made / name))
        yield made


@pytest.fixture(scope="module")
def lab(folder):
    """JupyterLab on a folder of its own; gives the address, token and all."""
    settings = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--LabApp.extension_manager=readonly"]
    settings += ["--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={folder}"]
    with (folder / "log").open("w") as log:
        command = [sys.executable, "-m", "jupyterlab", *settings]
        running = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=folder, env=os.environ)
    try:
        assert waited(lambda: re.search(r"http://127.0.0.1\S+token=\w+", (folder / "log").read_text()), 60)
        yield re.search(r"http://127.0.0.1\S+token=\w+", (folder / "log").read_text())[0]
    finally:
        running.kill()  # told to end, it waits for its kernel, which ends by itself when it is alone
        running.wait()


@pytest.fixture
def opened(browser, lab, folder):
    """A function that saves a notebook of these cells, trusted or not, opens it, and waits for something in it."""
    path = folder / "small.ipynb"

    def show(*cells, trusted=True, awaits=OUTPUT):
        if cells:
            nbformat.write(notebook(markdown("# T\n\nQ?\n\n## S"), *cells, run=str(next(numbers))), path)
        if cells and trusted:
            NotebookNotary().sign(nbformat.read(path, as_version=4))
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(lab.replace("/lab?", f"/lab/workspaces/{next(numbers)}/tree/{path.name}?"))
        for each in (".jp-RenderedMarkdown h1", awaits):
            page.wait_for_selector(each, state="attached", timeout=60_000)
        return page

    return show


def seen(*values):
    """A cell that has shown these."""
    return code("1", shows=[shown(each) for each in values])


@pytest.fixture(scope="module")
def outputs():
    """The legend, a long hostile table, quotes, cards, one of them hostile, and references."""
    whole = lr.open_review()
    few = whole.where(whole.papers["paper_id"].iloc[100:140])
    few.papers.loc[3, ["title", "authors", "venue"]] = HOSTILE
    own = paper_cards.cards(few, similarity.neighbours(few))
    long = table(ROWS.assign(abstract=HOSTILE, url="javascript:alert(1)"), HOSTILE)
    said = quotes(few.evidence.query("kind == 'claim'"), few)
    listed = {"text/markdown": bullets([escape_markdown(PRICES), PRICES])._repr_markdown_()}
    return [code("1", shows=[listed]), *map(seen, (paper_cards.legend(), long, said, own, references(few)))]


FOREIGN = "[onerror], [onload], [onmouseover], a[href^='javascript'], img, svg, meta"


def harmless(page):
    """Nothing that strangers wrote has run or is an element, no output is a screen too long, no script complains."""
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert page.locator(f"{OUTPUT} :is({FOREIGN})").count() == 0
    assert PRICES in page.locator(".jp-OutputArea-output.jp-RenderedMarkdown").text_content()
    assert page.locator("mjx-container").count() == 0
    assert "onerror=" in page.locator(f"{OUTPUT} caption").text_content()
    assert max(each.bounding_box()["height"] for each in page.locator(OUTPUT).all()) < 2_000
    assert page.said == []


def test_charts_are_drawn_live_in_the_colours_of_jupyterlab_without_a_network(opened, corpus):
    themes = shares.shares_over_time(corpus, lr.assign_themes(corpus), "theme")
    page = opened(
        seen(charts.papers_by_period(shares.papers_over_time(corpus)), charts.shares(themes, "theme")), awaits=CHART
    )
    page.wait_for_function("drawn => document.querySelectorAll(drawn).length == 2", arg=CHART)
    assert [url for url in page.asked if not re.match(r"(http|ws)://127\.0\.0\.1|data:|blob:", url)] == []
    assert "var(--jp-layout-color0,#ffffff)" in page.locator(CHART).first.evaluate("each => each.outerHTML")


def test_hostile_words_run_nowhere_marks_differ_tables_turn_sort_and_search_and_cards_filter(opened, outputs):
    page = opened(*outputs)
    page.wait_for_function(MOUNTED, arg=5)
    harmless(page)
    legend, long, said, cards, listed = page.locator(OUTPUT).all()
    marks = [mark.evaluate(OF_A_MARK) for mark in legend.locator("mark").all()]
    assert len({*marks}) == len(marks) == len(paper_cards.MARKS)
    assert cards.locator(".tags").first.evaluate("e => getComputedStyle(e).display") == "flex"

    rows, first = long.locator("tbody tr:visible"), long.locator("tbody th:visible").first
    long.get_by_role("button", name="Next").click()
    assert (rows.count(), first.inner_text()) == (25, "row 25")
    long.get_by_role("button", name="Sort by Size").click(click_count=2, delay=50)
    assert (rows.count(), first.inner_text()) == (25, "row 1399")
    cells = page.locator(".jp-Cell").count()
    long.get_by_label("Search this table").click()
    page.keyboard.type("row 7 ddaab")  # in JupyterLab these letters delete and add cells
    assert (rows.count(), page.locator(".jp-Cell").count()) == (0, cells)
    long.get_by_label("Search this table").fill("row 77")
    assert (rows.count(), long.locator("output").first.inner_text()) == (23, "23 of 1400")

    assert cards.locator("article:visible").count() == 3
    cards.get_by_label("Year").select_option("2023")
    count = cards.locator("output").first.text_content().split()[0]
    assert cards.get_by_label("Year").locator("option:checked").text_content() == f"2023 ({count})"
    assert cards.locator("article:visible [data-value]").first.get_attribute("data-value") == "2023"

    link = said.locator("cite a").last
    target = listed.locator(f"[id='{link.get_attribute('href')[1:]}']")
    link.click()
    page.wait_for_timeout(500)  # it comes into view as JupyterLab learns the heights of cells
    assert 0 < target.bounding_box()["y"] < 900
    harmless(page)


PLACES = "body; .jp-Toolbar; .jp-DirListing; .jp-RenderedMarkdown h1; .jp-RenderedHTML mark; .jp-RenderedHTML th"
LOOKS = """places => places.split('; ').map(place => getComputedStyle(document.querySelector(place))).map(found =>
  [found.color, found.font, found.margin, found.padding, found.background, found.border, found.display])"""


def test_no_rule_leaks_into_jupyterlab_and_axe_finds_no_barrier_in_light_and_dark(opened, outputs):
    stranger = code("1", shows=[{"text/html": STRANGER}])
    page, bare = opened(stranger, *outputs), opened(stranger, awaits=".jp-RenderedHTML mark")
    assert page.evaluate(LOOKS, PLACES) == bare.evaluate(LOOKS, PLACES)
    for theme, light in (("JupyterLab Light", "true"), ("JupyterLab Dark", "false")):
        page.evaluate("theme => void jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
        page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
        assert Axe().run(page, context=OUTPUT).response["violations"] == []


def test_hostile_words_run_nowhere_in_a_notebook_that_is_not_trusted_and_it_can_be_read(opened, outputs):
    page = opened(*outputs, trusted=False)
    page.wait_for_function(MOUNTED, arg=0)
    page.wait_for_timeout(500)
    harmless(page)


def test_a_notebook_holds_the_script_once_also_when_its_cells_run_again(opened, folder):
    sources = [f"import litreview, pandas as pd\npd.DataFrame({{'a': range(9_{place}00)}})" for place in range(3)]
    page = opened(*map(code, sources), awaits=".jp-Notebook")
    page.wait_for_function("jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")
    saved = folder / "small.ipynb"
    for runs in range(2):  # the second time in the kernel that has shown them
        page.evaluate("() => void jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(f".jp-InputPrompt:text('[{3 * runs + 3}]:')", timeout=60_000)
        page.wait_for_function(MOUNTED, arg=3)
        page.evaluate("() => void jupyterapp.commands.execute('docmanager:save')")
        assert waited(lambda ran=runs: f'"execution_count": {3 * ran + 3}' in saved.read_text())
        assert saved.read_text().count("attachShadow") == 1
    page.context.close()
    again = opened()
    again.wait_for_function(MOUNTED, arg=3)
    assert again.locator("tbody tr:visible").count() == 75
