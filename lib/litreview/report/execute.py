"""Notebooks run by papermill, several at a time, each made into a page or into the words of what went wrong.

papermill's own record says "completed" of cells that never ran when a kernel dies or a cell takes too long. So the
outcome here comes from what was raised and from the cells that have a number, and only a finished run makes a page.
"""

import logging
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from importlib.metadata import version
from multiprocessing import active_children
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from litreview.corpus import Corpus
from litreview.corpus.storage import RULES, file_sum
from litreview.errors import ParameterError
from litreview.judgement.decisions import DECISIONS, with_decision
from litreview.paths import PROJECT, present_review
from litreview.report.catalog import Report, checked_parameters
from litreview.report.findings import covered
from litreview.report.kernels import start_warm
from litreview.report.page import export_pages, render_page, sized
from litreview.report.page_safety import problems
from litreview.review import open_review
from litreview.text.escaping import legible, visible
from litreview.text.wording import date_text

CELL_SECONDS = 600  # a cell that takes longer is stopped
# The polite way to shut a kernel down hangs for seconds in one run of ten.
_RUN = {"progress_bar": False, "shutdown_kernel": "immediate", "extra_arguments": ["--log-level=ERROR"]}
FOLDERS = ("corpus", "old")  # parameters that name a folder
# What differs between two runs or two machines, and what stands for it. The kernel's name for a cell holds its process
# number.
_PLACES = [
    (re.compile(re.escape(str(Path.home())) + r"[/\\]?"), "~/"),
    (re.compile(r"\S*[/\\]ipykernel_\d+[/\\]\d+\.py"), "<cell>"),
    (re.compile(r"\S*[/\\](?=site-packages[/\\])"), ""),
    (re.compile(r"\S*[/\\]\.litreview-\d+-\w+"), "<temporary>"),
    (re.compile(r" at 0x[0-9a-fA-F]+"), ""),
]


class Task(NamedTuple):
    """One report to make: its notebook, and what the page says about the run (`name`, `title`, `corpus`, …)."""

    notebook: str
    parameters: dict[str, Any]
    run: dict[str, Any]


class Outcome(NamedTuple):
    """What came of a task: its files by name (pages, and the executed notebook), and the problem where there is one."""

    name: str
    files: dict[str, str]
    problem: str = ""


class Failure(Exception):
    """Why a run has no page: the message, and the cell and its place where one is to blame."""

    def __init__(self, message: str, source: str = "", place: int = 0, lines: Sequence[str] = ()) -> None:
        self.message, self.source, self.place, self.lines = message, source, place, lines


def prepare(runs: list[tuple[Report, dict[str, str]]]) -> list[Task]:
    """Return the tasks for these reports, each with the parameters given for it as text, all checked.

    Raises: ParameterError, CorpusError, ReportError.
    """
    checked = [(report, checked_parameters(report, given)) for report, given in runs]
    folders = {values.get(name) or values.get("corpus", "") for _, values in checked for name in FOLDERS}
    # Derived once, before notebooks ask for the tables side by side.
    corpora = {folder: open_review(folder).derive() for folder in sorted(folders)}
    return [_task(report, values, corpora[values.get("corpus", "")]) for report, values in checked]


def _task(report: Report, values: dict[str, Any], corpus: Corpus) -> Task:
    since, until, decided = values.get("since", 0), values.get("until", 0), values.get("decided", "")
    part = with_decision(corpus.between(since, until), decided)
    if len(corpus) and not len(part):
        said = f"No paper fits since={since}, until={until}, decided={decided or 'any'}"
        raise ParameterError(f"{said}: this corpus covers {covered(corpus)}.")
    # `of`: papers of the whole corpus, `as_of` its latest one; `summary`: how many of them, and their time. `rules`:
    # what the numbers depend on besides the corpus.
    size = {"checksum": corpus.checksum, "of": len(corpus), "summary": sized(len(part), len(corpus), covered(part))}
    size |= {"as_of": date_text(corpus.as_of, corpus.as_of_precision)}
    facts = {"name": report.name, "notebook": report.notebook.name, "review": visible(corpus.home.title)}
    facts |= {"title": visible(report.title), "question": visible(report.question)}
    settled = {name: visible(_settled_text(str(each), values)) for name, each in sorted(values.items())}
    rules = {name: file_sum(corpus.home.curated / name)[:12] or "none" for name in (*RULES, DECISIONS)}
    rules["litreview version"] = version("litreview")
    return Task(str(report.notebook), values, facts | {"parameters": settled, "rules": rules, "corpus": size})


def outcomes(tasks: list[Task], jobs: int = 2) -> Iterator[Outcome]:
    """Return the outcome of each task as it ends, `jobs` notebooks at a time, each in a kernel process of its own.

    What stops this (Ctrl-C) stops all kernels at once; a kernel whose command was killed ends itself.
    """
    for name in ("papermill", "traitlets"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # the outcome says what went wrong
    pool = ThreadPoolExecutor(jobs)
    running = [pool.submit(run, task) for task in reversed(tasks)]  # the last of the catalogue take longest
    try:
        for done in as_completed(running):
            yield done.result()
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for kernel in active_children():
            kernel.kill()
        wait(running, timeout=2)  # for them to clear up; one whose kernel just started notices later
        raise


def run(task: Task) -> Outcome:
    """Run one notebook and make its page. Whatever goes wrong is in the outcome: one report never costs another."""
    name = task.run["name"]
    try:
        nb = _executed(task)
        pages = export_pages(nb)
        if broken := [f"{each}: {problem}" for each, page in pages.items() for problem in problems(page)]:
            raise Failure("The page breaks the rules of a report.", lines=broken)
        return Outcome(name, {**pages, f"{name}.ipynb": nbformat.writes(nb) + "\n"})
    except Exception as error:
        failure = error if isinstance(error, Failure) else _failure(error, task.parameters)
    return Outcome(name, {f"{name}.html": failed_page(task, failure)}, failure.message)


def _executed(task: Task) -> NotebookNode:
    """The notebook with its results, and without what differs between two runs."""
    start_warm()
    with tempfile.TemporaryDirectory(prefix="litreview-") as folder:
        # Kernels answer over socket files where the system has them: nothing else on the machine can reach them. Each
        # run has its own: by default they lie in the working folder under one name.
        own = {"connection_file": f"{folder}/kernel.json"}
        own |= {} if os.name == "nt" else {"transport": "ipc", "ip": f"{folder}/kernel"}
        options = {**_RUN, "execution_timeout": CELL_SECONDS, "config": Config({"KernelManager": own})}
        nb = papermill.execute_notebook(task.notebook, None, task.parameters, **options)  # and nothing is written yet
    for place, cell in enumerate(nb.cells, start=1):
        if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
            raise Failure("The notebook ended before this cell, without an error (sys.exit?).", cell.source, place)
    return _settled(nb, task)


def _failure(error: Exception, parameters: dict[str, Any]) -> Failure:
    if isinstance(error, PapermillExecutionError):
        lines = _settled_text("\n".join(error.traceback), parameters).splitlines()
        said = visible(_settled_text(f"{error.ename}: {error.evalue}", parameters))
        return Failure(said, error.source, error.cell_index + 1, lines)
    known = {
        DeadKernelError: "The kernel died. Memory may have run out, or a library crashed.",
        CellTimeoutError: f"A cell took longer than {CELL_SECONDS} seconds and was stopped.",
        EOFError: "The library does not load, so no kernel starts. Run `python -m litreview` to see why.",
    }
    return Failure(known.get(type(error)) or visible(f"{type(error).__name__}: {error}"))


def _settled(nb: NotebookNode, task: Task) -> NotebookNode:
    """Without clock times, random ids and paths of this machine; with the facts of the run."""
    for metadata in (nb.metadata, *(cell.metadata for cell in nb.cells)):
        for name in ("papermill", "widgets", "execution"):
            metadata.pop(name, None)
    for cell in nb.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
            cell.source = _settled_text(cell.source, task.parameters)
        for output in cell.get("outputs", []):
            data = output if output.output_type == "stream" else output.get("data", {})
            data.pop("application/vnd.jupyter.widget-view+json", None)  # its kernel is gone, its static view stays
            for key in {"text", "text/plain"}.intersection(data):
                data[key] = _settled_text(data[key], task.parameters)
    nb.metadata["litreview"] = task.run
    return nb


def _settled_text(text: str, parameters: dict[str, Any]) -> str:
    """A text without the places of this machine: a folder that was named keeps its name alone."""
    for folder in (Path(parameters.get(name) or "") for name in FOLDERS):
        text = text.replace(str(folder), folder.name) if folder.is_absolute() else text
    for root in (present_review().root, PROJECT.root):
        text = text.replace(f"{root}{os.sep}", "").replace(str(root), "")
    for place, instead in _PLACES:
        text = place.sub(instead, text)
    return legible(text)


def failed_page(task: Task, failure: Failure) -> str:
    """Return a page that says what failed, in the place of the report, so that no old number is taken for a new one."""
    return render_page("failed.html.j2", {"title": f"Failed: {task.run['title']}", "run": task.run}, failure=failure)
