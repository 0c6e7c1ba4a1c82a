"""The commands that render and check reports: `litreview report | theme | verify`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

import litreview as lr
from litreview.errors import CatalogError, nearest
from litreview.paths import CHOSEN, chosen_review, present_review, review_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from litreview.report.catalog import Report
    from litreview.report.execute import Outcome

FAILED, INTERRUPTED = 1, 130

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


InReview = Annotated[
    str,
    Option("--review", metavar="FOLDER", callback=_choose_review, is_eager=True, help="Default: the one around you."),
]
CorpusFolder = Annotated[str, Option("--corpus", metavar="FOLDER", callback=_choose_home, help="Default: the review's")]
Jobs = Annotated[int, Option("--jobs", min=1, max=64, help="Notebooks that run at the same time.")]
To = Annotated[Path | None, Option("--to", metavar="FOLDER", help="Where reports go; default: reports/ of the corpus.")]


def report_command(
    names: Annotated[list[str] | None, Argument(metavar="NAME", help="Reports or notebooks; default: all.")] = None,
    corpus: CorpusFolder = "",
    parameters: Parameters = [],  # noqa: B006  (Typer copies it)
    jobs: Jobs = 2,
    to: To = None,
    review: InReview = "",
) -> None:
    """Run notebooks and save them as reports."""
    from litreview.report.kernels import start_warm

    folder = _pages(to, corpus)
    start_warm(folder)  # the server of kernels loads its packages while this process loads its own
    from litreview.report.catalog import chosen_reports, load_catalog, with_theme_pages

    catalog = with_theme_pages(load_catalog(), lr.open_review(corpus))
    _render(chosen_reports(names or [], catalog), [*catalog], parameters, corpus, folder, jobs)


def theme_command(
    name: Annotated[str, Argument(metavar="NAME", help="A theme of themes.yml.")],
    preview: Annotated[bool, Option("--preview", help="Only print which papers edited rules add and lose.")] = False,
    corpus: CorpusFolder = "",
    parameters: Parameters = [],  # noqa: B006
    to: To = None,
    review: InReview = "",
) -> None:
    """Save the report on one theme, or preview what edited rules would change."""
    from litreview.commands.console import preview_text
    from litreview.report.catalog import load_catalog, with_theme_pages
    from litreview.report.kernels import start_warm
    from litreview.review import last_kept

    opened = lr.open_review(corpus)
    if preview:
        changes = lr.themes.preview(opened, name, last_kept("themes", corpus), opened.rules)
        print(preview_text(name, changes, opened.papers))
        return
    catalog = with_theme_pages(load_catalog(), opened)
    chosen = [report for report in catalog.values() if report.theme == name]
    if not chosen:
        near = nearest(name, opened.rules)
        raise CatalogError(f"No report is about a theme '{name}'.{near} It needs rules, and three papers.")
    start_warm(folder := _pages(to, corpus))
    _render(chosen, [*catalog], parameters, corpus, folder)


def _pages(to: Path | None, corpus: str) -> Path:
    return to or (Path(corpus, "reports") if corpus else present_review().reports)


def _render(
    reports: list[Report], order: list[str], given: list[str], corpus: str, folder: Path, jobs: int = 1
) -> None:
    """Check, run and publish; exit 1 when a report failed."""
    from litreview.report.catalog import given_values
    from litreview.report.execute import outcomes, prepare
    from litreview.report.kernels import OWN
    from litreview.report.publish import check_folder, publish

    values = given_values([*given, *([f"corpus={corpus}"] if corpus else [])])
    tasks = prepare([(report, values) for report in reports])
    check_folder(folder)
    try:
        results = list(_with_progress(outcomes(tasks, jobs), len(tasks)))
    except KeyboardInterrupt:
        print("Stopped. No report was changed.", file=sys.stderr, flush=True)
        OWN.close()
        os._exit(INTERRUPTED)  # a kernel that has just started holds its thread for a minute; it ends with this process
    failed = [f"{each.name}: {each.problem}" for each in results if each.problem]
    broken = publish(tasks, results, order, folder)
    for problem in failed + broken:
        print(f"failed: {problem}", file=sys.stderr)
    print(f"{folder / 'index.html'}: {len(tasks) - len(failed)} of {len(tasks)} reports made")
    if failed or broken:
        raise typer.Exit(FAILED)


def _with_progress(results: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Pass results on as they come, with a progress bar on a terminal and a line each elsewhere."""
    from tqdm import tqdm

    watched = sys.stderr.isatty()
    bar = tqdm(results, total=total, unit="report", disable=not watched, leave=False)
    for place, result in enumerate(bar, start=1):
        if not watched:
            print(f"[{place}/{total}] {result.name}: {'failed' if result.problem else 'done'}", flush=True)
        yield result


def verify_command(paths: Annotated[list[Path], Argument(metavar="PATH", help="Pages, or folders of them.")]) -> None:
    """Check saved reports: page policy, size, and whether all come from one run."""
    from litreview.report.publish import verified

    found = {name: problems for path in paths for name, problems in verified(path).items()}
    for name, problems in found.items():
        print("\n  ".join([f"{name}:", *problems]) if problems else f"{name}: no problem found")
    if any(found.values()):
        raise typer.Exit(FAILED)
