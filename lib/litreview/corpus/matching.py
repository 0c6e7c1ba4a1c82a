"""Which records say the same, and which are versions of one work. Marks, never deletes.

Two records are compared when they share an identifier, the title or an end of it, the abstract, or the first or last 60
letters of the abstract. `compare` then decides, and says why. Letters, digits and signs count as they stand in any
script; case, accents, British spelling, blanks and punctuation do not.

- Identifiers first. The same one: the same record, or a version of it where the text, the version or another identifier
  differs. Two of one kind: two works, unless title and abstract agree, or title, several authors and about the year. A
  preprint's DOI and a journal's are of two kinds. The DOI of a volume, on two papers of other titles and authors or
  pages, does not count. What one venue has in two volumes, or years, is two works.
- Titles whose numbers or notices differ never match: "Qwen2" and "Qwen3", "Part 1" and "Part 2", a paper and its
  correction.
- The same record: title and abstract agree, each to 97 of 100 (RapidFuzz's ratio); or the subtitle is missing and the
  abstract agrees; or an abstract is missing, the title is the same and no short phrase ("Editorial"), and neither
  authors nor years speak against it. Where authors and year agree as well, a short title, a missing subtitle or a typo
  will do.
- A version of the same work: a preprint and its article, a paper and its retracted state, two years or more apart; the
  same title over an abstract that shares most of its text, or by the same authors; another title over the same long
  abstract, but by no others, or by the same authors over one that shares 90 of 100. All records stay loaded.
"""

import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import starmap

import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from litreview.corpus.match_keys import Identity, identities

ALIKE = 97.0  # of 100: two spellings of one text
REVISED = 90.0  # of 100: one text, reworked
RELATED = 60.0  # of 100: two versions of one text
ANCHOR = 60  # letters at either end of an abstract
OPENING = 20  # letters at either end of a title
LONG_ABSTRACT = 200  # letters; a shorter one may stand over two works
LONG_WORD = 5  # letters; one letter of a shorter one may make another word
LONG_TITLE = 4  # words; a shorter one may name two works ("Deep learning")
TOLD_TITLE = 3  # words; enough where the authors are the same
VERSION_YEARS = 4  # between a preprint and its journal version
WINDOW = 8  # neighbours looked at in a block, by the length of their abstracts: copies are of a length
SAME, VERSION = "same record", "version"

Pair = tuple[int, int]  # positions of two records, the earlier one first
Entries = dict[int, Identity]  # by the position of the record


def match_records(records: pd.DataFrame, pairs: list[Pair] | None = None) -> pd.DataFrame:
    """Find which records belong together.

    `records` has title and abstract (str, cleaned), and may have the other columns of `MATCHED`; its order says which
    record of several is the first. `pairs` are those to compare, the candidates when None. The result has a row for
    every record, with its index: `work` (int64, position of the first record of the work), `first` (int64, position of
    the record it repeats; its own if it is loaded) and `reason` (str, missing for the first).
    """
    needed = [*range(len(records))] if pairs is None else sorted({place for pair in pairs for place in pair})
    entries = dict(zip(needed, starmap(cache(Identity), identities(records.iloc[needed])), strict=True))
    pairs = candidate_pairs(entries) if pairs is None else pairs
    found = alike_pairs(entries, pairs)
    linked = works = group_pairs(len(records), found, ())  # two that are apart matter where others link them
    rest = ((a, b) for a, b in pairs if linked[a] == linked[b] and (a, b) not in found)
    apart = [(a, b) for a, b in rest if _contradict(entries[a], entries[b])]
    if apart:
        content = cache(_content)
        surest = sorted(found, key=lambda pair: (found[pair][0] != SAME, sorted(content(entries[at]) for at in pair)))
        works = group_pairs(len(records), surest, apart)
    same = [(a, b) for a, b in found if found[a, b][0] == SAME and works[a] == works[b]]
    firsts = works if len(same) == len(found) else group_pairs(len(records), same, ())
    table = pd.DataFrame({"work": works, "first": firsts}, dtype="int64")
    # Why a record is not the first: its likeness to the first, or to the earliest that it is like.
    likeness = {(a, entries[b]): reason for (a, b), (_, reason) in found.items()}  # a copy has that of the first
    said = {place: reason for pair, (_, reason) in sorted(found.items(), reverse=True) for place in pair}
    targets = enumerate(table["first"].where(table["first"] != table.index, table["work"]).tolist())
    reasons = {place: likeness.get((at, entries[place]), said.get(place)) for place, at in targets if at != place}
    table["reason"] = pd.Series(reasons, table.index, dtype="str")
    return table.set_axis(records.index)


def alike_pairs(entries: Entries, pairs: Iterable[Pair]) -> dict[Pair, tuple[str, str]]:
    """Return the pairs that say the same, or are versions of one work, with what `compare` says of them."""
    return {(a, b): judged for a, b in pairs if (judged := compare(entries[a], entries[b]))}


def group_pairs(count: int, pairs: Collection[Pair], apart: Iterable[Pair]) -> list[int]:
    """Return for each of `count` positions the first position of its group.

    `pairs` are joined one after the other, the surest first. A pair is passed over when some position of the one group
    and some of the other are `apart`. The smaller group joins the larger one, so that a record that is there many times
    costs little each time.
    """
    groups = {place: {place} for pair in pairs for place in pair}  # the members of each position's group
    parted = defaultdict(set)
    for a, b in apart:
        parted[a].add(b)
        parted[b].add(a)
    for a, b in pairs:
        small, large = sorted((groups[a], groups[b]), key=len)
        if small is not large and large.isdisjoint(at for place in small for at in parted.get(place, ())):
            large |= small
            for place in small:
                groups[place] = large
    firsts: dict[int, int] = {}
    return [firsts.setdefault(id(groups[place]), place) if place in groups else place for place in range(count)]


def candidate_pairs(entries: Entries, part: int = 0, parts: int = 1) -> list[Pair]:
    """Return the pairs of positions worth comparing: neighbours in a block of one key, by the length of abstracts.

    Of records that share one object the first stands for all, and is a pair with each.
    Of several parts each has the blocks of some keys (`key_number`, modulo the parts), and all together have all.
    """
    firsts = {each: place for place, each in reversed(entries.items())}
    again = {(firsts[each], place) for place, each in entries.items() if firsts[each] < place}
    blocks: dict[str, list[int]] = defaultdict(list)
    for *_, place in sorted((len(each.abstract), each.abstract, each.title, place) for each, place in firsts.items()):
        for key in blocking_keys(entries[place]):
            if parts == 1 or key_number(key) % parts == part:
                blocks[key].append(place)
    near = ((a, b) for block in blocks.values() for at, a in enumerate(block) for b in block[at + 1 : at + 1 + WINDOW])
    return sorted(again.union((a, b) if a < b else (b, a) for a, b in near))


def key_number(key: str) -> int:
    """Return a number that stands for a key, the same on every machine; a few keys may share one."""
    return zlib.crc32(key.encode())


def blocking_keys(entry: Identity) -> Iterator[str]:
    """Yield an identifier, the title with or without subtitle, an end of it where authors are known, of an abstract."""
    yield from entry.ids.splitlines()
    if entry.title:
        yield from {f"title {entry.title}", f"title {entry.main}"}
    if len(entry.title) >= OPENING and entry.authors:
        yield from (f"opening {entry.title[:OPENING]}", f"ending {entry.title[-OPENING:]}")
    if len(entry.abstract) >= LONG_ABSTRACT:
        yield from (f"head {entry.abstract[:ANCHOR]}", f"tail {entry.abstract[-ANCHOR:]}")


@lru_cache(maxsize=100)  # copies follow each other
def compare(a: Identity, b: Identity) -> tuple[str, str] | None:
    """Return SAME or VERSION with the reason, or None for two works."""
    shared, differing = _identified(a, b)
    if not shared and a.marks != b.marks:
        return None
    titles = _alike(a.title, b.title) if a.marks == b.marks else 0.0
    least = RELATED if shared or titles == 100.0 else REVISED  # one that is less alike changes nothing
    abstracts = ALIKE if _cut_off(a, b) else _alike(a.abstract, b.abstract, least)
    if shared and titles < 100.0 and not abstracts and (_by_others(a, b) or _differ(a, b, "page")):
        shared = ""  # the DOI of a volume, which some files put on every paper of it
    if not shared and abstracts < ALIKE and _reissued(a, b):
        return None
    found = (_judge if a.abstract and b.abstract else _judge_titles)(a, b, titles, abstracts)
    if shared:
        alone = not all(each.title or each.abstract for each in (a, b))  # one has an identifier and no words
        found = SAME if (found == SAME or alone) and not differing else VERSION
    elif differing:
        again = titles == 100.0 and _by_same(a, b) and len(a.people[0]) > 1 and _years(a, b) <= VERSION_YEARS
        twin = found == SAME and abstracts >= ALIKE and not _by_others(a, b)
        found = VERSION if _title_words(a, b) and (again or twin) else None
    if not found:
        return None
    stages = {a.stage, b.stage} == {"preprint", "article"} or a.retracted != b.retracted
    if stages or _years(a, b) > 1 or _differ(a, b, "version"):
        found = VERSION
    reason = f"{_said('title', a, b, titles)}, {_said('abstract', a, b, abstracts)}"
    return found, f"same {shared}, {reason}" if shared else reason


def _judge(a: Identity, b: Identity, titles: float, abstracts: float) -> str | None:
    """What title and abstract say, and authors and years where these leave it open."""
    long = min(len(a.abstract), len(b.abstract)) >= LONG_ABSTRACT
    begins = a.title.startswith(b.title) or b.title.startswith(a.title)  # with a subtitle, or without
    if abstracts >= ALIKE and (titles >= ALIKE or (long and a.marks == b.marks and begins)):
        return SAME
    words, by_same = _title_words(a, b), _by_same(a, b)
    # The abstract of a whole issue stands over each of its papers, which are by others.
    renamed = long and a.marks == b.marks and abstracts >= (REVISED if by_same else 100.0) and not _by_others(a, b)
    revised = titles == 100.0 and abstracts >= RELATED and (long or words >= LONG_TITLE)
    rewritten = titles == 100.0 and words >= LONG_TITLE and by_same and _years(a, b) < VERSION_YEARS
    return VERSION if renamed or revised or rewritten else None


def _judge_titles(a: Identity, b: Identity, titles: float, _: float) -> str | None:
    """What is to be said when an abstract is missing."""
    words, years = _title_words(a, b), _years(a, b)
    if titles == 100.0 and words >= LONG_TITLE and not _by_others(a, b) and years <= 1:
        return SAME
    if not words or not _by_same(a, b):
        return None
    dated = a.year and b.year and years <= (1 if words >= LONG_TITLE else 0)
    subtitled = a.marks == b.marks and (a.title == b.main or b.title == a.main)
    if dated and (titles == 100.0 or subtitled or (words >= LONG_TITLE and _typo(a, b))):
        return SAME
    return VERSION if titles == 100.0 and words >= TOLD_TITLE and years <= VERSION_YEARS else None


def _contradict(a: Identity, b: Identity) -> bool:
    """Whether two records must not be linked through a third: two works of one title, or two volumes of one."""
    texts = a.title == b.title and bool(a.abstract and b.abstract)
    parts = a.main == b.main != "" and a.title != b.title and a.main not in (a.title, b.title)
    return _identified(a, b)[1] or texts or parts or _by_others(a, b) or _reissued(a, b)


def _reissued(a: Identity, b: Identity) -> bool:
    """Whether both stand in one journal, in two volumes or years: what comes every year under one title."""
    return a.venue == b.venue != "" and (_years(a, b) > (0 if _identified(a, b)[1] else 1) or _differ(a, b, "volume"))


def _differ(a: Identity, b: Identity, field: str) -> bool:
    """Whether both records have a field, and not the same."""
    return "" != getattr(a, field) != getattr(b, field) != ""


def _title_words(a: Identity, b: Identity) -> int:
    return min(len(a.words), len(b.words))


def _typo(a: Identity, b: Identity) -> bool:
    """Whether the titles differ by a letter of a long word, or by two that changed places: not "men" and "women"."""
    short = min((len(word) for word in set(a.words) ^ set(b.words)), default=0) < LONG_WORD
    return a.marks == b.marks and not short and OSA.distance(a.title, b.title, score_cutoff=1) == 1


def _by_same(a: Identity, b: Identity) -> bool:
    """Whether the authors are the same, as far as both name them: two names at least, or the only one of each."""
    (families, words), (others, other_words) = a.people, b.people
    if families.isdisjoint(other_words):
        return False
    shared = min(len(families & other_words), len(others & words))
    fewer = min(len(families), len(others))
    return (shared >= 2 and shared * 3 >= fewer * 2) or len(families) == len(others) == shared == 1


def _by_others(a: Identity, b: Identity) -> bool:
    """Whether both name authors, in one script (LATIN, CYRILLIC, CJK), and none is the same."""
    (families, words), (others, other_words) = a.people, b.people
    if not (families.isdisjoint(other_words) and others.isdisjoint(words)):
        return False
    scripts = [{unicodedata.name(word[0], "").partition(" ")[0] for word in each} for each in (words, other_words)]
    return not scripts[0].isdisjoint(scripts[1])


def _years(a: Identity, b: Identity) -> int:
    """Years between the two; 0 where one is unknown."""
    return abs(int(a.year) - int(b.year)) if a.year and b.year else 0


def _content(entry: Identity) -> tuple:
    """What pairs are joined in the order of, so that the order of the records does not matter."""
    return entry.title, entry.abstract, sorted(entry.known.items()), entry.version, entry.year, sorted(entry.people[1])


def _alike(a: str, b: str, least: float = RELATED) -> float:
    """RapidFuzz's ratio, 0 to 100; 0 where one is empty or the ratio is below the least that counts."""
    if not a or not b:
        return 0.0
    return 100.0 if a == b else min(fuzz.ratio(a, b, score_cutoff=least), 99.9)


def _cut_off(a: Identity, b: Identity) -> bool:
    """Whether one abstract is the beginning of the other: cut short, or without what a publisher adds."""
    fewer, more = sorted((a.abstract, b.abstract), key=len)
    return len(fewer) >= ANCHOR * 2 and fewer != more and more.startswith(fewer)


def _identified(a: Identity, b: Identity) -> tuple[str, bool]:
    """The first kind of identifier that the two share, "" if none, and whether any kind differs."""
    if not a.ids or not b.ids:
        return "", False
    equal = [kind for kind, value in a.known.items() if b.known.get(kind) == value]
    return equal[0] if equal else "", len(equal) < len(a.known.keys() & b.known.keys())


def _said(field: str, a: Identity, b: Identity, score: float) -> str:
    if not getattr(a, field) or not getattr(b, field):
        return f"{field} missing"
    return f"same {field}" if score == 100.0 else f"{field} {score:.1f}% alike" if score else f"other {field}"
