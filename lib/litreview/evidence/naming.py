"""Names that the authors say they give: "which we call X", "a method dubbed X", "our framework, named X"."""

import re
from collections.abc import Iterator

from litreview.evidence.names import Definition, Span, looks_like_a_name
from litreview.evidence.reading import Sentence
from litreview.evidence.runs import abbreviated, run_at

SUBJECT = re.compile(
    r"\b(?:we|(?:this|the present|our|the) (?:paper|work|study|article|thesis|report|research|manuscript|framework|approach)|the authors|introducing|presenting|introduction of|(?:leads? to|results? in|yields?)(?= an? (?:new|novel)))\b|^(?-i:[A-Z][\w-]*[A-Z][\w-]*)(?= (?:\w+ly |also )?(?:introduces|proposes|offers|presents|develops|designs|devises)\b)",
    re.IGNORECASE,
)
THING = (
    r"(?:methods?|algorithms?|techniques?|frameworks?|approach(?:es)?|models?|systems?|concepts?|strateg(?:y|ies)|mechanisms?|metrics?|measures?|datasets?|data ?sets?|benchmarks?|modules?|"
    r"paradigms?|architectures?|networks?|schemes?|procedures?|agents?|losses|loss|optimizers?|schedulers?|schedules?|policies|policy|tools?|librar(?:y|ies)|packages?|platforms?|"
    r"variants?|pipelines?|regularizers?|protocols?|estimators?|environments?|solution|programs?|prototypes?|LLMs?|rules?|controllers?|penalt(?:y|ies)|rewards?)"
)
BY_THE_AUTHORS = re.compile(
    r"\b(?:(?:which|that|what) we (?:\w+ly |also )?(?:call(?:ed)?|term(?:ed)?|dub(?:bed)?|name[d]?|refer(?:red)? to as|denote[d]?(?: as| by)?|coin(?:ed)?)|"
    r"(?:we|and) (?:\w+ly |also )?(?:call|term|dub|name|coin|refer to|denote) (?:it|(?:this|our|the|these) [\w -]{0,45}?|them)(?: as| by)?(?=\s(?:(?-i:[A-Z])|[\"“'`]|the (?-i:[A-Z])|(?:[\w-]+ ){1,7}\((?-i:[A-Z])|(?-i:[a-z]+-[a-z]+)(?=[.,;]|$)))|which is (?:called|named|dubbed|termed))(?:\s+as)?(?:\s+(?:the|an?))?[:,]?\s+",
    re.IGNORECASE,
)
NAMING = re.compile(
    rf"\b{THING}(?: \w+ing [\w -]{{0,40}}?)?,? (?:which is |that is |is |are )?(?:called|named|dubbed|termed|coined|entitled|denoted(?: as| by)?|referred to as|abbreviated as|code-?named)(?:\s+as)?(?:\s+(?:the|an?))?[:,]?\s+"
    r"|\b(?:dubbed|coined|nicknamed|named|termed|called|referred to as)(?:\s+(?:as|the))?\s+(?=[\"“'`*]*(?-i:[A-Z])|[\"“'`*])",
    re.IGNORECASE,
)
OWN_OR_NEW = re.compile(r"\b(?:our|new|novel|proposed|innovative)\b|(?:termed|dubbed|coined)\s+$", re.IGNORECASE)
PROBLEM = re.compile(
    r"\b(?:phenomen|problem|barrier|setting|issue|effect|propert|challenge|notion of|dilemma|paradox|assumption)\w*\b",
    re.IGNORECASE,
)
PHRASE_END = re.compile(
    r"\s(?:that|which|whose|for|to|in|by|via|using|with|from|when|where|under|is|are|was|has|and|or|on|as|of|at|it|we|over|consist\w*|designed|tailored|while)\b"
    r"|[.,;:()\[\]](?!\w)|\s[-–—]|—|[\"”’']+(?=[\s,.;:)]|$)|\s\(|$"
)
QUOTES = "\"“‘'`*"
MOST_WORDS = 4  # of a name in small letters


def named(sentence: Sentence) -> Iterator[Span]:
    """Whatever stands where the authors name something, even in small letters."""
    text = sentence.text
    for match in BY_THE_AUTHORS.finditer(text):
        yield from _name_at(sentence, match)
    for match in NAMING.finditer(text):
        quoted = text[match.end() : match.end() + 1] in QUOTES
        if quoted or SUBJECT.search(text[: match.start()]) or OWN_OR_NEW.search(text[: match.end()]):
            yield from _name_at(sentence, match)


def _name_at(sentence: Sentence, match: re.Match[str]) -> Iterator[Span]:
    """The name behind a naming; none where a problem or a phenomenon is named, or something "so-called"."""
    if not PROBLEM.search(match[0]) and not sentence.text[: match.start()].endswith("so-"):
        span = _phrase(sentence.text, match.end(), sentence.defined)
        if span:
            yield span


def _phrase(text: str, start: int, defined: list[Definition]) -> Span | None:
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
    return Span(start, right, text[start:right]) if brief else None


def short_form(pair: Definition) -> Span:
    """The abbreviation, unless the long form is itself a name of one word: "TeachMyAgent (TA)"."""
    return pair.long if " " not in pair.long.text and looks_like_a_name(pair.long.text) else pair.short
