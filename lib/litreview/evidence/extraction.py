"""From papers to the table of evidence: every rule is asked once for each abstract."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from litreview import schema
from litreview.corpus import Corpus
from litreview.corpus.cleaning import clean, raw_spans
from litreview.corpus.curated_tables import CORRECTIONS, bad_cell, load_corrections
from litreview.errors import listed
from litreview.evidence.abstract_sentences import Found, Reading, readings
from litreview.evidence.benchmarks import evaluated
from litreview.evidence.bounds import bounds
from litreview.evidence.key_sentences import key_sentences
from litreview.evidence.method_roles import COMPARES, ROLES, named_roles
from litreview.evidence.names.abbreviations import looks_like_a_name
from litreview.evidence.names.introductions import own_names
from litreview.evidence.names.lexicon import Lexicon, folded_name, load_lexicon
from litreview.evidence.paper_type import KIND_RULES, PRIOR, AskedKinds, Verdict, contribution
from litreview.evidence.results import clause_at, given_links, result_figures
from litreview.text.checked_yaml import checked_yaml

SENTENCES = ("problem", "finding", "limitation")  # best first
AS_WRITTEN = ("claim", "bound", "link", *SENTENCES)  # no names, and without alias
KINDS = ("introduces", *ROLES, "evaluated_on", *AS_WRITTEN)


def extract_evidence(corpus: Corpus) -> pd.DataFrame:
    """Extract what every paper introduces, names, is evaluated on, claims, proves and links to: `schema.EVIDENCE`.

    One row per paper, kind and distinct name at its first mention, in the order of papers, kinds and text; the
    sentences of a problem, finding or limitation stand best first. A known method has one role, the strongest of its
    mentions. Where the abstract gives a name in long and in short, the short form stands.
    `papers[field][start:end] == text` for every row. `raw_start` and `raw_end` are the place in the raw text of the
    record that the field comes from; they are missing where a person corrected the field. A fact that corrections.csv
    overrules is left out, or has the role that is given there.

    Raises: `LexiconError` where lexicon.yml cannot be read, `CurationError` where corrections.csv cannot.
    """
    return corpus.derived("evidence", _extracted)


def lexicon_of(corpus: Corpus) -> Lexicon:
    """Load the lexicon of the review that a corpus belongs to. Raises: `LexiconError`."""
    return load_lexicon(corpus.home.lexicon)


def _extracted(corpus: Corpus) -> pd.DataFrame:
    lexicon = lexicon_of(corpus)
    found = _overruled(schema.shape([*_rows(corpus, lexicon)], schema.EVIDENCE), _corrections_of(corpus))
    return schema.check(found if lexicon.entries else _without_unknown(found), schema.EVIDENCE)


def _without_unknown(evidence: pd.DataFrame) -> pd.DataFrame:
    """Drop what only a lexicon can tell from a word: who compares with what, on what; and no name that looks like none.

    A review begins with an empty lexicon. In a field that nobody has named, capitals are genes, drugs and trials.
    """
    named = evidence["kind"].isin([*ROLES, "evaluated_on"])
    plain = (evidence["kind"] == "introduces") & ~evidence["name"].map(looks_like_a_name).astype("bool")
    return evidence[~(named | plain)].reset_index(drop=True)


def classify_contribution(corpus: Corpus) -> pd.DataFrame:
    """Classify papers by their kind of work, with the cue that decided: `schema.CONTRIBUTION`, a row a paper at most.

    The kinds are those of the review (`kinds.yml`), by its rules; without that file those of machine learning. A paper
    without an abstract has a row only where its title gives a cue: of any other nothing can be said. A kind that
    corrections.csv gives stands above the cues.

    Raises: `CurationError` for a correction that cannot be used and kinds that cannot be read.
    """
    return corpus.derived("contribution", _classified)


def _corrections_of(corpus: Corpus) -> pd.DataFrame:
    return load_corrections(corpus.home.curated / CORRECTIONS)


def _classified(corpus: Corpus) -> pd.DataFrame:
    kinds = checked_yaml(corpus.home.curated / KIND_RULES, dict[str, list[str]])
    asked, lexicon = AskedKinds(kinds), lexicon_of(corpus)
    found = {
        paper_id: asked.kind_of(one) if kinds else contribution(one, bool(own_names(one, lexicon)))
        for paper_id, one in readings(corpus.papers)
    } | _kinds_by_hand(corpus, _corrections_of(corpus), kinds or PRIOR)
    rows = [(paper_id, *one) for paper_id, one in found.items() if one]
    table = pd.DataFrame(rows, columns=schema.CONTRIBUTION.names)
    return schema.check(schema.shape(table, schema.CONTRIBUTION), schema.CONTRIBUTION)


def _kinds_by_hand(corpus: Corpus, table: pd.DataFrame, allowed: Iterable[str]) -> dict[str, Verdict]:
    """The kinds of work that corrections give, each with words of the paper that show it; the latest wins."""
    texts = {paper_id: f"{one.title}\n{one.abstract}" for paper_id, one in readings(corpus.papers)}
    kinds = {}
    for row in table[(table["what"] == "contribution") & table["paper_id"].isin(texts)].itertuples():
        if row.field not in allowed:
            raise bad_cell(CORRECTIONS, row.line, "field", row.field, listed(allowed))
        if row.value not in texts[row.paper_id]:
            raise bad_cell(CORRECTIONS, row.line, "value", row.value, "words of the title or abstract that show it")
        kinds[row.paper_id] = Verdict(row.field, f"by hand: {row.reason}", row.value)
    return kinds


def find(reading: Reading, lexicon: Lexicon) -> list[Found]:
    """Find everything in one paper: one of each kind and name, then its key sentences, best first."""
    introduced = own_names(reading, lexicon)
    own = {reading.text(found).casefold() for found in introduced}
    proved = list(bounds(reading))
    named = [*introduced, *named_roles(reading, lexicon, own), *evaluated(reading, lexicon, own)]
    names = [*named, *result_figures(reading, proved), *proved, *given_links(reading)]
    return [*_one_a_name(reading, names), *key_sentences(reading)]


def _one_a_name(reading: Reading, everything: list[Found]) -> Iterable[Found]:
    short = {long.casefold(): abbreviation for abbreviation, long in reading.abbreviations.items()}
    first: dict[tuple[str, str], Found] = {}
    for found in everything:
        text = reading.text(found)
        name = text if found.kind in AS_WRITTEN else folded_name(short.get(text.casefold(), text)).removesuffix("s")
        first.setdefault((found.kind, name), found)
    return first.values()


def _raw_texts(corpus: Corpus) -> tuple[pd.Series, pd.Series]:
    """The raw titles and abstracts behind the cleaned ones, paper by paper; no text where a person corrected it."""
    first = corpus.records[corpus.records["merged_into"].isna()].drop_duplicates("paper_id").set_index("paper_id")
    titles = corpus.papers["paper_id"].map(first["title_raw"])
    titles = titles.where(titles.map(clean, na_action="ignore") == corpus.papers["title"])
    return titles, corpus.papers["abstract_from"].map(corpus.records.set_index("record_id")["abstract_raw"])


def _overruled(evidence: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Drop the facts that corrections.csv takes out, by paper, kind and text; "+text" gives a name that role."""
    facts = corrections[corrections["what"] == "fact"].set_index(["paper_id", "field", "value"])["reason"]
    evidence = evidence[~pd.MultiIndex.from_frame(evidence[["paper_id", "kind", "text"]]).isin(facts.index)].copy()
    for (paper_id, role, text), reason in facts.items():
        moved = (evidence["paper_id"] == paper_id) & evidence["kind"].isin(ROLES) & (evidence["text"] == text[1:])
        given = role, "unclear" if role == COMPARES else "", f"by hand: {reason}"
        evidence.loc[moved & text.startswith("+"), ["kind", "outcome", "rule"]] = given
    places = evidence["start"].where(~evidence["kind"].isin(SENTENCES), 0), evidence["field"] != "title"
    order = np.lexsort((*places, evidence["kind"].map(KINDS.index), pd.factorize(evidence["paper_id"])[0]))
    return evidence.iloc[order].reset_index(drop=True)


def _rows(corpus: Corpus, lexicon: Lexicon) -> Iterator[dict[str, object]]:
    for (paper_id, reading), title, abstract in zip(readings(corpus.papers), *_raw_texts(corpus), strict=True):
        raw = {"title": title, "abstract": abstract}
        origins = {name: _origins(text, getattr(reading, name)) for name, text in raw.items() if isinstance(text, str)}
        for found in find(reading, lexicon):
            text, (left, right) = reading.text(found), _quote(reading, found)
            starts, ends = origins.get(found.field, ((), ()))
            yield found._asdict() | {
                "paper_id": paper_id,
                "text": text,
                "name": text if found.kind in AS_WRITTEN else lexicon.name(found.name or text),
                "quote": getattr(reading, found.field)[left:right],
                "raw_start": starts[found.start] if starts else pd.NA,
                "raw_end": ends[found.end - 1] if ends else pd.NA,
            }


def _origins(raw: str, text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Return where each code point of a cleaned text begins and ends in the raw one."""
    if raw == text:
        return range(len(raw)), range(1, len(raw) + 1)
    spans = raw_spans(raw)
    return [start for start, _ in spans], [end for _, end in spans]


def _quote(reading: Reading, found: Found) -> tuple[int, int]:
    """Return the place of the quote: the sentence, for a claim its clause, in the title the whole title."""
    if found.field == "title":
        return 0, len(reading.title)
    sentence = reading.sentence_at(found.start)
    left, right = 0, len(sentence.text)
    if found.kind == "claim":
        left, right = clause_at(sentence.text, found.start - sentence.start, found.end - sentence.start)
    return sentence.start + left, max(sentence.start + right, found.end)
