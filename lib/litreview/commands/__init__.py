"""The command line: `litreview corpus | report | theme | search | export | diff | evaluate | verify`.

A thin wrapper. Each command imports what it needs when it runs, so that `litreview --help` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer import Argument, Option

from litreview.errors import CorpusError, ExportError, LitreviewError, ReportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from litreview.corpus import Corpus
    from litreview.report.catalog import Report
    from litreview.report.execute import Outcome

FAILED, BAD_USE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    help="Literature reviews from saved listings of papers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Parameters = Annotated[
    list[str],
    Option(
        "--parameter",
        "-p",
        metavar="KEY=VALUE",
        help="A notebook's parameter. Several values of one make a run each, and a page that compares them.",
    ),
]
CorpusFolder = Annotated[
    str,
    Option("--corpus", metavar="FOLDER", help="A corpus folder made by `litreview corpus`; else the shipped one."),
]
Jobs = Annotated[int, Option("--jobs", min=1, max=64, help="Notebooks that run at the same time.")]
To = Annotated[
    Path | None,
    Option(
        "--to", metavar="FOLDER", help="Where the reports go; else reports/, in the corpus folder where one is given."
    ),
]


@app.command()
def report(
    names: Annotated[
        list[str] | None,
        Argument(metavar="NAME", help="Reports of the catalogue, or notebooks; the whole catalogue without a name."),
    ] = None,
    corpus: CorpusFolder = "",
    parameters: Parameters = [],  # noqa: B006  (Typer copies it)
    jobs: Jobs = 2,
    to: To = None,
) -> None:
    """Render reports from their notebooks."""
    from litreview.report.catalog import chosen_reports, load_catalog

    catalog = load_catalog()
    _render(chosen_reports(names or [], catalog), parameters, corpus, jobs, to, catalog, whole=not names)


@app.command()
def theme(
    name: Annotated[str, Argument(metavar="NAME", help="A theme of themes.yml.")],
    preview: Annotated[
        bool, Option("--preview", help="Say what an edited file of rules adds and loses, and render nothing.")
    ] = False,
    file: Annotated[Path | None, Argument(metavar="FILE", help="With --preview: the edited file of themes.")] = None,
    corpus: CorpusFolder = "",
    parameters: Parameters = [],  # noqa: B006
    to: To = None,
) -> None:
    """Render the report on any theme of themes.yml."""
    from litreview.report.catalog import load_catalog, theme_report

    if preview:
        _preview(name, file, corpus)
        return
    if file:
        raise typer.BadParameter(
            "an edited file is for --preview; the report is made with themes.yml", param_hint="FILE"
        )
    catalog = load_catalog()
    _render([theme_report(name, catalog)], parameters, corpus, 1, to, catalog)


def _preview(name: str, file: Path | None, folder: str) -> None:
    """What `file` adds and loses against the project's themes; without it, what they do against their last commit."""
    from litreview.commands.console import changes_text
    from litreview.corpus import load_corpus
    from litreview.themes import preview
    from litreview.themes.definitions import committed_themes, load_themes

    corpus = load_corpus(folder)
    old = load_themes() if file else committed_themes()
    print(changes_text(name, preview(corpus, name, old, load_themes(file)), corpus.papers))


def _render(
    reports: list[Report],
    parameters: list[str],
    corpus: str,
    jobs: int,
    to: Path | None,
    catalog: dict[str, Report],
    whole: bool = False,
) -> None:
    """Check, run, compare, publish; exit 1 when a report failed.

    Of a `whole` catalogue, reports to which no paper belongs are left out.
    """
    from litreview.paths import REPORTS
    from litreview.report.catalog import given_values
    from litreview.report.compare_runs import planned, with_comparisons
    from litreview.report.execute import outcomes, prepare
    from litreview.report.publish import check_folder, publish, without_papers

    runs = planned(reports, given_values([*parameters, *([f"corpus={corpus}"] if corpus else [])]), catalog)
    tasks = prepare(runs)
    folder = to or (Path(corpus, "reports") if corpus else REPORTS)  # a review of one's own has a front page of its own
    check_folder(folder)
    try:
        results = list(_told(outcomes(tasks, jobs), len(tasks)))
    except KeyboardInterrupt:
        print("Stopped. No report was changed.", file=sys.stderr, flush=True)
        os._exit(INTERRUPTED)  # a kernel that has just started holds its thread for a minute; it ends with this process
    tasks, results = with_comparisons(tasks, results)
    left_out = without_papers(tasks, results) if whole else {}
    broken = publish(tasks, results, list(catalog), folder, left_out)
    for problem in [*(f"{each.name}: {each.problem}" for each in results if each.problem), *broken]:
        print(f"failed: {problem}", file=sys.stderr)
    if left_out:
        print(f"Left out, for no paper belongs to them: {'; '.join(left_out.values())}")
    made = sum(not each.problem for each in results) - len(left_out)
    print(f"{folder / 'index.html'}: {made} of {len(tasks) - len(left_out)} reports made")
    if broken or any(each.problem for each in results):
        raise typer.Exit(FAILED)


def _told(results: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """The results as they come: a progress bar on a terminal, a line each elsewhere."""
    from tqdm import tqdm

    with tqdm(total=total, unit="report", disable=not sys.stderr.isatty(), leave=False) as bar:
        for place, result in enumerate(results, start=1):
            bar.set_postfix_str(result.name, refresh=False)
            bar.update()
            if bar.disable:
                print(f"[{place}/{total}] {result.name}: {'failed' if result.problem else 'done'}", flush=True)
            yield result


@app.command()
def corpus(
    files: Annotated[
        list[Path] | None, Argument(metavar="FILE", help="Saved listings; else those in data/raw/.")
    ] = None,
    to: Annotated[
        Path | None, Option("--to", metavar="FOLDER", help="Where the corpus goes; needed with files.")
    ] = None,
    add: Annotated[bool, Option("--add", help="Put the files with those that the corpus in FOLDER has.")] = False,
    replace: Annotated[bool, Option("--replace", help="Let files of FOLDER go that are not given again.")] = False,
) -> None:
    """Build a corpus and print its ledger. Exit status 1: a file was not read."""
    from litreview.commands.console import ledger_text, rebuilt_text
    from litreview.corpus import add_to_corpus, present_corpus, refresh_corpus

    if (files or add) and not to:
        raise CorpusError.no_folder_given()
    if add and replace:
        raise typer.BadParameter("it keeps the files of the corpus, and --replace lets them go", param_hint="--add")
    given, folder = files or [], to or ""
    before = present_corpus(folder)
    built, is_new = add_to_corpus(given, folder) if add else refresh_corpus(given, folder, anew=replace)
    print(ledger_text(built))
    if not is_new:
        print("Nothing has changed since it was built, so nothing was done.")
    elif before is not None:
        print(rebuilt_text(before, built))
    if len(built.unread):
        raise typer.Exit(FAILED)


@app.command()
def search(
    words: Annotated[
        list[str], Argument(metavar="WORD", help="Words to look for; '\"a phrase\"' in quotes as it stands.")
    ],
    corpus: CorpusFolder = "",
    limit: Annotated[int, Option("--limit", "-k", min=1, help="How many papers to show.")] = 10,
) -> None:
    """Find papers by their words, each with a sentence."""
    from shutil import get_terminal_size

    from litreview.analysis.similarity import search as find
    from litreview.commands.console import hits_text
    from litreview.corpus import load_corpus

    loaded = load_corpus(corpus)
    hits = find(loaded, " ".join(words), limit)
    if not sys.stdout.isatty():
        print(hits_text(hits, loaded.papers))
    else:
        emphasis = str if os.environ.get("NO_COLOR") else lambda word: typer.style(word, bold=True)
        print(hits_text(hits, loaded.papers, emphasis, get_terminal_size().columns))


@app.command()
def export(
    to: Annotated[
        Path | None, Option("--to", metavar="FILE", help="A .bib, .ris, .json (CSL), .csv or .md file.")
    ] = None,
    theme: Annotated[str, Option("--theme", metavar="NAME", help="Papers of a theme, best to read first.")] = "",
    query: Annotated[str, Option("--search", metavar="QUERY", help="Papers that answer a query.")] = "",
    limit: Annotated[int, Option("--limit", "-k", min=0, help="How many papers at most; 0 for all.")] = 0,
    since: Annotated[int, Option("--since", metavar="YEAR", help="First year; 0 for no limit.")] = 0,
    until: Annotated[int, Option("--until", metavar="YEAR", help="Last year, inclusive; 0 for no limit.")] = 0,
    prisma: Annotated[Path | None, Option("--prisma", metavar="FILE.svg", help="The PRISMA flow.")] = None,
    corpus: CorpusFolder = "",
) -> None:
    """Write papers for a reference manager, or the PRISMA flow.

    Each paper has the reason for which it was chosen.
    """
    from litreview.analysis.reading_list import chosen
    from litreview.corpus import load_corpus
    from litreview.exports import export as write

    if not to and not prisma:
        raise ExportError.no_place()
    if prisma and prisma.suffix.lower() != ".svg":
        raise ExportError.no_svg(prisma)
    papers = load_corpus(corpus).between(since, until)
    if prisma:
        _draw_flow(papers, prisma)
    if to:
        reasons = chosen(papers, theme, query, limit)
        if reasons.empty:
            raise ExportError.nothing(theme, query, papers)
        write(papers.where(reasons.index), to, reasons)
        print(f"{to}: {len(reasons):,} papers written")


def _draw_flow(papers: Corpus, to: Path) -> None:
    from litreview import charts
    from litreview.analysis.prisma import prisma_counts
    from litreview.report import chart_html
    from litreview.text.atomic_files import write_file

    try:
        write_file(to, chart_html.svg(charts.flow(prisma_counts(papers)).to_dict()))
    except OSError as error:
        raise ExportError.unwritable(to, error) from error
    print(f"{to}: the flow of {len(papers):,} papers drawn")


@app.command()
def diff(
    old: Annotated[
        str, Argument(metavar="OLD", help="A corpus folder; alone, it is compared with its earlier state.")
    ] = "",
    new: Annotated[
        list[Path] | None, Argument(metavar="NEW", help="A corpus folder, or files that would join OLD.")
    ] = None,
    to: Annotated[Path | None, Option("--to", metavar="FOLDER", help="Also make a page, in FOLDER.")] = None,
) -> None:
    """Say what changed in a corpus.

    Between two corpora, with new files, or since the papers of a corpus last changed.
    """
    from litreview.commands.console import diff_text
    from litreview.corpus import write_corpus
    from litreview.paths import CORPUS
    from litreview.report.catalog import load_catalog
    from litreview.themes.definitions import load_themes

    folder, files = (str(new[0]), []) if new and len(new) == 1 and new[0].is_dir() else ("", new or [])
    before, after = _compared(old, folder, files)
    if before is None:
        raise CorpusError.no_previous(Path(old) if old else CORPUS)
    print(diff_text(before, after, {name: theme.title for name, theme in load_themes().items()}))
    if not to:
        return
    if files:
        folder = str(to / "corpus")
        write_corpus(after, folder)
    catalog = load_catalog()
    given = [f"old={old or CORPUS}"] if folder else []
    _render([catalog["changes"]], given, folder or old, 1, to, catalog)


def _compared(old: str, folder: str, files: list[Path]) -> tuple[Corpus | None, Corpus]:
    """The corpus `old`, and the one in `folder` or the same with further files; with neither, its earlier state and it."""
    from litreview.analysis.changes import earlier
    from litreview.corpus import extend_corpus, load_corpus

    now = load_corpus(folder or old)
    if folder:
        return load_corpus(old), now
    return (now, extend_corpus(now, files)) if files else (earlier("", old), now)


@app.command()
def evaluate(
    what: Annotated[
        Literal["rules", "matching"],
        Argument(metavar="WHAT", help="The rules on papers, or the matching of records."),
    ] = "rules",
    gold: Annotated[
        Path | None, Option("--gold", metavar="FILE", help="A file of labels; else the project's own.")
    ] = None,
    corpus: CorpusFolder = "",
) -> None:
    """Compare what the rules find with labels.

    The labels are those of language-model readers; `matching` compares the matching of records with labelled pairs.
    """
    if what == "matching":
        from litreview.commands.console import matching_text
        from litreview.evaluation.matching import PAIRS, evaluate_matching

        print(matching_text(evaluate_matching(gold or PAIRS)))
        return
    from litreview.commands.console import evaluation_text
    from litreview.corpus import load_corpus
    from litreview.evaluation import evaluate as compare

    print(evaluation_text(compare(load_corpus(corpus), gold)))


@app.command()
def verify(paths: Annotated[list[Path], Argument(metavar="PATH", help="Pages, or folders of reports.")]) -> None:
    """Check that pages are safe, whole and of one state."""
    from litreview.report.publish import verified

    found = {name: problems for path in paths for name, problems in verified(path).items()}
    for name, problems in found.items():
        print("\n  ".join([f"{name}:", *problems]) if problems else f"{name}: no problem found")
    if any(found.values()):
        raise typer.Exit(FAILED)


def main() -> None:
    """Run the command line; a failure of ours is one message, without a traceback, and a hint is a sentence."""
    warnings.formatwarning = lambda message, *_, **__: f"{message}\n"
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a letter shows a question mark for it
    try:
        app()
    except LitreviewError as error:
        print(error, file=sys.stderr)
        sys.exit(FAILED if isinstance(error, ReportError) else BAD_USE)


if __name__ == "__main__":
    main()
