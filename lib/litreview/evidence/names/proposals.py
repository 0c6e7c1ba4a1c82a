"""Names in sentences that introduce: the object of "we propose", "a new X Y Z (XYZ)", "our method, X,"."""

import re
from collections.abc import Iterator

from litreview.evidence.names.abbreviations import Definition, TextSpan, looks_like_a_name, span_at
from litreview.evidence.names.lexicon import Lexicon
from litreview.evidence.names.proper_names import METHOD, PAPER, run_at
from litreview.evidence.names.verb_objects import object_names
from litreview.evidence.rhetorical_roles import Sentence
from litreview.text.patterns import any_word, nouns, verbose, verbose_cased

COMMON = ("fields", "metrics", "environments")  # kinds of the lexicon that no paper introduces under a known name
SUBJECT = verbose(rf"\b(?:we|(?:this|the present|our|the) {PAPER}|the authors)\b")
MORE_THINGS = nouns(
    "concept controller environment estimator library loss measure mechanism metric module network optimizer package "
    "paradigm penalty pipeline platform program protocol prototype regularizer reward scheme solution variant"
)
THING = rf"(?:{METHOD}|{MORE_THINGS}|{nouns('benchmark dataset')}|data ?sets?)"
CALLED = r"(?:call|coin|dubb?|nam|nicknam|refer|term)(?:e?d|e|red)?(?: to)?(?: as)?"
NAMING = verbose(rf"""
    \b(?:which|that|what) we (?:\w+ly |also )?{CALLED}(?: the| an?)?[:,]?\s+
    |  \b{CALLED}(?: the)?\s+(?=[\"“'`*]*(?-i:[A-Z])|[\"“'`*])
""")
AWAY = any_word("and as by for in is of on that to using via we when which with")
PHRASE_END = verbose_cased(rf"""
    \s{AWAY}\b  |  [.,;:()\[\]\"”’'](?!\w)  |  \s[-–—(]  |  $
""")
QUOTES = "\"“‘'`*"
MOST_WORDS = 4  # of a name in small letters
STRONG = any_word(
    "coin construct contribut creat defin deriv describ design develop devis formulat giv introduc offer open-sourc "
    "posit present propos provid publish releas unveil"
)
VERB = verbose(rf"""
    \b(?:put(?:s|ting)? forward|{STRONG}(?:es?|ed|s|ing|t)?)\b
""")
OURS = verbose(rf"""
    \b(?:our|the (?:proposed|resulting))\s(?=(?-i:[\w-]*[A-Z]))
    |  \b(?:our|the (?:proposed|resulting|improved|new|novel)|the (?:first|second|third))\s
    (?:[\w-]+ ){{0,4}}?{THING}(?: is| are)?(?:,|\ :|:)? (?:called |named |dubbed |the )?
""")
SET_OFF = re.compile(rf"\)?(?: {THING})?\s?(?:,|---?|–|—|\(|:|\.?$| and | which\b| that )")
NEW = verbose(r"""
    \b(?:our|new|novel|proposed|innovative)(?: [\w-]+)?(?:,|\ --?|:)?\s(?:the )?$
""")


def named_by_authors(sentence: Sentence) -> Iterator[TextSpan]:
    """Find what stands where the authors name something, even in small letters."""
    text = sentence.text
    for match in NAMING.finditer(text):
        if span := _phrase(text, match.end(), sentence.defined):
            yield span


def _phrase(text: str, start: int, defined: list[Definition]) -> TextSpan | None:
    """Return the name that begins at `start`: its abbreviation, a run of capitalised words, or a short phrase."""
    while start < len(text) and text[start] in QUOTES:
        start += 1
    end = PHRASE_END.search(text, start)
    right = end.start() if end else len(text)
    for pair in defined:
        if start - 5 <= pair.long.start <= right:
            return pair.name
    run = run_at(text, start)
    if run and looks_like_a_name(run.text.split()[0]):
        return run
    return span_at(text, start, right) if right > start and len(text[start:right].split()) <= MOST_WORDS else None


def proposed(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[TextSpan, str]]:
    """Find the names that a sentence introduces, each with the rule that says so."""
    for name in _objects(sentence, lexicon):
        yield name, "object of a verb of introduction"
    for pair in sentence.defined:  # "a new X Y Z (XYZ)"
        named = looks_like_a_name(pair.short.text) and not lexicon.entry(pair.short.text)
        if named and NEW.search(sentence.text[: pair.long.start]):
            yield pair.short, "called new"
    for name in _ours(sentence, lexicon):
        yield name, "called the authors' own"


def _objects(sentence: Sentence, lexicon: Lexicon) -> Iterator[TextSpan]:
    subject = SUBJECT.search(sentence.text)
    for match in VERB.finditer(sentence.text, max(0, subject.start() - 1)) if subject else ():
        for name in object_names(sentence.text, match.end(), sentence.defined):
            entry = lexicon.entry(name.text)
            if not entry or (entry.kind not in COMMON and SET_OFF.match(sentence.text, name.end)):
                yield name


def _ours(sentence: Sentence, lexicon: Lexicon) -> Iterator[TextSpan]:
    """Find X in "our method, X," and "the proposed X algorithm"."""
    for match in OURS.finditer(sentence.text):
        run = run_at(sentence.text, match.end())
        if run and looks_like_a_name(run.text.split()[0]) and not lexicon.entry(run.text):
            yield run
