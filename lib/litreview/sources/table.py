"""Rows of a table to entries: which row is the header, and which of its columns the crosswalk knows.

Headers are compared by their letters and digits, so "Author full names" and "Author Full Names" are one.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from litreview.errors import SourceError
from litreview.formulas import restored
from litreview.sources.content import Content
from litreview.sources.crosswalk import columns
from litreview.sources.entries import Entry, Rejection

ROWS_ABOVE = 20  # rows that may stand above the header
_MISSING = {"nan", "NaN", "NA", "N/A", "NULL", "null", "None", "#N/A"}  # what programs write into an empty cell
TITLE_ALONE = (["title"], ["Title"], ["TITLE"], ["titles"], ["Titles"])
BEYOND = "beyond the header"

Row = tuple[int, Sequence[str]]


def header_score(cells: Sequence[str]) -> int:
    """How many columns of ours a row names, if it may be a header; else 0.

    A header names a title or an abstract, and something else; or it is nothing but a title.
    """
    known = {_known()[key] for key in map(_key, cells) if key in _known()}
    given = {column for fields in known for column in fields}
    repeats = len({_key(cell) for cell in cells if cell.strip()}) < sum(bool(cell.strip()) for cell in cells) - 3
    longest = max(map(len, cells), default=0)
    names_text = not given.isdisjoint({"title", "abstract"}) and len(given) > 1
    return len(known) if (names_text or list(cells) in TITLE_ALONE) and not repeats and longest < 200 else 0


def entries(rows: Iterable[Row | Rejection]) -> Iterator[Entry | Rejection]:
    """The rows below the header, each with its place; empty ones are none, and the header again is rejected."""
    header: list[str] = []
    above: list[str] = []
    for each in rows:
        if isinstance(each, Rejection):
            yield each
            continue
        place, row = each
        cells = [restored(cell.replace("\x00", "")) for cell in row]
        if not header:
            header, above = _names(cells) if header_score(cells) else [], cells
        elif cells == above:
            yield Rejection(place, "the header again", ", ".join(cells)[:80])
        elif any(cell.strip() for cell in cells):
            yield Entry("table", place, _fields(header, cells))


def of_sheets(sheets: Iterable[Iterable[Row]], content: Content) -> Iterator[Entry | Rejection]:
    """The entries of every sheet with a header in its first rows. Raises `SourceError` when none has one."""
    headless = True
    for sheet in sheets:
        rows = iter(sheet)
        above = list(itertools.islice(rows, ROWS_ABOVE))
        if any(header_score(cells) for _, cells in above):
            headless = False
            yield from entries(itertools.chain(above, rows))
    if headless:
        raise SourceError.no_header(content.name)


def _fields(header: list[str], cells: Sequence[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for place, cell in enumerate(cells):
        name = header[place] if place < len(header) else BEYOND
        if cell.strip() and not (cell.strip() in _MISSING and name in _emptied()):
            fields.setdefault(name, []).append(cell)
    return fields


def _names(cells: Sequence[str]) -> list[str]:
    """The header as the crosswalk writes it; a name that it does not know stays as it is."""
    spelt = _spelt()
    return [spelt.get(_key(cell), cell.strip() or f"column {place}") for place, cell in enumerate(cells, start=1)]


def _key(cell: str) -> str:
    return "".join(letter for letter in cell.casefold() if letter.isalnum())


@cache
def _spelt() -> dict[str, str]:
    return {_key(field): field for fields in columns("table").values() for field, _ in fields}


@cache
def _emptied() -> frozenset[str]:
    """The fields of ours in which a word such as "NA" says that there is nothing; a title may be that word."""
    return frozenset(field for column, fields in columns("table").items() if column != "title" for field, _ in fields)


@cache
def _known() -> dict[str, frozenset[str]]:
    """Which columns each header gives."""
    return {
        key: frozenset(
            column for column, fields in columns("table").items() if any(_key(field) == key for field, _ in fields)
        )
        for key in _spelt()
    }


def renamed(fields: dict) -> dict:
    """An object with the names that the crosswalk uses."""
    return {_spelt().get(_key(str(name)), str(name)): value for name, value in fields.items()}
