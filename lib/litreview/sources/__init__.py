"""One small reader per format, chosen by what a file holds and never by how its name ends.

A reader is a module with a `NAME`, `recognises(head)`, which looks at the first bytes, and `read(data)`, which returns
the records and the rejected records of a whole file. `READERS` lists them, the most particular first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd

from litreview import schema
from litreview.errors import SourceError
from litreview.sources import listing
from litreview.sources.encoding import decode

HEAD = 65_536


class Reader(Protocol):
    """What a module must offer to be a reader."""

    NAME: str

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with `head` is of this format."""

    def read(self, data: bytes) -> tuple[list[dict], list[dict]]:
        """The records (source_line, title_raw, abstract_raw, …) and the rejected ones (line, reason, text)."""


READERS: tuple[Reader, ...] = (listing,)


@dataclass(frozen=True, eq=False)
class Ledger:
    """How one file's records are accounted for: found = loaded + merged + rejected."""

    source_file: str
    found: int
    loaded: int
    merged: int
    rejected: int
    rejections: pd.DataFrame


def read(path: str | Path, name: str = "") -> tuple[pd.DataFrame, Ledger]:
    """The records of one file, and their ledger.

    `name` is what the records call the file; the file's own name if empty. The table has the columns of
    `schema.RECORDS` and what else the file gives; nothing is merged yet, so `paper_id` is empty and `merged` is 0.

    Raises `SourceError` when the file cannot be read or no reader recognises it.
    """
    path = Path(path)
    name = name or path.name
    data = _content(path)
    records, rejected = _reader(data, path).read(data) if decode(data[:HEAD]).strip() else ([], [])
    return _records(records, name), _ledger(records, rejected, name)


def _content(path: Path) -> bytes:
    try:
        if not path.exists():
            raise SourceError.missing(path)
        if not path.is_file():
            raise SourceError.not_a_file(path)
        return path.read_bytes()
    except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
        raise SourceError.unreadable(path, getattr(error, "strerror", None) or str(error)) from error


def _reader(data: bytes, path: Path) -> Reader:
    for reader in READERS:
        if reader.recognises(data[:HEAD]):
            return reader
    raise SourceError.unknown_format(path, [reader.NAME for reader in READERS], data[:60])


def _records(records: Sequence[dict], name: str) -> pd.DataFrame:
    rows = [
        {"record_id": f"{name}:{record['source_line']}", "paper_id": "", "source_file": name, **record}
        for record in records
    ]
    return schema.shape(rows, schema.RECORDS)


def _ledger(records: Sequence[dict], rejected: Sequence[dict], name: str) -> Ledger:
    rejections = schema.shape([{"source_file": name, **row} for row in rejected], schema.REJECTED)
    return Ledger(name, len(records) + len(rejected), len(records), 0, len(rejected), rejections)
