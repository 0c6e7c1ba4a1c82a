"""Existing methods and models that an abstract compares with, outperforms, builds on or analyses.

A named method or model of the lexicon counts wherever the paper speaks of its own work. A general technique (pruning,
in-context learning), the name of an area, or a name the lexicon does not know counts only where the sentence compares
or builds on it: in the phrase that a word such as "outperforms", "than" or "baselines such as" opens.
"""

import re
from collections.abc import Iterator

from litreview.evidence.baselines import METHODS, Phrase, unknown_baselines
from litreview.evidence.benchmarks import is_framework
from litreview.evidence.lexicon import Lexicon, Mention, mentions
from litreview.evidence.names import TextSpan
from litreview.evidence.rhetorical_roles import Found, Reading, Sentence

TURN = re.compile(
    r"\b(?:while|whilst|whereas|however|although|though|despite|in spite of|unfortunately|but|yet|nevertheless"
    r"|notwithstanding|"
    r"still|traditional(?:ly)?|conventional(?:ly)?|even|unlike)\b",
    re.IGNORECASE,
)
FAULT = re.compile(
    r"\b(?:suffer|fail|struggl|limit(?:ed|ation|s)|cost(?:ly|s)|expensive|unstable|instabil|inefficien|lack"
    r"|cannot|can not|hinder|"
    r"hamper|ignor|neglect|overlook|prone|poor|degrad|insufficient|challeng|bottleneck|drawback|shortcoming"
    r"|brittle|impractical|"
    r"slow|intractable|may not|might not|do(?:es)? not|is not|are not|overestimat|overfit|bias|expos|sensitiv"
    r"|rigid|catastrophic|"
    r"prohibitive|burden|restrict|vulnerab|difficult|hard to|sub-?optimal|falls? short|at the expense|unreliabl"
    r"|unclear|wast)",
    re.IGNORECASE,
)
SUBJECT = 30  # characters from the sentence's beginning in which its subject stands
BRACKETED = re.compile(r"\([^()]*$")
CLAUSE = re.compile(r"[;:]\s")


def criticized(text: str, known: list[Mention], listed: list[tuple[int, int]]) -> Iterator[tuple[TextSpan, str]]:
    """Find known methods in a sentence of background that tells their faults, or lists methods of their kind.

    "While X is popular, it needs labels" tells the background, and yet says what the paper sets itself against.
    A method counts there when the sentence turns ("however", "despite") and a fault is told of it.
    """
    yield from (
        (TextSpan(mention.start, mention.end, text[mention.start : mention.end]), "known, an example of its kind")
        for start, end in listed
        for mention in known
        if mention.kind == "methods" and start <= mention.start < end
    )
    turn = TURN.search(text)
    for mention in known if turn else ():
        fault = FAULT.search(text, mention.end)
        named = mention.kind in ("methods", "models") or (mention.kind == "techniques" and mention.start < SUBJECT)
        if (
            named
            and fault
            and not BRACKETED.search(text[: mention.start])
            and not CLAUSE.search(text, mention.end, fault.start())
        ):
            yield TextSpan(mention.start, mention.end, text[mention.start : mention.end]), "known, with its fault told"


NAMED = ("methods", "models")
COMPARISON = re.compile(
    r"\b(?P<compares>out-?perform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|"
    r"compar(?:e|es|ed|ing|isons?)(?: [\w-]+){0,6}? (?:to|with|against)|we (?:\w+ly )?(?:compare"
    r"|benchmark)(?!(?: [\w-]+){0,7} (?:to|with|against)\b)|"
    r"(?:comparable|competitive|competitively|on[- ]par|superior|superiority|relative|equivalent|"
    r"inferior|similar|close)(?: \w+){0,2}? (?:to|with|against|over)|than|short of|versus|vs\.?|improv\w+ (?:up)?on|"
    r"(?:improvements?|gains?) (?:of [^,;]{0,30} )?over|(?:differences?|gap) between|over|against|"
    r"match(?:es|ing)?(?: or (?:exceed|surpass|outperform)(?:s|ing)?)?|"
    r"(?:un|dis)like|alternatives? to|instead of|in contrast (?:to|with)|contrary to|as opposed to|"
    r"(?:limitations?|shortcomings?|drawbacks?|weakness(?:es)?|pitfalls?|instability) (?:of|in)|counterparts?,?)\b(?!-)"
    rf"|\b(?P<lists>{METHODS}(?: (?:in|for|of|on) [\w -]{{1,30}}| \(\w+\))?,? \(?(?:such as|like|including"
    rf"|e\.g\.,?|i\.e\.,?|namely))(?=\W)"
    r"|\b(?P<builds>(?:buil[dt](?:s|ing)?|based|based up|top) (?:up)?on(?: top of)?|on top of|extends?|extending"
    r"|derived from|"
    r"initiali[sz]ed (?:from|with)|compatible with|used in|consist(?:s|ing)? of|generali[sz](?:es|ing)|"
    r"(?:extensions?|variants?|version|modification|generali[sz]ation|adaptation|special case) of)\b(?!-)",
    re.IGNORECASE,
)
PHRASE_END = re.compile(
    r"[.;:](?:\s|$)|,? (?:while|which|whereas|with|by|when|where|on|in|for|under|across|using|to|that|through|via"
    r"|achiev\w+|"
    r"demonstrat\w+|show\w*|at|and (?:is|are|has|achieves?|shows?|demonstrates?|reduces?|can|enhances?)|but|yet"
    r"|although|without)\s"
)
NEXT = 12  # characters behind "built on" in which a technique follows directly
REACH = {"compares": 110, "lists": 110, "builds": 45}  # characters behind the opening word
TEST_BED = re.compile(
    r"(?:,? and [\w-]+)?\s(?:tasks?|datasets?|data|benchmarks?|suite|environments?|collection|metrics?"
    r"|leaderboards?|games?|"
    r"instances)\b",
    re.IGNORECASE,
)
PART = re.compile(
    r"\s(?:loss|losses|objectives?|process|terms?|head|layers?|module|block|component|step|updates?|targets?)\b"
)
MAKER = r"(?:OpenAI|DeepMind|Google|Meta|Anthropic|Microsoft|NVIDIA|Mistral|Alibaba|Baidu)(?:['’]s)?"
OWN_PART = re.compile(r"\b(?:our|this) (?:novel |new |proposed )?$", re.IGNORECASE)
FOUND_THAT = re.compile(
    r"\b(?:find|found|observe|show|demonstrate|reveal|indicate|suggest|conclude)\w* (?:that )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
BESIDE = re.compile(r",? (?:and |or )?(?:\w+ )?|/")
AS_BASELINE = re.compile(r"\s(?:[\w-]+ )?(?:baselines?|counterparts?)\b", re.IGNORECASE)
NEGATED = re.compile(
    r"\b(?:(?:do not|don't|does not|did not|cannot|never) (?:\w+ ){0,2}|(?:requires?|needs?|takes?) more )$",
    re.IGNORECASE,
)


def compared_methods(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """The methods and models, in the order of the text; the caller keeps one row a name."""
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
        yield from criticized(sentence.text, known, [(p.start, p.end) for p in phrases if p.way == "lists"])
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
        if TEST_BED.match(text, mention.end) or (not opening and PART.match(text, mention.end)):
            continue
        if (
            mention.kind in NAMED
            or _compared_with(text, mention, opening, built_on, accepted)
            or is_framework(text, mention)
        ):
            accepted.append(mention)
            rule = f"{mention.kind[:-1]}, after '{opening}'" if opening else f"known {mention.kind[:-1]}"
            yield TextSpan(mention.start, mention.end, text[mention.start : mention.end]), rule


def _compared_with(text: str, mention: Mention, opening: str, built_on: bool, accepted: list[Mention]) -> bool:
    """Whether a general technique is what the sentence compares with; an area's name only beside an accepted method."""
    if mention.kind == "techniques":
        return bool(
            opening or built_on or AS_BASELINE.match(text, mention.end) or FOUND_THAT.search(text[: mention.start])
        )
    beside = accepted and BESIDE.fullmatch(text, accepted[-1].end, mention.start)
    return bool(mention.kind == "fields" and opening and beside)


def _fullest(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The place of the name, or where the abstract first writes it with its maker before it: "OpenAI o1" for "o1"."""
    name = reading.abstract[start:end]
    if " " in name or not any(map(str.isdigit, name)):
        return start, end
    full = re.search(rf"\b{MAKER} {re.escape(name)}(?![\w-])", reading.abstract)
    return full.span() if full else (start, end)


def _own_places(sentence: Sentence, own: set[str]) -> list[tuple[int, int]]:
    """Where the paper's own names stand, and the long forms they abbreviate."""
    places = [pair.long[:2] for pair in sentence.defined if pair.short.text.casefold() in own]
    places += [pair.short[:2] for pair in sentence.defined if pair.long.text.casefold() in own]
    for name in {*own, *(name.split()[0] for name in own if any(map(str.isdigit, name.split()[-1])))}:
        pattern = rf"(?<![\w-]){re.escape(name)}(?![\w])"
        places += [match.span() for match in re.finditer(pattern, sentence.text, re.IGNORECASE)]
    return places
