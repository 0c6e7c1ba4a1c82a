"""BibTeX and BibLaTeX, by bibtexparser; what it cannot parse is mended, or rejected aloud.

The file is cut before every line that begins an entry, so that a broken entry harms no other and a long file needs
little memory. Then, in turn: the entry as it stands; with the commas and brackets that it lacks; rejected.

LaTeX letters are BibTeX's way to write letters, so they are decoded as JSON's escapes are. Formulas stay.
"""

import logging
import re
from collections.abc import Iterator

from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Field,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Parsed
from bibtexparser.splitter import Splitter

from litreview.sources.bibtex_values import value_of
from litreview.sources.content import RECORD, Content
from litreview.sources.entries import Entry, Rejection, too_long
from litreview.sources.latex import decoded

NAME = "BibTeX"

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # the ledger tells what failed

_BEGINS = re.compile(r"\s*@\s*([A-Za-z]+)\s*[{(]")
_LOOSE = re.compile(r"^\s*@\s*([A-Za-z]+)\s*([{(])")
_ENTRY = re.compile(r"^[ \t\ufeff]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_NO_ENTRY = {"comment", "string", "preamble"}
_MISSING_COMMA = re.compile(r"([}\"\d])[ \t]*(\n[ \t]*[A-Za-z][\w:+-]*[ \t]*=[ \t]*[{\"\d])")
_DOUBLE_COMMA = re.compile(r",(?=\s*,)")
_NO_KEY = re.compile(r"^(\s*@\s*[A-Za-z]+\s*[{(])(?=\s*[A-Za-z][\w-]*\s*=)")
_ESCAPED = re.compile(r"\\([_%&#~])")
_VERBATIM = {"url", "doi", "file", "eprint", "link", "ee", "pmid"}


def recognises(content: Content) -> bool:
    """Whether a line near the top begins an entry."""
    return bool(_ENTRY.search(content.head.replace("\r", "\n")))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The entries, in order; comments, preambles and abbreviations are none."""
    abbreviations: dict[str, str] = {}
    for line, text in _chunks(content):
        kind = (_BEGINS.match(text) or ("", ""))[1].lower()
        if len(text) > RECORD:
            yield too_long(line, text, RECORD)
        elif kind and kind not in {"comment", "preamble"}:
            found = list(_blocks(line, _LOOSE.sub(r"@\1\2", text), abbreviations))
            yield from found
            if not found and kind != "string":
                yield Rejection(line, "it is no BibTeX", text[:80])


def _chunks(content: Content) -> Iterator[tuple[int, str]]:
    """Each block with the line it begins on; what stands before the first one is a comment."""
    start, size = 1, 0
    lines: list[str] = []
    for number, line in content.lines():
        if _BEGINS.match(line):
            if lines:
                yield start, "\n".join(lines)
            start, lines, size = number, [], 0
        if size <= RECORD:
            lines.append(line)
            size += len(line)
    if lines:
        yield start, "\n".join(lines)


def _blocks(line: int, text: str, abbreviations: dict[str, str]) -> Iterator[Entry | Rejection]:
    for block in map(_recovered, _parsed(text).blocks):
        place = line + (block.start_line or 0)
        if isinstance(block, String):
            abbreviations[block.key.lower()] = value_of(block.value, abbreviations)
        elif isinstance(block, Parsed):
            yield _entry(place, block, abbreviations)
        elif isinstance(block, ParsingFailedBlock) and _kind(block.raw) not in _NO_ENTRY:
            yield Rejection(
                place,
                f"it is no BibTeX: {' '.join(str(getattr(block.error, 'abort_reason', block.error)).split())}",
                (block.raw or text)[:80],
            )


def _recovered(block: Block) -> Block:
    """The entry in a block that failed only because it repeats a field or a key; other blocks as they are."""
    repeats = isinstance(block, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock)
    return getattr(block, "ignore_error_block", None) or block if repeats else block


def _kind(raw: str | None) -> str:
    match = _BEGINS.match(raw or "")
    return match[1].lower() if match else ""


def _parsed(text: str) -> Library:
    """What bibtexparser makes of a block, as it stands or mended."""
    first = Splitter(text).split()
    if _sound(first):
        return first
    mended = _mended(text)
    tries = (Splitter(mended + end).split() for end in ("", "\n}", "}\n}", '"\n}'))
    return next((library for library in tries if _sound(library)), first)


def _sound(library: Library) -> bool:
    """Whether every block was parsed, and no value has swallowed the next field."""
    blocks = [_recovered(block) for block in library.blocks]
    values = [field.value for block in blocks if isinstance(block, Parsed) for field in block.fields]
    read = any(isinstance(block, Parsed | String) for block in blocks)
    failed = any(isinstance(block, ParsingFailedBlock) for block in blocks)
    return read and not failed and not any(_swallows(value) for value in values if isinstance(value, str))


def _swallows(value: str) -> bool:
    """Whether a value goes on behind its own end, because no comma stands there."""
    match = _MISSING_COMMA.search(value)
    before = value[: match.end(1)] if match else ""
    return bool(match) and before.count("{") == before.count("}")


def _mended(text: str) -> str:
    with_key = _NO_KEY.sub(r"\1,", text)
    return _DOUBLE_COMMA.sub("", _MISSING_COMMA.sub(r"\1,\2", with_key)).rstrip()


def _entry(line: int, block: Parsed, abbreviations: dict[str, str]) -> Entry:
    fields: dict[str, list[str]] = {"kind": [block.entry_type]}
    for field in block.fields:
        name = field.key.lower().splitlines()[-1:] or [""]  # without a comment above it
        fields.setdefault(name[0].strip(), []).append(_text(field, abbreviations))
    return Entry("bibtex", line, fields, block.key)


def _text(field: Field, abbreviations: dict[str, str]) -> str:
    value = value_of(field.value, abbreviations)
    return _ESCAPED.sub(r"\1", value).strip() if field.key.lower() in _VERBATIM else decoded(value).strip()
