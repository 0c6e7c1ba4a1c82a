"""Processor seconds of the main steps on the shipped corpus: `make bench`. A picture to compare by, not a test."""

from collections.abc import Callable
from time import process_time
from typing import Any

import nbformat

import litreview as lr
from litreview import paths
from litreview.analysis import key_terms, similarity
from litreview.report.catalog import load_catalog
from litreview.report.execute import prepare, run
from litreview.report.page import export_pages


def timed(step: str, work: Callable[[], Any]) -> Any:
    """Run a step and print what it cost, all threads added up."""
    start = process_time()
    result = work()
    print(f"{step:<28}{process_time() - start:8.2f} s")
    return result


def main() -> None:
    """Each step once, after its module is loaded; the first line is what loading them costs."""
    timed(
        "load the library",
        lambda: [getattr(lr, name) for name in ("build_corpus", "assign_themes", "extract_evidence")],
    )
    files = sorted(paths.PROJECT.raw.glob("*.txt"))
    corpus = timed("read and build the corpus", lambda: lr.build_corpus(files))
    themes = timed("assign themes", lambda: lr.assign_themes(corpus))
    timed("extract evidence", lambda: lr.extract_evidence(corpus))
    timed("classify contributions", lambda: lr.classify_contribution(corpus))
    timed("key terms of each theme", lambda: key_terms.distinctive_terms(corpus, themes, "theme"))
    timed("neighbours", lambda: similarity.neighbours(corpus))
    timed("map", lambda: similarity.map_positions(corpus))
    timed("one search", lambda: lr.search(corpus, "offline reinforcement learning"))
    (task,) = prepare([(load_catalog()["landscape"], {})])
    executed = nbformat.reads(run(task).files["landscape.ipynb"], as_version=4)
    page = timed("export the landscape", lambda: export_pages(executed))["landscape.html"]
    print(f"{'size of its page':<28}{len(page.encode()) / 1e6:8.2f} MB")


if __name__ == "__main__":
    main()
