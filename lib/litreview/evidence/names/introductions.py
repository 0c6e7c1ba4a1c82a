"""Names that a paper gives to what it introduces.

The signs, the most reliable first: the title puts the name before a colon; the authors name it ("which we call X"); a
sentence introduces it ("we propose X, a …", "our method, X,"); it abbreviates the title; it carries such a name
("Flan-UL2" beside "UL2"). A name that the lexicon knows counts only where the sentence sets it off, never inside a
description ("a DPO-style loss").
"""

import re
from collections.abc import Iterator

from litreview.evidence.names.abbreviations import looks_like_a_name, name_spans
from litreview.evidence.names.lexicon import Lexicon
from litreview.evidence.names.proposals import COMMON, named_by_authors, proposed
from litreview.evidence.rhetorical_roles import Found, Reading

LONGEST_HEAD = 4  # words before a title's colon


def own_names(reading: Reading, lexicon: Lexicon) -> list[Found]:
    """Find what the paper introduces, each name in its short form; the same name may come more than once."""
    found = list(_introduced(reading, lexicon))
    own = {reading.text(one).casefold() for one in found}
    return _shortest(reading, [*found, *_variants(reading, own)])


def _introduced(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    yield from _before_the_colon(reading, lexicon)
    for sentence in reading.sentences:
        if sentence.own:
            for span in named_by_authors(sentence):
                yield sentence.found("introduces", span, "named by the authors")
            for span, rule in proposed(sentence, lexicon):
                yield sentence.found("introduces", span, rule)
        for pair in sentence.defined:
            opens = rf"{re.escape(pair.long.text)}(?=:| for | via | with | in |$)"
            titled = " " in pair.long.text and re.match(opens, reading.title, re.IGNORECASE)
            if titled and looks_like_a_name(pair.short.text) and not lexicon.entry(pair.short.text):
                yield sentence.found("introduces", pair.short, "abbreviates the title")


def _before_the_colon(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """Find X in "X: what it does", where X is written as a name, or capitalised inside a sentence of the abstract."""
    head, colon, _ = reading.title.partition(":")
    head = head.rstrip()
    entry, words = lexicon.entry(head), head.split()
    if not colon or not words or len(words) > LONGEST_HEAD or (entry and entry.kind in COMMON):
        return
    written = len(words) < 3 and any(looks_like_a_name(word) and not lexicon.entry(word) for word in words)
    used = re.search(rf"(?<!\w){re.escape(head)}(?!\w)", reading.abstract)
    if written or (head[0].isupper() and used):
        yield Found("introduces", "title", 0, len(head), "title before the colon")


def _variants(reading: Reading, own: set[str]) -> Iterator[Found]:
    """Find names that carry an introduced name as a part: "Flan-UL2" beside "UL2", "HyGLOW" beside "GLOW"."""
    for sentence in reading.sentences:
        for span in name_spans(sentence.text) if sentence.own else ():
            if span.text.casefold() not in own and any(_carries(span.text.casefold(), name) for name in own):
                yield sentence.found("introduces", span, "variant of an introduced name")


def _carries(text: str, name: str) -> bool:
    """Whether `name` is a hyphenated part of `text`, or ends it."""
    return f"-{name}-" in f"-{text}-" or (len(name) > 3 and text.endswith(name))


def _shortest(reading: Reading, found: list[Found]) -> list[Found]:
    """Return what was found, without long forms whose abbreviation is there too."""
    texts = {reading.text(one).casefold() for one in found}
    long = {words.casefold() for short, words in reading.abbreviations.items() if short.casefold() in texts}
    return [one for one in found if reading.text(one).casefold() not in long]
