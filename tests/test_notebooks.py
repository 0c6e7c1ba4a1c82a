"""Every notebook becomes a report: of the shipped corpus, of three papers, and of none."""

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest
from browsing import CHROMIUM, whole_page

import litreview as lr
from litreview.paths import NOTEBOOKS
from litreview.report.catalog import load_catalog
from litreview.report.execute import Outcome, prepare, run
from litreview.report.tables import page_part

FOUND = sorted(NOTEBOOKS.glob("*.ipynb"))
# What a reader must never see: a missing value as Python writes it, the inside of an object, a name in braces that was
# to be filled in. (After ^ or _ braces are TeX, which abstracts have.)
UNREADABLE = re.compile(
    r"(?<![\w.'\"-])(?:nan|NaN|NaT|None|inf|<NA>|&lt;NA&gt;)(?![\w'\"-])|object at 0x|(?<![\^_$])\{[a-z_]{2,}\}"
)


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Corpus folders by size; the empty name is the shipped corpus."""
    whole = lr.load_corpus()
    folders = {"whole": ""}
    for size, papers in {"three": whole.papers["paper_id"].head(3), "empty": []}.items():
        folders[size] = str(tmp_path_factory.mktemp(size) / "corpus")
        lr.write_corpus(whole.where(papers), folders[size])
    return folders


@cache
def rendered(notebook: Path, corpus: str) -> Outcome:
    """The first report of the catalogue that uses the notebook, on another corpus."""
    report = next(report for report in load_catalog().values() if report.notebook == notebook)
    return run(*prepare([(report, {"corpus": corpus})]))


def shown(outcome: Outcome) -> str:
    """What the cells of an executed notebook show a reader: prose and tables, without charts."""
    cells = json.loads(outcome.files[f"{outcome.name}.ipynb"])["cells"]
    bundles = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    texts = [bundle.get(kind, "") for bundle in bundles for kind in ("text/html", "text/markdown")]
    return "\n".join(page_part("".join(text)) for text in texts)


@pytest.mark.parametrize("size", ["whole", "three", "empty"])
@pytest.mark.parametrize("notebook", FOUND, ids=lambda path: path.stem)
def test_a_notebook_gives_a_readable_report_whatever_the_size_of_the_corpus(notebook, size, corpora, tmp_path, request):
    outcome = rendered(notebook, corpora[size])
    assert outcome.problem == ""
    assert UNREADABLE.findall(shown(outcome)) == []
    if size == "whole" and (CHROMIUM or os.environ.get("LITREVIEW_REQUIRE_BROWSER") == "1"):
        (tmp_path / "page.html").write_text(outcome.files[f"{outcome.name}.html"], encoding="utf-8")
        whole_page(request.getfixturevalue("browser"), tmp_path / "page.html")


def test_an_evaluation_without_labelled_papers_says_so_in_one_sentence(corpora):
    page = shown(rendered(NOTEBOOKS / "90-evaluation.ipynb", corpora["empty"]))
    assert page.count(lr.evaluation.NO_LABELS) == 1
    assert "No labelled paper" not in page
    assert "nothing to show." in page
