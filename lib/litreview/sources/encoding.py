"""Bytes to text. Nothing here fails: what cannot be decoded becomes U+FFFD and can be seen."""

import codecs
import io
import re
from typing import BinaryIO

import chardet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLOCK = 2**20
_SAMPLE = 4096
# What exports are written in, apart from UTF-8 and UTF-16.
_ENCODINGS = (
    *("cp1252", "cp1250", "iso-8859-2", "cp1251", "koi8-r", "cp1253", "cp1254", "cp1255"),
    *("gb18030", "big5", "cp932", "euc-jp", "cp949"),
)
# Letters with accents inside words: those of the Mac are where Windows has its signs, but for œ, š and ž.
_MAC = re.compile(rb"[A-Za-z][\x80-\x91\x98\x99\x9b\x9d\x9f](?=[a-z])")
_WINDOWS = re.compile(rb"[A-Za-z][\xe0-\xff](?=[a-z])")
_PHRASES = 65_536  # bytes of phrases beyond ASCII that are guessed by
_BETWEEN = re.compile(rb'[\n\r\t;"<>]+')
_SURE = 0.09  # of 1; below it two accents in an English file would make it Polish


def decode(data: bytes) -> str:
    """The text of `data`, without a byte order mark: in the encoding that `codec` finds."""
    return data.decode(codec(io.BytesIO(data)), errors="replace").removeprefix("\ufeff")


def codec(file: BinaryIO) -> str:
    """The name of a stream's encoding: by its byte order mark, or the zeros between letters, else by its letters.

    A file that is UTF-8 but for a few broken bytes stays UTF-8: another encoding would spoil every other letter.
    """
    with file:
        start = file.read(_SAMPLE)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        return _without_mark(start) or _by_letters(file, start)


def _without_mark(start: bytes) -> str:
    """UTF-16 without a byte order mark: every other byte of Latin text is zero, and of other text some are."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < max(4, 0.1 * len(start) / 2) or min(even, odd) > 0.1 * max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _by_letters(file: BinaryIO, block: bytes) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    broken = sound = 0
    phrases = b""
    while block or decoder.getstate()[0]:
        text = "" if block.isascii() and not decoder.getstate()[0] else decoder.decode(block, final=not block)
        if text and not text.isascii():
            bad = text.count("\ufffd")
            broken += bad
            sound += len(text) - len(text.encode("ascii", errors="ignore")) - bad
        if len(phrases) < _PHRASES and not block.isascii():
            phrases += b"\n".join(part for part in _BETWEEN.split(block) if not part.isascii())[:_PHRASES]
        block = file.read(_BLOCK)
    return "utf-8" if broken <= sound else _guess(phrases)


def _guess(phrases: bytes) -> str:
    """The likeliest encoding of texts: one of the West where nothing speaks clearly for another."""
    found = chardet.detect(phrases, include_encodings=_ENCODINGS, no_match_encoding="cp1252", prefer_superset=False)
    if found["encoding"] not in (None, "Windows-1252") and found["confidence"] >= _SURE:
        return str(found["encoding"])
    return "mac-roman" if len(_MAC.findall(phrases)) > len(_WINDOWS.findall(phrases)) else "cp1252"
