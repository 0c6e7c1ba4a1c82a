"""Excel workbooks (.xlsx), sheet by sheet, by openpyxl."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape

from litreview.errors import SourceError, shown
from litreview.sources import tabular
from litreview.sources.file_content import LEAST, RATIO, Content, Entry, Rejection, bomb

NAME = "Excel workbook (XLSX)"
_UNPACKED = 2 * 2**30  # bytes of a workbook's parts together
_MOST_SHEETS, _MOST_COLUMNS = 200, 500  # no table of papers has as many; what stands further to the right is not read
_EMPTY_ROWS = 10_000  # in a row, behind which a sheet has ended


def recognises(content: Content) -> bool:
    """Return whether it is an archive with a workbook in it."""
    return content.first.startswith(b"PK\x03\x04") and b"xl/workbook" in content.whole()


def read(content: Content) -> Iterator[Entry | Rejection]:
    """Yield the rows below each sheet's header, each with its row number.

    Raises `SourceError` for a workbook that unpacks to far more than it should, is binary (.xlsb), or is damaged.
    """
    try:
        for sheet in _sheets(content):
            yield from tabular.records_of_rows(sheet)
    except SourceError:
        raise
    except Exception as error:  # the libraries let through whatever a damaged part makes them stumble over
        raise SourceError(
            f"{shown(content.name)}: this looks like an Excel workbook, but cannot be read as one: {str(error)[:200]}. "
            "Open it and save it as .xlsx; .xlsb and locked files are not read."
        ) from error


def _sheets(content: Content) -> Iterator[Iterator[tabular.Row]]:
    """The rows of each sheet. A row counts as a thousand letters, so that few bytes cannot make many records."""
    data = content.whole()
    left = RATIO * max(len(data), LEAST)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > min(_UNPACKED, left):
            raise bomb(content.name)
        lists = [archive.read(name) for name in archive.namelist() if name.startswith("xl/workbook")]
    if sum(text.count(b"sheetId") for text in lists) > _MOST_SHEETS:
        raise bomb(content.name)

    def rows(sheet: Any) -> Iterator[tabular.Row]:
        nonlocal left
        empty = 0
        for place, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            texts = [_text(cell) for cell in cells[:_MOST_COLUMNS]]
            letters = sum(map(len, texts))
            left, empty = (left - 1_000 - letters, 0) if letters else (left, empty + 1)
            if left < 0:
                raise bomb(content.name)
            if empty > _EMPTY_ROWS:
                return
            yield place, texts

    for sheet in openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets:
        sheet.reset_dimensions()  # some programs write a wrong one
        yield rows(sheet)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.date):
        return cell.isoformat().removesuffix("T00:00:00")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"  # as Excel shows it
    return unescape(str(cell))  # a control character, such as the carriage return _x000D_
