"""Existing methods and models that an abstract compares with, outperforms, builds on or analyses.

A named method or model of the lexicon counts wherever the paper speaks of its own work. A general technique (pruning,
in-context learning), the name of an area, or a name the lexicon does not know counts only where the sentence compares:
in the phrase that a word such as "outperforms", "than" or "baselines such as" opens, or before "baseline".
"""

import re
from collections.abc import Iterator

from litreview.evidence.found import Found
from litreview.evidence.lexicon import Lexicon, Mention
from litreview.evidence.mentions import mentions
from litreview.evidence.names import FORMULA, Span, looks_like_a_name
from litreview.evidence.objects import run_at
from litreview.evidence.reading import Reading, Sentence

NAMED = ("methods", "models")
COMPARISON = re.compile(
    r"\b(?:outperform(?:s|ed|ing)?|out-perform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing)?|"
    r"(?:compar(?:ed|es|ing|able|ison|isons)|competitive|competitively|on[- ]par|superior|superiority|relative|equivalent|inferior|similar|close)(?: \w+){0,2}? (?:to|with|against|over)|"
    r"than|versus|vs\.?|improv\w+ (?:up)?on|improvements? (?:of [^,;]{0,30} )?over|gains? (?:of [^,;]{0,30} )?over|(?:differences?|gap) between|"
    r"over|against|match(?:es|ing)?(?: or (?:exceed|surpass|outperform)(?:s|ing)?)?|unlike|alternatives? to|counterparts?,?|"
    r"(?:baselines?|methods?|algorithms?|approach(?:es)?|models?|techniques?|schedules?|schedulers?|optimi[sz]ers?|LLMs?|architectures?|heuristics?|solvers?|frameworks?|systems?)(?:,)? \(?(?:such as|like|including|e\.g\.,?|i\.e\.,?|namely))\b(?!-)",
    re.IGNORECASE,
)
PHRASE_END = re.compile(
    r"[.;:](?:\s|$)|,? (?:while|which|whereas|with|by|when|where|on|in|for|under|across|using|to|that|achiev\w+|demonstrat\w+|show\w*|at|and (?:is|are|has|achieves?|shows?|demonstrates?|reduces?|can)|but|yet|although|without|as well as on)\s"
)
LISTED = re.compile(
    r"\b(?:baselines?|methods?|algorithms?|approach(?:es)?|models?|techniques?|schedules?|schedulers?|optimi[sz]ers?|LLMs?|architectures?|heuristics?|solvers?|explanations?|systems?) \((?:e\.g\.,? |i\.e\.,? |including |such as )?([^()]{3,160})\)"
)
TEST_BED = re.compile(
    r"\s(?:[\w-]+ )?(?:tasks?|datasets?|data|benchmarks?|suite|environments?|collection|metrics?|leaderboards?|games?)\b",
    re.IGNORECASE,
)
NO_RIVAL = re.compile(
    r"\s(?:metrics?|scores?|parameters|datasets?|benchmarks?|tasks?|points?|setting|problems?|environments?)\b",
    re.IGNORECASE,
)
FOUND_THAT = re.compile(
    r"\b(?:find|found|observe|show|demonstrate|reveal|indicate|suggest|conclude)\w* (?:that )?(?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
JOINED = re.compile(r",? (?:and |or )?(?:\w+ )?|/")
AFTER = re.compile(r"\s(?:[\w-]+ )?(?:baselines?|counterparts?)\b", re.IGNORECASE)
NEGATED = re.compile(r"\b(?:do not|don't|does not|did not|cannot|never) (?:\w+ ){0,2}$", re.IGNORECASE)
REACH = 110


def compared(reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[Found]:
    """The methods and models, in the order of the text; the caller keeps one row a name."""
    for sentence in reading.sentences:
        if sentence.own:
            taken = _own_places(sentence, own)
            for span, rule in _candidates(sentence, reading, lexicon, own):
                if not any(left < span.end and span.start < right for left, right in taken):
                    yield Found("compares_to", "abstract", sentence.start + span.start, sentence.start + span.end, rule)


def _candidates(sentence: Sentence, reading: Reading, lexicon: Lexicon, own: set[str]) -> Iterator[tuple[Span, str]]:
    text, phrases = sentence.text, list(_phrases(sentence.text))
    known = [mention for mention in mentions(sentence, reading, lexicon) if mention.name.casefold() not in own]
    accepted: list[Mention] = []
    for mention in known:
        cue = next((word for start, end, word in phrases if start <= mention.start < end), "")
        if TEST_BED.match(text, mention.end) or (
            mention.kind not in NAMED and not _compared_with(text, mention, cue, accepted)
        ):
            continue
        accepted.append(mention)
        yield (
            Span(mention.start, mention.end, text[mention.start : mention.end]),
            f"{mention.kind[:-1]}, after '{cue}'" if cue else f"known {mention.kind[:-1]}",
        )
    yield from _unknown(text, lexicon, phrases, known)
    yield from _in_lists(text)


def _compared_with(text: str, mention: Mention, cue: str, accepted: list[Mention]) -> bool:
    """Whether a general technique is what the sentence compares with; an area's name only beside an accepted method."""
    if mention.kind == "techniques":
        return bool(cue or AFTER.match(text, mention.end) or FOUND_THAT.search(text[: mention.start]))
    beside = accepted and JOINED.fullmatch(text, accepted[-1].end, mention.start)
    return bool(mention.kind == "fields" and cue and beside)


def _phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """The stretches in which a sentence names what it compares with, each with the word that opens it."""
    for match in COMPARISON.finditer(text):
        if not NEGATED.search(text[: match.start()]):
            end = PHRASE_END.search(text, match.end(), match.end() + REACH)
            yield match.end(), end.start() if end else min(len(text), match.end() + REACH), match[0].casefold()


def _unknown(
    text: str, lexicon: Lexicon, phrases: list[tuple[int, int, str]], known: list[Mention]
) -> Iterator[tuple[Span, str]]:
    """Names in a comparing phrase that the lexicon does not have."""
    for start, end, word in phrases:
        place = start
        while place < end:
            run = run_at(text, place) if text[place - 1] in ' "“(' else None
            place = run.end if run else place + 1
            if (
                run
                and _is_rival(text, run, lexicon)
                and not any(mention.start < run.end and run.start < mention.end for mention in known)
            ):
                yield run, f"after '{word}'"


def _is_rival(text: str, run: Span, lexicon: Lexicon) -> bool:
    named = any(looks_like_a_name(part) for part in run.text.split())
    return (
        named
        and not lexicon.mentions(run.text)
        and not NO_RIVAL.match(text, run.end)
        and not run.text.startswith("no-")
    )


def _in_lists(text: str) -> Iterator[tuple[Span, str]]:
    """The members of a bracketed list of at least three methods: "schedules (linear, cosine, and OneCycle)"."""
    for match in LISTED.finditer(text):
        members = list(re.finditer(r"\s*(?:and |or )?((?:(?! and )[^,])+)", match[1]))
        named = all(looks_like_a_name(member[1].strip()) for member in members)
        if (len(members) > 2 or named) and all(
            len(member[1].split()) <= 4 and not FORMULA.search(member[1]) for member in members
        ):
            for member in members:
                word, start = member[1].strip(), match.start(1) + member.start(1)
                yield Span(start, start + len(word), word), "member of a list of methods"


def _own_places(sentence: Sentence, own: set[str]) -> list[tuple[int, int]]:
    """Where the paper's own names stand, and the long forms they abbreviate."""
    places = [pair.long[:2] for pair in sentence.defined if pair.short.text.casefold() in own]
    places += [pair.short[:2] for pair in sentence.defined if pair.long.text.casefold() in own]
    for name in own:
        places += [
            match.span() for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w])", sentence.text, re.IGNORECASE)
        ]
    return places
