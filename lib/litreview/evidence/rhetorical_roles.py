"""A paper as a reader goes through it: its sentences, and whose work each of them speaks of.

The abstract of a research paper moves from background over its own contribution to results (Teufel and Moens 2002,
doi:10.1162/089120102762671936). What a sentence says counts for the paper only where it speaks of the paper's own work.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from litreview.evidence.names import Definition, definitions
from litreview.text.sentences import sentence_spans


class Found(NamedTuple):
    """A kind of evidence, where it stands, and the rule that found it."""

    kind: str
    field: str
    start: int
    end: int
    rule: str


ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.-])[\w.-]{1,80}\.(?:com|io|org|edu|net)/\S+")
OWN = re.compile(
    r"\b(?:we|our|ours|us)\b|\b(?:this|the present|the current) (?:paper|work|study|article|thesis|dissertation"
    r"|report|survey|"
    r"review|research|manuscript|project|tutorial|chapter|investigation|dataset|benchmark)\b|\bthe proposed\b"
    r"|\bis proposed\b|\bthe authors?\b"
    r"|\bthe (?:paper|article|thesis) (?:proposes|presents|introduces|studies|describes)\b|\bexperiments?\b"
    r"|\bexperimental(?:ly)?\b"
    r"|^\W*(?:it|the (?:resulting |learned |new )?(?:method|model|algorithm|agent|system|network|framework"
    r"|approach)) (?:\w+ly |also |thus )?"
    r"(?:outperform|surpass|exceed|beat|achiev|reach|attain|improv|reduc|lower|gain|match)",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"^\W*(?:however|unfortunately|despite (?!its|their|this|being|the simplicity)|although|while|most|many"
    r"|existing|previous|prior|traditional|conventional|recent(?:ly)?|"
    r"current|classical|standard|typically|usually|often)\b"
    r"|\b(?:existing|previous|prior|recent|traditional|conventional|current|past|earlier|these|such|most|many) "
    r"(?:\w+ ){0,3}?(?:works?|methods?|approach(?:es)?|studies|techniques?|algorithms?|models|solutions?"
    r"|literature|research|efforts?|"
    r"systems|advances|progress|schemes|frameworks)\b"
    r"|\bhas (?:recently |been |become |emerged |shown |achieved |gained )|\bhave (?:recently |been |become "
    r"|emerged |shown |achieved |gained )"
    r"|^\W*(?:[A-Z][\w-]+ (?:and|&) )?[A-Z][\w-]+(?: et al|,? \()",
    re.IGNORECASE,
)
OVER_OTHERS = re.compile(
    r"\b(?:outperform|surpass|exceed|superior|better|faster|higher|lower|improv\w+ (?:up)?on|improvements? over"
    r"|compar(?:ed|able)|competitive|match(?:es|ing)|beat)",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"\b(?:experiment|result|empirical|evaluat|outperform|achiev|demonstrat|surpass|improv|validat|benchmark"
    r"|test(?:s|ed)? on|"
    r"compar|accurac|speed-?up|faster|reduc|state-of-the-art|show(?:s|n)? that|exceed|prove|bound|guarantee)",
    re.IGNORECASE,
)


LONGEST = 1000  # characters; a long sentence of an abstract has 500


@dataclass(frozen=True)
class Sentence:
    """One sentence of the abstract: its span, its text (addresses blanked), and whether it speaks of the own work."""

    start: int
    end: int
    text: str
    own: bool
    result: bool
    defined: list[Definition]


@dataclass(frozen=True)
class Reading:
    """The title and abstract of one paper."""

    title: str
    abstract: str

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the abstract, each with its role."""
        blanked = ADDRESS.sub(lambda match: " " * len(match[0]), self.abstract)
        spans = (piece for start, end in sentence_spans(self.abstract) for piece in _pieces(blanked, start, end))
        pieces = [(start, end, blanked[start:end]) for start, end in spans]
        begun, sentences = False, []
        for start, end, text in pieces:
            mine = bool(
                OWN.search(text) or (self.head and re.search(rf"(?<![\w-]){re.escape(self.head)}(?![\w-])", text))
            )
            begun = begun or mine
            own = mine or (begun and not OTHERS.search(_before_comparison(text)))
            sentences.append(Sentence(start, end, text, own, own and bool(RESULT.search(text)), definitions(text)))
        return sentences

    @cached_property
    def head(self) -> str:
        """The word before the title's colon, where the abstract writes it as a name only: a sentence with it is own."""
        head = self.title.partition(":")[0] if ":" in self.title else ""
        common = re.search(rf"(?<![\w-]){re.escape(head.casefold())}", self.abstract) if head else None
        return head if re.fullmatch(r"[\w-]*[A-Z][\w-]*", head) and not common else ""

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Abbreviation → long form, for all that the abstract defines."""
        return {pair.short.text: pair.long.text for sentence in self.sentences for pair in sentence.defined}

    def field(self, name: str) -> str:
        """The text of a field: title or abstract."""
        return self.title if name == "title" else self.abstract

    def text(self, found: Found) -> str:
        """What was found, as it stands in its field."""
        return self.field(found.field)[found.start : found.end]


def _before_comparison(text: str) -> str:
    """The sentence up to where it compares: "X outperforms existing methods" speaks of X."""
    match = OVER_OTHERS.search(text)
    return text[: match.start()] if match else text


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence as it is; one that is no sentence any more, in stretches of at most `LONGEST` characters."""
    while end - start > LONGEST:
        blank = text.rfind(" ", start + 1, start + LONGEST)
        cut = blank if blank > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end
