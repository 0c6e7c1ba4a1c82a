r"""BibTeX and BibLaTeX, by bibtexparser; what it cannot parse is saved field by field, or rejected aloud.

The file is cut before every line that begins an entry, so that a broken entry harms no other and a long file needs
little memory. An entry that is not as BibTeX wants it says so in its field `mended`.

LaTeX letters are BibTeX's way to write letters, so they are decoded as JSON's escapes are. Formulas stay. What an entry
has from another one (`crossref`, `xdata`) is looked up in `bibtex_inheritance.py`.
"""

import logging
import re
from collections.abc import Iterator

from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Parsed
from bibtexparser.splitter import Splitter

from litreview.sources.bibtex_inheritance import inherited, names_another
from litreview.sources.bibtex_repair import saved
from litreview.sources.bibtex_values import names_in, value_of
from litreview.sources.file_content import RECORD, Content, Entry, Rejection, too_long
from litreview.sources.latex import decoded

NAME = "BibTeX"

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # the ledger tells what failed

_BEGINS = re.compile(r"\s*@\s*([A-Za-z]+)\s*[{(]")
_LOOSE = re.compile(r"^\s*@\s*([A-Za-z]+)\s*([{(])")
_TYPE, _OPENS = re.compile(r"\s*@\s*[A-Za-z]+\s*"), re.compile(r"\s*[{(]")  # on two lines
_ENTRY = re.compile(r"^[ \t\ufeff]*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_NO_ENTRY = {"comment", "string", "preamble"}
_FIELD = r"\n[ \t]{0,80},?[ \t]{0,80}[A-Za-z][\w:+-]*[ \t]*=[ \t]*"
_LOST = re.compile(rf"{_FIELD}[{{\"\d]")
_SWALLOWED = re.compile(rf"[}}\"]?{_FIELD}[{{\"]|[}}\"\d]{_FIELD}\d")
_ESCAPED = re.compile(r"\\([_%&#~])")
_VERBATIM = {"url", "doi", "file", "eprint", "link", "ee", "pmid"}
_PEOPLE = {"author", "authors", "editor"}


def recognises(content: Content) -> bool:
    """Whether a line near the top begins an entry."""
    return bool(_ENTRY.search(content.head.replace("\r", "\n")))


def read(content: Content) -> Iterator[Entry | Rejection]:
    """The entries, in order; comments, preambles and abbreviations are none, and `@xdata` is rejected."""
    others: dict[str, Entry] = {}
    if any(names_another(line) for _, line in content.lines()):
        others = {each.key.lower(): each for each in _entries(content) if isinstance(each, Entry)}
    for each in _entries(content):
        if isinstance(each, Entry) and each.fields["kind"] == ["xdata"]:
            yield Rejection(each.place, "it is no paper: it holds data that other entries take", f"@xdata {each.key}")
        else:
            yield inherited(each, others) if isinstance(each, Entry) and others else each


def _entries(content: Content) -> Iterator[Entry | Rejection]:
    abbreviations: dict[str, str] = {}
    for line, text in _chunks(content):
        kind = _kind(text)
        if len(text) > RECORD:
            yield too_long(line, text, RECORD)
        elif kind and kind not in {"comment", "preamble"}:
            yield from _blocks(line, _LOOSE.sub(r"@\1\2", text), abbreviations)


def _chunks(content: Content) -> Iterator[tuple[int, str]]:
    """Each block with the line it begins on; what stands before the first one is a comment."""
    start, size = 1, 0
    lines: list[str] = []
    for number, line in content.lines():
        above = [lines.pop()] if lines and _TYPE.fullmatch(lines[-1]) and _OPENS.match(line) else []
        if above or _BEGINS.match(line):
            if lines:
                yield start, "\n".join(lines)
            start, lines, size = number - len(above), above, 0
        if size <= RECORD:
            lines.append(line)
            size += len(line)
    if lines:
        yield start, "\n".join(lines)


def _blocks(line: int, text: str, abbreviations: dict[str, str]) -> Iterator[Entry | Rejection]:
    library = Splitter(text).split()
    if not _sound(library):
        yield from _saved(line, text, library, abbreviations)
        return
    for block in map(_recovered, library.blocks):
        if isinstance(block, String):
            abbreviations[block.key.lower()] = value_of(block.value, abbreviations)
        elif isinstance(block, Parsed):
            fields = [(field.key, str(field.value)) for field in block.fields]
            yield _entry(line + (block.start_line or 0), block.entry_type, block.key, fields, abbreviations)


def _saved(line: int, text: str, library: Library, abbreviations: dict[str, str]) -> Iterator[Entry | Rejection]:
    """The broken entry that a text begins with, as far as it can be read, and whatever follows it on its last line."""
    if _kind(text) in _NO_ENTRY:
        return
    entry = saved(text)
    if not entry:
        yield Rejection(line, f"it is no BibTeX: {_why(library)}", text[:80])
        return
    whole = any(isinstance(block, Parsed) and len(block.fields) == len(entry.fields) for block in library.blocks)
    mended = (
        []
        if whole
        else [("mended", f"read field by field, for a bracket, a quote or a comma is wrong ({_why(library)})")]
    )
    yield _entry(line, entry.kind, entry.key, [*entry.fields, *mended], abbreviations)
    rest = text[entry.end :]
    if _BEGINS.match(rest):
        yield from _blocks(line + text[: entry.end].count("\n"), rest, abbreviations)


def _why(library: Library) -> str:
    errors = [getattr(block, "error", None) for block in library.blocks]
    reasons = [getattr(error, "abort_reason", error) for error in errors if error]
    return " ".join(str(reasons[0]).split()) if reasons else "a bracket, a quote or a comma is missing"


def _recovered(block: Block) -> Block:
    """The entry in a block that failed only because it repeats a field or a key; other blocks as they are."""
    repeats = isinstance(block, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock)
    return getattr(block, "ignore_error_block", None) or block if repeats else block


def _kind(text: str) -> str:
    match = _BEGINS.match(text)
    return match[1].lower() if match else ""


def _sound(library: Library) -> bool:
    """Whether every block was parsed, no value has swallowed the next field, and none is left behind an entry."""
    blocks = [_recovered(block) for block in library.blocks]
    values = [field.value for block in blocks if isinstance(block, Parsed) for field in block.fields]
    left = [block.comment for block in blocks if isinstance(block, ImplicitComment)]
    read = any(isinstance(block, Parsed | String) for block in blocks)
    failed = any(isinstance(block, ParsingFailedBlock) for block in blocks)
    swallowed = any(_SWALLOWED.search(value) for value in values if isinstance(value, str))
    return read and not failed and not swallowed and not any(_LOST.search(f"\n{comment}") for comment in left)


def _entry(line: int, kind: str, key: str, given: list[tuple[str, str]], abbreviations: dict[str, str]) -> Entry:
    fields: dict[str, list[str]] = {"kind": [kind.lower()]}
    for written, raw in given:
        name = (written.lower().splitlines()[-1:] or [""])[0].strip()  # without a comment above it
        value = value_of(raw, abbreviations)
        fields.setdefault(name, []).extend(names_in(value) if name in _PEOPLE else [_text(name, value)])
    return Entry("bibtex", line, fields, key)


def _text(name: str, value: str) -> str:
    return (_ESCAPED.sub(r"\1", value) if name in _VERBATIM else decoded(value)).strip()
