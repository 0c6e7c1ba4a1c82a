"""The command line: `litreview corpus | report | theme | themes | search | export | diff | evaluate | simulate | …`.

A thin layer over the face, which loads a name when it is first used, so that `litreview --help` answers at once. What
the face does not have is imported where a command runs.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

import litreview as lr
from litreview.commands import console, folders, reports
from litreview.commands.reports import BAD_USE, FAILED, CorpusFolder, Engine, InReview, Jobs, Scheduler
from litreview.errors import CorpusError, ExportError, LitreviewError, ReportError, shown
from litreview.paths import present_review
from litreview.text.escaping import legible

PLAIN: dict[str, Any] = {"no_args_is_help": True, "add_completion": False, "rich_markup_mode": None}

app = typer.Typer(help="Literature reviews from saved listings of papers.", pretty_exceptions_enable=False, **PLAIN)
themes_app = typer.Typer(help="Draft themes.", **PLAIN)


def corpus_command(
    files: Annotated[list[Path] | None, Argument(metavar="FILE", help="Saved listings; default: data/raw/.")] = None,
    to: Annotated[Path | None, Option("--to", metavar="FOLDER", help="Where the corpus goes.")] = None,
    add: Annotated[bool, Option("--add", help="Copy the files into the review first.")] = False,
    replace: Annotated[bool, Option("--replace", help="Drop files of FOLDER that are not given again.")] = False,
    jobs: Jobs = None,
    engine: Engine = "local",
    scheduler: Scheduler = "",
    review: InReview = "",
) -> None:
    """Build a corpus and print its ledger; with --add, copy files into the review first.

    Status 1: a file was not read, or the corpus cannot be written.
    """
    from litreview.folders import add_files

    if files and not to and not add:
        raise CorpusError("Files were given, but no place for the corpus. Give --add for this review, or --to FOLDER.")
    if add and to:
        raise CorpusError("--add adds to a review. For a corpus in a folder (--to), give all its files again.")
    if engine == "dask":
        _corpus_on_dask(files or present_review().raw_files, to, scheduler, anew=replace)
        return
    given, folder = files or [], to or ""
    before = lr.corpus.present_corpus(folder)
    built, is_new = add_files(present_review(), given) if add else lr.corpus.refresh_corpus(given, folder, anew=replace)
    print(console.ledger_text(built))
    if not is_new:
        print("Nothing has changed since it was built, so nothing was done.")
    elif before is not None:
        print(lr.report.change_counts(lr.analysis.paper_changes(before, built)))
        if not to and built.folder:
            lr.open_review().derive()  # so that `litreview check` compares one state with another
    if len(built.unread) or not built.folder:
        raise typer.Exit(FAILED)


def _corpus_on_dask(files: list[Path], to: Path | None, scheduler: str, *, anew: bool) -> None:
    from litreview.engine.cluster import dask_client
    from litreview.engine.partitions import build_on_cluster
    from litreview.report.kernels import keep_own_folder
    from litreview.review import DERIVED

    if not to:
        raise CorpusError("What --engine dask builds lies in parts, in a folder of its own: --to FOLDER")
    keep_own_folder(to.parent)  # Dask's own files lie there
    with dask_client(scheduler) as client:
        print(f"Dask's dashboard: {client.dashboard_link}", flush=True)
        tables, sizes = build_on_cluster(files, to, present_review(), DERIVED, client, reports.watched, anew=anew)
    print(console.account_text(tables, sizes, f"Tables in parts: {to}", tables["faulty"]))
    if len(tables["unread"]):
        raise typer.Exit(FAILED)


def search_command(
    words: Annotated[list[str], Argument(metavar="WORD", help="Words, or '\"a phrase\"' in quotes.")],
    corpus: CorpusFolder = "",
    limit: Annotated[int, Option("--limit", "-k", min=1, help="How many papers to show.")] = 10,
    review: InReview = "",
) -> None:
    """Find papers by their words, each with a sentence."""
    loaded = lr.load_corpus(corpus)
    print(console.hits_text(lr.search(loaded, " ".join(words), limit), loaded))


def export_command(
    to: Annotated[Path, Option("--to", metavar="FILE", help=".bib, .ris, .json, .csv or .md; .svg for the flow.")],
    theme: Annotated[str, Option("--theme", metavar="NAME", help="Papers of a theme, best to read first.")] = "",
    query: Annotated[str, Option("--search", metavar="QUERY", help="Papers that answer a query.")] = "",
    limit: Annotated[int, Option("--limit", "-k", min=0, help="How many papers at most; 0 for all.")] = 0,
    since: Annotated[int, Option("--since", metavar="YEAR", help="First year; 0 for no limit.")] = 0,
    until: Annotated[int, Option("--until", metavar="YEAR", help="Last year, inclusive; 0 for no limit.")] = 0,
    decided: Annotated[str, Option("--decided", metavar="WORD", help="include, exclude, maybe or open.")] = "",
    corpus: CorpusFolder = "",
    review: InReview = "",
) -> None:
    """Write papers for a reference manager, each with the reason why it was chosen, or the PRISMA flow diagram."""
    from litreview.analysis.reading_list import chosen
    from litreview.charts.svg_export import save_svg

    papers = lr.open_review(corpus, since, until, decided)
    if to.suffix.lower() == ".svg":
        save_svg(lr.charts.flow(lr.analysis.prisma_counts(papers)), to)
        print(f"{to}: the flow of {len(papers):,} papers drawn")
        return
    reasons = chosen(papers, theme, query, limit)
    if reasons.empty:
        asked = f"None of the {len(papers):,} papers fits (theme: {theme or 'any'}; search: {query[:80] or 'none'})"
        raise ExportError(f"{asked}. Nothing was written. Ask for another theme, other words, or a longer period.")
    lr.export(papers.where(reasons.index), to, reasons)
    print(f"{to}: {len(reasons):,} papers written")


def diff_command(
    old: Annotated[str, Argument(metavar="OLD", help="A corpus folder; alone: against its earlier state.")] = "",
    new: Annotated[list[Path] | None, Argument(metavar="NEW", help="A corpus folder, or files to add to OLD.")] = None,
    review: InReview = "",
) -> None:
    """Print what differs between two corpora, with new files, or since the papers of a corpus last changed."""
    now = lr.load_corpus(old)
    before = now if new else lr.analysis.earlier("", old)
    if new and len(new) == 1 and new[0].is_dir():
        now = lr.load_corpus(str(new[0]))
    elif new:
        now = lr.build_corpus(new, now.home, to=now)
    if before is None:
        told = f"{shown(lr.corpus.corpus_folder(old))}: no earlier state of this corpus is kept to compare it with."
        raise CorpusError(f"{told} One is kept when a rebuild changes papers. Or name both: litreview diff OLD NEW.")
    print(console.diff_text(before, now))


def evaluate_command(corpus: CorpusFolder = "", review: InReview = "") -> None:
    """Compare what the rules find with the labels of readers: the first looks, then the scores of today."""
    print(console.evaluation_text(lr.load_corpus(corpus)))


def simulate_command(
    file: Annotated[Path, Argument(metavar="FILE", help="Records of a finished screening, in any format.")],
    included: Annotated[str, Option("--included", metavar="COLUMN", help="Its decisions: 1 or 0, yes or no.")],
    starts: Annotated[int, Option("--starts", min=1, help="Random starts: one included and one excluded paper.")] = 10,
    as_json: Annotated[bool, Option("--json", help="Print scores, starts and curve as JSON.")] = False,
) -> None:
    """Replay a finished screening: how much is found by how much reading, and what the ranking would have saved."""
    papers = lr.evaluation.screened_set(lr.read(file)[0], included)
    pairs = lr.evaluation.starting_pairs(papers, starts)
    told = reports.watched("starts", pairs, starts)
    screened = lr.evaluation.simulate(lr.analysis.vocabulary(papers), papers["included"], told)
    print(console.simulation_json(screened, pairs) if as_json else console.simulation_text(screened))


COMMANDS: list[Callable[..., None]] = [folders.new_command, corpus_command, reports.report_command]
COMMANDS += [reports.theme_command, folders.notebook_command, search_command, export_command, diff_command]
COMMANDS += [evaluate_command, simulate_command, folders.check_command, folders.pack_command, reports.verify_command]
for command in COMMANDS:
    app.command(command.__name__.removesuffix("_command"))(command)
app.add_typer(themes_app, name="themes")
themes_app.command("suggest")(folders.suggest_command)


def main() -> None:
    """Run the command line; an expected failure is one message without a traceback, and a hint is a sentence."""
    warnings.formatwarning = lambda message, *_, **__: f"{legible(str(message))}\n"
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a letter shows a question mark for it
    try:
        app()
    except LitreviewError as error:
        print(legible(str(error)), file=sys.stderr)  # it may quote what a stranger wrote
        sys.exit(FAILED if isinstance(error, ReportError) else BAD_USE)
