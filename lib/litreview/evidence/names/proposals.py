"""Names in sentences that introduce: the object of "we propose", "our method, X,", "X, a new …", "X is proposed"."""

import re
from collections.abc import Iterator
from itertools import takewhile

from litreview.evidence.names.abbreviations import Definition, TextSpan, looks_like_a_name, name_spans, span_at
from litreview.evidence.names.lexicon import Lexicon
from litreview.evidence.names.proper_names import METHOD, PAPER, abbreviated, members, run_at
from litreview.evidence.names.verb_objects import Named, object_names
from litreview.evidence.rhetorical_roles import Sentence
from litreview.text.patterns import any_word, nouns, verbose, verbose_cased

COMMON = ("fields", "metrics", "environments")  # kinds of the lexicon that no paper introduces under a known name
LEADING_TO = r"(?:leads? to|results? in|yields?)(?= an? (?:new|novel))"
NOMINAL = rf"(?:introducing|presenting|introduction of|{LEADING_TO})"
SUBJECT = verbose(rf"""
    \b(?:we|(?:this|the present|our|the) {PAPER}|the authors|{NOMINAL})\b
    |  ^(?-i:[A-Z][\w-]*[A-Z][\w-]*)  # "FooNet introduces"
       (?=\ (?:\w+ly |also )?(?:introduces|proposes|offers|presents|develops|designs|devises)\b)
""")
MORE_THINGS = nouns(
    "concept controller environment estimator library loss measure mechanism metric module network optimizer package "
    "paradigm penalty pipeline platform program protocol prototype regularizer reward scheme solution variant"
)
THING = rf"(?:{METHOD}|{MORE_THINGS}|{nouns('benchmark dataset')}|data ?sets?)"
ARTICLE = r"(?:\s+as)?(?:\s+(?:the|an?))?[:,]?\s+"  # between "called" and the name
CALL = "(?:call|coin|denote|dub|name|refer to|term)"
CALLED = "(?:call(?:ed)?|coin(?:ed)?|denoted?(?: as| by)?|dub(?:bed)?|named?|refer(?:red)? to as|term(?:ed)?)"
NAME_AHEAD = r"(?:(?-i:[A-Z])|[\"“'`]|the (?-i:[A-Z])|(?:[\w-]+ ){1,7}\((?-i:[A-Z])|(?-i:[a-z]+-[a-z]+)(?=[.,;]|$))"
BY_THE_AUTHORS = verbose(rf"""
    \b(?:(?:which|that|what) we (?:\w+ly |also )?{CALLED}    # "which we call"
      |  (?:we|and) (?:\w+ly |also )?{CALL}                  # "we call our method"
         \ (?:it|(?:this|our|the|these) [\w -]{{0,45}}?|them)(?: as| by)?(?=\s{NAME_AHEAD})
      |  which is (?:called|named|dubbed|termed)
    ){ARTICLE}
""")
NAMING = verbose(rf"""
    \b{THING}(?: \w+ing [\w -]{{0,40}}?)?,? (?:which is |that is |is |are )?
      (?:called|named|dubbed|termed|coined|entitled|denoted(?: as| by)?|referred to as|abbreviated as|code-?named)
      {ARTICLE}
    |  \b(?:dubbed|coined|nicknamed|named|termed|called|referred to as)(?:\s+(?:as|the))?\s+
       (?=[\"“'`*]*(?-i:[A-Z])|[\"“'`*])
""")
OWN_OR_NEW = verbose(r"\b(?:our|new|novel|proposed|innovative)\b|(?:termed|dubbed|coined)\s+$")
PROBLEM = verbose(
    r"\b(?:notion of|assumption|barrier|challenge|dilemma|effect|issue|paradox|phenomen|problem|propert|setting)\w*\b"
)
AWAY = any_word(
    "and are as at by consist\\w* designed for from has in is it of on or over tailored that to under using via was we "
    "when where which while whose with"
)
PHRASE_END = verbose_cased(rf"""
    \s{AWAY}\b  |  [.,;:()\[\]](?!\w)  |  \s[-–—]  |  —
    |  [\"”’']+(?=[\s,.;:)]|$)  |  \s\(  |  $
""")
QUOTES = "\"“‘'`*"
MOST_WORDS = 4  # of a name in small letters
STRONG = any_word(
    "coin construct contribut creat defin deriv describ design develop devis formulat giv introduc offer open-sourc "
    "posit present propos provid publish releas unveil"
)
WEAK = any_word(
    "address build built call collect consider curat discuss establish explor implement obtain report studies study "
    "suggest train use"
)
BEFORE_VERB = any_word("also and by first further here now then to")
VERB = verbose(rf"""
    (?:^(?-i:[A-Z])[\w-]+  |  \bwe(?: are| have)?  |  \b{PAPER}  |  \bauthors  |  \b{BEFORE_VERB}  |  ,
      |  \b(?!recent|previous|original|new|common|wide)\w+ly
    )\s+
    (?:(?P<strong>put(?:s|ting)? forward|{STRONG}(?:es?|ed|s|ing|t)?)|(?P<weak>{WEAK}(?:es?|ed|s|ing)?))\b
    (?!\s(?:that|how|why|whether|upon|on|to)\b)
    |  \b(?P<nominal>{NOMINAL})\b
    |  \b(?P<beside>together with|along with)\b
""")
OURS = verbose(rf"""
    \b(?:our|the (?:proposed|resulting|improved|new|novel)|the (?:first|second|third) (?:empirical |proposed |new )?)\s?
    (?:[\w-]+ ){{0,4}}?{THING}(?: is| are)?(?:,|\ :|:)? (?:called |named |dubbed |the )?
""")
SOLUTION = verbose(r"""
    \b(?:our (?:[\w-]+ ){0,3}
      (?:answer|approach|contribution|idea|innovation|insight|method|proposal|remedy|result|solution)s?
      \ (?:is|are|lies in|includes?)
      |  the result is our [\w-]+,?
    )[ ]
""")
OUR = verbose(r"\b(?:our|the proposed|the resulting)\s(?=[A-Za-z])")
SET_OFF = re.compile(rf"(?: {THING})?\s?(?:,|---?|–|—|\(|:|\.?$| and | which\b| that )")
APPOSITION = re.compile(r"\s?(?:\([^()]*\))?\s?(?:,|---?|—)\s?(?:an?|the|our|which|one|consisting)\b")
APPOSED_NEW = re.compile(r"\)?\s?(?:,|---?|—|\s[–-]\s)\s?an?\s(?:[\w-]+\s){0,2}?(?:novel|new)\b")
NEW = verbose(r"""
    \b(?:our|new|novel|proposed|innovative)(?: [\w-]+)?(?:,|\ --?|:)?\s(?:the )?$
    |  (?:algorithm|method|framework|approach|model)[^,;.]{0,50}[,:]\s$
""")
PASSIVE = verbose_cased(rf"""
    \)?\s(?:\([^()]*\)\s)?(?:{THING}\s)?(?:is|are|was|were|has been|have been)\s(?:\w+ly\s)?
    (?:proposed|introduced|presented|developed|designed|released|put forward|open-sourced)\b
    (?!\s(?:by|in) (?:\[|[A-Z]\w+ et al|prior|previous|earlier))  # theirs
""")
SERIES = verbose(rf"""
    \b(?:our|these|we (?:propose|introduce|present|develop|release|study)|following)\b[^.:;]{{0,60}}?
    \b{THING}(?:, namely|:|\ [–—])\s([^.;:()–—]{{5,160}})(?=[.;:(–—]|$)
""")
CAPITAL = re.compile(r"[A-Z0-9]")


def named_by_authors(sentence: Sentence) -> Iterator[TextSpan]:
    """Find what stands where the authors name something, even in small letters."""
    text = sentence.text
    for match in BY_THE_AUTHORS.finditer(text):
        yield from _named_at(sentence, match)
    for match in NAMING.finditer(text):
        quoted = text[match.end() : match.end() + 1] in QUOTES
        if quoted or SUBJECT.search(text[: match.start()]) or OWN_OR_NEW.search(text[: match.end()]):
            yield from _named_at(sentence, match)


def _named_at(sentence: Sentence, match: re.Match[str]) -> Iterator[TextSpan]:
    """Return the name behind a naming; none where a problem or a phenomenon is named, or something "so-called"."""
    if not PROBLEM.search(match[0]) and not sentence.text[: match.start()].endswith("so-"):
        span = _phrase(sentence.text, match.end(), sentence.defined)
        if span:
            yield span


def _phrase(text: str, start: int, defined: list[Definition]) -> TextSpan | None:
    """Return the name that begins at `start`: its abbreviation, a run of capitalised words, or a short phrase."""
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
            return pair.name
    run = run_at(text, start)
    if run and (abbreviated(text, run) != run or looks_like_a_name(run.text.split()[0])):
        return abbreviated(text, run)
    brief = right - start > 2 and len(text[start:right].split()) <= MOST_WORDS
    return span_at(text, start, right) if brief else None


def proposed(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[TextSpan, str]]:
    """Find the names that a sentence introduces, each with the rule that says so."""
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
    """Find XYZ in "a new X Y Z (XYZ)", and X in "X, a novel …" and "X is introduced"."""
    text = sentence.text
    for pair in sentence.defined:
        new = NEW.search(text[: pair.long.start]) or APPOSED_NEW.match(text, pair.short.end)
        if new and looks_like_a_name(pair.short.text):
            yield pair.short
    for name in name_spans(text):
        if APPOSED_NEW.match(text, name.end) or PASSIVE.match(text, name.end):
            yield name


def _ours(sentence: Sentence, lexicon: Lexicon) -> Iterator[TextSpan]:
    """Find X in "our method, X,", "our solution is X", "the proposed X algorithm"."""
    for pattern, allowed in ((OURS, True), (OUR, False)):
        for match in pattern.finditer(sentence.text):
            name = _name_at(sentence, match.end(), set_off=match[0].endswith(", "))
            entry = lexicon.entry(name.text) if name else None
            if name and (entry is None or (allowed and entry.kind not in COMMON)):
                yield name


def _series(text: str) -> Iterator[TextSpan]:
    """Find the members of "our two algorithms: stream Q, stream AC, and stream TD"."""
    for match in SERIES.finditer(text):
        names = list(takewhile(lambda one: len(one.text.split()) <= 3 and CAPITAL.search(one.text), members(match)))
        yield from names if len(names) > 1 else ()


def _name_at(sentence: Sentence, start: int, set_off: bool) -> TextSpan | None:
    """Return the name at `start`: written as names are, or any capitalised word between commas."""
    for pair in sentence.defined:
        if start <= pair.long.start <= start + 4:
            return pair.short
    run = run_at(sentence.text, start)
    between = run and set_off and sentence.text[run.end :].startswith(",")
    return run if run and (between or looks_like_a_name(run.text.split()[0])) else None
