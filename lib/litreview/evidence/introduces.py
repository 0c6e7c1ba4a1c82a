"""Names that a paper gives to what it introduces.

Four signs, strongest first: the sentence names it ("called X", "dubbed X"); it is the object of a verb of introduction
("we propose X, a …", "this paper introduces long form (X)"); the title puts it before a colon; the paper calls it its
own ("our method, X,", "the proposed X"). A name that the lexicon knows needs one of the first two.
"""

import re
from collections.abc import Iterator

from litreview.evidence.found import Found
from litreview.evidence.lexicon import Lexicon
from litreview.evidence.names import Span, definitions, looks_like_a_name, tokens
from litreview.evidence.reading import Reading, Sentence

SUBJECT = r"(?:\bwe\b|\b(?:this|the present|our|the) (?:paper|work|study|article|thesis|report|research|manuscript)\b|\bthe authors\b)"
VERB = (
    r"(?:propos|introduc|present|develop|devis|design|releas|construct|creat|describ|deriv|formulat|contribut|establish|"
    r"build|built|provid|implement|defin|offer|unveil|study|open-sourc|publish|curat|collect|train|report|explor|suggest|posit)(?:e|es|ed|s|ing)?"
)
INTRODUCTION = re.compile(
    rf"{SUBJECT}[^.;:]{{0,60}}?\b(?P<verb>{VERB})\b(?! (?:that|how|why|whether|to)\b)"
    r"|\b(?:by|through|via) (?:propos|introduc|present|develop)ing\b"
    r"|\b(?:introducing|presenting)\b",
    re.IGNORECASE,
)
NAMING = re.compile(
    r"\b(?:(?:which|that|what) (?:we|is) (?:call|term|dub|name|refer to as|denote)(?:ed)?(?: the)?|called|named|dubbed|termed|coined|"
    r"named as|referred to as|denoted(?: as| by)?|abbreviated as|short for|namely|we (?:call|term|dub|name) (?:it|this [\w -]{0,40}?|our [\w -]{0,40}?|the [\w -]{0,40}?))"
    r"(?: as)?(?: the| an?)?[:,]?\s+",
    re.IGNORECASE,
)
OURS = re.compile(
    r"\b(?:our|the proposed|the resulting) (?:[\w-]+ ){0,4}?(?:method|approach|framework|algorithm|model|system|technique|architecture|"
    r"network|strategy|benchmark|dataset|scheme|LLM|agent|solution|procedure|pipeline|measure|metric|library)s?,? (?:called |named |dubbed )?",
    re.IGNORECASE,
)
STOP = re.compile(
    r"\s(?:that|which|whose|for|to|in|by|via|using|based|with|from|when|where|under|against|on|as|through|while|and (?:show|prove|demonstrate|use|apply|study))\s"
    r"|[.;]\s|,\s(?:a|an|the|one|which|where|whose|our|consisting)\s|\s(?:is|are|was|were|has|can)\s"
)
PHRASE_END = re.compile(
    r"\s(?:that|which|whose|for|to|in|by|via|using|with|from|when|where|under|is|are|was|has|and|or|on|as|of|at|it|we)\b|[.,;:()\[\]]|\s[-–—]|['\"”’]+(?=[\s,.;:)]|$)|$"
)
JOIN = re.compile(r"(?:,? and |, (?:and )?|/| & |,? as well as )(?:the )?")


def introduced(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """Every name the paper introduces, in the order of trust; the caller keeps one row a name."""
    yield from _before_the_colon(reading, lexicon)
    for sentence in reading.sentences:
        if sentence.own:
            yield from _named(sentence)
            yield from _objects(sentence, lexicon)
            yield from _called_ours(sentence, lexicon)
    yield from _title_definitions(reading)


def _before_the_colon(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """ "X: what it does" where X is written as a name, or the abstract introduces it in these words."""
    head, colon, _ = reading.title.partition(":")
    if not colon or not head or len(head.split()) > 4:
        return
    if " " not in head and looks_like_a_name(head) and _stands_in(head, reading.abstract):
        yield Found("introduces", "title", 0, len(head), "title before the colon")


def _stands_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE))


def _named(sentence: Sentence) -> Iterator[Found]:
    """ "called X", "which we dub X": whatever stands there is the name, even in small letters."""
    for match in NAMING.finditer(sentence.text):
        left = match.end()
        while left < len(sentence.text) and sentence.text[left] in "\"'“‘`*":
            left += 1
        end = PHRASE_END.search(sentence.text, left)
        right = end.start() if end else len(sentence.text)
        short = [d for d in definitions(sentence.text) if left <= d.long.end and d.short.start <= right + 2 and d.long.start >= left - 5]
        if short:
            yield _found(sentence, short[0].short, "named by the authors")
        elif 0 < right - left and len(sentence.text[left:right].split()) <= 4:
            yield _found(sentence, _first_name(sentence.text, left, right), "named by the authors")


def _first_name(text: str, left: int, right: int) -> Span:
    """The first word if it is written as a name, else the whole phrase."""
    for token in tokens(text, left, right):
        if looks_like_a_name(token.text):
            return token
        break
    return Span(left, right, text[left:right])


def _objects(sentence: Sentence, lexicon: Lexicon) -> Iterator[Found]:
    """What a verb of introduction introduces: names and abbreviations up to the first word that leads away."""
    for match in INTRODUCTION.finditer(sentence.text):
        for span in _object_names(sentence.text, match.end()):
            if not lexicon.entry(span.text):
                yield _found(sentence, span, "object of a verb of introduction")


def _object_names(text: str, start: int) -> list[Span]:
    stop = STOP.search(text, start)
    end = stop.start() if stop else len(text)
    short = [d.short for d in definitions(text) if start <= d.long.start < end]
    if short:
        return short
    names = [token for token in tokens(text, start, end) if looks_like_a_name(token.text)]
    return _listed(text, names[-1:] or _proper(text, start), end)


def _proper(text: str, start: int) -> list[Span]:
    """A capitalised word right after the verb, before a comma: "we propose Aranyani, an ensemble"."""
    match = re.compile(r"\s*(?:(?:a|an|the) )?(?:[\w-]+ ){0,6}?(?:[a-z-]+, )?([A-Za-z][\w-]+(?: [a-z]+)?), (?:an?|the|which|that|our)\b").match(text, start)
    if match and match[1][0].isupper():
        return [Span(match.start(1), match.end(1), match[1])]
    match = re.compile(r"\s+([a-z][\w-]+), an? ").match(text, start)
    return [Span(match.start(1), match.end(1), match[1])] if match else []


def _listed(text: str, names: list[Span], end: int) -> list[Span]:
    """The names, and those joined to the last of them by commas and "and"."""
    names = list(names)
    while names:
        join = JOIN.match(text, names[-1].end)
        following = next(tokens(text, join.end()), None) if join else None
        if not following or following.start != join.end() or not looks_like_a_name(following.text):
            break
        names.append(following)
    return names


def _called_ours(sentence: Sentence, lexicon: Lexicon) -> Iterator[Found]:
    """ "our method, X," and "the proposed X"."""
    for match in OURS.finditer(sentence.text):
        following = next(tokens(sentence.text, match.end()), None)
        if following and following.start <= match.end() + 1:
            short = [d.short for d in definitions(sentence.text) if d.long.start == following.start]
            name = short[0] if short else following
            if looks_like_a_name(name.text) and not lexicon.entry(name.text):
                yield _found(sentence, name, "called the authors' own")


def _title_definitions(reading: Reading) -> Iterator[Found]:
    for definition in definitions(reading.title):
        if looks_like_a_name(definition.short.text):
            yield Found("introduces", "title", definition.short.start, definition.short.end, "defined in the title")


def _found(sentence: Sentence, span: Span, rule: str) -> Found:
    return Found("introduces", "abstract", sentence.start + span.start, sentence.start + span.end, rule)
