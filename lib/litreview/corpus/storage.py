"""A corpus folder: one Parquet file a table, and a manifest that says what they were made from.

The manifest has the checksum of every table, so a folder that something else changed, or that a kill left between two
states, is told from a good one. The same tables give the same bytes.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pandas as pd

from litreview import schema
from litreview.corpus import curated_tables
from litreview.corpus.build import name_files
from litreview.errors import CorpusError, listed, shown
from litreview.paths import ReviewFolder
from litreview.text.atomic_files import sha256, write_file, write_files

FORMAT, MANIFEST = 3, "manifest.json"
PREVIOUS = "previous"  # the folder inside a corpus folder that keeps its last state
TABLES = {name: schema.TABLES[name] for name in "papers records ledger rejected sources unread origins".split()}
_FILES = [*(f"{name}.parquet" for name in TABLES), MANIFEST]  # the manifest is written last
# What decides a corpus: a change in any file of these makes every built corpus stale.
CODE = ("schema.py", "text", "sources", "corpus")
# What decides the tables that rules derive from it; they lie in a folder inside that of the corpus.
DERIVING_CODE, DERIVED_FOLDER = ("schema.py", "text", "corpus", "themes", "evidence"), "derived"
RULES = ("themes.yml", "kinds.yml", "lexicon.yml", "corrections.csv")


def fingerprint(files: Iterable[str | Path], review: ReviewFolder) -> dict[str, str]:
    """Return the SHA-256 of everything that a corpus is made from: the files, the curated tables, the code."""
    inputs = {f"raw/{name}": path for path, name in name_files(files)}
    curated = (curated_tables.METADATA, curated_tables.SOURCES, curated_tables.CORRECTIONS)
    inputs |= {f"curated/{path.name}": review.curated / path for path in curated}
    return {name: file_sum(path) for name, path in inputs.items()} | {"code": code_sum(CODE)}


@cache
def code_sum(parts: tuple[str, ...]) -> str:
    """Return the SHA-256 of the code of some modules and packages, with the tables of words that lie in it."""
    library = Path(__file__).parents[1]
    found = {path for part in parts for path in (library / part, *(library / part).rglob("*"))}
    files = sorted(path for path in found if path.suffix in (".py", ".csv", ".yml"))
    return sha256("".join(map(file_sum, files)).encode())


def file_sum(path: Path) -> str:
    """Return the SHA-256 of a file, or of the files in a folder, "" where there is none."""
    with suppress(OSError):
        if path.is_dir():
            return sha256("".join(map(file_sum, sorted(path.iterdir()))).encode())
        return sha256(path.read_bytes())
    return ""


def kept_name(name: str, folder: Path, home: ReviewFolder) -> str:
    """Return the name of the file of a derived table, of the corpus in a folder and the present rules and code."""
    rules = [file_sum(home.curated / each) for each in RULES]
    decided = "".join([file_sum(folder / MANIFEST), code_sum(DERIVING_CODE), *rules])
    return f"{name}-{sha256(decided.encode())[:12]}.parquet"


def whole_manifest(folder: Path) -> dict:
    """Return the manifest of a folder's corpus as `read_manifest` does, empty where that raises."""
    with suppress(CorpusError):
        return read_manifest(folder)
    return {}


def write_tables(folder: Path, tables: dict[str, pd.DataFrame], inputs: dict[str, str], checksum: str) -> None:
    """Put the tables and their manifest into the folder; a corpus there of another checksum becomes its `previous` one.

    Raises: `CorpusError` where that cannot be done, or the folder is one of other things.
    """
    others = [shown(Path(path.name)) for path in folder.glob("[!.]*")]
    if others and set(_FILES[:-1]).isdisjoint(others):  # no table of a corpus is among them
        told = f"this folder holds {listed(others[:5])}, and a corpus needs one of its own."
        raise CorpusError(f"{shown(folder)}: {told} Name a new one: --to {shown(folder / 'corpus')}")
    contents = {name: table.to_parquet(index=False) for name, table in tables.items()}
    text = _manifest(checksum, inputs, {name: sha256(content) for name, content in contents.items()})
    with CorpusError.writing(folder):
        if whole_manifest(folder).get("checksum", checksum) != checksum:
            write_files(folder / PREVIOUS, {name: (folder / name).read_bytes() for name in _FILES})
        write_files(folder, dict(zip(_FILES, [*contents.values(), text.encode()], strict=True)))


def write_manifest(folder: Path, inputs: dict[str, str]) -> None:
    """Make a corpus of a folder that has its tables, some of them folders of parts. Raises: OSError."""
    sums = {name: file_sum(folder / f"{name}.parquet") for name in TABLES}
    write_file(folder / MANIFEST, _manifest(sha256("".join(sums.values()).encode())[:12], inputs, sums))


def _manifest(checksum: str, inputs: dict[str, str], sums: dict[str, str]) -> str:
    manifest = {"format": FORMAT, "checksum": checksum, "inputs": inputs, "tables": sums}
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def read_table(path: Path) -> pd.DataFrame:
    """Read a table; one that lies in parts is put in the order that it has in one piece."""
    table = pd.read_parquet(path)
    by = ["source_file", "source_line", "record_id"] if "source_line" in table else ["paper_id"]
    return table.sort_values(by, key=_place, kind="stable", ignore_index=True) if path.is_dir() else table


def _place(column: pd.Series) -> pd.Series:
    """What a column is sorted by: the id of a record by its number, where several stand on one line."""
    return column.str.extract(r":\d+\.(\d+)$")[0].fillna("1").astype("int64") if column.name == "record_id" else column


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the tables in the folder. Raises: `CorpusError` as `read_manifest`."""
    read_manifest(folder)
    return {name: schema.check(read_table(folder / f"{name}.parquet"), table) for name, table in TABLES.items()}


def read_manifest(folder: Path) -> dict:
    """Return the format, checksum, inputs and table sums of a folder's corpus.

    Raises: `CorpusError` where there is none, one of another format, or a table is missing or not the one it names.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if (found := manifest["format"]) != FORMAT:
            reason = f"it has format {found} and this version reads {FORMAT}; update litreview if it is newer"
            raise CorpusError.unreadable(path, reason)
        for name in TABLES:
            if file_sum(table := folder / f"{name}.parquet") != manifest["tables"][name]:
                raise CorpusError.unreadable(table, "the table is missing or not the one that the manifest names")
        return manifest
    except (FileNotFoundError, NotADirectoryError):
        told = f"Build one with `litreview corpus FILES --to {shown(folder)}`, or leave the folder empty"
        raise CorpusError(f"{shown(folder)}: there is no corpus here. {told} for the project's own.") from None
    except OSError as error:
        raise CorpusError.unreadable(path, error) from error
    except (ValueError, LookupError, TypeError) as error:
        raise CorpusError.unreadable(path, "it is not the whole manifest of a corpus") from error
