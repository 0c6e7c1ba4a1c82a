"""One small reader per format, chosen by what a file holds and never by how its name ends.

A reader is a module, or an object, with a `NAME`, `recognises(content)`, which looks at the beginning of a file, and
`read(content)`, which gives its entries and rejections one by one. `READERS` lists them, the most particular first. The
crosswalk (`crosswalk.py`) makes records of the entries, the same way for all.
"""

import itertools
import re
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pandas as pd

from litreview import schema
from litreview.errors import SourceError, listed, shown
from litreview.sources import bibtex, crosswalk, hugging_face, json_records, tabular, workbook, xml_records
from litreview.sources.file_content import Content, Entry, Rejection, shipped_table
from litreview.sources.tagged_formats import DIALECTS

READERS: tuple[Any, ...] = (workbook, json_records, xml_records, *DIALECTS, bibtex, hugging_face, tabular)


class Part(NamedTuple):
    """Which batches of a file's entries are read: those of one of several shares, and what is kept of each.

    `size` records are made at a time. `keep` takes the number of a batch and its records.
    """

    size: int = 20_000
    share: int = 0
    shares: int = 1
    keep: Callable[[int, pd.DataFrame], pd.DataFrame] = lambda _, records: records


EVERY = Part()


class Ledger(NamedTuple):
    """How one file's records are accounted for: found = loaded + merged + rejected."""

    source_file: str
    found: int
    loaded: int
    merged: int
    rejected: int
    rejections: pd.DataFrame


def read(path: str | Path, name: str = "", part: Part = EVERY) -> tuple[pd.DataFrame, Ledger]:
    """Read the records of one file, or of a part of it, and their ledger.

    `name` is what the records call the file; the file's own name if empty. The table has the columns of
    `schema.RECORDS`; nothing is merged yet, so `paper_id` is empty and `merged` is 0.

    A search without a hit is a file of no records: an empty one, an empty list or feed, a table's header.

    Raises `SourceError` when the file cannot be read, no reader recognises it, or nothing in it names a paper: a style
    sheet begins its rules as BibTeX does its entries. Limits: `file_content.py`.
    """
    path = Path(path)
    name = name or path.name
    try:
        if not path.is_file():
            raise SourceError(f"{shown(path)}: there is no such file, or it is a folder. Give files, such as folder/*.")
        content = Content(path)
        reader = reader_of(content) if content.head.strip() else None
        records, loaded, rejected = _collected(reader.read(content) if reader else iter(()), name, part)
    except (OSError, EOFError, RecursionError, zlib.error) as error:  # or parts lie too deep in each other
        raise SourceError.unreadable(path, error) from error
    told = rejected or reader in (json_records, xml_records, tabular)  # the others are known by the records they hold
    nameless = not told or any(row["reason"] == crosswalk.NAMELESS for row in rejected)
    if reader and nameless and not (loaded or part.share):
        raise SourceError.no_records(content.name, f"something like {reader.NAME}", [])
    rejections = schema.shape([{"source_file": name} | row for row in rejected], schema.REJECTED)
    return records, Ledger(name, loaded + len(rejected), loaded, 0, len(rejected), rejections)


def reader_of(content: Content) -> Any:
    """Return the reader of a file. Raises `SourceError` when none recognises it."""
    for reader in (each for each in READERS if each.recognises(content)):
        above = SimpleNamespace(head=tabular.down_to_header(content) if reader in (*DIALECTS, bibtex) else "")
        if not above.head or reader.recognises(above):
            return reader  # else a line of RIS or BibTeX stands in a cell, below the header of a table
    for row in shipped_table("formats_not_read.csv"):
        if match := re.search(row["begins_like"].encode(), content.first, re.MULTILINE | re.IGNORECASE):
            name = row["format"].format(*(part.decode(errors="replace") for part in match.groups()))
            raise SourceError(f"{shown(content.name)}: this is {name}, which is not read. {row['advice']}.")
    words = "".join(sign for sign in " ".join(content.head[:200].split())[:40] if sign.isprintable())
    raise SourceError(
        f"{shown(content.name)}: no known format is recognised in this file. It begins with '{words}'. "
        f"Tried: {listed(reader.NAME for reader in READERS)}. Save the listing again as text, "
        "with the lines above the first title, or export the references as RIS, BibTeX, CSV or JSON."
    )


def _collected(found: Iterable[Entry | Rejection], name: str, part: Part) -> tuple[pd.DataFrame, int, list[dict]]:
    """The records that are kept, batch by batch, how many there are, and the rejections."""
    tables, loaded, rejected = list[pd.DataFrame](), 0, list[dict]()
    named = _named(found, name)
    for place, first in enumerate(named):
        batch = itertools.chain([first], itertools.islice(named, part.size - 1))
        if place % part.shares == part.share:
            columns, refused = crosswalk.records(batch, name)
            rejected += [{"line": each.place, "reason": each.reason, "text": each.text} for each in refused]
            loaded += len(columns["record_id"])
            tables.append(part.keep(place, schema.from_lists(columns, schema.RECORDS)))
        deque(batch, maxlen=0)  # of another share
    return pd.concat(tables or [schema.empty(schema.RECORDS)], ignore_index=True), loaded, rejected


def _named(found: Iterable[Entry | Rejection], name: str) -> Iterator[crosswalk.Named]:
    """What a reader found, and its id. Several records may stand on a line, or on one line of each sheet."""
    last, again = 0, Counter[int]()
    for each in found:
        if (place := each.place) > last:
            last, ending = place, ""
        else:
            again[place] += 1
            ending = f".{again[place] + 1}"
        yield each, f"{name}:{place}{ending}"
