"""Reports from the catalogue: checked parameters, runs side by side, pages published together.

Nothing in the folder changes until all runs are done, so an interrupted run leaves the reports as they were. Then every
report gets its page or, where its notebook failed, a page that says so; the manifest and the front page come last.
"""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from litreview.catalog import Report
from litreview.corpus import Corpus, load_corpus
from litreview.errors import ReportError
from litreview.files import write_file
from litreview.front import card, front_page
from litreview.markup import visible
from litreview.parameters import check_period, checked_parameters
from litreview.paths import REPORTS
from litreview.runs import Failure, Outcome, Task, failed_page, prepare_process, run
from litreview.verify import problems

MANIFEST = "manifest.json"


def prepare(reports: list[Report], given: dict[str, str]) -> list[Task]:
    """The tasks for these reports with these parameters, all checked.

    Raises: ParameterError, CorpusError, ReportError.
    """
    checked = [(report, checked_parameters(report, given)) for report in reports]
    corpora = {folder: load_corpus(folder) for folder in sorted({values.get("corpus", "") for _, values in checked})}
    for _, values in checked:
        check_period(values, corpora[values.get("corpus", "")].papers["published"])
    return [_task(report, values, corpora[values.get("corpus", "")]) for report, values in checked]


def _task(report: Report, values: dict[str, Any], corpus: Corpus) -> Task:
    run_facts = {
        "name": report.name,
        "title": visible(report.title),
        "question": visible(report.question),
        "notebook": report.notebook.name,
        "parameters": {name: visible(value) for name, value in sorted(values.items())},
        "corpus": corpus_facts(corpus, corpus.between(values.get("since", 0), values.get("until", 0))),
    }
    return Task(str(report.notebook), values, run_facts)


def corpus_facts(whole: Corpus, part: Corpus) -> dict[str, Any]:
    """What a page says of its corpus.

    Returns: `checksum`, `as_of` (the latest paper of the whole corpus), `papers` and `of` (how many of how many),
    `period` and `summary` (in words).
    """
    dated = part.papers["published"].dropna()
    count = f"{len(part):,} papers" if len(part) == len(whole) else f"{len(part):,} of {len(whole):,} papers"
    period = f"{dated.min():%B %Y} to {dated.max():%B %Y}" if len(dated) else "no dates"
    undated = len(part) - len(dated)
    known = f", {undated} without a date" if undated else ""
    left = f", {part.undated_left_out} without a date left out" if part.undated_left_out else ""
    return {
        "checksum": whole.checksum,
        "as_of": "" if pd.isna(whole.as_of) else f"{whole.as_of:%Y-%m-%d}",
        "papers": len(part),
        "of": len(whole),
        "period": period,
        "summary": f"{count}, {period}{known}{left}",
    }


def outcomes(tasks: list[Task], jobs: int = 2) -> Iterator[Outcome]:
    """The outcome of each task as it ends, `jobs` notebooks at a time, each in a process of its own.

    A process that is killed takes the others' work with it, so what was lost is run again, one notebook at a time. An
    interrupt ends all processes at once; a kernel ends itself when its process is gone.
    """
    lost = []
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _processes(min(jobs, len(tasks)), folder) as pool:
        running = {pool.submit(run, task): task for task in tasks}
        for done in as_completed(running):
            try:
                yield done.result()
            except BrokenProcessPool:
                lost.append(running[done])
    if lost and len(tasks) == 1:
        yield _killed(*lost)
    else:
        for task in lost:
            yield from outcomes([task], 1)


@contextmanager
def _processes(number: int, folder: str) -> Iterator[ProcessPoolExecutor]:
    """Processes that keep their temporary files in `folder`; none is left when something stops us."""
    with ProcessPoolExecutor(number, get_context("spawn"), initializer=prepare_process, initargs=(folder,)) as pool:
        try:
            yield pool
        except BaseException:
            for process in active_children():
                process.kill()
            raise


def _killed(task: Task) -> Outcome:
    failure = Failure("The process that ran the notebook was ended from outside. Memory may have run out.")
    return Outcome(task.run["name"], failed_page(task, failure), problem=failure.message)


def publish(tasks: list[Task], results: list[Outcome], order: list[str], folder: Path = REPORTS) -> list[str]:
    """Write pages, executed notebooks, manifest and front page; say what the front page breaks, if anything.

    Raises: ReportError when the folder cannot be written.
    """
    runs = {task.run["name"]: task.run for task in tasks}
    entries = {**_published(folder), **{each.name: _entry(runs[each.name], each) for each in results}}
    entries = {
        name: entries[name]
        for name in sorted(entries, key=lambda name: (order.index(name) if name in order else len(order), name))
    }
    try:
        for each in results:
            write_file(folder / f"{each.name}.html", each.page)
            _write_notebook(folder / f"{each.name}.ipynb", each.notebook)
        front = front_page(
            [card(name, entry, _notebook(folder, name)) for name, entry in entries.items()], _summary(entries)
        )
        write_file(folder / MANIFEST, json.dumps({"reports": entries}, indent=1, ensure_ascii=False) + "\n")
        write_file(folder / "index.html", front)
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


def _write_notebook(path: Path, content: str) -> None:
    """The executed notebook; a failed run takes the old one away, for it would belong to no page."""
    if content:
        write_file(path, content)
    else:
        path.unlink(missing_ok=True)


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
