"""Groups of what hangs together: pairs are joined one after the other, unless that would put two together that are apart."""

from collections import defaultdict
from collections.abc import Iterable


def linked(count: int, pairs: Iterable[tuple[int, int]], apart: set[tuple[int, int]]) -> list[int]:
    """For each of `count` positions the first position of its group.

    `pairs` are joined in their order, the surest first. A pair is passed over when some position of the one group and
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
