"""The sentences of an abstract, and whose work each of them speaks of.

The abstract of a research paper moves from background over its own contribution to results (Teufel and Moens 2002,
doi:10.1162/089120102762671936). What a sentence says counts for the paper only where it speaks of the paper's own work.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from litreview.evidence.names.abbreviations import Definition, TextSpan, definitions, name_spans
from litreview.text.patterns import any_word, verbose
from litreview.text.sentences import sentence_spans

Span = TypeVar("Span", bound=tuple[Any, ...])


class Found(NamedTuple):
    """A kind of evidence, where it stands, and the rule that found it.

    `outcome` is how the paper's own work does in a comparison; `of` says whose a bound is; `name` is under what it is
    counted, where that is not its text.
    """

    kind: str
    field: str
    start: int
    end: int
    rule: str
    outcome: str = ""
    of: str = ""
    name: str = ""


# Addresses and citations.
NO_WORDS = re.compile(r"(?:https?://|www\.)\S+|\[[A-Z][^\[\]]*(?:et al|&|\d{4})[^\[\]]*\]")
TEXTS = any_word("article benchmark chapter dataset investigation paper report research review study survey work")
OWN = verbose(rf"\b(?:we|ours?|us|the authors?|the paper|(?:this|the present) {TEXTS}|(?:the|is) proposed)\b")
BACKGROUND = any_word(
    "although classical conventional current existing however many most(?!\\simportantly) often previous prior "
    "recent(?:ly)? standard traditional typically unfortunately usually while"
)
OTHERS = verbose(rf"^\W*{BACKGROUND}\b  |  \bha(?:s|ve) (?:recently|been|become|emerged|shown|achieved|gained)[ ]")
LONGEST = 1000  # characters; a long sentence of an abstract has 500


@dataclass(frozen=True, eq=False)  # told apart as objects: what was found in one is kept with it
class Sentence:
    """One sentence of the abstract: its place, its text (without addresses and citations), and if it is of own work."""

    start: int
    end: int
    text: str
    own: bool

    @cached_property
    def defined(self) -> list[Definition]:
        """The abbreviations that the sentence defines."""
        return definitions(self.text)

    @cached_property
    def names(self) -> list[TextSpan]:
        """The words that are written as names."""
        return name_spans(self.text)

    def found(self, kind: str, start: int, end: int, rule: str) -> Found:
        """Return what a rule found at a place of the sentence, with its place in the abstract."""
        return Found(kind, "abstract", self.start + start, self.start + end, rule)


@dataclass(frozen=True)
class Reading:
    """The title and abstract of one paper."""

    title: str
    abstract: str

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the abstract, each with its role."""
        blanked = NO_WORDS.sub(lambda match: " " * len(match[0]), self.abstract)
        spans = (piece for start, end in sentence_spans(self.abstract) for piece in _pieces(blanked, start, end))
        begun, sentences = False, []
        for start, end in spans:
            text = blanked[start:end]
            mine = bool(OWN.search(text))
            begun = begun or mine
            sentences.append(Sentence(start, end, text, mine or (begun and not OTHERS.search(text))))
        return sentences

    def sentence_at(self, place: int) -> Sentence:
        """Return the sentence that holds a place of the abstract; every word lies in one."""
        return self.sentences[bisect_right(self.sentences, place, key=attrgetter("start")) - 1]

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Abbreviation → long form, for all that the abstract defines."""
        return {pair.short.text: pair.long.text for sentence in self.sentences for pair in sentence.defined}

    def text(self, found: Found) -> str:
        """Return what was found, as it stands in its field."""
        return getattr(self, found.field)[found.start : found.end]


def readings(papers: pd.DataFrame) -> Iterator[tuple[str, Reading]]:
    """Yield paper_id and reading of each paper, from title and abstract."""
    for paper_id, title, abstract in zip(papers["paper_id"], papers["title"], papers["abstract"], strict=True):
        yield paper_id, Reading(title, abstract)


def apart(found: Iterable[Span]) -> list[Span]:
    """Return what was found, each with start and end first, in order; of two that overlap the one found first."""
    taken: list[Span] = []
    for one in found:
        if all(one[1] <= other[0] or other[1] <= one[0] for other in taken):
            taken.append(one)
    return sorted(taken)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence as it is, or a longer stretch in pieces of at most `LONGEST` characters."""
    while end - start > LONGEST:
        blank = text.rfind(" ", start + 1, start + LONGEST)
        cut = blank if blank > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end
