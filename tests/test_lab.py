"""The same notebooks in JupyterLab, as far from a network as a report: its outputs look and work as on their page."""

import itertools
import os
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
from litreview.analysis import similarity, trends
from litreview.report import reference_list
from litreview.report.outputs import lab_script
from litreview.report.paper_cards import MARKS, cards, legend
from litreview.report.tables import table

pytestmark = pytest.mark.browser
FOLDERS = ("JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
RUN = "id => void jupyterapp.commands.execute(id)"
OUTPUT = ".litreview-output"
numbers = itertools.count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What JupyterLab opens, with settings and signatures of its own."""
    made = tmp_path_factory.mktemp("lab")
    with pytest.MonkeyPatch.context() as patch:
        for name in FOLDERS:
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

        def address():
            lines = (folder / "log").read_text().split()
            return next((word for word in lines if word.startswith("http://127.0.0.1") and "token=" in word), "")

        assert waited(address, 60)
        yield address()
    finally:
        running.kill()  # told to end, it waits for its kernel, which ends by itself when it is alone
        running.wait()


@pytest.fixture
def opened(browser, lab, folder):
    """A function that saves a notebook of these cells, trusted or not, opens it, and waits for its outputs."""

    def show(name, *cells, trusted=True, looks_for=OUTPUT):
        path = folder / f"{name}.ipynb"
        if cells:
            nb = notebook(markdown("# T\n\nQ?"), *cells, name=name)
            nbformat.write(nb, path)
            if trusted:
                NotebookNotary().sign(nbformat.read(path, as_version=4))
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(lab.replace("/lab?", f"/lab/workspaces/{next(numbers)}/tree/{path.name}?"))  # no tab of another test
        for each in (".jp-RenderedMarkdown h1", looks_for):
            page.wait_for_selector(each, state="attached", timeout=60_000)
        return page

    return show


def seen(*values):
    """A cell that has shown these."""
    return code("1", shows=[shown(each) for each in values])


ROWS = pd.DataFrame({"title": [f"row {place}" for place in range(1_400)], "size": range(1_400)})


def papers():
    """Forty cards of the shipped corpus, one of them hostile, a long table, quotes and references."""
    whole = lr.open_review()
    few = whole.where(whole.papers["paper_id"].iloc[100:140])
    few.papers.loc[3, ["title", "authors", "venue"]] = HOSTILE
    evidence = lr.extract_evidence(few)
    own = cards(few, lr.assign_themes(few), evidence, lr.classify_contribution(few), similarity.neighbours(few))
    claims = evidence[evidence["kind"] == "claim"]
    words = ROWS.assign(abstract=HOSTILE, url="javascript:alert(1)")
    long = table(words, HOSTILE, note=HOSTILE)
    return [legend(), long, reference_list.quotes(claims, few), own, reference_list.references(few)]


@pytest.fixture
def page(opened):
    return opened("papers", *map(seen, papers()))


def test_charts_are_drawn_live_in_jupyterlab_without_a_network(opened, corpus):
    themes = trends.shares_over_time(corpus, lr.assign_themes(corpus), "theme")
    drawn = ".vega-embed :is(svg.marks, canvas)"
    page = opened(
        "charts",
        seen(charts.years(trends.by_year(corpus))),
        seen(charts.shares(themes, "theme")),
        looks_for=drawn,
    )
    page.wait_for_function(f"document.querySelectorAll('{drawn}').length == 2")
    here = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    assert [url for url in page.asked if not url.startswith(here)] == []


def test_kinds_of_evidence_differ_by_their_look_and_no_output_is_long(page):
    looks = "e => { const s = getComputedStyle(e); return [s.borderBottom, s.fontWeight, s.fontStyle, s.background].join() }"
    marks = page.locator(".legend mark").all()
    assert len({mark.evaluate(looks) for mark in marks}) == len(marks) == len(MARKS)
    assert page.locator(".paper .tags").first.evaluate("e => getComputedStyle(e).display") == "flex"
    assert max(each.bounding_box()["height"] for each in page.locator(OUTPUT).all()) < 2_000


def test_a_long_table_turns_pages_sorts_and_searches_and_typing_is_no_command(page):
    holder = page.locator(OUTPUT).nth(1)
    rows, search = holder.locator("tbody tr:visible"), holder.get_by_label("Search this table")
    assert rows.count() == 25
    holder.get_by_role("button", name="Next").click()
    assert (rows.count(), rows.first.locator("th").inner_text()) == (25, "row 25")
    holder.get_by_role("button", name="Sort by Size").click(click_count=2, delay=50)
    assert rows.first.locator("th").inner_text() == "row 1399"
    cells = page.locator(".jp-Cell").count()
    search.click()
    page.keyboard.type("row 7 ddaab")
    assert page.locator(".jp-Cell").count() == cells
    assert rows.count() == 0
    search.fill("row 77")
    assert (holder.locator("output").first.inner_text(), rows.count()) == ("29 of 1400", 25)


def test_cards_filter_a_few_at_a_time_and_a_quote_leads_to_its_reference(page):
    holder = page.locator(OUTPUT).nth(3)
    shown = holder.locator("article:visible")
    assert shown.count() == 3
    holder.get_by_label("Year").select_option("2023")
    chosen = int(holder.locator("output").first.text_content().split()[0])
    assert holder.get_by_label("Year").locator("option:checked").text_content() == f"2023 ({chosen})"
    assert 0 < shown.count() <= 3
    link = page.locator(OUTPUT).nth(2).locator("cite a").first
    target = link.get_attribute("href").removeprefix("#")
    link.click()
    reference = page.locator(f"[id='{target}']")
    page.wait_for_timeout(500)
    assert 0 < reference.bounding_box()["y"] < 900


STRANGER = "<table><caption>c</caption><thead><tr><th>h</th></tr></thead><tr><td>d</td></tr></table><mark>m</mark>"
LAB = """() => {
  const kinds = 'body, .jp-Toolbar, .jp-DirListing, .jp-RenderedMarkdown h1, .jp-RenderedHTML mark, .jp-RenderedHTML th';
  const looks = 'color font margin padding background border display maxWidth boxSizing overflowWrap textAlign position'.split(' ');
  return kinds.split(', ').map(kind => { const found = getComputedStyle(document.querySelector(kind)); return looks.map(look => found[look]); });
}"""


def test_no_rule_leaks_and_the_dark_theme_is_readable(opened):
    stranger = code("1", shows=[{"text/html": STRANGER}])
    full = opened("full", stranger, *map(seen, papers()))
    assert full.evaluate(LAB) == opened("bare", stranger, looks_for=".jp-RenderedHTML mark").evaluate(LAB)
    contrast = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
    for theme, light in (("JupyterLab Light", "true"), ("JupyterLab Dark", "false")):
        full.evaluate("theme => void jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
        full.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
        found = Axe().run(full, context=OUTPUT, options=contrast).response["violations"]
        assert [node["html"][:200] for each in found for node in each["nodes"]] == []


FOREIGN = "[onerror], [onload], [onmouseover], a[href^='javascript'], img, svg, mjx-container, meta"


@pytest.mark.parametrize("trusted", [True, False])
def test_hostile_words_run_nowhere_and_a_notebook_that_is_not_trusted_can_be_read(opened, trusted):
    page = opened(f"hostile {trusted}", *map(seen, papers()), trusted=trusted)
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert page.locator(f"{OUTPUT} :is({FOREIGN})").count() == 0
    assert "onerror=" in page.locator(f"{OUTPUT} caption").first.text_content()
    assert page.said == []
    assert page.evaluate("document.querySelector('.litreview-output').shadowRoot !== null") is trusted
    assert max(each.bounding_box()["height"] for each in page.locator(OUTPUT).all()) < 2_000


SOURCES = [
    "import pandas as pd\nfrom litreview.report import table",
    "table(pd.DataFrame({'a': range(30)}), 'One')",
    "table(pd.DataFrame({'a': range(30)}), 'Two')",
]


def test_a_notebook_holds_the_script_once_and_looks_right_when_cells_run_again(opened, folder):
    saved = folder / "run.ipynb"
    page = opened("run", *map(code, SOURCES), looks_for=".jp-Notebook")
    page.wait_for_function("jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'")
    for _ in range(2):  # all cells, then the same in the kernel that has shown them
        page.evaluate(RUN, "notebook:run-all-cells")
        page.wait_for_function("document.querySelectorAll('.litreview-output').length == 2")
        page.evaluate(RUN, "docmanager:save")
        assert waited(lambda: saved.read_text().count("attachShadow") == 1)
    page.context.close()
    again = opened("run")
    again.wait_for_function(
        "[...document.querySelectorAll('.litreview-output')].filter(each => each.shadowRoot).length == 2"
    )
    assert again.locator("tbody tr:visible").count() == 50
    assert lab_script().count("attachShadow") == 1
