"""Files of tagged lines: RIS, PubMed's NBIB, Web of Science, EndNote's Refer, RefWorks, Ovid, Cochrane, NoteExpress.

A line begins with a tag, or carries on the line above it. One reader serves them all, because they differ only in how a
tag looks and where a record begins and ends. (rispy holds a whole file, stops at the first record without an end, and
knows no line numbers.)

- A record begins at its first tag (TY, PT, %0 …), or at any tag once the last record has ended; it ends at its end tag,
  or where the next one begins. So a record that lacks either is not lost.
- How wide a RIS tag is set is read from the file's own first tag: where it stands before two blanks, a line of prose
  that begins with "ER - positive" is prose.
- Where the file begins with a first tag, every record begins with that one: a tag behind the end of a record still
  belongs to it (Ovid writes one there). What stands between two records without a tag (numbers, queries) belongs to none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from litreview.sources.file_content import RECORD, Content, Entry, Rejection, too_long


@dataclass(frozen=True)
class Tagged:
    """One dialect.

    `mark` recognises a file by one of its lines; `tags` are patterns of a tag with its text, the first that fits the
    file holds; `first`, `last`: the tags that begin and end a record; `blank_ends`: a blank line does, too; `apart`: the
    tags whose every line is a value of its own; `furniture`: tags that belong to no record.
    """

    NAME: str
    format: str
    mark: re.Pattern
    tags: tuple[re.Pattern, ...]
    first: tuple[str, ...]
    last: str = ""
    blank_ends: bool = False
    apart: tuple[str, ...] = ()
    furniture: tuple[str, ...] = field(default=())

    def recognises(self, content: Content) -> bool:
        """Whether a line near the top is one that only this format has."""
        return bool(self.mark.search(content.head.replace("\r\n", "\n").replace("\r", "\n")))

    def read(self, content: Content) -> Iterator[Entry | Rejection]:
        """The records, in order."""
        for block in self._blocks(content):
            yield block.entry(self)

    def _tag(self, content: Content) -> tuple[re.Pattern, str]:
        """The pattern that fits the file, and the tag that all its records begin with; "" where they do not."""
        head = content.head.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for tag in self.tags:
            found = [name for line in head if (name := _name(tag.match(line))) and name not in self.furniture]
            if not set(found).isdisjoint(self.first):
                return tag, found[0] if found[0] in self.first else ""
        return next((tag for tag in self.tags if any(map(tag.match, head))), self.tags[-1]), ""

    def _blocks(self, content: Content) -> Iterator["_Block"]:
        (tag, start), block, ended, blank = self._tag(content), _Block(), False, False
        first = (start,) if start else self.first
        for number, line in content.lines():
            match = tag.match(line)
            name = _name(match)
            begins = ended or block.goes_on_from(first) if name in first else not start and (ended or blank)
            if block.lines and name and begins:
                yield block
                block, ended = _Block(), False
            if match and name == self.last and not match[2].strip():
                ended = bool(block.lines)
            elif match and name not in self.furniture:
                block.add(number, name, match[2])
            elif block.lines and not ended and not name:
                block.carry_on(line, self.apart)
            blank = self.blank_ends and not line.strip()
        if block.lines:
            yield block


def _name(match: re.Match | None) -> str:
    """The tag of a line, "" where it has none. RIS and RefWorks exist with small letters, too."""
    return "" if not match else match[1].upper() if match[1].islower() else match[1]


class _Block:
    """The lines of one record."""

    def __init__(self) -> None:
        self.line = 0
        self.lines: list[tuple[str, list[str]]] = []
        self.size = 0
        self.tags: set[str] = set()

    def goes_on_from(self, first: tuple[str, ...]) -> bool:
        """Whether it has its first tag and others: a type that is given twice over begins one record."""
        return not self.tags.isdisjoint(first) and not self.tags.issubset(first)

    def add(self, number: int, name: str, text: str) -> None:
        self.line = self.line or number
        self._keep(text, lambda: self.lines.append((name, [text.strip()])))
        self.tags.add(name)

    def carry_on(self, line: str, apart: tuple[str, ...]) -> None:
        name, parts = self.lines[-1]
        if name in apart:
            self._keep(line, lambda: self.lines.append((name, [line.strip()])))
        elif line.strip() or parts[-1]:
            self._keep(line, lambda: parts.append(line.strip()))

    def _keep(self, text: str, keep) -> None:  # type: ignore[no-untyped-def]
        self.size += len(text) + 10
        if self.size <= RECORD:
            keep()

    def entry(self, dialect: Tagged) -> Entry | Rejection:
        if self.size > RECORD:
            begins = " ".join([self.lines[0][0], *self.lines[0][1]])[:80]
            return too_long(self.line, begins, RECORD)
        fields: dict[str, list[str]] = {}
        for name, parts in self.lines:
            text = "\n".join(parts).strip()
            if text:
                fields.setdefault(name, []).append(text)
        return Entry(dialect.format, self.line, fields)
