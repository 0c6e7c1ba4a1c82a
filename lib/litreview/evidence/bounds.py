"""Rates, bounds and complexities of an abstract: whose they are, and which of them the saved page has damaged.

A formula is damaged where by the sense of the text it cannot be right: a page that lost the root of O(√(NT)) claims
a regret that grows as fast as can be. Such a formula is never given as a result.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from litreview.evidence.abstract_sentences import Found, Reading, Sentence, apart
from litreview.text.patterns import Cues, any_word, verbose

OPENS = re.compile(
    r"(?:(?<![\w.-])1\s?[-+]\s?)?(?<!\w)(?:\\?(?:mathcal|tilde|widetilde)\s*\{?\s*)*"  # \tilde{\mathcal{O}}
    r"(?:[OΩΘÕ]|\\?Omega|\\?Theta)\s*\}?\s*(?:\\?left\s*)?\(|(?<!\w)[Pp]oly(?:log)?\s?\("
)
OTHERS_RATE = verbose(r"\b(?:baseline|existing|previous|prior|known|than|their|improv\w+ over|et al[^.]*)[^,;]{0,40}$")
GROWTH = any_word("(?:poly)?logarithmic exponential linear polynomial quadratic sub-?linear super-?linear")
MEASURE = any_word("complexity convergence dependence number regret speed-?up time")
NUMBER = r"\d+(?:[./]\d+)*(?:\s?[-+]\s?[\w/]+)?"  # "2", "0.5", "1-1/e", "1/2 - epsilon"
FORMULA = r"(?=[^\s,;]*(?:\^|sqrt|√))[\w({√][^\s,;]*[\w)}]"
WORDS = verbose(
    rf"\b(?:last-iterate )?{GROWTH} (?:\w+ ){{0,2}}?{MEASURE}\b"
    r"(?: (?:in|of|on) [a-z]+(?: [a-z]+)*?(?= (?:and|to)\b|[,.;]))?"
)
GUARANTEE = r"(?:approximation|competitive) ratio"
RATIO = verbose(rf"\(?(?<![\w.]){NUMBER}\)?(?:-approximat\w+|-competitive| {GUARANTEE})")
VALUE = verbose(rf"\b(?:from|is|of|to) (?P<here>{NUMBER})")
ORDER = verbose(rf"\b(?:complexity|order|rate|regret) (?:of )?(?P<here>{FORMULA})")
BOUNDS = Cues({"formula": OPENS, "growth in words": WORDS, "ratio": RATIO, "value": VALUE, "order": ORDER})
ELSEWHERE = verbose(r"\b(?:(?:earlier|previous|recent) (?:paper|result|work)|et al|existing results)\b  |  \bfrom $")
NO_BETTER = verbose(r"\b(?:cannot|hardness|impossib\w+|lower bounds?|needs? an exponential|no (?:[\w-]+ )?algorithm)\b")
ASSUMED = verbose(r"\b(?:assum\w+|if|when(?:ever)?)\b[^,;]{0,80}$")
LOWER = re.compile(r"\\?Omega|Ω")
DAMAGED = verbose(r"""
    (?<!\s)/\s+\w  |  \(\s*[/)+*]  |  [-+/]\s*[)+*/]  # "O(1/ n)", "O( / n)", "O(n + )": a sign is gone
    |  \b\w*[A-Za-z]\s?\d/\d  # "T 3/4": no power
    |  \d\s+\d  # "1 1/e": no minus
""")
TIME = re.compile(r"(?<![a-z])T(?![a-z])")
SMALL = re.compile(r"log\s*\(?\s*\w+\)?|/\s*\w+")
TAMED = re.compile(r"T\s?[)}]*\s?\^|√|sqrt")


def bounds(reading: Reading) -> Iterator[Found]:
    """Find the bounds of the abstract, in order, each with whose it is (own, lower, other, condition), or damaged."""
    for sentence in reading.sentences:
        for start, end, rule in _spans(sentence.text):
            before, formula = sentence.text[:start], sentence.text[start:end]
            of = _whose(sentence, before, formula)
            lost = "regret" in sentence.text and _grows_with_time(formula)
            damaged = rule == "formula" and (lost or DAMAGED.search(formula))
            yield sentence.found("bound", start, end, rule)._replace(of="damaged" if damaged else of)


def _spans(text: str) -> list[tuple[int, int, str]]:
    """Find the places of bounds in a sentence; of two that overlap, the one found first."""
    found = []
    for rule, match in BOUNDS.matches(text):
        start, end = match.span(match.lastgroup or 0)
        end = _closing_bracket(text, end - 1) if rule == "formula" else end
        accuracy = rule == "formula" and text.startswith("-optimal", end)  # asked of a solution
        measured = rule == "value" and not re.search(GUARANTEE, text)  # an odds ratio, a range, a dose
        if end and not accuracy and not measured:
            found.append((start, end, rule))
    return apart(found)


def _closing_bracket(text: str, opening: int) -> int:
    """Return the place behind the bracket that closes the one at `opening`, or 0."""
    open_ones = accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in text[opening:])
    return next((place for place, left in enumerate(open_ones, start=opening + 1) if left == 0), 0)


def _whose(sentence: Sentence, before: str, formula: str) -> str:
    if not sentence.own or OTHERS_RATE.search(before) or ELSEWHERE.search(before):
        return "other"
    if ASSUMED.search(before):
        return "condition"
    return "lower" if LOWER.match(formula) or NO_BETTER.search(before + formula[:11]) else "own"


def _grows_with_time(formula: str) -> bool:
    """Whether an upper bound on regret has a term in T without root, power or logarithm: no algorithm does worse."""
    terms = SMALL.sub("", formula).split("+")
    return not LOWER.match(formula) and any(TIME.search(term) and not TAMED.search(term) for term in terms)
