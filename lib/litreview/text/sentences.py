"""Sentences of an abstract, as spans, so that a quote can be cut where a rule matched.

Punkt (Kiss and Strunk 2006, doi:10.1162/coli.2006.32.4.485; NLTK's implementation) with a fixed list of abbreviations
and of words that start a sentence. Punkt trained on a corpus would change with every corpus, and on abstracts it
takes model sizes ("7b") and acronyms for abbreviations; untrained, it splits after "e.g." and "et al.". The fixed
lists need no download, give the same cut everywhere, and are right on more hard cases than either.

Punkt cuts only where a blank follows the full stop. Saved pages lose that blank ("management.Code is available"), so
a cut is added where a word that starts a sentence follows a full stop directly.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

ABBREVIATIONS = """
    e.g i.e et al vs cf etc viz approx resp w.r.t a.k.a i.i.d s.t fig figs eq eqs eqn sec sect ch tab thm lem prop
    alg def no nos vol pp p ed eds dr mr mrs ms prof jr sr inc ltd corp dept univ u.s u.k jan feb aug sep sept oct
    nov dec seq acc avg std dim diff incl excl ref refs esp assoc conf proc trans ver vers inst hyp
"""
STARTERS = """
    the this these that we our in to it its as at on for from by with using and but yet so if when while since
    although though however furthermore moreover additionally also finally specifically here there further then
    thus therefore hence consequently meanwhile second third next both each experiments extensive empirical
    results numerical simulations theoretical code codes data project source
"""
GLUED = re.compile(rf"(?<=[a-z0-9)\]%][.!?])(?=(?:{'|'.join(map(str.title, STARTERS.split()))})[\s,:])")


@lru_cache(maxsize=256)  # a paper's rows are quoted one after the other, from the same text
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return [start, end) of each sentence in code points: in order, disjoint, without the blanks between them."""
    spans = []
    for start, end in _punkt().span_tokenize(text):
        cuts = [start, *(match.start() for match in GLUED.finditer(text, start, end)), end]
        for left, right in pairwise(cuts):
            if part := text[left:right].strip():
                spans.append((text.index(part, left), text.index(part, left) + len(part)))
    return tuple(spans)


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) of the sentence that holds text[start:end]; where it reaches over several, of all of them."""
    touched = [span for span in sentence_spans(text) if span[0] < end and span[1] > start]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)


@cache
def _punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS.split())
    parameters.sent_starters = set(STARTERS.split())
    for word in STARTERS.split():
        parameters.add_ortho_context(word, 1 << 5)  # NLTK's flag: it also stands inside sentences, in lower case
    return PunktSentenceTokenizer(parameters)
