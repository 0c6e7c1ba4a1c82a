"""Reports from the catalogue: checked parameters, and runs side by side. publishing.py writes what comes out."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib.metadata import version
from multiprocessing import active_children, get_context
from tempfile import TemporaryDirectory
from typing import Any

from litreview import paths
from litreview.corpus import Corpus, load_corpus
from litreview.report.catalog import Report
from litreview.report.execute import Failure, Outcome, Task, failed_page, prepare_process, run
from litreview.report.findings import covered
from litreview.report.parameters import check_period, checked_parameters
from litreview.text.atomic_files import sha256
from litreview.text.escaping import visible
from litreview.text.interrupts import interrupts_wait
from litreview.text.wording import date_text


def prepare(runs: list[tuple[Report, dict[str, str]]]) -> list[Task]:
    """The tasks for these reports, each with the parameters given for it, all checked.

    Raises: ParameterError, CorpusError, ReportError.
    """
    checked = [(report, checked_parameters(report, given)) for report, given in runs]
    folders = {values.get("corpus", "") for _, values in checked}
    folders |= {values["old"] for _, values in checked if values.get("old")}
    corpora = {folder: load_corpus(folder) for folder in sorted(folders)}
    for _, values in checked:
        check_period(values, corpora[values.get("corpus", "")].papers["published"])
    return [_task(report, values, corpora[values.get("corpus", "")]) for report, values in checked]


def _task(report: Report, values: dict[str, Any], corpus: Corpus) -> Task:
    run_facts = {
        "name": report.name,
        "title": visible(report.title),
        "question": visible(report.question),
        "notebook": report.notebook.name,
        "comparison": report.comparison,
        "parameters": {name: visible(value) for name, value in sorted(values.items())},
        "rules": rules(),
        "corpus": corpus_facts(corpus, corpus.between(values.get("since", 0), values.get("until", 0))),
    }
    return Task(str(report.notebook), values, run_facts)


def rules() -> dict[str, str]:
    """What the numbers of a report hang on besides its corpus: our version, and the checksums of the curated rules."""
    files = [paths.CURATED / name for name in ("themes.yml", "lexicon.yml", "corrections.csv")]
    sums = {path.name: sha256(path.read_bytes()) if path.is_file() else "" for path in files}
    return sums | {"litreview version": version("litreview")}


def corpus_facts(whole: Corpus, part: Corpus) -> dict[str, Any]:
    """What a page says of its corpus.

    Returns: `checksum`, `as_of` (the latest paper of the whole corpus, as exactly as its date is known), `papers` and `of` (how many of how many),
    `frame` (their time, in words) and `summary` (both, in words).
    """
    count = f"{len(part):,} papers" if len(part) == len(whole) else f"{len(part):,} of {len(whole):,} papers"
    frame = covered(part)
    return {
        "checksum": whole.checksum,
        "as_of": date_text(whole.as_of, whole.as_of_precision),
        "papers": len(part),
        "of": len(whole),
        "frame": frame,
        "summary": f"{count}, {frame}",
    }


def outcomes(tasks: list[Task], jobs: int = 2) -> Iterator[Outcome]:
    """The outcome of each task as it ends, `jobs` notebooks at a time, each in a process of its own.

    A process that is killed takes the others' work with it, so what was lost is run again, one notebook at a time. An
    interrupt ends all processes at once; a kernel ends itself when its process is gone.
    """
    lost = []
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _processes(min(jobs, len(tasks)), folder) as pool:
        with interrupts_wait():  # a process that was interrupted while it starts would say so
            running = {pool.submit(run, task): task for task in _in_turn(tasks)}
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


def _in_turn(tasks: list[Task]) -> list[Task]:
    """Notebooks that run once come first: the runs of one notebook are alike, and fill the gaps at the end."""
    uses = Counter(task.notebook for task in tasks)
    return sorted(tasks, key=lambda task: uses[task.notebook])


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
