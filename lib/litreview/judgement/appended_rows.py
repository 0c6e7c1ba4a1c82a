"""Tables that only grow: a row is added at the end of a CSV file, whole and on the disk, or not at all.

Several people and programs may add rows to one file. Every cell stands in quotes, so that a row which a crash cut off
is told from a whole one. A text that a spreadsheet would run has an apostrophe in front, which reading takes off again.
"""

import csv
import io
import os
import warnings
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from litreview.corpus.curated_tables import table_rows
from litreview.errors import CurationError, listed, shown
from litreview.text.atomic_files import lock
from litreview.text.escaping import harmless, restored, visible


def append_row(path: Path, columns: Sequence[str], row: dict, allowed: Mapping[str, Collection] | None = None) -> None:
    """Add a row to a CSV table, which is made where it is missing; on return the row is on the disk.

    A file in which people put further columns, or another order, keeps them. What a crash left of a last row is taken
    out, with a warning that quotes it. allowed: the only values of some columns. Raises: `CurationError` for another
    value, a file without these columns, one that is no table, and a disk that is full or cannot be written; nothing is
    recorded then.
    """
    for name, values in (allowed or {}).items():
        if row[name] not in values:
            raise CurationError(f"Not recorded: {name} '{row[name]}' cannot be used. Allowed: {listed(values)}.")
    try:
        with path.open("a+b", buffering=0) as file:
            lock(file)
            file.seek(0)
            whole = _whole_rows(path, content := file.read())
            header = (_rows(whole.removeprefix("\ufeff")) or [[*columns]])[0]
            if missing := [name for name in columns if name not in header]:
                raise ValueError(f"line 1 lacks {listed(missing)}. It has {listed(header)}")
            if (end := len(whole.encode())) < len(content):
                file.truncate(end)
            cells = [str(row.get(name, "")).strip() for name in header]
            _write(file, end, "\n" * (whole[-1:] not in ("", "\n")) + _csv([cells] if whole else [header, cells]))
    except OSError as error:
        told = "Make room on the disk, or allow this file to be written, and enter it again."
        raise CurationError(f"{shown(path)}: nothing was recorded: {error.strerror or error}. {told}") from error
    except (ValueError, csv.Error) as error:
        raise CurationError(f"Nothing was recorded. {CurationError.unreadable(path, error)}") from error


def appended_rows(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read the rows that `append_row` added, as text, with the `line` on which each begins; none without such a file.

    What a crash left of a last row is no row; a warning quotes it. Raises: `CurationError`.
    """
    try:
        text = _whole_rows(path, path.read_bytes()).removeprefix("\ufeff") if path.exists() else None
    except (OSError, ValueError) as error:
        raise CurationError.unreadable(path, error) from error
    rows = table_rows(path, columns, text)
    return rows.assign(**{name: rows[name].map(restored).astype("str") for name in columns})


def _whole_rows(path: Path, content: bytes) -> str:
    """The text of a table without what a crash left of a last row: a line without an end, and without its last cell.

    A cut row of several lines stays, and is no CSV. Raises: ValueError for a text that is not UTF-8.
    """
    text = content.decode("utf-8", "surrogateescape")  # a crash may cut a letter in two
    head, end, tail = text.rpartition("\n")
    if tail and _is_cut(text):
        warnings.warn(f"{shown(path)}: the last row was cut off and does not count: {visible(tail)}", stacklevel=3)
        text = head + end
    return text.encode().decode()


def _is_cut(text: str) -> bool:
    with suppress(csv.Error):
        rows = _rows(text)
        return len(rows[-1]) < len(rows[0]) or text.endswith('",')
    return True


def _rows(text: str) -> list[list[str]]:
    return [*csv.reader(io.StringIO(text, newline=""), strict=True)]


def _csv(rows: list[list[str]]) -> str:
    table = pd.DataFrame(rows).map(harmless)
    return table.to_csv(index=False, header=False, quoting=csv.QUOTE_ALL, lineterminator="\n")


def _write(file: io.FileIO, end: int, added: str) -> None:
    """Put lines at the end of a file. Raises: OSError, and the file ends as before."""
    lines = added.encode("utf-8", "replace")
    try:
        if file.write(lines) != len(lines):
            raise OSError("the disk is full")
        os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            file.truncate(end)
        raise
