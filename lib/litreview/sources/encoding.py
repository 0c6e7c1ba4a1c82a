"""Bytes to text. Nothing here fails: what cannot be decoded becomes U+FFFD and can be seen."""

import codecs
from typing import BinaryIO

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLOCK = 2**20
_SAMPLE = 4096


def decode(data: bytes) -> str:
    """The text of `data`, without a byte order mark: in the encoding that `codec` finds."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    name = _without_mark(data[:_SAMPLE])
    text = data.decode(name or "utf-8", errors="replace")
    broken = 0 if name else text.count("\ufffd")
    sound = sum(ord(letter) > 127 for letter in text) - broken if broken else 0
    return text if broken <= sound else data.decode("cp1252", errors="replace")


def codec(file: BinaryIO) -> str:
    """The name of a stream's encoding: by its byte order mark, or the zeros between letters, else UTF-8 or Windows-1252.

    A file that is UTF-8 but for a few broken bytes stays UTF-8: Windows-1252 would spoil every other letter.
    """
    with file:
        start = file.read(_SAMPLE)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        return _without_mark(start) or _by_letters(file, start)


def _without_mark(start: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of Latin text is zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if half < 4 or max(even, odd) < 0.7 * half or min(even, odd) > 0.1 * half:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _by_letters(file: BinaryIO, block: bytes) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    broken = sound = 0
    while block:
        text = "" if block.isascii() and not decoder.getstate()[0] else decoder.decode(block)
        if text and not text.isascii():
            bad = text.count("\ufffd")
            broken += bad
            sound += len(text) - len(text.encode("ascii", errors="ignore")) - bad
        block = file.read(_BLOCK)
    return "utf-8" if broken <= sound else "cp1252"
