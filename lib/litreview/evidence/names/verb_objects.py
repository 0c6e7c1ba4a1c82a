"""Names in the object of a verb: what "we propose …" proposes.

The object ends at the first word that leads away from it ("for", "that", "using"). Within it a name is an abbreviation
with its long form, a phrase in quotes, or a run of capitalised words that stands directly behind the verb, closes the
object, or stands between commas ("a new scheduler, Power scheduler, that …").
"""

import re

from litreview.evidence.names.abbreviations import SUFFIX, Definition, TextSpan, looks_like_a_name, span_at, span_of
from litreview.evidence.names.proper_names import BRACKETED, RUN, run_at, with_joined
from litreview.text.patterns import any_word, verbose_cased

LEADING_AWAY = any_word(
    "as based by for from in on over that through to trained under using via where which while with without"
)
END = re.compile(rf"\s(?:{LEADING_AWAY})\s|[.;]\s|[.;]?$|\s(?:is|are|was|were|has|can|have|we)\s")
APPOSED = verbose_cased(r"""
    ,\s(?:(?:namely|i\.e\.,|or|the)\s)*(?P<name>[A-Za-z][\w+*/.-]*(?:\s(?!an?\b)\w[\w+*/-]*){0,3}?)
    (?=\s?,|\s\(|\s(?:that|which|to|for)\b|\.$|\s[-–—]|\sand (?:show|prove|demonstrate)|$)
""")
GROUPS = "class concept family form kind notion pair series set suite type variant version"  # "a class of X" is no X
OF = re.compile("".join(f"(?<!{word})" for word in GROUPS.split()) + r" of\s")
LEAD = re.compile(r"\s*(?:(?:the|our|a|an|novel|new|first|called|named|simple|method|algorithm|framework|both)\s+)*")
SUBORDINATE = re.compile(r"\s?(?:,|---?|–|—|\s\(|:)|[.;]?$|\s(?:to|that|which|and|for|is|by|as|with|in|using)\b")


def object_names(text: str, start: int, defined: list[Definition]) -> list[TextSpan]:
    """Find the names in the object that begins at `start`, by the most reliable rule that finds one."""
    match = END.search(text, start)
    end = match.start() if match else len(text)
    abbreviations = [pair.name for pair in defined if start <= pair.long.start < end]
    finders = (_direct, _bracketed, _apposed, _closing)
    first = next((name for find in finders if (name := find(text, start, end))), None) if not abbreviations else None
    return with_joined(text, first) if first else abbreviations


def _direct(text: str, start: int, _end: int) -> TextSpan | None:
    """Return a run of capitals right behind the verb, set off from what follows."""
    lead = LEAD.match(text, start)
    span = run_at(text, lead.end() if lead else start)
    return span if span and SUBORDINATE.match(text, span.end) else None


def _bracketed(text: str, start: int, end: int) -> TextSpan | None:
    """Return a name in brackets behind the object's noun: "a new algorithm (GLOW) that"."""
    names = (span_of(match, 1) for match in BRACKETED.finditer(text, start, end + 24) if match.start() <= end)
    return next((span for span in names if looks_like_a_name(span.text)), None)


def _apposed(text: str, start: int, end: int) -> TextSpan | None:
    """Return a name between commas behind the object's noun: "an online algorithm, SwAV, that"."""
    for match in APPOSED.finditer(text, start, start + 160):
        name = match["name"].rstrip(".")
        named = name[0].isupper() or (" " not in name and (looks_like_a_name(name) or "-" in name))
        if match.start() <= end and named and not SUFFIX.search(name.split()[0]):
            return span_at(text, match.start("name"), match.start("name") + len(name))
    return None


def _closing(text: str, start: int, end: int) -> TextSpan | None:
    """Return a run of capitals that closes the object: "a provably efficient algorithm UMT-PSR for …"."""
    for run in RUN.finditer(text, start, end):
        span = run_at(text, run.start())
        named = span and any(map(looks_like_a_name, span.text.split()))
        if span and named and SUBORDINATE.match(text, span.end) and not OF.search(text, start, span.start):
            return span
    return None
