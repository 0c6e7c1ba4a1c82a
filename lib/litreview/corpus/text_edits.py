"""Edits of a text as data, and where each code point came from: put `new` in the place of code points [start, end)."""

import re
from collections.abc import Callable, Iterator

Edit = tuple[int, int, str]
Span = tuple[int, int]
Needs = str | tuple[str, ...]  # a string stands for each of its signs


class Step:
    """One repair: what stands in group 1 of a pattern becomes `new[0]`, in group 2 `new[1]`, …, in others nothing.

    new: a text, or a function of what stands there. needs: a text with none of these signs and words has nothing to
    repair.
    """

    def __init__(self, needs: Needs, pattern: str, *new: str | Callable[[str], str], in_links: bool = False) -> None:
        self.needs, self.in_links, self._pattern = needs, in_links, re.compile(pattern, re.DOTALL)
        self._new = [*new, *[""] * (self._pattern.groups - len(new))]

    def edits(self, text: str) -> Iterator[Edit]:
        """Yield what is to be changed in `text`, in order."""
        for match in self._pattern.finditer(text):
            for group, new in enumerate(self._new, start=1):
                found = match[group]
                if found and found != (to := new if isinstance(new, str) else new(found)):
                    yield *match.span(group), to


def apply_edits(text: str, spans: list[Span], edits: list[Edit]) -> tuple[str, list[Span]]:
    """Return `text` with the edits made, and the origin of each code point: what is new stems from all it replaces.

    Edits stand in the order of the text. Without origins (empty) none are given.
    """
    parts, done = [""], 0
    origins: list[Span] = []
    for start, end, new in edits:
        parts += [text[done:start], new]
        if spans:
            origins += [*spans[done:start], *[(spans[start][0], spans[end - 1][1])] * len(new)]
        done = end
    return "".join([*parts, text[done:]]), origins + spans[done:]
