"""The commands that make, fill, check and hand on a review: `litreview new | notebook | themes | check | pack`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

import litreview as lr
from litreview.commands import console
from litreview.commands.reports import FAILED, InReview, Jobs
from litreview.paths import present_review


def new_command(
    folder: Annotated[Path, Argument(metavar="FOLDER", help="Where the review goes; it must not be there yet.")],
    files: Annotated[list[Path], Argument(metavar="FILE", help="Saved listings and exports; they are copied.")],
    title: Annotated[str, Option("--title", help="Heading of its README and front page.")] = "",
    like: Annotated[Path | None, Option("--like", metavar="REVIEW", help="Begin with its themes and lexicon.")] = None,
    jobs: Jobs = None,
) -> None:
    """Begin a review of your own in a folder."""
    from litreview.folders import new_review

    review = new_review(folder, files, title, like or "")
    print(console.ledger_text(review))
    if not like:
        _suggest_themes(review)
    print(console.next_steps(review, folder))
    if len(review.unread):
        raise typer.Exit(FAILED)


def suggest_command(review: InReview = "") -> None:
    """Write draft themes for the papers without a theme into themes.yml, in the place of earlier drafts."""
    _suggest_themes(lr.open_review())


def _suggest_themes(review: lr.Review) -> None:
    from litreview.analysis.draft_themes import suggest_themes
    from litreview.themes.draft_rules import write_drafts

    found = suggest_themes(review)
    write_drafts(review.home.themes, found.themes, console.remarks_on_drafts(found))
    print(console.drafts_text(found, review.papers))


def notebook_command(
    name: Annotated[str, Argument(metavar="NAME", help="A notebook of the library, such as 30-theme.")],
    review: InReview = "",
) -> None:
    """Copy a notebook of the library into the review, to edit it there."""
    from litreview.folders import copy_notebook

    home = present_review()
    place = copy_notebook(name, home).relative_to(home.root)
    print(f"{place}: edit it, then `litreview report {place}`. It is now used wherever the library's was.")


def check_command(jobs: Jobs = None, review: InReview = "") -> None:
    """Say what the present library and rules find otherwise than the last build did; status 1 where something moves."""
    from litreview.review import last_build, rebuilt

    last = last_build()
    if moves := console.moves_text(last, rebuilt(last)):
        print(moves)
        raise typer.Exit(FAILED)
    print(f"Nothing moves: {len(last):,} papers, corpus {last.checksum}.")


def pack_command(
    to: Annotated[Path | None, Option("--to", metavar="FILE.zip", help="Default: the name of the review.")] = None,
    review: InReview = "",
) -> None:
    """Put the review into one zip file for a co-author, who makes the same pages from it."""
    from litreview.folders import pack

    opened = lr.open_review()
    place = to or Path(f"{opened.home.root.resolve().name}.zip")
    print(f"{place}: {pack(opened, place):,} files. Unzipped, `litreview report` makes the same pages there.")
