"""Runs of capitalised words, which is how names of several words are written: "Decision Transformer", "Mixtral 8x7B".

And the nouns that stand beside them: methods and data.
"""

import re

from litreview.evidence.names.abbreviations import SUFFIX, TextSpan
from litreview.text.patterns import nouns

CLASS = nouns(
    "agent algorithm approach architecture bot framework heuristic loss mechanism method model objective optimi[sz]er "
    "LLM paradigm pipeline policy procedure rule schedule scheduler scheme solver strategy system technique tool"
)
DATA = nouns(r"benchmark challenge corpus dataset data\s?set domain environment game simulator suite task test\s?bed")
BENCHMARK = rf"(?:{DATA}|corpora|instances|test\s(?:sets?|splits?)|validation)"
WORD = r"(?:\d[A-Z])?[A-Z][\w+*'’-]*(?:\.[\w+*'’-]+)*"
MIXED = r"[a-z]+-?[A-Z][\w+*'’-]*"  # netFound, mT5, pi-Nets
NUMBER = r"v?\d[\w.]*"  # PaLM 540B, AlpacaEval 2.0
SMALL_WORD = r"(?:of|for|to|the|in|with) (?=[A-Z])"  # Capture the Flag
RUN = re.compile(rf"(?:{WORD}|{MIXED})(?:[ /](?:{SMALL_WORD})?(?:{WORD}|{NUMBER}))*")
ASIDE = r"(?:\s\([^()]*(?:\d|et al)[^()]*\)|\s?\[[\d, –-]+\])?"  # "(98.8%)", "(Doe et al.)", "[12]"


def run_at(text: str, place: int) -> TextSpan | None:
    """Return the capitalised run at `place` without closing punctuation; none where a word ends in "-based" or so."""
    run = RUN.match(text, place)
    words = run[0].rstrip(".'’") if run else ""
    named = words and not any(SUFFIX.search(word) for word in words.split())
    return TextSpan(place, place + len(words), words) if named else None
