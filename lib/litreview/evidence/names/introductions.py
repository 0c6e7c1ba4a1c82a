"""Names that a paper gives to what it introduces.

The signs, the most reliable first: the title puts the name before a colon; the authors name it ("which we call X"); a
sentence introduces it ("we propose X, a …", "a new X Y Z (XYZ)", "our method, X,"); it abbreviates the title; it
carries such a name ("Flan-UL2" beside "UL2"). A name that the lexicon knows counts only where the sentence sets it off,
never inside a description ("a DPO-style loss").

The object of "we propose" ends at the first word that leads away from it ("for", "that", "using"). Within it a name is
an abbreviation with its long form, or a run of capitalised words that stands directly behind the verb, in brackets,
between commas, or at the end.
"""

import re
from collections.abc import Iterator

from litreview.evidence.abstract_sentences import TEXTS, Found, Reading, Sentence
from litreview.evidence.names.abbreviations import SUFFIX, Definition, TextSpan, looks_like_a_name, span_at
from litreview.evidence.names.lexicon import Lexicon
from litreview.evidence.names.proper_names import CLASS, DATA, RUN, run_at
from litreview.text.patterns import Cues, any_word, inflected, verbose

COMMON = ("fields", "metrics", "environments")  # kinds of the lexicon that no paper introduces under a known name
SUBJECT = verbose(rf"\b(?:we|(?:our|this|the) {TEXTS}|the authors)\b")
THING = rf"(?:{CLASS}|{DATA}|measures?)"
CALLED = r"(?:call|coin|dubb?|nam|nicknam|refer|term)(?:e?d|e|red)?(?: to)?(?: as)?"
NAMING = verbose(rf"""
    (?:\b(?:which|that|what) we (?:\w+ly |also )?{CALLED}(?: the| an?)?[:,]?\s+
    |  \b{CALLED}(?: the)?\s+(?=[\"“'`*]*(?-i:[A-Z])|[\"“'`*]))[\"“‘'`*]*
""")
AWAY = any_word("as based by for from in on over that through to using via where which while with without")
PHRASE_END = verbose(rf"(?-i:\s{AWAY}\b  |  [.,;:()\[\]\"”’'](?!\w)  |  \s[-–—(]  |  $)")
MOST_WORDS = 4  # of a name in small letters
MAKE = inflected("create derive describe design develop devise give introduce present propose provide release")
VERB = verbose(rf"\b{MAKE}\b")
OURS = verbose(rf"""
    \b(?:our|the (?:proposed|resulting))\s(?=(?-i:[\w-]*[A-Z]))
    |  \b(?:our|the (?:proposed|resulting|improved|new|novel)|the (?:first|second|third))\s
    (?:[\w-]+ ){{0,4}}?{THING}(?: is| are)?(?:,|\ :|:)? (?:called |named |dubbed |the )?
""")
SIGNS = Cues({"named": NAMING, "subject": SUBJECT, "verb": VERB, "ours": OURS})
SET_OFF = re.compile(r"\)?\s?(?:[,(:–—]|\.?$)")
NEW = verbose(r"\b(?:our|new|novel|proposed)(?: [\w-]+)?,?\s$")
END = re.compile(rf"\s{AWAY}\s|[.;]\s")
APPOSED = verbose(r"""(?-i:
    (?:,\s|\s\((?=[^()\s]+\)))(?P<name>[A-Za-z][\w+*/.-]*(?:\s(?!an?\b)\w[\w+*/-]*){0,3}?)
    (?=\)|\s?,|\s\(|\s(?:that|which|to|for)\b|\s[-–—]|\.?$)
)""")
LEAD = re.compile(r"\s*(?:(?:the|our|an?|novel|new)\s+)*")
SUBORDINATE = re.compile(r"\s?(?:,|---?|–|—|\s\(|:)|[.;]?$|\s(?:to|that|which|and|for|is|by|as|with|in|using)\b")
OPENED = re.compile(r":| for | via | with | in |$", re.IGNORECASE)
LONGEST_HEAD = 4  # words before a title's colon


def own_names(reading: Reading, lexicon: Lexicon) -> list[Found]:
    """Find what the paper introduces, each name in its short form; the same name may come more than once."""
    found = list(_introduced(reading, lexicon))
    own = {reading.text(one).casefold() for one in found}
    return _shortest(reading, [*found, *(_variants(reading, own) if own else ())])


def _introduced(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    yield from _before_the_colon(reading, lexicon)
    for sentence in reading.sentences:
        for span, rule in _proposed(sentence, lexicon) if sentence.own else ():
            yield sentence.found("introduces", *span[:2], rule)
        for pair in sentence.defined:
            long, title = pair.long.text, reading.title
            opens = title[: len(long)].casefold() == long.casefold() and OPENED.match(title, len(long))
            if opens and " " in long and not lexicon.entry(pair.short.text):
                yield sentence.found("introduces", *pair.short[:2], "abbreviates the title")


def _before_the_colon(reading: Reading, lexicon: Lexicon) -> Iterator[Found]:
    """Find X in "X: what it does", where X is written as a name, or capitalised inside a sentence of the abstract."""
    head, colon, _ = reading.title.partition(":")
    head = head.rstrip()
    entry, words = lexicon.entry(head), head.split()
    if not colon or not words or len(words) > LONGEST_HEAD or (entry and entry.kind in COMMON):
        return
    written = len(words) < 3 and any(looks_like_a_name(word) and not lexicon.entry(word) for word in words)
    if written or (head[0].isupper() and re.search(rf"(?<!\w){re.escape(head)}(?!\w)", reading.abstract)):
        yield Found("introduces", "title", 0, len(head), "title before the colon")


def _variants(reading: Reading, own: set[str]) -> Iterator[Found]:
    """Find names that carry an introduced name as a part: "Flan-UL2" beside "UL2", "HyGLOW" beside "GLOW"."""
    for sentence in reading.sentences:
        for span in sentence.names if sentence.own else ():
            if span.text.casefold() not in own and any(_carries(span.text.casefold(), name) for name in own):
                yield sentence.found("introduces", *span[:2], "variant of an introduced name")


def _carries(text: str, name: str) -> bool:
    """Whether `name` is a hyphenated part of `text`, or ends it."""
    return f"-{name}-" in f"-{text}-" or (len(name) > 3 and text.endswith(name))


def _shortest(reading: Reading, found: list[Found]) -> list[Found]:
    """Return what was found, without long forms whose abbreviation is there too."""
    texts = {reading.text(one).casefold() for one in found}
    long = {words.casefold() for short, words in reading.abbreviations.items() if short.casefold() in texts}
    return [one for one in found if reading.text(one).casefold() not in long]


def _proposed(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[TextSpan, str]]:
    """Find the names that a sentence introduces, each with the rule that says so."""
    text, subject = sentence.text, len(sentence.text)
    for sign, match in SIGNS.matches(text):  # verbs behind the first subject
        if sign == "subject":
            subject = min(subject, match.start())
        elif sign == "named" and (span := _phrase(text, match.end(), sentence.defined)):
            yield span, "named by the authors"
        elif sign == "verb" and match.start() >= subject:
            names = _object_names(sentence, match.end(), lexicon)
            yield from ((name, "object of a verb of introduction") for name in names)
        elif sign == "ours" and (run := _named_run(text, match.end())) and not lexicon.entry(run.text):
            yield run, "called the authors' own"
    for pair in sentence.defined:
        if not lexicon.entry(pair.short.text) and NEW.search(text[: pair.long.start]):
            yield pair.short, "called new"


def _phrase(text: str, start: int, defined: list[Definition]) -> TextSpan | None:
    """Return the name that begins at `start`: its abbreviation, a run of capitalised words, or a short phrase."""
    end = PHRASE_END.search(text, start)
    right = end.start() if end else len(text)
    defines = next((pair.name for pair in defined if start <= pair.long.start <= right), None)
    short = right > start and len(text[start:right].split()) <= MOST_WORDS
    return defines or _named_run(text, start) or (span_at(text, start, right) if short else None)


def _named_run(text: str, place: int) -> TextSpan | None:
    """Return the run of capitalised words at a place if the first of them is written as a name."""
    run = run_at(text, place)
    return run if run and looks_like_a_name(run.text.split()[0]) else None


def _object_names(sentence: Sentence, start: int, lexicon: Lexicon) -> Iterator[TextSpan]:
    """Find the names in the object that begins at `start`, by the most reliable rule that finds one."""
    text = sentence.text
    match = END.search(text, start)
    end = match.start() if match else len(text)
    abbreviations = [pair.name for pair in sentence.defined if start <= pair.long.start < end]
    first = None if abbreviations else _run(text, start, end) or _apposed(text, start, end)
    for name in [first] if first else abbreviations:
        entry = lexicon.entry(name.text)
        if not entry or (entry.kind not in COMMON and SET_OFF.match(text, name.end)):
            yield name


def _apposed(text: str, start: int, end: int) -> TextSpan | None:
    """Return a name set off behind the object's noun: "an online algorithm, SwAV, that", "an algorithm (GLOW)"."""
    for match in APPOSED.finditer(text, start):
        name = match["name"].rstrip(".")
        named = name[0].isupper() or (" " not in name and (looks_like_a_name(name) or "-" in name))
        if match.start() <= end and named and not SUFFIX.search(name.split()[0]):
            return span_at(text, match.start("name"), match.start("name") + len(name))
    return None


def _run(text: str, start: int, end: int) -> TextSpan | None:
    """Return a run of capitals right behind the verb, or one written as a name that closes the object."""
    lead = LEAD.match(text, start)
    for run in RUN.finditer(text, start, end):
        span = run_at(text, run.start())
        direct = lead and lead.end() == run.start()
        named = span and any(map(looks_like_a_name, span.text.split())) and " of " not in text[start : span.start]
        if span and (direct or named) and SUBORDINATE.match(text, span.end):
            return span
    return None
