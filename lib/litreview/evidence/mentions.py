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
    r"(?:[ -](?:\d+(?:\.\d+)?[BM]?|v\d+(?:\.\d+)?|Pro|Mini|Instruct|Chat|Turbo|Ultra|Large|Base|Small|Medium|Flash|Opus|Sonnet|Haiku|MoE|XL|XXL|Distill|Preview)(?![\w-]))+"
)


def mentions(sentence: Sentence, reading: Reading, lexicon: Lexicon) -> Iterator[Mention]:
    """The lexicon's names in a sentence, with places in the sentence, in order."""
    for known in lexicon.mentions(sentence.text):
        mention = _whole(sentence.text, known)
        pair = next((pair for pair in sentence.defined if pair.long.start <= known.start < pair.long.end), None)
        if pair:
            if known.start <= pair.long.start + 1 and pair.long.end <= known.end:
                yield Mention(pair.short.start, pair.short.end, known.name, known.kind)
        elif not _means_something_else(
            sentence.text[known.start : known.end], known.name, reading.abbreviations, lexicon
        ):
            if not any(pair.short.start == mention.start for pair in sentence.defined):
                yield mention


def _means_something_else(text: str, name: str, abbreviations: dict[str, str], lexicon: Lexicon) -> bool:
    """Whether the paper defines a known abbreviation as other words than the lexicon has for it."""
    long = abbreviations.get(text) or abbreviations.get(text.removesuffix("s")) or abbreviations.get(text + "s")
    if not long or lexicon.spellings[name] < 2:
        return False
    words = long.split()
    known = [lexicon.entry(" ".join(words[place:])) for place in range(len(words))]
    return not any(entry and entry.name == name for entry in known)


def _whole(text: str, mention: Mention) -> Mention:
    start, end = mention.start, mention.end
    for token in tokens(text, max(0, start - 40), min(len(text), end + 60)):
        if token.start < mention.end and mention.start < token.end:
            start, end = min(start, token.start), max(end, token.end)
    version = VERSION.match(text, end) if mention.kind == "models" else None
    return Mention(start, version.end() if version else end, mention.name, mention.kind)
