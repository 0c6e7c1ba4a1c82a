"""The bytes of one file, read safely: what is no file is refused, gzip is unpacked, and nothing grows without bound.

Line formats (JSON lines, RIS, NBIB, Web of Science, BibTeX, CSV) are read line by line, so a file may be as long as it
likes. A format that is one document (JSON, HTML, XLSX, a saved page) is held whole, up to `WHOLE`.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from litreview.errors import SourceError
from litreview.sources.encoding import codec, decode

HEAD = 65_536  # bytes that a format is recognised by
WHOLE = 512 * 2**20  # bytes of a document that is held whole
LINE = 128 * 2**20  # letters of one line
RECORD = 32 * 2**20  # letters of one record in a line format; a longer one is rejected, and the others load
UNPACKED = 64 * 2**30  # bytes that a gzip file may hold
RATIO = 250  # times its size; the metadata of arXiv packs to a quarter, and JSON of one word hardly to a hundredth
FREE = 64 * 2**20  # bytes below which the ratio does not matter
_BLOCK = 2**20


class Content:
    """What a file holds, from its beginning as often as it is asked for.

    `name` is for messages, `first` the first bytes, `head` the same as text without a byte order mark.
    """

    def __init__(self, path: Path | None = None, data: bytes = b"") -> None:
        self.name = path or Path("text")
        self._path, self._data = path, data
        self._packed = self._raw_start().startswith(b"\x1f\x8b")
        with self.open() as file:
            self.first = self._guarded(lambda: file.read(HEAD))
        self.head = decode(self.first)
        self._codec = ""

    def open(self) -> BinaryIO:
        """A stream of the bytes, unpacked."""
        if not self._packed:
            return self._open_raw()
        return io.BufferedReader(_Bounded(self._open_raw(), self.name), _BLOCK)

    def whole(self) -> bytes:
        """All bytes. Raises `SourceError` when they are more than `WHOLE`."""
        with self.open() as file:
            data = self._guarded(lambda: file.read(WHOLE + 1))
        if len(data) > WHOLE:
            raise SourceError.too_large(self.name, f"{WHOLE // 2**20} MB", "a file of this format is read whole")
        return data

    def text(self) -> str:
        """All text."""
        return decode(self.whole())

    def lines(self) -> Iterator[tuple[int, str]]:
        r"""The number from 1, and the text, of each line, without its end: \n, \r\n or \r.

        Raises `SourceError` for a line of more than `LINE` letters.
        """
        self._codec = self._codec or self._guarded(lambda: codec(self.open()))
        with io.TextIOWrapper(self.open(), encoding=self._codec, errors="replace", newline=None) as file:
            number = 0
            while line := self._guarded(lambda: file.readline(LINE)):
                number += 1
                if len(line) == LINE:
                    raise SourceError.too_large(self.name, f"{LINE // 2**20} million letters", f"line {number} is one")
                yield number, line.removesuffix("\n").removeprefix("\ufeff")  # of the file, or of one put behind it

    def _open_raw(self) -> BinaryIO:
        return self._path.open("rb") if self._path else io.BytesIO(self._data)

    def _raw_start(self) -> bytes:
        def start() -> bytes:
            with self._open_raw() as file:
                return file.read(2)

        return self._guarded(start)

    def _guarded(self, work):  # type: ignore[no-untyped-def]
        """What `work` gives; a failure of the file becomes a `SourceError`."""
        try:
            return work()
        except (OSError, EOFError, zlib.error, ValueError) as error:
            raise SourceError.unreadable(self.name, getattr(error, "strerror", None) or str(error)) from error


class _Bounded(io.RawIOBase):
    """A gzip stream that stops when far more comes out than went in."""

    def __init__(self, packed: BinaryIO, name: Path) -> None:
        self._packed, self._name = packed, name
        self._file = gzip.GzipFile(fileobj=packed)
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        count = self._file.readinto(buffer)
        self._given += count
        if (self._given > FREE and self._given > RATIO * max(1, self._packed.tell())) or self._given > UNPACKED:
            raise SourceError.bomb(self._name)
        return count

    def close(self) -> None:
        self._file.close()
        self._packed.close()
        super().close()
