"""What each abstract says it introduces, compares with, is tested on, claims and links to: with quote and place."""

from collections.abc import Iterable, Iterator

import pandas as pd

from litreview import schema
from litreview.cleaning import raw_spans
from litreview.corpus import Corpus
from litreview.evidence.claims import claims, clause_at
from litreview.evidence.compares import compared
from litreview.evidence.contribution import contribution
from litreview.evidence.evaluated import evaluated
from litreview.evidence.found import Found
from litreview.evidence.introduces import introduced, subjects, variants
from litreview.evidence.lexicon import Lexicon, folded, load_lexicon
from litreview.evidence.links import links
from litreview.evidence.names import definitions
from litreview.evidence.reading import Reading

KINDS = ("introduces", "compares_to", "evaluated_on", "claim", "link")

__all__ = ["classify_contribution", "extract_evidence"]


def extract_evidence(corpus: Corpus) -> pd.DataFrame:
    """What every paper introduces, compares with, is evaluated on, claims and links to.

    Returns a table of `schema.EVIDENCE`: one row per paper, kind and distinct name at its first mention, in the order
    of the papers and of the text. `papers[field][start:end] == text` for every row.
    """
    lexicon = load_lexicon()
    raw = _loaded(corpus)
    rows = [
        row
        for paper in corpus.papers[["paper_id", "title", "abstract"]].itertuples(index=False)
        for row in _rows(paper.paper_id, Reading(paper.title, paper.abstract), lexicon, raw.get(paper.paper_id, {}))
    ]
    return schema.check(schema.shape(rows, schema.EVIDENCE), schema.EVIDENCE)


def classify_contribution(corpus: Corpus) -> pd.DataFrame:
    """The kind of contribution of every paper: a table of `schema.CONTRIBUTION`, one row a paper."""
    lexicon, rows = load_lexicon(), []
    for paper in corpus.papers[["paper_id", "title", "abstract"]].itertuples(index=False):
        reading = Reading(paper.title, paper.abstract)
        verdict = contribution(reading, bool(own_names(reading, lexicon)))
        rows.append(
            {"paper_id": paper.paper_id, "contribution": verdict.kind, "rule": verdict.rule, "quote": verdict.quote}
        )
    return schema.check(schema.shape(rows, schema.CONTRIBUTION), schema.CONTRIBUTION)


def find(reading: Reading, lexicon: Lexicon) -> list[Found]:
    """Everything found in one paper: one of each kind and name, at its first place, sorted by kind and place."""
    own = own_names(reading, lexicon)
    names = {reading.field(found.field)[found.start : found.end].casefold() for found in own}
    everything = [
        *own,
        *compared(reading, lexicon, names),
        *evaluated(reading, lexicon, names),
        *claims(reading),
        *links(reading),
    ]
    return sorted(
        _one_a_name(reading, everything, lexicon),
        key=lambda found: (KINDS.index(found.kind), found.field != "title", found.start),
    )


def _one_a_name(reading: Reading, everything: list[Found], lexicon: Lexicon) -> Iterable[Found]:
    """One of each kind and name at its first place; the abbreviation where the abstract gives both forms."""
    short = {long.casefold(): abbreviation.casefold() for abbreviation, long in reading.abbreviations.items()}
    first: dict[tuple[str, str], Found] = {}
    for found in everything:
        text = reading.field(found.field)[found.start : found.end]
        name = short.get(text.casefold(), text)
        first.setdefault(
            (found.kind, text if found.kind in ("claim", "link") else folded(name).removesuffix("s")), found
        )
    return first.values()


def own_names(reading: Reading, lexicon: Lexicon) -> list[Found]:
    """What the paper introduces: by its own words, then what carries those names, each in its short form."""
    own = list(introduced(reading, lexicon))
    names = {reading.field(found.field)[found.start : found.end].casefold() for found in own}
    return _shortest(reading, [*own, *variants(reading, names), *subjects(reading, lexicon, names)])


def _shortest(reading: Reading, own: list[Found]) -> list[Found]:
    """`own` without long forms whose abbreviation is there too."""
    text = {found: reading.field(found.field)[found.start : found.end].casefold() for found in own}
    long = {
        pair.long.text.casefold()
        for pair in definitions(reading.abstract)
        if pair.short.text.casefold() in text.values()
    }
    return [found for found in own if text[found] not in long]


def _rows(paper_id: str, reading: Reading, lexicon: Lexicon, raw: dict[str, str]) -> Iterator[dict[str, object]]:
    spans = {field: raw_spans(text) for field, text in raw.items()}
    for found in find(reading, lexicon):
        text = reading.field(found.field)[found.start : found.end]
        start, end = _quote(reading, found)
        places = spans.get(found.field, [])[found.start : found.end]
        yield {
            "paper_id": paper_id,
            "kind": found.kind,
            "text": text,
            "name": text if found.kind in ("claim", "link") else lexicon.name(text),
            "quote": reading.field(found.field)[start:end],
            "field": found.field,
            "start": found.start,
            "end": found.end,
            "raw_start": min((left for left, _ in places), default=pd.NA),
            "raw_end": max((right for _, right in places), default=pd.NA),
            "rule": found.rule,
        }


def _quote(reading: Reading, found: Found) -> tuple[int, int]:
    """The sentence round what was found; for a claim, its clause."""
    if found.field == "title":
        return 0, len(reading.title)
    for sentence in reading.sentences:
        if sentence.start <= found.start < sentence.end:
            if found.kind == "claim":
                left, right = clause_at(sentence.text, found.start - sentence.start, found.end - sentence.start)
                return sentence.start + left, sentence.start + right
            return sentence.start, max(sentence.end, found.end)
    return found.start, found.end


def _loaded(corpus: Corpus) -> dict[str, dict[str, str]]:
    """paper_id → the raw title and abstract of the record that was loaded for it."""
    loaded = corpus.records[corpus.records["merged_into"].isna()].drop_duplicates("paper_id")
    columns = zip(loaded["paper_id"], loaded["title_raw"], loaded["abstract_raw"], strict=True)
    return {paper_id: {"title": title, "abstract": abstract} for paper_id, title, abstract in columns}
