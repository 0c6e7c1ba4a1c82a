"""The names in the object of a verb: what "we propose …" proposes.

The object ends at the first word that leads away from it ("for", "that", "using"). Within it a name is an abbreviation
with its long form, a phrase in quotes, or a run of capitalised words that stands directly behind the verb, closes the
object, or stands between commas ("a new scheduler, Power scheduler, that …").
"""

import re
from typing import NamedTuple

from litreview.evidence.names import (
    BRACKETED,
    JOIN,
    NO_NAME,
    RUN,
    SUFFIX,
    Definition,
    TextSpan,
    abbreviated,
    looks_like_a_name,
    run_at,
    with_joined,
)

END = re.compile(
    r"\s(?:that|which|whose|for|to|in|by|via|using|based|with|from|when|where|under|against|on|as|through|while"
    r"|without|towards?|over|across|between|"
    r"tailored|designed|capable|built|inspired|consisting|trained|equipped|and (?:\w+ly )?(?:show|prove"
    r"|demonstrate|use|apply|study|provide|analy[sz]e|evaluate|establish|derive))\s"
    r"|[.;]\s|[.;]?$|\s(?:is|are|was|were|has|can|have|we)\s"
)
QUOTED = re.compile(r"[\"“‘'`]{1,2}([A-Za-z][\w -]{2,50}?)[\"”’']{1,2}(?!\w)")
APPOSED = re.compile(
    r",\s(?:(?:namely|i\.e\.,|or|the)\s)*(?P<name>[A-Za-z][\w+*/.-]*(?:\s(?!an?\b)\w[\w+*/-]*){0,3}?)(?=\s?,|\s\("
    r"|\sthat\b|\swhich\b|\sto\b|\sfor\b|\.$|\s[-–—]|\sand (?:show|prove|demonstrate)|$)"
)
OF = re.compile(
    r"(?<!class)(?<!family)(?<!notion)(?<!concept)(?<!variant)(?<!version)(?<!kind)"
    r"(?<!type)(?<!set)(?<!form)(?<!series)(?<!pair)(?<!suite) of\s"
)
DASH_LIST = re.compile(r"(?:[-–—]{1,3}|:)\s?(?=[A-Z]\w+, )")
LEAD = re.compile(r"\s*(?:(?:the|our|a|an|novel|new|first|called|named|simple|method|algorithm|framework|both)\s+)*")
SUBORDINATE = re.compile(r"\s?(?:,|---?|–|—|\(|:)|[.;]?$|\s(?:to|that|which|and|for|is|by|as|with|in|using)\b")


# Names in small letters, in the order of trust: with an apposition behind them; set off by "which"; two words linked by
# "&", or "word-x", before a noun; a coined word before the noun of a way to learn, without an article.
SET_OFF = re.compile(r"([a-z][\w-]+(?: [a-z][\w-]+){0,3}?)(?:,| \([^()]*\),?) an? ")
WHICH = re.compile(
    r"(?<!a )(?<!an )(?<!novel )(?<!new )(?<!simple )([a-z][a-z-]+(?: [a-z][a-z-]+){1,2})"
    r"(?<!s)(?<!evidence)(?<!research)(?<!work)(?<!code)(?<!theory)"
    r"(?<!proof)(?<!insight)(?<!data)(?<!software)(?<!way), (?:in )?which "
)
LINKED = re.compile(
    r"([a-z][\w-]+ & [a-z][\w-]+|(?!top-|best-)[a-z]{3,}-[a-z]) (?:approach|method|algorithm|framework|strategy"
    r"|scheme)s?\b"
)
HEADED = re.compile(
    r"(?<!a )(?<!an )(?<!novel )(?<!new )(?<!simple )([a-z]+-[a-z]+(?:-[a-z]+)?(?: [a-z]+){0,2} "
    r"(?:learning|training|optimi[sz]ation|distillation|tuning|decoding|prompting|pretraining|replay"
    r"|regulari[sz]ation|annealing|averaging|merging|attention|sampling))"
    r"(?=\s?[,.(:;]|$| that | which | as )"
)
MEMBER = re.compile(r"[A-Z][\w+*]*(?:-[A-Z0-9][\w+*]*)*")
REACH = 90  # characters behind the verb in which a list begins


class Named(NamedTuple):
    """A name in an object: where it is, and whether it is surely the object itself and no part of its description."""

    span: TextSpan
    head: bool


def object_names(text: str, start: int, defined: list[Definition]) -> list[Named]:
    """The names in the object that begins at `start`, the surest reading only."""
    end = _end(text, start)
    abbreviations = _defined(text, start, end, defined)
    if abbreviations:
        return abbreviations
    direct = _direct(text, start)
    if direct:
        return [Named(span, True) for span in with_joined(text, direct)]
    return (
        _quoted(text, start, end)
        or _bracketed(text, start, end)
        or _after_dash(text, start)
        or _after_colon(text, start)
        or _apposed(text, start, end)
        or _closing(text, start, end)
    )


def _end(text: str, start: int) -> int:
    match = END.search(text, start)
    return match.start() if match else len(text)


def _defined(text: str, start: int, end: int, defined: list[Definition]) -> list[Named]:
    """Abbreviations defined in the object; the long form where that is the name itself: "TeachMyAgent (TA)"."""
    found = []
    for definition in defined:
        place = min(definition.long.start, definition.short.start)
        if text[definition.short.end :].startswith(")-"):
            continue
        if not start <= place < end or _cut_off(text, start, place) or OF.search(text, start, place):
            continue
        single = " " not in definition.long.text and looks_like_a_name(definition.long.text)
        name = definition.long if single else definition.short
        lead = text[start : definition.long.start]
        head = bool(LEAD.fullmatch(lead)) and not re.search(r"\ban?\b", lead)
        found.append(Named(name, head))
    return found


def _cut_off(text: str, start: int, place: int) -> bool:
    """Whether an apposition begins between: "DriftMoE, an online Mixture-of-Experts (MoE)" has its name before it."""
    between = text[start:place]
    return bool(re.search(r"[A-Z]\w*\s?,\s(?:an?|the|our|one)\s", between))


def _direct(text: str, start: int) -> TextSpan | None:
    """A name right behind the verb: written as names are, or capitalised and set off from what follows."""
    lead = LEAD.match(text, start)
    at = lead.end() if lead else start
    span = run_at(text, at)
    if not span:
        return None if RUN.match(text, at) else _small(text, at)
    short = abbreviated(text, span)
    if short != span:
        return short
    following = SUBORDINATE.match(text, span.end)
    determined = bool(re.search(r"\b(?:an?|our|two|three|new|novel)\b", text[start:at]))
    if any(looks_like_a_name(part) for part in span.text.split()):
        return span if following or (not determined and not text[span.end :].startswith("-")) else None
    return span if following and not determined else None


def _small(text: str, at: int) -> TextSpan | None:
    """A name in small letters: "oni, a distributed …", "merge & prune approach", "anchor-guided distillation,"."""
    for pattern in (SET_OFF, WHICH, LINKED, HEADED):
        match = pattern.match(text, at)
        if match:
            return TextSpan(match.start(1), match.end(1), match[1])
    return None


def _quoted(text: str, start: int, end: int) -> list[Named]:
    return [
        Named(TextSpan(match.start(1), match.end(1), match[1]), True)
        for match in QUOTED.finditer(text, start, end)
        if len(match[1].split()) <= 4
    ][:1]


def _bracketed(text: str, start: int, end: int) -> list[Named]:
    """A name in brackets behind the object's noun: "a new algorithm (GLOW) that"."""
    found = BRACKETED.finditer(text, start, min(len(text), end + 24))
    brackets = [
        match
        for match in found
        if looks_like_a_name(match[1]) and match.start() <= end and not OF.search(text, start, match.start())
    ]
    return [Named(TextSpan(match.start(1), match.end(1), match[1]), False) for match in brackets[:1]]


def _after_dash(text: str, start: int) -> list[Named]:
    """ "three models — A, B, and C — that …"."""
    dash = DASH_LIST.search(text, start, start + REACH)
    names, place = [], dash.end() if dash else 0
    while place and (member := MEMBER.match(text, place)):
        names.append(Named(TextSpan(member.start(), member.end(), member[0]), True))
        join = JOIN.match(text, member.end())
        place = join.end() if join else 0
    return names if len(names) > 1 else []


def _after_colon(text: str, start: int) -> list[Named]:
    """ "two benchmarks: X, a …; and Y, a …"."""
    colon = re.compile(r":\s").search(text, start, start + 60)
    names, place = [], colon.end() if colon else 0
    while place:
        name = _direct(text, place)
        if not name or not name.text[0].isupper():
            break
        names += with_joined(text, name)
        following = re.compile(r"[^;]{0,80};\s(?:and\s)?").match(text, names[-1].end)
        place = following.end() if following else 0
    return [Named(name, True) for name in names]


def _apposed(text: str, start: int, end: int) -> list[Named]:
    """A name between commas behind the object's noun: "an online algorithm, SwAV, that"."""
    for match in APPOSED.finditer(text, start, min(len(text), start + 160)):
        if match.start() > end:
            break
        name = match["name"].rstrip(".").split(" and ")[0]
        if NO_NAME.match(name) or len(name) < 2 or SUFFIX.search(name.split()[0]):
            continue
        if (
            name[0].isupper()
            or (" " not in name and (looks_like_a_name(name) or "-" in name))
            or HEADED.match(f"{name},")
        ):
            return [
                Named(span, True)
                for span in with_joined(
                    text, abbreviated(text, TextSpan(match.start("name"), match.start("name") + len(name), name))
                )
            ]
    return []


def _closing(text: str, start: int, end: int) -> list[Named]:
    """A run of capitals that closes the object: "a provably efficient algorithm UMT-PSR for …"."""
    for run in RUN.finditer(text, start, end):
        span = run_at(text, run.start())
        words = span.text.split() if span else []
        if span and (any(looks_like_a_name(word) for word in words) or len(words) > 2):
            closes = not text[span.end : end].strip(" ,") or SUBORDINATE.match(text, span.end)
            if closes and not OF.search(text, start, span.start):
                return [Named(name, False) for name in with_joined(text, abbreviated(text, span))]
    return []
