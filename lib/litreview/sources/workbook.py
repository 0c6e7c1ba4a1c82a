"""Excel workbooks: those of today (.xlsx) by openpyxl, those of the time before 2007 (.xls) by xlrd, sheet by sheet."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import openpyxl
import xlrd

from litreview.errors import SourceError
from litreview.sources import table
from litreview.sources.content import RATIO, WHOLE, Content
from litreview.sources.entries import Entry, Rejection

NAME = "Excel workbook (XLSX, XLS)"
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))  # where an old document keeps its cells
_UNPACKED = 2 * 2**30  # bytes of a workbook's parts together
_FREE = 64 * 2**20  # bytes below which the ratio does not matter
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a control character, such as the carriage return _x000D_


def recognises(content: Content) -> bool:
    """Whether it is an archive, or a document of old, with a workbook in it."""
    if content.first.startswith(_OLD):
        return any(name in content.whole() for name in _STREAMS)
    return any(name.startswith("xl/workbook") for name in parts(content))


def parts(content: Content) -> list[str]:
    """The names of what an archive holds; none if the file is no archive."""
    if not content.first.startswith(b"PK\x03\x04"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content.whole())) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The rows below each sheet's header, each with its row number.

    Raises `SourceError` for a workbook that unpacks to far more than it should, is binary (.xlsb), or is damaged.
    """
    data = content.whole()
    if not data.startswith(_OLD):
        check_size(data, content)
        if "xl/workbook.bin" in parts(content):
            raise SourceError.other_office(content.name)
    try:
        yield from table.of_sheets(_old(data) if data.startswith(_OLD) else _new(data), content)
    except SourceError:
        raise
    except Exception as error:  # both libraries let through whatever a damaged part makes them stumble over
        raise SourceError.damaged(content.name, NAME, str(error)) from error


def check_size(data: bytes, content: Content) -> None:
    """Raise `SourceError` for an archive whose parts are together far larger than it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > _UNPACKED or (unpacked > _FREE and unpacked > RATIO * len(data)) or len(data) > WHOLE:
        raise SourceError.bomb(content.name)


def _new(data: bytes) -> Iterator[Iterable[table.Row]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write a wrong one
        yield ((place, [_text(cell) for cell in row]) for place, row in enumerate(sheet.iter_rows(values_only=True), 1))


def _old(data: bytes) -> Iterator[Iterable[table.Row]]:
    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)
    for sheet in book.sheets():
        yield (
            (place + 1, [_text(_value(cell, book.datemode)) for cell in sheet.row(place)])
            for place in range(sheet.nrows)
        )


def _value(cell: Any, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value >= 1:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return cell.value


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime | datetime.date):
        midnight = getattr(cell, "hour", 0) == getattr(cell, "minute", 0) == 0
        return cell.isoformat()[:10] if midnight else cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"  # as Excel shows it
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell) if isinstance(cell, str) else str(cell)
