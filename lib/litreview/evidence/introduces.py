"""Names that a paper gives to what it introduces.

The signs, strongest first: the authors name it ("which we call X", "a method dubbed X"); it is the object of a verb of
introduction ("we propose X, a …", "this paper introduces long form (X)"); the title puts it before a colon; the paper
calls it its own ("our method, X,"). A name that the lexicon knows counts only as the object itself, never inside its
description ("a DPO-style loss").
"""

import re
from collections.abc import Iterator

from litreview.evidence.found import Found
from litreview.evidence.lexicon import Lexicon
from litreview.evidence.names import Span, definitions, looks_like_a_name, names_in
from litreview.evidence.objects import Named, abbreviated, object_names, run_at
from litreview.evidence.reading import Reading, Sentence

SUBJECT = re.compile(
    r"\b(?:we|(?:this|the present|our|the) (?:paper|work|study|article|thesis|report|research|manuscript|framework|approach)|the authors|introducing|presenting|introduction of)\b",
    re.IGNORECASE,
)
STRONG = r"giv|provid|describ|defin|propos|introduc|present|develop|devis|design|releas|construct|creat|deriv|formulat|contribut|unveil|open-sourc|publish|put(?:s|ting)? forward|posit|coin"
WEAK = r"establish|build|built|implement|offer|study|studies|curat|collect|train|report|explor|suggest|consider|obtain|call|use|discuss|address"
VERB = re.compile(
    rf"(?:\bwe(?: are| have)?|\b(?:paper|work|study|article|thesis|report|research|manuscript|framework|approach|authors)|\band|\bthen|\balso|\bfurther|\bnow|\bfirst|\bby|\bto|\bhere|\b(?!recent|previous|original|new|common|wide)\w+ly|,)\s+"
    rf"(?:(?P<strong>(?:{STRONG})(?:e|es|ed|s|ing|t)?)|(?P<weak>(?:{WEAK})(?:e|es|ed|s|ing)?))\b(?!\s(?:that|how|why|whether|upon|on|to)\b)"
    r"|\b(?P<nominal>introducing|presenting|introduction of)\b",
    re.IGNORECASE,
)
THING = (
    r"(?:methods?|algorithms?|techniques?|frameworks?|approach(?:es)?|models?|systems?|concepts?|strateg(?:y|ies)|mechanisms?|metrics?|measures?|datasets?|data ?sets?|benchmarks?|modules?|"
    r"paradigms?|architectures?|networks?|schemes?|procedures?|agents?|losses|loss|optimizers?|schedulers?|schedules?|policies|policy|tools?|librar(?:y|ies)|packages?|platforms?|"
    r"variants?|pipelines?|regularizers?|protocols?|estimators?|environments?|solution|programs?|LLMs?)"
)
BY_THE_AUTHORS = re.compile(
    r"\b(?:(?:which|that|what) we (?:\w+ly |also )?(?:call(?:ed)?|term(?:ed)?|dub(?:bed)?|name[d]?|refer(?:red)? to as|denote[d]?(?: as| by)?|coin(?:ed)?)|"
    r"we (?:\w+ly |also )?(?:call|term|dub|name|coin|refer to|denote) (?:it|(?:this|our|the|these) [\w -]{0,45}?|them)(?: as| by)?(?=\s(?:(?-i:[A-Z])|[\"“'`]|the (?-i:[A-Z])))|which is (?:called|named|dubbed|termed))(?:\s+as)?(?:\s+(?:the|an?))?[:,]?\s+",
    re.IGNORECASE,
)
NAMING = re.compile(
    rf"\b{THING}(?: \w+ing [\w -]{{0,40}}?)?,? (?:which is |that is |is |are )?(?:called|named|dubbed|termed|coined|entitled|denoted(?: as| by)?|referred to as|abbreviated as|code-?named)(?:\s+as)?(?:\s+(?:the|an?))?[:,]?\s+"
    r"|\b(?:dubbed|coined|nicknamed|named|termed|called|referred to as)(?:\s+(?:as|the))?\s+(?=[\"“'`*]*(?-i:[A-Z])|[\"“'`*])",
    re.IGNORECASE,
)
PROBLEM = re.compile(
    r"\b(?:phenomen|problem|barrier|setting|issue|effect|propert|challenge|notion of|dilemma|paradox|assumption)\w*\b",
    re.IGNORECASE,
)
PHRASE_END = re.compile(
    r"\s(?:that|which|whose|for|to|in|by|via|using|with|from|when|where|under|is|are|was|has|and|or|on|as|of|at|it|we|over|consist\w*|designed|tailored|while)\b"
    r"|[.,;:()\[\]](?!\w)|\s[-–—]|—|[\"”’']+(?=[\s,.;:)]|$)|\s\(|$"
)
OURS = re.compile(
    rf"\b(?:our|the (?:proposed|resulting|improved|new|novel)|the (?:first|second|third) (?:empirical |proposed |new )?)\s?(?:[\w-]+ ){{0,4}}?{THING}(?: is| are)?(?:,| :|:)? (?:called |named |dubbed |the )?",
    re.IGNORECASE,
)
SET_OFF = re.compile(r"\s?(?:,|---?|–|—|\(|:|\.?$| and | which | that )")
APPOSITION = re.compile(r"\s?(?:\([^()]*\))?\s?(?:,|---?|—)\s?(?:an?|the|our|which|one|consisting)\b")
APPOSED_NEW = re.compile(r"\)?\s?(?:,|---?|—)\s?an?\s(?:[\w-]+\s){0,2}?(?:novel|new)\b")
NEW = re.compile(
    r"\b(?:our|new|novel|proposed|innovative)(?: [\w-]+)?(?:,| --?|:)?\s(?:the )?$|(?:algorithm|method|framework|approach|model)[^,;.]{0,50}[,:]\s$",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    rf"\s(?:\([^()]*\)\s)?(?:{THING}\s)?(?:is|are|was|were)\s(?:\w+ly\s)?(?:proposed|introduced|presented|developed|designed|released)\b"
)
RESULT_OF = re.compile(
    r"\s(?:\w+ly\s|not only\s|can\s|is able to\s)*(?:outperforms?|outperformed|achieves?|achieved|improves?|surpass(?:es|ed)?|reduces?|attains?|enhances?|performs?|exhibits?|converges?|yields?|enables?|obtains?|consistently|addresses|leverages|exceeds)\b"
)
SOLUTION = re.compile(
    r"\b(?:our (?:[\w-]+ ){0,3}(?:innovation|contribution|solution|idea|method|approach|result|insight)s? (?:is|are|lies in|includes?)|the result is our [\w-]+,?) (?:the |an? )?",
    re.IGNORECASE,
)


def introduced(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """Every name the paper introduces, in the order of trust; the caller keeps one row a name."""
    yield from _before_the_colon(reading, lexicon)
    for sentence in reading.sentences:
        if sentence.own:
            yield from _named(sentence)
            yield from _objects(sentence, lexicon)
            yield from _called_ours(sentence, lexicon)
    yield from _in_the_title(reading, lexicon)
    yield from _opening_definitions(reading, lexicon)


def _before_the_colon(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """ "X: what it does", where X is written as a name or the abstract writes it with a capital inside a sentence."""
    head, colon, _ = reading.title.partition(":")
    entry = lexicon.entry(head)
    if (
        not colon
        or not head
        or len(head.split()) > 4
        or (entry and entry.kind in ("fields", "environments", "metrics"))
    ):
        return
    written = len(head.split()) < 3 and any(
        looks_like_a_name(word) and not _known(word, lexicon) for word in head.split()
    )
    inside = rf"(?<=[\w,(] ){re.escape(head)}(?!\w)" if " " not in head else rf"(?<!\w){re.escape(head)}(?!\w)"
    if written or (entry and looks_like_a_name(head)) or (head[0].isupper() and re.search(inside, reading.abstract)):
        yield Found("introduces", "title", 0, len(head), "title before the colon")


def _known(word: str, lexicon: Lexicon) -> bool:
    return lexicon.entry(word) is not None


def _named(sentence: Sentence) -> Iterator[Found]:
    """ "called X", "which we dub X": whatever stands there is the name, even in small letters."""
    for pattern, trusted in ((BY_THE_AUTHORS, True), (NAMING, False)):
        for match in pattern.finditer(sentence.text):
            if PROBLEM.search(match[0]) or sentence.text[: match.start()].endswith("so-"):
                continue
            quoted = sentence.text[match.end() : match.end() + 1] in "\"“‘'`"
            if (
                trusted
                or quoted
                or SUBJECT.search(sentence.text[: match.start()])
                or re.search(r"\b(?:our|new|novel|proposed|innovative)\b", sentence.text[: match.end()], re.IGNORECASE)
            ):
                span = _phrase(sentence.text, match.end())
                if span:
                    yield _found(sentence, span, "named by the authors")


def _phrase(text: str, start: int) -> Span | None:
    """The name that begins at `start`: its abbreviation, a word written as a name, or up to four words of a phrase."""
    while start < len(text) and text[start] in "\"'“‘`*":
        start += 1
    end = PHRASE_END.search(text, start)
    right = end.start() if end else len(text)
    for definition in definitions(text):
        if start - 5 <= definition.long.start <= right and definition.short.start <= right + 3:
            return (
                definition.short
                if " " in definition.long.text or not looks_like_a_name(definition.long.text)
                else definition.long
            )
        if definition.short.start == start:
            return definition.short
    run = run_at(text, start)
    if run and abbreviated(text, run) != run:
        return abbreviated(text, run)
    if run and looks_like_a_name(run.text.split()[0]):
        return run
    return Span(start, right, text[start:right]) if 2 < right - start and len(text[start:right].split()) <= 4 else None


def _objects(sentence: Sentence, lexicon: Lexicon) -> Iterator[Found]:
    """What a verb of introduction introduces."""
    subject = SUBJECT.search(sentence.text)
    if not subject:
        return
    for match in VERB.finditer(sentence.text, max(0, subject.start() - 1)):
        for name in object_names(sentence.text, match.end()):
            if _vetoed(sentence.text, name, lexicon) or (
                match["weak"] and not (name.head and APPOSITION.match(sentence.text, name.span.end))
            ):
                continue
            yield _found(sentence, name.span, "object of a verb of introduction")
    for definition in definitions(sentence.text):
        if NEW.search(sentence.text[: definition.long.start]) or APPOSED_NEW.match(sentence.text, definition.short.end):
            if looks_like_a_name(definition.short.text) and not _known(definition.short.text, lexicon):
                yield _found(sentence, definition.short, "defined as new")
    for span in names_in(sentence.text):
        if APPOSED_NEW.match(sentence.text, span.end) and not _known(span.text, lexicon):
            yield _found(sentence, span, "set off as new")


def _vetoed(text: str, name: Named, lexicon: Lexicon) -> bool:
    """Whether the lexicon knows the name, and the sentence does not make it the object itself."""
    entry = lexicon.entry(name.span.text)
    if not entry:
        return False
    if entry.kind in ("fields", "metrics", "environments"):
        return True
    defined = [d for d in definitions(text) if d.short == name.span]
    if defined and not _long_known(defined[0].long.text, entry.name, lexicon):
        return False
    return not (name.head and (defined or SET_OFF.match(text, name.span.end)))


def _long_known(long: str, name: str, lexicon: Lexicon) -> bool:
    """Whether the lexicon has the long form, whole or without its first words, for this very name."""
    words = long.split()
    entries = [lexicon.entry(" ".join(words[place:])) for place in range(max(1, len(words) - 1))]
    return any(entry and entry.name == name for entry in entries)


def _called_ours(sentence: Sentence, lexicon: Lexicon) -> Iterator[Found]:
    """ "our method, X,", "our solution is X", "the proposed X algorithm"."""
    for pattern in (OURS, SOLUTION):
        for match in pattern.finditer(sentence.text):
            name = _own_name(sentence.text, match.end())
            if name and not _common(name.text, lexicon):
                yield _found(sentence, name, "called the authors' own")
    for match in re.finditer(r"\b(?:our|the proposed|the resulting)\s(?=[A-Za-z])", sentence.text, re.IGNORECASE):
        name = _own_name(sentence.text, match.end())
        if name and not _known(name.text, lexicon):
            yield _found(sentence, name, "called the authors' own")
    for name in names_in(sentence.text):
        if PASSIVE.match(sentence.text, name.end) and not _known(name.text, lexicon):
            yield _found(sentence, name, "is introduced")


def _common(name: str, lexicon: Lexicon) -> bool:
    entry = lexicon.entry(name)
    return entry is not None and entry.kind in ("fields", "metrics", "environments")


def _own_name(text: str, start: int) -> Span | None:
    for definition in definitions(text):
        if start <= definition.long.start <= start + 4:
            return definition.short
    run = run_at(text, start)
    return run if run and looks_like_a_name(run.text.split()[0]) else None


def _in_the_title(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """Abbreviations that the title defines, and its opening words where the abstract proposes them as they stand."""
    for definition in definitions(reading.title):
        if (
            definition.long.start == 0
            and looks_like_a_name(definition.short.text)
            and not lexicon.entry(definition.short.text)
        ):
            yield Found("introduces", "title", definition.short.start, definition.short.end, "defined in the title")


def _opening_definitions(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """Abbreviations whose long form opens the title."""
    for sentence in reading.sentences:
        for definition in definitions(sentence.text):
            opening = re.match(
                rf"{re.escape(definition.long.text)}(?=:| for | via | with | in |$)", reading.title, re.IGNORECASE
            )
            if " " in definition.long.text and opening and not _known(definition.short.text, lexicon):
                yield _found(sentence, definition.short, "abbreviates the title")


def subjects(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """Names of which results are told, where no comparison names them: "we show that X improves …"."""
    for sentence in reading.sentences:
        if sentence.result:
            for name in names_in(sentence.text):
                kin = not own or {part for part in name.text.split("-") if len(part) > 2} & {
                    part.upper() for other in own for part in other.split("-")
                }
                if (
                    kin
                    and RESULT_OF.match(sentence.text, name.end)
                    and not _known(name.text, lexicon)
                    and name.text.casefold() not in own
                ):
                    yield _found(sentence, name, "subject of a result")


def variants(reading: Reading, own: set[str]) -> Iterator[Found]:
    """Names that carry an introduced name as a part: "Flan-UL2" beside "UL2", "HyGLOW" beside "GLOW"."""
    for sentence in reading.sentences:
        if sentence.own:
            for span in names_in(sentence.text):
                if span.text.casefold() not in own and any(_carries(span.text.casefold(), name) for name in own):
                    yield _found(sentence, span, "variant of an introduced name")


def _carries(text: str, name: str) -> bool:
    """Whether `name` is a hyphened part of `text`, or ends it."""
    return f"-{name}-" in f"-{text}-" or (len(name) > 3 and text.endswith(name))


def _found(sentence: Sentence, span: Span, rule: str) -> Found:
    return Found("introduces", "abstract", sentence.start + span.start, sentence.start + span.end, rule)
