"""Tables: which row is the header, which of its columns the crosswalk knows, and the rows of CSV and TSV.

Headers are compared by their letters and digits, so "Author full names" and "author_full_names" are one, and so are
"Título" and "Titulo". A row whose quotes do not close is read as it stands on its own line, so that one stray quote
costs no other row.
"""

import csv
import itertools
import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from litreview.sources.crosswalk import crosswalk_rows
from litreview.sources.file_content import LINE, RECORD, Content, Entry, Rejection, too_long
from litreview.text.escaping import restored

NAME = "table (CSV, TSV)"
_ROWS_ABOVE = 20  # rows that may stand above the header
_DELIMITERS = ",;\t|"
_MOST_LINES = 10_000  # of one row
_WOS = {"PT", "UT"}  # headers of a table of Web of Science, which are the tags of its text
_IDENTIFIERS = {"doi", "pmid", "arxiv_id"}
# A list that Python has written into a cell, as ASReview and pandas do.
_LIST = re.compile(r"""\[['"].*['"]\]""", re.DOTALL)

csv.field_size_limit(LINE)

Row = tuple[int, Sequence[str]]


def recognises(content: Content) -> bool:
    """Return whether a header is among the first lines."""
    return down_to_header(content) != ""


def down_to_header(content: Content) -> str:
    """Return the lines down to the header; "" where no header is among the first ones."""
    return "\n".join(_dialect(content)[2])


def read(content: Content) -> Iterator[Entry | Rejection]:
    """Yield the rows below the header, each with the line it begins on."""
    return records_of_rows(_rows(content, *_dialect(content)[:2]))


def _header_score(cells: Sequence[str]) -> int:
    """Count the columns of ours that a row names, if it may be a header; else return 0.

    A header names a title, an abstract or an identifier, and something else.
    """
    names = [cell for cell in cells if cell.strip()]
    keys = [*map(_key, names)]
    if len(names) < 2 or max(map(len, names)) >= 200 or len(set(keys)) < len(names) - 3:
        return 0
    known = {_headers()[key][1] for key in keys if key in _headers()}
    given = columns_of(names)
    titled = "title" in given or ("abstract" in given and len(given) > 1)
    identifies = any(columns <= _IDENTIFIERS for columns in known) and not re.search(r"\d", "".join(names))
    return len(known) if titled or identifies else 0


def columns_of(names: Iterable[str]) -> set[str]:
    """Return the columns of ours that some names of columns stand for."""
    return {column for key in map(_key, names) if key in _headers() for column in _headers()[key][1]}


def records_of_rows(rows: Iterable[Row | Rejection]) -> Iterator[Entry | Rejection]:
    """Yield the rows below the header, each with its place; empty ones are none, the header again is rejected."""
    header: list[str] = []
    written: Sequence[str] = []
    for each in rows:
        if isinstance(each, Rejection):
            yield each
        elif not header:
            header, written = (_names(each[1]), each[1]) if _header_score(each[1]) else ([], [])
        elif each[1] == written:
            yield Rejection(each[0], "the header again", ", ".join(written)[:80])
        elif fields := _fields(header, each[1]):
            yield Entry("wos" if _WOS.issubset(header) else "table", each[0], fields)


def _dialect(content: Content) -> tuple[str, int, list[str]]:
    """The delimiter, how many cells the header has, and the lines down to it; of two as good, the first is it."""
    lines = content.head.replace("\0", "").lstrip("\r\n").splitlines()[:_ROWS_ABOVE]
    rows = [(-place, mark, _cut(line, mark)) for place, line in enumerate(lines) for mark in _DELIMITERS]
    scored = [(_header_score(cells), above, mark, len(cells)) for above, mark, cells in rows]
    score, above, delimiter, width = max(scored, key=lambda found: found[:2], default=(0, 0, ",", 0))
    return (delimiter, width, lines[: 1 - above]) if score else (delimiter, 0, [])


def _rows(content: Content, delimiter: str, width: int) -> Iterator[Row | Rejection]:
    """Every row of a file, with the line it begins on; `width` is that of the header."""
    lines, ahead = content.lines(), deque[tuple[int, str]]()  # what was read before its turn
    while first := ahead.popleft() if ahead else next(lines, None):
        number, line = first
        if len(line) > RECORD:
            yield too_long(number, line, RECORD)
            continue
        block, quotes, size = [line], line.count('"'), len(line)
        while quotes % 2 and size < RECORD and len(block) < _MOST_LINES:
            ahead.extend(itertools.islice(lines, len(block) - len(ahead)))
            if len(ahead) < len(block):
                break
            block.append(ahead[len(block) - 1][1])
            quotes, size = quotes + block[-1].count('"'), size + len(block[-1])
        row = _cut("\n".join(block), delimiter)
        if len(block) > 1 and (len(row) <= 1 or len(row) != width == line.count(delimiter) + 1):
            row, block = _cut(line, delimiter), block[:1]
        for _ in block[1:]:
            ahead.popleft()
        yield number, row


def _cut(text: str, delimiter: str) -> list[str]:
    """The cells of a row; where its quotes do not close, they are letters.

    Where quotes stand round whole cells, or are doubled in them, the row is split, which the csv module does letter by
    letter: with what is quoted taken out, so that a cell is a quote for each part that was.
    """
    parts = text.split('"')
    outside, quoted = '"'.join(parts[::2]), iter(parts[1::2])
    cells = outside.split(delimiter)
    if len(parts) % 2 and "\n" not in outside and not "".join(cell for cell in cells if '"' in cell).strip('"'):
        return ['"'.join(itertools.islice(quoted, len(cell))) if '"' in cell else cell for cell in cells]
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=text.count('"') % 2 == 1 or "\n" in text), [])
    except csv.Error:
        return [] if "\n" in text else text.split(delimiter)


def _fields(header: list[str], cells: Sequence[str]) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    beyond = ["beyond the header"] * (len(cells) - len(header))
    for name, cell in zip(header + beyond, cells, strict=False):
        if cell and not cell.isspace() and (text := restored(cell.replace("\0", "") if "\0" in cell else cell)):
            texts = re.split(r"""['"],\s+['"]""", text[2:-2]) if text[0] == "[" and _LIST.fullmatch(text) else text
            fields.setdefault(name, []).append(texts)
    return fields


def _names(cells: Sequence[str]) -> list[str]:
    names = cells if _WOS.issubset(cells) else map(spelt, cells)
    return [name or f"column {place}" for place, name in enumerate(names, start=1)]


@lru_cache(maxsize=4096)
def spelt(name: str) -> str:
    """Return the name of a column as the crosswalk writes it; one that it does not know stays as it is."""
    return _headers().get(_key(name), (name.strip(), ""))[0]


@lru_cache(maxsize=4096)
def _key(cell: str) -> str:
    return re.sub(r"[\W_]", "", "".join(unicodedata.normalize("NFKD", cell.casefold())))


@cache
def _headers() -> dict[str, tuple[str, frozenset[str]]]:
    """Each header, as it is compared: its name in the crosswalk, and the columns that it gives."""
    known: dict[str, tuple[str, frozenset[str]]] = {}
    for field, column, _ in crosswalk_rows("table"):
        name, columns = known.get(_key(field), (field, frozenset()))
        known[_key(field)] = (name, columns | {column})
    return known
