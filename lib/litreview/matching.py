"""Which records say the same, and which are versions of one work. Marks, never deletes.

Two records are compared when they share something that two copies hardly ever differ in: an identifier, the title, the
abstract, or the first or last 60 letters of the abstract. `compare` then decides, and says why. Letters, digits and
signs count as they stand in any script; case, accents' encoding, blanks and punctuation do not.

- Titles whose numbers differ never match: "Qwen2" and "Qwen3", "Part 1" and "Part 2", "v1" and "v2".
- The same record: title and abstract agree, each to 97 of 100 (RapidFuzz's ratio); or an abstract is missing and the
  title is the same and no short phrase ("Editorial"); or the subtitle is missing and the abstract agrees.
- A version of the same work: the same identifier over another text; the same text under another identifier of the
  same kind (preprint and journal); the same title over an abstract that shares most of its text; the same long
  abstract under another title. Both records stay loaded.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

ANCHOR = 60  # letters at either end of an abstract
ALIKE = 97.0  # of 100: two spellings of one text
RELATED = 60.0  # of 100: two versions of one text
LONG_ABSTRACT = 200  # letters; a shorter one may stand over two works
LONG_TITLE = 4  # words; a shorter one may name two works ("Editorial")
WINDOW = 8  # neighbours looked at in a block, by the length of their abstracts: copies are of a length
IDENTIFIERS = ("doi", "arxiv_id", "pmid", "openalex_id")

SAME, VERSION = "same record", "version"

# Prefixes that repositories of preprints register: arXiv, bioRxiv and medRxiv, SSRN, Research Square, OSF and its kin,
# Preprints.org, ChemRxiv, TechRxiv, Authorea, Zenodo.
_PREPRINT_DOI = re.compile(
    r"10\.(?:48550|1101(?=/(?:\d{6}|\d{4}\.))|64898|2139|21203|31(?:219|222|223|224|225|226|227|228|229|230|231|232|233|234|235)"
    r"|20944|26434|36227|22541|5281)/"
)

_NUMBER = re.compile(r"\d+|\b(?:ii+|iv|vi+|ix)\b|\b(?:part|volume|version) (?:i|v|x|one|two|three|four|five)\b")
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}|\w+")
_NO_ABSTRACT = re.compile(r"(?:no|without)?abstract(?:(?:not)?available)?|na|none|notavailable|withdrawn")  # canonical
_DROPPED = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code) in "+*#")}


@dataclass(frozen=True)
class Entry:
    """What matching looks at in one record."""

    title: str
    abstract: str
    numbers: tuple[str, ...]
    words: int
    identifiers: tuple[str, ...]


def canonical(text: str) -> str:
    """Letters, digits and the signs + * # of a text, in lower case; the same for every spelling of the same words."""
    if text.isascii():
        return text.lower().translate(_DROPPED)
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_DROPPED)
    return "".join(
        letter for letter in folded if letter.isalnum() or letter in "+*#" or unicodedata.category(letter)[0] == "M"
    )


def is_preprint_doi(doi: str) -> bool:
    """Whether a repository of preprints registered a DOI."""
    return bool(_PREPRINT_DOI.match(doi))


def match_records(records: pd.DataFrame) -> pd.DataFrame:
    """Which records belong together.

    `records` has title and abstract (str, cleaned), and may have the columns of `IDENTIFIERS`; its order says which
    record of several is the first. The result has a row for every record, with its index: `work` (int64, position of
    the first record of the work), `first` (int64, position of the record it repeats; its own if it is loaded) and
    `reason` (str, missing for the first).
    """
    entries = _entries(records)
    edges = {pair: found for pair in _candidates(entries) if (found := compare(entries[pair[0]], entries[pair[1]]))}
    works = _components(len(entries), edges)
    firsts = _components(len(entries), (pair for pair, found in edges.items() if found[0] == SAME))
    reasons = [_reason(place, works[place], firsts[place], edges) for place in range(len(entries))]
    table = pd.DataFrame({"work": works, "first": firsts}, index=records.index, dtype="int64")
    return table.assign(reason=pd.Series(reasons, index=records.index, dtype="str"))


def compare(a: Entry, b: Entry) -> tuple[str, str] | None:
    """SAME or VERSION with the reason, or None for two works."""
    shared, differing = _identified(a, b)
    titles = _alike(a.title, b.title) if a.numbers == b.numbers else 0.0
    abstracts = _alike(a.abstract, b.abstract)
    found = _judged(a, b, titles, abstracts)
    if shared:
        return (VERSION if differing or found != SAME else SAME), f"same {shared}, {_said(a, b, titles, abstracts)}"
    if differing:
        found = VERSION if found == SAME and abstracts >= ALIKE else None
    return (found, _said(a, b, titles, abstracts)) if found else None


def _judged(a: Entry, b: Entry, titles: float, abstracts: float) -> str | None:
    """What title and abstract alone say."""
    if a.abstract and b.abstract:
        long = min(len(a.abstract), len(b.abstract)) >= LONG_ABSTRACT
        told = long or min(a.words, b.words) >= LONG_TITLE
        if abstracts >= ALIKE and (titles >= ALIKE or (long and a.numbers == b.numbers and _begins(a, b))):
            return SAME
        renamed = long and abstracts == 100.0 and a.numbers == b.numbers
        revised = told and titles == 100.0 and abstracts >= RELATED
        return VERSION if renamed or revised else None
    return SAME if titles == 100.0 and a.words >= LONG_TITLE else None


def _alike(a: str, b: str) -> float:
    """RapidFuzz's ratio, 0 to 100; 0 where one is empty or the ratio is below `RELATED`."""
    if not a or not b:
        return 0.0
    return 100.0 if a == b else min(fuzz.ratio(a, b, score_cutoff=RELATED), 99.9)


def _begins(a: Entry, b: Entry) -> bool:
    """Whether one title begins with the other: a subtitle left out, or the whole title."""
    return a.title.startswith(b.title) or b.title.startswith(a.title)


def _identified(a: Entry, b: Entry) -> tuple[str, bool]:
    """The first kind of identifier that the two share, "" if none, and whether any kind differs."""
    both = [(kind, x == y) for kind, x, y in zip(IDENTIFIERS, a.identifiers, b.identifiers, strict=True) if x and y]
    return next((kind for kind, equal in both if equal), ""), any(not equal for _, equal in both)


def _said(a: Entry, b: Entry, titles: float, abstracts: float) -> str:
    return f"{_likeness('title', a.title, b.title, titles)}, {_likeness('abstract', a.abstract, b.abstract, abstracts)}"


def _likeness(field: str, a: str, b: str, score: float) -> str:
    if not a or not b:
        return f"{field} missing"
    return f"same {field}" if score == 100.0 else f"{field} {score:.1f}% alike" if score else f"other {field}"


def _entries(records: pd.DataFrame) -> list[Entry]:
    identifiers = [records[kind].fillna("") if kind in records else [""] * len(records) for kind in IDENTIFIERS]
    return [
        Entry(canonical(title), _abstract(abstract), _numbers(title), len(_WORD.findall(title)), tuple(map(str, own)))
        for title, abstract, *own in zip(records["title"], records["abstract"], *identifiers, strict=True)
    ]


def _abstract(text: str) -> str:
    """The canonical abstract; empty where it says that there is none."""
    letters = canonical(text)
    return "" if _NO_ABSTRACT.fullmatch(letters) else letters


def _numbers(title: str) -> tuple[str, ...]:
    return tuple(_NUMBER.findall(unicodedata.normalize("NFKC", title).casefold()))


def _candidates(entries: list[Entry]) -> Iterator[tuple[int, int]]:
    """Pairs of positions worth comparing, the earlier one first; a pair may come more than once."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        for key in _keys(entry):
            blocks[key].append(place)
    for block in blocks.values():
        block.sort(key=lambda place: (len(entries[place].abstract), entries[place].abstract, entries[place].title))
        for index, place in enumerate(block):
            yield from ((min(place, other), max(place, other)) for other in block[index + 1 : index + 1 + WINDOW])


def _keys(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from ((kind, value) for kind, value in zip(IDENTIFIERS, entry.identifiers, strict=True) if value)
    if entry.title:
        yield "title", entry.title
    if len(entry.abstract) >= LONG_ABSTRACT:
        yield "head", entry.abstract[:ANCHOR]
        yield "tail", entry.abstract[-ANCHOR:]


def _components(count: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    """For each position the first position it hangs together with."""
    roots = list(range(count))

    def root(place: int) -> int:
        while roots[place] != place:
            roots[place] = place = roots[roots[place]]
        return place

    for a, b in edges:
        low, high = sorted((root(a), root(b)))
        roots[high] = low
    return [root(place) for place in range(count)]


def _reason(place: int, work: int, first: int, edges: dict[tuple[int, int], tuple[str, str]]) -> str | None:
    """Why the record at `place` is not the first of its work: its likeness to the first, or to the nearest in between."""
    if place == work:
        return None
    target = first if first != place else work
    if (target, place) in edges:
        return edges[target, place][1]
    return next((said for (a, b), (_, said) in sorted(edges.items()) if place in (a, b)), None)
