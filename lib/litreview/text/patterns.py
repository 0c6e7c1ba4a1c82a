"""Phrases of plain words, and many patterns at once over a text.

RE2 takes time linear in the text whatever the pattern, and its `Set` tells in one pass which of many patterns occur.
Only those are then looked for one by one, so that offsets cost nothing where there is nothing to find.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import re2

_OPTIONS = re2.Options()
_OPTIONS.case_sensitive = _OPTIONS.log_errors = False
_OPTIONS.longest_match = True
_OPTIONS.max_mem = 256 << 20  # bytes for the automaton of a whole set; above what hundreds of phrases need
BLANK = r"[\s‐-–-]+"
HYPHEN = r"[\s‐-–-]*"
SPELLINGS = (
    (re.compile(r"(?<=\w\w)iz(?=(?:e|ed|es|er|ers|ing|ation|ations)\b)"), "i[sz]"),
    (re.compile(r"\b(behavi|col|fav|lab|neighb)or"), r"\1ou?r"),
    (re.compile(r"\b(mod|lab)el(?=ed\b|ing\b)"), r"\1ell?"),
    (re.compile(r"(?<=[^aeiou])y$"), "(?:y|ies)"),
    (re.compile(r"(?<=[a-rt-zA-RT-Z])$"), "(?:e?s)?"),
)
# The same spellings in a text, for `one_spelling`.
_ISE = re.compile(r"(?<=\w\w)is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")
_OUR = re.compile(r"(?<=behavi)our|(?<=col)our|(?<=fav)our|(?<=lab)our|(?<=neighb)our")
_LLED = re.compile(r"(?<=mode)ll(?=ed$|ing$)|(?<=labe)ll(?=ed$|ing$)")


def phrase_pattern(phrase: str) -> str:
    """Return the RE2 pattern of a phrase: what a reader means by it, in the spellings a text may have.

    Case never counts. A blank stands for blanks or a hyphen; a hyphen also for nothing (fine-tuning, fine tuning,
    finetuning). The last word may be plural. British and American spellings are one (-ise/-ize, -our/-or,
    -lled/-led). A word that ends in * takes any ending.
    """
    words = re.split(r"(\s+|-)", phrase.strip())
    last = len(words) - 1
    return "".join(_piece(piece, plural=place == last) for place, piece in enumerate(words))


def _piece(piece: str, plural: bool) -> str:
    if piece == "-" or piece.isspace():
        return HYPHEN if piece == "-" else BLANK
    open_end = piece.endswith("*")
    pattern = re.escape(piece.removesuffix("*"))
    for spelling, variants in SPELLINGS if plural and not open_end else SPELLINGS[:3]:
        pattern = spelling.sub(variants, pattern)
    return pattern + r"\w*" * open_end


@lru_cache(maxsize=1 << 16)  # a corpus says the same words again and again
def one_spelling(words: str) -> str:
    """Return a word or phrase in lower case as the one spelling that stands for all: "Over-Optimisation" and
    "over optimization" as "overoptimization".
    """
    joined = re.sub(r"[\s‐-–-]+", "", words.casefold())
    return _OUR.sub("or", _LLED.sub("l", _ISE.sub("iz", joined)))


def any_of(patterns: Iterable[str]) -> str:
    """Return one pattern for any of several, each as whole words."""
    return r"\b(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + r")\b"


def compiled(pattern: str) -> "re2._Regexp":
    """Return an RE2 pattern that ignores case and takes the longest match; raises `re2.error` when it is not RE2
    syntax.
    """
    return re2.compile(pattern, _OPTIONS)


class PatternSet:
    """Many patterns, asked of one text in one pass."""

    def __init__(self, patterns: Sequence[str]):
        self._patterns = [compiled(pattern) for pattern in patterns]
        self._set = re2.Set.SearchSet(_OPTIONS)
        for pattern in patterns:
            self._set.Add(pattern)
        self._set.Compile()

    def found(self, text: str) -> list[int]:
        """Return which patterns occur in `text`, by their place in the list."""
        return sorted(self._set.Match(text) or ()) if self._patterns else []

    def spans(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Return (place of the pattern, start, end) of every match that is not empty, in code points."""
        for place in self.found(text):
            for match in self._patterns[place].finditer(text):
                if match.end() > match.start():
                    yield place, match.start(), match.end()


def verbose(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that ignores case, laid out as `verbose_cased` reads it."""
    return verbose_cased(pattern, re.IGNORECASE)


def verbose_cased(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern with `re.VERBOSE`, but let a single blank between two signs stand for a blank.

    Line breaks, indentation and wider gaps are layout, so that phrases read as they are written.
    """
    return re.compile(re.sub(r"(?<=[^\s\\]) (?=\S)", r"\\ ", pattern), flags | re.VERBOSE)


def any_word(words: str) -> str:
    """Return the pattern for any of some words or stems, given as one text with blanks between them."""
    return f"(?:{'|'.join(words.split())})"


def nouns(words: str) -> str:
    """Return the pattern for any of some regular nouns, singular or plural."""
    return any_word(" ".join(_with_plural(word) for word in words.split()))


def inflected(words: str) -> str:
    """Return the pattern for any form of some regular verbs: "propose" also finds proposes, proposed, proposing."""
    return any_word(" ".join(_with_endings(word) for word in words.split()))


def _with_plural(noun: str) -> str:
    return f"{noun[:-1]}(?:y|ies)" if re.search(r"[^aeiou]y$", noun) else f"{noun}(?:e?s)?"


def _with_endings(verb: str) -> str:
    return f"{verb[:-1]}(?:es?|ed|ing)" if verb.endswith("e") else f"{verb}(?:e?s|ed|ing)?"
