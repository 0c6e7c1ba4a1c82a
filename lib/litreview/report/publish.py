"""Publishing: pages, executed notebooks, manifest and front page come into a folder together.

Nothing in the folder changes until all runs are done, so an interrupted run leaves the reports as they were. Then every
report gets its page or, where its notebook failed, a page that says so.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import nbformat

from litreview.errors import ReportError
from litreview.paths import REPORTS
from litreview.report.execute import Outcome, Task
from litreview.report.index_page import card, front_page
from litreview.report.manifest import FRONT, MANIFEST, manifest_text, others, outdated, read_rows
from litreview.report.page import account
from litreview.report.page_checks import problems
from litreview.text.atomic_files import carry_on, check_writable, held, sha256, write_files
from litreview.text.wording import listed

TITLES = 5  # pages that are out of date and named on top of the front page; each card says it as well


def start_publishing(folder: Path) -> None:
    """See that the folder can be written and is one for reports, and finish what a killed run had decided.

    Raises: ReportError.
    """
    if found := others(folder):
        raise ReportError.other_things(folder, found)
    try:
        check_writable(folder)
        carry_on(folder)
    except OSError as error:
        raise ReportError.unwritable(folder, error) from None


def without_papers(tasks: list[Task], results: list[Outcome]) -> dict[str, str]:
    """The reports, name to title, that looked at no paper of a corpus that has some, by their own account.

    The runs of a comparison are none of them: it links to each.
    """
    notebooks = {each.name: each.notebook for each in results if each.notebook}
    alone = [task.run for task in tasks if task.run["name"] in notebooks and not task.run["comparison"]]
    return {run["name"]: run["title"] for run in alone if _is_idle(run["corpus"], notebooks[run["name"]])}


def _is_idle(corpus: dict[str, Any], notebook: str) -> bool:
    return account(nbformat.reads(notebook, as_version=4), corpus)["papers"] == 0 < corpus["papers"]


def publish(
    tasks: list[Task],
    results: list[Outcome],
    order: list[str],
    folder: Path = REPORTS,
    left_out: Collection[str] = (),
) -> list[str]:
    """Write pages, executed notebooks, manifest and front page, all or none; say what the front page breaks, if anything.

    A failed run takes its old notebook away, which would belong to no page, and a report in `left_out` its old page too.

    Raises: ReportError when the folder cannot be written.
    """
    results = [each for each in results if each.name not in left_out]
    gone = [f"{each.name}.ipynb" for each in results if not each.notebook]
    gone += [f"{name}{ending}" for name in left_out for ending in (".html", ".ipynb")]
    try:
        with held(folder):
            files = _files(tasks, results, order, folder, left_out)
            write_files(folder, files, gone)
    except OSError as error:
        raise ReportError.unwritable(folder, error) from None
    return [f"index: {each}" for each in problems(files[FRONT])]


def _files(
    tasks: list[Task], results: list[Outcome], order: list[str], folder: Path, left_out: Collection[str]
) -> dict[str, str]:
    """The files of this run by name, and a manifest and a front page of them and of what is published already."""
    runs = {task.run["name"]: task.run for task in tasks}
    entries = {**_published(folder), **{each.name: _entry(runs[each.name], each) for each in results}}
    entries = {
        name: entries[name] | {"outdated": outdated(entries[name], list(runs.values()))}
        for name in sorted(entries, key=lambda name: (order.index(name) if name in order else len(order), name))
        if name not in left_out
    }
    notebooks = {each.name: each.notebook for each in results}
    cards = [card(name, entry, notebooks.get(name, _notebook(folder, name, entry))) for name, entry in entries.items()]
    front = front_page(cards, _summary(entries))
    return {
        **{f"{each.name}.html": each.page for each in results},
        **{f"{name}.ipynb": notebook for name, notebook in notebooks.items() if notebook},
        MANIFEST: manifest_text(entries, front),
        FRONT: front,
    }


def _entry(facts: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    """A report's row in the manifest."""
    contents = {f"{outcome.name}.html": outcome.page, f"{outcome.name}.ipynb": outcome.notebook}
    told = ("title", "question", "headline", "notebook", "parameters", "rules", "corpus")
    return {
        **{key: facts[key] for key in told if key in facts},
        "status": "failed" if outcome.problem else "ok",
        "problem": outcome.problem,
        "files": {name: sha256(content.encode()) for name, content in contents.items() if content},
    }


def _published(folder: Path) -> dict[str, Any]:
    """The rows of an earlier manifest whose pages are still there."""
    return {name: entry for name, entry in read_rows(folder).items() if (folder / f"{name}.html").is_file()}


def _notebook(folder: Path, name: str, entry: dict[str, Any]) -> str:
    """The executed notebook of a published report, while it is the one that was published."""
    path = folder / f"{name}.ipynb"
    content = path.read_bytes() if path.is_file() else b""
    return content.decode() if sha256(content) == entry["files"].get(path.name) else ""


def _summary(entries: dict[str, Any]) -> str:
    """What the front page says of its corpora, of which one is the rule, and of pages that are out of date."""
    corpora = [entry["corpus"] for entry in entries.values()]
    said = sorted({f"Corpus {corpus['checksum']}, {corpus['of']:,} papers" for corpus in corpora})
    old = [entry["title"] for entry in entries.values() if entry["outdated"]]
    named = old[:TITLES] + [f"{len(old) - TITLES:,} more"] * (len(old) > TITLES)
    return " · ".join(said + [f"Out of date, {len(old):,} of {len(entries):,} pages: {listed(named)}"] * bool(old))
