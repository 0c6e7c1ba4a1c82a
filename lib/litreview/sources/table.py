"""Rows of a table to entries: which row is the header, and which of its columns the crosswalk knows.

Headers are compared by their letters and digits, so "Author full names", "Author Full Names" and "author_full_names" are
one, and so are "Título" and "Titulo".
"""

import ast
import itertools
import json
import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from litreview.errors import SourceError
from litreview.sources.content import Content
from litreview.sources.crosswalk import columns
from litreview.sources.entries import Entry, Rejection
from litreview.text.csv_safety import restored

ROWS_ABOVE = 20  # rows that may stand above the header
_IDENTIFIERS = {"doi", "pmid", "arxiv_id"}
_DIGIT = re.compile(r"\d")
_AGAIN = 3  # columns of ours that make a row below the header another header: files were put one behind the other
_TOTAL = re.compile(
    r"\W*(?:grand )?(?:total|count|sum|number of)\b[\W\d]*(?:records|results|rows)?[\W\d]*", re.IGNORECASE
)
_MISSING = {"nan", "NaN", "NA", "N/A", "NULL", "null", "None", "#N/A"}  # what programs write into an empty cell
ALONE = tuple([name] for name in ("title", "Title", "TITLE", "titles", "Titles", "doi", "DOI", "pmid", "PMID"))
_LONGEST_NAME = 80  # letters of a column's
_LONGEST_LIST = 100_000  # letters
_APART = re.compile(r"(?<=['\"])\s+(?=['\"])")  # NumPy puts nothing but a blank between two texts
_CALL = re.compile(r"""\b[\w.]+\(('[^']*'|"[^"]*")\)""")  # a name as arxiv.Result.Author('Jane Doe')
BEYOND = "beyond the header"

Row = tuple[int, Sequence[str]]


def header_score(cells: Sequence[str]) -> int:
    """How many columns of ours a row names, if it may be a header; else 0.

    A header names a title, an abstract or an identifier, and something else; or it is nothing but one of them.
    """
    names = [cell for cell in cells if cell.strip()]
    if max(map(len, names), default=200) >= 200 or len(set(map(_key, names))) < len(names) - 3:
        return 0
    known = {_known()[key] for key in map(_key, names) if key in _known()}
    given = {column for fields in known for column in fields}
    names_text = not given.isdisjoint({"title", "abstract"}) and len(given) > 1
    identifies = (
        len(names) > 1 and any(fields <= _IDENTIFIERS for fields in known) and not _DIGIT.search("".join(names))
    )
    return len(known) if names_text or identifies or names in ALONE else 0


def entries(rows: Iterable[Row | Rejection]) -> Iterator[Entry | Rejection]:
    """The rows below the header, each with its place; empty ones are none, another header or a total is rejected."""
    header: list[str] = []
    for each in rows:
        if isinstance(each, Rejection):
            yield each
            continue
        place, row = each
        cells = [restored(cell.replace("\x00", "")) for cell in row]
        if not header:
            header = _names(cells) if header_score(cells) else []
        elif _is_header(header, cells):
            header = _names(cells)
            yield Rejection(place, "the header again", ", ".join(cells)[:80])
        elif _TOTAL.fullmatch(" ".join(cells)):
            yield Rejection(place, "a total, not a record", ", ".join(cells)[:80])
        elif any(cell.strip() for cell in cells):
            yield Entry("table", place, _fields(header, cells))


def _is_header(header: list[str], cells: Sequence[str]) -> bool:
    """Whether a row below the header is one as well."""
    first = next((cell for cell in cells if cell.strip()), "")
    if not (first.strip() in header or knows(first)) or any(
        len(cell) > _LONGEST_NAME or "\n" in cell for cell in cells
    ):
        return False
    return _names(cells) == header or header_score(cells) >= _AGAIN


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


def _fields(header: list[str], cells: Sequence[str]) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    for place, cell in enumerate(cells):
        name = header[place] if place < len(header) else BEYOND
        if cell.strip() and not (cell.strip() in _MISSING and name in _emptied()):
            fields.setdefault(name, []).append(_value(cell))
    return fields


def _value(cell: str) -> Any:
    """The list or the object that Python, JSON or NumPy has written into a cell; any other cell as it stands."""
    if cell[:1] not in ("[", "{") or cell[-1:] not in ("]", "}") or len(cell) > _LONGEST_LIST:
        return cell
    text = _APART.sub(", ", _CALL.sub(r"\1", cell))
    for parse in (json.loads, ast.literal_eval):
        try:
            with warnings.catch_warnings(action="ignore"):  # Python complains of a backslash in a text
                found = parse(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            continue
        parts = found if isinstance(found, list) else [found]
        return found if parts and all(isinstance(part, str | dict) for part in parts) else cell
    return cell


def _names(cells: Sequence[str]) -> list[str]:
    return [spelt(cell) or f"column {place}" for place, cell in enumerate(cells, start=1)]


def spelt(name: str) -> str:
    """The name of a column as the crosswalk writes it; one that it does not know stays as it is."""
    return _spelt().get(_key(name), name.strip())


def knows(name: str) -> bool:
    """Whether the crosswalk has a column of that name."""
    return _key(name) in _known()


@lru_cache(maxsize=4096)
def _key(cell: str) -> str:
    letters = unicodedata.normalize("NFKD", cell.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


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
    return {spelt(str(name)): value for name, value in fields.items()}
