"""The manifest of a folder of reports: which files are of one state, and whether those in the folder still are."""

import json
from pathlib import Path
from typing import Any

from litreview.errors import ReportError
from litreview.report.page_checks import verify
from litreview.text.atomic_files import is_unfinished, sha256
from litreview.text.wording import listed

MANIFEST, FRONT = "manifest.json", "index.html"
_ROW = {"title", "question", "notebook", "parameters", "corpus", "status", "problem", "files"}


def manifest_text(rows: dict[str, Any], front: str) -> str:
    """A manifest: a row a report, and the front page of them all."""
    whole = {"reports": rows, "files": {FRONT: sha256(front.encode())}}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def read_rows(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows of a folder's manifest by report. What is damaged is left out."""
    rows = _mapping(_read(folder).get("reports"))
    return {name: row for name, row in rows.items() if _is_whole(_mapping(row))}


def _is_whole(row: dict[str, Any]) -> bool:
    return row.keys() >= _ROW and all(isinstance(row[key], dict) for key in ("corpus", "files"))


def _read(folder: Path) -> dict[str, Any]:
    try:
        return _mapping(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def outdated(row: dict[str, Any], newest: list[dict[str, Any]]) -> str:
    """What a row was made with that the `newest` rows, those of one run, were not, in words; "" where there is nothing.

    A row has `corpus`, with its `checksum`, and `rules`: by name, the checksum of what else its numbers hang on.
    """
    own = row.get("rules", {})
    others = [name for name, value in newest[0].get("rules", {}).items() if own.get(name) != value]
    others += ["corpus"] * all(row["corpus"]["checksum"] != each["corpus"]["checksum"] for each in newest)
    return f"made with another {listed(others)} than the newest page; render it again" if others else ""


def checked(path: Path) -> dict[Path, list[str]]:
    """What is wrong with a page, or with a folder of reports and each of its pages; an empty list where nothing is.

    Raises: ReportError when there is no page, or one cannot be read.
    """
    folder, names = (path, [each.name for each in path.glob("*.html")]) if path.is_dir() else (path.parent, [path.name])
    if not names:
        raise ReportError.no_reports(path)
    found = {folder / name: verify(folder / name) for name in sorted(names)}
    for name, misfit in misfits(folder).items():
        if path.is_dir() or name == path.name:
            found.setdefault(folder / name, []).append(misfit)
    return found


def others(folder: Path) -> list[str]:
    """What keeps reports out of a folder that has none: pages and notebooks of somebody, or the manifest of a corpus."""
    if manifest := _read(folder):
        return [] if "reports" in manifest else [MANIFEST]
    written = {path.name for path in folder.glob("*") if path.suffix in (".html", ".ipynb")}
    return [] if (folder / MANIFEST).is_file() else sorted(written)


def misfits(folder: Path) -> dict[str, str]:
    """The files that keep a folder from being of one state, each with what is wrong; "" stands for the folder itself.

    Empty for a folder without a manifest.
    """
    if is_unfinished(folder):
        return {"": "a run was ended while it published; the next `litreview report` into this folder carries it on"}
    manifest = _read(folder)
    named = dict(_mapping(manifest.get("files")))
    for row in read_rows(folder).values():
        named |= row["files"]
    pages = {each.name for each in folder.glob("*.html")} if manifest else set()
    old = {f"{name}.html": row.get("outdated", "") for name, row in read_rows(folder).items()}
    names = sorted(pages | named.keys())
    found = {name: _misfit(folder / name, named.get(name)) or old.get(name, "") for name in names}
    return {name: misfit for name, misfit in found.items() if misfit}


def _misfit(path: Path, named: str | None) -> str:
    if named is None:
        return f"{MANIFEST} does not name this page"
    if not path.is_file():
        return f"{MANIFEST} names this file, but it is not there"
    same = sha256(path.read_bytes()) == named
    return "" if same else f"the file is not the one that {MANIFEST} names; it was changed since, or is of another run"
