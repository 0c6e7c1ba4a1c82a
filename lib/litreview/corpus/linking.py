"""Which pairs of records are worth a comparison, and the groups that those make which were found to belong together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from litreview.corpus.match_keys import KINDS, Identity

ANCHOR = 60  # letters at either end of an abstract
LONG_ABSTRACT = 200  # letters; a shorter one may stand over two works
OPENING = 20  # letters at either end of a title
WINDOW = 8  # neighbours looked at in a block, by the length of their abstracts: copies are of a length


def linked(count: int, pairs: Iterable[tuple[int, int]], apart: set[tuple[int, int]]) -> list[int]:
    """For each of `count` positions the first position of its group.

    `pairs` are joined one after the other, the surest first. A pair is passed over when some position of the one group and
    some of the other are `apart`.
    """
    members = [{place} for place in range(count)]
    enemies: dict[int, set[int]] = defaultdict(set)
    for a, b in apart:
        enemies[a].add(b)
        enemies[b].add(a)
    for a, b in pairs:
        fewer, more = sorted((members[a], members[b]), key=len)
        if fewer is more or any(not enemies[place].isdisjoint(more) for place in fewer if place in enemies):
            continue
        more |= fewer
        for place in fewer:
            members[place] = more
    firsts = {id(group): min(group) for group in members}
    return [firsts[id(group)] for group in members]


def candidates(entries: list[Identity]) -> Iterator[tuple[int, int]]:
    """Pairs of positions worth comparing, the earlier one first; a pair may come more than once."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for key in _keys(entry):
            blocks[key].append(place)
    for block in blocks.values():
        block.sort(key=lambda place: (len(entries[place].abstract), entries[place].abstract, entries[place].title))
        for index, place in enumerate(block):
            yield from ((min(place, other), max(place, other)) for other in block[index + 1 : index + 1 + WINDOW])


def _keys(entry: Identity) -> Iterator[tuple[str, str]]:
    yield from ((kind, value) for kind, value in zip(KINDS, entry.identifiers, strict=True) if value)
    if entry.title:
        yield from (("title", title) for title in {entry.title, entry.main})
    if len(entry.title) >= OPENING and entry.families:
        yield "opening", entry.title[:OPENING]
        yield "ending", entry.title[-OPENING:]
    if len(entry.abstract) >= LONG_ABSTRACT:
        yield "head", entry.abstract[:ANCHOR]
        yield "tail", entry.abstract[-ANCHOR:]
