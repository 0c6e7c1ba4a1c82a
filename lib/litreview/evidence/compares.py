"""Existing methods and models that an abstract compares with, outperforms, builds on or analyses."""

import re
from collections.abc import Iterator

from litreview.evidence.found import Found
from litreview.evidence.lexicon import Lexicon
from litreview.evidence.names import Span, looks_like_a_name, names_in, tokens
from litreview.evidence.reading import Reading, Sentence

METHODS = ("methods", "models")
COMPARISON = re.compile(
    r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|compared? (?:to|with|against)|comparing (?:to|with|against)|"
    r"comparison (?:to|with|against)|relative to|than|over|versus|vs\.?|against|baselines?(?:,)? (?:such as|like|including)|methods (?:such as|like|including)|"
    r"algorithms (?:such as|like|including)|competitive with|comparable to|on par with|match(?:es|ing)?(?: or exceed(?:s|ing)?)?|superior to|"
    r"build(?:s|ing)? (?:up)?on|extend(?:s|ing)?|based on|improv(?:es|ing|ement) (?:up)?on|alternative to|variant of|generaliz(?:es|ing)|"
    r"appl(?:y|ied) to|combin(?:e|ed|ing) (?:with)?|adapt(?:s|ing)?|fine-tun(?:e|ed|ing)|unify(?:ing)?)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(r"\b(?:do not|don't|does not|did not|without|rather than|instead of|unlike|no) (?:\w+ ){0,2}$", re.IGNORECASE)


def compared(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """Known methods and models in the paper's own sentences, and other names that a comparison leads to."""
    for sentence in reading.sentences:
        if sentence.own:
            yield from _known(sentence, lexicon, own)
            yield from _led_to(sentence, lexicon, own)


def _known(sentence: Sentence, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    for mention in lexicon.mentions(sentence.text):
        span = _whole(sentence.text, mention.start, mention.end)
        if mention.kind in METHODS and not _is_own(span.text, own, sentence, span):
            yield Found("compares_to", "abstract", sentence.start + span.start, sentence.start + span.end, "known method")


def _whole(text: str, start: int, end: int) -> Span:
    """The mention with the rest of its word: "LLaMA-3" of "LLaMA-3-8B-based" becomes "LLaMA-3-8B"."""
    for token in tokens(text):
        if token.start <= start and end <= token.end:
            return token
        if token.start <= end - 1 < token.end and token.start > start:
            return Span(start, token.end, text[start : token.end])
    return Span(start, end, text[start:end])


def _is_own(name: str, own: set[str], sentence: Sentence, span: Span) -> bool:
    return name.casefold() in own


def _led_to(sentence: Sentence, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    for match in COMPARISON.finditer(sentence.text):
        if NEGATED.search(sentence.text[: match.start()]):
            continue
        for name in names_in(sentence.text, match.end(), min(match.end() + 80, len(sentence.text))):
            entry = lexicon.entry(name.text)
            if not entry and name.text.casefold() not in own:
                yield Found("compares_to", "abstract", sentence.start + name.start, sentence.start + name.end, f"after '{match[0].lower()}'")
