"""Names in the object of a verb: what "we propose …" proposes.

The object ends at the first word that leads away from it ("for", "that", "using"). Within it a name is an abbreviation
with its long form, a phrase in quotes, or a run of capitalised words that stands directly behind the verb, closes the
object, or stands between commas ("a new scheduler, Power scheduler, that …").
"""

import re
from typing import NamedTuple

from litreview.evidence.names.abbreviations import SUFFIX, Definition, TextSpan, looks_like_a_name, span_at, span_of
from litreview.evidence.names.proper_names import BRACKETED, JOIN, NO_NAME, RUN, abbreviated, run_at, with_joined
from litreview.text.patterns import any_word, verbose_cased

LEADING_AWAY = any_word(
    "across against as based between built by capable consisting designed equipped for from in inspired on over "
    "tailored that through to towards? trained under using via when where which while whose with without"
)
SECOND_VERB = any_word("analy[sz]e apply demonstrate derive establish evaluate prove provide show study use")
END = re.compile(
    rf"\s(?:{LEADING_AWAY}|and (?:\w+ly )?{SECOND_VERB})\s|[.;]\s|[.;]?$|\s(?:is|are|was|were|has|can|have|we)\s"
)
QUOTED = re.compile(r"[\"“‘'`]{1,2}([A-Za-z][\w -]{2,50}?)[\"”’']{1,2}(?!\w)")
APPOSED = verbose_cased(r"""
    ,\s(?:(?:namely|i\.e\.,|or|the)\s)*(?P<name>[A-Za-z][\w+*/.-]*(?:\s(?!an?\b)\w[\w+*/-]*){0,3}?)
    (?=\s?,|\s\(|\s(?:that|which|to|for)\b|\.$|\s[-–—]|\sand (?:show|prove|demonstrate)|$)
""")
GROUPS = "class concept family form kind notion pair series set suite type variant version"  # "a class of X" is no X
OF = re.compile("".join(f"(?<!{word})" for word in GROUPS.split()) + r" of\s")
DASH_LIST = re.compile(r"(?:[-–—]{1,3}|:)\s?(?=[A-Z]\w+, )")
LEAD = re.compile(r"\s*(?:(?:the|our|a|an|novel|new|first|called|named|simple|method|algorithm|framework|both)\s+)*")
SUBORDINATE = re.compile(r"\s?(?:,|---?|–|—|\(|:)|[.;]?$|\s(?:to|that|which|and|for|is|by|as|with|in|using)\b")

# Names in small letters, the most reliable first: before an apposition; set off by "which"; two words linked by "&", or
# "word-x", before a noun; a coined word before the noun of a way to learn, without an article.
SET_OFF = re.compile(r"([a-z][\w-]+(?: [a-z][\w-]+){0,3}?)(?:,| \([^()]*\),?) an? ")
PLAIN = r"(?<!a )(?<!an )(?<!novel )(?<!new )(?<!simple )"
NO_PRODUCT = "s code data evidence insight proof research software theory way work"
WHICH = re.compile(
    rf"{PLAIN}([a-z][a-z-]+(?: [a-z][a-z-]+){{1,2}}){''.join(f'(?<!{word})' for word in NO_PRODUCT.split())}"
    r", (?:in )?which "
)
SCHEME = "(?:algorithm|approach|framework|method|scheme|strategy)"
LINKED = re.compile(rf"([a-z][\w-]+ & [a-z][\w-]+|(?!top-|best-)[a-z]{{3,}}-[a-z]) {SCHEME}s?\b")
LEARNING = any_word(
    "annealing attention averaging decoding distillation learning merging optimi[sz]ation pretraining prompting "
    "regulari[sz]ation replay sampling training tuning"
)
HEADED = re.compile(
    rf"{PLAIN}([a-z]+-[a-z]+(?:-[a-z]+)?(?: [a-z]+){{0,2}} {LEARNING})(?=\s?[,.(:;]|$| that | which | as )"
)
MEMBER = re.compile(r"[A-Z][\w+*]*(?:-[A-Z0-9][\w+*]*)*")
REACH = 90  # characters behind the verb in which a list begins


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
        or _quoted(text, start, end)
        or _bracketed(text, start, end)
        or _after_dash(text, start)
        or _after_colon(text, start)
        or _apposed(text, start, end)
        or _closing(text, start, end)
    )


def _defined(text: str, start: int, end: int, defined: list[Definition]) -> list[Named]:
    """Find the abbreviations defined in the object; the long form where that is the name itself."""
    found = []
    for pair in defined:
        place = min(pair.long.start, pair.short.start)
        compound = text[pair.short.end :].startswith(")-")  # "deep learning (DL)-based"
        if start <= place < end and not (compound or _cut_off(text, start, place) or OF.search(text, start, place)):
            lead = text[start : pair.long.start]
            found.append(Named(pair.name, bool(LEAD.fullmatch(lead)) and not re.search(r"\ban?\b", lead)))
    return found


def _cut_off(text: str, start: int, place: int) -> bool:
    """Whether an apposition begins between: "DriftMoE, an online Mixture-of-Experts (MoE)" has its name before it."""
    return bool(re.search(r"[A-Z]\w*\s?,\s(?:an?|the|our|one)\s", text[start:place]))


def _direct(text: str, start: int) -> TextSpan | None:
    """Return a name right behind the verb: written as names are, or capitalised and set off from what follows."""
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
    """Return a name in small letters: "oni, a distributed …", "merge & prune approach", "anchor-guided replay,"."""
    matches = (pattern.match(text, at) for pattern in (SET_OFF, WHICH, LINKED, HEADED))
    return next((span_of(match, 1) for match in matches if match), None)


def _quoted(text: str, start: int, end: int) -> list[Named]:
    quoted = [span_of(match, 1) for match in QUOTED.finditer(text, start, end)]
    return [Named(span, True) for span in quoted if len(span.text.split()) <= 4][:1]


def _bracketed(text: str, start: int, end: int) -> list[Named]:
    """Find a name in brackets behind the object's noun: "a new algorithm (GLOW) that"."""
    brackets = [match for match in BRACKETED.finditer(text, start, end + 24) if match.start() <= end]
    names = [match for match in brackets if looks_like_a_name(match[1]) and not OF.search(text, start, match.start())]
    return [Named(span_of(match, 1), False) for match in names[:1]]


def _after_dash(text: str, start: int) -> list[Named]:
    """Find the list in "three models — A, B, and C — that …"."""
    dash = DASH_LIST.search(text, start, start + REACH)
    names, place = [], dash.end() if dash else 0
    while place and (member := MEMBER.match(text, place)):
        names.append(Named(span_of(member), True))
        join = JOIN.match(text, member.end())
        place = join.end() if join else 0
    return names if len(names) > 1 else []


def _after_colon(text: str, start: int) -> list[Named]:
    """Find X and Y in "two benchmarks: X, a …; and Y, a …"."""
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
    """Find a name between commas behind the object's noun: "an online algorithm, SwAV, that"."""
    for match in APPOSED.finditer(text, start, start + 160):
        name = match["name"].rstrip(".").split(" and ")[0]
        if match.start() <= end and _can_be_apposed(name):
            span = span_at(text, match.start("name"), match.start("name") + len(name))
            return [Named(each, True) for each in with_joined(text, abbreviated(text, span))]
    return []


def _can_be_apposed(name: str) -> bool:
    """Whether words between commas are written as a name, or coined for a way to learn."""
    if NO_NAME.match(name) or len(name) < 2 or SUFFIX.search(name.split()[0]):
        return False
    single = " " not in name and (looks_like_a_name(name) or "-" in name)
    return name[0].isupper() or single or bool(HEADED.match(f"{name},"))


def _closing(text: str, start: int, end: int) -> list[Named]:
    """Find a run of capitals that closes the object: "a provably efficient algorithm UMT-PSR for …"."""
    for run in RUN.finditer(text, start, end):
        span = run_at(text, run.start())
        words = span.text.split() if span else []
        if span and (any(looks_like_a_name(word) for word in words) or len(words) > 2):
            closes = not text[span.end : end].strip(" ,") or SUBORDINATE.match(text, span.end)
            if closes and not OF.search(text, start, span.start):
                return [Named(name, False) for name in with_joined(text, abbreviated(text, span))]
    return []
