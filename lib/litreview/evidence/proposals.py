"""Names in sentences that introduce: the object of "we propose", "our method, X,", "X, a new …", "X is proposed"."""

import re
from collections.abc import Iterator
from itertools import takewhile

from litreview.evidence.lexicon import Lexicon
from litreview.evidence.names import Definition, TextSpan, abbreviated, looks_like_a_name, name_spans, run_at
from litreview.evidence.rhetorical_roles import Sentence
from litreview.evidence.verb_objects import Named, object_names

SUBJECT = re.compile(
    r"\b(?:we|(?:this|the present|our|the) (?:paper|work|study|article|thesis|report|research|manuscript"
    r"|framework|approach)|the authors|introducing|presenting|introduction of|(?:leads? to|results? in"
    r"|yields?)(?= an? (?:new|novel)))\b|^(?-i:[A-Z][\w-]*[A-Z][\w-]*)(?= (?:\w+ly |also )?(?:introduces|proposes"
    r"|offers|presents|develops|designs|devises)\b)",
    re.IGNORECASE,
)
THING = (
    r"(?:methods?|algorithms?|techniques?|frameworks?|approach(?:es)?|models?|systems?|concepts?|strateg(?:y|ies)"
    r"|mechanisms?|metrics?|measures?|datasets?|data ?sets?|benchmarks?|modules?|"
    r"paradigms?|architectures?|networks?|schemes?|procedures?|agents?|losses|loss|optimizers?|schedulers?"
    r"|schedules?|policies|policy|tools?|librar(?:y|ies)|packages?|platforms?|"
    r"variants?|pipelines?|regularizers?|protocols?|estimators?|environments?|solution|programs?|prototypes?"
    r"|LLMs?|rules?|controllers?|penalt(?:y|ies)|rewards?)"
)
BY_THE_AUTHORS = re.compile(
    r"\b(?:(?:which|that|what) we (?:\w+ly |also )?(?:call(?:ed)?|term(?:ed)?|dub(?:bed)?|name[d]?"
    r"|refer(?:red)? to as|denote[d]?(?: as| by)?|coin(?:ed)?)|"
    r"(?:we|and) (?:\w+ly |also )?(?:call|term|dub|name|coin|refer to|denote) (?:it|(?:this|our|the"
    r"|these) [\w -]{0,45}?|them)(?: as| by)?(?=\s(?:(?-i:[A-Z])|[\"“'`]|the (?-i:[A-Z])"
    r"|(?:[\w-]+ ){1,7}\((?-i:[A-Z])|(?-i:[a-z]+-[a-z]+)(?=[.,;]|$)))|which is (?:called|named|dubbed"
    r"|termed))(?:\s+as)?(?:\s+(?:the|an?))?[:,]?\s+",
    re.IGNORECASE,
)
NAMING = re.compile(
    rf"\b{THING}(?: \w+ing [\w -]{{0,40}}?)?,? (?:which is |that is |is |are )?(?:called|named|dubbed|termed"
    rf"|coined|entitled|denoted(?: as| by)?|referred to as|abbreviated as|code-?named)(?:\s+as)?(?:\s+(?:the"
    rf"|an?))?[:,]?\s+"
    r"|\b(?:dubbed|coined|nicknamed|named|termed|called|referred to as)(?:\s+(?:as"
    r"|the))?\s+(?=[\"“'`*]*(?-i:[A-Z])|[\"“'`*])",
    re.IGNORECASE,
)
OWN_OR_NEW = re.compile(r"\b(?:our|new|novel|proposed|innovative)\b|(?:termed|dubbed|coined)\s+$", re.IGNORECASE)
PROBLEM = re.compile(
    r"\b(?:phenomen|problem|barrier|setting|issue|effect|propert|challenge|notion of|dilemma|paradox|assumption)\w*\b",
    re.IGNORECASE,
)
PHRASE_END = re.compile(
    r"\s(?:that|which|whose|for|to|in|by|via|using|with|from|when|where|under|is|are|was|has|and|or|on|as|of|at"
    r"|it|we|over|consist\w*|designed|tailored|while)\b"
    r"|[.,;:()\[\]](?!\w)|\s[-–—]|—|[\"”’']+(?=[\s,.;:)]|$)|\s\(|$"
)
QUOTES = "\"“‘'`*"
MOST_WORDS = 4  # of a name in small letters


def named_by_authors(sentence: Sentence) -> Iterator[TextSpan]:
    """Whatever stands where the authors name something, even in small letters."""
    text = sentence.text
    for match in BY_THE_AUTHORS.finditer(text):
        yield from _named_at(sentence, match)
    for match in NAMING.finditer(text):
        quoted = text[match.end() : match.end() + 1] in QUOTES
        if quoted or SUBJECT.search(text[: match.start()]) or OWN_OR_NEW.search(text[: match.end()]):
            yield from _named_at(sentence, match)


def _named_at(sentence: Sentence, match: re.Match[str]) -> Iterator[TextSpan]:
    """The name behind a naming; none where a problem or a phenomenon is named, or something "so-called"."""
    if not PROBLEM.search(match[0]) and not sentence.text[: match.start()].endswith("so-"):
        span = _phrase(sentence.text, match.end(), sentence.defined)
        if span:
            yield span


def _phrase(text: str, start: int, defined: list[Definition]) -> TextSpan | None:
    """The name that begins at `start`: its abbreviation, a run of capitalised words, or a short phrase."""
    while start < len(text) and text[start] in QUOTES:
        start += 1
    end = PHRASE_END.search(text, start)
    right = end.start() if end else len(text)
    for pair in defined:
        if (
            pair.short.start == start
            or start <= pair.long.start <= start + 5
            or (start - 5 <= pair.long.start <= right and pair.short.start <= right + 3)
        ):
            return short_form(pair)
    run = run_at(text, start)
    if run and (abbreviated(text, run) != run or looks_like_a_name(run.text.split()[0])):
        return abbreviated(text, run)
    brief = right - start > 2 and len(text[start:right].split()) <= MOST_WORDS
    return TextSpan(start, right, text[start:right]) if brief else None


def short_form(pair: Definition) -> TextSpan:
    """The abbreviation, unless the long form is itself a name of one word: "TeachMyAgent (TA)"."""
    return pair.long if " " not in pair.long.text and looks_like_a_name(pair.long.text) else pair.short


COMMON = ("fields", "metrics", "environments")  # kinds of the lexicon that no paper introduces under a known name
STRONG = (
    r"giv|provid|describ|defin|propos|introduc|present|develop|devis|design|releas|construct|creat|deriv|formulat"
    r"|contribut|unveil|open-sourc|publish|put(?:s|ting)? forward|posit|coin|offer"
)
WEAK = (
    r"establish|build|built|implement|study|studies|curat|collect|train|report|explor|suggest|consider|obtain"
    r"|call|use|discuss|address"
)
VERB = re.compile(
    rf"(?:^(?-i:[A-Z])[\w-]+|\bwe(?: are| have)?|\b(?:paper|work|study|article|thesis|report|research|manuscript"
    rf"|framework|approach|authors)|\band|\bthen|\balso|\bfurther|\bnow|\bfirst|\bby|\bto|\bhere|\b(?!recent"
    rf"|previous|original|new|common|wide)\w+ly|,)\s+"
    rf"(?:(?P<strong>(?:{STRONG})(?:e|es|ed|s|ing|t)?)|(?P<weak>(?:{WEAK})(?:e|es|ed|s|ing)?))\b(?!\s(?:that|how"
    rf"|why|whether|upon|on|to)\b)"
    r"|\b(?P<nominal>introducing|presenting|introduction of|(?:leads? to|results? in|yields?)(?= an? (?:new"
    r"|novel)))\b|\b(?P<beside>together with|along with)\b",
    re.IGNORECASE,
)
OURS = re.compile(
    rf"\b(?:our|the (?:proposed|resulting|improved|new|novel)|the (?:first|second|third) (?:empirical |proposed "
    rf"|new )?)\s?(?:[\w-]+ ){{0,4}}?{THING}(?: is| are)?(?:,| :|:)? (?:called |named |dubbed |the )?",
    re.IGNORECASE,
)
SOLUTION = re.compile(
    r"\b(?:our (?:[\w-]+ ){0,3}(?:innovation|contribution|solution|idea|method|approach|result|insight|remedy"
    r"|answer|proposal)s? (?:is|are|lies in|includes?)|the result is our [\w-]+,?) ",
    re.IGNORECASE,
)
OUR = re.compile(r"\b(?:our|the proposed|the resulting)\s(?=[A-Za-z])", re.IGNORECASE)
SET_OFF = re.compile(rf"(?: {THING})?\s?(?:,|---?|–|—|\(|:|\.?$| and | which\b| that )")
APPOSITION = re.compile(r"\s?(?:\([^()]*\))?\s?(?:,|---?|—)\s?(?:an?|the|our|which|one|consisting)\b")
APPOSED_NEW = re.compile(r"\)?\s?(?:,|---?|—|\s[–-]\s)\s?an?\s(?:[\w-]+\s){0,2}?(?:novel|new)\b")
NEW = re.compile(
    r"\b(?:our|new|novel|proposed|innovative)(?: [\w-]+)?(?:,| --?|:)?\s(?:the )?$|(?:algorithm|method|framework"
    r"|approach|model)[^,;.]{0,50}[,:]\s$",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    rf"\)?\s(?:\([^()]*\)\s)?(?:{THING}\s)?(?:is|are|was|were|has been|have been)\s(?:\w+ly\s)?(?:proposed"
    rf"|introduced|presented|developed|designed|released|put forward|open-sourced)\b(?!\s(?:by|in) (?:\["
    rf"|[A-Z]\w+ et al|prior|previous|earlier))"
)


SERIES = re.compile(
    rf"\b(?:our|these|we (?:propose|introduce|present|develop|release|study)"
    rf"|following)\b[^.:;]{{0,60}}?\b{THING}(?:, namely|:| [–—])\s([^.;:()–—]{{5,160}})(?=[.;:(–—]|$)",
    re.IGNORECASE,
)
MEMBER = re.compile(r"\s*(?:and |or )?((?:(?! and )[^,])+)")
CAPITAL = re.compile(r"[A-Z0-9]")


def proposed(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[TextSpan, str]]:
    """The names that a sentence introduces, each with the rule that says so."""
    for name in _objects(sentence, lexicon):
        yield name, "object of a verb of introduction"
    for name in _set_off(sentence):
        if lexicon.entry(name.text) is None or _redefined(sentence, name, lexicon):
            yield name, "called new"
    for name in _series(sentence.text):
        if lexicon.entry(name.text) is None:
            yield name, "listed as the authors' own"
    for name in _ours(sentence, lexicon):
        yield name, "called the authors' own"


def _objects(sentence: Sentence, lexicon: Lexicon) -> Iterator[TextSpan]:
    subject = SUBJECT.search(sentence.text)
    verbs = VERB.finditer(sentence.text, max(0, subject.start() - 1)) if subject else ()
    for match in (*verbs, *SOLUTION.finditer(sentence.text)):
        for name in object_names(sentence.text, match.end(), sentence.defined):
            surely = name.head and CAPITAL.search(name.span.text) and APPOSITION.match(sentence.text, name.span.end)
            strong = match.lastgroup not in ("weak", "beside")
            if (surely or strong) and not _vetoed(sentence, name, lexicon):
                yield name.span


def _vetoed(sentence: Sentence, name: Named, lexicon: Lexicon) -> bool:
    """Whether the lexicon knows the name, and the sentence does not make it the object itself."""
    entry = lexicon.entry(name.span.text)
    if entry is None or entry.kind in COMMON:
        return entry is not None
    pair = next((pair for pair in sentence.defined if pair.short == name.span), None)
    if pair and not _long_known(pair.long.text, entry.name, lexicon):
        return False
    return not (name.head and (pair or SET_OFF.match(sentence.text, name.span.end)))


def _redefined(sentence: Sentence, name: TextSpan, lexicon: Lexicon) -> bool:
    """Whether the sentence gives a known abbreviation a meaning that the lexicon does not have."""
    entry = lexicon.entry(name.text)
    pair = next((pair for pair in sentence.defined if pair.short == name), None)
    return bool(entry and pair and not _long_known(pair.long.text, entry.name, lexicon))


def _long_known(long: str, name: str, lexicon: Lexicon) -> bool:
    """Whether the lexicon has the long form, whole or without its first words, for this very name."""
    words = long.split()
    entries = [lexicon.entry(" ".join(words[place:])) for place in range(max(1, len(words) - 1))]
    return any(entry and entry.name == name for entry in entries)


def _set_off(sentence: Sentence) -> Iterator[TextSpan]:
    """ "a new X Y Z (XYZ)", "X, a novel …", "X is introduced"."""
    text = sentence.text
    for pair in sentence.defined:
        new = NEW.search(text[: pair.long.start]) or APPOSED_NEW.match(text, pair.short.end)
        if new and looks_like_a_name(pair.short.text):
            yield pair.short
    for name in name_spans(text):
        if APPOSED_NEW.match(text, name.end) or PASSIVE.match(text, name.end):
            yield name


def _ours(sentence: Sentence, lexicon: Lexicon) -> Iterator[TextSpan]:
    """ "our method, X,", "our solution is X", "the proposed X algorithm"."""
    for pattern, allowed in ((OURS, True), (OUR, False)):
        for match in pattern.finditer(sentence.text):
            name = _name_at(sentence, match.end(), set_off=match[0].endswith(", "))
            entry = lexicon.entry(name.text) if name else None
            if name and (entry is None or (allowed and entry.kind not in COMMON)):
                yield name


def _series(text: str) -> Iterator[TextSpan]:
    """ "our two algorithms: stream Q, stream AC, and stream TD"."""
    for match in SERIES.finditer(text):
        members = [(match.start(1) + member.start(1), member[1].strip()) for member in MEMBER.finditer(match[1])]
        names = list(takewhile(lambda one: len(one[1].split()) <= 3 and CAPITAL.search(one[1]), members))
        if len(names) > 1:
            yield from (TextSpan(start, start + len(words), words) for start, words in names)


def _name_at(sentence: Sentence, start: int, set_off: bool) -> TextSpan | None:
    """The name at `start`: written as names are, or any capitalised word between commas."""
    for pair in sentence.defined:
        if start <= pair.long.start <= start + 4:
            return pair.short
    run = run_at(sentence.text, start)
    between = run and set_off and sentence.text[run.end :].startswith(",")
    return run if run and (between or looks_like_a_name(run.text.split()[0])) else None
