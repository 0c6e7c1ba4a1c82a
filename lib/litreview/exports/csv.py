"""CSV (RFC 4180) that a spreadsheet can open without running anything: no cell is a formula (formulas.py)."""

import csv
import io
import re
from collections.abc import Iterable

from litreview.exports.entry import Entry
from litreview.text.csv_safety import harmless

COLUMNS = (
    "paper_id title authors published kind venue volume issue pages publisher abstract arxiv_id doi pmid category url "
    "keywords reason"
).split()


def write(entries: Iterable[Entry]) -> str:
    """The entries as comma-separated text, every cell in quotes."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _row(entry)] for entry in entries)
    return text.getvalue()


def _row(entry: Entry) -> list[str]:
    given = {"authors": _authors(entry), "published": entry.date, "keywords": "; ".join(entry.keywords)}
    return [given[name] if name in given else getattr(entry, name) for name in COLUMNS]


def _authors(entry: Entry) -> str:
    """The names with semicolons between them, and one behind a name alone that could be read as several."""
    names = [*entry.authors, *["et al."] * entry.more_authors]
    alone = len(names) == 1 and re.search(r",|\||&|\band\b", names[0])
    return "; ".join(names) + ";" * bool(alone)
