"""A corpus folder: one Parquet file a table, and a manifest that says what they were made from.

The files come into the folder together, or none does. The manifest has the checksum of every table, so a folder that
something else has changed is told from a good one. The same tables give the same bytes.
"""

import io
import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa

from litreview import schema
from litreview.corpus import corrections
from litreview.corpus.build import name_files
from litreview.errors import CorpusError, LitreviewError
from litreview.sources.crosswalk import CROSSWALK
from litreview.text.atomic_files import carry_on, held, sha256, write_files

FORMAT = 3
MANIFEST = "manifest.json"
PREVIOUS = "previous"  # the folder inside a corpus folder that keeps its last state
TABLES = {
    table.name: table
    for table in (
        *(schema.PAPERS, schema.RECORDS, schema.LEDGER, schema.REJECTED),
        *(schema.SOURCES, schema.UNREAD, schema.ORIGINS),
    )
}
# What decides a corpus: a change in any file of these makes every built corpus stale.
_CODE = ("schema.py", "text", "sources", "corpus")


def fingerprint(files: Iterable[str | Path]) -> dict[str, str]:
    """The sha256 of everything a corpus is made from: the files, the curated tables, the code."""
    curated = (corrections.METADATA, corrections.SOURCES, corrections.CORRECTIONS, CROSSWALK)
    library = Path(__file__).parents[1]
    code = sorted(
        path for name in _CODE for path in (library / name, *(library / name).rglob("*.py")) if path.is_file()
    )
    sums = {f"raw/{name}": _sum(path) for path, name in name_files(files)}
    return {
        **sums,
        **{f"curated/{path.name}": _sum(path) for path in curated},
        "code": sha256("".join(map(_sum, code)).encode()),
    }


def source_sums(folder: Path) -> dict[str, str]:
    """The files whose records a folder's corpus has, each with its sha256, "" where that is not known.

    None where no corpus can be read.
    """
    try:
        names, known = read_tables(folder)["ledger"]["source_file"], inputs_of(folder)
    except LitreviewError:
        return {}
    return {name: known.get(f"raw/{name}", "") for name in names}


def inputs_of(folder: Path) -> dict[str, str]:
    """What the corpus in a folder was made from, as `fingerprint` has it. Raises `CorpusError` where there is none."""
    return _manifest(folder)["inputs"]


def is_fresh(folder: Path, inputs: dict[str, str]) -> bool:
    """Whether the folder holds a whole corpus made from exactly these inputs."""
    try:
        manifest = _manifest(folder)
    except CorpusError:
        return False
    whole = all(_sum(folder / f"{name}.parquet") == sum_ for name, sum_ in manifest["tables"].items())
    return manifest["inputs"] == inputs and whole and set(manifest["tables"]) == set(TABLES)


def write_tables(folder: Path, tables: dict[str, pd.DataFrame], inputs: dict[str, str], checksum: str) -> None:
    """Put the tables and their manifest into the folder, all or none.

    Raises `CorpusError` where that cannot be done, or the folder is one of other things.
    """
    if others := _others(folder):
        raise CorpusError.other_things(folder, others)
    contents = {name: _parquet(table) for name, table in tables.items()}
    sums = {name: sha256(content) for name, content in contents.items()}
    manifest = {"format": FORMAT, "checksum": checksum, "inputs": inputs, "tables": sums}
    files = {f"{name}.parquet": content for name, content in contents.items()}
    _put(folder, files | {MANIFEST: (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()})


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()


def _put(folder: Path, files: dict[str, bytes]) -> None:
    try:
        with held(folder):
            write_files(folder, files)
    except OSError as error:
        raise CorpusError.unwritable(folder, error) from error


def _others(folder: Path) -> list[str]:
    """What lies in a folder that is not of a corpus, where there is no corpus; files that systems hide do not count."""
    try:
        found = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8")) if MANIFEST in found else {}
    except (OSError, ValueError):
        return []
    if isinstance(manifest, dict) and "tables" in manifest:
        return []
    return sorted(found - {f"{name}.parquet" for name in TABLES} - ({MANIFEST} if "reports" not in manifest else set()))


def keep_previous(folder: Path, checksum: str) -> None:
    """Keep a copy of the corpus in a folder as its previous state, before one of other papers takes its place.

    Nothing is kept where there is no corpus, or none that
    can be read, or where its papers have the `checksum` of those to come. Raises `CorpusError` where that cannot be done.
    """
    try:
        read_tables(folder)
    except LitreviewError:
        return
    if _manifest(folder).get("checksum") == checksum:
        return
    names = [*(f"{table}.parquet" for table in TABLES), MANIFEST]
    _put(folder / PREVIOUS, {name: (folder / name).read_bytes() for name in names})


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables in the folder. Raises `CorpusError` when there are none, or they are damaged or of another format."""
    manifest = _manifest(folder)
    return {name: _read(folder / f"{name}.parquet", table, manifest) for name, table in TABLES.items()}


def _manifest(folder: Path) -> dict:
    path = folder / MANIFEST
    try:
        carry_on(folder)
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise CorpusError.missing(folder) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not JSON"
        raise CorpusError.damaged(path, f"the manifest cannot be read ({reason})") from error
    found = manifest.get("format") if isinstance(manifest, dict) else None
    if found != FORMAT:
        raise CorpusError.other_format(path, found, FORMAT)
    if not all(isinstance(manifest.get(key), dict) for key in ("inputs", "tables")):
        raise CorpusError.damaged(path, "the manifest is not whole")
    return manifest


def _read(path: Path, table: schema.Table, manifest: dict) -> pd.DataFrame:
    if _sum(path) != manifest["tables"].get(table.name):
        raise CorpusError.damaged(path, "the table is missing or not the one that the manifest names")
    try:
        return schema.check(pd.read_parquet(path), table)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise CorpusError.damaged(path, f"the table cannot be read ({error})") from error


def _sum(path: Path) -> str:
    """The sha256 of a file, "" where there is none."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""
