"""Numbers, dates and names in words, for titles of charts and for findings. Plain text: nothing is escaped here."""

import re
from collections.abc import Iterable
from datetime import datetime

NO_TITLE = "(no title)"
KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")  # what a file or a table calls a category; names as written differ
PROPER = frozenset({"Bayesian", "Gaussian", "Markov", "Nash"})  # words that keep their capital in a sentence
NAME = re.compile(r"\w+ (?:of )?[A-Z][a-z]")  # "Google Scholar", "Web of Science"
NOUN = re.compile(r"\S+(?=$| (?:of|to|that|with|in|under|among)\b)")  # that a phrase is about, with what may follow it
# Nouns in the plural and verbs in the third person that do not follow the rule.
IRREGULAR = {"data": "data", "epoch": "epochs", "series": "series", "are": "is", "have": "has", "do": "does"}
Labels = dict[str, str] | None  # how categories are shown, by key
_SPOKEN = {"year": "%Y", "month": "%B %Y"}


def plural(n: int, noun: str) -> str:
    """Return a count with its noun: "no paper", "1 paper", "1,204 papers", "2 kinds of work"."""
    return f"{n:,} {noun if n == 1 else NOUN.sub(_with_s, noun, count=1)}" if n else f"no {noun}"


def agreed(n: int, does: str) -> str:
    """Return what several do, in the number that n asks for: "link to code" → "links to code" for one."""
    return re.sub(r"\S+", _with_s, does, count=1) if n == 1 else does


def _with_s(found: re.Match[str]) -> str:
    word = re.sub(r"(?<![aeou])y$", "ie", found[0])  # query, but survey
    regular = word.removesuffix("is") + "es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    return IRREGULAR.get(word, regular)


def percent(share: float) -> str:
    """Return a share as a whole percentage; never "0%" for something nor "100%" for less than all."""
    whole = f"{100 * share:.0f}%"
    return {"0%": "under 1%", "100%": "over 99%"}.get(whole, whole) if 0 < share < 1 else whole


def join_words(words: Iterable[str]) -> str:
    """Return words as a list in a sentence: "a", "a and b", "a, b and c"."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def label(name: str, labels: Labels = None) -> str:
    """Return how a category is shown: by its title where one is given, a key with blanks and a capital, a name as
    written.
    """
    known = (labels or {}).get(name)
    return known or (f"{name[:1].upper()}{name[1:].replace('_', ' ')}" if KEY.fullmatch(name) else name)


def within(name: str, labels: Labels = None) -> str:
    """Return how a category is shown inside a sentence: a title gives up its capital, a name keeps its spelling."""
    shown = label(name, labels)
    first = re.split(r"\W", shown, maxsplit=1)[0]
    if shown == name or not first[1:].islower() or first in PROPER or NAME.match(shown):
        return shown
    return f"{shown[:1].lower()}{shown[1:]}"


def ended(text: str) -> str:
    """Return the text with a full stop last, unless it ends in one or in another mark that ends a sentence."""
    return text if text.endswith((".", "?", "!")) or not text else f"{text}."


def dated(day: datetime, precision: object) -> str:
    """Return a date as exactly as it is known: "29 May 2023", "May 2023", "2023"; "undated" for NaT (not itself)."""
    return "undated" if day != day else f"{day:{_SPOKEN.get(str(precision), f'{day.day} %B %Y')}}"


def date_text(day: datetime, precision: object) -> str:
    """Return a date as exactly as it is known: "2023", "2023-05", "2023-05-29"; empty for NaT."""
    return "" if day != day else f"{day:%Y-%m-%d}"[: {"year": 4, "month": 7}.get(str(precision))]
