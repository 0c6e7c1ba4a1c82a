"""A paper as a reader goes through it: its sentences, and whose work each of them speaks of.

The abstract of a research paper moves from background over its own contribution to results (Teufel and Moens 2002,
doi:10.1162/089120102762671936). What a sentence says counts for the paper only where it speaks of the paper's own work.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from litreview.sentences import sentence_spans

OWN = re.compile(
    r"\b(?:we|our|ours|us)\b|\b(?:this|the present|the current) (?:paper|work|study|article|thesis|dissertation|report|survey|"
    r"review|research|manuscript|project|tutorial|chapter|dataset|benchmark)\b|\bthe proposed\b|\bis proposed\b|\bthe authors?\b"
    r"|\bthe (?:paper|article|thesis) (?:proposes|presents|introduces|studies|describes)\b|\bexperiments?\b|\bexperimental(?:ly)?\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"^\W*(?:however|unfortunately|despite|although|while|most|many|existing|previous|prior|traditional|conventional|recent(?:ly)?|"
    r"current|classical|standard|typically|usually|often)\b"
    r"|\b(?:existing|previous|prior|recent|traditional|conventional|current|past|earlier|these|such|most|many) "
    r"(?:\w+ ){0,3}?(?:works?|methods?|approach(?:es)?|studies|techniques?|algorithms?|models|solutions?|literature|research|efforts?|"
    r"systems|advances|progress|schemes|frameworks)\b"
    r"|\bhas (?:recently |been |become |emerged |shown |achieved |gained )|\bhave (?:recently |been |become |emerged |shown |achieved |gained )"
    r"|\bet al\b",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"\b(?:experiment|result|empirical|evaluat|outperform|achiev|demonstrat|surpass|improv|validat|benchmark|test(?:s|ed)? on|"
    r"compar|accurac|speed-?up|faster|reduc|state-of-the-art|show(?:s|n)? that|exceed|prove|bound|guarantee)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the abstract: its span, its text, and whether it speaks of the paper's own work."""

    start: int
    end: int
    text: str
    own: bool
    result: bool


@dataclass(frozen=True)
class Reading:
    """The title and abstract of one paper."""

    title: str
    abstract: str

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the abstract, each with its role."""
        pieces = [(start, end, self.abstract[start:end]) for start, end in sentence_spans(self.abstract)]
        begun, sentences = False, []
        for start, end, text in pieces:
            mine = bool(OWN.search(text))
            begun = begun or mine
            own = mine or (begun and not OTHERS.search(text))
            sentences.append(Sentence(start, end, text, own, own and bool(RESULT.search(text))))
        return sentences

    def field(self, name: str) -> str:
        """The text of a field: title or abstract."""
        return self.title if name == "title" else self.abstract
