"""Which records say the same, and which are versions of one work. Marks, never deletes.

Two records are compared when they share something that two copies hardly ever differ in: an identifier, the title or an
end of it, the abstract, or the first or last 60 letters of the abstract. `compare` then decides, and says why. Letters,
digits and signs count as they stand in any script; case, accents, British spelling, blanks and punctuation do not.

- Identifiers first. The same one: the same record, or a version of it where the text, the version or another identifier
  differs. Two of one kind: two works, unless title and abstract agree, or title, several authors and about the year. A
  preprint's DOI and a journal's are of two kinds. The DOI of a volume, on papers of other titles and authors, counts
  for nothing.
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
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from litreview.corpus.linking import ANCHOR, LONG_ABSTRACT, candidates, linked
from litreview.corpus.match_keys import KINDS, Identity, identities

ALIKE = 97.0  # of 100: two spellings of one text
REVISED = 90.0  # of 100: one text, reworked
RELATED = 60.0  # of 100: two versions of one text
LONG_WORD = 5  # letters; one letter of a shorter one may make another word
LONG_TITLE = 4  # words; a shorter one may name two works ("Deep learning")
TOLD_TITLE = 3  # words; enough where the authors are the same
VERSION_YEARS = 4  # between a preprint and its journal version
SAME, VERSION = "same record", "version"


def match_records(records: pd.DataFrame) -> pd.DataFrame:
    """Which records belong together.

    `records` has title and abstract (str, cleaned), and may have the columns of `IDENTIFIERS`, arxiv_version, authors
    and published; its order says which record of several is the first. The result has a row for every record, with its
    index: `work` (int64, position of the first record of the work), `first` (int64, position of the record it repeats;
    its own if it is loaded) and `reason` (str, missing for the first).
    """
    entries = _without_volumes(identities(records))
    edges: dict[tuple[int, int], tuple[str, str]] = {}
    apart: set[tuple[int, int]] = set()
    for a, b in candidates(entries):
        found = compare(entries[a], entries[b])
        if found:
            edges[a, b] = found
        elif contradict(entries[a], entries[b]):
            apart.add((a, b))
    surest = sorted(edges, key=lambda pair: (edges[pair][0] != SAME, sorted(_content(entries[at]) for at in pair)))
    works = linked(len(entries), surest, apart)
    same = [(a, b) for a, b in surest if edges[a, b][0] == SAME and works[a] == works[b]]
    firsts = linked(len(entries), same, set())
    reasons = _reasons(works, firsts, edges)
    table = pd.DataFrame({"work": works, "first": firsts}, index=records.index, dtype="int64")
    return table.assign(reason=pd.Series(reasons, index=records.index, dtype="str"))


def compare(a: Identity, b: Identity) -> tuple[str, str] | None:
    """SAME or VERSION with the reason, or None for two works."""
    shared, differing = _identified(a, b)
    titles = _alike(a.title, b.title) if a.marks == b.marks else 0.0
    abstracts = _alike(a.abstract, b.abstract) if not _cut_off(a, b) else ALIKE
    found = _judged(a, b, titles, abstracts)
    other = _years(a, b) > 1 or _of_other_state(a, b)
    if shared:
        silent = not (a.title or a.abstract) or not (b.title or b.abstract)
        same = not differing and not other and (silent or found == SAME)
        return (SAME if same else VERSION), f"same {shared}, {_said(a, b, titles, abstracts)}"
    if differing:
        again = titles == 100.0 and _by_same(a, b) and len(a.families) > 1 and _years(a, b) <= VERSION_YEARS
        twin = found == SAME and abstracts >= ALIKE and not _by_others(a, b)
        found = VERSION if _title_words(a, b) and (again or twin) else None
    found = VERSION if found and other else found
    return (found, _said(a, b, titles, abstracts)) if found else None


def contradict(a: Identity, b: Identity) -> bool:
    """Whether two records that are not linked must not be linked through a third: two works of one title, say, or two volumes of one."""
    texts = a.title == b.title and bool(a.abstract and b.abstract)
    parts = a.main == b.main != "" and a.title != b.title and a.main not in (a.title, b.title)
    return _identified(a, b)[1] or texts or parts or _by_others(a, b)


def _of_other_state(a: Identity, b: Identity) -> bool:
    """Whether two records of one work tell of two states of it: versions, preprint and article, retracted or not."""
    versions = bool(a.version and b.version) and a.version != b.version
    return versions or {a.stage, b.stage} == {"preprint", "article"} or a.retracted != b.retracted


def _judged(a: Identity, b: Identity, titles: float, abstracts: float) -> str | None:
    """What title and abstract say, and authors and years where these leave it open."""
    if not (a.abstract and b.abstract):
        return _judged_by_title(a, b, titles)
    long = min(len(a.abstract), len(b.abstract)) >= LONG_ABSTRACT
    told = long or _title_words(a, b) >= LONG_TITLE
    if abstracts >= ALIKE and (titles >= ALIKE or (long and a.marks == b.marks and _begins(a, b))):
        return SAME
    renamed = long and a.marks == b.marks and abstracts >= (REVISED if _by_same(a, b) else 100.0)
    renamed = renamed and not _by_others(a, b)  # the abstract of a whole issue stands over each of its papers
    revised = told and titles == 100.0 and abstracts >= RELATED
    rewritten = titles == 100.0 and _title_words(a, b) >= LONG_TITLE and _by_same(a, b) and _years(a, b) < VERSION_YEARS
    return VERSION if renamed or revised or rewritten else None


def _judged_by_title(a: Identity, b: Identity, titles: float) -> str | None:
    """What is to be said when an abstract is missing."""
    words, years = _title_words(a, b), _years(a, b)
    if titles == 100.0 and words >= LONG_TITLE and not _by_others(a, b) and years <= 1:
        return SAME
    if not words or not _by_same(a, b):
        return None
    dated = a.year and b.year and years <= (1 if words >= LONG_TITLE else 0)
    if dated and (titles == 100.0 or _subtitled(a, b) or (words >= LONG_TITLE and _typo(a, b))):
        return SAME
    return VERSION if titles == 100.0 and words >= TOLD_TITLE and years <= VERSION_YEARS else None


def _title_words(a: Identity, b: Identity) -> int:
    return min(len(a.words), len(b.words))


def _typo(a: Identity, b: Identity) -> bool:
    """Whether the titles differ in one letter of one longer word, or in two that changed places: not "men" and "women"."""
    return (
        a.marks == b.marks
        and OSA.distance(a.title, b.title, score_cutoff=1) == 1
        and min((len(word) for word in set(a.words) ^ set(b.words)), default=0) >= LONG_WORD
    )


def _by_same(a: Identity, b: Identity) -> bool:
    """Whether the authors are the same as far as both records name them: two names at least, or the only one of each."""
    shared = min(len(a.families & b.names), len(b.families & a.names))
    fewer = min(len(a.families), len(b.families))
    return (shared >= 2 and shared * 3 >= fewer * 2) or len(a.families) == len(b.families) == shared == 1


def _by_others(a: Identity, b: Identity) -> bool:
    """Whether both name authors, in one script, and none is the same."""
    return (
        bool(a.names and b.names)
        and not (a.families & b.names or b.families & a.names)
        and not _scripts(a).isdisjoint(_scripts(b))
    )


def _scripts(entry: Identity) -> set[str]:
    """The scripts of the authors' names, as Unicode calls them: LATIN, CYRILLIC, CJK."""
    return {unicodedata.name(name[0], "").partition(" ")[0] for name in entry.names}


def _years(a: Identity, b: Identity) -> int:
    """Years between the two; 0 where one is unknown."""
    return abs(a.year - b.year) if a.year and b.year else 0


def _content(entry: Identity) -> tuple[str, ...]:
    """What pairs are joined in the order of, so that the order of the records does not matter."""
    return entry.title, entry.abstract, *entry.identifiers, entry.version, str(entry.year), *sorted(entry.names)


def _alike(a: str, b: str) -> float:
    """RapidFuzz's ratio, 0 to 100; 0 where one is empty or the ratio is below `RELATED`."""
    if not a or not b:
        return 0.0
    return 100.0 if a == b else min(fuzz.ratio(a, b, score_cutoff=RELATED), 99.9)


def _cut_off(a: Identity, b: Identity) -> bool:
    """Whether one abstract is the beginning of the other: cut short, or without what a publisher adds."""
    fewer, more = sorted((a.abstract, b.abstract), key=len)
    return len(fewer) >= ANCHOR * 2 and fewer != more and more.startswith(fewer)


def _begins(a: Identity, b: Identity) -> bool:
    """Whether one title begins with the other: a subtitle left out, or the whole title."""
    return a.title.startswith(b.title) or b.title.startswith(a.title)


def _subtitled(a: Identity, b: Identity) -> bool:
    """Whether one title is the other without its subtitle; "Vaccine" and "Vaccine in adults" are two titles."""
    return a.marks == b.marks and (a.title == b.main or b.title == a.main)


def _identified(a: Identity, b: Identity) -> tuple[str, bool]:
    """The first kind of identifier that the two share, "" if none, and whether any kind differs."""
    both = [(kind, x == y) for kind, x, y in zip(KINDS, a.identifiers, b.identifiers, strict=True) if x and y]
    return next((kind for kind, equal in both if equal), ""), any(not equal for _, equal in both)


def _said(a: Identity, b: Identity, titles: float, abstracts: float) -> str:
    return f"{_likeness('title', a.title, b.title, titles)}, {_likeness('abstract', a.abstract, b.abstract, abstracts)}"


def _likeness(field: str, a: str, b: str, score: float) -> str:
    if not a or not b:
        return f"{field} missing"
    return f"same {field}" if score == 100.0 else f"{field} {score:.1f}% alike" if score else f"other {field}"


def _without_volumes(entries: list[Identity]) -> list[Identity]:
    """Entries without the DOIs of volumes, which some files put on every paper of the volume."""
    bearers: dict[str, list[Identity]] = defaultdict(list)
    for entry in entries:
        bearers[entry.identifiers[0]].append(entry)
    volumes = {doi for doi, block in bearers.items() if doi and _is_volume(block)}
    return [
        replace(entry, identifiers=("", *entry.identifiers[1:])) if entry.identifiers[0] in volumes else entry
        for entry in entries
    ]


def _is_volume(block: list[Identity]) -> bool:
    """Whether records of one DOI are papers of a volume: two of other titles by others, or three of other titles.

    Two of other titles by the same authors, or by authors unknown, may be a paper and its translation.
    """
    ordered = sorted((entry for entry in block if entry.title), key=lambda entry: entry.title)
    unlike = [
        (a, b) for a, b in pairwise(ordered) if not _alike(a.title, b.title) and not _alike(a.abstract, b.abstract)
    ]
    return len(unlike) > 1 or any(_by_others(a, b) for a, b in unlike)


def _reasons(works: list[int], firsts: list[int], edges: dict[tuple[int, int], tuple[str, str]]) -> list[str | None]:
    """Why each record is not the first of its work: its likeness to the first, or to the nearest in between."""
    nearest: dict[int, str] = {}
    for (a, b), (_, said) in sorted(edges.items()):
        nearest.setdefault(a, said)
        nearest.setdefault(b, said)
    targets = [first if first != place else work for place, (work, first) in enumerate(zip(works, firsts, strict=True))]
    return [
        None if work == place else edges.get((target, place), ("", nearest.get(place)))[1]
        for place, (work, target) in enumerate(zip(works, targets, strict=True))
    ]
