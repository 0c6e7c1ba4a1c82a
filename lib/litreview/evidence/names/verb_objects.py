"""Names in the object of a verb: what "we propose …" proposes.

The object ends at the first word that leads away from it ("for", "that", "using"). Within it a name is an abbreviation
with its long form, a phrase in quotes, or a run of capitalised words that stands directly behind the verb, closes the
object, or stands between commas ("a new scheduler, Power scheduler, that …").
"""

import re
from typing import NamedTuple

from litreview.evidence.names.abbreviations import SUFFIX, Definition, TextSpan, looks_like_a_name, span_at, span_of
from litreview.evidence.names.proper_names import BRACKETED, RUN, abbreviated, run_at, with_joined
from litreview.text.patterns import any_word, verbose_cased

LEADING_AWAY = any_word(
    "across against as based between built by capable consisting designed equipped for from in inspired on over "
    "tailored that through to towards? trained under using via when where which while whose with without"
)
END = re.compile(rf"\s(?:{LEADING_AWAY})\s|[.;]\s|[.;]?$|\s(?:is|are|was|were|has|can|have|we)\s")
APPOSED = verbose_cased(r"""
    ,\s(?:(?:namely|i\.e\.,|or|the)\s)*(?P<name>[A-Za-z][\w+*/.-]*(?:\s(?!an?\b)\w[\w+*/-]*){0,3}?)
    (?=\s?,|\s\(|\s(?:that|which|to|for)\b|\.$|\s[-–—]|\sand (?:show|prove|demonstrate)|$)
""")
GROUPS = "class concept family form kind notion pair series set suite type variant version"  # "a class of X" is no X
OF = re.compile("".join(f"(?<!{word})" for word in GROUPS.split()) + r" of\s")
LEAD = re.compile(r"\s*(?:(?:the|our|a|an|novel|new|first|called|named|simple|method|algorithm|framework|both)\s+)*")
SUBORDINATE = re.compile(r"\s?(?:,|---?|–|—|\(|:)|[.;]?$|\s(?:to|that|which|and|for|is|by|as|with|in|using)\b")


class Named(NamedTuple):
    """A name in an object: where it is, and whether it is surely the object itself and no part of its description."""

    span: TextSpan
    head: bool


def object_names(text: str, start: int, defined: list[Definition]) -> list[Named]:
    """Find the names in the object that begins at `start`, by the most reliable rule that finds one."""
    match = END.search(text, start)
    end = match.start() if match else len(text)
    direct = _direct(text, start)
    return (
        _defined(text, start, end, defined)
        or ([Named(span, True) for span in with_joined(text, direct)] if direct else [])
        or _bracketed(text, start, end)
        or _apposed(text, start, end)
        or _closing(text, start, end)
    )


def _defined(text: str, start: int, end: int, defined: list[Definition]) -> list[Named]:
    """Find the abbreviations defined in the object; the long form where that is the name itself."""
    inside = [pair for pair in defined if start <= pair.long.start < end]
    return [Named(pair.name, bool(LEAD.fullmatch(text, start, pair.long.start))) for pair in inside]


def _direct(text: str, start: int) -> TextSpan | None:
    """Return a name right behind the verb: written as names are, or capitalised and set off from what follows."""
    lead = LEAD.match(text, start)
    at = lead.end() if lead else start
    span = run_at(text, at)
    if not span:
        return None
    following = SUBORDINATE.match(text, span.end)
    determined = bool(re.search(r"\b(?:an?|our|two|three|new|novel)\b", text[start:at]))
    return span if following and not determined else None


def _bracketed(text: str, start: int, end: int) -> list[Named]:
    """Find a name in brackets behind the object's noun: "a new algorithm (GLOW) that"."""
    names = [span_of(match, 1) for match in BRACKETED.finditer(text, start, end + 24) if match.start() <= end]
    return [Named(span, True) for span in names if looks_like_a_name(span.text)][:1]


def _apposed(text: str, start: int, end: int) -> list[Named]:
    """Find a name between commas behind the object's noun: "an online algorithm, SwAV, that"."""
    for match in APPOSED.finditer(text, start, start + 160):
        name = match["name"].rstrip(".").split(" and ")[0]
        if match.start() <= end and _can_be_apposed(name):
            span = span_at(text, match.start("name"), match.start("name") + len(name))
            return [Named(each, True) for each in with_joined(text, abbreviated(text, span))]
    return []


def _can_be_apposed(name: str) -> bool:
    """Whether words between commas are written as a name, or coined for a way to learn."""
    single = " " not in name and (looks_like_a_name(name) or "-" in name)
    return (name[0].isupper() or single) and not SUFFIX.search(name.split()[0])


def _closing(text: str, start: int, end: int) -> list[Named]:
    """Find a run of capitals that closes the object: "a provably efficient algorithm UMT-PSR for …"."""
    for run in RUN.finditer(text, start, end):
        span = run_at(text, run.start())
        named = span and (any(map(looks_like_a_name, span.text.split())) or span.text.count(" ") > 1)
        if span and named and SUBORDINATE.match(text, span.end) and not OF.search(text, start, span.start):
            return [Named(name, False) for name in with_joined(text, abbreviated(text, span))]
    return []
