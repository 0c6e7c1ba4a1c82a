"""Tables in markup: an HTML page that is named .xls, Excel's XML of 2003, and OpenDocument sheets (.ods).

Python's parser of HTML reads all three: it forgives what is not closed, and knows no entities that could be a trap.
"""

import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser

from litreview.errors import SourceError
from litreview.sources import table
from litreview.sources.content import Content
from litreview.sources.encoding import decode
from litreview.sources.entries import Entry, Rejection
from litreview.sources.workbook import check_size, parts

NAME = "table in markup (HTML, Excel XML, ODS)"
_SHEETS = {"table", "worksheet"}
_ROWS = {"tr", "row", "table-row"}
_CELLS = {"td", "th", "cell", "table-cell", "covered-table-cell"}
_SPACES = {"br": "\n", "p": "\n", "line-break": "\n", "s": " ", "tab": " "}
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST = 1_048_576  # rows or columns of a sheet
_MOST_CELLS = 50_000_000  # of all sheets; a few letters can say that a cell stands there a billion times
_BLOCK = 2**20
_OPEN_DOCUMENT = "content.xml"  # where it keeps its cells


def recognises(content: Content) -> bool:
    """Whether it is an OpenDocument sheet, or markup with a table whose header is one of papers."""
    if _OPEN_DOCUMENT in parts(content):
        return True
    markup = content.head.lstrip("\ufeff \t\r\n").startswith("<")
    return markup and any(table.header_score(cells) for _, _, cells in _rows(content.head, content))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The rows below each table's header, each with its number. Raises `SourceError` for a damaged file or a bomb."""
    text = _sheet_text(content) if _OPEN_DOCUMENT in parts(content) else content.text()
    sheets = itertools.groupby(_rows(text, content), key=lambda found: found[0])
    yield from table.of_sheets((((place, cells) for _, place, cells in rows) for _, rows in sheets), content)


def _sheet_text(content: Content) -> str:
    data = content.whole()
    try:
        check_size(data, content)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return decode(archive.read(_OPEN_DOCUMENT))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError, RuntimeError) as error:
        raise SourceError.damaged(content.name, NAME, str(error)) from error


def _rows(text: str, content: Content) -> Iterator[tuple[int, int, list[str]]]:
    """The number of the sheet, of the row in it, and the cells of each row."""
    parser, cells = _Table(), 0
    text += "</table>"  # closes what is open; `close` would look for the end of each open comment anew
    for start in range(0, len(text), _BLOCK):
        try:
            parser.feed(text[start : start + _BLOCK])
        except AssertionError as error:  # a marked section that HTML does not know
            raise SourceError.damaged(content.name, NAME, str(error)) from error
        for sheet, place, row, times in parser.taken():
            cells += len(row) * times
            if cells > _MOST_CELLS:
                raise SourceError.bomb(content.name)
            yield from itertools.repeat((sheet, place, row), times)


class _Table(HTMLParser):
    """Collects the rows that have something in them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[tuple[int, int, list[str], int]] = []
        self._sheet = self._place = 0
        self._row: list[str] = []
        self._cell: list[str] | None = None
        self._times = self._rows = 1
        self._in_note = False

    def taken(self) -> list[tuple[int, int, list[str], int]]:
        """The rows since it was last asked: sheet, number, cells, and how many times."""
        found, self._found = self._found, []
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        given = {key.rpartition(":")[2]: value or "" for key, value in attrs}
        if name in _SHEETS:
            self._end_row()
            self._sheet, self._place, self._rows = self._sheet + 1, 0, 1
        elif name in _ROWS:
            self._end_row()
            self._place += self._rows
            self._rows = _number(given.get("number-rows-repeated"))
        elif name in _CELLS:
            self._begin_cell(given)
        elif self._cell and name in _SPACES:
            self._cell.append(_SPACES[name])
        elif name == "annotation":
            self._in_note = True

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._in_note:
            self._cell.append(_BLANKS.sub(" ", data))

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in _CELLS:
            self._end_cell()
        elif name in _ROWS or name in _SHEETS:
            self._end_row()
        elif name == "annotation":
            self._in_note = False

    def _begin_cell(self, given: dict[str, str]) -> None:
        self._end_cell()
        self._row += [""] * (_number(given.get("index")) - 1 - len(self._row))
        self._times = _number(given.get("number-columns-repeated"))
        value = given.get("date-value") or given.get("value")
        self._cell = [value] if value else []
        self._in_note = bool(value)  # what is shown of a value is rounded

    def _end_cell(self) -> None:
        if self._cell is not None:
            self._row += ["".join(self._cell).strip()] * self._times
        self._cell, self._in_note = None, False

    def _end_row(self) -> None:
        self._end_cell()
        while self._row and not self._row[-1]:
            self._row.pop()
        if self._row:
            self._found.append((self._sheet, self._place, self._row, self._rows))
        self._row = []


def _number(text: str | None) -> int:
    """How often something is repeated, within reason."""
    return min(int(text), _MOST) if text and text.isascii() and text.isdigit() else 1
