"""Existing methods and models that an abstract compares with, outperforms, builds on or analyses.

A named method or model of the lexicon counts wherever the paper speaks of its own work. A general technique (pruning,
in-context learning), the name of an area, or a name the lexicon does not know counts only where the sentence compares
or builds on it: in the phrase that a word such as "outperforms", "than" or "baselines such as" opens.
"""

import re
from collections.abc import Iterator

from litreview.evidence.abbreviations import TextSpan, span_at
from litreview.evidence.baselines import METHODS, Phrase, unknown_baselines
from litreview.evidence.benchmarks import is_framework
from litreview.evidence.lexicon import Lexicon, Mention, mentions
from litreview.evidence.proper_names import BENCHMARK
from litreview.evidence.rhetorical_roles import Found, Reading, Sentence
from litreview.text.patterns import any_word, inflected, nouns, verbose, verbose_cased

ALIKE = any_word(
    "close comparable competitive(?:ly)? equivalent inferior on[-\\s]par relative similar superior(?:ity)?"
)
LEADING_AWAY = any_word(
    "achiev\\w+ across although at but by demonstrat\\w+ for in on show\\w* that through to under using via when where "
    "whereas which while with without yet"
)
NAMED = ("methods", "models")
COMPARISON = verbose(rf"""
    \b(?P<compares>out-?perform(?:s|ed|ing)?  |  {inflected("surpass exceed")}  |  beat(?:s|ing)?
        |  compar(?:e|es|ed|ing|isons?)(?: [\w-]+){{0,6}}? (?:to|with|against)
        |  we (?:\w+ly )?(?:compare|benchmark)(?!(?: [\w-]+){{0,7}} (?:to|with|against)\b)
        |  {ALIKE}(?: \w+){{0,2}}? (?:to|with|against|over)
        |  than  |  short of  |  versus  |  vs\.?  |  over  |  against
        |  improv\w+ (?:up)?on  |  (?:improvements?|gains?) (?:of [^,;]{{0,30}} )?over
        |  (?:differences?|gap) between
        |  match(?:es|ing)?(?: or (?:exceed|surpass|outperform)(?:s|ing)?)?
        |  unlike  |  alternatives? to  |  instead of
        |  in contrast (?:to|with)  |  contrary to  |  as opposed to
        |  {nouns("limitation shortcoming drawback weakness pitfall instability")} (?:of|in)
        |  counterparts?,?
    )\b(?!-)
    |  \b(?P<lists>{METHODS}  # "baselines for vision (such as"
        (?:\ (?:in|for|of|on) [\w -]{{1,30}}|\ \(\w+\))?,? \(?(?:such as|like|including|e\.g\.,?|i\.e\.,?|namely)
    )(?=\W)
    |  \b(?P<builds>(?:buil[dt](?:s|ing)?|based|based up|top) (?:up)?on(?: top of)?  |  on top of
        |  extends?  |  extending  |  derived from  |  initiali[sz]ed (?:from|with)  |  compatible with  |  used in
        |  consist(?:s|ing)? of  |  generali[sz](?:es|ing)
        |  (?:extensions?|variants?|version|modification|generali[sz]ation|adaptation|special case) of
    )\b(?!-)
""")
PHRASE_END = verbose_cased(rf"""
    [.;:](?:\s|$)
    |  ,? {LEADING_AWAY}\s
    |  ,? and (?:is|are|has|can|achieves?|shows?|demonstrates?|reduces?|enhances?)\s
""")
NEXT = 12  # characters behind "built on" in which a technique follows directly
REACH = {"compares": 110, "lists": 110, "builds": 45}  # characters behind the opening word
ON_BENCHMARK = verbose(rf"(?:,? and [\w-]+)?\s(?:{BENCHMARK}|data|metrics?)\b")
PART = re.compile(
    rf"\s{nouns('block component head layer loss module objective process step target term update')}\b"  # "a PPO loss"
)
MAKER = r"(?:OpenAI|DeepMind|Google|Meta|Anthropic|Microsoft|NVIDIA|Mistral|Alibaba|Baidu)(?:['’]s)?"
OWN_PART = verbose(r"\b(?:our|this) (?:novel |new |proposed )?$")
FOUND_THAT = verbose(
    r"\b(?:conclude|demonstrate|find|found|indicate|observe|reveal|show|suggest)\w* (?:that )?(?:[\w-]+ ){0,2}$"
)
BESIDE = re.compile(r",? (?:and |or )?(?:\w+ )?|/")
AS_BASELINE = verbose(r"\s(?:[\w-]+ )?(?:baselines?|counterparts?)\b")
NEGATED = verbose(
    r"\b(?:(?:do not|don't|does not|did not|cannot|never) (?:\w+ ){0,2}|(?:requires?|needs?|takes?) more[ ])$"
)
TURNS = any_word(
    "although but conventional(?:ly)? despite even however nevertheless notwithstanding still though "
    "traditional(?:ly)? unfortunately unlike whereas while whilst yet"
)
TURN = verbose(rf"\b(?:{TURNS}|in spite of)\b")
FAULTS = any_word(
    "bias bottleneck brittle burden cannot catastrophic challeng cost(?:ly|s) degrad difficult drawback expensive "
    "expos fail hamper hinder ignor impractical inefficien instabil insufficient intractable lack limit(?:ed|ation|s) "
    "neglect overestimat overfit overlook poor prohibitive prone restrict rigid sensitiv shortcoming slow struggl "
    "sub-?optimal suffer unclear unreliabl unstable vulnerab wast"
)
FAULT = verbose(rf"\b(?:{FAULTS}|(?:can|may|might|does|do|is|are) not|hard to|falls? short|at the expense)")
SUBJECT = 30  # characters from the sentence's beginning in which its subject stands
BRACKETED = re.compile(r"\([^()]*$")
CLAUSE = re.compile(r"[;:]\s")


def compared_methods(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """Find the methods and models, in the order of the text; the caller keeps one row a name."""
    for sentence in reading.sentences:
        taken = _own_places(sentence, own)
        known = [
            mention
            for mention in mentions(sentence, reading, lexicon)
            if mention.name.casefold() not in own and not OWN_PART.search(sentence.text[: mention.start])
        ]
        for span, rule in _finds(sentence, known, reading, lexicon):
            if not any(left < span.end and span.start < right for left, right in taken):
                place = _fullest(reading, sentence.start + span.start, sentence.start + span.end)
                yield Found("compares_to", "abstract", *place, rule)


def _finds(
    sentence: Sentence, known: list[Mention], reading: Reading, lexicon: Lexicon
) -> Iterator[tuple[TextSpan, str]]:
    phrases = list(_phrases(sentence.text))
    if not sentence.own:
        yield from _criticized(sentence.text, known, phrases)
        return
    yield from _known(sentence.text, known, phrases)
    yield from unknown_baselines(sentence.text, known, phrases, reading, lexicon)


def _phrases(text: str) -> Iterator[Phrase]:
    for match in COMPARISON.finditer(text):
        if not NEGATED.search(text[: match.start()]):
            way = str(match.lastgroup)
            end = PHRASE_END.search(text, match.end(), match.end() + REACH[way])
            stop = end.start() if end else min(len(text), match.end() + REACH[way])
            yield Phrase(match.end(), stop, way, match[0].casefold())


def _known(text: str, known: list[Mention], phrases: list[Phrase]) -> Iterator[tuple[TextSpan, str]]:
    accepted: list[Mention] = []
    for mention in known:
        opening = next((p.opening for p in phrases if p.way != "builds" and p.start <= mention.start < p.end), "")
        built_on = any(p.way == "builds" and p.start <= mention.start <= p.start + NEXT for p in phrases)
        if ON_BENCHMARK.match(text, mention.end) or (not opening and PART.match(text, mention.end)):
            continue
        compared = mention.kind in NAMED or _compared_with(text, mention, opening, built_on, accepted)
        if compared or is_framework(text, mention):
            accepted.append(mention)
            rule = f"{mention.kind[:-1]}, after '{opening}'" if opening else f"known {mention.kind[:-1]}"
            yield span_at(text, mention.start, mention.end), rule


def _compared_with(text: str, mention: Mention, opening: str, built_on: bool, accepted: list[Mention]) -> bool:
    """Whether a general technique is what the sentence compares with; an area's name only beside an accepted method."""
    if mention.kind == "techniques":
        beside = AS_BASELINE.match(text, mention.end) or FOUND_THAT.search(text[: mention.start])
        return bool(opening or built_on or beside)
    listed = accepted and BESIDE.fullmatch(text, accepted[-1].end, mention.start)
    return bool(mention.kind == "fields" and opening and listed)


def _fullest(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Return the place of the name, or where the abstract first writes it with its maker: "OpenAI o1" for "o1"."""
    name = reading.abstract[start:end]
    if " " in name or not any(map(str.isdigit, name)):
        return start, end
    full = re.search(rf"\b{MAKER} {re.escape(name)}(?![\w-])", reading.abstract)
    return full.span() if full else (start, end)


def _own_places(sentence: Sentence, own: set[str]) -> list[tuple[int, int]]:
    """Return where the paper's own names stand, and the long forms they abbreviate."""
    places = [pair.long[:2] for pair in sentence.defined if pair.short.text.casefold() in own]
    places += [pair.short[:2] for pair in sentence.defined if pair.long.text.casefold() in own]
    for name in {*own, *(name.split()[0] for name in own if any(map(str.isdigit, name.split()[-1])))}:
        pattern = rf"(?<![\w-]){re.escape(name)}(?![\w])"
        places += [match.span() for match in re.finditer(pattern, sentence.text, re.IGNORECASE)]
    return places


def _criticized(text: str, known: list[Mention], phrases: list[Phrase]) -> Iterator[tuple[TextSpan, str]]:
    """Find known methods in a sentence of background that lists methods of their kind, or tells their faults.

    "While X is popular, it needs labels" tells the background, and yet says what the paper sets itself against.
    A method counts there when the sentence turns ("however", "despite") and a fault is told of it.
    """
    for phrase in phrases:
        for mention in known:
            if phrase.way == "lists" and mention.kind == "methods" and phrase.start <= mention.start < phrase.end:
                yield span_at(text, mention.start, mention.end), "known, an example of its kind"
    for mention in known if TURN.search(text) else ():
        named = mention.kind in NAMED or (mention.kind == "techniques" and mention.start < SUBJECT)
        fault = FAULT.search(text, mention.end)
        told = fault and not CLAUSE.search(text, mention.end, fault.start())
        if named and told and not BRACKETED.search(text[: mention.start]):
            yield span_at(text, mention.start, mention.end), "known, with its fault told"
