"""Files of tagged lines: RIS, PubMed's NBIB, Web of Science, EndNote's Refer and Ovid.

A line begins with a tag, or carries on the line above it. One reader serves all dialects, because they differ only in
how a tag looks and where a record begins and ends. (rispy holds a whole file, stops at the first record without an end,
and knows no line numbers.)

- A record begins at its first tag (TY, PT, %0 …), or at any tag once the last record has ended. It ends at its end tag,
  or where the next one begins. So a record that lacks either is not lost.
- How wide a RIS tag is set is read from the file's own first tag: where it stands before two blanks, a line of prose
  that begins with "ER - positive" is prose.
- Where the file begins with a first tag, every record begins with that one: a tag behind the end of a record still
  belongs to it (Ovid writes one there). Text without a tag between two records (numbers, queries) belongs to none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from litreview.sources.file_content import RECORD, Content, Entry, Rejection, shipped_table, too_long


@dataclass(slots=True)
class _Record:
    """The lines of one record, each with its tag, or "" where it carries on the line above it."""

    line: int = 0
    lines: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0

    def is_begun(self, first: list[str]) -> bool:
        """Whether it has its first tag and others: a type that is given twice begins one record."""
        tags = [tag for tag, _ in self.lines if tag]
        return bool(tags) and tags[-1] not in first and not set(tags).isdisjoint(first)

    def add(self, tag: str, text: str, number: int) -> None:
        """Add a line of the file, unless the record is too long."""
        self.line = self.line or number
        self.size += len(text) + 10
        if self.size <= RECORD or not self.lines:
            self.lines.append((tag, text.strip()))

    def entry(self, format_: str, apart: list[str]) -> Entry | Rejection:
        """Make the entry, or the rejection of a record that is too long; each line of the tags `apart` is a value."""
        if self.size > RECORD:
            return too_long(self.line, " ".join(text for _, text in self.lines)[:80], RECORD)
        values: list[tuple[str, list[str]]] = []
        for tag, text in self.lines:
            if tag or values[-1][0] in apart:
                values.append((tag or values[-1][0], [text]))
            elif text or values[-1][1][-1]:
                values[-1][1].append(text)
        fields: dict[str, list[str]] = {}
        for tag, texts in values:
            if text := texts[0] if len(texts) == 1 else "\n".join(texts).strip():
                fields.setdefault(tag, []).append(text)
        if "A1" in fields and [tag for tag in fields if tag in ("A1", "AU")][1:] == ["AU"]:  # RIS, the first apart
            fields["AU"] = [name for name in fields["A1"] if name not in fields["AU"]] + fields["AU"]
        return Entry(format_, self.line, fields)


class Tagged:
    """One dialect, a row of tagged_dialects.csv.

    `mark` recognises a file by one of its lines. `tag` is the pattern of a tag with its text, `loose_tag` the one that
    is used where no first tag fits the other. `first` and `last` are the tags that begin and end a record; with
    `blank_ends` a blank line ends one. Each line of the tags `apart` is a value of its own. Tags that are `furniture`
    belong to no record.
    """

    def __init__(self, row: dict[str, str]) -> None:
        self.NAME, self.format, self.mark, self.last = (row[name] for name in ("name", "format", "mark", "last"))
        self.tags, self.blank_ends = [row["tag"], row["loose_tag"]], bool(row["blank_ends"])
        lists = (re.findall("[^;]+", row[name]) for name in ("first", "apart", "furniture"))
        self.first, self.apart, self.furniture = lists

    def recognises(self, content: Content) -> bool:
        """Return whether a line near the top is one that only this format has."""
        return bool(re.search(self.mark, "\n".join(content.head.splitlines()), re.MULTILINE))

    def read(self, content: Content) -> Iterator[Entry | Rejection]:
        """Yield the records, in order."""
        pattern, start = self._pattern(content)
        first = [start] if start else self.first
        record, ended, blank = _Record(), False, False
        for number, line in content.lines():
            if not (match := pattern.match(line)):
                blank = self.blank_ends and not line.strip()
                if record.lines and not ended:
                    record.add("", line, number)
                continue
            tag, text = match.groups()
            begins = ended or record.is_begun(first) if tag in first else not start and (ended or blank)
            if begins and record.lines:
                yield record.entry(self.format, self.apart)
                record, ended = _Record(), False
            blank = False
            if tag == self.last and not text.strip():
                ended = bool(record.lines)
            elif tag not in self.furniture:
                record.add(tag, text, number)
        if record.lines:
            yield record.entry(self.format, self.apart)

    def _pattern(self, content: Content) -> tuple[re.Pattern[str], str]:
        """The pattern that fits the file, and the tag that all its records begin with; "" where they do not."""
        head = content.head.splitlines()
        patterns = [re.compile(tag, re.DOTALL) for tag in self.tags if tag]
        for pattern in patterns:
            matches = filter(None, map(pattern.match, head))
            found = [match[1] for match in matches if match[1] not in self.furniture]
            if not set(found).isdisjoint(self.first):
                return pattern, found[0] if found[0] in self.first else ""
        return patterns[0], ""


DIALECTS = [*map(Tagged, shipped_table("tagged_dialects.csv"))]
