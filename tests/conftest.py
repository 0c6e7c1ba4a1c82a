"""Corpora and small notebooks for the tests that need one."""

import litreview  # noqa: F401  (before nbformat: what takes a second to load is then left out)

# isort: split
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, settings
from nbformat import NotebookNode, v4

from litreview import commands, open_review, paths
from litreview.corpus import Corpus, build_corpus

# A test never measures time: a machine may be slow.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def _shared_folder_of_temporary_files() -> Iterator[None]:
    """A command gives its process a folder of its own; here one process runs many commands, and browsers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("litreview.report.kernels.keep_own_folder", bool)
        yield


PARAMETERS = """corpus: str = ""  # a corpus folder; empty = the shipped one
since: int = 0  # first year, 0 = no limit
until: int = 0  # last year"""


def markdown(source: str) -> NotebookNode:
    """A Markdown cell."""
    return v4.new_markdown_cell(source)


def code(source: str, *tags: str, shows: list[dict[str, Any]] | None = None) -> NotebookNode:
    """A code cell; `shows` are the data of its outputs, as if it had run."""
    outputs = [v4.new_output("display_data", data=data) for data in shows or []]
    return v4.new_code_cell(
        source, outputs=outputs, execution_count=1 if shows else None, metadata={"tags": list(tags)}
    )


def notebook(*cells: NotebookNode, **metadata: Any) -> NotebookNode:
    """A notebook with stable cell ids, for a Python kernel."""
    for place, cell in enumerate(cells):
        cell.id = f"cell-{place}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel, **metadata})


CORPUS = {"checksum": "3f2a", "summary": "3 papers", "as_of": "2025-01-01", "of": 9}
# What a page tells of its run: the facts of `execute.Task`.
RUN = {"name": "one", "title": "Plain words", "question": "What?", "notebook": "21.ipynb", "corpus": CORPUS}
RUN |= {"parameters": {"since": "2020"}, "rules": {"themes.yml": "1a2b"}}


def page_of(*cells: NotebookNode, **facts: Any) -> str:
    """The page of these executed cells, under a title and a question; `facts` differ from those of `RUN`."""
    from litreview.report.page import export_pages

    return export_pages(notebook(markdown("# T\n\nQ?"), *cells, litreview=RUN | facts))["one.html"]


def shown(value: Any) -> dict[str, Any]:
    """What an object displays, as a notebook keeps it."""
    if hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_()
        return bundle[0] if isinstance(bundle, tuple) else bundle
    return {"text/html": value._repr_html_(), "text/plain": "x"}


def waited(condition: Callable[[], Any], seconds: float = 30.0) -> Any:
    """What a condition gives as soon as it holds, or at last."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., Path]:
    """A function that saves a notebook of these code cells, with a title and a parameters cell, and gives its path."""

    def save(*sources: str, parameters: str = PARAMETERS) -> Path:
        head = [markdown("# A title\n\nWhat is asked?"), code(parameters, "parameters")]
        path = tmp_path / "small.ipynb"
        nbformat.write(notebook(*head, *(code(source) for source in sources)), path)
        return path

    return save


@pytest.fixture(name="litreview")
def run_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Callable[..., tuple[int, str, str]]:
    """A function that runs a command in this process and gives its exit status, output and errors."""
    for chosen in (paths.CHOSEN, paths.JOBS):  # a command chooses for itself alone
        monkeypatch.setenv(chosen, "")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["litreview", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            commands.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The review that comes with the project: its derived tables are computed once for all tests."""
    return open_review()


@pytest.fixture(scope="session")
def empty_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus without papers: a file without a word."""
    return _of_records(0, tmp_path_factory)


@pytest.fixture(scope="session")
def three_papers(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The first three papers of the first page, all dated."""
    return _of_records(3, tmp_path_factory)


def _of_records(count: int, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus of the first records of the first page; of a blank file for none."""
    return build_corpus(listing(tmp_path_factory.mktemp("listing") / "listing.txt", 0, count))


def listing(path: Path, first: int, count: int) -> Path:
    """Save some records of the first page, with the page's six lines above them; none is a blank file."""
    lines = sorted(paths.PROJECT.raw.iterdir())[0].read_text(encoding="utf-8").split("\n\n")
    some = lines[:6] + lines[6 + 2 * first : 6 + 2 * (first + count)] if count else []
    path.write_text("\n\n".join(some) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Chromium without a window, one for all tests of a process."""
    from browsing import CHROMIUM, OPTIONS
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        if os.environ.get("LITREVIEW_REQUIRE_BROWSER") == "1":
            pytest.fail("Chromium is required here and was not found. Install it or set LITREVIEW_CHROMIUM.")
        pytest.skip("Chromium was not found, so no page was looked at. Install it or set LITREVIEW_CHROMIUM.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield running
        running.close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Any]:
    """The browser, without the pages of other tests."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example pages by name."""
    from example_pages import example_pages

    return example_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def report(browser: Any, pages: dict[str, Path]) -> Any:
    """A visit to the plain report among the example pages."""
    from browsing import Visit

    return Visit(browser, pages["plain report"])


def pytest_collection() -> None:
    """What is loaded now stays: there is no garbage in it to look for."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Nor is it looked through while tests run."""
    gc.freeze()
    gc.enable()
