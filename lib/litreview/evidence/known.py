"""Names of the lexicon as a paper uses them.

A mention takes in the rest of its word ("LLaMA-3" in "LLaMA-3-8B-based" is LLaMA-3-8B) and the version behind it
("PaLM 540B", "Pangu Pro MoE"). Where the paper abbreviates the words itself, the abbreviation stands for them; where it
uses a known abbreviation for something else ("gym-electric-motor (GEM)"), it is no mention.
"""

import re
from collections.abc import Iterator

from litreview.evidence.lexicon import Lexicon, Mention
from litreview.evidence.names import tokens
from litreview.evidence.reading import Reading, Sentence

VERSION = re.compile(
    r"(?:[ -](?:(?:\d+x)?\d+(?:\.\d+)?[BM]?|v\d+(?:\.\d+)?|Pro|Mini|Instruct|Chat|Turbo|Ultra|Large|Base|Small|Medium|Flash|Opus|"
    r"Sonnet|Haiku|MoE|XL|XXL|Distill|Preview|Lite|Nano|Plus|Max|Dev|Fill|Coder|Math|Thinking|Reasoning|Vision)(?![\w-]|\s?%))+(?: \[[A-Za-z]+\])?"
)
YEAR = re.compile(r" (?:19|20)\d\d(?!\w)")  # WMT 2014
NEAR = 60  # characters round a mention in which its word lies


def mentions(sentence: Sentence, reading: Reading, lexicon: Lexicon) -> Iterator[Mention]:
    """The lexicon's names in a sentence, with places in the sentence, in order."""
    for known in lexicon.mentions(sentence.text):
        pair = next((p for p in sentence.defined if p.long.start < known.end and known.start < p.long.end), None)
        if pair and known.start <= pair.long.start + 1 and pair.long.end <= known.end:
            yield Mention(pair.short.start, pair.short.end, known.name, known.kind)
        elif not pair and not redefined(sentence.text[known.start : known.end], reading, lexicon):
            yield _whole(sentence.text, known)


def redefined(text: str, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the paper defines a known abbreviation as other words than the lexicon has for it."""
    entry, short = lexicon.entry(text), reading.abbreviations
    long = short.get(text) or short.get(text.removesuffix("s")) or short.get(text + "s")
    if not entry or not long:
        return False
    words = re.split(r"[\s-]", long)
    meant = [lexicon.entry(" ".join(words[place:])) for place in range(len(words))]
    if any(other and other.name == entry.name for other in meant) or lexicon.misspells(long, entry.name):
        return False
    return meant[0] is not None or lexicon.spellings[entry.name] > 1


def _whole(text: str, mention: Mention) -> Mention:
    start, end = mention.start, mention.end
    for token in tokens(text, max(0, start - NEAR), min(len(text), end + NEAR)):
        if token.start < mention.end and mention.start < token.end:
            start, end = min(start, token.start), max(end, token.end)
    pattern = {"models": VERSION, "datasets": YEAR, "benchmarks": YEAR}.get(mention.kind)
    version = pattern.match(text, end) if pattern else None
    return Mention(start, version.end() if version else end, mention.name, mention.kind)
