"""Data sets, benchmarks and environments that an abstract says it evaluates on."""

import re
from collections.abc import Iterator

from litreview.evidence.found import Found
from litreview.evidence.lexicon import Lexicon
from litreview.evidence.names import Span, looks_like_a_name, tokens
from litreview.evidence.reading import Reading, Sentence

TEST_BEDS = ("datasets", "benchmarks", "environments")
NOUN = r"(?:datasets?|data sets?|benchmarks?|environments?|suites?|corpus|corpora|leaderboards?|challenges?|test ?beds?|simulators?|tasks?|domains?|games?)"
AFTER_NAME = re.compile(rf"\s*(?:\([^()]*\)\s*)?(?:[\w-]+ ){{0,2}}?{NOUN}\b", re.IGNORECASE)
BEFORE_NAME = re.compile(rf"\b{NOUN}(?:,)?(?: \([^()]*)?(?:,? (?:such as|like|including|e\.g\.,?|namely|called|of|from)|:)\s*(?:[\w.’' -]+, (?:and )?)*$", re.IGNORECASE)
ON = re.compile(r"\b(?:on|in|across|over) (?:the |several |both |multiple )?(?:[\w-]+ ){0,3}?$", re.IGNORECASE)


def evaluated(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """Known test beds in the paper's own sentences, and names that "on the X dataset" points at."""
    for sentence in reading.sentences:
        if sentence.own:
            yield from _known(sentence, lexicon)
            yield from _pointed_at(sentence, lexicon)


def _known(sentence: Sentence, lexicon: Lexicon) -> Iterator[Found]:
    for mention in lexicon.mentions(sentence.text):
        if mention.kind in TEST_BEDS:
            yield Found("evaluated_on", "abstract", sentence.start + mention.start, sentence.start + mention.end, "known test bed")


def _pointed_at(sentence: Sentence, lexicon: Lexicon) -> Iterator[Found]:
    for token in tokens(sentence.text):
        if looks_like_a_name(token.text) and not lexicon.entry(token.text) and _is_test_bed(sentence.text, token):
            yield Found("evaluated_on", "abstract", sentence.start + token.start, sentence.start + token.end, "named as a test bed")


def _is_test_bed(text: str, token: Span) -> bool:
    before = text[: token.start]
    return bool(BEFORE_NAME.search(before) or (ON.search(before) and AFTER_NAME.match(text, token.end)))
