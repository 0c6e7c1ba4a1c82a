"""Tables as text: CSV, with commas, semicolons, tabs or bars; whichever makes the best header.

Rows are cut by Python's csv. A row whose quotes do not close, or that closes with a wrong number of cells, is read as it
stands on its own line, so that one stray quote costs no other row.
"""

import csv
from collections import deque
from collections.abc import Iterator

from litreview.sources import table
from litreview.sources.content import LINE, RECORD, Content
from litreview.sources.entries import Entry, Rejection, too_long

NAME = "table (CSV, TSV)"
_DELIMITERS = ",;\t|"
_MOST_LINES = 10_000  # of one row

csv.field_size_limit(LINE)


def recognises(content: Content) -> bool:
    """Whether one of the first rows is a header."""
    return bool(_dialect(content)[1])


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The rows below the header, each with the line it begins on."""
    return table.entries(rows(content, *_dialect(content)))


def _dialect(content: Content) -> tuple[str, int]:
    """The delimiter, and how many cells the header has; 0 if there is no header. Of two as good, the first is it."""
    lines = content.head.replace("\0", "").splitlines()[: table.ROWS_ABOVE]
    if [line.strip() for line in lines[:1]] in table.ALONE:
        return "\x1f", 1  # one text a line, commas and all
    cut = [(place, mark, _cut(line, mark)) for place, line in enumerate(lines) for mark in _DELIMITERS]
    scored = [(table.header_score(cells), -place, mark, len(cells)) for place, mark, cells in cut]
    score, _, delimiter, width = max(scored, key=lambda found: found[:2], default=(0, 0, ",", 0))
    return delimiter, width if score else 0


def rows(content: Content, delimiter: str, width: int) -> Iterator[table.Row | Rejection]:
    """Every row of a file, with the line it begins on; `width` is that of the header."""
    lines = content.lines()
    waiting: deque[tuple[int, str]] = deque()  # lines that were read ahead
    while True:
        number, line = waiting.popleft() if waiting else next(lines, (0, ""))
        if not number:
            return
        if len(line) > RECORD:
            yield too_long(number, line, RECORD)
            continue
        block = _closed(line, lines, waiting, delimiter) if '"' in line else [line]
        row, literal = _cut("\n".join(block), delimiter), line.split(delimiter)
        if not block or (len(block) > 1 and len(row) != width == len(literal)):
            row = literal
        else:
            for _ in block[1:]:
                waiting.popleft()
        yield number, row


def _closed(line: str, lines: Iterator[tuple[int, str]], waiting: deque[tuple[int, str]], delimiter: str) -> list[str]:
    """The lines from `line` on that make a row, its quotes closed; none if they do not close in reach.

    What is read ahead is put into `waiting`.
    """
    block, size = [line], len(line)
    inside = _ends_inside(line, delimiter)
    while inside:
        place = len(block) - 1
        if place == len(waiting):
            following = next(lines, None)
            if following is None or place >= _MOST_LINES or size > RECORD:
                waiting.extend([following] if following else [])
                return []
            waiting.append(following)
        line = waiting[place][1]
        end = _end_of_quotes(line, 0)
        if end >= 0 and line[end : end + 1] not in ("", delimiter):
            return []  # that quote opens the next row, and none has closed this one
        block.append(line)
        size += len(line)
        inside = _ends_inside(block[-1], delimiter, inside=True)
    return block


def _ends_inside(line: str, delimiter: str, inside: bool = False) -> bool:
    """Whether a line ends inside quotes, as csv reads it: a quote opens only at the beginning of a cell."""
    place = 0
    while True:
        if not inside and line[place : place + 1] == '"':
            inside, place = True, place + 1
        if inside:
            place, inside = _end_of_quotes(line, place), False
            if place < 0:
                return True
        place = line.find(delimiter, place) + 1
        if not place:
            return False


def _end_of_quotes(line: str, place: int) -> int:
    """The place after the quote that closes; -1 if none does. A doubled one is a letter."""
    while True:
        place = line.find('"', place)
        if place < 0:
            return -1
        if line[place + 1 : place + 2] != '"':
            return place + 1
        place += 2


def _cut(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)
