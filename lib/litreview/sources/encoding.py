"""Bytes to text. Nothing here fails: what cannot be decoded becomes U+FFFD and can be seen."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> str:
    """The text of `data`: by its byte order mark, else UTF-8, else Windows-1252.

    A file that is UTF-8 but for a few broken bytes stays UTF-8: Windows-1252 would spoil every other letter.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(ord(letter) > 127 for letter in text) - broken if broken else 0
    return text if broken <= sound else data.decode("cp1252", errors="replace")
