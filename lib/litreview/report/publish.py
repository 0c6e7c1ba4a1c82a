"""Publishing: pages, executed notebooks, front page and manifest in one folder, and whether they belong together.

Each file is written beside its place and renamed, so a reader never sees a part of one. The manifest comes last. A run
that is killed before that leaves whole pages, each of which names its corpus and rules, and `litreview verify` says
which of them the manifest does not name.
"""

import json
import os
from pathlib import Path
from typing import Any

import nbformat

from litreview.charts.svg_export import chart_in, thumbnail
from litreview.errors import ReportError, shown
from litreview.report.execute import Outcome, Task
from litreview.report.page import first_bullet, outputs_of, render_page, scope
from litreview.report.page_safety import problems
from litreview.text.atomic_files import lock, sha256, write_files
from litreview.text.escaping import visible
from litreview.text.wording import join_words, plural

MANIFEST, FRONT = "manifest.json", "index.html"
LOCK = ".litreview-lock"  # of two runs into one folder, one reads the manifest that the other has written
_ROW = ("title", "question", "notebook", "parameters", "rules", "corpus")


def check_folder(folder: Path) -> None:
    """Check that reports can be written into a folder, and that no page, notebook or manifest in it is of another kind.

    Raises: ReportError.
    """
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise ReportError.unwritable(folder, OSError(f"{shown(there)} is no folder that can be written"))
    own = [path.name for path in folder.glob("*") if path.suffix in (".html", ".ipynb") or path.name == MANIFEST]
    if own and "reports" not in _manifest(folder):
        told = f"{shown(folder)}: this folder holds {sorted(own)[0]}, which is no report."
        raise ReportError(f"{told} Reports need a folder of their own: --to {shown(folder / 'reports')}")


def publish(tasks: list[Task], results: list[Outcome], order: list[str], folder: Path) -> list[str]:
    """Write pages and executed notebooks, then the front page, the manifest last; say what the front page breaks.

    A failed run takes its old notebook away, which would belong to no page. Reports of earlier runs stay on the front
    page while their pages are there, but for those of themes that are gone (`order` has the reports that there are);
    those made with another corpus or other rules are marked.
    Raises: ReportError when the folder cannot be written.
    """
    with ReportError.writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / LOCK).open("ab", buffering=0) as file:
            lock(file)
            front = _write(tasks, results, order, folder)
    return [f"index: {each}" for each in problems(front)]


def _write(tasks: list[Task], results: list[Outcome], order: list[str], folder: Path) -> str:
    """Put the files of these runs and of the earlier ones into a folder; return the front page."""
    runs = {task.run["name"]: task.run for task in tasks}
    earlier = {name: row for name, row in _rows(folder).items() if (folder / f"{name}.html").is_file()}
    kept = {name: row for name, row in earlier.items() if name in order or not name.startswith("theme-")}
    rows = kept | {each.name: _row(runs[each.name], each) for each in results}
    names = sorted(rows, key=lambda name: (order.index(name) if name in order else len(order), name))
    rows = {name: rows[name] | {"outdated": _outdated(rows[name], list(runs.values()))} for name in names}
    files = {name: content for each in results for name, content in each.files.items()}
    old, new = ({name for row in each.values() for name in row["files"]} for each in (earlier, rows))
    for name in old - new:
        (folder / Path(name).name).unlink(missing_ok=True)  # of an earlier run, and of no page now
    notebooks = {name: files.get(f"{name}.ipynb") or _text(folder / f"{name}.ipynb") for name in rows}
    cards = [card(name, row, notebooks[name]) for name, row in rows.items()]
    front = front_page(cards, _summary(rows), next(iter(runs.values())).get("review", ""))
    told = json.dumps({"reports": rows, FRONT: sha256(front.encode())}, indent=1, ensure_ascii=False) + "\n"
    write_files(folder, {**files, FRONT: front, MANIFEST: told})
    return front


def _row(run: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    """A report's row in the manifest."""
    sums = {name: sha256(content.encode()) for name, content in outcome.files.items()}
    return {**{key: run[key] for key in _ROW}, "problem": outcome.problem, "files": sums}


def _outdated(row: dict[str, Any], runs: list[dict[str, Any]]) -> str:
    """What a row was made with that the newest runs were not, in words; "" where there is nothing."""
    others = [name for name, value in runs[0]["rules"].items() if row["rules"].get(name) != value]
    others += ["corpus"] * all(row["corpus"]["checksum"] != run["corpus"]["checksum"] for run in runs)
    return f"Made with another {join_words(others)} than the newest page; render it again." if others else ""


def _summary(rows: dict[str, Any]) -> str:
    """What the front page says of its corpora, of which one is the rule, and of pages that are out of date."""
    of = {row["corpus"]["checksum"]: plural(row["corpus"]["of"], "paper") for row in rows.values()}
    corpora = [f"Corpus {checksum}, {papers}" for checksum, papers in sorted(of.items())]
    old = sum(bool(row["outdated"]) for row in rows.values())
    return " · ".join(corpora + [f"{old:,} of {len(rows):,} pages are out of date"] * bool(old))


def card(name: str, row: dict[str, Any], notebook: str) -> dict[str, str]:
    """Return a report on the front page, from its row in the manifest and its executed notebook ("" for none)."""
    words = {"name": name, **{key: row[key] for key in ("title", "question", "problem", "outdated")}}
    try:
        nb = nbformat.reads(notebook, as_version=4)
    except (ValueError, nbformat.ValidationError):
        return words | {"scope": row["corpus"]["summary"]}
    spec = next((spec for data in outputs_of(nb, "preview") if (spec := chart_in(data))), {})
    drawn = {"drawing": thumbnail(spec), "alt": visible(spec.get("description", ""))}
    found = "\n\n".join(data.get("text/markdown", "") for data in outputs_of(nb, "findings"))
    return words | drawn | {"headline": first_bullet(found), "scope": scope(nb, row["corpus"])}


def front_page(cards: list[dict[str, str]], summary: str, title: str = "") -> str:
    """Return the front page. `summary` says what the corpus holds, `title` is that of the review."""
    return render_page("front.html.j2", {"title": title or "Literature review"}, cards=cards, summary=summary)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder; empty where there is none, or none that can be read."""
    try:
        manifest = json.loads(_text(folder / MANIFEST))
    except ValueError:
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _rows(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows of a folder's manifest by report, without those that another version of the library wrote."""
    keys = {*_ROW, "problem", "files", "outdated"}
    return {name: row for name, row in _manifest(folder).get("reports", {}).items() if row.keys() >= keys}


def verified(path: Path) -> dict[Path, list[str]]:
    """Return what is wrong with a page, or with each page of a folder of reports; an empty list where nothing is.

    A page is compared with the manifest beside it, where there is one.
    Raises: ReportError when there is no page, or one cannot be read.
    """
    folder, pages = (path, sorted(path.glob("*.html"))) if path.is_dir() else (path.parent, [path])
    if not pages:
        raise ReportError(f"{shown(path)}: this folder has no pages (.html). `litreview report` makes some.")
    try:
        found = {page: problems(page.read_text(encoding="utf-8")) for page in pages}
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError.unreadable(path, error) from None
    for name, misfit in misfits(folder).items():
        if path.is_dir() or name == path.name:
            found.setdefault(folder / name, []).append(misfit)
    return found


def misfits(folder: Path) -> dict[str, str]:
    """Return the files that are not those that the manifest of their folder names, each with what is wrong."""
    manifest, rows = _manifest(folder), _rows(folder)
    named = {FRONT: manifest.get(FRONT)} | {name: each for row in rows.values() for name, each in row["files"].items()}
    found = {f"{name}.html": row["outdated"] for name, row in rows.items() if row["outdated"]}
    for name in {*named, *(page.name for page in folder.glob("*.html"))} if manifest else ():
        if name not in named:
            found[name] = f"{MANIFEST} does not name this page"
        elif not (folder / name).is_file():
            found[name] = f"{MANIFEST} names this file, but it is not there"
        elif sha256((folder / name).read_bytes()) != named[name]:
            found[name] = f"the file is not the one that {MANIFEST} names; it was changed since, or is of another run"
    return {name: found[name] for name in sorted(found)}
