"""The commands that render and check reports: `litreview report | theme | verify`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer import Argument, Option

import litreview as lr
from litreview.commands import console
from litreview.errors import CatalogError, nearest
from litreview.paths import CHOSEN, JOBS, chosen_review, present_review, review_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from litreview.report.execute import Outcome, Task

FAILED, BAD_USE, INTERRUPTED = 1, 2, 130  # exit statuses

Parameters = Annotated[list[str], Option("--parameter", "-p", metavar="KEY=VALUE", help="A parameter of notebooks.")]


def _choose_review(folder: str) -> str:
    """Let this command and its kernels stand in the review that was named."""
    if folder:
        os.environ[CHOSEN] = str(chosen_review(folder).root)
    return folder


def _choose_home(folder: str) -> str:
    """Let this command and its kernels stand in the review that a corpus lies in, unless another was named."""
    if folder and not os.environ.get(CHOSEN) and (home := review_around(folder)):
        os.environ[CHOSEN] = str(home.root)
    return folder


def _choose_jobs(count: int | None) -> int | None:
    """Let this command work in so many processes."""
    if count:
        os.environ[JOBS] = str(count)
    return count


InReview = Annotated[
    str,
    Option("--review", metavar="FOLDER", callback=_choose_review, is_eager=True, help="Default: the one around you."),
]
CorpusFolder = Annotated[str, Option("--corpus", metavar="FOLDER", callback=_choose_home, help="Default: the review's")]
Jobs = Annotated[int | None, Option("--jobs", min=1, callback=_choose_jobs, help="Processes; default: all cores.")]
Engine = Annotated[Literal["local", "dask"], Option("--engine", help="Processes of this machine, or a Dask cluster's.")]
Scheduler = Annotated[str, Option("--scheduler", metavar="ADDRESS", help="Of that cluster; default: one for this run.")]
To = Annotated[Path | None, Option("--to", metavar="FOLDER", help="Where reports go; default: reports/ of the corpus.")]


def report_command(
    names: Annotated[list[str] | None, Argument(metavar="NAME", help="Reports or notebooks; default: all.")] = None,
    corpus: CorpusFolder = "",
    parameters: Parameters = [],  # noqa: B006  (Typer copies it)
    jobs: Jobs = None,
    engine: Engine = "local",
    scheduler: Scheduler = "",
    to: To = None,
    review: InReview = "",
) -> None:
    """Run notebooks and save them as reports."""
    from litreview.report.kernels import start_warm

    folder = to or (Path(corpus, "reports") if corpus else present_review().reports)
    start_warm(folder)  # the server of kernels loads its packages while this process loads its own
    from litreview.report.catalog import chosen_reports, given_values, load_catalog, with_theme_pages
    from litreview.report.execute import prepare
    from litreview.report.publish import check_folder, publish

    catalog = with_theme_pages(load_catalog(), lr.open_review(corpus))
    values = given_values([*parameters, *([f"corpus={corpus}"] if corpus else [])])
    tasks = prepare([(report, values) for report in chosen_reports(names or [], catalog)])
    check_folder(folder)
    results = _results(tasks, scheduler if engine == "dask" else None)
    failed = [f"{each.name}: {each.problem}" for each in results if each.problem]
    broken = publish(tasks, results, [*catalog], folder)
    for problem in failed + broken:
        print(f"failed: {problem}", file=sys.stderr)
    print(f"{folder / 'index.html'}: {len(tasks) - len(failed)} of {len(tasks)} reports made")
    if failed or broken:
        raise typer.Exit(FAILED)


def _results(tasks: list[Task], scheduler: str | None) -> list[Outcome]:
    """Run all; `scheduler`: on the cluster of that address, "" for one of its own, None for this machine."""
    from litreview.report.execute import outcomes
    from litreview.report.kernels import OWN

    jobs = int(os.environ.get(JOBS) or os.cpu_count() or 2)
    running = outcomes(tasks, jobs) if scheduler is None else _on_dask(tasks, scheduler)
    try:
        return list(_with_progress(running, len(tasks)))
    except KeyboardInterrupt:
        print("Stopped. No report was changed.", file=sys.stderr, flush=True)
        OWN.close()
        os._exit(INTERRUPTED)  # a kernel that has just started holds its thread for a minute; it ends with this process


def _on_dask(tasks: list[Task], address: str) -> Iterator[Outcome]:
    from litreview.engine.cluster import dask_client, spread
    from litreview.report.execute import run

    with dask_client(address) as client:
        print(f"Dask's dashboard: {client.dashboard_link}", flush=True)
        yield from (outcome for _, outcome in spread(client, run, tasks))


def _with_progress(results: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Pass results on as they come, with a progress bar on a terminal and a line each elsewhere."""
    from tqdm import tqdm

    bar = tqdm(results, total=total, unit="report", disable=None, leave=False)
    for place, result in enumerate(bar, start=1):
        if bar.disable:
            print(f"[{place}/{total}] {result.name}: {'failed' if result.problem else 'done'}", flush=True)
        yield result


def watched(step: str, results: Iterable[Any], total: int) -> Iterable[Any]:
    """Name a step, and pass its results on as they come, with a progress bar on a terminal."""
    from tqdm import tqdm

    print(f"{step}: {total:,}", file=sys.stderr, flush=True)
    return tqdm(results, total=total, disable=None, leave=False)


def theme_command(
    name: Annotated[str, Argument(metavar="NAME", help="A theme of themes.yml.")],
    preview: Annotated[bool, Option("--preview", help="Only print which papers edited rules add and lose.")] = False,
    corpus: CorpusFolder = "",
    parameters: Parameters = [],  # noqa: B006
    to: To = None,
    review: InReview = "",
) -> None:
    """Save the report on one theme, or preview what edited rules would change."""
    from litreview.report.catalog import load_catalog, with_theme_pages
    from litreview.review import last_kept

    opened = lr.open_review(corpus)
    if preview:
        changes = lr.themes.preview(opened, name, last_kept("themes", corpus), opened.rules)
        print(console.preview_text(name, changes, opened.papers))
        return
    about = [each.name for each in with_theme_pages(load_catalog(), opened).values() if each.theme == name]
    if not about:
        near = nearest(name, opened.rules)
        raise CatalogError(f"No report is about a theme '{name}'.{near} It needs rules and papers.")
    report_command(about, corpus, parameters, to=to)


def verify_command(paths: Annotated[list[Path], Argument(metavar="PATH", help="Pages, or folders of them.")]) -> None:
    """Check saved reports: page policy, size, and whether all come from one run."""
    from litreview.report.publish import verified

    found = {name: problems for path in paths for name, problems in verified(path).items()}
    for name, problems in found.items():
        print("\n  ".join([f"{name}:", *problems]) if problems else f"{name}: no problem found")
    if any(found.values()):
        raise typer.Exit(FAILED)
