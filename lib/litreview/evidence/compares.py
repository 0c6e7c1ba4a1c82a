"""Existing methods and models that an abstract compares with, outperforms, builds on or analyses.

A named method or model of the lexicon counts wherever the paper speaks of its own work. A general technique (pruning,
in-context learning), the name of an area, or a name the lexicon does not know counts only where the sentence compares
or builds on it: in the phrase that a word such as "outperforms", "than" or "baselines such as" opens.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.found import Found
from litreview.evidence.known import mentions, redefined
from litreview.evidence.lexicon import Lexicon, Mention
from litreview.evidence.names import FORMULA, Span, looks_like_a_name
from litreview.evidence.reading import Reading, Sentence
from litreview.evidence.runs import run_at, with_joined

NAMED = ("methods", "models")
METHODS = (
    r"(?:baselines?|methods?|algorithms?|approach(?:es)?|models?|techniques?|schedules?|schedulers?|optimi[sz]ers?|LLMs?|"
    r"architectures?|heuristics?|solvers?|explanations?|frameworks?|systems?|competitors?|agents?|bots?|counterparts?|tools?)"
)
COMPARISON = re.compile(
    r"\b(?P<compares>out-?perform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|"
    r"compar(?:e|es|ed|ing|isons?)(?: [\w-]+){0,6}? (?:to|with|against)|"
    r"(?:comparable|competitive|competitively|on[- ]par|superior|superiority|relative|equivalent|"
    r"inferior|similar|close)(?: \w+){0,2}? (?:to|with|against|over)|than|versus|vs\.?|improv\w+ (?:up)?on|"
    r"(?:improvements?|gains?) (?:of [^,;]{0,30} )?over|(?:differences?|gap) between|over|against|"
    r"match(?:es|ing)?(?: or (?:exceed|surpass|outperform)(?:s|ing)?)?|unlike|alternatives? to|counterparts?,?)\b(?!-)"
    rf"|\b(?P<lists>{METHODS},? \(?(?:such as|like|including|e\.g\.,?|i\.e\.,?|namely))\b"
    r"|\b(?P<builds>(?:buil[dt](?:s|ing)?|based|based up|top) (?:up)?on(?: top of)?|on top of|extends?|extending|derived from|"
    r"initiali[sz]ed (?:from|with)|extension of|compatible with|used in)\b(?!-)",
    re.IGNORECASE,
)
PHRASE_END = re.compile(
    r"[.;:](?:\s|$)|,? (?:while|which|whereas|with|by|when|where|on|in|for|under|across|using|to|that|through|via|achiev\w+|"
    r"demonstrat\w+|show\w*|at|and (?:is|are|has|achieves?|shows?|demonstrates?|reduces?|can|enhances?)|but|yet|although|without)\s"
)
REACH = {"compares": 110, "lists": 110, "builds": 45}  # characters behind the opening word
LISTED = re.compile(rf"\b{METHODS} \((?:e\.g\.,? |i\.e\.,? |including |such as )?([^()]{{3,160}})\)")
MEMBER = re.compile(r"\s*(?:and |or )?((?:(?! and )[^,])+)")
JOIN = re.compile(r"(?:\s|,? (?:and |or )|, )?")
TEST_BED = re.compile(
    r"(?:,? and [\w-]+)?\s(?:tasks?|datasets?|data|benchmarks?|suite|environments?|collection|metrics?|leaderboards?|games?|"
    r"instances)\b",
    re.IGNORECASE,
)
NO_RIVAL = re.compile(
    r"\)?\s(?:and \w+ )?(?:metrics?|scores?|parameters|datasets?|benchmarks?|tasks?|points?|settings?|problems?|environments?|"
    r"competitors?|users?|players?)\b",
    re.IGNORECASE,
)
FOUND_THAT = re.compile(
    r"\b(?:find|found|observe|show|demonstrate|reveal|indicate|suggest|conclude)\w* (?:that )?(?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
BESIDE = re.compile(r",? (?:and |or )?(?:\w+ )?|/")
AS_BASELINE = re.compile(r"\s(?:[\w-]+ )?(?:baselines?|counterparts?)\b", re.IGNORECASE)
NEGATED = re.compile(r"\b(?:do not|don't|does not|did not|cannot|never) (?:\w+ ){0,2}$", re.IGNORECASE)


OPENING = re.compile(r"(?:[ \"“]|(?<!\w)\()$")


class Phrase(NamedTuple):
    """A stretch in which a sentence names others' work: what opens it, and in which way."""

    start: int
    end: int
    way: str
    opening: str


def compared(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """The methods and models, in the order of the text; the caller keeps one row a name."""
    for sentence in reading.sentences:
        if sentence.own:
            taken = _own_places(sentence, own)
            known = [mention for mention in mentions(sentence, reading, lexicon) if mention.name.casefold() not in own]
            phrases = list(_phrases(sentence.text))
            finds = [
                *_known(sentence.text, known, phrases),
                *_unknown(sentence.text, known, phrases, reading, lexicon),
                *_beside_known(sentence.text, known, reading, lexicon),
                *_in_lists(sentence.text),
            ]
            for span, rule in finds:
                if not any(left < span.end and span.start < right for left, right in taken):
                    yield Found("compares_to", "abstract", sentence.start + span.start, sentence.start + span.end, rule)


def _phrases(text: str) -> Iterator[Phrase]:
    for match in COMPARISON.finditer(text):
        if not NEGATED.search(text[: match.start()]):
            way = str(match.lastgroup)
            end = PHRASE_END.search(text, match.end(), match.end() + REACH[way])
            stop = end.start() if end else min(len(text), match.end() + REACH[way])
            yield Phrase(match.end(), stop, way, match[0].casefold())


def _known(text: str, known: list[Mention], phrases: list[Phrase]) -> Iterator[tuple[Span, str]]:
    accepted: list[Mention] = []
    for mention in known:
        opening = next((p.opening for p in phrases if p.way != "builds" and p.start <= mention.start < p.end), "")
        if TEST_BED.match(text, mention.end):
            continue
        if mention.kind in NAMED or _compared_with(text, mention, opening, accepted):
            accepted.append(mention)
            rule = f"{mention.kind[:-1]}, after '{opening}'" if opening else f"known {mention.kind[:-1]}"
            yield Span(mention.start, mention.end, text[mention.start : mention.end]), rule


def _compared_with(text: str, mention: Mention, opening: str, accepted: list[Mention]) -> bool:
    """Whether a general technique is what the sentence compares with; an area's name only beside an accepted method."""
    if mention.kind == "techniques":
        return bool(opening or AS_BASELINE.match(text, mention.end) or FOUND_THAT.search(text[: mention.start]))
    beside = accepted and BESIDE.fullmatch(text, accepted[-1].end, mention.start)
    return bool(mention.kind == "fields" and opening and beside)


def _unknown(
    text: str, known: list[Mention], phrases: list[Phrase], reading: Reading, lexicon: Lexicon
) -> Iterator[tuple[Span, str]]:
    """Names in such a phrase that the lexicon does not have; in a list of methods, any run of capitalised words."""
    for phrase in phrases:
        place, listed = phrase.start, phrase.start
        while place < phrase.end:
            run = run_at(text, place) if OPENING.search(text[max(0, place - 2) : place]) else None
            place = run.end if run else place + 1
            if run and not any(mention.start < run.end and run.start < mention.end for mention in known):
                member = phrase.way == "lists" and JOIN.fullmatch(text, listed, run.start)
                listed = run.end if member else listed
                coined = phrase.way == "builds" and run.text in reading.abbreviations
                if _is_rival(text, run, reading, lexicon) and (member or _named(run.text)) and not coined:
                    yield run, f"after '{phrase.opening}'"
            elif run and run.start == listed + 1:
                listed = run.end


def _beside_known(text: str, known: list[Mention], reading: Reading, lexicon: Lexicon) -> Iterator[tuple[Span, str]]:
    """Unknown names listed behind a known method: "Krum, Trimmed Mean and FLTrust"."""
    for mention in known:
        if mention.kind in NAMED:
            for run in with_joined(text, Span(mention.start, mention.end, text[mention.start : mention.end]))[1:]:
                overlaps = any(other.start < run.end and run.start < other.end for other in known)
                if not overlaps and _is_rival(text, run, reading, lexicon) and not TEST_BED.match(text, run.end):
                    yield run, "listed with a known method"


def _named(text: str) -> bool:
    return any(looks_like_a_name(word) for word in text.split())


def _is_rival(text: str, run: Span, reading: Reading, lexicon: Lexicon) -> bool:
    unknown = not lexicon.mentions(run.text) or redefined(run.text, reading, lexicon)
    return unknown and not NO_RIVAL.match(text, run.end) and not run.text.startswith("no-")


def _in_lists(text: str) -> Iterator[tuple[Span, str]]:
    """The members of a bracketed list of methods: "schedules (linear, cosine, and OneCycle)"."""
    for match in LISTED.finditer(text):
        spans = [(match.start(1) + member.start(1), member[1].strip()) for member in MEMBER.finditer(match[1])]
        words = [word for _, word in spans]
        long_enough = len(words) > 2 or (len(words) == 2 and all(map(looks_like_a_name, words)))
        if long_enough and all(word and len(word.split()) <= 4 and not FORMULA.search(word) for word in words):
            yield from ((Span(start, start + len(word), word), "member of a list of methods") for start, word in spans)


def _own_places(sentence: Sentence, own: set[str]) -> list[tuple[int, int]]:
    """Where the paper's own names stand, and the long forms they abbreviate."""
    places = [pair.long[:2] for pair in sentence.defined if pair.short.text.casefold() in own]
    places += [pair.short[:2] for pair in sentence.defined if pair.long.text.casefold() in own]
    for name in {*own, *(name.split()[0] for name in own if any(map(str.isdigit, name.split()[-1])))}:
        pattern = rf"(?<![\w-]){re.escape(name)}(?![\w])"
        places += [match.span() for match in re.finditer(pattern, sentence.text, re.IGNORECASE)]
    return places
