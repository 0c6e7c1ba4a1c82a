"""Sentences of an abstract, as spans, so that a quote can be cut where a rule matched.

The decisions are those of Punkt (Kiss and Strunk 2006, doi:10.1162/coli.2006.32.4.485) with a fixed list of
abbreviations and of words that start a sentence: behind an abbreviation or an ellipsis only such a word starts one,
behind an initial no other word. Punkt trained on a corpus would change with every corpus, and on abstracts it takes
model sizes ("7b") and acronyms for abbreviations; untrained, it splits after "e.g." and "et al.". The fixed lists need
no download, give the same cut everywhere, and are right on more hard cases than either.

Punkt cuts only where a blank follows the full stop. Saved pages lose that blank ("management.Code is available"), so
a cut is added where a word that starts a sentence follows a full stop directly.
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

_ABBREVIATIONS = """
    e.g i.e et al vs cf etc viz approx resp w.r.t a.k.a i.i.d s.t fig figs eq eqs eqn sec sect ch tab thm lem prop
    alg def no nos vol pp p ed eds dr mr mrs ms prof jr sr inc ltd corp dept univ u.s u.k jan feb aug sep sept oct
    nov dec seq acc avg std dim diff incl excl ref refs esp assoc conf proc trans ver vers inst hyp
"""
_STARTERS = """
    the this these that we our in to it its as at on for from by with using and but yet so if when while since
    although though however furthermore moreover additionally also finally specifically here there further then
    thus therefore hence consequently meanwhile second third next both each experiments extensive empirical
    results numerical simulations theoretical code codes data project source
"""
ABBREVIATIONS, STARTERS = frozenset(_ABBREVIATIONS.split()), frozenset(_STARTERS.split())
CLOSING = r"\"')\]}‘’“”«»"
APART = rf"{CLOSING}(\[{{;:*@?!"  # never part of a word
ENDS = rf"[.?!](?=[{APART}]|\s+\S)"
MARK = re.compile(
    rf"""(?:
        [.?!](?<=[a-z0-9)\]%].)(?=(?:{"|".join(map(str.title, sorted(STARTERS)))})[\s,:])  # a lost blank
        |  {ENDS}(?!\S*?{ENDS})(?=\s*(?P<next>[^\s,{APART}]+|\S))  # the last mark before a blank
    )(?:\s*[{CLOSING}]+(?=\s|--|$))?""",
    re.VERBOSE | re.MULTILINE,
)
BETWEEN = re.compile(rf"[\s{APART}]|--")  # words
LONGEST = 30  # characters before a full stop in which its word stands


@lru_cache(maxsize=256)  # a paper's rows are quoted one after the other, from the same text
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return [start, end) of each sentence in code points: in order, disjoint, without the blanks between them."""
    cuts = [mark.end() for mark in MARK.finditer(text) if _ends_a_sentence(text, mark.start(), mark["next"])]
    parts = ((right, text[left:right].lstrip()) for left, right in pairwise([0, *cuts, len(text)]))
    return tuple((right - len(part), right - len(part) + len(part.rstrip())) for right, part in parts if part)


def _ends_a_sentence(text: str, stop: int, following: str | None) -> bool:
    """Whether the mark at `stop` ends a sentence, by the words before it and behind."""
    if text[stop] != "." or following is None:
        return True
    word = BETWEEN.split(text[max(0, stop - LONGEST) : stop].lower())[-1].lstrip("-,&#`")
    starts = following[0].isupper() and following.lower().rstrip(".") in STARTERS
    if word.endswith(".") or {word, word.rpartition("-")[2]} & ABBREVIATIONS:
        return starts
    initial = len(word) == 1 and word.isalpha()
    return starts or not initial or not (following[0].isalpha() or following in ";:,.!?")


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) of the sentence that holds text[start:end]; where it reaches over several, of all of them."""
    spans = sentence_spans(text)
    touched = spans[bisect_right(spans, start, key=itemgetter(1)) : bisect_left(spans, end, key=itemgetter(0))]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)
