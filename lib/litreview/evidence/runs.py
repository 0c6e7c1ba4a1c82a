"""Runs of capitalised words, which is how names of several words are written: "Decision Transformer", "Mixtral 8x7B"."""

import re

from litreview.evidence.names import SUFFIX, Span, looks_like_a_name

WORD = r"(?:\d[A-Z])?[A-Z](?:[\w+*'’-]|&(?=[A-Z]))*(?:\.[\w+*'’-]+)*"
MIXED = r"[a-z]+[A-Z][\w+*'’-]*|[a-z]+-[A-Z][\w-]*"  # netFound, mT5, pi-Nets
NUMBER = r"v?\d+(?:x\d+)?(?:\.\d+)?[BMbm]?(?![\w.])"  # PaLM 540B, AlpacaEval 2.0
SMALL = r"(?:of|for|to|the|in|with) (?=[A-Z])"  # Capture the Flag
RUN = re.compile(rf"(?:{WORD}|{MIXED})(?:[ /](?:{SMALL})?(?:{WORD}|{NUMBER}))*")
NO_NAME = re.compile(
    r"(?:an?|the|this|these|which|that|and|where|with|our|its|in|by|for|to|one|both|each|such|including|also|then|thus|based|namely|"
    r"e\.g|using|as|specifically|called|or|we|whose|while|on|from|it)(?![\w-])",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"\s\(([^()\s]{2,20})\)")
ASIDE = r"(?:\s\([^()]*(?:\d|et al)[^()]*\)|\s?\[[\d, –-]+\])?"  # "(98.8%)", "(Doe et al.)", "[12]"
JOIN = re.compile(rf"{ASIDE}(?:,? and |, (?:and )?|/| & |,? as well as )(?:the )?(?=\S)")
ENDED = re.compile(rf"{ASIDE}\s?(?:[,.;)]|$|(?:and|or|by|on|in|with|at|for|while|under|across)\b)")
OR = re.compile(rf"{ASIDE},? or (?=\S)")


def run_at(text: str, place: int) -> Span | None:
    """The run at `place` without closing punctuation; none where a word of it ends in "-based" or the like."""
    run = RUN.match(text, place)
    words = run[0].rstrip(".'’") if run else ""
    if not words or NO_NAME.match(words) or any(SUFFIX.search(word) for word in words.split()):
        return None
    return Span(place, place + len(words), words)


def abbreviated(text: str, span: Span) -> Span:
    """The name in the bracket behind a phrase of several words, else the phrase."""
    bracketed = BRACKETED.match(text, span.end) if " " in span.text else None
    if bracketed and looks_like_a_name(bracketed[1]):
        return Span(bracketed.start(1), bracketed.end(1), bracketed[1])
    return span


def with_joined(text: str, first: Span, plain: bool = False) -> list[Span]:
    """A name and those joined to it by commas and "and"; of "long form, or SF" the short form.

    Those joined must be written as names, or with `plain` be one capitalised word that is followed by no other word.
    """
    names = [first]
    while True:
        alternative = OR.match(text, names[-1].end)
        join = alternative or JOIN.match(text, names[-1].end)
        run = run_at(text, join.end()) if join else None
        if not run or not (looks_like_a_name(run.text.split()[0]) or (plain and ENDED.match(text, run.end))):
            return names
        if alternative:
            names.pop()
        names.append(run)
