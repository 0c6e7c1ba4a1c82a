"""Edits of a text as data, and where each code point came from.

A `Step` finds edits in order: put `new` in the place of code points [start, end). `groups` and `translate` make one
from a pattern.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
Span = tuple[int, int]


@dataclass(frozen=True)
class Step:
    """One repair. `needs`: signs and words; a text with none of them has nothing to repair."""

    needs: Sequence[str]
    find: Callable[[str], Iterable[Edit]]
    in_links: bool = False

    def edits(self, text: str) -> list[Edit]:
        """Return what is to be changed in `text`."""
        return [edit for edit in self.find(text) if text[edit[0] : edit[1]] != edit[2]]


def groups(needs: Sequence[str], pattern: str, *new: str, in_links: bool = False) -> Step:
    """Return a step that puts `new[0]` in the place of group 1, `new[1]` of group 2, …, nothing in that of others."""
    compiled = re.compile(pattern, re.DOTALL)
    replacements = [*new, *[""] * (compiled.groups - len(new))]

    def find(text: str) -> Iterable[Edit]:
        for match in compiled.finditer(text):
            for group, replacement in enumerate(replacements, start=1):
                if match.start(group) < match.end(group):
                    yield match.start(group), match.end(group), replacement

    return Step(needs, find, in_links)


def translate(
    needs: Sequence[str], pattern: str, entry: Mapping[str, str] | Callable[[str], str], in_links: bool = False
) -> Step:
    """Return a step that puts what `entry` gives for the last group of a match in the place of the whole match."""
    compiled = re.compile(pattern)
    look_up = entry.__getitem__ if isinstance(entry, Mapping) else entry
    return Step(
        needs, lambda text: ((*m.span(), look_up(m[m.lastindex or 0])) for m in compiled.finditer(text)), in_links
    )


def apply_edits(text: str, edits: list[Edit]) -> str:
    """Return `text` with the edits made."""
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def trace_edits(spans: list[Span], edits: list[Edit]) -> list[Span]:
    """Return the origin of each code point once the edits are made; what is new stems from all that it replaces."""
    spans = spans.copy()
    for start, end, new in reversed(edits):
        spans[start:end] = [(spans[start][0], spans[end - 1][1])] * len(new)
    return spans
