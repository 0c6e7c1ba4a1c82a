"""One notebook run by papermill and made into a page, or into the words of what went wrong.

papermill's own record says "completed" of cells that never ran when a kernel dies or a cell takes too long. So the
outcome here comes from what was raised and from the cells that have a number, and only a finished run makes a page.
"""

import logging
import os
import re
import signal
import tempfile
from dataclasses import dataclass, field
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from litreview.paths import PROJECT
from litreview.report.kernels import end_with_parent, start_warm
from litreview.report.page import export, page_resources, render_page
from litreview.report.page_checks import problems
from litreview.text.escaping import legible, visible

CELL_SECONDS = 600  # a cell that takes longer is stopped
# The kernel's name for a cell holds its process number.
_PLACES = [
    (re.compile(re.escape(str(PROJECT)) + r"[/\\]?"), ""),
    (re.compile(re.escape(os.path.expanduser("~")) + r"[/\\]?"), "~/"),  # noqa: PTH111
    (re.compile(r"\S*[/\\]ipykernel_\d+[/\\]\d+\.py"), "<cell>"),
    (re.compile(r"\S*[/\\](?=site-packages[/\\])"), ""),
    (re.compile(r" at 0x[0-9a-fA-F]+"), ""),
]


@dataclass(frozen=True)
class Task:
    """One report to make: its notebook, and what the page says about the run (`name`, `title`, `corpus`, …)."""

    notebook: str
    parameters: dict[str, Any]
    run: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What came of a task: the page, the executed notebook where there is one, the problem where there is one."""

    name: str
    page: str
    notebook: str = ""
    problem: str = ""


@dataclass(eq=False)
class Failure(Exception):
    """Why a run has no page: the message, and the cell and its place where one is to blame."""

    message: str
    source: str = ""
    place: int | None = None
    lines: list[str] = field(default_factory=list)


def run(task: Task) -> Outcome:
    """Run one notebook and make its page. Whatever goes wrong is in the outcome: one report never costs another."""
    name = task.run["name"]
    try:
        nb = executed(task)
        page = export(nb)
        if broken := problems(page):
            raise Failure("The page breaks the rules of a report.", lines=broken)
        return Outcome(name, page, notebook=nbformat.writes(nb) + "\n")
    except Failure as failure:
        return Outcome(name, failed_page(task, failure), problem=failure.message)
    except Exception as error:
        message = visible(f"The page could not be made: {type(error).__name__}: {error}")
        return Outcome(name, failed_page(task, Failure(message)), problem=message)


def executed(task: Task) -> NotebookNode:
    """The notebook with its results, and without what differs between two runs.

    Raises: Failure.
    """
    nb = nbformat.read(task.notebook, as_version=4)
    start_warm()
    try:
        with tempfile.TemporaryDirectory(prefix="litreview-") as folder:
            nb = papermill.execute_notebook(
                nb,
                None,  # nothing is written before the run has ended well
                parameters=task.parameters,
                progress_bar=False,
                execution_timeout=CELL_SECONDS,
                shutdown_kernel="immediate",  # the polite way hangs for seconds in one run of ten
                extra_arguments=["--log-level=ERROR"],
                **_transport(folder),
            )
    except Exception as error:
        raise _failure(error) from None
    _check_every_cell_ran(nb)
    return _settled(nb, task)


def _transport(folder: str) -> dict[str, Config]:
    """Kernels answer over socket files where the system has them, so nothing else on the machine can reach them.

    Each run has its own: by default they lie in the working folder under one name, and two runs take each other's.
    """
    sockets = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})
    return {} if os.name == "nt" else {"config": sockets}


def _failure(error: Exception) -> Failure:
    if isinstance(error, PapermillExecutionError):
        message = visible(f"{error.ename}: {error.evalue}")
        lines = _settled_text("\n".join(error.traceback)).splitlines()
        return Failure(message, error.source, error.cell_index + 1, lines)
    if isinstance(error, DeadKernelError):
        return Failure("The kernel died. Memory may have run out, or a library crashed.")
    if isinstance(error, CellTimeoutError):
        return Failure(f"A cell took longer than {CELL_SECONDS} seconds and was stopped.")
    return Failure(visible(f"{type(error).__name__}: {error}"))


def _check_every_cell_ran(nb: NotebookNode) -> None:
    """A cell without a number never ran: something ended the notebook early and called that success."""
    for place, cell in enumerate(nb.cells, start=1):
        if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
            raise Failure("The notebook ended before this cell, as if all were well (sys.exit?).", cell.source, place)


def _settled(nb: NotebookNode, task: Task) -> NotebookNode:
    """Without clock times, random ids, paths of this machine; with the facts of the run."""
    nb.metadata.pop("papermill", None)
    nb.metadata.pop("widgets", None)
    for cell in nb.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
        for output in cell.get("outputs", []):
            _settle_output(output)
    nb.metadata["litreview"] = task.run
    return nb


def _settle_output(output: NotebookNode) -> None:
    if output.output_type == "stream":
        output.text = _settled_text(output.text)
    elif "data" in output and "text/plain" in output.data:
        output.data["text/plain"] = _settled_text(output.data["text/plain"])


def _settled_text(text: str) -> str:
    for place, instead in _PLACES:
        text = place.sub(instead, text)
    return legible(text)


def failed_page(task: Task, failure: Failure) -> str:
    """A page that says what failed, in the place of the report, so that no old number is taken for a new one."""
    page = page_resources() | {"title": f"Failed: {task.run['title']}", "run": task.run}
    return render_page("failed.html.j2", page=page, failure=failure)


def prepare_process(folder: str) -> None:
    """Prepare a process that only runs notebooks. Its temporary files lie in `folder`; Ctrl-C is its parent's business.

    It ends with its parent, also where that was killed, and then its kernels do.
    """
    end_with_parent()
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    logging.getLogger("traitlets").setLevel(logging.ERROR)
