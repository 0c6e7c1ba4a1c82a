"""Phrases of plain words, and many patterns at once over a text.

RE2 takes time linear in the text whatever the pattern, and its `Set` tells in one pass which of many patterns occur.
Only those are then looked for one by one, so that offsets cost nothing where there is nothing to find.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import re2

_OPTIONS = re2.Options()
_OPTIONS.case_sensitive = _OPTIONS.log_errors = False
_OPTIONS.longest_match = True
_OPTIONS.max_mem = 256 << 20  # bytes for the automaton of a whole set; above what hundreds of phrases need
BLANK = r"[\s‐-–-]+"
HYPHEN = r"[\s‐-–-]*"
ANY_END = r"[\w\pL\pM\pN]*"
# Two letters of one word. Scripts that put no blanks between words, and Korean with its endings, are left out.
WITHIN = re.compile("[^\\W_\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]{2}")
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
    return pattern + (r"\w*" if piece.isascii() else ANY_END) * open_end


@lru_cache(maxsize=1 << 16)  # a corpus says the same words again and again
def one_spelling(words: str) -> str:
    """Return a word or phrase in lower case as the one spelling that stands for all: "Over-Optimisation" and
    "over optimization" as "overoptimization".
    """
    joined = re.sub(r"[\s‐-–-]+", "", words.casefold())
    return _OUR.sub("or", _LLED.sub("l", _ISE.sub("iz", joined)))


def any_of(patterns: Iterable[str]) -> str:
    """Return one pattern for any of several, each as whole words.

    RE2 knows the edges of ASCII words alone; `PatternSet.spans` looks at the edges of others.
    """
    return "(?:" + "|".join(f"{_edge(pattern[:1])}(?:{pattern}){_edge(pattern[-6:])}" for pattern in patterns) + ")"


def _edge(signs: str) -> str:
    return r"\b" if signs.isascii() and signs != ANY_END[-6:] else ""


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> "re2._Regexp":
    """Return an RE2 pattern that ignores case and takes the longest match; raises `re2.error` when it is not RE2
    syntax.
    """
    return re2.compile(pattern, _OPTIONS)


class PatternSet:
    """Many patterns of RE2 by key, asked of one text in one pass."""

    def __init__(self, patterns: dict[Any, str]):
        self._patterns, self._keys = patterns, [*patterns]
        self._set = re2.Set.SearchSet(_OPTIONS)
        for pattern in patterns.values():
            self._set.Add(pattern)
        self._set.Compile()

    def found(self, text: str) -> list[Any]:
        """Return the keys of the patterns that occur in `text`, in their order."""
        return [self._keys[place] for place in sorted(self._set.Match(text) or ())]

    def occurs(self, text: str) -> bool:
        """Return whether any of the patterns occurs in `text`, as whole words."""
        return any(self.spans(text, self.found(text)))

    def spans(self, text: str, keys: Sequence[Any]) -> Iterator[tuple[Any, int, int]]:
        """Return (key, start, end) of every match of some of the patterns that is not empty, in code points."""
        for key in keys:
            for start, end in (match.span() for match in compiled(self._patterns[key]).finditer(text)):
                inside = (start and WITHIN.match(text, start - 1)) or WITHIN.match(text, end - 1)
                if end > start and not inside:
                    yield key, start, end


class Cues(dict[Any, re.Pattern[str]]):
    """Patterns of `re` by key, asked of one text."""

    def matches(self, text: str) -> Iterator[tuple[Any, re.Match[str]]]:
        """Yield each match with the key of its pattern, in the order of the patterns."""
        return ((key, match) for key, pattern in self.items() for match in pattern.finditer(text))

    def found(self, text: str) -> list[Any]:
        """Return the keys of the patterns that occur in `text`, in their order."""
        return [key for key, pattern in self.items() if pattern.search(text)]


def verbose(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with `re.VERBOSE` that ignores case, but let a single blank between signs stand for a blank.

    Line breaks, indentation and wider gaps are layout, so that phrases read as they are written. Inside (?-i:…) case
    counts.
    """
    return re.compile(re.sub(r"(?<=[^\s\\]) (?=\S)", r"\\ ", pattern), re.IGNORECASE | re.VERBOSE)


def any_word(words: str) -> str:
    """Return the pattern for any of some words or stems, given as one text with blanks between them."""
    return f"(?:{'|'.join(words.split())})"


def nouns(words: str) -> str:
    """Return the pattern for any of some regular nouns, singular or plural."""
    plural = re.sub(r"(?<=[^aeiou\s])y(?!\S)", "(?:y|ies)", words)
    return any_word(re.sub(r"(?<=\w)(?!\S)", "(?:e?s)?", plural))


def inflected(words: str) -> str:
    """Return the pattern for any form of some regular verbs: "propose" also finds proposes, proposed, proposing."""
    endings = re.sub(r"e(?!\S)", "(?:es?|ed|ing)", words)
    return any_word(re.sub(r"(?<=\w)(?!\S)", "(?:e?s|ed|ing)?", endings))
