"""One small reader per format, chosen by what a file holds and never by how its name ends.

A reader is a module, or an object, with a `NAME`, `recognises(content)`, which looks at the beginning of a file, and
`read(content)`, which gives its entries and rejections one by one. `READERS` lists them, the most particular first. The
crosswalk (`crosswalk.py`) makes records of the entries, the same way for all.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd

from litreview import schema
from litreview.errors import SourceError
from litreview.sources import (
    bibtex,
    crosswalk,
    field_rows,
    hub_page,
    hub_paper,
    json_text,
    listing,
    markup_table,
    pubmed_text,
    separated,
    workbook,
    xml_text,
)
from litreview.sources.content import Content
from litreview.sources.dialects import (
    ENDNOTE,
    LABELLED,
    NBIB,
    NOTE_EXPRESS,
    OVID,
    OVID_LABELLED,
    PROQUEST,
    REFWORKS,
    RIS,
    WEB_OF_SCIENCE,
)
from litreview.sources.entries import Entry, Rejection

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
BATCH = 5_000  # records that are held as Python objects at a time


class Reader(Protocol):
    """What a reader must offer."""

    @property
    def NAME(self) -> str:  # noqa: N802  (a constant of a module, a field of an object)
        """What messages call the format."""

    def recognises(self, content: Content) -> bool:
        """Whether a file is of this format, by its beginning."""

    def read(self, content: Content) -> Iterator[Entry | Rejection]:
        """The records of the file and what it has to reject, in order."""


READERS: tuple[Reader, ...] = (
    workbook,
    NOTE_EXPRESS,
    json_text,
    xml_text,
    hub_page,
    markup_table,
    WEB_OF_SCIENCE,
    OVID,
    RIS,
    NBIB,
    ENDNOTE,
    REFWORKS,
    OVID_LABELLED,
    PROQUEST,
    pubmed_text,
    bibtex,
    hub_paper,
    LABELLED,
    listing,
    field_rows,
    separated,
)


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
    `schema.RECORDS`; nothing is merged yet, so `paper_id` is empty and `merged` is 0.

    Raises `SourceError` when the file cannot be read, no reader recognises it, or nothing in it names a paper: a style
    sheet begins its rules as BibTeX does its entries. Limits: `content.py`.
    """
    path = Path(path)
    name = name or path.name
    content = _content(path)
    reader = reader_of(content) if content.head.strip() else None
    records, rejected = _collected(reader.read(content) if reader else iter(()), name)
    if reader and records.empty and any(row["reason"] == crosswalk.NAMELESS for row in rejected):
        raise SourceError.no_records(content.name, f"something like {reader.NAME}", [])
    rejections = schema.shape([{"source_file": name, **row} for row in rejected], schema.REJECTED)
    return records, Ledger(name, len(records) + len(rejected), len(records), 0, len(rejected), rejections)


def _content(path: Path) -> Content:
    try:
        if not path.exists():
            raise SourceError.missing(path)
        if not path.is_file():
            raise SourceError.not_a_file(path)
    except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
        raise SourceError.unreadable(path, getattr(error, "strerror", None) or str(error)) from error
    return Content(path)


def reader_of(content: Content) -> Reader:
    """The reader of a file. Raises `SourceError` when none recognises it."""
    for reader in READERS:
        if reader.recognises(content):
            return reader
    if content.first.startswith(_OLD_OFFICE):
        raise SourceError.other_office(content.name)
    raise SourceError.unknown_format(content.name, [reader.NAME for reader in READERS], content.head[:200])


def _collected(found: Iterator[Entry | Rejection], name: str) -> tuple[pd.DataFrame, list[dict]]:
    """The records, a batch at a time, so that a long file needs little more than the table it makes."""
    tables = [schema.empty(schema.RECORDS)]
    rejected: list[dict] = []
    places: dict[int, int] = {}
    while batch := list(itertools.islice(found, BATCH)):
        rows = []
        for each in batch:
            row = each if isinstance(each, Rejection) else crosswalk.record(each)
            if isinstance(row, Rejection):
                rejected.append({"line": row.place, "reason": row.reason, "text": crosswalk.sound(row.text)})
            else:
                rows.append({**row, "record_id": _record_id(name, each.place, places)})
        tables.append(_table(rows, name))
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else tables[0], rejected


def _record_id(name: str, place: int, places: dict[int, int]) -> str:
    """File and line; where several records stand on a line, the later ones also have their number there."""
    places[place] = places.get(place, 0) + 1
    return f"{name}:{place}" if places[place] == 1 else f"{name}:{place}.{places[place]}"


def _table(rows: list[dict], name: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=[*rows[0]] if rows else None)
    if rows:
        table["published"] = crosswalk.first_days(table["published"])
        table["arxiv_version"] = table["arxiv_version"].astype("Int64")
    return schema.shape(table.assign(paper_id="", source_file=name), schema.RECORDS)
