"""Edits of a text as data, and where each code point came from.

A `Step` finds edits in order: put `new` in the place of code points [start, end). `groups` and `translate` make one
from a pattern.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
Span = tuple[int, int]
Replacement = Mapping[str, str] | Callable[[str], str]


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
    replacements = list(enumerate([*new, *[""] * (compiled.groups - len(new))], start=1))

    def find(text: str) -> Iterable[Edit]:
        found = ((*match.span(group), to) for match in compiled.finditer(text) for group, to in replacements)
        return (edit for edit in found if edit[0] < edit[1])

    return Step(needs, find, in_links)


def translate(needs: Sequence[str], pattern: str, to: Replacement, in_links: bool = False) -> Step:
    """Return a step that puts what `to` gives for the last group of a match in the place of the whole match."""
    found, look_up = re.compile(pattern).finditer, to.__getitem__ if isinstance(to, Mapping) else to
    return Step(needs, lambda text: ((*at.span(), look_up(at[at.lastindex or 0])) for at in found(text)), in_links)


def apply_edits(text: str, spans: list[Span], edits: list[Edit]) -> tuple[str, list[Span]]:
    """Return `text` with the edits made, and the origin of each code point: what is new stems from all it replaces.

    Without origins (empty) none are given.
    """
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
        if spans:
            spans = [*spans[:start], *[(spans[start][0], spans[end - 1][1])] * len(new), *spans[end:]]
    return text, spans
