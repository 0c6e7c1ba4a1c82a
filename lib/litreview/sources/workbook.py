"""Excel workbooks (.xlsx), by openpyxl: every sheet that has a header of papers."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl

from litreview.errors import SourceError
from litreview.sources import table
from litreview.sources.content import RATIO, WHOLE, Content
from litreview.sources.entries import Entry, Rejection

NAME = "Excel workbook (XLSX)"
_UNPACKED = 2 * 2**30  # bytes of a workbook's parts together
_FREE = 64 * 2**20  # bytes below which the ratio does not matter


def recognises(content: Content) -> bool:
    """Whether it is an archive with a workbook in it."""
    return content.first.startswith(b"PK\x03\x04") and _is_workbook(content)


def _is_workbook(content: Content) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content.whole())) as archive:
            return any(name.startswith("xl/workbook") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The rows below each sheet's header, each with its row number.

    Raises `SourceError` for a workbook that unpacks to far more than it should, or is damaged.
    """
    data = content.whole()
    _check_size(data, content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if _has_header(sheet)]
        found = [each for sheet in sheets for each in table.entries(_rows(sheet))]
    except Exception as error:  # openpyxl lets through whatever a damaged part makes it stumble over
        raise SourceError.damaged(content.name, NAME, str(error)) from error
    if not sheets:
        raise SourceError.no_header(content.name)
    yield from found


def _check_size(data: bytes, content: Content) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > _UNPACKED or (unpacked > _FREE and unpacked > RATIO * len(data)) or len(data) > WHOLE:
        raise SourceError.bomb(content.name)


def _has_header(sheet: Any) -> bool:
    sheet.reset_dimensions()  # some programs write a wrong one
    above = sheet.iter_rows(max_row=table.ROWS_ABOVE, values_only=True)
    return any(table.header_score([_text(cell) for cell in row]) for row in above)


def _rows(sheet: Any) -> Iterator[table.Row]:
    for place, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield place, [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.isoformat()[:10] if getattr(cell, "hour", 0) == 0 else cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
