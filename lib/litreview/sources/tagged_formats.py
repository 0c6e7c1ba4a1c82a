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

from litreview.sources.file_content import RECORD, Content, Entry, Rejection, shipped_table, too_long

# Of one record: the number of each line, its tag, or "" where it carries on the line above it, and its text.
_Lines = list[tuple[int, str, str]]


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
        lines: _Lines = []
        size, typed, begun, ended, blank = 0, False, False, False, False
        for number, line in content.lines():
            match = pattern.match(line)
            tag, text = match.groups() if match else ("", line)
            begins = tag and (ended or begun if tag in first else not start and (ended or blank))
            if begins and lines:
                yield self._entry(lines, size)
                lines, size, typed, begun, ended = [], 0, False, False, False
            blank = self.blank_ends and not match and not text.strip()
            if match and tag == self.last and not text.strip():
                ended = bool(lines)
            elif (tag and tag not in self.furniture) or (not tag and lines and not ended):
                size += len(text) + 10
                if size <= RECORD or not lines:
                    lines.append((number, tag, text))
                    if tag:
                        typed, begun = typed or tag in first, typed and tag not in first
        if lines:
            yield self._entry(lines, size)

    def _entry(self, lines: _Lines, size: int) -> Entry | Rejection:
        """The entry, or the rejection of a record that is too long; each line of the tags `apart` is a value."""
        if size > RECORD:
            return too_long(lines[0][0], " ".join(text.strip() for _, _, text in lines)[:80], RECORD)
        values: list[list[str]] = []  # each a tag and the lines of its text
        for _, tag, line in lines:
            text = line.strip()
            if tag or values[-1][0] in self.apart:
                values.append([tag or values[-1][0], text])
            elif text or values[-1][-1]:
                values[-1].append(text)
        fields: dict[str, list[str]] = {}
        for value in values:
            tag, text = value if len(value) == 2 else (value[0], "\n".join(value[1:]).strip())
            if text:
                fields.setdefault(tag, []).append(text)
        if "A1" in fields and [tag for tag in fields if tag in ("A1", "AU")][1:] == ["AU"]:  # RIS, the first apart
            fields["AU"] = [name for name in fields["A1"] if name not in fields["AU"]] + fields["AU"]
        return Entry(self.format, lines[0][0], fields)

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
