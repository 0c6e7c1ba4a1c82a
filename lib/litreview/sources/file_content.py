"""The bytes of one file, read safely, and what a reader makes of them: entries and rejections.

Gzip is unpacked, encodings are detected, and nothing grows without bound. Line formats (JSON lines, RIS, NBIB, Web of
Science, BibTeX, CSV) are read line by line, so a file may be of any length. A format that is one document (JSON, HTML,
XLSX, a saved page) is held whole, up to `WHOLE`.
"""

import csv
import gzip
import io
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import chardet

from litreview.errors import SourceError, shown

HEAD = 65_536  # bytes that a format is recognised by
WHOLE = 512 * 2**20  # bytes of a document that is held whole
LINE = 128 * 2**20  # letters of one line
RECORD = 32 * 2**20  # letters of one record in a line format; a longer one is rejected, and the others load
RATIO = 250  # unpacked size to packed size; the metadata of arXiv reaches 4, JSON of one word hardly 100
LEAST = 5_000  # packed bytes; a smaller file may hold as much as one of these
_BLOCK = 2**16

# Byte order marks, or the zeros between the first letters where there is none.
_MARKS = {"utf-8": rb"\xef\xbb\xbf", "utf-16-le": rb"\xff\xfe|([^\0]\0){4}", "utf-16-be": rb"\xfe\xff|(\0[^\0]){4}"}
# What exports are written in, apart from UTF-8 and UTF-16.
_ENCODINGS = "cp1252 cp1250 iso-8859-2 cp1251 koi8-r cp1253 cp1254 cp1255 gb18030 big5 cp932 euc-jp cp949".split()
_SAMPLE = 65_536  # bytes of phrases beyond ASCII that an encoding is guessed by
_PARTED = bytes.maketrans(b'\r\t;"<>', b"\n" * 6)
_SURE = 0.09  # confidence of 1; below it two accents in an English file would make it Polish


class Entry(NamedTuple):
    """One record, field by field, before the crosswalk.

    `format` names the part of the crosswalk. `place` is the line it begins on, or its number where lines make no sense.
    `fields` are its own names with their texts, lists of texts, or further fields. `key` is what the file calls it.
    """

    format: str
    place: int
    fields: Mapping[str, Any]
    key: str = ""


class Rejection(NamedTuple):
    """A record that cannot be read, with the reason and how it begins."""

    place: int
    reason: str
    text: str


def shipped_table(name: str, beside: str = __file__) -> list[dict[str, str]]:
    """Return the rows of a table that lies beside a module."""
    with Path(beside).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_pattern(name: str, kind: str) -> re.Pattern[str]:
    """Return the texts of the rows of a kind, in any case of letters, as one pattern."""
    texts = (row["text"] for row in shipped_table(name) if kind in row["kind"])
    return re.compile(f"(?:{'|'.join(texts)})", re.IGNORECASE)


def too_long(place: int, text: str, limit: int) -> Rejection:
    """Return the rejection of a record of more letters than the limit."""
    return Rejection(place, f"it is longer than {limit // 2**20} million letters", text[:80])


def bomb(path: Path) -> SourceError:
    """Return the error for a packed file that unpacks to far more than its size."""
    return SourceError(
        f"{shown(path)}: unpacking was stopped, because the file unpacks to far more than its size allows for. "
        "If it can be trusted, unpack it yourself and give the unpacked file."
    )


def _too_large(path: Path, limit: str, why: str) -> SourceError:
    return SourceError(
        f"{shown(path)}: the file is too large: {why}, and the limit is {limit}. "
        "Split it, or export the references as RIS, CSV or JSON lines, which are read line by line."
    )


class Content:
    """What a file holds, from its beginning as often as it is asked for.

    `name` is for messages, `first` the first bytes, `head` the same as text without a byte order mark.
    """

    def __init__(self, path: Path) -> None:
        self.name, self._packed = path, False
        self._packed = self._start(2) == b"\x1f\x8b"
        if self._packed:
            with self.open() as file:
                file.seek(RATIO * max(LEAST, path.stat().st_size))
                if file.read(1):
                    raise bomb(path)
        self.first = self._start(HEAD)
        self.head = decode(self.first)

    def open(self) -> BinaryIO | gzip.GzipFile:
        """Return a stream of the bytes, unpacked."""
        return gzip.open(self.name) if self._packed else self.name.open("rb")

    def whole(self) -> bytes:
        """Return all bytes. Raises `SourceError` when they are more than `WHOLE`."""
        data = self._start((WHOLE if self._packed else min(WHOLE, self.name.stat().st_size)) + 1)
        if len(data) > WHOLE:
            raise _too_large(self.name, f"{WHOLE // 2**20} MB", "a file of this format is read whole")
        return data

    def text(self) -> str:
        """Return all text."""
        return decode(self.whole())

    def verbatim_lines(self) -> list[bytes]:
        r"""Return all lines in UTF-8, each with its end as it stands: \n, \r\n or \r."""
        return (self.whole() if self._encoding == "utf-8" else self.text().encode()).splitlines(keepends=True)

    def lines(self) -> Iterator[tuple[int, str]]:
        r"""Yield the number from 1, and the text, of each line, without its end: \n, \r\n or \r.

        Raises `SourceError` for a line of more than `LINE` letters.
        """
        with io.TextIOWrapper(self.open(), self._encoding, errors="replace") as file:
            file._CHUNK_SIZE = _BLOCK  # type: ignore[attr-defined]  # lines are long for its 8 KB
            lines = iter(partial(file.readline, LINE + 1), "")
            for number, line in enumerate(lines, start=1):
                if len(line) > LINE:
                    raise _too_large(self.name, f"{LINE // 2**20} million letters", f"line {number} is one")
                yield number, line.removesuffix("\n").removeprefix("\ufeff")  # a mark begins each of joined files

    @cached_property
    def _encoding(self) -> str:
        return _encoding_of(self.open())

    def _start(self, size: int) -> bytes:
        with self.open() as file:
            return file.read(size)


def decode(data: bytes) -> str:
    """Return the text of `data`, without a byte order mark; what cannot be decoded becomes U+FFFD."""
    return data.decode(_encoding_of(io.BytesIO(data)), errors="replace").removeprefix("\ufeff")


def _encoding_of(file: BinaryIO | gzip.GzipFile) -> str:
    """Name a stream's encoding: by its byte order mark, or the zeros between letters, else by its letters.

    A file that is UTF-8 but for a few broken bytes stays UTF-8: another encoding would spoil every other letter. Where
    nothing speaks clearly for another one, it is that of the West.
    """
    with file:
        start = file.read(_BLOCK)
        marked = next((name for name, mark in _MARKS.items() if re.match(mark, start)), "")
        phrases = b"" if marked else _phrases(start, file)
    text = phrases.decode(errors="replace")
    broken = text.count("\ufffd") - phrases.count("\ufffd".encode())
    beyond = len(text) - len(text.encode("ascii", errors="ignore"))
    if marked or broken * 2 <= beyond:
        return marked or "utf-8"
    found = chardet.detect(phrases, include_encodings=_ENCODINGS, no_match_encoding="cp1252", prefer_superset=False)
    return (found["confidence"] >= _SURE and found["encoding"]) or "cp1252"


def _phrases(block: bytes, file: BinaryIO | gzip.GzipFile) -> bytes:
    """The first phrases with letters beyond ASCII, in a block of a file or behind it."""
    phrases = b""
    while block and len(phrases) <= _SAMPLE:
        if not block.isascii():
            block += file.readline(LINE)  # no letter is cut in two
            phrases += b"\n".join(part for part in block.translate(_PARTED).split(b"\n") if not part.isascii()) + b"\n"
        block = file.read(_BLOCK)
    return phrases[:_SAMPLE]
