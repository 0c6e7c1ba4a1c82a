"""The same notebooks in JupyterLab, as far from a network as a report: charts are drawn live."""

import subprocess
import sys

import nbformat
import pytest
from conftest import code, markdown, notebook, shown, waited

from litreview import charts
from litreview.analysis import trends
from litreview.themes import assign_themes

pytestmark = pytest.mark.browser


@pytest.fixture
def lab(tmp_path):
    """JupyterLab on a folder of its own; gives the address, token and all."""
    settings = ["--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0", "--LabApp.extension_manager=readonly"]
    command = [sys.executable, "-m", "jupyterlab", *settings, f"--ServerApp.root_dir={tmp_path}"]
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=tmp_path)
    try:

        def address():
            lines = (tmp_path / "log").read_text().split()
            return next((word for word in lines if word.startswith("http://127.0.0.1") and "token=" in word), "")

        assert waited(address, 60)
        yield address()
    finally:
        running.kill()  # told to end, it waits for its kernel, which ends by itself when it is alone
        running.wait()


def test_charts_are_drawn_live_in_jupyterlab_without_a_network(browser, lab, corpus, tmp_path):
    themes = trends.shares_over_time(corpus, assign_themes(corpus), "theme")
    shows = [shown(charts.years(trends.by_year(corpus))), shown(charts.shares(themes, "theme"))]
    path = tmp_path / "small.ipynb"
    nbformat.write(notebook(markdown("# T\n\nQ?"), *(code("1", shows=[each]) for each in shows)), path)
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(lab.replace("/lab?", f"/lab/tree/{path.name}?"))
    page.wait_for_function(
        "document.querySelectorAll('.vega-embed svg.marks, .vega-embed canvas').length == 2", timeout=60_000
    )
    here = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    assert [url for url in asked if not url.startswith(here)] == []
