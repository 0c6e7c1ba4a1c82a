"""Edits of a text, and where each code point came from.

A `Find` looks at a text and yields edits in order: put `new` in the place of code points [start, end). The builders
make one from a pattern, so that a mend can be written as data.
"""

import re
from collections.abc import Callable, Iterator, Mapping

Edit = tuple[int, int, str]
Span = tuple[int, int]
Find = Callable[[str], Iterator[Edit]]


def applied(text: str, edits: list[Edit]) -> str:
    """`text` with the edits made."""
    parts, place = [], 0
    for start, end, new in edits:
        parts += [text[place:start], new]
        place = end
    return "".join([*parts, text[place:]])


def moved(spans: list[Span], edits: list[Edit]) -> list[Span]:
    """The origin of each code point once the edits are made; what an edit puts in stems from all that it replaces."""
    after, place = [], 0
    for start, end, new in edits:
        after += spans[place:start] + [(spans[start][0], spans[end - 1][1])] * len(new)
        place = end
    return after + spans[place:]


def translate(pattern: str, entry: Mapping[str, str] | Callable[[str], str]) -> Find:
    """What `entry` gives for the last group of the match, in the place of the whole match."""
    compiled = re.compile(pattern)
    look_up = entry.__getitem__ if isinstance(entry, Mapping) else entry

    def find(text: str) -> Iterator[Edit]:
        return ((match.start(), match.end(), look_up(match[match.lastindex or 0])) for match in compiled.finditer(text))

    return find


def groups(pattern: str, *new: str) -> Find:
    """`new[0]` in the place of group 1, `new[1]` in that of group 2, and so on, nothing in that of further ones; the rest
    of the match stays.
    """
    compiled = re.compile(pattern, re.DOTALL)
    replacements = [*new, *[""] * (compiled.groups - len(new))]

    def find(text: str) -> Iterator[Edit]:
        for match in compiled.finditer(text):
            for group, replacement in enumerate(replacements, start=1):
                if match.start(group) < match.end(group):
                    yield match.start(group), match.end(group), replacement

    return find
