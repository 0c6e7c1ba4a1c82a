"""Publishing: pages, executed notebooks, manifest and front page come into a folder together.

Nothing in the folder changes until all runs are done, so an interrupted run leaves the reports as they were. Then every
report gets its page or, where its notebook failed, a page that says so.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from litreview.errors import ReportError
from litreview.files import check_writable, finish_files, write_files
from litreview.front import card, front_page
from litreview.paths import REPORTS
from litreview.runs import Outcome, Task
from litreview.verify import problems

MANIFEST = "manifest.json"


def start_publishing(folder: Path) -> None:
    """See that the folder can be written, and finish what a killed run had decided.

    Raises: ReportError.
    """
    try:
        check_writable(folder)
        if folder.exists():
            finish_files(folder)
    except OSError as error:
        raise ReportError.unwritable(folder, error) from None


def publish(tasks: list[Task], results: list[Outcome], order: list[str], folder: Path = REPORTS) -> list[str]:
    """Write pages, executed notebooks, manifest and front page, all or none; say what the front page breaks, if anything.

    A failed run takes its old notebook away, which would belong to no page.

    Raises: ReportError when the folder cannot be written.
    """
    start_publishing(folder)
    runs = {task.run["name"]: task.run for task in tasks}
    entries = {**_published(folder), **{each.name: _entry(runs[each.name], each) for each in results}}
    entries = {
        name: entries[name]
        for name in sorted(entries, key=lambda name: (order.index(name) if name in order else len(order), name))
    }
    notebooks = {each.name: each.notebook for each in results}
    cards = [card(name, entry, notebooks.get(name, _notebook(folder, name))) for name, entry in entries.items()]
    front = front_page(cards, _summary(entries))
    files = {
        **{f"{each.name}.html": each.page for each in results},
        **{f"{name}.ipynb": notebook for name, notebook in notebooks.items() if notebook},
        MANIFEST: json.dumps({"reports": entries}, indent=1, ensure_ascii=False) + "\n",
        "index.html": front,
    }
    try:
        write_files(folder, files, gone=[f"{name}.ipynb" for name, notebook in notebooks.items() if not notebook])
    except OSError as error:
        raise ReportError.unwritable(folder, error) from None
    return [f"index: {each}" for each in problems(front)]


def _entry(facts: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    """A report's row in the manifest."""
    return {
        **{key: facts[key] for key in ("title", "question", "notebook", "parameters", "corpus")},
        "status": "failed" if outcome.problem else "ok",
        "problem": outcome.problem,
        "files": {
            f"{outcome.name}.{kind}": hashlib.sha256(content.encode()).hexdigest()
            for kind, content in (("html", outcome.page), ("ipynb", outcome.notebook))
            if content
        },
    }


def _published(folder: Path) -> dict[str, Any]:
    """The rows of an earlier manifest whose pages are still there; none when there is no readable manifest."""
    try:
        entries = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["reports"].items()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {name: entry for name, entry in entries if (folder / f"{name}.html").is_file()}


def _notebook(folder: Path, name: str) -> str:
    path = folder / f"{name}.ipynb"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _summary(entries: dict[str, Any]) -> str:
    """What the front page says of its corpora; one corpus is the rule."""
    return " · ".join(
        sorted(
            {f"Corpus {entry['corpus']['checksum']}, {entry['corpus']['of']:,} papers" for entry in entries.values()}
        )
    )
