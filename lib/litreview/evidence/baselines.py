"""Baselines that the lexicon does not know, found by their place in a sentence that compares.

They stand in the phrase that a word such as "outperforms" opens, in a list with a known method, or in a bracketed list
of methods ("baselines (A, B)").
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from litreview.evidence.abbreviations import FORMULA, TextSpan, looks_like_a_name, span_at
from litreview.evidence.lexicon import Lexicon, Mention, redefined
from litreview.evidence.proper_names import ASIDE, METHOD, RUN, members, run_at, with_joined
from litreview.evidence.rhetorical_roles import Reading
from litreview.text.patterns import any_word, nouns, verbose

METHODS = rf"(?:{METHOD}|{nouns('baseline bot competitor counterpart explanation heuristic solver')})"
LISTED = re.compile(rf"\b{METHODS} \((?:e\.g\.,? |i\.e\.,? |including |such as )?([^()]{{3,160}})\)")
KNOWN_AS = any_word("classical current existing original popular recent standard well-known widely[-\\s]used")
JOIN = re.compile(
    rf"{ASIDE}(?:\s|,? (?:and |or )|, )?(?:(?:the|a|an|both|either) )?"
    rf"(?:{KNOWN_AS} |its (?:successor|predecessor|variant) )?"
)
NO_BASELINE = verbose(
    r"\)?\s(?:and \w+ )?"
    + nouns(
        "benchmark cluster competitor dataset device environment game GPU hardware metric parameter player point "
        "problem question score setting task user"
    )
    + r"\b"
)
OPENING = re.compile(r"(?:[ \"“]|(?<!\w)\()$")
FOLLOWING = any_word(
    "across and as at by for from in law on or policy protocol rule search strategy that to under using when which "
    "while with"
)
# A capitalised word is a name where it stands alone or before the word "method", not before another noun.
ALONE = re.compile(rf"[’']s\b|\s?(?:[,.;:()\[\]]|$)|\s(?:{FOLLOWING}|{METHODS})\b")
NO_METHOD = frozenset(
    "American Appendix April Asian August Bayesian Bernoulli CPUs Chinese December Earth English Euclidean European "
    "Experts February Figure French GPUs Gaussian German Hilbert Humans Internet January July June Lipschitz March "
    "Markov Markovian May Nash November October Pareto Part Poisson Riemannian Section September Table Theorem Web "
    "Western".split()
)
BEGINNING = re.compile(
    any_word(
        "Across After Against All Although And As At Before Beyond Both But By Compared Despite Even For From Given In "
        "Like On Our Over The Under Unlike Using We When Whereas While With"
    )
    + " "
)
SUPERIOR = verbose(
    r"\b(?:advantage|baseline|beat|better|compar|exceed|faster|gain|higher|improv|increase|outperform|prefer|speed-?up"
    r"|superior|surpass)"
)
RULE = re.compile(r" (?:rule|law|index|LP)s?\b")  # nouns that belong to the name: "Smith rule"


class Phrase(NamedTuple):
    """A part of a sentence that names others' work: where it lies, what opens it, and in which way."""

    start: int
    end: int
    way: str
    opening: str


def unknown_baselines(
    text: str, known: list[Mention], phrases: list[Phrase], reading: Reading, lexicon: Lexicon
) -> Iterator[tuple[TextSpan, str]]:
    """Find every baseline of a sentence that is not in the lexicon, with the rule that found it."""
    for span, rule in (*_in_phrases(text, known, phrases, reading), *_beside_known(text, known)):
        if not _overlaps(span, known) and _is_baseline(text, span, reading, lexicon):
            yield span, rule
    yield from _in_lists(text)


def _in_phrases(
    text: str, known: list[Mention], phrases: list[Phrase], reading: Reading
) -> Iterator[tuple[TextSpan, str]]:
    """Find names in a phrase; at its beginning and in its list, any capitalised word that stands as a name."""
    for phrase in phrases:
        place, listed = phrase.start, phrase.start
        while place < phrase.end:
            run = run_at(text, place) if OPENING.search(text[max(0, place - 2) : place]) else None
            place = run.end if run else place + 1
            if run and not _overlaps(run, known):
                member = JOIN.fullmatch(text, listed, run.start)
                listed = run.end if member else listed
                coined = phrase.way == "builds" and (run.text in reading.abbreviations or not member)
                if (_named(run.text) or (member and _stands_alone(text, run, phrase))) and not coined:
                    for name in with_joined(text, run, plain=bool(member)):
                        yield _with_noun(text, name), f"after '{phrase.opening}'"
            elif run and run.start == listed + 1:
                listed = run.end


def _with_noun(text: str, name: TextSpan) -> TextSpan:
    """Return the name with the noun that is a part of it: "Smith rule"."""
    noun = RULE.match(text, name.end)
    return span_at(text, name.start, noun.end()) if noun else name


def _stands_alone(text: str, run: TextSpan, phrase: Phrase) -> bool:
    if phrase.way == "builds" or (phrase.opening == "over" and not SUPERIOR.search(text)):
        return False
    return phrase.way == "lists" or bool(
        len(run.text) > 1 and ALONE.match(text, run.end) and run.text.split()[0] not in NO_METHOD
    )


def _beside_known(text: str, known: list[Mention]) -> Iterator[tuple[TextSpan, str]]:
    """Find names in one list with a known method: "Krum, Trimmed Mean and FLTrust"."""
    methods = [mention for mention in known if mention.kind in ("methods", "models")]
    starts = [span_at(text, mention.start, mention.end) for mention in methods]
    runs = [_without_opening(run) for run in RUN.finditer(text)] if methods else []
    for first in (*starts, *runs):
        joined = with_joined(text, first, plain=first in starts)
        if len(joined) > 1 and any(_overlaps(name, methods) for name in joined):
            # Behind a known method any capitalised words; before it only what is written as a name.
            for name in joined:
                if first in starts or _named(name.text):
                    yield name, "listed with a known method"


def _without_opening(run: re.Match[str]) -> TextSpan:
    """Return a run of capitalised words without the word that opens the sentence: "Against ORCA"."""
    opening = BEGINNING.match(run[0])
    return span_at(run.string, run.start() + (opening.end() if opening else 0), run.end())


def _in_lists(text: str) -> Iterator[tuple[TextSpan, str]]:
    """Find the members of a bracketed list of methods: "schedules (linear, cosine, and OneCycle)"."""
    for match in LISTED.finditer(text):
        spans = list(members(match))
        words = [span.text for span in spans]
        long_enough = len(words) > 2 or (len(words) == 2 and all(map(looks_like_a_name, words)))
        if long_enough and all(word and len(word.split()) <= 4 and not FORMULA.search(word) for word in words):
            yield from ((span, "member of a list of methods") for span in spans)


def _overlaps(span: TextSpan, known: list[Mention]) -> bool:
    return any(mention.start < span.end and span.start < mention.end for mention in known)


def _named(text: str) -> bool:
    return any(looks_like_a_name(word) for word in text.split())


def _is_baseline(text: str, run: TextSpan, reading: Reading, lexicon: Lexicon) -> bool:
    unknown = not lexicon.mentions(run.text) or redefined(run.text, reading, lexicon)
    return unknown and not NO_BASELINE.match(text, run.end) and not run.text.startswith("no-")
